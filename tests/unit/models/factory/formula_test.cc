// Dispatching by a formula of the user's own, and by rules that look at the machine: lots that can be followed by hand.
#include <cmath>
#include <string>

#include <gmock/gmock.h>

#include "tests/support/simulate.h"

namespace tierworks::factory {
namespace {

using testing::HasSubstr;
using tests::mistakes_of_text;
using tests::Ran;
using tests::simulate_text;

// Three lots at once of 1, 2 and 4 h at one machine.
std::string three_lots(const std::string& dispatch) {
  return R"(tierworks: 1
time: {horizon: 100 h}
sites:
  shop:
    work_centres: {mill: {}}
    routings:
      one: {operations: {milling: {work_centre: mill, time: 1 h}}}
      two: {operations: {milling: {work_centre: mill, time: 2 h}}}
      four: {operations: {milling: {work_centre: mill, time: 4 h}}}
    releases:
      b: {routing: two, count: 1, due: 3 h, priority: 2, weight: 3}
      d: {routing: four, count: 1, due: 5 h, priority: 1}
      a: {routing: one, count: 1, due: 6 h, priority: 2}
    dispatch: )" +
         dispatch + "\n";
}

TEST(ADispatchFormula, TakesTheSmallestOrTheLargestFirst) {
  EXPECT_DOUBLE_EQ(simulate_text(three_lots("{formula: p}"))("cycle_time"), (1.0 + 3 + 7) / 3);
  EXPECT_DOUBLE_EQ(simulate_text(three_lots("{formula: p, first: largest}"))("cycle_time"), (4.0 + 6 + 7) / 3);
  // Behind classes: d, then a and b.
  EXPECT_DOUBLE_EQ(simulate_text(three_lots("[priority, {formula: p}]"))("cycle_time"), (4.0 + 5 + 7) / 3);
  // w / p: b 1.5, a 1, d 0.25; out at 2, 3, 7.
  EXPECT_DOUBLE_EQ(simulate_text(three_lots("{formula: w / p, first: largest}"))("cycle_time"), (2.0 + 3 + 7) / 3);
}

TEST(ADispatchFormula, CountsInHours) {
  // Due at 3, 5 and 6 h: only d - 4 of b is below 0. Then by p: a before d.
  const Ran run = simulate_text(three_lots("{formula: \"d - 4 < 0 ? 0 : p\"}"));
  EXPECT_DOUBLE_EQ(run("cycle_time"), (2.0 + 3 + 7) / 3);
  // At 2 h, when b is done, t is 2.
  const Ran clock = simulate_text(three_lots("{formula: \"t < 1 ? abs(p - 2) : -p\"}"));  // b, d, a
  EXPECT_DOUBLE_EQ(clock("cycle_time"), (2.0 + 6 + 7) / 3);
}

TEST(ADispatchFormula, OfARuleGivesTheScheduleOfTheRule) {
  const std::string shop = R"(tierworks: 1
time: {horizon: 30 d}
sites:
  shop:
    work_centres: {m1: {}, m2: {}, m3: {}}
    routings:
      job:
        sequence: random
        times_known: true
        operations:
          a: {work_centre: m1, time: exponential 50 min}
          b: {work_centre: m2, time: exponential 50 min}
          c: {work_centre: m3, time: exponential 50 min}
    releases: {jobs: {routing: job, lots: poisson 26 / d, due: 4 x work}}
    dispatch: )";
  const auto same = [&](const std::string& rule, const std::string& formula) {
    EXPECT_EQ(simulate_text(shop + rule + "\n").result.fingerprint,
              simulate_text(shop + formula + "\n").result.fingerprint)
        << rule;
  };
  same("atc k 3", "{formula: \"w / p * exp(-max(delta - t - p, 0) / (k * pbar))\", first: largest, k: 3}");
  same("2pt+winq+npt", "{formula: 2 * p + WINQ + NPT}");
  same("cr", "{formula: (d - t) / R}");
  same("fifo", "{formula: a}");
}

TEST(ADispatchFormula, ThatGivesNoNumberIsNoResult) {
  const Ran run =
      simulate_text(three_lots("{formula: 1 / (t - 2)}"));  // at 2 h, two lots wait: b was first by its number
  EXPECT_EQ(run.result.outcome, world::Outcome::no_quantity);
  EXPECT_EQ(run.result.trouble,
            "the dispatch formula of shop/mill gave no finite number (as a division by 0 does) at 2 h: `1 / (t - 2)`");
  EXPECT_TRUE(std::isnan(run("cycle_time")));
}

