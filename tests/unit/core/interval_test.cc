#include "core/stats/interval.h"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "core/base/check.h"
#include "core/base/hash.h"
#include "core/base/math.h"

namespace tierworks::core {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

TEST(StudentInterval, OfFiveNumbersCanBeCheckedByHand) {
  const Interval i = student_interval({2, 4, 4, 6, 9}, 0.95);
  EXPECT_DOUBLE_EQ(i.mean, 5);
  // t with 4 degrees of freedom at 0.975 is 2.776445; variance 7.
  EXPECT_NEAR(i.half_width, 2.776445105 * std::sqrt(7.0 / 5), 1e-8);
  EXPECT_EQ(i.confidence, 0.95);
  EXPECT_EQ(i.n, 5);
  EXPECT_EQ(i.min, 2);
  EXPECT_EQ(i.max, 9);
  EXPECT_TRUE(i.covers(8.28));
  EXPECT_FALSE(i.covers(8.29));
  EXPECT_TRUE(i.covers(1.72));
  EXPECT_FALSE(i.covers(1.71));
}

TEST(StudentInterval, IsWiderAtAGreaterConfidence) {
  // t with 4 degrees of freedom at 0.995 is 4.604095.
  EXPECT_NEAR(student_interval({2, 4, 4, 6, 9}, 0.99).half_width, 4.604094871 * std::sqrt(7.0 / 5), 1e-8);
}

TEST(StudentInterval, LeavesOutMissingSamples) {
  const Interval i = student_interval({kNan, 2, 4, kNan, 4, 6, 9}, 0.95);
  EXPECT_EQ(i.n, 5);
  EXPECT_DOUBLE_EQ(i.mean, 5);
  EXPECT_DOUBLE_EQ(i.half_width, student_interval({2, 4, 4, 6, 9}, 0.95).half_width);
}

TEST(StudentInterval, OfOneSampleHasNoHalfWidth) {
  const Interval i = student_interval({7, kNan}, 0.95);
  EXPECT_EQ(i.n, 1);
  EXPECT_EQ(i.mean, 7);
  EXPECT_TRUE(std::isnan(i.half_width));
  EXPECT_FALSE(i.covers(7));
}

TEST(StudentInterval, OfNoSampleIsEmpty) {
  const Interval i = student_interval({}, 0.95);
  EXPECT_EQ(i.n, 0);
  EXPECT_TRUE(std::isnan(i.mean));
  EXPECT_TRUE(std::isnan(i.min));
  EXPECT_FALSE(i.covers(0));
}

TEST(StudentInterval, OfEqualSamplesIsAPoint) {
  const Interval i = student_interval({3, 3, 3}, 0.9);
  EXPECT_EQ(i.half_width, 0);
  EXPECT_TRUE(i.covers(3));
  EXPECT_FALSE(i.covers(3.0001));
}

TEST(StudentInterval, RefusesAConfidenceInPerCent) { EXPECT_THROW(student_interval({1, 2}, 95), Broken); }

// The share of intervals that hold the true mean of a normal sample is the confidence: 4000 intervals, standard error 0.0047.
TEST(StudentInterval, CoversTheTrueMeanAsOftenAsItSays) {
  int covered = 0;
  for (std::uint64_t k = 0; k < 4000; ++k) {
    std::vector<double> samples;
    for (std::uint64_t i = 0; i < 4; ++i) {
      samples.push_back(normal_quantile((static_cast<double>(mix64(4 * k + i + 1) >> 12) + 0.5) * 0x1p-52));
    }
    covered += student_interval(samples, 0.9).covers(0) ? 1 : 0;
  }
  EXPECT_NEAR(covered / 4000.0, 0.9, 4 * 0.0047);
}

}  // namespace
}  // namespace tierworks::core
