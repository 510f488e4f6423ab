#include "models/world/series.h"

namespace tierworks::world {

using common::Quantity;

std::vector<StockNow> stocks_now(const Model& model, const Engine& engine) {
  const supply::State& supply = engine.supply.state;
  std::vector<StockNow> now(model.supply.stocks.size());
  for (std::uint32_t i = 0; i < now.size(); ++i) {
    const supply::StockState& state = supply.stocks[common::StockId{i}];
    now[i].on_hand = state.on_hand;
    now[i].backorders = state.backlog;
    now[i].on_order = state.on_order;
    now[i].demanded = state.flows.wanted;
    now[i].received = state.flows.received + state.flows.made;
    const core::Range sources = model.supply.stocks[common::StockId{i}].sources;
    for (std::uint32_t s = sources.first; s < sources.last; ++s) {
      now[i].ordered += supply.ordered[common::SourceId{s}];
    }
  }
  logistics::for_each_under_way(engine.logistics, [&](common::SourceId source, Quantity quantity, core::Instant) {
    now[model.supply.sources[source].buyer.index].in_transit += quantity;
  });
  return now;
}

}  // namespace tierworks::world
