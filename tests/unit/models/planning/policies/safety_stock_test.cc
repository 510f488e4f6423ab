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
  // sd G(k) = (1 - 0.9) 100 with sd 50: G(k) = 0.2, k = 0.4930; the second term is below 1e-3 for Q = 100.
  const double s = reorder_point_for_fill_rate(0.9, 100, {200, 2500});
  EXPECT_NEAR(fill_rate_of_lots(s, 100, {200, 2500}), 0.9, 1e-9);
  EXPECT_NEAR((s - 200) / 50, 0.4930, 0.03);
  EXPECT_LT(reorder_point_for_fill_rate(0.9, 400, {200, 2500}), s);
}

}  // namespace
}  // namespace tierworks::planning
