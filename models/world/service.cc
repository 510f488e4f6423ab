#include "models/world/service.h"

namespace tierworks::world {

using common::Quantity;

ServiceNow service_now(const Model& model, const Engine& engine) {
  ServiceNow now;
  for (std::uint32_t i = 0; i < model.demand.streams.size(); ++i) {
    const double resolution = model.items[model.demand.streams[common::StreamId{i}].item.index].resolution;
    const Quantity demanded = engine.demand.state.streams[common::StreamId{i}].tally.demanded;
    now.demanded.push_back(static_cast<double>(demanded) * resolution);
  }
  for (std::uint32_t i = 0; i < model.supply.stocks.size(); ++i) {
    const double resolution = model.items[model.supply.stocks[common::StockId{i}].item.index].resolution;
    now.waiting.push_back(static_cast<double>(engine.supply.state.stocks[common::StockId{i}].backlog) * resolution);
  }
  return now;
}

std::vector<Unserved> unserved(const Model& model, const Engine& engine) {
  std::vector<Unserved> rows;
  const demand::State& state = engine.demand.state;
  const supply::State& supply = engine.supply.state;
  const core::Instant at = engine.demand.now();
  for (std::uint32_t i = 0; i < model.demand.streams.size(); ++i) {
    const common::StreamId id{i};
    const demand::Stream& stream = model.demand.streams[id];
    const double resolution = model.items[stream.item.index].resolution;
    for (core::Ref ref = state.streams[id].gaps.first; ref != core::kNoRef; ref = state.gaps[ref].next) {
      const demand::ServiceGap& gap = state.gaps[ref];
      rows.push_back({id, gap.due, gap.until, static_cast<double>(gap.units) * resolution, gap.lost});
    }
    // Who waits now and is overdue.
    const supply::StockState& stock = supply.stocks[stream.stock];
    for (core::Ref ref = stock.claims.first; ref != core::kNoRef; ref = supply.claims[ref].next) {
      const common::Claim& claim = supply.claims[ref].claim;
      if (claim.kind != common::Claim::Kind::customer || claim.who != i) continue;
      const core::Instant due = claim.arrived + stream.due;
      if (!(due < at)) continue;
      rows.push_back({id, due, core::kLastInstant, static_cast<double>(claim.open) * resolution, false});
    }
  }
  return rows;
}

}  // namespace tierworks::world
