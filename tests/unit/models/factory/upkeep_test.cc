// Maintenance, queue-time limits, machines of one's own, delays, ways, and work in process at the start.
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

std::string mill(const std::string& centre, const std::string& releases, const std::string& horizon = "100 h") {
  return shop("    work_centres: {mill: {" + centre + R"(}}
    routings: {part: {operations: {milling: {work_centre: mill, time: 3 h}}}}
    releases: {)" +
                  releases + "}\n",
              horizon);
}

TEST(Maintenance, ByTheCalendarWaitsForTheLotInWork) {
  const Ran ran =
      simulate_text(mill("maintenance: {oil: {every: 10 h, takes: 2 h}}",
                         "a: {routing: part, count: 1, from: 9 h}, b: {routing: part, count: 1, from: 10 h}, "
                         "c: {routing: part, count: 1, from: 21 h}",
                         "26 h"));
  EXPECT_DOUBLE_EQ(ran("cycle_time", "product:a"), 3);  // until 12
  EXPECT_DOUBLE_EQ(ran("cycle_time", "product:b"), 7);  // maintenance until 14, then until 17
  EXPECT_DOUBLE_EQ(ran("cycle_time", "product:c"), 4);  // maintenance from 20 to 22
  EXPECT_DOUBLE_EQ(ran("maintenance"), 4.0 / 26);
  EXPECT_DOUBLE_EQ(ran("busy"), 9.0 / 26);
  EXPECT_DOUBLE_EQ(ran("starved"), 13.0 / 26);
}

TEST(Maintenance, ByTheCountComesAfterSoManyLotsOrPieces) {
  const Ran lots = simulate_text(
      mill("maintenance: {oil: {every: 2 lots, takes: 1 h}}", "a: {routing: part, count: 4}"));  // 3, 6, 10, 13
  EXPECT_DOUBLE_EQ(lots("cycle_time"), (3.0 + 6 + 10 + 13) / 4);
  EXPECT_DOUBLE_EQ(lots("maintenance"), 0.02);
  const Ran pieces = simulate_text(mill("maintenance: {oil: {every: 25 pieces, first: 10 pieces, takes: 1 h}}",
                                        "a: {routing: part, count: 4, pieces: 10}"));
  // After the first lot (10), and after the fourth (40 >= 10 + 25).
  EXPECT_DOUBLE_EQ(pieces("cycle_time"), (3.0 + 7 + 10 + 13) / 4);
  EXPECT_DOUBLE_EQ(pieces("maintenance"), 0.02);
}

TEST(Maintenance, IsSpreadOverTheMachines) {
  const Ran spread = simulate_text(
      mill("machines: 2, maintenance: {oil: {every: 10 h, takes: 2 h}}", "a: {routing: part, count: 1}", "6 h"));
  EXPECT_DOUBLE_EQ(spread("maintenance", "machine:shop/mill/1"), 1.0 / 6);  // from 5 on
  EXPECT_DOUBLE_EQ(spread("maintenance", "machine:shop/mill/2"), 0);
  const Ran at_once = simulate_text(mill("machines: 2, maintenance: {oil: {every: 5 h, takes: 2 h, stagger: false}}",
                                         "a: {routing: part, count: 1}", "6 h"));
  EXPECT_DOUBLE_EQ(at_once("maintenance"), 1.0 / 6);
}

TEST(Maintenance, IsInterruptedByABreakdown) {
  // Maintenance from 10, down from 12 to 13, maintained until 15; the lot of 11 is done at 18.
  const Ran ran = simulate_text(mill("breakdown: every 12 h for 1 h, maintenance: {oil: {every: 10 h, takes: 4 h}}",
                                     "a: {routing: part, count: 1, from: 11 h}", "19 h"));
  EXPECT_DOUBLE_EQ(ran("cycle_time"), 7);
  EXPECT_DOUBLE_EQ(ran("maintenance"), 4.0 / 19);
  EXPECT_DOUBLE_EQ(ran("down"), 1.0 / 19);
}

