#include "core/stats/paired.h"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "core/base/check.h"

namespace tierworks::core {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
using Samples = std::vector<double>;

TEST(PairedDifference, IsTheIntervalOfTheDifferences) {
  // Differences 2, 4, 4, 6, 9: mean 5, variance 7, t with 4 degrees of freedom 2.776445.
  const Interval i = paired_difference(Samples{12, 104, 7, 1006, 9}, Samples{10, 100, 3, 1000, 0}, 0.95);
  EXPECT_DOUBLE_EQ(i.mean, 5);
  EXPECT_NEAR(i.half_width, 2.776445105 * std::sqrt(7.0 / 5), 1e-8);
  EXPECT_EQ(i.n, 5);
}

TEST(PairedDifference, CountsOnlyWhatBothHave) {
  const Interval i = paired_difference(Samples{3, kNan, 5, 9}, Samples{1, 2, kNan, 4, 100, 200}, 0.95);
  EXPECT_EQ(i.n, 2);  // 2 and 5
  EXPECT_DOUBLE_EQ(i.mean, 3.5);
}

TEST(VarianceRatio, IsThatOfTheVariancesApartAndTogether) {
  // Variances 1 and 1; differences 0, 1, 0 with variance 1/3.
  EXPECT_NEAR(variance_ratio(Samples{1, 2, 3}, Samples{1, 1, 3}), (1 + 4.0 / 3) / (1.0 / 3), 1e-12);
  EXPECT_EQ(variance_ratio(Samples{1, 2, 3}, Samples{5, 6, 7}), std::numeric_limits<double>::infinity());
  EXPECT_TRUE(std::isnan(variance_ratio(Samples{1, kNan}, Samples{1, 2})));
}

TEST(Bonferroni, SharesWhatMayGoWrong) {
  EXPECT_DOUBLE_EQ(bonferroni(0.95, 4), 0.9875);
  EXPECT_DOUBLE_EQ(bonferroni(0.95, 1), 0.95);
  EXPECT_DOUBLE_EQ(bonferroni(0.95, 0), 0.95);
  EXPECT_THROW(bonferroni(95, 2), Broken);
}

}  // namespace
}  // namespace tierworks::core
