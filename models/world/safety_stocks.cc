#include "models/world/safety_stocks.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

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
  DemandDuring
      expected;  // that on which a safety stock stands: without what one customer takes below the reorder point
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
    for (const StreamShare& s : variation_.reaching(request.stock))
      sum += s.units * s.units * variation_.of(s.stream).variance;
    return sum;
  }

  // A stated deviation is that of normal demand.
  double third_per_day(const SafetyRequest& request) const {
    double sum = 0;
    if (request.demand_cv.stated) return sum;
    for (const StreamShare& s : variation_.reaching(request.stock))
      sum += s.units * s.units * s.units * variation_.of(s.stream).third;
    return sum;
  }

  // In a time of so many days, of which `variance` is the variance; a time that varies does so like a gamma variable.
  DemandDuring during(const SafetyRequest& request, double days, double variance) const {
    const double per_day = rate(request.stock), per_day_squares = variance_per_day(request);
    const double third_of_time = days > 0 ? 2 * variance * variance / days : 0;
    return {per_day * days, per_day_squares * days + per_day * per_day * variance,
            third_per_day(request) * days + 3 * per_day_squares * per_day * variance +
                per_day * per_day * per_day * third_of_time};
  }

  Windows windows(const SafetyRequest& request) const;
  bool counted(const SafetyRequest& request, Windows& windows) const;
  void whole_orders_of(const SafetyRequest& request, Windows& windows) const;
  DemandDuring one_order(const SafetyRequest& request) const;
  double step(const SafetyRequest& request) const;
  std::string source_of_variability(const SafetyRequest& request) const;
  bool steady_enough(const SafetyRequest& request, common::Diagnostics& diagnostics) const;
  double periods(const SafetyRequest& request) const;
  double forecast_variance(const SafetyRequest& request) const;
  Quantity plan(const SafetyRequest& request, Quantity safety);
  std::size_t takers_of(StockId stock) const;

  Model& model_;
  const Flow flow_;
  const DemandVariation variation_;
  const std::vector<core::Moments> lead_times_;
};

// What is taken at once. Orders of those who order one for one pass through; of others the mean is known.
DemandDuring Builder::one_order(const SafetyRequest& request) const {
  const StockFlow& flow = flow_.stocks[request.stock.index];
  double orders = 0, first = 0, second = 0, third = 0;
  bool direct = true;
  for (const StreamShare& s : variation_.reaching(request.stock)) {
    const StreamVariation& v = variation_.of(s.stream);
    direct &= model_.demand.streams[s.stream].stock == request.stock;
    if (!(v.interval_days > 0)) continue;
    const double mean = v.size_mean;
    orders += v.chance / v.interval_days;
    first += s.units * mean / v.interval_days;
    second += s.units * s.units * (v.size_variance + mean * mean) / v.interval_days;
    third += s.units * s.units * s.units * (v.size_third + 3 * mean * v.size_variance + mean * mean * mean) /
             v.interval_days;
  }
  const bool one_for_one = std::abs(flow.claims - orders) <= 1e-6 * orders;
  if (!(orders > 0) || !(direct || one_for_one)) return {.mean = flow.claims > 0 ? flow.rate / flow.claims : 0};
  first /= orders, second /= orders, third /= orders;
  return {first, second - first * first, third - 3 * first * second + 2 * first * first * first};
}

// What demand and positions are whole multiples of, if customers' orders of whole sizes come one by one.
double Builder::step(const SafetyRequest& request) const {
  const supply::Stock& stock = model_.supply.stocks[request.stock];
  if (request.demand_cv.stated) return 0;
  std::int64_t common = 0;
  double orders = 0;
  for (const StreamShare& s : variation_.reaching(request.stock)) {
    const StreamVariation& v = variation_.of(s.stream);
    const double step = s.units * v.step;
    if (!(step >= 1) || step != std::floor(step) || step > 1e15) return 0;
    common = std::gcd(common, static_cast<std::int64_t>(step));
    orders += v.interval_days > 0 ? v.chance / v.interval_days : 0;
  }
  const double claims = flow_.stocks[request.stock.index].claims;
  if (std::abs(claims - orders) > 1e-6 * orders) return 0;
  if (const auto* lots = std::get_if<supply::FixedQuantity>(&stock.policy)) common = std::gcd(common, lots->quantity);
  for (const Quantity limit : {stock.limits.minimum, stock.limits.multiple, stock.limits.maximum}) {
    common = std::gcd(common, limit);
  }
  return static_cast<double>(common);
}

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
  const double rho = stream.remembers ? stream.regression.rho : 0;
  for (auto [window, n] : {std::pair{&out.until_own, own}, std::pair{&out.until_next, next}}) {
    // Periods k apart are correlated by rho^k.
    double pairs = 0, power = rho;
    for (double k = 1; k < n && std::abs(power) > 1e-18; ++k, power *= rho) pairs += (n - k) * power;
    *window = {n * v.size_mean, (n + 2 * pairs) * v.size_variance, n * v.size_third};
  }
  return true;
}

