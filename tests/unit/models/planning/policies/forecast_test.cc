// Each method against numbers that can be worked out on paper.
#include "models/planning/policies/forecast.h"

#include <vector>

#include <gtest/gtest.h>

namespace tierworks::planning {
namespace {

// The forecast of one period after `history`.
template <class M>
double after(const M& method, const FirstGuess& first, const std::vector<double>& history, double periods = 1) {
  std::vector<double> memory(method.memory_size());
  method.start(memory, first);
  for (const double demand : history) method.observe(memory, demand);
  return method.ahead(memory, periods);
}

TEST(AMovingAverage, IsTheMeanOfTheLastPeriods) {
  const MovingAverage three{3};
  EXPECT_DOUBLE_EQ(after(three, {10, 1}, {}), 10);
  EXPECT_DOUBLE_EQ(after(three, {10, 1}, {4}), 8);  // (10 + 10 + 4) / 3
  EXPECT_DOUBLE_EQ(after(three, {10, 1}, {4, 6, 8, 16}), 10);
  EXPECT_DOUBLE_EQ(after(three, {10, 1}, {4, 6, 8, 16}, 2.5), 25);
}

TEST(Smoothing, MovesByAShareOfTheError) {
  const Smoothing quarter{0.25};
  EXPECT_DOUBLE_EQ(after(quarter, {8, 1}, {12}), 9);     // 8 + 4 / 4
  EXPECT_DOUBLE_EQ(after(quarter, {8, 1}, {12, 5}), 8);  // 9 - 4 / 4
  EXPECT_DOUBLE_EQ(after(quarter, {8, 1}, {12, 5, 8}, 3), 24);
}

TEST(HoltWinters, FollowsLevelTrendAndSeason) {
  const HoltWinters half{0.5, 0.5, 0.5, 2};
  // 14: l = (14 + 10) / 2 = 12, b = 1, s0 = (14 - 12) / 2 = 1
  //  8: l = (8 + 13) / 2 = 10.5, b = (-1.5 + 1) / 2 = -0.25, s1 = (8 - 10.5) / 2 = -1.25
  EXPECT_DOUBLE_EQ(after(half, {10, 1}, {14}, 1), 13);        // 12 + 1 + s1, which is still 0
  EXPECT_DOUBLE_EQ(after(half, {10, 1}, {14}, 2), 13 + 15);   // 12 + 2 + s0
  EXPECT_DOUBLE_EQ(after(half, {10, 1}, {14, 8}, 1), 11.25);  // 10.5 - 0.25 + 1
  EXPECT_DOUBLE_EQ(after(half, {10, 1}, {14, 8}, 2), 20);     // and 10.5 - 0.5 - 1.25
  EXPECT_DOUBLE_EQ(after(half, {10, 1}, {14, 8}, 1.5), 11.25 + 8.75 / 2);
}

TEST(HoltWinters, NeverForecastsLessThanNothing) {
  const HoltWinters fast{1, 1, 0, 1};
  // 10, then 4: l = 4, b = -6: -2 and less follow
  EXPECT_DOUBLE_EQ(after(fast, {10, 1}, {4}, 3), 0);
}

TEST(Croston, SmoothsSizesAndIntervalsApart) {
  const Croston half{0.5, false};
  // one order of 6 every 2 periods is expected: z = 6, p = 2
  EXPECT_DOUBLE_EQ(after(half, {3, 0.5}, {}), 3);
  EXPECT_DOUBLE_EQ(after(half, {3, 0.5}, {0, 0, 0}), 3);  // nothing changes without demand
  // 10 after four periods: z = 8, p = (2 + 4) / 2 = 3
  EXPECT_DOUBLE_EQ(after(half, {3, 0.5}, {0, 0, 0, 10}), 8.0 / 3);
  // and 8 at once: z = 8, p = (3 + 1) / 2 = 2
  EXPECT_DOUBLE_EQ(after(half, {3, 0.5}, {0, 0, 0, 10, 8}), 4);
}

TEST(Sba, TakesHalfTheConstantOffCroston) {
  EXPECT_DOUBLE_EQ(after(Croston{0.5, true}, {3, 0.5}, {0, 0, 0, 10, 8}), 3);  // 4 (1 - 0.5 / 2)
}

TEST(Tsb, FadesWhenNothingIsAsked) {
  const Tsb t{0.5, 0.25};
  EXPECT_DOUBLE_EQ(after(t, {3, 0.5}, {}), 3);          // z = 6, p = 0.5
  EXPECT_DOUBLE_EQ(after(t, {3, 0.5}, {0}), 2.25);      // p = 0.375
  EXPECT_DOUBLE_EQ(after(t, {3, 0.5}, {0, 10}), 4.25);  // p = 0.375 + 0.625 / 4 = 0.53125, z = 8
  EXPECT_DOUBLE_EQ(after(t, {3, 2.0}, {}), 3);          // several a period: p = 1
}

}  // namespace
}  // namespace tierworks::planning
