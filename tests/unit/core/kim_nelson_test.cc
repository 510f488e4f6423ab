#include "core/stats/kim_nelson.h"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "core/base/check.h"
#include "core/random/counted_stream.h"

namespace tierworks::core {
namespace {

TEST(KimNelson, HasTheConstantOfThePaper) {
  // Two systems, 95 %, ten first replications: eta = (0.1^(-2/9) - 1) / 2 = 0.334050, h^2 = 18 eta.
  EXPECT_NEAR(KimNelson(2, 0.95, 1, 10, true).h_squared(), 18 * (std::pow(0.1, -2.0 / 9) - 1) / 2, 1e-12);
  EXPECT_NEAR(KimNelson(2, 0.95, 1, 10, true).h_squared(), 6.0129, 1e-5);
}

// By hand: differences of the first two are 0 and 2, their variance is 2; 90 % and two systems give
// eta = (0.2^-2 - 1) / 2 = 12 and h^2 = 24; with an indifference of 4 the last is replication floor(24 x 2 / 16) + 1 = 4, and
// the margin after r is 2 / r x (3 - r): 1 after two, 0 from the third on.
TEST(KimNelson, DecidesWhenTheMarginIsPassed) {
  const auto race = [] {
    KimNelson kn(2, 0.9, 4, 2, true);
    kn.add(std::vector<double>{0, 0});
    kn.add(std::vector<double>{2, 0});
    return kn;
  };
  KimNelson kn = race();
  EXPECT_FALSE(kn.decided());  // means 1 and 0: not beyond the margin of 1
  KimNelson up = kn;
  up.add(std::vector<double>{0, 0});
  EXPECT_TRUE(up.decided());
  EXPECT_EQ(up.best(), 0U);
  EXPECT_FALSE(up.in_race(1));
  KimNelson tied = race();
  tied.add(std::vector<double>{0, 2});
  EXPECT_FALSE(tied.decided());  // equal means, and one replication to go
  tied.add(std::vector<double>{0, 1});
  EXPECT_TRUE(tied.decided());
  EXPECT_EQ(tied.best(), 1U);
  EXPECT_EQ(tied.replications(), 4U);
}

TEST(KimNelson, TakesTheLeastIfLessIsBetter) {
  KimNelson kn(3, 0.95, 0.1, 2, false);
  for (int i = 0; i < 3 && !kn.decided(); ++i) kn.add(std::vector<double>{3.0 + i, 1.0 + i, 2.0 + i});
  EXPECT_TRUE(kn.decided());
  EXPECT_EQ(kn.best(), 1U);
}

TEST(KimNelson, OfOneSystemIsDecidedAtOnce) {
  EXPECT_TRUE(KimNelson(1, 0.95, 1, 10, true).decided());
  EXPECT_EQ(KimNelson(1, 0.95, 1, 10, true).best(), 0U);
}

TEST(KimNelson, RefusesWhatCannotWork) {
  EXPECT_THROW(KimNelson(2, 95, 1, 10, true), Broken);
  EXPECT_THROW(KimNelson(2, 0.95, 0, 10, true), Broken);
  EXPECT_THROW(KimNelson(2, 0.4, 1, 10, true), Broken);
}

struct Races {
  int right = 0;
  std::size_t replications = 0;
};

// 200 races of five normal systems in the hardest case: the best is better than each of the others by the indifference.
Races races(double shared_deviation, double own_deviation) {
  Races out;
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    KimNelson kn(5, 0.95, 0.5, 10, true);
    CountedStream shared(seed, "shared"), own(seed, "own");
    const std::size_t best = seed % 5;
    std::vector<double> values(5);
    while (!kn.decided()) {
      const double common = shared_deviation * shared.normal();
      for (std::size_t s = 0; s < 5; ++s) {
        values[s] = common + own_deviation * own.normal() + (s == best ? 0.5 : 0);
      }
      kn.add(values);
    }
    out.right += kn.best() == best ? 1 : 0;
    out.replications += kn.replications();
  }
  return out;
}

TEST(KimNelson, PicksTheBestAsOftenAsItSays) {
  const Races apart = races(0, 1);
  EXPECT_GE(apart.right, 190);
  // The same variance of each mean, of which three quarters are shared: sure of as much, sooner.
  const Races shared = races(std::sqrt(0.75), 0.5);
  EXPECT_GE(shared.right, 190);
  EXPECT_LT(shared.replications * 2, apart.replications);
}

}  // namespace
}  // namespace tierworks::core
