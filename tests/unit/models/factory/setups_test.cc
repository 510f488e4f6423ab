// Set-ups, batches and tools that take in the next lot early, on shop floors whose numbers can be followed by hand.
#include <string>

#include <gmock/gmock.h>

#include "tests/support/simulate.h"

namespace tierworks::factory {
namespace {

using ::testing::HasSubstr;
using tests::mistakes_of_text;
using tests::Ran;
using tests::simulate_text;

std::string shop(const std::string& body, const std::string& horizon = "100 h") {
  return "tierworks: 1\ntime: {horizon: " + horizon + "}\nsites:\n  shop:\n" + body;
}

// One machine, an hour a lot. Red takes an hour to set up, blue two; red, blue and red come at once.
std::string colours(const std::string& dispatch, const std::string& rest = "") {
  return shop("    dispatch: " + dispatch + R"(
    work_centres: {mill: {setup: {any: {red: 1 h, blue: 2 h}}}}
    routings:
      red: {operations: {milling: {work_centre: mill, time: 1 h, setup: red}}}
      blue: {operations: {milling: {work_centre: mill, time: 1 h, setup: blue}}}
    releases:
      first: {routing: red, count: 1}
      blue: {routing: blue, count: 1}
      last: {routing: red, count: 1}
)" + rest);
}

TEST(Setups, TakeTheirTimeBeforeTheWork) {
  const Ran ran = simulate_text(colours("fifo"));  // out at 2, 5 and 7
  EXPECT_DOUBLE_EQ(ran("cycle_time"), (2.0 + 5 + 7) / 3);
  EXPECT_DOUBLE_EQ(ran("setups"), 3);
  EXPECT_DOUBLE_EQ(ran("setup"), 0.04);
  EXPECT_DOUBLE_EQ(ran("busy"), 0.03);
  EXPECT_DOUBLE_EQ(ran("starved"), 0.93);
}

TEST(Setups, AreAvoidedWhereTheRankListSaysSo) {
  const Ran ran = simulate_text(colours("[setup_avoidance, fifo]"));  // red, red, blue: out at 2, 3 and 6
  EXPECT_DOUBLE_EQ(ran("cycle_time", "product:last"), 3);
  EXPECT_DOUBLE_EQ(ran("cycle_time", "product:blue"), 6);
  EXPECT_DOUBLE_EQ(ran("setups"), 2);
  // Classes that stand before it are looked at first.
  std::string classes = colours("[priority, setup_avoidance, fifo]");
  classes.replace(classes.find("blue, count: 1"), 14, "blue, count: 1, priority: 1");
  EXPECT_DOUBLE_EQ(simulate_text(classes)("cycle_time", "product:blue"), 3);
}

// Lots of 2 h in two states; an hour to change, of which 36 minutes can be prepared beside the machine.
std::string prepared(const std::string& second, const std::string& centre = "setup: 1 h, setup_external: 60 %") {
  return shop("    work_centres: {mill: {" + centre + R"(}}
    routings:
      a: {operations: {milling: {work_centre: mill, time: 2 h, setup: a}}}
      b: {operations: {milling: {work_centre: mill, time: 2 h, setup: b}}}
    releases:
      first: {routing: a, count: 1}
      second: {routing: b, count: 1)" +
              second + "}\n");
}

TEST(Preparation, IsHiddenInTheWorkBeforeWhereTheLotWaits) {
  // 0 to 1 in full, as nothing runs; 1 to 3; all that can be is prepared for the one that waits: 3 to 3.4 and to 5.4.
  const Ran ran = simulate_text(prepared(""));
  EXPECT_DOUBLE_EQ(ran("cycle_time", "product:first"), 3);
  EXPECT_DOUBLE_EQ(ran("cycle_time", "product:second"), 5.4);
  EXPECT_DOUBLE_EQ(ran("setup"), 0.014);
  EXPECT_DOUBLE_EQ(ran("setups"), 2);
}

TEST(Preparation, BeginsWhenTheLotComes) {
  // It comes at 2.5 h, so half an hour is prepared: 3 to 3.5 and to 5.5.
  EXPECT_DOUBLE_EQ(simulate_text(prepared(", from: 2.5 h"))("cycle_time", "product:second"), 3);
  // At 4 h the machine is idle: 4 to 5 and to 7.
  EXPECT_DOUBLE_EQ(simulate_text(prepared(", from: 4 h"))("cycle_time", "product:second"), 3);
  EXPECT_DOUBLE_EQ(simulate_text(prepared(", from: 4 h"))("setup"), 0.02);
}

TEST(Preparation, OfAWholeSetupLeavesNothingToStandFor) {
  const Ran ran = simulate_text(prepared("", "setup: 1 h, setup_external: 100 %"));
  EXPECT_DOUBLE_EQ(ran("cycle_time", "product:second"), 5);
  EXPECT_DOUBLE_EQ(ran("setup"), 0.01);
}

TEST(Preparation, NeedsNobodyWhoSetsUp) {
  // Another machine has the setter from 1.5 to 4.5 h: the second lot, all prepared at 3 h, waits for him with 24 minutes to go.
  const Ran ran = simulate_text(shop(R"(    operators: {setter: 1}
    work_centres:
      mill: {setup: 1 h, setup_external: 60 %, setup_operator: setter}
      press: {setup: 3 h, setup_operator: setter}
    routings:
      a: {operations: {milling: {work_centre: mill, time: 2 h, setup: a}}}
      b: {operations: {milling: {work_centre: mill, time: 2 h, setup: b}}}
      c: {operations: {pressing: {work_centre: press, time: 1 h, setup: c}}}
    releases:
      first: {routing: a, count: 1}
      second: {routing: b, count: 1}
      third: {routing: c, count: 1, from: 1.5 h}
)"));
  EXPECT_DOUBLE_EQ(ran("cycle_time", "product:third"), 4);
  EXPECT_DOUBLE_EQ(ran("cycle_time", "product:second"), 4.5 + 0.4 + 2);
}

TEST(Preparation, OfNothingIsAMistake) {
  EXPECT_THAT(mistakes_of_text(prepared("", "setup_external: 60 %")),
              HasSubstr("got a `setup_external` although nothing is set up; expected times of `setup`"));
}

std::string three_states(const std::string& dispatch) {
  return shop("    dispatch: " + dispatch + R"(
    work_centres:
      mill:
        setup: {any: {a: 1 h}, a: {b: 3 h, c: 1 h}, b: {c: 1 h}, c: {b: 2 h}}
    routings:
      a: {operations: {milling: {work_centre: mill, time: 1 h, setup: a}}}
      b: {operations: {milling: {work_centre: mill, time: 1 h, setup: b}}}
      c: {operations: {milling: {work_centre: mill, time: 1 h, setup: c}}}
    releases: {a: {routing: a, count: 1}, b: {routing: b, count: 1}, c: {routing: c, count: 1}}
)");
}

TEST(Setups, OfTheLeastTimeGoFirstUnderLeastSetup) {
  // Avoidance only asks whether there is one: a until 2, b until 6, c until 8.
  EXPECT_DOUBLE_EQ(simulate_text(three_states("[setup_avoidance, fifo]"))("cycle_time"), (2.0 + 6 + 8) / 3);
  // a until 2, c until 4, b until 7.
  EXPECT_DOUBLE_EQ(simulate_text(three_states("least_setup"))("cycle_time"), (2.0 + 4 + 7) / 3);
}

TEST(Setups, OfLotsThatWaitedTooLongDoNotCount) {
  const auto run = [](const std::string& dispatch) {
    return simulate_text(shop("    dispatch: " + dispatch + R"(
    work_centres: {mill: {setup: 30 min}}
    routings:
      red: {operations: {milling: {work_centre: mill, time: 1 h, setup: red}}}
      blue: {operations: {milling: {work_centre: mill, time: 1 h, setup: blue}}}
    releases:
      reds: {routing: red, lots: every 1 h, count: 6}
      blue: {routing: blue, count: 1, from: 30 min}
)"))("cycle_time", "product:blue");
  };
  EXPECT_DOUBLE_EQ(run("least_setup"), 7.5);                 // after the sixth red one, at 6.5
  EXPECT_DOUBLE_EQ(run("[least_setup max_wait 3 h]"), 4.5);  // at 3.5, when it has waited 3 h
}

TEST(Setups, LastForTheMinimumRun) {
  std::string text = colours("fifo");
  text.replace(text.find("mill: {setup"), 12, "mill: {min_run: 2, setup");
  text.replace(text.find("last: {routing: red, count: 1}"), 30, "last: {routing: red, count: 1, from: 5 h}");
  const Ran ran = simulate_text(text);  // red until 2; the next red from 5 to 6; then blue until 9
  EXPECT_DOUBLE_EQ(ran("cycle_time", "product:last"), 1);
  EXPECT_DOUBLE_EQ(ran("cycle_time", "product:blue"), 9);
  // A lot that has waited too long ends the run: blue is set up at 3 h and done at 6.
  text.replace(text.find("dispatch: fifo"), 14, "dispatch: [setup_avoidance max_wait 3 h, fifo]");
  EXPECT_DOUBLE_EQ(simulate_text(text)("cycle_time", "product:blue"), 6);
}

TEST(Setups, DecideWhichIdleMachineTakesALot) {
  const auto run = [](const std::string& choice) {
    std::string text = colours("fifo");
    text.replace(text.find("mill: {setup"), 12, "mill: {machines: 2, machine_choice: " + choice + ", setup");
    text.replace(text.find("last: {routing: red, count: 1}"), 30, "last: {routing: blue, count: 1, from: 10 h}");
    return simulate_text(text);
  };
  // The first machine is red and idle since 2, the second blue and idle since 3.
  EXPECT_DOUBLE_EQ(run("least_setup")("cycle_time", "product:last"), 1);
  EXPECT_DOUBLE_EQ(run("longest_idle")("cycle_time", "product:last"), 3);
  EXPECT_DOUBLE_EQ(run("least_setup")("setups", "machine:shop/mill/1"), 1);
}

TEST(Setups, GoOnAfterABreakdown) {
  std::string text = colours("fifo");
  text.replace(text.find("mill: {setup"), 12, "mill: {breakdown: every 90 min for 1 h, setup");
  // Red is set up from 0 to 1 and worked on until 1.5; down until 2.5; finished at 3; blue is set up until 4, when it
  // breaks, and from 5 to 6; worked on until 6.5, and from 7.5 to 8.
  const Ran ran = simulate_text(text);
  EXPECT_DOUBLE_EQ(ran("cycle_time", "product:first"), 3);
  EXPECT_DOUBLE_EQ(ran("cycle_time", "product:blue"), 8);
}

// Lots every hour, five of them; an oven that takes two hours for two or three.
std::string oven(const std::string& batch, const std::string& rest = "") {
  return shop(R"(    work_centres: {oven: {}}
    routings: {part: {operations: {baking: {work_centre: oven, time: 2 h, batch: )" +
              batch + R"(}}}}
    releases: {parts: {routing: part, lots: every 1 h, count: 5, pieces: 50)" +
              rest + "}}\n");
}

TEST(Batches, StartWhenThereIsEnough) {
  const Ran ran = simulate_text(oven("2 to 3 lots"));  // 1 to 3 and 3 to 5; the fifth lot waits for ever
  EXPECT_DOUBLE_EQ(ran("lots"), 4);
  EXPECT_DOUBLE_EQ(ran("cycle_time"), (3.0 + 2 + 3 + 2) / 4);
  EXPECT_DOUBLE_EQ(ran("batch_fill"), 2.0 / 3);
  EXPECT_DOUBLE_EQ(ran("busy"), 0.04);
  EXPECT_DOUBLE_EQ(ran("queue_length"), (1.0 + 1 + 96) / 100);
}

TEST(Batches, StartWithLessAfterTheLongestWait) {
  const Ran ran = simulate_text(oven("2 to 3 lots wait 4 h"));  // the fifth lot from 8 to 10
  EXPECT_DOUBLE_EQ(ran("lots"), 5);
  EXPECT_DOUBLE_EQ(ran("cycle_time"), (3.0 + 2 + 3 + 2 + 6) / 5);
  EXPECT_DOUBLE_EQ(ran("batch_fill"), (2.0 / 3 + 2.0 / 3 + 1.0 / 3) / 3);
}

TEST(Batches, HoldAsManyPiecesAsTheyMay) {
  // Two lots of 50 make 100; the third does not fit into 125.
  const Ran ran = simulate_text(oven("100 to 125 pieces"));
  EXPECT_DOUBLE_EQ(ran("batch_fill"), 0.8);
  EXPECT_DOUBLE_EQ(ran("lots"), 4);
}

TEST(Batches, AreOfOneProductAndStepUnlessAFamilySaysOtherwise) {
  const auto run = [](const std::string& family) {
    return simulate_text(shop(R"(    work_centres: {oven: {}}
    routings:
      red: {operations: {baking: {work_centre: oven, time: 2 h, batch: 2 lots)" +
                              family + R"(}}}
      blue: {operations: {baking: {work_centre: oven, time: 2 h, batch: 2 lots)" +
                              family + R"(}}}
    releases:
      red: {routing: red, count: 1}
      blue: {routing: blue, lots: every 1000 h, from: 1 h}
      late: {routing: red, count: 1, from: 5 h}
)"));
  };
  const Ran apart = run("");
  EXPECT_DOUBLE_EQ(apart("lots"), 2);  // both red ones, from 5 to 7
  EXPECT_DOUBLE_EQ(apart("cycle_time", "product:red"), 7);
  const Ran together = run(", family: paint");  // red and blue from 1 to 3
  EXPECT_DOUBLE_EQ(together("cycle_time", "product:red"), 3);
  EXPECT_DOUBLE_EQ(together("cycle_time", "product:blue"), 2);
}

TEST(Batches, TakeLotsInTheOrderOfTheRule) {
  // Three lots of 1, 2 and 3 h of work elsewhere wait for an oven of two.
  const Ran ran = simulate_text(shop(R"(    dispatch: mwkr
    work_centres: {oven: {}, mill: {machines: 3}}
    routings:
      short: {operations: {baking: {work_centre: oven, time: 2 h, batch: 2 lots, family: f}, m: {work_centre: mill, time: 1 h}}}
      middle: {operations: {baking: {work_centre: oven, time: 2 h, batch: 2 lots, family: f}, m: {work_centre: mill, time: 2 h}}}
      long: {operations: {baking: {work_centre: oven, time: 2 h, batch: 2 lots, family: f}, m: {work_centre: mill, time: 3 h}}}
    releases:
      short: {routing: short, count: 1}
      middle: {routing: middle, count: 1}
      long: {routing: long, count: 1}
)"));
  EXPECT_DOUBLE_EQ(ran("cycle_time", "product:long"), 5);
  EXPECT_DOUBLE_EQ(ran("cycle_time", "product:middle"), 4);
  EXPECT_DOUBLE_EQ(ran("lots"), 2);  // the short one waits for a second
}

// Two lots of three pieces at once.
std::string track(const std::string& operation, const std::string& centre = "{}") {
  return shop("    work_centres: {track: " + centre + R"(}
    routings: {wafer: {operations: {coating: {work_centre: track, )" +
              operation + R"(}}}}
    releases: {wafers: {routing: wafer, count: 2, pieces: 3}}
)");
}

TEST(Cascades, AreFreeBeforeTheirLotIsDone) {
  // 5 h for the first piece and 1 h for each other; the machine is busy for 3 h.
  const Ran pieces = simulate_text(track("time: 5 h, interval: 1 h per piece"));
  EXPECT_DOUBLE_EQ(pieces("cycle_time"), (7.0 + 10) / 2);
  EXPECT_DOUBLE_EQ(pieces("busy"), 0.06);
  const Ran lots = simulate_text(track("time: 5 h, interval: 2 h per lot"));
  EXPECT_DOUBLE_EQ(lots("cycle_time"), (5.0 + 7) / 2);
  EXPECT_DOUBLE_EQ(lots("busy"), 0.04);
  // Loading and unloading go on beside the work of others.
  const Ran loaded = simulate_text(track("time: 5 h, interval: 2 h per lot", "{load: 15 min, unload: 45 min}"));
  EXPECT_DOUBLE_EQ(loaded("cycle_time"), (6.0 + 8) / 2);
  EXPECT_DOUBLE_EQ(loaded("busy"), 0.04);
}

TEST(Machines, AreBusyWhileTheyAreLoadedAndUnloaded) {
  const Ran ran = simulate_text(track("time: 2 h", "{load: 15 min, unload: 45 min}"));
  EXPECT_DOUBLE_EQ(ran("cycle_time"), (3.0 + 6) / 2);
  EXPECT_DOUBLE_EQ(ran("busy"), 0.06);
  EXPECT_DOUBLE_EQ(ran("flow_factor"), (1.0 + 2) / 2);
}

TEST(Times, OfEqualPiecesAreDrawnOnce) {
  // The mean of 900 draws is near 2 h; one draw for all of them is not.
  const auto mean = [](const std::string& per) {
    const Ran ran = simulate_text(shop(R"(    work_centres: {mill: {machines: 2}}
    routings: {part: {operations: {milling: {work_centre: mill, time: uniform 1 h to 3 h, per: )" +
                                           per + R"(}}}}
    releases: {parts: {routing: part, count: 2, pieces: 900}}
)",
                                       "3000 h"));
    return ran("cycle_time") / 900;
  };
  EXPECT_NEAR(mean("piece"), 2, 0.05);
  EXPECT_GT(std::abs(mean("equal_piece") - 2), 0.1);
}

TEST(Setups, WithoutTheirTimesAreRefused) {
  EXPECT_THAT(mistakes_of_text(colours("fifo").replace(colours("fifo").find("any: {red: 1 h, "), 16, "any: {")),
              HasSubstr("no change to \"red\" in the set-up times of work centre \"mill\""));
}

}  // namespace
}  // namespace tierworks::factory
