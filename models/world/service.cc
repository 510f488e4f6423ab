#include "models/world/service.h"

namespace tierworks::world {

using common::Quantity;

double demanded_now(const Model& model, const Engine& engine) {
  double units = 0;
  for (std::uint32_t i = 0; i < model.demand.streams.size(); ++i) {
    const double resolution = model.items[model.demand.streams[common::StreamId{i}].item.index].resolution;
    const Quantity demanded = engine.demand.state.streams[common::StreamId{i}].tally.demanded;
    units += static_cast<double>(demanded) * resolution;
  }
  return units;
}

void add_waiting_now(const Model& model, const Engine& engine, std::vector<double>& waiting) {
  for (std::uint32_t i = 0; i < model.supply.stocks.size(); ++i) {
    const double resolution = model.items[model.supply.stocks[common::StockId{i}].item.index].resolution;
    waiting.push_back(static_cast<double>(engine.supply.state.stocks[common::StockId{i}].backlog) * resolution);
  }
}

std::vector<Unserved> unserved(const Model& model, const Engine& engine) {
  std::vector<Unserved> rows;
  const demand::State& state = engine.demand.state;
  const supply::State& supply = engine.supply.state;
  std::vector<bool> serves_customers(model.supply.stocks.size(), false);
  for (std::uint32_t i = 0; i < model.demand.streams.size(); ++i) {
    const common::StreamId id{i};
    const demand::Stream& stream = model.demand.streams[id];
    serves_customers[stream.stock.index] = true;
    const double resolution = model.items[stream.item.index].resolution;
    for (core::Ref ref = state.streams[id].gaps.first; ref != core::kNoRef; ref = state.gaps[ref].next) {
      const demand::ServiceGap& gap = state.gaps[ref];
      rows.push_back({id, gap.due, gap.until, static_cast<double>(gap.units) * resolution, gap.lost});
    }
  }
  // Who waits now and is overdue.
  const core::Instant at = engine.demand.now();
  for (std::uint32_t i = 0; i < model.supply.stocks.size(); ++i) {
    if (!serves_customers[i]) continue;
    const common::StockId stock{i};
    for (core::Ref ref = supply.stocks[stock].claims.first; ref != core::kNoRef; ref = supply.claims[ref].next) {
      const common::Claim& claim = supply.claims[ref].claim;
      if (claim.kind != common::Claim::Kind::customer) continue;
      const common::StreamId id{claim.who};
      const core::Instant due = claim.arrived + model.demand.streams[id].due;
      if (!(due < at)) continue;
      const double resolution = model.items[model.demand.streams[id].item.index].resolution;
      rows.push_back({id, due, core::kLastInstant, static_cast<double>(claim.open) * resolution, false});
    }
  }
  return rows;
}

}  // namespace tierworks::world
