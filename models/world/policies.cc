#include "models/world/policies.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include <fmt/format.h>

#include "models/planning/compile.h"
#include "models/supply/order_by_formula.h"
#include "models/world/demand_variation.h"
#include "models/world/lead_times.h"
#include "models/world/mrp_plans.h"
#include "models/world/outlook_flow.h"
#include "models/world/safety_stocks.h"

namespace tierworks::world {

using common::Quantity;

namespace {

constexpr double kTicksPerDay = static_cast<double>(core::kDay.ticks);

// Up to the next whole one, unless it is there but for rounding.
Quantity rounded_up(double x) {
  return static_cast<Quantity>(std::ceil(std::min(x, static_cast<double>(common::kMostQuantity)) - 1e-6));
}

class Policies {
 public:
  Policies(Model& model, common::Diagnostics& diagnostics)
      : model_(model), diagnostics_(diagnostics), flow_(flow_of(model)) {}

  void cover(const PolicyRequest& request) {
    if (!has_demand(request, request.spec.cover.origin, "what a day of cover is")) return;
    supply::Stock& stock = model_.supply.stocks[request.stock];
    const double rate = flow_.stocks[request.stock.index].rate;
    const supply::CoverDays& days = *request.spec.cover;
    const Quantity below = rounded_up(core::in_days(days.least) * rate);
    const Quantity level = rounded_up(core::in_days(days.most) * rate);
    const bool single = days.least == days.most;
    if (request.spec.forecast.stated) {
      if (!has_history(model_, request.stock, request.spec.forecast, diagnostics_)) return;
      const auto review = static_cast<double>(stock.review_every.ticks);
      planning::Plan plan = forecast_of(request, flow_, model_);
      plan.periods = static_cast<double>(days.most.ticks) / review;
      if (!single) plan.least_periods = static_cast<double>(days.least.ticks) / review;
      planning::add_plan(model_.planning, model_.supply.stocks.size(), request.stock, plan);
      stock.policy = supply::OrderUpToForecast{level, single ? level : below};
    } else if (single) {
      stock.policy = supply::BaseStock{level};
    } else {
      stock.policy = supply::OrderUpTo{below - 1, level};
    }
    if (!request.spec.initial.stated) stock.initial = level;
  }

  void formula(const PolicyRequest& request) {
    supply::Stock& stock = model_.supply.stocks[request.stock];
    auto& policy = std::get<supply::OrderByFormula>(stock.policy);
    std::vector<bool> used;
    common::check_formula(model_.formulas[policy.formula], &used);
    const auto uses = [&](supply::StockName name) { return used[static_cast<std::size_t>(name)]; };
    const bool of_demand = uses(supply::StockName::demand_rate) || uses(supply::StockName::demand_sd);
    if ((of_demand || policy.forecasts) &&
        !has_demand(request, request.spec.order_formula.origin, "what its formula reads of it")) {
      return;
    }
    const double resolution = model_.items[stock.item.index].resolution;
    const double lead_days = lead_times()[request.stock.index].mean / kTicksPerDay;
    const double review_days = core::in_days(stock.review_every);
    policy.numbers =
        model_.supply.formula_numbers.add({.resolution = resolution,
                                           .demand_rate = flow_.stocks[request.stock.index].rate * resolution,
                                           .demand_deviation = std::sqrt(variance_of_a_day(request.stock)) * resolution,
                                           .lead_time = lead_days,
                                           .review = review_days});
    if (!policy.forecasts || !has_history(model_, request.stock, request.spec.forecast, diagnostics_)) return;
    planning::Plan plan = forecast_of(request, flow_, model_);
    plan.periods =
        request.spec.horizon.stated ? core::in_days(*request.spec.horizon) / review_days : lead_days / review_days + 1;
    policy.first = rounded_up(plan.first.per_period * plan.periods);
    planning::add_plan(model_.planning, model_.supply.stocks.size(), request.stock, plan);
  }

  void buffer(const PolicyRequest& request) {
    if (!has_demand(request, request.spec.ddmrp.lead_time_factor.origin, "what a day uses")) return;
    const double lead_days = lead_times()[request.stock.index].mean / kTicksPerDay;
    plan_buffer(request, flow_, lead_days, model_, diagnostics_);
  }

  void mrp(const std::vector<PolicyRequest>& requests) { plan_mrp(requests, flow_, model_, diagnostics_); }

 private:
  double variance_of_a_day(common::StockId stock) {
    if (!variation_) variation_.emplace(model_, flow_);
    double sum = 0;
    for (const StreamShare& s : variation_->reaching(stock)) {
      sum += s.units * s.units * variation_->of(s.stream).variance;
    }
    return sum;
  }

  const std::vector<core::Moments>& lead_times() {
    if (lead_times_.empty()) lead_times_ = world::lead_times(model_, flow_);
    return lead_times_;
  }

  bool has_demand(const PolicyRequest& request, common::Origin origin, std::string_view what) {
    if (flow_.stocks[request.stock.index].rate > 0) return true;
    diagnostics_.error(origin, fmt::format("no demand reaches this stock, so nothing says {}; expected a stream under "
                                           "`demand` that leads to it, or a `level`",
                                           what));
    return false;
  }

  Model& model_;
  common::Diagnostics& diagnostics_;
  const Flow flow_;
  // Worked out when first needed.
  std::optional<DemandVariation> variation_;
  std::vector<core::Moments> lead_times_;
};

}  // namespace

bool needs_flow(const supply::StockSpec& spec) {
  return spec.cover.stated || spec.order_formula.stated || spec.mrp.lead_time.stated ||
         spec.ddmrp.lead_time_factor.stated;
}

void compute_policies(const std::vector<PolicyRequest>& requests, Model& model, common::Diagnostics& diagnostics) {
  if (requests.empty()) return;
  Policies policies(model, diagnostics);
  policies.mrp(requests);
  for (const PolicyRequest& request : requests) {
    if (request.spec.cover.stated) policies.cover(request);
    if (request.spec.order_formula.stated) policies.formula(request);
    if (request.spec.ddmrp.lead_time_factor.stated) policies.buffer(request);
  }
}

}  // namespace tierworks::world