// Orders at a fixed interval and goods after a time that varies: how many fall into it depends on where it begins among them,
// which is told, and where it ends, which is anywhere alike.
void Builder::whole_orders_of(const SafetyRequest& request, Windows& w) const {
  const auto& reaching = variation_.reaching(request.stock);
  const supply::Stock& stock = model_.supply.stocks[request.stock];
  if (request.demand_cv.stated || reaching.size() != 1 || !(lead_times_[request.stock.index].variance > 0)) return;
  const demand::Stream& stream = model_.demand.streams[reaching[0].stream];
  const StreamVariation& v = variation_.of(reaching[0].stream);
  if (!v.fixed_interval || stream.stock != request.stock) return;
  double until_first = 1;  // order of the next customer, in intervals
  if (!stock.continuous()) {
    const double interval = v.interval_days * kTicksPerDay;
    if (std::fmod(static_cast<double>(stock.review_every.ticks), interval) != 0) return;
    const double offset = std::fmod(static_cast<double>((stream.first - stock.review_from).ticks), interval);
    until_first = offset > 0 ? offset / interval : offset / interval + 1;
  }
  for (DemandDuring* window : {&w.until_own, &w.until_next}) {
    window->mean = std::max(0.0, window->mean + (0.5 - until_first) * v.size_mean);
    window->variance += v.size_mean * v.size_mean / 12;
  }
}

Windows Builder::windows(const SafetyRequest& request) const {
  Windows w;
  const supply::Stock& stock = model_.supply.stocks[request.stock];
  const bool lots = std::holds_alternative<supply::FixedQuantity>(stock.policy);
  const bool amount = request.safety->kind == common::SafetyStock::Kind::amount;
  const bool in_whole_orders = !(lots && amount) && counted(request, w);
  if (!in_whole_orders) {
    const core::Moments& lead = lead_times_[request.stock.index];
    const double days = lead.mean / kTicksPerDay, variance = lead.variance / (kTicksPerDay * kTicksPerDay);
    w.until_own = during(request, days, variance);
    // A cycle is a review, or one order of those that take from the stock.
    w.until_next = stock.continuous() ? w.until_own + one_order(request)
                                      : during(request, days + core::in_days(stock.review_every), variance);
    whole_orders_of(request, w);
  }
  w.until_own.step = w.until_next.step = step(request);
  w.cycle = w.expected = w.until_next;
  if (lots) {
    w.cycle = w.until_own + planning::undershoot(w.until_next - w.until_own);
    if (stock.continuous()) w.expected = w.until_own;
    if (!amount) w.expected = w.cycle;
  } else if (stock.continuous()) {
    if (!in_whole_orders) w.expected = w.until_own;
    // An interval in which nobody orders ends no cycle.
    const demand::Stream& first = model_.demand.streams[variation_.reaching(request.stock)[0].stream];
    if (!in_whole_orders || !first.remembers) w.cycle = w.until_own + one_order(request);
  }
  w.cycle.step = w.until_next.step;
  return w;
}

std::string Builder::source_of_variability(const SafetyRequest& request) const {
  if (request.demand_cv.stated) return fmt::format("demand_cv {:g} of a day, as stated", *request.demand_cv);
  const auto& reaching = variation_.reaching(request.stock);
  constexpr std::size_t kMost = 3;
  std::string names = model_.demand.streams[reaching[0].stream].name;
  for (std::size_t i = 1; i < std::min(kMost, reaching.size()); ++i) {
    names += " + " + model_.demand.streams[reaching[i].stream].name;
  }
  if (reaching.size() > kMost) names += fmt::format(" + {} more", reaching.size() - kMost);
  const bool direct = reaching.size() == 1 && model_.demand.streams[reaching[0].stream].stock == request.stock;
  return fmt::format("stream{} {}{}", reaching.size() == 1 ? "" : "s", names, direct ? "" : " through supply");
}

