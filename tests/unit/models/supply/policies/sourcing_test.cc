#include "models/supply/policies/sourcing.h"

#include <array>
#include <random>
#include <string>

#include <gtest/gtest.h>

namespace tierworks::supply {
namespace {

// The sources, by letter, of a row of orders of the given sizes.
template <std::size_t n>
std::string sequence(std::array<SourceShare, n> sources, const std::vector<common::Quantity>& orders) {
  std::string chosen;
  for (const common::Quantity order : orders) {
    const std::size_t i = FixedSplit::choose(sources, order);
    sources[i].ordered += order;
    chosen += static_cast<char>('a' + i);
  }
  return chosen;
}

TEST(FixedSplit, SeventyToThirtyOfEqualOrdersIsTheSequenceByHand) {
  // Before order n + 1 a is behind by 0.7 (n + 1) - a's orders, b by 0.3 (n + 1) - b's; the fifth is a tie of 0.5.
  const std::array<SourceShare, 2> sources{{{0.7, 0}, {0.3, 0}}};
  EXPECT_EQ(sequence(sources, std::vector<common::Quantity>(10, 50)), "abaaabaaba");
}

TEST(FixedSplit, EqualSharesTakeTurnsFromTheFirst) {
  const double third = 1.0 / 3;
  const std::array<SourceShare, 3> sources{{{third, 0}, {third, 0}, {third, 0}}};
  EXPECT_EQ(sequence(sources, std::vector<common::Quantity>(6, 1)), "abcabc");
}

TEST(FixedSplit, AShareOfNothingGetsNothing) {
  const std::array<SourceShare, 2> sources{{{0, 0}, {1, 0}}};
  EXPECT_EQ(sequence(sources, std::vector<common::Quantity>(4, 5)), "bbbb");
}

TEST(FixedSplit, QuantitiesStayWithinOneOrderOfTheirShares) {
  std::mt19937_64 random(3);
  std::array<SourceShare, 2> sources{{{0.7, 0}, {0.3, 0}}};
  common::Quantity total = 0;
  for (int i = 0; i < 10'000; ++i) {
    const auto order = static_cast<common::Quantity>(1 + random() % 20);
    sources[FixedSplit::choose(sources, order)].ordered += order;
    total += order;
    ASSERT_LE(std::abs(static_cast<double>(sources[0].ordered) - 0.7 * static_cast<double>(total)), 20) << i;
  }
}

// Three sources: a is near and dear, b cheap by the unit but 50 an order, c fast.
std::array<SourceView, 3> three() {
  return {{{.unit_cost = 10, .order_cost = 0, .lead_time = 300, .distance = 10},
           {.unit_cost = 9, .order_cost = 50, .lead_time = 200, .distance = 30},
           {.unit_cost = 12, .order_cost = 0, .lead_time = 100, .distance = 20}}};
}

TEST(ByPriority, TakesTheFirstThatIsAble) {
  auto sources = three();
  EXPECT_EQ(ByPriority::choose(sources, 1), 0U);
  sources[0].able = false;
  EXPECT_EQ(ByPriority::choose(sources, 1), 1U);
  sources[1].able = false;
  EXPECT_EQ(ByPriority::choose(sources, 1), 2U);
  sources[2].able = false;
  EXPECT_EQ(ByPriority::choose(sources, 1), 0U);  // nobody is: the first after all
}

TEST(Cheapest, CountsTheFreightOfTheOrder) {
  auto sources = three();
  EXPECT_EQ(Cheapest::choose(sources, 49), 0U);  // 490 against 491 and 588
  EXPECT_EQ(Cheapest::choose(sources, 50), 0U);  // 500 twice: the first written
  EXPECT_EQ(Cheapest::choose(sources, 51), 1U);  // 510 against 509
  sources[1].able = false;
  EXPECT_EQ(Cheapest::choose(sources, 51), 0U);
}

TEST(Fastest, HasTheShortestMeanLeadTime) {
  auto sources = three();
  EXPECT_EQ(Fastest::choose(sources, 1), 2U);
  sources[2].able = false;
  EXPECT_EQ(Fastest::choose(sources, 1), 1U);
}

TEST(Nearest, IsTheLeastFarAway) {
  auto sources = three();
  EXPECT_EQ(Nearest::choose(sources, 1), 0U);
  sources[0].able = false;
  EXPECT_EQ(Nearest::choose(sources, 1), 2U);
}

TEST(OpenOrders, LeaveASupplierAbleWithinItsLimits) {
  const OpenOrders open{.quantity = 30, .quiet_since = core::Instant{0} + core::kDay * 2};
  const core::Instant day_5 = core::Instant{0} + core::kDay * 5;
  EXPECT_TRUE(open.leave_able(20, 50, {}, day_5));
  EXPECT_FALSE(open.leave_able(21, 50, {}, day_5));
  EXPECT_TRUE(open.leave_able(1000, 0, core::kDay * 3, day_5));
  EXPECT_FALSE(open.leave_able(1, 0, core::kDay * 3, day_5 + core::kMicrosecond));
  EXPECT_TRUE((OpenOrders{.quantity = 0}).leave_able(1, 0, core::kDay * 3, day_5));  // nothing is asked of it
}

}  // namespace
}  // namespace tierworks::supply
