// What the entities of one scope add up to; and the KPIs as formulas on it.
#pragma once
#include <span>

#include "core/stats/log_histogram.h"
#include "models/common/kpi.h"

namespace tierworks::world {

enum class ScopeKind : std::uint8_t { world, tier, region, customer_class, site, item, stock, lane, work_centre };

// Quantities in units, money in the currency, times in ticks, all of the measured time.
struct Sums {
  double ticks = 0;  // measured time
  // stocks: time averages, and totals
  double on_hand = 0, stock_backlog = 0, in_transit = 0, in_work = 0, inventory_value = 0;
  double demanded = 0, at_once = 0, work_demanded = 0, work_at_once = 0;
  double shipped = 0, shipped_value = 0, made = 0;
  double cycles = 0, cycles_short = 0;
  double ready = 0, falls_short = 0;  // shares of time; of one stock
  double lead_hours = 0, lead_orders = 0;
  double replenishments = 0;
  double forecast = 0, forecast_came = 0, forecast_off = 0;  // of stocks that forecast
  // per period of a stock, and per day; not of a stock that saw fewer than two whole periods
  double order_variance = 0, order_variance_per_day = 0, demand_variance_per_day = 0;
  double stocks_with_periods = 0;
  double wasted = 0, used_up = 0, passed_on = 0;  // of goods that spoil
  // streams of outside demand
  bool has_stream = false;
  double stream_demanded = 0, stream_at_once = 0, stream_shipped = 0, stream_shipped_value = 0, stream_lost = 0;
  double stream_waiting = 0;  // time average
  double orders_on_time = 0, orders_due = 0;
  double promises = 0, promises_kept = 0;
  double substituted = 0, returned = 0;
  double orders_pulled_in = 0, orders_pushed_out = 0,
         orders_cancelled = 0;  // changes of booked orders, and their units
  double pulled_in = 0, pushed_out = 0, cancelled = 0;
  double stream_lead_hours = 0, stream_completed = 0, stream_tardy_hours = 0;
  double waited_hours = 0, waited_aged_hours = 0;  // unit-hours that customers waited, and those times the age
  const core::LogHistogram* lead_times = nullptr;
  // lines
  double busy_ticks = 0, staffed_ticks = 0, overtime_ticks = 0;
  double change_overs = 0, changing_ticks = 0, server_ticks = 0;   // of lines that change over
  double waiting_orders = 0, clear_orders = 0, missing_items = 0;  // order-ticks, and items x ticks
  double begun = 0, scrapped = 0;                                  // of products with a yield
  // money
  double holding = 0, ordering = 0, purchase = 0, transport = 0, production = 0, shortage = 0, revenue = 0;
  double disposal = 0, energy = 0, answers = 0;

  double total_cost() const {
    return holding + ordering + purchase + transport + production + shortage + disposal + energy + answers;
  }
};

// What a scenario must have somewhere for a KPI to mean anything.
enum class NeedsFeature : std::uint8_t {
  nothing,
  substitutes,
  returns,
  bookings,
  promise,
  forecast,
  yield,
  overtime,
  shelf,
  kits,
  change_overs,
  answers
};

struct KpiFormula {
  const common::Kpi* kpi;
  double (*value)(const Sums&, ScopeKind);
  unsigned scopes;  // bit set of ScopeKind
  bool of_streams;  // only where the scope has outside demand
  NeedsFeature needs = NeedsFeature::nothing;
};

// In the order in which reports show them.
std::span<const KpiFormula> kpi_formulas();

}  // namespace tierworks::world
