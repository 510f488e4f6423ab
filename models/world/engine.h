// The rooms joined: one kernel, the rooms' states, and the ports by which they call each other.
#pragma once
#include <span>
#include <tuple>

#include "models/common/ports.h"
#include "models/common/room.h"
#include "models/demand/events.h"
#include "models/disruption/events.h"
#include "models/factory/events.h"
#include "models/logistics/events.h"
#include "models/planning/events.h"
#include "models/planning/mrp.h"
#include "models/production/events.h"
#include "models/supply/events.h"
#include "models/world/model.h"

namespace tierworks::world {

// All that changes while time runs, in pools and flat tables: a copy of it is a fork of the run, its bytes are a snapshot.
struct State {
  core::Kernel kernel;
  supply::State supply;
  planning::State planning;
  production::State production;
  logistics::State logistics;
  demand::State demand;
  factory::State factory;
  disruption::State disruption;

  auto rooms() { return std::tie(supply, planning, production, logistics, demand, factory, disruption); }
  auto rooms() const { return std::tie(supply, planning, production, logistics, demand, factory, disruption); }

  // Only between windows, all of them.
  void copy_from(const State& other);
  void transfer(core::Transfer& transfer);
  void change_partitions(std::span<const std::uint32_t> part_of, std::uint32_t parts);
  std::uint64_t growths() const;   // how often memory had to grow
  std::size_t bytes_used() const;  // what a fork copies
};

inline constexpr core::EventKind kSupplyKinds = 0;
inline constexpr core::EventKind kProductionKinds = kSupplyKinds + supply::Events::size;
inline constexpr core::EventKind kLogisticsKinds = kProductionKinds + production::Events::size;
inline constexpr core::EventKind kDemandKinds = kLogisticsKinds + logistics::Events::size;
inline constexpr core::EventKind kFactoryKinds = kDemandKinds + demand::Events::size;
inline constexpr core::EventKind kDisruptionKinds = kFactoryKinds + factory::Events::size;
inline constexpr core::EventKind kLaterSupplyKinds = kDisruptionKinds + disruption::Events::size;
inline constexpr core::EventKind kPlanningKinds = kLaterSupplyKinds + supply::Events::Later::size;
inline constexpr core::EventKind kLaterDemandKinds = kPlanningKinds + planning::Events::size;
inline constexpr core::EventKind kLaterDisruptionKinds = kLaterDemandKinds + demand::Events::Later::size;
inline constexpr core::EventKind kLaterFactoryKinds = kLaterDisruptionKinds + disruption::Events::Later::size;
inline constexpr core::EventKind kBookingKinds = kLaterFactoryKinds + factory::Events::Later::size;
inline constexpr core::EventKind kLaterPlanningKinds = kBookingKinds + demand::BookingEvents::size;
inline constexpr core::EventKind kKinds = kLaterPlanningKinds + planning::Events::Later::size;

// What handles the events of one partition.
class Engine final : public common::Ports {
 public:
  Engine(const Model& model, State& state, const common::RunSettings& settings, std::uint32_t part = 0)
      : supply{model.supply, state.supply, {state.kernel, part, kSupplyKinds, kLaterSupplyKinds}, *this, settings},
        planning{
            model.planning, state.planning, {state.kernel, part, kPlanningKinds, kLaterPlanningKinds}, *this, settings},
        production{model.production, state.production, {state.kernel, part, kProductionKinds}, *this, settings},
        logistics{model.logistics, state.logistics, {state.kernel, part, kLogisticsKinds}, *this, settings},
        demand{{model.demand, state.demand, {state.kernel, part, kDemandKinds, kLaterDemandKinds}, *this, settings},
               {state.kernel, part, kBookingKinds}},
        factory{model.factory, state.factory, {state.kernel, part, kFactoryKinds, kLaterFactoryKinds}, *this, settings},
        disruption{model.disruption,
                   state.disruption,
                   {state.kernel, part, kDisruptionKinds, kLaterDisruptionKinds},
                   *this,
                   settings},
        formulas(model.formulas) {}

