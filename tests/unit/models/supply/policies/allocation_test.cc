// Who gets what of scarce goods, by hand.
#include "models/supply/policies/allocation.h"

#include <numeric>
#include <random>
#include <vector>

#include <gtest/gtest.h>

namespace tierworks::supply {
namespace {

using Quantities = std::vector<Quantity>;

Quantities proportional(Quantity available, const Quantities& wanted) {
  Proportional rule{.available = available, .total = std::accumulate(wanted.begin(), wanted.end(), Quantity{0})};
  Quantities parts;
  for (const Quantity open : wanted) parts.push_back(rule.next(open));
  return parts;
}

Quantities equal(Quantity available, const Quantities& wanted) {
  EqualParts rule = EqualParts::of(available, [&](auto&& visit) {
    for (const Quantity open : wanted) visit(open);
  });
  Quantities parts;
  for (const Quantity open : wanted) parts.push_back(rule.next(open));
  return parts;
}

TEST(Proportional, GivesEachTheSameShareOfWhatItWants) {
  EXPECT_EQ(proportional(60, {100, 20}), (Quantities{50, 10}));
  EXPECT_EQ(proportional(120, {100, 20}), (Quantities{100, 20}));
  EXPECT_EQ(proportional(0, {100, 20}), (Quantities{0, 0}));
}

TEST(Proportional, GivesWholeUnitsAndAllOfThem) {
  // 10 of 3 x 5: after each 3.33, 6.67 and 10, rounded down 3, 6 and 10.
  EXPECT_EQ(proportional(10, {5, 5, 5}), (Quantities{3, 3, 4}));
}

TEST(EqualParts, GiveEachTheSameButNobodyMoreThanItWants) {
  EXPECT_EQ(equal(60, {100, 20}), (Quantities{40, 20}));
  EXPECT_EQ(equal(30, {100, 20}), (Quantities{15, 15}));
  EXPECT_EQ(equal(60, {5, 100, 20}), (Quantities{5, 35, 20}));
}

TEST(EqualParts, LeftOverUnitsGoToTheFirstWhoWantMore) {
  EXPECT_EQ(equal(8, {1, 5, 5, 5}), (Quantities{1, 3, 2, 2}));
  EXPECT_EQ(equal(2, {5, 5, 5}), (Quantities{1, 1, 0}));
}

TEST(AllocationRules, GiveAllThatIsThereAndNobodyMoreThanItWants) {
  std::mt19937_64 random(5);
  for (int round = 0; round < 2000; ++round) {
    Quantities wanted(1 + random() % 9);
    Quantity total = 0;
    for (Quantity& q : wanted) total += q = static_cast<Quantity>(1 + random() % 50);
    const auto available = static_cast<Quantity>(random() % static_cast<std::uint64_t>(total + 1));
    for (const Quantities& parts : {proportional(available, wanted), equal(available, wanted)}) {
      ASSERT_EQ(std::accumulate(parts.begin(), parts.end(), Quantity{0}), available);
      for (std::size_t i = 0; i < parts.size(); ++i) ASSERT_TRUE(parts[i] >= 0 && parts[i] <= wanted[i]);
    }
  }
}

}  // namespace
}  // namespace tierworks::supply
