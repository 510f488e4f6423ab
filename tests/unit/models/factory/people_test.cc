// Shifts, operators, tools and scrap, by lots that can be followed by hand.
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

// Lots of 5 h at one machine that works from 8 to 16 every day; three of them at midnight.
std::string day_shift(const std::string& rest, const std::string& centre = "shifts: daily 08:00-16:00") {
  return "tierworks: 1\ntime: {horizon: 72 h" + rest + "}\nsites:\n  shop:\n    work_centres: {mill: {" + centre + R"(}}
    routings: {part: {operations: {milling: {work_centre: mill, time: 5 h}}}}
    releases: {parts: {routing: part, count: 3}}
)";
}

TEST(AShift, IsOutlastedByTheWorkThatItsEndMeets) {
  // 8 to 13; 13 to 18, two hours over; 32 to 37.
  const Ran run = simulate_text(day_shift(""));
  EXPECT_DOUBLE_EQ(run("cycle_time"), (13.0 + 18 + 37) / 3);
  EXPECT_DOUBLE_EQ(run("busy"), 15.0 / 72);
  EXPECT_DOUBLE_EQ(run("off"), (72.0 - 26) / 72);
  EXPECT_DOUBLE_EQ(run("starved"), (26.0 - 15) / 72);
  EXPECT_DOUBLE_EQ(run("oee", "work_centre:shop/mill"), 15.0 / 26);
}

TEST(AShift, CanMakeWorkPause) {
  // 8 to 13; 13 to 16 and 32 to 34; 34 to 39.
  const Ran run = simulate_text(day_shift("", "shifts: daily 08:00-16:00, at_shift_end: pause"));
  EXPECT_DOUBLE_EQ(run("cycle_time"), (13.0 + 34 + 39) / 3);
  EXPECT_DOUBLE_EQ(run("off"), 48.0 / 72);
  // And in a break from 12 to 13: 8 to 12 and 13 to 14; 14 to 16, 32 to 35; 35 to 36, 37 to 40, 56 to 57.
  const Ran breaks =
      simulate_text(day_shift("", "shifts: daily 08:00-16:00, breaks: daily 12:00-13:00, at_shift_end: pause"));
  EXPECT_DOUBLE_EQ(breaks("cycle_time"), (14.0 + 35 + 57) / 3);
  EXPECT_DOUBLE_EQ(breaks("off"), 51.0 / 72);
}

TEST(AShift, CanKeepWorkFromStartingThatDoesNotFit) {
  // 8 to 13; then three hours are left: 32 to 37; 56 to 61.
  const Ran run = simulate_text(day_shift("", "shifts: daily 08:00-16:00, at_shift_end: do_not_start"));
  EXPECT_DOUBLE_EQ(run("cycle_time"), (13.0 + 37 + 61) / 3);
  EXPECT_THAT(mistakes_of_text(day_shift("", "shifts: daily 08:00-12:00, at_shift_end: do_not_start")),
              HasSubstr("got a time of 5 h, longer than the longest shift without a break (4 h)"));
}

TEST(AShift, FollowsTheDaysOfTheWeek) {
  // The run starts on a Friday: 8 to 13, 13 to 18; then Monday, 72 h later, from 80 h on.
  const Ran run = simulate_text(R"(tierworks: 1
time: {start: 2025-01-10, horizon: 120 h}
sites:
  shop:
    shifts: mon-fri 08:00-16:00
    work_centres: {mill: {}, night: {shifts: daily 22:00-06:00}}
    routings:
      part: {operations: {milling: {work_centre: mill, time: 5 h}}}
      other: {operations: {milling: {work_centre: night, time: 5 h}}}
    releases: {parts: {routing: part, count: 3}, others: {routing: other, count: 2}}
)");
  EXPECT_DOUBLE_EQ(run("cycle_time", "product:parts"), (13.0 + 18 + 85) / 3);
  // The night shift of the day before goes on until 6: 0 to 5, 5 to 10.
  EXPECT_DOUBLE_EQ(run("cycle_time", "product:others"), (5.0 + 10) / 2);
}

