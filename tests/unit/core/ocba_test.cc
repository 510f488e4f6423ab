#include "core/stats/ocba.h"

#include <cmath>
#include <cstdio>
#include <limits>
#include <numeric>
#include <vector>

#include <gtest/gtest.h>

#include "core/base/check.h"
#include "core/random/counted_stream.h"
#include "core/stats/tally.h"

namespace tierworks::core {
namespace {

// By hand: the least of 0, 1, 2 with variances 1, 1, 4. Ratios (s / distance)^2: 1 and 4 / 4 = 1; the best one's is
// 1 x sqrt(1 / 1 + 1 / 4) = 1.118.
TEST(Ocba, SharesAsThePaperHasIt) {
  const std::vector<double> shares = ocba_shares({0, 1, 2}, {1, 1, 4}, false);
  const double best = std::sqrt(1.25);
  EXPECT_NEAR(shares[0], best / (2 + best), 1e-12);
  EXPECT_NEAR(shares[1], 1 / (2 + best), 1e-12);
  EXPECT_NEAR(shares[2], 1 / (2 + best), 1e-12);
  // Seen from the other side, 2 is the best, and 0 is twice as far from it as 1 is.
  const std::vector<double> most = ocba_shares({0, 1, 2}, {1, 1, 1}, true);
  EXPECT_NEAR(most[1] / most[0], 4, 1e-12);
  EXPECT_NEAR(most[2] / most[0], std::sqrt(1 + 16.0), 1e-12);
}

TEST(Ocba, SharesEquallyWhereNothingTellsThemApart) {
  const double none = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(ocba_shares({3, 3}, {1, 1}, false), (std::vector<double>{0.5, 0.5}));
  EXPECT_EQ(ocba_shares({1, 2}, {0, 0}, false), (std::vector<double>{0.5, 0.5}));
  EXPECT_EQ(ocba_shares({none, none}, {1, 1}, false), (std::vector<double>{0.5, 0.5}));
  EXPECT_EQ(ocba_shares({5}, {1}, false), std::vector<double>{1});
  EXPECT_TRUE(ocba_shares({}, {}, false).empty());
  EXPECT_EQ(ocba_shares({1, 2, none}, {1, 1, 1}, false)[2], 0);
  EXPECT_THROW(ocba_shares({1, 2}, {1}, false), Broken);
}

TEST(Ocba, GivesEachReplicationToWhoLacksMost) {
  // 10 + 10 and 20 more at shares 3/4 and 1/4: 30 and 10.
  EXPECT_EQ(ocba_targets({0.75, 0.25}, {10, 10}, 20), (std::vector<std::size_t>{30, 10}));
  EXPECT_EQ(ocba_targets({1, 0}, {1, 30}, 5), (std::vector<std::size_t>{6, 30}));
  EXPECT_TRUE(ocba_targets({}, {}, 5).empty());
}

// 200 experiments with ten systems of means 0, 1, ... 9 and a standard deviation of 6 (the paper's first one): how often the least
// is picked with so many replications in all.
int right(bool ocba, std::size_t budget) {
  int picked = 0;
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    std::vector<CountedStream> streams;
    std::vector<Tally> tallies(10);
    for (int s = 0; s < 10; ++s)
      streams.emplace_back(Randomness{seed, 0}, stream_name("", std::to_string(s), "system"));
    const auto run = [&](std::size_t s) { tallies[s].add(static_cast<double>(s) + 6 * streams[s].normal()); };
    std::vector<std::size_t> counts(10, ocba ? 10 : budget / 10);
    for (std::size_t s = 0; s < 10; ++s) {
      for (std::size_t i = 0; i < counts[s]; ++i) run(s);
    }
    while (ocba && std::accumulate(counts.begin(), counts.end(), std::size_t{0}) < budget) {
      std::vector<double> means, variances;
      for (const Tally& t : tallies) {
        means.push_back(t.mean());
        variances.push_back(t.variance());
      }
      const auto targets = ocba_targets(ocba_shares(means, variances, false), counts, 20);
      for (std::size_t s = 0; s < 10; ++s) {
        for (; counts[s] < targets[s]; ++counts[s]) run(s);
      }
    }
    std::size_t best = 0;
    for (std::size_t s = 1; s < 10; ++s) {
      if (tallies[s].mean() < tallies[best].mean()) best = s;
    }
    picked += best == 0 ? 1 : 0;
  }
  return picked;
}

TEST(Ocba, PicksTheBestMoreOftenThanEqualShares) {
  const int few = right(true, 400), few_equal = right(false, 400);
  EXPECT_GE(few, 165);
  EXPECT_GE(few, few_equal + 15) << few_equal;
  const int many = right(true, 1000), many_equal = right(false, 1000);
  EXPECT_GE(many, 190) << many_equal;
  EXPECT_GE(many, many_equal) << many_equal;
  std::printf("of 200: OCBA %d, equal shares %d at 400; %d and %d at 1000\n", few, few_equal, many, many_equal);
}

}  // namespace
}  // namespace tierworks::core
