#include "models/world/outlook_flow.h"

#include <algorithm>
#include <cmath>

namespace tierworks::world {

using common::SourceId;
using common::StockId;

namespace {

constexpr double kTicksPerDay = static_cast<double>(core::kDay.ticks);

// Orders a day and units a day of one stream.
struct StreamRate {
  double orders = 0;
  double units = 0;
};

// Of a trace what falls into the run, over the time that it spans; one mean gap follows the last order.
StreamRate rate_of_trace(const Model& model, const demand::Stream& stream) {
  const core::Instant end = core::Instant{0} + model.warm_up + model.horizon;
  double units = 0;
  std::uint32_t orders = 0;
  for (std::uint32_t i = stream.trace.first; i < stream.trace.last && model.demand.trace[i].at < end; ++i) {
    units += static_cast<double>(model.demand.trace[i].quantity);
    ++orders;
  }
  if (orders == 0) return {};
  const core::Instant first = model.demand.trace[stream.trace.first].at;
  const core::Instant last = model.demand.trace[stream.trace.first + orders - 1].at;
  double span = static_cast<double>(end.ticks);
  if (orders > 1 && orders == stream.trace.size()) {
    const double gap = static_cast<double>((last - first).ticks) / (orders - 1);
    span = std::min(span, static_cast<double>(last.ticks) + gap);
  }
  if (!(span > 0)) return {};
  return {orders * kTicksPerDay / span, units * kTicksPerDay / span};
}

StreamRate rate_booked(const Model& model, const demand::Stream& stream) {
  if (!stream.trace.empty()) return rate_of_trace(model, stream);
  const double interval = core::mean_of(stream.interval, model.tables);
  if (!(interval > 0)) return {};
  const double orders = kTicksPerDay / interval * stream.chance;
  const double units = orders * stream.mean_factor * core::mean_of(stream.size, model.tables);
  return {stream.has_periods() ? orders : orders * stream.mean_factor, units};
}

// What is cancelled never comes.
StreamRate rate_of(const Model& model, const demand::Stream& stream) {
  const StreamRate booked = rate_booked(model, stream);
  const double kept = model.demand.kept(stream);
  return {booked.orders * kept, booked.units * kept};
}

// Mean size of replenishment orders. A continuous base stock passes on what is taken from it, order by order; a reorder
// point collects up to its span, as a review collects what is taken between two of them.
double order_quantity(const supply::Stock& stock, const StockFlow& flow) {
  if (!(flow.rate > 0)) return 0;
  double quantity = flow.claims > 0 ? flow.rate / flow.claims : flow.rate;
  if (const auto* up_to = std::get_if<supply::OrderUpTo>(&stock.policy)) {
    quantity = std::max(quantity, static_cast<double>(up_to->level - up_to->reorder_point));
  }
  if (!stock.continuous()) quantity = std::max(quantity, flow.rate * core::in_days(stock.review_every));
  if (const auto* kanban = std::get_if<supply::Kanban>(&stock.policy)) return static_cast<double>(kanban->container);
  // Whole multiples, as few as bring in what is taken.
  const auto rounded_up = [&](double multiple) { quantity = std::ceil(quantity / multiple - 1e-9) * multiple; };
  if (const auto* fixed = std::get_if<supply::FixedQuantity>(&stock.policy))
    rounded_up(static_cast<double>(fixed->quantity));
  quantity = std::max(quantity, static_cast<double>(stock.limits.minimum));
  if (stock.limits.multiple > 1) rounded_up(static_cast<double>(stock.limits.multiple));
  return quantity;
}

// The compiler has excluded cycles.
std::vector<StockId> customers_first(const Model& model) {
  const std::size_t n = model.supply.stocks.size();
  std::vector<std::uint32_t> takers(n, 0);
  for (std::uint32_t i = 0; i < n; ++i) {
    each_input(model, StockId{i}, [&](StockId input, double, double) { ++takers[input.index]; });
  }
  std::vector<StockId> order;
  for (std::uint32_t i = 0; i < n; ++i) {
    if (takers[i] == 0) order.push_back(StockId{i});
  }
  for (std::size_t i = 0; i < order.size(); ++i) {
    each_input(model, order[i], [&](StockId input, double, double) {
      if (--takers[input.index] == 0) order.push_back(input);
    });
  }
  return order;
}

// Customers of a line whose room is limited are turned away when it is full.
bool turns_away(const Model& model, StockId id) {
  const core::Range sources = model.supply.stocks[id].sources;
  if (sources.empty()) return false;
  const supply::Source& source = model.supply.sources[SourceId{sources.first}];
  return source.kind == supply::Source::Kind::line &&
         model.production.lines[model.production.products[source.product].line].room > 0;
}

}  // namespace

Flow flow_of(const Model& model) {
  Flow flow;
  flow.order = customers_first(model);
  flow.stocks.resize(model.supply.stocks.size());
  for (const demand::Stream& stream : model.demand.streams) {
    const StreamRate rate = rate_of(model, stream);
    StockFlow& stock = flow.stocks[stream.stock.index];
    stock.rate += rate.units;
    stock.claims += rate.orders;
    const bool waits_for_ever = stream.waits && stream.patience.ticks == 0 && !turns_away(model, stream.stock);
    if (waits_for_ever) stock.waiting_rate += rate.units;
    flow.customer_orders.push_back(rate.orders);
    flow.demand += rate.units * model.items[stream.item.index].resolution;
  }
  for (const StockId id : flow.order) {
    StockFlow& own = flow.stocks[id.index];
    own.order_quantity = order_quantity(model.supply.stocks[id], own);
    each_input(model, id, [&](StockId input, double per_unit, double share_of_orders) {
      StockFlow& supplier = flow.stocks[input.index];
      supplier.rate += own.rate * per_unit;
      supplier.waiting_rate += own.waiting_rate * per_unit;
      supplier.claims += own.orders() * share_of_orders;
    });
  }
  return flow;
}

Batch batch_of(const Model& model, const production::Product& product, double order_quantity) {
  const production::Line& line = model.production.lines[product.line];
  const double begun = order_quantity * model.production.begun_per_unit(product);
  const double most = product.batch > 0 ? static_cast<double>(product.batch) : begun;
  Batch batch;
  batch.quantity = begun > 0 ? std::min(most, begun) : most;
  batch.ticks = core::mean_of(product.time, model.tables);
  if (product.per_unit) batch.ticks *= batch.quantity * product.resolution;
  batch.elapsed = batch.ticks / line.open_share;
  if (begun > 0 && batch.quantity > 0) batch.batches = std::ceil(begun / batch.quantity - 1e-9);
  batch.rounds = line.servers == 0 ? 1 : std::ceil(batch.batches / static_cast<double>(line.servers));
  return batch;
}

}  // namespace tierworks::world
