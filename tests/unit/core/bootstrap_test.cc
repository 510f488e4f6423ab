#include "core/stats/bootstrap.h"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "core/base/math.h"
#include "core/random/counted_stream.h"
#include "core/stats/tally.h"

namespace tierworks::core {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

TEST(SampleQuantile, IsTheLeastWithSoManyBelow) {
  const std::vector<double> ten{10, 9, 8, 7, 6, 5, 4, 3, 2, 1};
  EXPECT_EQ(sample_quantile(ten, 0.9), 9);
  EXPECT_EQ(sample_quantile(ten, 0.91), 10);
  EXPECT_EQ(sample_quantile(ten, 0.5), 5);
  EXPECT_EQ(sample_quantile({kNan, 3}, 0.01), 3);
  EXPECT_TRUE(std::isnan(sample_quantile({}, 0.5)));
}

TEST(SampleCvar, IsTheMeanOfTheWorstShare) {
  const std::vector<double> ten{1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
  EXPECT_NEAR(sample_cvar(ten, 0.8), 9.5, 1e-12);
  // The worst 2.5 of ten: 10, 9 and half of 8.
  EXPECT_NEAR(sample_cvar(ten, 0.75), (10 + 9 + 4) / 2.5, 1e-12);
  EXPECT_NEAR(sample_cvar(ten, 0), 5.5, 1e-12);
}

TEST(Bootstrap, OfEqualSamplesIsAPoint) {
  const Bounds b = bootstrap_quantile({4, 4, 4}, 0.5, 0.95);
  EXPECT_EQ(b.low, 4);
  EXPECT_EQ(b.high, 4);
  EXPECT_EQ(b.n, 3U);
}

TEST(Bootstrap, GivesTheSameBoundsForTheSameSeed) {
  const std::vector<double> samples{1, 5, 2, 8, 3, 9, 4};
  const Bounds a = bootstrap_cvar(samples, 0.5, 0.9), b = bootstrap_cvar(samples, 0.5, 0.9);
  EXPECT_EQ(a.low, b.low);
  EXPECT_EQ(a.high, b.high);
  EXPECT_LT(a.low, a.high);
}

// A resample's largest of n is below the sample's largest with probability (1 - 1/n)^n: for n = 10 0.349. So the lower bound of
// the maximum at 40 % confidence (30 % below) is the second largest, and at 20 % (40 % below) the largest itself.
TEST(Bootstrap, HasTheExactLawOfTheMaximum) {
  const std::vector<double> ten{1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
  EXPECT_EQ(bootstrap_quantile(ten, 1, 0.4, {.resamples = 10000}).low, 9);
  EXPECT_EQ(bootstrap_quantile(ten, 1, 0.2, {.resamples = 10000}).low, 10);
}

// Exponential of mean 1: the 90 % quantile is ln 10, and the mean beyond it ln 10 + 1.
TEST(Bootstrap, CoversTheTrueQuantileAndCvarAboutAsOftenAsItSays) {
  const double quantile = det_log(10), cvar = det_log(10) + 1;
  int quantiles = 0, cvars = 0;
  for (std::uint64_t seed = 1; seed <= 1000; ++seed) {
    CountedStream draws(seed, "exponential");
    std::vector<double> samples;
    for (int i = 0; i < 200; ++i) samples.push_back(draws.exponential(1));
    quantiles += bootstrap_quantile(samples, 0.9, 0.95, {300, seed}).covers(quantile) ? 1 : 0;
    cvars += bootstrap_cvar(samples, 0.9, 0.95, {300, seed}).covers(cvar) ? 1 : 0;
  }
  EXPECT_GE(quantiles, 930);
  EXPECT_LE(quantiles, 970);
  // The percentile method is known to be short for what lies in a long tail.
  EXPECT_GE(cvars, 880);
  EXPECT_LE(cvars, 960);
}

TEST(ProbabilityBest, IsSharedByTheEqualAndAllOfTheOneThatAlwaysWins) {
  EXPECT_EQ(probability_best({{1, 2, 3}, {1, 2, 3}}, true), (std::vector<double>{0.5, 0.5}));
  EXPECT_EQ(probability_best({{1, 9, 3}, {2, 10, 4}, {0, 8, 2}}, true), (std::vector<double>{0, 1, 0}));
  EXPECT_EQ(probability_best({{1, 9, 3}, {2, 10, 4}, {0, 8, 2}}, false), (std::vector<double>{0, 0, 1}));
}

TEST(ProbabilityBest, LeavesOutReplicationsInWhichSomethingIsMissing) {
  EXPECT_EQ(probability_best({{1, 100, 3}, {2, kNan, 4}}, true), (std::vector<double>{0, 1}));
  EXPECT_TRUE(std::isnan(probability_best({{kNan}, {2}}, true)[0]));
}

// For two systems it is near Phi(mean / standard error) of the paired differences, whatever they share.
TEST(ProbabilityBest, OfTwoIsThatOfTheirPairedDifference) {
  CountedStream shared(1, "shared"), own(1, "own");
  std::vector<double> a, b;
  Tally differences;
  for (int i = 0; i < 200; ++i) {
    const double common = 10 * shared.normal();
    a.push_back(common);
    b.push_back(common + 0.05 + own.normal());
    differences.add(b.back() - a.back());
  }
  const double z = differences.mean() / (differences.standard_deviation() / std::sqrt(200.0));
  const double expected = 0.5 * std::erfc(-z / std::sqrt(2.0));
  ASSERT_GT(expected, 0.55);
  ASSERT_LT(expected, 0.98);
  EXPECT_NEAR(probability_best({a, b}, true, {.resamples = 20000})[1], expected, 0.015);
}

// One that left the race early keeps its number of samples: the variance of its mean is that of four, not of a hundred.
TEST(ProbabilityBest, OfOneWithFewerReplicationsRestsOnThoseItHas) {
  std::vector<double> few{-1, 1, -1, 1}, many(400, 0.25);
  for (std::size_t i = 0; i < 4; ++i) many[i] = 0.25;
  // The mean of four draws of -1 and 1 is above 0.25 in 5 of 16 cases.
  EXPECT_NEAR(probability_best({few, many}, true, {.resamples = 20000})[0], 5.0 / 16, 0.015);
}

}  // namespace
}  // namespace tierworks::core