// What changes over the year, or remembers, does not vary like independent orders of one law; whole periods that remember do
// by their correlation.
bool Builder::steady_enough(const SafetyRequest& request, common::Diagnostics& diagnostics) const {
  if (request.demand_cv.stated || !request.safety.stated || request.safety->kind == common::SafetyStock::Kind::amount) {
    return true;
  }
  Windows w;
  const bool lots = std::holds_alternative<supply::FixedQuantity>(model_.supply.stocks[request.stock].policy);
  const bool in_whole_periods = !lots && !request.forecast.stated && counted(request, w);
  for (const StreamShare& share : variation_.reaching(request.stock)) {
    const demand::Stream& stream = model_.demand.streams[share.stream];
    if (stream.pattern == demand::kNoPattern && (!stream.remembers || in_whole_periods)) continue;
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

// That a forecast looks ahead.
double Builder::periods(const SafetyRequest& request) const {
  const auto review = static_cast<double>(model_.supply.stocks[request.stock].review_every.ticks);
  return request.horizon.stated ? static_cast<double>(request.horizon->ticks) / review
                                : lead_times_[request.stock.index].mean / review + 1;
}

// Of the forecast over its horizon, of demand that is independent from review to review; none of methods for other demand.
double Builder::forecast_variance(const SafetyRequest& request) const {
  if (!request.forecast.stated) return 0;
  const double ahead = periods(request);
  const double of_review = variance_per_day(request) * core::in_days(model_.supply.stocks[request.stock].review_every);
  const planning::Forecast method = planning::compile_forecast(*request.forecast);
  if (const auto* mean = std::get_if<planning::MovingAverage>(&method)) {
    return ahead * ahead * of_review / static_cast<double>(mean->window);
  }
  if (const auto* smoothing = std::get_if<planning::Smoothing>(&method)) {
    return ahead * ahead * of_review * smoothing->level / (2 - smoothing->level);
  }
  return 0;
}

// The forecast of a stock, which starts from what the demand streams let one expect; gives its first target.
Quantity Builder::plan(const SafetyRequest& request, Quantity safety) {
  supply::Stock& stock = model_.supply.stocks[request.stock];
  const double review_days = core::in_days(stock.review_every);
  planning::Plan plan;
  plan.method = request.told() ? planning::Forecast{planning::Told{takers_of(request.stock)}}
                               : planning::compile_forecast(*request.forecast);
  plan.first = {rate(request.stock) * review_days, flow_.stocks[request.stock.index].claims * review_days};
  plan.periods = periods(request);
  plan.safety = safety;
  const double expected = std::min(plan.first.per_period * plan.periods, static_cast<double>(common::kMostQuantity));
  const Quantity first = std::max<Quantity>(0, static_cast<Quantity>(std::floor(expected + 0.5)) + safety);
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
  Windows w = windows(request);
  const double missed = forecast_variance(request);
  for (DemandDuring* window : {&w.until_own, &w.until_next, &w.cycle}) {
    window->variance += missed;
    if (missed > 0) window->step = 0;
  }
  auto* lots = std::get_if<supply::FixedQuantity>(&stock.policy);
  const auto lot = lots != nullptr ? static_cast<double>(lots->quantity) : 0;
  double level = w.expected.mean + static_cast<double>(request.amount);
  if (safety.kind == Kind::cycle_service) {
    level = planning::level_for_cycle_service(safety.share, w.cycle);
  } else if (safety.kind == Kind::fill_rate) {
    level = lots != nullptr ? planning::reorder_point_for_fill_rate(safety.share, lot, w.until_own, w.until_next)
                            : planning::level_for_fill_rate(safety.share, w.until_own, w.until_next);
  }
  Quantity whole = rounded_up(level);
  if (forecast) {  // which may look farther ahead than goods have to last
    const double ahead = rate(request.stock) * periods(request) * core::in_days(stock.review_every);
    const Quantity above = safety.kind == Kind::amount ? request.amount : rounded_up(level - ahead);
    whole = plan(request, above);
    level = ahead + static_cast<double>(above);
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
                           .demand_mean = w.expected.mean,
                           .demand_deviation = w.expected.deviation(),
                           .safety_stock = stated ? static_cast<double>(request.amount) : level - w.expected.mean,
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
