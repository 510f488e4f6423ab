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

}  // namespace
}  // namespace tierworks::supply
