#include "models/supply/echelon.h"

namespace tierworks::supply {

namespace {

Report below(const Run& run, const Stock& stock) {
  Report sum;
  for (std::uint32_t i = stock.below.first; i < stock.below.last; ++i) {
    const Below& link = run.model.below[i];
    const Report part = link.source.is_none() ? echelon_of(run, link.stock) : run.state.reports[link.source];
    sum.position += link.per_unit * part.position;
    sum.by_orders += link.per_unit * part.by_orders;
  }
  return sum;
}

}  // namespace

Report echelon_of(const Run& run, StockId id) {
  const Stock& stock = run.model.stocks[id];
  const StockState& state = run.state.stocks[id];
  const Report parts = below(run, stock);
  const Quantity of_customers = state.counted_at == run.now() ? state.of_customers : 0;
  const Quantity waiting = stock.is_part ? state.on_hand : 0;
  return {state.view().position() + parts.position, of_customers - waiting + parts.by_orders};
}

StockView seen(const Run& run, StockId id) {
  const Stock& stock = run.model.stocks[id];
  const StockState& state = run.state.stocks[id];
  StockView view = state.view();
  if (stock.position == PositionOf::local) return view;
  const Report parts = below(run, stock);
  view.below = parts.position;
  // The demand of this period is counted where it was asked for, not where the customers are.
  if (stock.position == PositionOf::echelon_by_orders) {
    view.below += parts.by_orders;
    if (state.counted_at == run.now()) view.below += state.of_customers - state.inbound;
  }
  return view;
}

void start_reports(Run& run) {
  run.state.reports.assign(run.model.reports() ? run.model.sources.size() : 0, Report{});
  for (const StockId id : run.model.downstream_first) {
    const core::Range sources = run.model.stocks[id].sources;
    const Report report = echelon_of(run, id);
    for (std::uint32_t s = sources.first; s < sources.last; ++s) run.state.reports[SourceId{s}] = report;
  }
}

}  // namespace tierworks::supply
