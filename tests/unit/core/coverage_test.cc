// How often 95 % intervals hold the truth: waiting times of M/M/1 by Lindley's recursion W' = max(0, W + S - A), started in
// steady state, whose mean is rho / (mu - lambda). 1,000 experiments: 93 to 97 % are 2.9 standard errors to either side.
#include <algorithm>
#include <vector>

#include <gtest/gtest.h>

#include "core/random/counted_stream.h"
#include "core/stats/batch_means.h"
#include "core/stats/interval.h"
#include "core/stats/paired.h"

namespace tierworks::core {
namespace {

constexpr int kExperiments = 1000;

// lambda = 1. The first wait is 0 with probability 1 - rho, else exponential with rate mu - lambda.
std::vector<double> waits(const Randomness& randomness, double mu, std::size_t customers) {
  CountedStream arrivals(randomness, stream_name("queue", "customers", "arrivals"));
  CountedStream services(randomness, stream_name("queue", "server", "services"));
  CountedStream first(randomness, stream_name("queue", "", "first"));
  std::vector<double> series(customers);
  const double chance = first.uniform(), length = first.exponential(1);
  double wait = chance < 1 / mu ? length / (mu - 1) : 0;
  for (double& w : series) {
    w = wait;
    wait = std::max(0.0, wait + services.exponential(1 / mu) - arrivals.exponential(1));
  }
  return series;
}

double mean_wait(const Randomness& randomness, double mu, std::size_t customers) {
  double sum = 0;
  for (const double w : waits(randomness, mu, customers)) sum += w;
  return sum / static_cast<double>(customers);
}

double truth(double mu) { return 1 / mu / (mu - 1); }

void expect_95_of_100(int covered) {
  EXPECT_GE(covered, 930);
  EXPECT_LE(covered, 970);
}

TEST(Coverage, OfMeansOfReplicationsIsWhatTheySay) {
  int covered = 0;
  for (std::uint64_t seed = 1; seed <= kExperiments; ++seed) {
    std::vector<double> means;
    for (std::uint32_t r = 0; r < 10; ++r) means.push_back(mean_wait({seed, r}, 2, 1000));
    covered += student_interval(means, 0.95).covers(truth(2)) ? 1 : 0;
  }
  expect_95_of_100(covered);
}

TEST(Coverage, OfPairedDifferencesIsWhatTheySay) {
  int covered = 0;
  double ratio = 0;
  for (std::uint64_t seed = 1; seed <= kExperiments; ++seed) {
    std::vector<double> slow, fast;
    for (std::uint32_t r = 0; r < 10; ++r) {
      slow.push_back(mean_wait({seed, r}, 2, 1000));
      fast.push_back(mean_wait({seed, r}, 2.2, 1000));
    }
    covered += paired_difference(fast, slow, 0.95).covers(truth(2.2) - truth(2)) ? 1 : 0;
    ratio += variance_ratio(fast, slow) / kExperiments;
  }
  expect_95_of_100(covered);
  EXPECT_GT(ratio, 5);  // pairing pays
}

TEST(Coverage, OfBatchMeansOfOneLongRunIsWhatTheySay) {
  int covered = 0;
  double correlation = 0;
  for (std::uint64_t seed = 1; seed <= kExperiments; ++seed) {
    const BatchMeans b = batch_means(waits({seed, 0}, 2, 20'000), 20, 0.95);
    covered += b.interval.covers(truth(2)) ? 1 : 0;
    correlation += b.correlation / kExperiments;
  }
  expect_95_of_100(covered);
  EXPECT_NEAR(correlation, -0.05, 0.03);  // of 20 independent values it is -1 / 20
}

TEST(BatchMeans, LeaveOutWhatIsLeftOverAtTheStart) {
  const BatchMeans b = batch_means(std::vector<double>{100, 1, 3, 2, 6}, 2, 0.95);
  EXPECT_EQ(b.batch, 2U);
  EXPECT_EQ(b.interval.n, 2);
  EXPECT_EQ(b.interval.min, 2);
  EXPECT_EQ(b.interval.max, 4);
  EXPECT_DOUBLE_EQ(b.correlation, -0.5);
}

}  // namespace
}  // namespace tierworks::core
