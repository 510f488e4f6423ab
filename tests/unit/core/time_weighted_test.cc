#include "core/stats/time_weighted.h"

#include <cmath>
#include <type_traits>

#include <gtest/gtest.h>

namespace tierworks::core {
namespace {

static_assert(std::is_trivially_copyable_v<TimeWeighted>);

Instant at(std::int64_t ticks) { return {ticks}; }

TEST(TimeWeighted, AveragesLevelsByTheTimeThatTheyLasted) {
  TimeWeighted stock;
  stock.set(at(0), 4);
  stock.add(at(10), -3);  // 4 for 10 ticks
  stock.add(at(30), 9);   // 1 for 20 ticks
  EXPECT_EQ(stock.level, 10);
  EXPECT_TRUE(stock.integral_until(at(30)) == 60);
  EXPECT_TRUE(stock.integral_until(at(40)) == 160);  // 10 for 10 ticks
  EXPECT_DOUBLE_EQ(stock.average(at(0), at(40)), 4);
}

TEST(TimeWeighted, CountsSeveralChangesAtOneInstantOnce) {
  TimeWeighted stock;
  stock.add(at(5), 100);
  stock.add(at(5), -100);
  stock.add(at(5), 2);
  EXPECT_TRUE(stock.integral_until(at(10)) == 10);
}

TEST(TimeWeighted, RestartForgetsThePastAndKeepsTheLevel) {
  TimeWeighted stock;
  stock.set(at(0), 1000);
  stock.set(at(90), 3);
  stock.restart(at(100));
  EXPECT_EQ(stock.level, 3);
  EXPECT_DOUBLE_EQ(stock.average(at(100), at(200)), 3);
  EXPECT_TRUE(std::isnan(stock.average(at(100), at(100))));
}

TEST(TimeWeighted, MayBeNegative) {
  TimeWeighted net;
  net.set(at(0), -5);
  net.set(at(10), 5);
  EXPECT_DOUBLE_EQ(net.average(at(0), at(20)), 0);
  EXPECT_TRUE(net.integral_until(at(10)) == -50);
}

TEST(TimeWeighted, HoldsTheGreatestLevelOverTheLongestTime) {
  constexpr std::int64_t level = std::int64_t{1} << 62;
  TimeWeighted money;
  money.set(at(0), level);
  for (std::int64_t quarter = 1; quarter <= 4; ++quarter) money.add(at(kLastInstant.ticks / 4 * quarter), 0);
  const Int128 expected = Int128{level} * kLastInstant.ticks;
  EXPECT_TRUE(money.integral_until(kLastInstant) == expected);
  EXPECT_DOUBLE_EQ(money.average(at(0), kLastInstant), static_cast<double>(level));
}

TEST(TimeWeighted, StopsWhenTimeRunsBackwards) {
  TimeWeighted stock;
  stock.set(at(10), 1);
  EXPECT_THROW(stock.set(at(9), 2), Broken);
}

}  // namespace
}  // namespace tierworks::core
