#include "core/stats/paired.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/base/check.h"
#include "core/stats/tally.h"

namespace tierworks::core {

Interval paired_difference(std::span<const double> sample, std::span<const double> base, double confidence) {
  std::vector<double> differences(std::min(sample.size(), base.size()));
  for (std::size_t i = 0; i < differences.size(); ++i) differences[i] = sample[i] - base[i];
  return student_interval(differences, confidence);
}

double variance_ratio(std::span<const double> sample, std::span<const double> base) {
  Tally one, other, difference;
  for (std::size_t i = 0; i < std::min(sample.size(), base.size()); ++i) {
    if (std::isnan(sample[i]) || std::isnan(base[i])) continue;
    one.add(sample[i]);
    other.add(base[i]);
    difference.add(sample[i] - base[i]);
  }
  if (difference.count() < 2) return std::numeric_limits<double>::quiet_NaN();
  const double apart = one.variance() + other.variance();
  if (difference.variance() == 0) return std::numeric_limits<double>::infinity();
  return apart / difference.variance();
}

double bonferroni(double confidence, std::size_t comparisons) {
  TIERWORKS_CHECK(confidence > 0 && confidence < 1, "a confidence is not between 0 and 1");
  return 1 - (1 - confidence) / static_cast<double>(std::max<std::size_t>(1, comparisons));
}

}  // namespace tierworks::core
