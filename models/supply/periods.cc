#include "models/supply/periods.h"

#include "models/supply/echelon.h"

namespace tierworks::supply {

namespace {

bool policy_looks(const Stock& stock, core::Instant now) {
  const core::Duration since = now - (core::Instant{0} + stock.review_from);
  return since.ticks >= 0 && since.ticks % stock.review_every.ticks == 0;
}

// Suppliers that hear at once wait for everybody.
void speak(Run& run, StockId id, SourceId ordered_from) {
  const Stock& stock = run.model.stocks[id];
  for (std::uint32_t i = stock.sources.first; i < stock.sources.last; ++i) {
    const Source& source = run.model.sources[SourceId{i}];
    const bool at_once = source.kind == Source::Kind::stock && source.order_time.ticks == 0;
    if (!at_once || SourceId{i} == ordered_from) continue;
    OrderReceived nothing{.source = SourceId{i}, .number = run.state.stocks[id].orders, .report = {}};
    if (run.model.reports()) nothing.report = echelon_of(run, id);
    run.sender.send(source.supplier_place, run.now(), common::phase::order, nothing);
  }
  for (std::uint32_t i = stock.components.first; i < stock.components.last; ++i) heard(run, run.model.components[i]);
}

}  // namespace

void heard(Run& run, StockId id) {
  const Stock& stock = run.model.stocks[id];
  if (++run.state.stocks[id].heard < stock.awaits) return;
  run.state.stocks[id].heard = 0;
  const SourceId ordered_from = policy_looks(stock, run.now()) ? look_at(run, id) : SourceId::none();
  speak(run, id, ordered_from);
  if (run.state.stocks[id].claims.empty()) return;
  run.sender.send(stock.place, run.now(), run.settings.phases.hand_out,
                  ReviewDue{.stock = id, .look = ReviewDue::Look::hand_out});
}

}  // namespace tierworks::supply
