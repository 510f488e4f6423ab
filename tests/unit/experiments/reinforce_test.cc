// Which measures to buy: losses that are known, so that the best set is, too.
#include "experiments/reinforce/reinforce.h"

#include <cmath>
#include <random>

#include <gmock/gmock.h>

namespace tierworks::experiments {
namespace {

using ::testing::ElementsAre;

// Two shocks; three replications that differ by a little.
SetLoss losses(double first, double second) {
  SetLoss loss;
  loss.loss = {{first - 1, first, first + 1}, {second, second, second}};
  loss.usual_profit = {100, 100, 100};
  return loss;
}

// Each set by itself.
auto each(std::function<SetLoss(const MeasureSet&)> loss_of) {
  return [loss_of = std::move(loss_of)](const std::vector<MeasureSet>& sets) {
    std::vector<SetLoss> losses;
    for (const MeasureSet& set : sets) losses.push_back(loss_of(set));
    return losses;
  };
}

ReinforceOptions four_measures(double budget) {
  ReinforceOptions options;
  options.measures = {{"a", 10}, {"b", 10}, {"c", 15}, {"d", 40}};
  options.per_year = {{0.1, 0.3}, {0.5, 0.5}};
  options.budget = budget;
  // a and b are worth something together only; c by itself; d everything, but it is dear.
  options.evaluate = each([](const MeasureSet& set) {
    double first = 1000;
    if (set[0] && set[1]) first -= 600;
    if (set[2]) first -= 200;
    if (set[3]) first = 0;
    return losses(first, set[2] ? 50 : 100);
  });
  return options;
}

TEST(Reinforce, TriesAllSetsThatTheBudgetBuys) {
  const Reinforced result = reinforce(four_measures(30));
  EXPECT_TRUE(result.exact);
  EXPECT_TRUE(result.expected);
  // Nothing, a, b, c, ab, ac, bc; the other pairs and d are too dear.
  EXPECT_EQ(result.tried.size(), 7U);
  const TriedSet& best = result.tried[result.best];
  EXPECT_THAT(best.bought, ElementsAre(true, true, false, false));
  // 0.2 x 400 + 0.5 x 100 instead of 0.2 x 1000 + 0.5 x 100.
  EXPECT_DOUBLE_EQ(best.goal, 130);
  EXPECT_DOUBLE_EQ(best.saved.mean, 120);
  EXPECT_DOUBLE_EQ(best.price, 20);
  // It pays if the worst shock, which costs 600 less, comes 20 / 600 times.
  EXPECT_DOUBLE_EQ(result.break_even, 20.0 / 600);
  // 0: 250; c at 15: 0.2 x 800 + 0.5 x 50 = 185; ab at 20: 130.
  std::vector<double> prices;
  for (const std::size_t i : result.curve) prices.push_back(result.tried[i].price);
  EXPECT_THAT(prices, ElementsAre(0, 15, 20));
}

TEST(Reinforce, SeesWorthInPairsWhereItCannotTryAllSets) {
  ReinforceOptions options = four_measures(35);
  options.most_sets = 1;
  const Reinforced result = reinforce(options);
  EXPECT_FALSE(result.exact);
  // Of a and b neither saves anything by itself.
  EXPECT_THAT(result.tried[result.best].bought, ElementsAre(true, true, true, false));
}

TEST(Reinforce, WithoutFrequenciesTheWorstShockDecides) {
  ReinforceOptions options = four_measures(15);
  options.per_year = {{0, 0}, {0.5, 0.5}};
  const Reinforced result = reinforce(options);
  EXPECT_FALSE(result.expected);
  EXPECT_THAT(result.tried[result.best].bought, ElementsAre(false, false, true, false));
  EXPECT_DOUBLE_EQ(result.tried[result.best].goal, 800);
}

TEST(Reinforce, FindsWhatFullEnumerationFinds) {
  std::mt19937 random(7);
  std::uniform_real_distribution<double> number(1, 10);
  for (int trial = 0; trial < 50; ++trial) {
    ReinforceOptions options;
    std::vector<double> saves;
    for (int m = 0; m < 6; ++m) {
      options.measures.push_back({std::to_string(m), number(random)});
      saves.push_back(number(random));
    }
    options.per_year = {{1, 1}};
    options.budget = 15;
    options.evaluate = each([&](const MeasureSet& set) {
      double loss = 100;
      for (std::size_t m = 0; m < set.size(); ++m) loss -= set[m] ? saves[m] : 0;
      return SetLoss{{{loss, loss}}, {0, 0}};
    });
    double least = 100;
    for (unsigned bits = 0; bits < 64; ++bits) {
      double price = 0, loss = 100;
      for (std::size_t m = 0; m < 6; ++m) {
        if ((bits >> m & 1U) == 0) continue;
        price += options.measures[m].price;
        loss -= saves[m];
      }
      if (price <= 15) least = std::min(least, loss);
    }
    const Reinforced result = reinforce(options);
    EXPECT_TRUE(result.exact);
    EXPECT_NEAR(result.tried[result.best].goal, least, 1e-9);
  }
}

}  // namespace
}  // namespace tierworks::experiments