TEST(AShift, IsReadWithCare) {
  EXPECT_THAT(mistakes_of_text(day_shift("", "shifts: mo-fri 08:00-16:00")), HasSubstr("\"mo-fri\" is no day"));
  EXPECT_THAT(mistakes_of_text(day_shift("", "shifts: daily 8-16:00")), HasSubstr("\"8\" is no time of the day"));
  EXPECT_THAT(mistakes_of_text(day_shift("", "shifts: daily 08:00-16:00, breaks: daily 00:00-24:00")),
              HasSubstr("leave no time for work"));
  EXPECT_THAT(mistakes_of_text(day_shift("", "at_shift_end: pause")), HasSubstr("expected `shifts`"));
}

// The run starts on Tuesday, 7 January 2025, at 0:00.
std::string with_days_off(const std::string& days_off, const std::string& centre, const std::string& operation = "",
                          const std::string& rest = "") {
  return "tierworks: 1\ntime: {start: 2025-01-07, horizon: 120 h}\nsites:\n  shop:\n    " + days_off + "\n" + rest +
         "    work_centres: {mill: {" + centre + R"(}}
    routings: {part: {operations: {milling: {work_centre: mill, time: 5 h)" +
         operation + "}}}}\n    releases: {parts: {routing: part, count: 3}}\n";
}

TEST(DaysOff, CloseTheShopFloor) {
  // The 8th is off: 8 to 13 and 13 to 18 h on the 7th, 56 to 61 h on the 9th. Of five days four are worked for 8 h, two over.
  const Ran run = simulate_text(with_days_off("holidays: 2025-01-08", "shifts: daily 08:00-16:00"));
  EXPECT_DOUBLE_EQ(run("cycle_time"), (13.0 + 18 + 61) / 3);
  EXPECT_DOUBLE_EQ(run("off"), (120.0 - 4 * 8 - 2) / 120);
  EXPECT_DOUBLE_EQ(run("oee", "work_centre:shop/mill"), 15.0 / 34);
  // Round the clock: 0 to 5, ... 15 h on the 7th; with the 7th off, from 24 h on. Breaks stay.
  EXPECT_DOUBLE_EQ(simulate_text(with_days_off("holidays: 2025-01-07", ""))("cycle_time"), (29.0 + 34 + 39) / 3);
  EXPECT_DOUBLE_EQ(simulate_text(with_days_off("holidays: 2025-01-07",
                                               "breaks: daily 02:00-03:00, at_shift_end: pause"))("cycle_time"),
                   (30.0 + 35 + 40) / 3);
  // The night shift of the 7th goes on into the 8th; that of the 8th is off: 22 to 27 h, 27 to 32 h, 70 to 75 h.
  EXPECT_DOUBLE_EQ(
      simulate_text(with_days_off("holidays: [2025-01-06, 2025-01-08]", "shifts: daily 22:00-06:00"))("cycle_time"),
      (27.0 + 32 + 75) / 3);
}

TEST(DaysOff, AreThoseOfOperatorsAndTheirNumberFalls) {
  // The fitters are off on the 7th and back by half for two days, that is one of two: 24 to 29, 29 to 34, and 34 to 39 h.
  const std::string half = "holidays: 2025-01-07\n    staffing: 50 % for 2 d after holidays";
  const Ran run =
      simulate_text(with_days_off(half, "machines: 2", ", operator: fitter", "    operators: {fitter: 2}\n"));
  EXPECT_DOUBLE_EQ(run("cycle_time"), (29.0 + 34 + 39) / 3);
  // 15 h of 48 h of one and 48 h of two.
  EXPECT_DOUBLE_EQ(run("operator_use", "operator:shop/fitter"), 15.0 / (48 + 2 * 48));
  EXPECT_THAT(mistakes_of_text(with_days_off(half, "")),
              HasSubstr("got `staffing` at a shop floor without `operators`, where nobody can be fewer"));
  EXPECT_THAT(mistakes_of_text(with_days_off("holidays: 2025-01-01 to 2025-01-20", "")),
              HasSubstr("leave no time for work"));
}

// Two machines side by side in two work centres; lots of 2 h, two at each.
std::string two_machines(const std::string& people, const std::string& a, const std::string& b = "") {
  return R"(tierworks: 1
time: {horizon: 10 h}
sites:
  shop:
    )" + people +
         R"(
    work_centres: {left: {}, right: {}}
    routings:
      l: {operations: {work: {work_centre: left, time: 2 h, )" +
         a + R"(}}}
      r: {operations: {work: {work_centre: right, time: 2 h, )" +
         (b.empty() ? a : b) + R"(}}}
    releases: {l: {routing: l, count: 2}, r: {routing: r, count: 2}}
)";
}

TEST(Operators, AreSharedByWorkCentresInTheOrderInWhichTheyAsk) {
  const Ran alone = simulate_text(two_machines("operators: {fitter: 1}", "operator: fitter"));
  EXPECT_DOUBLE_EQ(alone("cycle_time", "product:l"), (2.0 + 6) / 2);  // left, right, left, right
  EXPECT_DOUBLE_EQ(alone("cycle_time", "product:r"), (4.0 + 8) / 2);
  EXPECT_DOUBLE_EQ(alone("operator_use", "operator:shop/fitter"), 0.8);
  const Ran both = simulate_text(two_machines("operators: {fitter: 2}", "operator: fitter"));
  EXPECT_DOUBLE_EQ(both("cycle_time"), (2.0 + 4) / 2);
  EXPECT_DOUBLE_EQ(both("operator_use", "operator:shop/fitter"), 0.4);
}

TEST(Operators, AreNeededTogetherWithTools) {
  // Two fitters, but one jig, which only the left machine needs; the right machine needs both fitters.
  const Ran run = simulate_text(two_machines("operators: {fitter: 2}\n    tools: {jig: 1}",
                                             "operator: fitter, tool: jig", "operator: [fitter, fitter]"));
  // Left 0 to 2; then both ask: left was never kept waiting, so right was first in the row: 2 to 4; left 4 to 6; right 6 to 8.
  EXPECT_DOUBLE_EQ(run("cycle_time", "product:l"), (2.0 + 6) / 2);
  EXPECT_DOUBLE_EQ(run("cycle_time", "product:r"), (4.0 + 8) / 2);
  EXPECT_DOUBLE_EQ(run("operator_use", "operator:shop/fitter"), (2 * 2 + 4 * 2) / 20.0);
  EXPECT_DOUBLE_EQ(run("operator_use", "tool:shop/jig"), 0.4);
}

TEST(Operators, HaveShiftsOfTheirOwn) {
  // The fitter works from 1 to 5 h: lots of 2 h at the left machine from 1 to 3 h, at the right one from 3 to 5 h, then nobody.
  const std::string text =
      two_machines("operators: {fitter: 1}\n    operator_shifts: {fitter: daily 01:00-05:00}", "operator: fitter");
  const Ran run = simulate_text(text);
  EXPECT_DOUBLE_EQ(run("lots"), 2);
  EXPECT_DOUBLE_EQ(run("cycle_time"), (3.0 + 5) / 2);
  EXPECT_DOUBLE_EQ(run("operator_use", "operator:shop/fitter"), 1);
  // A shift that ends at 4 h is overrun until 5 h; one that begins at 4.5 h again finds him still at work.
  const Ran over = simulate_text(
      two_machines("operators: {fitter: 1}\n    operator_shifts: {fitter: [daily 01:00-04:00, daily 04:30-09:00]}",
                   "operator: fitter"));
  EXPECT_DOUBLE_EQ(over("cycle_time"), (3.0 + 5 + 7 + 9) / 4);
  // Without the second one, the others wait until the next day.
  const Ran next = simulate_text("tierworks: 1\ntime: {horizon: 30 h" + text.substr(text.find("10 h") + 4));
  EXPECT_DOUBLE_EQ(next("cycle_time"), (3.0 + 5 + 27 + 29) / 4);
  EXPECT_THAT(mistakes_of_text(two_machines("operators: {fitter: 1}\n    operator_shifts: {fiter: daily 01:00-05:00}",
                                            "operator: fitter")),
              HasSubstr("no operator \"fiter\" at this site; did you mean \"fitter\"?"));
}

TEST(Operators, MayBeFewerInSomeShifts) {
  // Two from 0 to 1 h, one from 1 to 5 h, none until 24 h. Each machine has two lots of 2 h: both start at 0; one of the two goes
  // home at 2 h, the other one does left 2 to 4, right 4 to 6, an hour over.
  const std::string text = two_machines(
      "operators: {fitter: 2}\n    operator_shifts: {fitter: [daily 00:00-01:00, daily 01:00-05:00 with 1]}",
      "operator: fitter");
  const Ran run = simulate_text(text);
  EXPECT_DOUBLE_EQ(run("cycle_time", "product:l"), (2.0 + 4) / 2);
  EXPECT_DOUBLE_EQ(run("cycle_time", "product:r"), (2.0 + 6) / 2);
  // 8 man-hours, of two people for one and one for four hours.
  EXPECT_DOUBLE_EQ(run("operator_use", "operator:shop/fitter"), 8.0 / 6);
}

TEST(Operators, OfShiftsThatOverlapAddUp) {
  // One from 0 to 4 h, another from 2 to 10 h: left 0 to 2; right waits until 2; from then on both work, until 4 h, and one
  // until 6 h: left 2 to 4, right 2 to 4, and right 4 to 6.
  const Ran run = simulate_text(
      two_machines("operators: {fitter: 3}\n    operator_shifts: {fitter: [daily 00:00-04:00 with 1, daily 02:00-10:00 "
                   "with 1]}",
                   "operator: fitter"));
  EXPECT_DOUBLE_EQ(run("cycle_time", "product:l"), (2.0 + 4) / 2);
  EXPECT_DOUBLE_EQ(run("cycle_time", "product:r"), (4.0 + 6) / 2);
  // All day long, but never more than one of the three.
  const Ran one = simulate_text(two_machines(
      "operators: {fitter: 3}\n    operator_shifts: {fitter: daily 00:00-24:00 with 1}", "operator: fitter"));
  EXPECT_DOUBLE_EQ(one("cycle_time"), (2.0 + 4 + 6 + 8) / 4);
  EXPECT_DOUBLE_EQ(one("operator_use", "operator:shop/fitter"), 0.8);
}

TEST(Operators, OfAShiftAreNoMoreThanThereAre) {
  const auto mistakes = [](const std::string& shifts) {
    return mistakes_of_text(two_machines("operators: {fitter: 3}\n    operator_shifts: {fitter: " + shifts + "}",
                                         "operator: [fitter, fitter]"));
  };
  EXPECT_THAT(mistakes("[daily 00:00-12:00 with 2, daily 08:00-20:00 with 2]"),
              HasSubstr("got 4 of \"fitter\" at work at once, of which there are 3"));
  EXPECT_THAT(mistakes("daily 00:00-12:00 with 1"), HasSubstr("got 2 of \"fitter\" at once, of which there is 1"));
  EXPECT_THAT(mistakes("daily 00:00-12:00 with two"), HasSubstr("\"with two\" is not `with` and how many people"));
}

TEST(Operators, OfAShiftRepairWhenItBegins) {
  // The machine fails after 1 h; the technician comes at 3 h and repairs until 5 h.
  const Ran run = simulate_text(R"(tierworks: 1
time: {horizon: 10 h}
sites:
  shop:
    operators: {technician: 1}
    operator_shifts: {technician: daily 03:00-04:00}
    work_centres: {mill: {breakdown: every 1 h busy for 2 h, repair_operator: technician}}
    routings: {part: {operations: {milling: {work_centre: mill, time: 1.5 h}}}}
    releases: {parts: {routing: part, count: 1}}
)");
  EXPECT_DOUBLE_EQ(run("cycle_time"), 5.5);
  EXPECT_DOUBLE_EQ(run("down"), 0.4);
}

TEST(Operators, SetUpAndRepairMachines) {
  // One setter for two machines that are set up for an hour each; lots of 2 h need nobody.
  const Ran setter = simulate_text(R"(tierworks: 1
time: {horizon: 10 h}
sites:
  shop:
    operators: {setter: 1}
    work_centres: {left: {setup: 1 h, setup_operator: setter}, right: {setup: 1 h, setup_operator: setter}}
    routings:
      l: {operations: {work: {work_centre: left, time: 2 h, setup: a}}}
      r: {operations: {work: {work_centre: right, time: 2 h, setup: a}}}
    releases: {l: {routing: l, count: 2}, r: {routing: r, count: 1}}
)");
  EXPECT_DOUBLE_EQ(setter("cycle_time", "product:l"), (3.0 + 5) / 2);
  EXPECT_DOUBLE_EQ(setter("cycle_time", "product:r"), 4);
  EXPECT_DOUBLE_EQ(setter("operator_use", "operator:shop/setter"), 0.2);
  // Both machines break after 3 h of work, for 1 h; one technician repairs them, the left one first.
  const Ran repair = simulate_text(R"(tierworks: 1
time: {horizon: 10 h}
sites:
  shop:
    operators: {technician: 1}
    work_centres:
      left: {breakdown: every 3 h busy for 1 h, repair_operator: technician}
      right: {breakdown: every 3 h busy for 1 h, repair_operator: technician}
    routings:
      l: {operations: {work: {work_centre: left, time: 4 h}}}
      r: {operations: {work: {work_centre: right, time: 4 h}}}
    releases: {l: {routing: l, count: 1}, r: {routing: r, count: 1}}
)");
  EXPECT_DOUBLE_EQ(repair("cycle_time", "product:l"), 5);
  EXPECT_DOUBLE_EQ(repair("cycle_time", "product:r"), 6);
  EXPECT_DOUBLE_EQ(repair("operator_use", "operator:shop/technician"), 0.2);
}

TEST(Operators, ThatNobodyKnowsAreMistakes) {
  EXPECT_THAT(mistakes_of_text(two_machines("operators: {fitter: 1}", "operator: filter")),
              HasSubstr("no operator \"filter\" at this site; did you mean \"fitter\"?"));
  EXPECT_THAT(mistakes_of_text(two_machines("operators: {fitter: 1}", "tool: jig")),
              HasSubstr("no tool \"jig\" at this site; say how many there are under `tools`"));
  EXPECT_THAT(mistakes_of_text(two_machines("operators: {fitter: 1}", "operator: [fitter, fitter]")),
              HasSubstr("got 2 of \"fitter\" at once, of which there is 1"));
}

TEST(Scrap, TakesLotsAndPiecesAway) {
  const auto shop = [](const std::string& operation) {
    return simulate_text(R"(tierworks: 1
time: {horizon: 1000 d}
sites:
  shop:
    work_centres: {mill: {}, wash: {}}
    routings:
      part:
        operations:
          milling: {work_centre: mill, time: 1 min, )" +
                         operation + R"(}
          washing: {work_centre: wash, time: 1 min}
    releases: {parts: {routing: part, lots: every 1 h, count: 10000, pieces: 10}}
)");
  };
  // Of 10,000 lots, 2,000 with a deviation of 40.
  const Ran lots = shop("scrap: 20 %");
  EXPECT_NEAR(lots("lots"), 8000, 160);
  EXPECT_DOUBLE_EQ(lots("scrap_share"), (10000 - lots("lots")) / 10000);
  EXPECT_DOUBLE_EQ(lots("operations", "work_centre:shop/wash"), lots("lots"));
  // Of 100,000 pieces, 20,000 with a deviation of 126; a lot is lost with a chance of 1e-7.
  const Ran pieces = shop("scrap_pieces: 20 %");
  EXPECT_DOUBLE_EQ(pieces("lots"), 10000);
  EXPECT_NEAR(pieces("scrap_share"), 0.2, 0.005);
  EXPECT_NEAR(pieces("throughput", "product:parts"), 80, 0.5);
}

TEST(Scrap, MakesRoomForTheNextLot) {
  // One lot at a time: a lost lot lets the next one in at once. 10 h of lots of 1 h.
  const Ran run = simulate_text(R"(tierworks: 1
time: {horizon: 1000 h}
sites:
  shop:
    work_centres: {mill: {}}
    routings: {part: {operations: {milling: {work_centre: mill, time: 1 h, scrap: 50 %}}}}
    releases: {parts: {routing: part, wip: 1}}
)");
  EXPECT_DOUBLE_EQ(run("busy"), 1);
  EXPECT_NEAR(run("lots"), 500, 64);
  EXPECT_DOUBLE_EQ(run("wip"), 1);
}

TEST(Rework, IsCountedByTheLotsThatGoBack) {
  const Ran run = simulate_text(R"(tierworks: 1
time: {horizon: 1000 d}
sites:
  shop:
    work_centres: {mill: {}, test: {}}
    routings:
      part:
        operations:
          milling: {work_centre: mill, time: 1 min}
          testing: {work_centre: test, time: 1 min, then: {milling: 20 %}}
    releases: {parts: {routing: part, lots: every 1 h, count: 10000}}
)");
  EXPECT_NEAR(run("rework"), 0.25, 0.03);  // 0.2 / 0.8
  EXPECT_DOUBLE_EQ(run("operations", "work_centre:shop/mill"), 10000 * (1 + run("rework")));
}

}  // namespace
}  // namespace tierworks::factory