TEST(Areas, LetTheirWorkCentresBreakDownAlike) {
  const auto run = [](const std::string& saw) {
    return simulate_text(shop(R"(    areas: {hall: {breakdown: every 4 h for 1 h}}
    work_centres: {mill: {area: hall}, saw: {)" +
                                  saw + R"(}, bench: {}}
    routings:
      part:
        operations:
          milling: {work_centre: mill, time: 3 h}
          sawing: {work_centre: saw, time: 3 h}
          end: {work_centre: bench, time: 3 h}
    releases: {parts: {routing: part, count: 1}}
)",
                              "20 h"));
  };
  // Milled until 3, sawn until 4, down until 5, sawn until 7, done at 10; each of both is down four times in 20 h.
  const Ran shared = run("area: hall");
  EXPECT_DOUBLE_EQ(shared("cycle_time"), 10);
  EXPECT_DOUBLE_EQ(shared("down", "work_centre:shop/mill"), 0.2);
  EXPECT_DOUBLE_EQ(shared("down", "work_centre:shop/bench"), 0);
  // A breakdown of one's own stands before it: at 5 h.
  const Ran own = run("area: hall, breakdown: every 5 h for 2 h");
  EXPECT_DOUBLE_EQ(own("cycle_time"), 11);
  EXPECT_DOUBLE_EQ(own("down", "work_centre:shop/saw"), 0.25);
}

