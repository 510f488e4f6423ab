#include "models/planning/policies/safety_stock.h"

#include <algorithm>
#include <cmath>

#include "core/base/math.h"
#include "core/base/normal.h"

namespace tierworks::planning {

namespace {

// The least x in [low, high] at which the growing function reaches `wanted`, to the last bits.
template <class F>
double solve(double low, double high, double wanted, F&& growing) {
  for (int halving = 0; halving < 100; ++halving) {
    const double middle = low + (high - low) / 2;
    (growing(middle) < wanted ? low : high) = middle;
  }
  return high;
}

constexpr double kFarAway = 12;  // standard deviations

}  // namespace

double DemandDuring::deviation() const { return std::sqrt(std::max(0.0, variance)); }

double expected_shortage(double level, const DemandDuring& demand) {
  const double sd = demand.deviation();
  if (!(sd > 0)) return std::max(0.0, demand.mean - level);
  return sd * core::normal_loss((level - demand.mean) / sd);
}

double level_for_cycle_service(double share, const DemandDuring& until_next) {
  return std::max(0.0, until_next.mean + core::normal_quantile(share) * until_next.deviation());
}

double fill_rate_of(double level, const DemandDuring& until_own, const DemandDuring& until_next) {
  const double missed = expected_shortage(level, until_next) - expected_shortage(level, until_own);
  return 1 - missed / (until_next.mean - until_own.mean);
}

double level_for_fill_rate(double share, const DemandDuring& until_own, const DemandDuring& until_next) {
  const double high = until_next.mean + kFarAway * until_next.deviation();
  return solve(0, high, share, [&](double level) { return fill_rate_of(level, until_own, until_next); });
}

double fill_rate_of_lots(double reorder_point, double lot, const DemandDuring& lead_time) {
  const double missed = expected_shortage(reorder_point, lead_time) - expected_shortage(reorder_point + lot, lead_time);
  return 1 - missed / lot;
}

double reorder_point_for_fill_rate(double share, double lot, const DemandDuring& lead_time) {
  const double high = lead_time.mean + kFarAway * lead_time.deviation();
  return solve(0, high, share, [&](double s) { return fill_rate_of_lots(s, lot, lead_time); });
}

}  // namespace tierworks::planning