  supply::Run supply;
  planning::Run planning;
  production::Run production;
  logistics::Run logistics;
  demand::Run demand;
  factory::Run factory;
  disruption::Run disruption;
  common::Formulas formulas;  // this partition's own: they remember nothing from one use to the next

  static const core::Dispatch<Engine>& dispatch();

  // A fresh run: every room starts, of all partitions, in a fixed order; each sends in the name of the place that an event
  // is for. This engine's loop is then any partition's, so it is used for nothing else.
  void start();
  // The warm-up ends now.
  void restart_tallies();

  void production_wanted(common::ProductId product, common::Quantity quantity, std::uint64_t number) override {
    production::production_wanted(production, product, quantity, number);
  }
  bool line_has_room(common::ProductId product) override { return production::line_has_room(production, product); }
  void materials_ready(std::uint32_t order, std::uint8_t part, common::Quantity quantity) override {
    production::materials_ready(production, order, part, quantity);
  }
  common::Levels levels_after(common::StockId stock, common::Quantity demanded) override {
    return planning::levels_after(planning, stock, demanded);
  }
  common::Quantity release_due(common::StockId stock) override { return planning::release_due(planning, stock); }
  common::Position position_of(common::StockId stock) override { return supply::position_of(supply, stock); }
  double formula(common::FormulaId formula, std::span<const double> values) override {
    return formulas(formula, values);
  }
  void goods_leave(const common::Shipment& shipment) override { logistics::goods_leave(logistics, shipment); }
  void customer_served(common::Claim& claim, common::Quantity quantity) override {
    demand::customer_served(demand, claim, quantity);
  }
  void customers_ordered(common::StreamId stream, common::Quantity quantity) override {
    planning::customers_ordered(planning, stream, quantity);
  }
  void demand_booked(common::StockId stock, core::Instant at, common::Quantity change) override {
    planning::demand_booked(planning, stock, at, change);
  }
  common::Quantity goods_free(common::StockId stock) override { return supply::goods_free(supply, stock); }
  void goods_expected(common::StockId stock) const override { supply::goods_expected(supply, stock); }
  void lane_expected(common::LaneId lane) const override { logistics::lane_expected(logistics, lane); }
  void goods_returned(common::StockId stock, common::Quantity quantity) override {
    supply::goods_returned(supply, stock, quantity);
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
  void lot_wanted(const common::WantedLot& lot) override { factory::lot_wanted(factory, lot); }
  void lot_picked(core::Ref order, common::Quantity quantity) override {
    production::lot_picked(production, order, quantity);
  }
  void lot_made(core::Ref order, common::Quantity quantity) override {
    production::lot_made(production, order, quantity);
  }
  void lot_lost(core::Ref order, common::Quantity quantity) override {
    production::lot_lost(production, order, quantity);
  }
  void goods_made(common::StockId stock, common::Quantity quantity) override {
    supply::goods_made(supply, stock, quantity);
  }
  void made_otherwise(common::StockId stock, common::Quantity more) override {
    supply::made_otherwise(supply, stock, more);
  }
  void line_room_freed(common::LineId line) override { supply::line_room_freed(supply, line); }
  void goods_received(common::StockId stock, common::SourceId source, common::Quantity quantity,
                      core::Ref ages) override {
    supply::goods_received(supply, stock, source, quantity, ages);
  }
  common::Quantity claim_withdrawn(common::StockId stock, std::uint32_t claim) override {
    return supply::claim_withdrawn(supply, stock, claim);
  }
  void materials_destroyed(common::StockId stock, common::Quantity quantity) override {
    supply::materials_destroyed(supply, stock, quantity);
  }
  void goods_lost(common::StockId stock, common::SourceId source, common::Quantity quantity, core::Ref ages) override {
    supply::goods_lost(supply, stock, source, quantity, ages);
  }
  common::LineUse line_use(common::LineId line) override { return production::line_use(production, line); }
  common::LineUse centre_use(std::uint32_t centre) override {
    return factory::centre_use(factory, factory::WorkCentreId{centre});
  }
  void lever_moved(common::Lever lever, std::uint32_t target, double value) override;
  void destroyed(common::Loss loss, std::uint32_t target, double share) override;
};

}  // namespace tierworks::world