TEST(ADispatchFormula, WithAMistakeIsToldWhere) {
  EXPECT_THAT(mistakes_of_text(three_lots("{formula: p + wink}")), HasSubstr("a mistake at character 5: unknown name"));
  EXPECT_THAT(mistakes_of_text(three_lots("{formula: p, frist: largest}")), HasSubstr("did you mean \"first\"?"));
  EXPECT_THAT(mistakes_of_text(three_lots("{formula: p, first: big}")), HasSubstr("expected `smallest` or `largest`"));
  EXPECT_THAT(mistakes_of_text(three_lots("{first: largest}")), HasSubstr("expected a formula like"));
  EXPECT_THAT(mistakes_of_text(three_lots("[edd, {formula: p}]")),
              HasSubstr("a formula stands in the place of another"));
}

// One machine, set up for red by the first lot; then a red lot of 3 h and a blue one of 1 h wait for it.
std::string paint(const std::string& dispatch) {
  return R"(tierworks: 1
time: {horizon: 100 h}
sites:
  shop:
    work_centres: {booth: {setup: {any: {red: 0 h}, red: {blue: 4 h}, blue: {red: 4 h}}, dispatch: )" +
         dispatch + R"(}}
    routings:
      red: {operations: {painting: {work_centre: booth, time: 3 h, setup: red}}}
      blue: {operations: {painting: {work_centre: booth, time: 1 h, setup: blue}}}
    releases:
      first: {routing: red, count: 1}
      blue: {routing: blue, count: 1, from: 1 h, due: 10 h}
      red: {routing: red, count: 1, from: 2 h, due: 20 h}
)";
}

TEST(RulesThatLookAtTheMachine, CountTheSetUp) {
  // The blue lot first: in work from 7, out at 8; the red one has another change: 12, out at 15. Cycle times 3, 7, 13.
  const double blue_first = (3.0 + 7 + 13) / 3;
  // The red lot first: out at 6; the blue one is painted from 10, out at 11. Cycle times 3, 4, 10.
  const double red_first = (3.0 + 4 + 10) / 3;
  EXPECT_DOUBLE_EQ(simulate_text(paint("spt"))("cycle_time"), blue_first);
  EXPECT_DOUBLE_EQ(simulate_text(paint("sst"))("cycle_time"), red_first);
  // (0 + 3) / 1 against (4 + 1) / 1, and 0 / 1 + 3 against 4 / 1 + 1.
  EXPECT_DOUBLE_EQ(simulate_text(paint("masp"))("cycle_time"), red_first);
  EXPECT_DOUBLE_EQ(simulate_text(paint("wbpt"))("cycle_time"), red_first);
  EXPECT_DOUBLE_EQ(simulate_text(paint("{formula: s + p}"))("cycle_time"), red_first);
  EXPECT_DOUBLE_EQ(simulate_text(paint("{formula: s / 4 + p}"))("cycle_time"), blue_first);
  // At 3 h: blue has 1 exp(-6 / (1000 x 2)) exp(-4 / (k2 x 2)), red 1/3 exp(-14 / 2000): k2 = 1 makes 0.135 of blue's 1, k2 = 4 0.6.
  EXPECT_DOUBLE_EQ(simulate_text(paint("atcs k 1000 k2 1"))("cycle_time"), red_first);
  EXPECT_DOUBLE_EQ(simulate_text(paint("atcs k 1000 k2 4"))("cycle_time"), blue_first);
}

TEST(RulesThatLookAtTheMachine, CountTheRoomInABatch) {
  // Two kinds of lots for an oven of four: one of kind a, three of kind b; they come while it is hot with another.
  const auto oven = [](const std::string& dispatch) {
    return simulate_text(R"(tierworks: 1
time: {horizon: 100 h}
sites:
  shop:
    work_centres: {oven: {dispatch: )" +
                         dispatch + R"(}}
    routings:
      a: {operations: {baking: {work_centre: oven, time: 2 h, batch: 1 to 4 lots}}}
      b: {operations: {baking: {work_centre: oven, time: 2 h, batch: 1 to 4 lots}}}
    releases:
      hot: {routing: a, count: 1, due: 100 h}
      a: {routing: a, count: 1, from: 1 h, due: 100 h}
      b: {routing: b, count: 3, from: 1 h, due: 100 h}
)");
  };
  EXPECT_DOUBLE_EQ(oven("atcs k 1000")("cycle_time", "product:a"), 3);   // equal: the first that came
  EXPECT_DOUBLE_EQ(oven("batcs k 1000")("cycle_time", "product:a"), 5);  // 1/4 against 3/4 of a batch
}

}  // namespace
}  // namespace tierworks::factory
