#include "models/supply/demand_periods.h"

namespace tierworks::supply {

void close_period(StockState& state) {
  if (state.whole_period) {
    state.tally.demand_per_period.add(static_cast<double>(state.period_demand));
    state.tally.orders_per_period.add(static_cast<double>(state.period_ordered));
  }
  state.whole_period = true;
  state.period_demand = 0;
  state.period_work = 0;
  state.period_ordered = 0;
}

void close_days(StockState& state, core::Instant now) {
  const std::int64_t days = (now - state.period_from).ticks / core::kDay.ticks;
  if (days < 1) return;
  close_period(state);
  state.tally.demand_per_period.add_zeros(days - 1);
  state.tally.orders_per_period.add_zeros(days - 1);
  state.period_from = state.period_from + core::kDay * days;
}

Periods periods_until(const Stock& stock, const StockState& state, core::Instant end) {
  StockState ended = state;
  if (stock.continuous()) close_days(ended, end);
  return {ended.tally.demand_per_period, ended.tally.orders_per_period};
}

}  // namespace tierworks::supply
