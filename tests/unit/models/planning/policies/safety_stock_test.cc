#include "models/planning/policies/safety_stock.h"

#include <cmath>

#include <gtest/gtest.h>

namespace tierworks::planning {
namespace {

TEST(ExpectedShortage, IsThatOfTheTablesOfTheStandardLossFunction) {
  // G(0) = 0.39894228, G(1) = 0.08331547, G(2) = 0.00849070, G(-1) = 1.08331547
  EXPECT_NEAR(expected_shortage(100, {100, 25}), 5 * 0.3989422804, 1e-9);
  EXPECT_NEAR(expected_shortage(105, {100, 25}), 5 * 0.0833154706, 1e-9);
  EXPECT_NEAR(expected_shortage(110, {100, 25}), 5 * 0.0084907026, 1e-9);
  EXPECT_NEAR(expected_shortage(95, {100, 25}), 5 * 1.0833154706, 1e-9);
  EXPECT_EQ(expected_shortage(95, {100, 0}), 5);
  EXPECT_EQ(expected_shortage(105, {100, 0}), 0);
}

TEST(ALevelForCycleService, IsTheNormalQuantile) {
  EXPECT_NEAR(level_for_cycle_service(0.95, {250, 320}), 250 + 1.6448536270 * std::sqrt(320.0), 1e-8);
  EXPECT_EQ(level_for_cycle_service(0.5, {250, 320}), 250);
  EXPECT_EQ(level_for_cycle_service(0.98, {250, 0}), 250);
}

TEST(ALevelForAFillRate, GivesBackTheFillRate) {
  // Snyder & Shen's newsvendor: S = 56.604 gives 0.98161625.
  EXPECT_NEAR(fill_rate_of(56.604, {0, 0}, {50, 64}), 0.98161624561, 1e-6);
  EXPECT_NEAR(level_for_fill_rate(0.98161624561, {0, 0}, {50, 64}), 56.604, 1e-4);
  for (const double share : {0.2, 0.8, 0.92, 0.999}) {
    const double level = level_for_fill_rate(share, {100, 450}, {150, 675});
    EXPECT_NEAR(fill_rate_of(level, {100, 450}, {150, 675}), share, 1e-9);
  }
}

TEST(AReorderPointForAFillRate, NeedsLessTheLargerTheLot) {
  // An order is one unit: sd G(k) = (1 - 0.9) 100 with sd 50: G(k) = 0.2, k = 0.4930; the second term is below 1e-3 for Q = 100.
  const DemandDuring own{200, 2500}, next{201, 2500};
  const double s = reorder_point_for_fill_rate(0.9, 100, own, next);
  EXPECT_NEAR(fill_rate_of_lots(s, 100, own, next), 0.9, 1e-9);
  EXPECT_NEAR((s - 200) / 50, 0.4930, 0.04);
  EXPECT_LT(reorder_point_for_fill_rate(0.9, 400, own, next), s);
}

// Shape 4, scale 50: P(D > 400) = exp(-8) (1 + 8 + 32 + 512 / 6); the others by quadrature.
TEST(DemandWithAThirdMoment, IsThatOfAGammaVariable) {
  const DemandDuring demand{200, 10000, 1e6};
  EXPECT_NEAR(no_shortage(400, demand), 0.9576198880, 1e-9);
  EXPECT_NEAR(expected_shortage(400, demand), 2.9744353007, 1e-8);  // exp(-8) 26600 / 3
  EXPECT_NEAR(shortage_beyond(400, demand), 200.71847236, 1e-6);
  EXPECT_NEAR(level_for_cycle_service(0.957619888005942, demand), 400, 1e-6);
  // Below all that can come the rest is certain; moved by 1000, nothing else changes.
  EXPECT_EQ(expected_shortage(-50, demand), 250);
  EXPECT_NEAR(shortage_beyond(-50, demand), (10000 + 250.0 * 250) / 2, 1e-9);
  EXPECT_NEAR(expected_shortage(1400, {1200, 10000, 1e6}), 2.9744353007, 1e-8);
}

TEST(DemandWithAThirdMoment, IsNormalWithoutIt) {
  // E[((Z - 1)+)^2] / 2 = (2 x 0.1586552539 - 0.2419707245) / 2
  EXPECT_NEAR(shortage_beyond(105, {100, 25}), 25 * 0.0376698917, 1e-8);
  EXPECT_NEAR(expected_shortage(105, {100, 25, 1.3}), 5 * 0.0833154706, 0.005);
}

TEST(DemandWithAThirdMoment, IsNoMoreSkewedThanAnExponentialOrAGammaVariable) {
  // log 20 - 1 = 1.9957 deviations above the mean.
  EXPECT_NEAR(level_for_cycle_service(0.95, {100, 6400, 1e8}), 100 + 80 * 1.995732273553991, 1e-6);
  EXPECT_NEAR(level_for_cycle_service(0.95, {100, 6400, 2 * 512000}), 100 + 80 * 1.995732273553991, 1e-6);
  // Poisson of 0.1, a skewness of 3.16: P(D = 0) = 0.9048, P(D <= 1) = 0.9953.
  EXPECT_NEAR(no_shortage(0, {0.1, 0.1, 0.1, 1}), 0.9048, 0.005);
  EXPECT_EQ(level_for_cycle_service(0.95, {0.1, 0.1, 0.1, 1}), 1);
}

TEST(DemandInSteps, IsCountedInWholeOnes) {
  // Poisson of 2: P(D <= 4) = 0.947347, P(D <= 5) = 0.983436.
  const DemandDuring poisson{2, 2, 2, 1};
  EXPECT_NEAR(no_shortage(4, poisson), 0.947347, 0.002);
  EXPECT_NEAR(no_shortage(5, poisson), 0.983436, 0.002);
  EXPECT_NEAR(expected_shortage(4, poisson), 0.075141, 0.01);
  EXPECT_EQ(level_for_cycle_service(0.93, poisson), 4);
  EXPECT_EQ(level_for_cycle_service(0.96, poisson), 5);
  // The same in dozens.
  EXPECT_EQ(level_for_cycle_service(0.96, {24, 2 * 144, 2 * 1728, 12}), 60);
}

TEST(AnUndershoot, IsTheExcessOfARenewalProcess) {
  EXPECT_EQ(undershoot({1, 0, 0, 1}).mean, 0);  // units one by one meet the reorder point
  EXPECT_EQ(undershoot({1, 0, 0, 1}).variance, 0);
  // Of exponential demand it is such a demand; of 1, 2, ... with mean 4 one that starts at 0.
  const DemandDuring exponential = undershoot({4, 16, 128});
  EXPECT_DOUBLE_EQ(exponential.mean, 4);
  EXPECT_DOUBLE_EQ(exponential.variance, 16);
  EXPECT_DOUBLE_EQ(exponential.third, 128);
  const DemandDuring geometric = undershoot({4, 12, 84, 1});
  EXPECT_DOUBLE_EQ(geometric.mean, 3);
  EXPECT_DOUBLE_EQ(geometric.variance, 12);
  // Lots of 10 leave 0 to 9 alike.
  EXPECT_DOUBLE_EQ(undershoot({10, 0, 0, 1}).mean, 4.5);
  EXPECT_DOUBLE_EQ(undershoot({10, 0, 0, 1}).variance, 8.25);
}

}  // namespace
}  // namespace tierworks::planning
