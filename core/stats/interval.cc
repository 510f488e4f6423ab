#include "core/stats/interval.h"

#include <cmath>
#include <limits>

#include <boost/math/distributions/students_t.hpp>

#include "core/base/check.h"
#include "core/stats/student.h"
#include "core/stats/tally.h"

namespace tierworks::core {

double student_quantile(double confidence, double degrees_of_freedom) {
  TIERWORKS_CHECK(confidence > 0 && confidence < 1, "a confidence is not between 0 and 1");
  const boost::math::students_t t(degrees_of_freedom);
  return boost::math::quantile(boost::math::complement(t, (1 - confidence) / 2));
}

Interval student_interval(const std::vector<double>& samples, double confidence) {
  TIERWORKS_CHECK(confidence > 0 && confidence < 1, "a confidence is not between 0 and 1");
  Tally tally;
  for (const double sample : samples) {
    if (!std::isnan(sample)) tally.add(sample);
  }
  Interval interval{tally.mean(), std::numeric_limits<double>::quiet_NaN(), confidence, tally.count(), tally.min(),
                    tally.max()};
  if (tally.count() >= 2) {
    const auto n = static_cast<double>(tally.count());
    interval.half_width = student_quantile(confidence, n - 1) * tally.standard_deviation() / std::sqrt(n);
  }
  return interval;
}

}  // namespace tierworks::core
