#include "models/world/safety_stocks.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "models/planning/compile.h"
#include "models/planning/policies/safety_stock.h"
#include "models/world/demand_variation.h"
#include "models/world/lead_times.h"

namespace tierworks::world {

using common::Quantity;
using common::StockId;
using planning::DemandDuring;

namespace {

constexpr double kTicksPerDay = static_cast<double>(core::kDay.ticks);

// Up to the next whole one, unless it is there but for rounding; what is beyond counting is refused with the other ranges.
Quantity rounded_up(double x) {
  return static_cast<Quantity>(std::ceil(std::min(x, static_cast<double>(common::kMostQuantity)) - 1e-6));
}

// Demand of one stock until an order's own goods arrive, and until those of the next order do.
struct Windows {
  DemandDuring until_own;
  DemandDuring until_next;
  DemandDuring cycle;  // what the stock must last for, from one order to the arrival that ends its cycle
};

class Builder {
 public:
  explicit Builder(Model& model)
      : model_(model), flow_(flow_of(model)), variation_(model, flow_), lead_times_(lead_times(model, flow_)) {}

  void compute(const SafetyRequest& request, common::Diagnostics& diagnostics);

 private:
  double rate(StockId id) const {
    double sum = 0;
    for (const StreamShare& s : variation_.reaching(id)) sum += s.units * variation_.of(s.stream).mean;
    return sum;
  }

  double variance_per_day(const SafetyRequest& request) const {
    if (request.demand_cv.stated) {
      const double deviation = *request.demand_cv * rate(request.stock);
      return deviation * deviation;
    }
    double sum = 0;
    for (const StreamShare& s : variation_.reaching(request.stock)) {
      sum += s.units * s.units * variation_.of(s.stream).variance;
    }
    return sum;
  }

  // In a time of so many days, of which `variance` is the variance.
  DemandDuring during(const SafetyRequest& request, double days, double variance) const {
    const double per_day = rate(request.stock);
    return {per_day * days, variance_per_day(request) * days + per_day * per_day * variance};
  }

  Windows windows(const SafetyRequest& request) const;
  bool counted(const SafetyRequest& request, Windows& windows) const;
  std::string source_of_variability(const SafetyRequest& request) const;
  bool steady_enough(const SafetyRequest& request, common::Diagnostics& diagnostics) const;
  Quantity plan(const SafetyRequest& request, Quantity safety);
  std::size_t takers_of(StockId stock) const;

