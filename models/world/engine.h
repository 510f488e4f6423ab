// The rooms joined: one kernel, the rooms' states, and the ports by which they call each other.
#pragma once
#include "models/common/ports.h"
#include "models/common/room.h"
#include "models/demand/events.h"
#include "models/logistics/events.h"
#include "models/production/events.h"
#include "models/supply/events.h"
#include "models/world/model.h"

namespace tierworks::world {

// All that changes while time runs. A value: a copy of it is a fork of the run.
struct State {
  core::Kernel kernel;
  supply::State supply;
  production::State production;
  logistics::State logistics;
  demand::State demand;
};

inline constexpr core::EventKind kSupplyKinds = 0;
inline constexpr core::EventKind kProductionKinds = kSupplyKinds + supply::Events::size;
inline constexpr core::EventKind kLogisticsKinds = kProductionKinds + production::Events::size;
inline constexpr core::EventKind kDemandKinds = kLogisticsKinds + logistics::Events::size;
inline constexpr core::EventKind kKinds = kDemandKinds + demand::Events::size;

class Engine final : public common::Ports {
 public:
  Engine(const Model& model, State& state, const common::RunSettings& settings)
      : supply{model.supply, state.supply, {state.kernel, kSupplyKinds}, *this, settings},
        production{model.production, state.production, {state.kernel, kProductionKinds}, *this, settings},
        logistics{model.logistics, state.logistics, {state.kernel, kLogisticsKinds}, *this, settings},
        demand{model.demand, state.demand, {state.kernel, kDemandKinds}, *this, settings} {}

  supply::Run supply;
  production::Run production;
  logistics::Run logistics;
  demand::Run demand;

  static const core::Dispatch<Engine>& dispatch();

  void production_wanted(common::ProductId product, common::Quantity quantity, std::uint64_t number) override {
    production::production_wanted(production, product, quantity, number);
  }
  bool line_has_room(common::ProductId product) override { return production::line_has_room(production, product); }
  void materials_ready(std::uint32_t order, std::uint8_t part, common::Quantity quantity) override {
    production::materials_ready(production, order, part, quantity);
  }
  void goods_leave(const common::Shipment& shipment) override { logistics::goods_leave(logistics, shipment); }
  void customer_served(common::Claim& claim, common::Quantity quantity) override {
    demand::customer_served(demand, claim, quantity);
  }
  std::uint32_t goods_wanted(common::StockId stock, common::Claim& claim) override {
    return supply::goods_wanted(supply, stock, claim);
  }
  void claim_patience(std::uint32_t claim, core::EventHandle patience) override {
    supply::claim_patience(supply, claim, patience);
  }
  void materials_taken(common::StockId stock, common::Quantity quantity) override {
    supply::materials_taken(supply, stock, quantity);
  }
  void goods_made(common::StockId stock, common::Quantity quantity) override {
    supply::goods_made(supply, stock, quantity);
  }
  void line_room_freed(common::LineId line) override { supply::line_room_freed(supply, line); }
  void goods_received(common::StockId stock, common::Quantity quantity) override {
    supply::goods_received(supply, stock, quantity);
  }
  common::Quantity claim_withdrawn(common::StockId stock, std::uint32_t claim) override {
    return supply::claim_withdrawn(supply, stock, claim);
  }
};

}  // namespace tierworks::world
