#include "models/world/fold.h"

#include <algorithm>

#include "models/planning/compile.h"

namespace tierworks::world {

using common::StockId;

namespace {

double as_double(common::Integral v) { return static_cast<double>(v); }

}  // namespace

Fold::Fold(const Model& model, const Engine& engine, const common::RunSettings& settings, std::size_t scopes,
           std::optional<std::uint32_t> only)
    : model_(model), engine_(engine), only_(only), sums_(only ? 1 : scopes), lead_times_(sums_.size()) {
  end_ = engine.supply.now();  // earlier than planned if the run was stopped
  ticks_ = static_cast<double>(std::max<std::int64_t>(0, (end_ - settings.measure_from).ticks));
  for (Sums& s : sums_) s.ticks = ticks_;
}

double Fold::average(const core::TimeWeighted& level) const {
  return ticks_ > 0 ? as_double(level.integral_until(end_)) / ticks_ : 0;
}

void Fold::stock(StockId id, const Scopes& scopes) {
  const supply::Stock& stock = model_.supply.stocks[id];
  const supply::StockTally& tally = engine_.supply.state.stocks[id].tally;
  const common::Item& item = model_.items[stock.item.index];
  const double unit = item.resolution;
  const double on_hand = average(tally.on_hand);
  const auto units = [&](common::Quantity q) { return static_cast<double>(q) * unit; };
  const double holding = on_hand * ticks_ * stock.holding;
  const supply::Periods periods = supply::periods_until(stock, engine_.supply.state.stocks[id], end_);
  const bool has_periods = periods.demand.count() > 1;
  const double order_variance = has_periods ? periods.orders.variance() * unit * unit : 0;
  const double demand_variance = has_periods ? periods.demand.variance() * unit * unit : 0;
  const double days = stock.continuous() ? 1 : core::in_days(stock.review_every);
  const planning::PlanId plan = planning::forecast_of(model_.planning, id);
  const planning::ForecastTally forecast =
      plan.is_none() ? planning::ForecastTally{} : engine_.planning.state.forecasts[plan];
  each(scopes, [&](Sums& s) {
    s.on_hand += on_hand * unit;
    s.stock_backlog += average(tally.backlog) * unit;
    s.inventory_value += on_hand * unit * item.value;
    s.demanded += units(tally.demanded);
    s.at_once += units(tally.at_once);
    s.work_demanded += units(tally.work_demanded);
    s.work_at_once += units(tally.work_at_once);
    s.shipped += units(tally.shipped);
    s.shipped_value += units(tally.shipped) * item.value;
    s.ready += average(tally.ready);
    s.falls_short += average(tally.falls_short);
    s.cycles += static_cast<double>(tally.cycles);
    s.cycles_short += static_cast<double>(tally.cycles_short);
    s.replenishments += static_cast<double>(tally.orders);
    s.order_variance += order_variance;
    s.order_variance_per_day += order_variance / days;
    s.demand_variance_per_day += demand_variance / days;
    s.stocks_with_periods += has_periods ? 1 : 0;
    s.forecast += forecast.forecast;
    s.forecast_came += forecast.came;
    s.forecast_off += forecast.off;
    s.lead_hours += tally.lead_time.sum();
    s.lead_orders += static_cast<double>(tally.lead_time.count());
    s.holding += holding;
    s.shortage += average(tally.backlog) * ticks_ * stock.backorder_cost;
    s.ordering += static_cast<double>(tally.orders) * stock.ordering_cost;
  });
  if (stock.shelf.is_none()) return;
  const supply::ShelfState& shelf = engine_.supply.state.shelves[stock.shelf];
  each(scopes, [&](Sums& s) {
    s.wasted += units(shelf.wasted);
    s.used_up += units(shelf.used_up);
    s.passed_on += units(shelf.passed_on);
    s.disposal += static_cast<double>(shelf.wasted) * model_.supply.shelves[stock.shelf].disposal_cost;
  });
}

void Fold::source(common::SourceId id, const Scopes& scopes, std::uint32_t lane, common::Integral unit_ticks) {
  const logistics::TransitTally& tally = engine_.logistics.state.tallies[id];
  const double unit = model_.logistics.links[id].resolution;
  const double in_transit = ticks_ > 0 ? as_double(unit_ticks) / ticks_ * unit : 0;
  const double holding = as_double(unit_ticks) * model_.transit_holding[id.index];
  const supply::Source& from = model_.supply.sources[id];
  const logistics::Lane& way = model_.logistics.lanes[from.lane];
  const auto units = static_cast<double>(tally.units);
  const logistics::PriceTally dear = logistics::prices_of(engine_.logistics, id);
  const double freight = (static_cast<double>(tally.shipments) + dear.dear_shipments) * way.cost_per_shipment +
                         (units + dear.dear_freight_units) * unit * way.cost_per_unit;
  const bool outside = from.kind == supply::Source::Kind::offer;
  const double purchase = outside ? (units + dear.dear_units) * model_.supply.offers[from.offer].price : 0;
  const auto add = [&](Sums& s) {
    s.in_transit += in_transit;
    s.holding += holding;
    s.transport += freight;
    s.purchase += purchase;
  };
  each(scopes, add);
  if (!counts(lane)) return;
  add(at(lane));
  at(lane).shipped += static_cast<double>(tally.units) * unit;
}

void Fold::product(common::ProductId id, const Scopes& scopes, const Scopes& line) {
  const production::Product& product = model_.production.products[id];
  const production::ProductTally& tally = engine_.production.state.products[id];
  const double in_work = average(tally.in_work) * product.resolution;
  const double cost = static_cast<double>(tally.made) * product.cost;
  const double made = static_cast<double>(tally.made) * product.resolution;
  const double scrapped = static_cast<double>(tally.scrapped) * product.resolution;
  const bool yields = !product.yield.is_none();
  if (!product.kit.is_none()) {
    const production::KitTally& kit = engine_.production.state.kits[product.kit];
    each(scopes, [&](Sums& s) {
      s.waiting_orders += as_double(kit.waiting.integral_until(end_));
      s.clear_orders += as_double(kit.clear.integral_until(end_));
      s.missing_items += as_double(kit.missing.integral_until(end_));
    });
  }
  each(scopes, [&](Sums& s) {
    s.in_work += in_work;
    s.production += cost;
    if (yields) s.begun += made;
    s.scrapped += scrapped;
  });
  if (!counts(line[2])) return;
  Sums& of_line = at(line[2]);
  of_line.made += made - scrapped;
  of_line.production += cost;
  if (yields) of_line.begun += made;
  of_line.scrapped += scrapped;
}

void Fold::line(common::LineId id, const Scopes& scopes) {
  const production::Line& line = model_.production.lines[id];
  if (!line.named) return;
  const production::LineState& state = engine_.production.state.lines[id];
  const core::Instant staffed_until = model_.production.clock(line.calendar).at(end_);
  double overtime = 0;
  if (line.overtime.worked()) {
    overtime = as_double(state.busy_in_overtime.integral_until(model_.production.clock(line.overtime.alone).at(end_)));
  }
  const double busy = as_double(state.busy_servers.integral_until(staffed_until)) + overtime;
  const auto staffed = static_cast<double>((staffed_until - state.staffed_from).ticks);
  each(scopes, [&](Sums& s) {
    s.busy_ticks += busy;
    s.overtime_ticks += overtime;
    if (line.changes()) {
      s.change_overs += static_cast<double>(state.change_overs);
      s.changing_ticks += static_cast<double>(state.changing_ticks);
      s.server_ticks += static_cast<double>(line.servers) * staffed + overtime;
    }
    s.staffed_ticks += static_cast<double>(line.servers) * staffed + overtime;
    s.production += busy * line.cost_per_tick + overtime * line.overtime.cost_per_tick;
  });
}

void Fold::stream(common::StreamId id, const Scopes& scopes, const OpenOrders& open) {
  const demand::Stream& stream = model_.demand.streams[id];
  const demand::StreamTally& tally = engine_.demand.state.streams[id].tally;
  const common::Item& item = model_.items[stream.item.index];
  const auto units = [&](common::Quantity q) { return static_cast<double>(q) * item.resolution; };
  const double waiting = average(tally.waiting);
  const double shortage =
      static_cast<double>(tally.not_at_once) * stream.shortage_cost + waiting * ticks_ * stream.waiting_cost;
  const auto& all_changes = engine_.demand.state.changes;
  const demand::ChangeTally changes = all_changes.empty() ? demand::ChangeTally{} : all_changes[id];
  const double paid_for = static_cast<double>(tally.shipped) + demand::dear_units(engine_.demand, id);
  each(scopes, [&](Sums& s) {
    s.has_stream = true;
    s.stream_demanded += units(tally.demanded);
    s.stream_at_once += units(tally.at_once);
    s.stream_shipped += units(tally.shipped);
    s.stream_shipped_value += units(tally.shipped) * item.value;
    s.stream_lost += units(tally.lost);
    s.stream_waiting += waiting * item.resolution;
    s.orders_on_time += static_cast<double>(tally.on_time);
    s.orders_due += static_cast<double>(tally.due) + open.overdue;
    s.promises += stream.promises ? static_cast<double>(tally.promised) + open.promises_past
                                  : static_cast<double>(tally.due) + open.overdue;
    s.promises_kept += static_cast<double>(stream.promises ? tally.kept : tally.on_time);
    s.substituted += units(tally.substituted);
    s.returned += units(tally.returned);
    s.orders_pulled_in += static_cast<double>(changes.pulled_in.orders);
    s.orders_pushed_out += static_cast<double>(changes.pushed_out.orders);
    s.orders_cancelled += static_cast<double>(changes.cancelled.orders);
    s.pulled_in += units(changes.pulled_in.units);
    s.pushed_out += units(changes.pushed_out.units);
    s.cancelled += units(changes.cancelled.units);
    s.stream_lead_hours += tally.lead_time.sum();
    s.stream_completed += static_cast<double>(tally.completed);
    s.stream_tardy_hours += tally.tardy_hours;
    s.waited_hours += (tally.waited.hours + open.waiting.hours) * item.resolution;
    s.waited_aged_hours += (tally.waited.aged_hours + open.waiting.aged_hours) * item.resolution;
    s.shortage += shortage;
    s.revenue += paid_for * stream.price;
  });
  // Quantiles are shown of these only.
  for (const std::size_t i : {kWorldOfStream, kRegionOfStream, kItemOfStream, kClassOfStream}) {
    if (counts(scopes[i])) lead_times(scopes[i], tally.lead_times);
  }
}

void Fold::lead_times(std::uint32_t scope, const core::PagedHistogram& histogram) {
  if (histogram.empty()) return;
  std::unique_ptr<core::LogHistogram>& all = lead_times_[only_ ? 0 : scope];
  if (!all) all = std::make_unique<core::LogHistogram>();
  histogram.add_to(*all, engine_.demand.state.lead_time_pages);
  at(scope).lead_times = all.get();
}

void Fold::energy(double cost, std::uint32_t site) {
  for (const std::uint32_t scope : {0U, site}) {
    if (counts(scope)) at(scope).energy += cost;
  }
}

void Fold::answers() {
  if (!counts(0)) return;
  const disruption::Model& model = model_.disruption;
  for (const disruption::Answer& answer : model.answers) {
    if (!model.shocks[answer.shock].comes) continue;
    at(0).answers += answer.cost * static_cast<double>(engine_.disruption.state.strikes[answer.shock]) +
                     answer.cost_per_year * ticks_ / static_cast<double>(core::kYear.ticks);
  }
}

// Orders of customers that are not delivered whole at the end: those that still wait, and those that are on their way to
// the customer. They are overdue if their allowance has passed.
std::vector<OpenOrders> open_orders(const Model& model, const Engine& engine, core::Instant measure_from,
                                    core::Instant end) {
  std::vector<OpenOrders> open(model.demand.streams.size());
  const auto count = [&](common::StreamId stream, core::Instant arrived, bool promised_later) {
    if (arrived < measure_from) return;
    if (arrived + model.demand.streams[stream].due < end) open[stream.index].overdue += 1;
    if (arrived + model.demand.streams[stream].promised(promised_later) < end) open[stream.index].promises_past += 1;
  };
  const supply::State& supply = engine.supply.state;
  for (const supply::StockState& stock : supply.stocks) {
    for (core::Ref ref = stock.claims.first; ref != core::kNoRef; ref = supply.claims[ref].next) {
      const common::Claim& claim = supply.claims[ref].claim;
      if (claim.kind != common::Claim::Kind::customer) continue;
      count(common::StreamId{claim.who}, claim.arrived, claim.promised_later);
      if (!(claim.arrived < measure_from)) open[claim.who].waiting.add(claim.open, end - claim.arrived);
    }
  }
  demand::for_each_on_its_way(engine.demand, count);
  return open;
}

// Unit-ticks on the way by source: of what has arrived, and of what is still under way.
std::vector<common::Integral> transit(const Engine& engine, core::Instant measure_from, core::Instant end) {
  std::vector<common::Integral> unit_ticks;
  for (const logistics::TransitTally& tally : engine.logistics.state.tallies) unit_ticks.push_back(tally.unit_ticks);
  logistics::for_each_under_way(engine.logistics,
                                [&](common::SourceId source, common::Quantity quantity, core::Instant left) {
                                  const core::Instant from = std::max(left, measure_from);
                                  if (from < end)
                                    unit_ticks[source.index] += common::Integral{quantity} * (end - from).ticks;
                                });
  return unit_ticks;
}

}  // namespace tierworks::world
