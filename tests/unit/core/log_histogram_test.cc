#include "core/stats/log_histogram.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "core/base/hash.h"

namespace tierworks::core {
namespace {

constexpr std::int64_t kGreatest = INT64_MAX;

// The ceil(q n)-th smallest value.
double exact_quantile(std::vector<std::int64_t> values, double q) {
  std::sort(values.begin(), values.end());
  const auto n = static_cast<double>(values.size());
  return static_cast<double>(values[static_cast<std::size_t>(std::max(1.0, std::ceil(q * n - 1e-9))) - 1]);
}

TEST(LogHistogram, HasBucketsThatCoverAllValuesWithoutGaps) {
  const std::size_t last = LogHistogram::bucket_of(kGreatest);
  EXPECT_EQ(last, 3711U);
  for (std::size_t b = 0; b <= last; ++b) {
    const std::uint64_t lower = LogHistogram::lower_of(b), next = LogHistogram::lower_of(b + 1);
    ASSERT_LT(lower, next);
    ASSERT_EQ(LogHistogram::bucket_of(static_cast<std::int64_t>(lower)), b);
    ASSERT_EQ(LogHistogram::bucket_of(static_cast<std::int64_t>(next - 1)), b);
    ASSERT_TRUE(next - lower == 1 || (next - lower) * 64 <= lower) << b;
  }
  EXPECT_EQ(LogHistogram::lower_of(last + 1), std::uint64_t{1} << 63);
}

TEST(LogHistogram, IsExactForSmallValues) {
  LogHistogram h;
  for (std::int64_t v = 1; v <= 100; ++v) h.add(v);
  EXPECT_EQ(h.quantile(0), 1);
  EXPECT_EQ(h.quantile(0.07), 7);
  EXPECT_EQ(h.quantile(0.5), 50);
  EXPECT_EQ(h.quantile(0.95), 95);
  EXPECT_EQ(h.quantile(0.951), 96);
  EXPECT_EQ(h.quantile(1), 100);
  EXPECT_EQ(h.min(), 1);
  EXPECT_EQ(h.max(), 100);
}

TEST(LogHistogram, IsWithinOneSixtyFourthOfTheOrderStatistic) {
  for (const int shift : {1, 20, 40, 55}) {
    for (const std::size_t n : {std::size_t{1}, std::size_t{2}, std::size_t{37}, std::size_t{5000}}) {
      LogHistogram h;
      std::vector<std::int64_t> values;
      for (std::uint64_t i = 0; i < n; ++i) {
        // Spread over several octaves.
        values.push_back(static_cast<std::int64_t>(mix64(i + 1) >> (shift + static_cast<int>(mix64(i + 77) % 8))));
        h.add(values.back());
      }
      for (double q = 0; q <= 1; q += 0.01) {
        const double exact = exact_quantile(values, q);
        ASSERT_LE(std::abs(h.quantile(q) - exact), exact / 64) << q << ' ' << n << ' ' << shift;
      }
    }
  }
}

TEST(LogHistogram, InterpolatesInsideABucket) {
  LogHistogram h;
  for (std::int64_t v = 1 << 20; v < (1 << 20) + (1 << 14); ++v) h.add(v);  // one bucket, filled evenly
  for (const double q : {0.1, 0.5, 0.9}) EXPECT_NEAR(h.quantile(q), (1 << 20) + q * (1 << 14), 1);
}

TEST(LogHistogram, MergedIsTheHistogramOfAll) {
  LogHistogram all, small(100), large;
  for (std::int64_t i = 0; i < 1000; ++i) {
    const std::int64_t v = i * i * i;
    all.add(v);
    (i < 5 ? small : large).add(v);
  }
  small.merge(large);
  small.merge(LogHistogram(7));
  EXPECT_EQ(small.count(), 1000);
  EXPECT_EQ(small.min(), 0);
  EXPECT_EQ(small.max(), all.max());
  for (const double q : {0.0, 0.001, 0.004, 0.5, 0.99, 1.0}) EXPECT_EQ(small.quantile(q), all.quantile(q));
}

TEST(LogHistogram, GrowsForAValueAboveItsExpectation) {
  LogHistogram h(1000);
  h.add(kGreatest);
  EXPECT_EQ(h.max(), kGreatest);
  EXPECT_EQ(h.quantile(0.5), static_cast<double>(kGreatest));
}

TEST(LogHistogram, ClearForgetsTheValues) {
  LogHistogram h;
  EXPECT_TRUE(std::isnan(h.quantile(0.5)));
  h.add(5);
  h.clear();
  EXPECT_EQ(h.count(), 0);
  EXPECT_EQ(h.min(), 0);
  EXPECT_EQ(h.max(), 0);
  EXPECT_TRUE(std::isnan(h.quantile(0.5)));
  h.add(9);
  EXPECT_EQ(h.quantile(0.5), 9);
}

TEST(LogHistogram, StopsAtANegativeValue) {
  LogHistogram h;
  EXPECT_THROW(h.add(-1), Broken);
}

}  // namespace
}  // namespace tierworks::core
