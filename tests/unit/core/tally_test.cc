#include "core/stats/tally.h"

#include <cmath>

#include <gtest/gtest.h>

namespace tierworks::core {
namespace {

TEST(Tally, OfFiveNumbersCanBeCheckedByHand) {
  Tally tally;
  for (const double x : {2.0, 4.0, 4.0, 6.0, 9.0}) tally.add(x);
  EXPECT_EQ(tally.count(), 5);
  EXPECT_EQ(tally.sum(), 25);
  EXPECT_DOUBLE_EQ(tally.mean(), 5);
  EXPECT_DOUBLE_EQ(tally.variance(), 7);  // (9 + 1 + 1 + 1 + 16) / 4
  EXPECT_DOUBLE_EQ(tally.standard_deviation(), std::sqrt(7.0));
  EXPECT_EQ(tally.min(), 2);
  EXPECT_EQ(tally.max(), 9);
}

TEST(Tally, WithoutValuesKnowsNothing) {
  Tally tally;
  EXPECT_EQ(tally.count(), 0);
  EXPECT_EQ(tally.sum(), 0);
  EXPECT_TRUE(std::isnan(tally.mean()));
  EXPECT_TRUE(std::isnan(tally.min()));
  EXPECT_TRUE(std::isnan(tally.max()));
  tally.add(-3);
  EXPECT_EQ(tally.mean(), -3);
  EXPECT_EQ(tally.max(), -3);
  EXPECT_TRUE(std::isnan(tally.variance()));
}

TEST(Tally, KeepsASmallVarianceFarFromZero) {
  Tally tally;
  for (int i = 0; i < 1000; ++i) tally.add(1e9 + i % 2);
  EXPECT_NEAR(tally.variance(), 0.25 * 1000 / 999, 1e-9);
}

TEST(Tally, MergedIsTheTallyOfAll) {
  Tally all, low, high, merged;
  for (int i = 0; i < 1000; ++i) {
    const double x = std::sqrt(static_cast<double>(i)) - 7;
    all.add(x);
    (i < 137 ? low : high).add(x);
  }
  merged.merge(Tally{});
  merged.merge(low);
  merged.merge(high);
  merged.merge(Tally{});
  EXPECT_EQ(merged.count(), all.count());
  EXPECT_NEAR(merged.sum(), all.sum(), 1e-9);
  EXPECT_NEAR(merged.mean(), all.mean(), 1e-12);
  EXPECT_NEAR(merged.variance(), all.variance(), 1e-10);
  EXPECT_EQ(merged.min(), all.min());
  EXPECT_EQ(merged.max(), all.max());
  merged.clear();
  EXPECT_EQ(merged.count(), 0);
  EXPECT_TRUE(std::isnan(merged.max()));
}

}  // namespace
}  // namespace tierworks::core
