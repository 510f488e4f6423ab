// Answers that shorten a shock, and shocks that wait for how things stand, worked out on paper: the chain of stress_test.cc. A
// shop with 10 units on hand and 2 on the way buys from a mill 2 d away; one is asked for a day, on the day.
#include <bit>
#include <string>
#include <vector>

#include <gmock/gmock.h>

#include "experiments/stress/stress.h"
#include "tests/support/simulate.h"

namespace tierworks::experiments {
namespace {

using ::testing::DoubleEq;
using ::testing::DoubleNear;

std::string chain(const std::string& shocks) {
  return R"(
tierworks: 1
time: {warm_up: 50 d, horizon: 100 d}
items: {part: {value: 10}}
sites:
  mill: {sells: {part: {}}}
  shop: {buys: {part: {from: mill, transit: 2 d, order_time: 0}}, stock: {part: {level: 12}}}
demand: {web: {at: shop, item: part, orders: every 1 d, price: 15}}
disruptions:
  )" + shocks +
         "\n";
}

ExerciseResult struck(const std::string& shocks, std::vector<std::string> asleep = {}) {
  const auto model = tests::model_of_text(chain(shocks));
  StressOptions options;
  options.exercises = {
      {.shock = "fire", .length = {}, .lasts = {}, .answers = true, .asleep = std::move(asleep), .spread = {}}};
  options.replications = 1;
  return stress(*model, options).exercises.at(0);
}

void expect(const ExerciseResult& result, double survived, double restored, double late, double area) {
  const Outcome& got = result.outcomes.at(0);
  EXPECT_THAT(got.survived, DoubleEq(survived));
  EXPECT_THAT(got.recovered, DoubleNear(restored, 1e-9));
  EXPECT_THAT(got.late, DoubleEq(late));
  EXPECT_THAT(got.area, DoubleNear(area, 1e-9));
}

TEST(StressWithHelp, EarlyPaymentSparesAShareOfTheTimeLeft) {
  // Known on day 4, paid on day 10: half of the 20 d that are left are spared, and the mill opens on day 20 instead of 30. The
  // demands of days 12 to 21 are late by 10, 9, ..., 1 days.
  const std::string fire =
      "fire: {hits: site mill, for: 30 d, known_after: 4 d, answers: {early_payment: {shortens: 50 %, after: 6 d}}}";
  expect(struck(fire), 12, 22, 10, 55);
  expect(struck(fire, {"fire/early_payment"}), 12, 32, 20, 210);
}

TEST(StressWithHelp, EachHelpSharesWhatTheOneBeforeHasLeft) {
  // On day 6 a quarter of 24 d is spared: it would end on day 24. On day 20 half of the 4 d left: on day 22, and goods come on day
  // 24, for those of days 12 to 23. Written in the other order it is the same; the third comes too late for anything.
  const std::string fire =
      "fire: {hits: site mill, for: 30 d, answers: {people: {shortens: 50 %, after: 20 d}, early_payment: {shortens: "
      "25 %, "
      "after: 6 d}, parts: {shortens: 90 %, after: 23 d}}}";
  expect(struck(fire), 12, 24, 12, 78);
  // Without the first the second spares half of 10 d, and the third 90 % of the 2 d behind day 23: it opens after 23.2 d.
  expect(struck(fire, {"fire/early_payment"}), 12, 25.2, 14, 14 * 25.2 - (12 + 25) * 7);
}

TEST(StressWithHelp, RecoveryTakesItsOwnTime) {
  // All of the 10 d left are spared, but none of the 8 d of recovery, in which it is still closed: it opens on day 18, not 28.
  const std::string shock = "fire: {hits: site mill, for: 20 d, recovery: stepwise 100 % 8 d";
  expect(struck(shock + ", answers: {people: {shortens: 100 %, after: 10 d}}}"), 12, 20, 8, 36);
  expect(struck(shock + "}"), 12, 30, 18, 171);
}

TEST(StressWithHelp, WhatItCostsIsPartOfTheLoss) {
  const auto loss = [](const std::string& cost) {
    return struck("fire: {hits: site mill, for: 30 d, answers: {pay: {shortens: 50 %, after: 10 d" + cost + "}}}")
        .outcomes.at(0)
        .loss;
  };
  EXPECT_NEAR(loss(", cost: 500, cost_per_year: 730") - loss(""), 500 + 730 * 100.0 / 365, 1e-6);
}

TEST(StressWithHelp, AShockThatStrikesByItselfIsShorterToo) {
  const auto values = [](const std::string& shock) {
    std::vector<std::uint64_t> words;
    const auto model = tests::model_of_text(chain(shock));
    for (const double v : world::Simulation(*model).run(1, 0).values) words.push_back(std::bit_cast<std::uint64_t>(v));
    return words;
  };
  const auto helped =
      values("fire: {hits: site mill, at: 60 d, for: 30 d, answers: {pay: {shortens: 50 %, after: 10 d}}}");
  EXPECT_EQ(helped, values("fire: {hits: site mill, at: 60 d, for: 20 d}"));
  EXPECT_NE(helped, values("fire: {hits: site mill, at: 60 d, for: 30 d}"));
}

// Less than 11 are there from the first day on; after 60 d of that, on day 11 after the warm-up, it would strike by itself.
constexpr const char* kByItself = "when: {of: stock shop/part, below: 11, for: 60 d}";

TEST(Stress, TheTwinIsSparedTheShockThatIsTried) {
  expect(struck(std::string("fire: {hits: site mill, for: 30 d, ") + kByItself + "}"), 12, 32, 20, 210);
}

TEST(Stress, TheTwinKeepsTheOtherShocksOfTheScenario) {
  const std::string fire = "fire: {hits: site mill, for: 10 d}\n";
  const std::string rush = std::string("  rush: {hits: demand web, demand: 200 %, for: 10 d, ") + kByItself + "}";
  const double usual = struck(fire).outcomes.at(0).usual_profit;
  EXPECT_GT(struck(fire + rush).outcomes.at(0).usual_profit, usual + 10 * 3);
}

}  // namespace
}  // namespace tierworks::experiments
