#include "models/planning/policies/safety_stock.h"

#include <algorithm>
#include <cmath>

#include "core/base/gamma.h"
#include "core/base/math.h"
#include "core/base/normal.h"

namespace tierworks::planning {

namespace {

// The least x in [low, high] at which the growing function reaches `wanted`, to the last bits.
template <class F>
double solve(double low, double high, double wanted, F&& growing) {
  for (int halving = 0; halving < 100; ++halving) {
    const double middle = low + (high - low) / 2;
    if (!(low < middle && middle < high)) break;
    (growing(middle) < wanted ? low : high) = middle;
  }
  return high;
}

constexpr double kFarAway = 12;         // standard deviations
constexpr double kNearlyNormal = 0.02;  // skewness; chances differ from normal ones by less than 0.0014

// Sizes with a heavy tail (lognormal, cv 4) have a third moment that rests on what hardly ever comes, and that no gamma variable
// fits: one from 0 on, or an exponential one, is the most skewed that is taken.
double skewness(const DemandDuring& demand) {
  const double sd = demand.deviation();
  if (!(sd > 0)) return 0;
  const double most = demand.mean > 0 ? std::max(2.0, 2 * sd / demand.mean) : 2.0;
  return std::min(most, demand.third / (sd * sd * sd));
}

double highest(const DemandDuring& demand) {
  return demand.mean + kFarAway * (1 + std::max(0.0, skewness(demand))) * demand.deviation() + demand.step;
}

// Up to the next multiple of the step, unless it is there but for rounding.
double on_step(double level, double step) { return step > 0 ? std::ceil(level / step - 1e-9) * step : level; }

// What lies above a level: the chance of it, and the first two partial moments.
struct Above {
  double chance = 0, shortage = 0, beyond = 0;
};

Above above(double level, const DemandDuring& demand) {
  const double sd = demand.deviation();
  const double under = demand.mean - level;
  if (!(sd > 0)) return under > 0 ? Above{1, under, under * under / 2} : Above{};
  const double skew = skewness(demand);
  if (skew < kNearlyNormal) {
    const double k = -under / sd, tail = core::normal_above(k), density = core::normal_density(k);
    return {tail, sd * core::normal_loss(k), std::max(0.0, sd * sd / 2 * ((1 + k * k) * tail - k * density))};
  }
  // A gamma variable of this shape and scale, moved to the mean.
  const double shape = 4 / (skew * skew), scale = sd * skew / 2;
  const double x = level - (demand.mean - shape * scale);
  if (!(x > 0)) return {1, under, (demand.variance + under * under) / 2};
  const double y = x / scale;
  const double q0 = core::gamma_above(shape, y), step = core::gamma_step(shape, y);
  const double q1 = q0 + step, q2 = q1 + step * y / (shape + 1);
  return {q0, std::max(0.0, scale * (shape * q1 - y * q0)),
          std::max(0.0, scale * scale / 2 * (shape * (shape + 1) * q2 - 2 * y * shape * q1 + y * y * q0))};
}

}  // namespace

double DemandDuring::deviation() const { return std::sqrt(std::max(0.0, variance)); }

DemandDuring operator+(const DemandDuring& a, const DemandDuring& b) {
  return {a.mean + b.mean, a.variance + b.variance, a.third + b.third, std::min(a.step, b.step)};
}

DemandDuring operator-(const DemandDuring& whole, const DemandDuring& part) {
  return {whole.mean - part.mean, whole.variance - part.variance, whole.third - part.third, whole.step};
}

double no_shortage(double level, const DemandDuring& demand) {
  return 1 - above(level + demand.step / 2, demand).chance;
}

double expected_shortage(double level, const DemandDuring& demand) { return above(level, demand).shortage; }

double shortage_beyond(double level, const DemandDuring& demand) { return above(level, demand).beyond; }

DemandDuring undershoot(const DemandDuring& one) {
  if (!(one.mean > 0)) return {};
  // Moments about 0 of one demand; the fourth as that of a gamma variable with the other three.
  const double h = one.step, m = one.mean, v = one.variance, t = one.third;
  const double second = v + m * m, third = t + 3 * m * v + m * m * m;
  const double excess = v > 0 ? 1.5 * t * t / v : 0;
  const double fourth = excess + 3 * v * v + 4 * m * t + 6 * m * m * v + m * m * m * m;
  const double mean = std::max(0.0, (second - h * m) / (2 * m));
  const double squares = (2 * third - 3 * h * second + h * h * m) / (6 * m);
  const double cubes = (fourth - 2 * h * third + h * h * second) / (4 * m);
  return {mean, std::max(0.0, squares - mean * mean), cubes - 3 * mean * squares + 2 * mean * mean * mean, h};
}

double level_for_cycle_service(double share, const DemandDuring& until_next) {
  const double sd = until_next.deviation();
  double level = until_next.mean;
  if (sd > 0 && skewness(until_next) < kNearlyNormal) {
    level += core::normal_quantile(share) * sd - until_next.step / 2;
  } else if (sd > 0) {
    level = solve(-until_next.step, highest(until_next), share, [&](double s) { return no_shortage(s, until_next); });
  }
  return std::max(0.0, on_step(level, until_next.step));
}

double fill_rate_of(double level, const DemandDuring& until_own, const DemandDuring& until_next) {
  const double missed = expected_shortage(level, until_next) - expected_shortage(level, until_own);
  return 1 - missed / (until_next.mean - until_own.mean);
}

double level_for_fill_rate(double share, const DemandDuring& until_own, const DemandDuring& until_next) {
  const double level =
      solve(0, highest(until_next), share, [&](double s) { return fill_rate_of(s, until_own, until_next); });
  return on_step(level, until_next.step);
}

double fill_rate_of_lots(double reorder_point, double lot, const DemandDuring& until_own,
                         const DemandDuring& until_next) {
  // Positions are whole multiples of the step: those above s begin half a step higher.
  const double low = reorder_point + until_next.step / 2, high = low + lot;
  const auto sum = [&](const DemandDuring& d) { return shortage_beyond(low, d) - shortage_beyond(high, d); };
  return 1 - (sum(until_next) - sum(until_own)) / (lot * (until_next.mean - until_own.mean));
}

double reorder_point_for_fill_rate(double share, double lot, const DemandDuring& until_own,
                                   const DemandDuring& until_next) {
  const double point =
      solve(0, highest(until_next), share, [&](double s) { return fill_rate_of_lots(s, lot, until_own, until_next); });
  return on_step(point, until_next.step);
}

}  // namespace tierworks::planning
