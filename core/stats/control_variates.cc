#include "core/stats/control_variates.h"

#include <cmath>

#include "core/stats/student.h"

namespace tierworks::core {

namespace {

double mean_of(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

double product(const std::vector<double>& a, const std::vector<double>& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

// A control less what those before it determine of it.
struct Direction {
  std::vector<double> centred;
  double mean = 0;     // of the same combination of controls; its expectation is 0
  double squares = 0;  // of `centred`
};

}  // namespace

Controlled controlled_interval(const std::vector<double>& samples, const std::vector<ControlValues>& controls,
                               double confidence) {
  Controlled out{student_interval(samples, confidence), samples, 0};
  std::vector<std::size_t> kept;
  std::vector<double> left;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    if (std::isnan(samples[i])) continue;
    kept.push_back(i);
    left.push_back(samples[i] - out.interval.mean);
  }
  const std::size_t n = kept.size();
  constexpr double kNothing = 1e-9;  // of a control's own squares: what rounding leaves of one that others determine
  std::vector<Direction> directions;
  double mean = out.interval.mean, spread = n > 0 ? 1 / static_cast<double>(n) : 0;
  for (const ControlValues& control : controls) {
    if (n < directions.size() + 2 + kLeastFreedom) break;
    Direction next;
    for (const std::size_t i : kept) next.centred.push_back(control[i]);
    next.mean = mean_of(next.centred);
    for (double& value : next.centred) value -= next.mean;
    const double all = product(next.centred, next.centred);
    for (const Direction& other : directions) {
      const double share = product(next.centred, other.centred) / other.squares;
      for (std::size_t i = 0; i < n; ++i) next.centred[i] -= share * other.centred[i];
      next.mean -= share * other.mean;
    }
    next.squares = product(next.centred, next.centred);
    if (!(next.squares > kNothing * all)) continue;
    const double coefficient = product(left, next.centred) / next.squares;
    for (std::size_t i = 0; i < n; ++i) left[i] -= coefficient * next.centred[i];
    mean -= coefficient * next.mean;
    spread += next.mean * next.mean / next.squares;
    directions.push_back(std::move(next));
  }
  if (directions.empty()) return out;
  out.controls = directions.size();
  const auto freedom = static_cast<double>(n - 1 - directions.size());
  const double quantile = student_quantile(confidence, freedom);
  out.interval.mean = mean;
  out.interval.half_width = quantile * std::sqrt(product(left, left) / freedom * spread);
  for (std::size_t i = 0; i < n; ++i) out.adjusted[kept[i]] = mean + left[i];
  return out;
}

}  // namespace tierworks::core
