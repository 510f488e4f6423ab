#include "models/world/bookings.h"

#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>

#include "models/planning/compile.h"

namespace tierworks::world {

using common::StockId;

namespace {

std::size_t buckets_of(const common::Field<core::Duration>& length, core::Duration bucket) {
  return static_cast<std::size_t>((length->ticks + bucket.ticks - 1) / bucket.ticks);
}

class Booked {
 public:
  Booked(Model& model, common::Diagnostics& diagnostics)
      : model_(model), planning_(model.planning), diagnostics_(diagnostics) {}

  void compile(const ScenarioSpec& spec, const std::vector<ConsumptionRequest>& requests) {
    std::map<StockId, core::Duration> reach;  // how far ahead of now a booked order can be wanted
    for (std::uint32_t i = 0; i < model_.demand.streams.size(); ++i) {
      const demand::Stream& stream = model_.demand.streams[common::StreamId{i}];
      if (!stream.is_booked()) continue;
      const demand::Booking& booking = model_.demand.bookings[stream.booking];
      core::Duration& furthest = reach[stream.stock];
      furthest = std::max(furthest, booking.ahead + booking.later);
      if (!plans(stream.stock)) {
        nobody_plans(spec, stream);
      } else if (reviews_in(furthest, stream.stock) > kMostBuckets) {
        diagnostics_.error(
            origin_of(spec, stream),
            fmt::format("got orders that are booked and moved up to {:.6g} reviews ahead, expected at most {}",
                        reviews_in(furthest, stream.stock), kMostBuckets));
      }
    }
    std::map<StockId, const supply::ConsumptionSpec*> rules;
    for (const ConsumptionRequest& request : requests) {
      rules[request.stock] = &request.spec;
      if (!reach.contains(request.stock)) without_bookings(request.spec);
    }
    static const supply::ConsumptionSpec as_it_is;
    for (const auto& [stock, ahead] : reach) {
      if (plans(stock) && reviews_in(ahead, stock) <= kMostBuckets)
        add(stock, ahead, rules.contains(stock) ? *rules[stock] : as_it_is);
    }
  }

 private:
  static constexpr double kMostBuckets = 10000;

  double reviews_in(core::Duration length, StockId stock) const {
    return static_cast<double>(length.ticks) / static_cast<double>(model_.supply.stocks[stock].review_every.ticks);
  }

  static common::Origin origin_of(const ScenarioSpec& spec, const demand::Stream& stream) {
    for (const auto& entry : spec.demand) {
      if (entry.name == stream.name) return entry.spec.booked.ahead.origin;
    }
    return {};
  }

  template <class Table>
  bool in(const Table& table, StockId stock) const {
    return !table.empty() && !table[stock].is_none();
  }
  bool plans(StockId stock) const {
    return in(planning_.mrp_of, stock) || in(planning_.of_stock, stock) || in(planning_.buffer_of, stock);
  }

  void nobody_plans(const ScenarioSpec& spec, const demand::Stream& stream) {
    diagnostics_.note(origin_of(spec, stream),
                      fmt::format("orders are booked ahead, but nobody plans by them: \"{}\" has neither `mrp` nor "
                                  "`forecast` nor `ddmrp` at \"{}\"",
                                  model_.items[stream.item.index].name, model_.sites[stream.site.index].name));
  }

  void without_bookings(const supply::ConsumptionSpec& spec) {
    for (const auto* field : {&spec.back, &spec.ahead, &spec.demand_fence}) {
      if (!field->stated) continue;
      diagnostics_.error(field->origin,
                         "got `consumption`, but no customers of this stock book ahead; expected a stream "
                         "under `demand` with `booked: {ahead: 4 wk}`");
      return;
    }
  }

  void add(StockId id, core::Duration ahead, const supply::ConsumptionSpec& spec) {
    const supply::Stock& stock = model_.supply.stocks[id];
    planning::Bookings row;
    row.ring = planning_.rings.add({core::Instant{0} + stock.review_from, stock.review_every, {}});
    planning::grow_ring(planning_, row.ring, ahead);
    row.rule.back = buckets_of(spec.back, stock.review_every);
    row.rule.ahead = buckets_of(spec.ahead, stock.review_every);
    row.rule.fence = buckets_of(spec.demand_fence, stock.review_every);
    const planning::BookingsId bookings{static_cast<std::uint32_t>(planning_.bookings.size())};
    if (in(planning_.mrp_of, id)) {
      planning::MrpStock& mrp = planning_.mrp_stocks[planning_.mrp_of[id]];
      mrp.bookings = bookings;
      row.buckets = planning_.mrp_sites[mrp.site].buckets + mrp.item.safety_time;
    } else if (in(planning_.buffer_of, id)) {
      // Qualified spikes only: nothing is consumed.
      planning_.buffers[planning_.buffer_of[id]].bookings = bookings;
      without_forecast(spec);
    } else {
      planning::Plan& plan = planning_.plans[planning_.of_stock[id]];
      plan.bookings = bookings;
      row.buckets = static_cast<std::size_t>(std::ceil(std::max(plan.periods, plan.least_periods))) + row.rule.ahead;
    }
    row.memory = static_cast<std::uint32_t>(planning_.memory_size);
    planning_.memory_size += 3 * row.buckets;
    planning_.bookings.add(row);
    auto& of = planning_.booked_at;
    if (of.empty()) of.assign(model_.supply.stocks.size(), planning::RingId::none());
    of[id] = row.ring;
  }

  void without_forecast(const supply::ConsumptionSpec& spec) {
    for (const auto* field : {&spec.back, &spec.ahead, &spec.demand_fence}) {
      if (!field->stated) continue;
      diagnostics_.error(field->origin,
                         "got `consumption` of a `ddmrp` buffer, where booked orders count as spikes and "
                         "consume nothing; expected it with `forecast` or `mrp`");
      return;
    }
  }

  Model& model_;
  planning::Model& planning_;
  common::Diagnostics& diagnostics_;
};

}  // namespace

void compile_bookings(const ScenarioSpec& spec, const std::vector<ConsumptionRequest>& requests, Model& model,
                      common::Diagnostics& diagnostics) {
  if (!diagnostics.ok()) return;
  Booked(model, diagnostics).compile(spec, requests);
  planning::place_rings(model.planning);
}

}  // namespace tierworks::world