  Model& model_;
  const Flow flow_;
  const DemandVariation variation_;
  const std::vector<core::Moments> lead_times_;
};

// Orders at a fixed interval and goods after a fixed time: whole orders fall into the windows, and which ones can be said.
// At one instant goods arrive before customers order, and a review looks at the stock after both.
bool Builder::counted(const SafetyRequest& request, Windows& out) const {
  const auto& reaching = variation_.reaching(request.stock);
  const supply::Stock& stock = model_.supply.stocks[request.stock];
  const core::Moments& lead = lead_times_[request.stock.index];
  if (request.demand_cv.stated || lead.variance > 0 || reaching.size() != 1) return false;
  const demand::Stream& stream = model_.demand.streams[reaching[0].stream];
  const StreamVariation& v = variation_.of(reaching[0].stream);
  if (!v.fixed_interval || stream.stock != request.stock) return false;
  const double interval = v.interval_days * kTicksPerDay;
  double own = 0, next = 0;  // orders
  if (stock.continuous()) {
    // Each order is passed on at once; its goods are there before a customer of the instant at which they arrive.
    next = std::max(1.0, std::ceil(lead.mean / interval - 1e-9));
    own = next - 1;
  } else {
    const double review = static_cast<double>(stock.review_every.ticks);
    if (std::fmod(review, interval) != 0) return false;
    double offset = std::fmod(static_cast<double>((stream.first - stock.review_from).ticks), interval);
    if (!(offset > 0)) offset += interval;  // the first customer after a review
    const auto orders_within = [&](double ticks) {
      return ticks > offset ? std::ceil((ticks - offset) / interval - 1e-9) : 0.0;
    };
    own = orders_within(lead.mean);
    next = orders_within(lead.mean + review);
  }
  out.until_own = {own * v.size_mean, own * v.size_variance};
  out.until_next = {next * v.size_mean, next * v.size_variance};
  out.cycle = out.until_next;
  return true;
}

Windows Builder::windows(const SafetyRequest& request) const {
  Windows w;
  const supply::Stock& stock = model_.supply.stocks[request.stock];
  // A lot covers many customers: whole orders are not counted, and what the last one takes below s is left out.
  const bool lots = std::holds_alternative<supply::FixedQuantity>(stock.policy);
  if (!lots && counted(request, w)) return w;
  const core::Moments& lead = lead_times_[request.stock.index];
  const double days = lead.mean / kTicksPerDay, variance = lead.variance / (kTicksPerDay * kTicksPerDay);
  w.until_own = during(request, days, variance);
  if (!stock.continuous()) {
    w.until_next = during(request, days + core::in_days(stock.review_every), variance);
    w.cycle = w.until_next;
    return w;
  }
  w.cycle = w.until_own;
  // A cycle is one order of those that take from the stock.
  const StockFlow& flow = flow_.stocks[request.stock.index];
  double size_variance = 0;
  if (flow.claims > 0) {
    for (const StreamShare& s : variation_.reaching(request.stock)) {
      const StreamVariation& v = variation_.of(s.stream);
      if (model_.demand.streams[s.stream].stock != request.stock || !(v.interval_days > 0)) continue;
      size_variance += v.size_variance / v.interval_days / flow.claims;
    }
  }
  w.until_next = w.until_own;
  w.until_next.mean += flow.claims > 0 ? flow.rate / flow.claims : 0;
  w.until_next.variance += size_variance;
  return w;
}

std::string Builder::source_of_variability(const SafetyRequest& request) const {
  if (request.demand_cv.stated) return fmt::format("demand_cv {:g} of a day, as stated", *request.demand_cv);
  const auto& reaching = variation_.reaching(request.stock);
  constexpr std::size_t kMost = 3;
  std::string names;
  for (std::size_t i = 0; i < std::min(kMost, reaching.size()); ++i) {
    names += (i == 0 ? "" : " + ") + model_.demand.streams[reaching[i].stream].name;
  }
  if (reaching.size() > kMost) names += fmt::format(" + {} more", reaching.size() - kMost);
  const bool direct = reaching.size() == 1 && model_.demand.streams[reaching[0].stream].stock == request.stock;
  return fmt::format("stream{} {}{}", reaching.size() == 1 ? "" : "s", names, direct ? "" : " through supply");
}

// What changes over the year or remembers varies by more, or by less, than independent orders of one law do.
bool Builder::steady_enough(const SafetyRequest& request, common::Diagnostics& diagnostics) const {
  if (request.demand_cv.stated || !request.safety.stated || request.safety->kind == common::SafetyStock::Kind::amount) {
    return true;
  }
  for (const StreamShare& share : variation_.reaching(request.stock)) {
    const demand::Stream& stream = model_.demand.streams[share.stream];
    if (stream.pattern == demand::kNoPattern && !stream.remembers) continue;
    diagnostics.error(request.safety.origin,
                      fmt::format("the demand \"{}\" {}, from which no variability over the lead time is worked out; "
                                  "expected also `demand_cv`, the deviation of a day's demand over its mean",
                                  stream.name, stream.remembers ? "remembers" : "changes with the calendar"));
    return false;
  }
  return true;
}

// Stocks that are filled from this one.
std::size_t Builder::takers_of(StockId stock) const {
  std::size_t takers = 0;
  for (std::uint32_t i = 0; i < model_.supply.stocks.size(); ++i) {
    each_input(model_, StockId{i}, [&](StockId input, double, double) { takers += input == stock ? 1 : 0; });
  }
  return takers;
}

// The forecast of a stock, which starts from what the demand streams let one expect; gives its first target.
Quantity Builder::plan(const SafetyRequest& request, Quantity safety) {
  supply::Stock& stock = model_.supply.stocks[request.stock];
  const double review_days = core::in_days(stock.review_every);
  const auto review_ticks = static_cast<double>(stock.review_every.ticks);
  planning::Plan plan;
  plan.method = request.told() ? planning::Forecast{planning::Told{takers_of(request.stock)}}
                               : planning::compile_forecast(*request.forecast);
  plan.first = {rate(request.stock) * review_days, flow_.stocks[request.stock.index].claims * review_days};
  plan.periods = request.horizon.stated ? static_cast<double>(request.horizon->ticks) / review_ticks
                                        : lead_times_[request.stock.index].mean / review_ticks + 1;
  plan.safety = safety;
  const double expected = std::min(plan.first.per_period * plan.periods, static_cast<double>(common::kMostQuantity));
  const Quantity first = static_cast<Quantity>(std::floor(expected + 0.5)) + safety;
  planning::add_plan(model_.planning, model_.supply.stocks.size(), request.stock, plan);
  stock.policy = supply::OrderUpToForecast{first, first};
  return first;
}

void Builder::compute(const SafetyRequest& request, common::Diagnostics& diagnostics) {
  using Kind = common::SafetyStock::Kind;
  supply::Stock& stock = model_.supply.stocks[request.stock];
  const common::SafetyStock& safety = *request.safety;
  const bool forecast = request.forecast.stated || request.told();
  if (!(rate(request.stock) > 0)) {
    diagnostics.error(request.told() ? request.signal.origin
                      : forecast     ? request.forecast.origin
                                     : request.safety.origin,
                      forecast
                          ? "no demand reaches this stock, so its forecast has no history; expected a stream under "
                            "`demand` that leads to it, or a `level`"
                          : "no demand reaches this stock, so nothing says how much it needs; expected a stream "
                            "under `demand` that leads to it, or a `level`");
    return;
  }
  if (request.forecast.stated && !has_history(model_, request.stock, request.forecast, diagnostics)) return;
  if (!steady_enough(request, diagnostics)) return;
  const Windows w = windows(request);
  auto* lots = std::get_if<supply::FixedQuantity>(&stock.policy);
  const auto lot = lots != nullptr ? static_cast<double>(lots->quantity) : 0;
  double level = w.cycle.mean + static_cast<double>(request.amount);
  if (safety.kind == Kind::cycle_service) {
    level = planning::level_for_cycle_service(safety.share, w.cycle);
  } else if (safety.kind == Kind::fill_rate) {
    level = lots != nullptr ? planning::reorder_point_for_fill_rate(safety.share, lot, w.cycle)
                            : planning::level_for_fill_rate(safety.share, w.until_own, w.until_next);
  }
  Quantity whole = rounded_up(level);
  if (forecast) {
    const Quantity above = safety.kind == Kind::amount ? request.amount : rounded_up(level - w.cycle.mean);
    whole = plan(request, above);
    level = w.cycle.mean + static_cast<double>(above);
  } else {
    level = static_cast<double>(whole);
  }
  if (lots != nullptr) {
    lots->reorder_point = whole;
  } else if (!forecast) {
    stock.policy = supply::BaseStock{whole};
  }
  if (!request.initial_stated) stock.initial = lots != nullptr ? whole + lots->quantity : whole;
  if (!request.safety.stated) return;
  const bool stated = safety.kind == Kind::amount;
  const core::Moments& lead = lead_times_[request.stock.index];
  model_.safety.push_back({.stock = request.stock,
                           .kind = safety.kind,
                           .share = safety.share,
                           .lead_time = lead.mean,
                           .lead_time_deviation = std::sqrt(lead.variance),
                           .demand_mean = w.cycle.mean,
                           .demand_deviation = w.cycle.deviation(),
                           .safety_stock = stated ? static_cast<double>(request.amount) : level - w.cycle.mean,
                           .variability = source_of_variability(request)});
}

}  // namespace

// A mean of reviews, or a season, that the run never sees whole would rest on the first guess for ever.
bool has_history(const Model& model, StockId stock, const common::Field<common::ForecastSpec>& forecast,
                 common::Diagnostics& diagnostics) {
  const std::size_t needed = planning::history_needed(*forecast);
  const core::Duration review = model.supply.stocks[stock].review_every;
  const std::int64_t reviews = (model.warm_up + model.horizon).ticks / review.ticks;
  if (static_cast<std::int64_t>(needed) <= reviews) return true;
  diagnostics.error(forecast.origin,
                    fmt::format("a forecast from {} reviews has no such history: the run has {}; expected fewer, or a "
                                "longer `warm_up` or `horizon`",
                                needed, reviews));
  return false;
}

void compute_safety_stocks(const std::vector<SafetyRequest>& requests, Model& model, common::Diagnostics& diagnostics) {
  if (requests.empty()) return;
  Builder builder(model);
  for (const SafetyRequest& request : requests) builder.compute(request, diagnostics);
}

}  // namespace tierworks::world