TEST(QueueTimeLimits, CountTheOperationsThatStartTooLate) {
  const Ran ran = simulate_text(shop(R"(    work_centres: {a: {}, b: {}, c: {}}
    routings:
      part:
        operations:
          clean: {work_centre: a, time: 1 h, start_within: {oxide: 2 h}}
          rinse: {work_centre: b, time: 2 h}
          oxide: {work_centre: c, time: 1 h}
    releases: {parts: {routing: part, count: 3}}
)"));
  // Cleaned at 1, 2, 3; oxide from 3 (just in time), 5 and 7 on.
  EXPECT_DOUBLE_EQ(ran("queue_time_violations"), 2);
  EXPECT_DOUBLE_EQ(ran("queue_time_violations", "work_centre:shop/c"), 2);
  EXPECT_DOUBLE_EQ(ran("queue_time_violations", "work_centre:shop/a"), 0);
  EXPECT_DOUBLE_EQ(ran("queue_time_violations", "product:parts"), 2);
}

TEST(Dedication, KeepsALotToTheMachineOfAnEarlierOperation) {
  const auto run = [](const std::string& tie) {
    return simulate_text(shop(R"(    work_centres: {litho: {machines: 2}, etch: {}}
    routings:
      part:
        operations:
          expose: {work_centre: litho, time: 1 h)" +
                              tie + R"(}
          etch: {work_centre: etch, time: 1 h}
          again: {work_centre: litho, time: 1 h}
      short: {operations: {expose: {work_centre: litho, time: 1 h}}}
      long: {operations: {expose: {work_centre: litho, time: 10 h}}}
    releases:
      part: {routing: part, count: 1}
      short: {routing: short, count: 1, from: 54 min}
      long: {routing: long, count: 1, from: 72 min}
)"));
  };
  // The part is on machine 1 until 1 h, the short lot on machine 2 until 1.9 h, the long one on machine 1 until 11.2 h.
  EXPECT_DOUBLE_EQ(run("")("cycle_time", "product:part"), 3);
  EXPECT_DOUBLE_EQ(run(", same_machine_at: again")("cycle_time", "product:part"), 12.2);
}

TEST(Dedication, LeavesAMachineToItsOwnLotsOrToOthersByTheRule) {
  // Machine 1 is free at 2 h: its own lot, which came at 2 h, stands behind the one that came at 1.5 h.
  const Ran ran = simulate_text(shop(R"(    work_centres: {litho: {}, etch: {}}
    routings:
      part:
        operations:
          expose: {work_centre: litho, time: 1 h, same_machine_at: again}
          etch: {work_centre: etch, time: 30 min}
          again: {work_centre: litho, time: 1 h}
      other: {operations: {expose: {work_centre: litho, time: 1 h}}}
    releases:
      part: {routing: part, count: 1}
      one: {routing: other, count: 1, from: 30 min}
      two: {routing: other, count: 1, from: 70 min}
)"));
  EXPECT_DOUBLE_EQ(ran("cycle_time", "product:one"), 1.5);            // 1 to 2
  EXPECT_DOUBLE_EQ(ran("cycle_time", "product:two"), 3 - 70.0 / 60);  // 2 to 3: it came before the part's return
  EXPECT_DOUBLE_EQ(ran("cycle_time", "product:part"), 4);
}

TEST(Delays, HoldLotsForTheirTimeAndNoLonger) {
  const Ran ran = simulate_text(shop(R"(    work_centres: {cool: {delay: true}, mill: {}}
    routings:
      part: {operations: {cooling: {work_centre: cool, time: 5 h}, milling: {work_centre: mill, time: 1 h}}}
      cooled: {operations: {cooling: {work_centre: cool, time: 5 h}}}
    releases: {parts: {routing: part, count: 3}, cooled: {routing: cooled, count: 7}}
)"));
  EXPECT_DOUBLE_EQ(ran("cycle_time", "product:parts"), (6.0 + 7 + 8) / 3);
  EXPECT_DOUBLE_EQ(ran("cycle_time", "product:cooled"), 5);
  EXPECT_DOUBLE_EQ(ran("operations", "work_centre:shop/cool"), 10);
}

TEST(Moves, TakeTheirTimeByLocation) {
  const Ran ran = simulate_text(shop(R"(    moves:
      inside: {from: hall, to: hall, time: 30 min}
      out: {from: hall, to: yard, time: 2 h}
    work_centres: {mill: {location: hall}, cool: {delay: true, location: yard}}
    routings:
      part:
        operations:
          one: {work_centre: mill, time: 1 h}
          two: {work_centre: mill, time: 1 h}
          three: {work_centre: cool, time: 1 h}
          four: {work_centre: mill, time: 1 h}
    releases: {parts: {routing: part, count: 1}}
)"));
  EXPECT_DOUBLE_EQ(ran("cycle_time"), 1 + 0.5 + 1 + 2 + 1 + 0 + 1);
}

TEST(WorkInProcess, StartsAtItsOperation) {
  const Ran ran = simulate_text(shop(R"(    work_centres: {mill: {machines: 9}}
    routings:
      part:
        operations:
          one: {work_centre: mill, time: 1 h}
          two: {work_centre: mill, time: 2 h, share: 0 %}
          three: {work_centre: mill, time: 4 h}
    releases:
      new: {routing: part, count: 1}
      second: {routing: part, starts_at: two, count: 1, due: 5 h}
      third: {routing: part, starts_at: three, count: 1, due: 5 h}
)"));
  EXPECT_DOUBLE_EQ(ran("cycle_time", "product:new"), 5);
  EXPECT_DOUBLE_EQ(ran("cycle_time", "product:second"), 6);  // it is there, so it does the operation
  EXPECT_DOUBLE_EQ(ran("cycle_time", "product:third"), 4);
  EXPECT_DOUBLE_EQ(ran("on_time", "product:second"), 0);
  EXPECT_DOUBLE_EQ(ran("on_time", "product:third"), 1);
}

TEST(Dedication, ToAnotherWorkCentreIsRefused) {
  EXPECT_THAT(mistakes_of_text(shop(R"(    work_centres: {a: {}, b: {}}
    routings:
      part:
        operations: {one: {work_centre: a, time: 1 h, same_machine_at: two}, two: {work_centre: b, time: 1 h}}
    releases: {parts: {routing: part, count: 1}}
)")),
              HasSubstr("operation \"two\" is done at another work centre"));
}

}  // namespace
}  // namespace tierworks::factory
