// Queue-time limits about which something is done, and due dates of a trace, by hours that can be followed by hand.
#include "models/factory/lateness.h"

#include <string>

#include <gmock/gmock.h>

#include "tests/support/simulate.h"

namespace tierworks::factory {
namespace {

using testing::HasSubstr;
using tests::goes_on_alike;
using tests::mistakes_of_text;
using tests::model_of_text;
using tests::Ran;
using tests::simulate_beside;
using tests::simulate_model;
using tests::simulate_text;

// Three lots are cleaned for 1 h each, done at 1, 2 and 3 h, and must be in the furnace 2 h later, where each takes 4 h.
std::string shop(const std::string& oxide, const std::string& site = "", const std::string& releases = "count: 3") {
  return R"(tierworks: 1
time: {horizon: 40 h}
sites:
  fab:
)" + site +
         R"(    work_centres: {bath: {}, furnace: {}}
    routings:
      wafer:
        operations:
          clean: {work_centre: bath, time: 1 h, start_within: {oxide: 2 h}}
          oxide: {work_centre: furnace, time: 4 h)" +
         oxide + R"(}
    releases: {wafers: {routing: wafer, pieces: 25, )" +
         releases + "}}\n";
}

TEST(Lateness, IsOnlyCountedUnlessSomethingIsSaid) {
  const Ran ran = simulate_text(shop(""));
  EXPECT_EQ(ran("lots"), 3);
  EXPECT_EQ(ran("queue_time_violations"), 2);  // the second starts at 5 h instead of 4, the third at 9 instead of 5
  EXPECT_DOUBLE_EQ(ran("makespan"), 13);
}

TEST(Lateness, ScrapsWhoWaitsForTooLong) {
  // The second is lost at 4 h; the third starts at 5 h, just in time.
  const Ran ran = simulate_text(shop(", if_late: scrap"));
  EXPECT_EQ(ran("lots"), 2);
  EXPECT_EQ(ran("queue_time_violations"), 1);
  EXPECT_DOUBLE_EQ(ran("scrap_share"), 25.0 / 75);
  EXPECT_DOUBLE_EQ(ran("makespan"), 9);
  EXPECT_NEAR(ran("queue_length", "work_centre:fab/furnace") * 40, 2 + 2, 1e-6);  // from 2 to 4 h, and from 3 to 5 h
}

TEST(Lateness, IsOverWithALotThatIsDestroyed) {
  // At 2:30 h the first lot burns in the furnace, and the second, which would be late at 4 h, in front of it. The third takes
  // the furnace from 3 to 7 h.
  std::string burnt = shop(", if_late: scrap");
  burnt +=
      "disruptions: {fire: {hits: line fab/furnace, capacity: 100 %, at: 150 min, for: 10 min, "
      "lost: {work_in_process: 100 %}}}\n";
  const Ran ran = simulate_text(burnt);
  EXPECT_EQ(ran("lots"), 1);
  EXPECT_EQ(ran("queue_time_violations"), 0);
  EXPECT_DOUBLE_EQ(ran("scrap_share"), 50.0 / 75);
  EXPECT_DOUBLE_EQ(ran("makespan"), 7);
}

TEST(Lateness, SendsBackWhoWaitsForTooLong) {
  // The second is cleaned again from 4 to 5 h; the furnace has begun with the third, until 9 h. It is cleaned once more from 7 to 8 h.
  const Ran ran = simulate_text(shop(", if_late: clean"));
  EXPECT_EQ(ran("lots"), 3);
  EXPECT_EQ(ran("queue_time_violations"), 2);
  EXPECT_DOUBLE_EQ(ran("rework"), 2.0 / 3);
  EXPECT_DOUBLE_EQ(ran("makespan"), 13);
  EXPECT_NEAR(ran("busy", "work_centre:fab/bath") * 40, 5, 1e-9);
}

TEST(Lateness, TakesLotsOutOfBatchesThatDoNotFill) {
  // Two of them start together at 2 h; the third is lost at 5 h.
  const Ran two = simulate_text(shop(", batch: 2 lots, if_late: scrap"));
  EXPECT_EQ(two("lots"), 2);
  EXPECT_DOUBLE_EQ(two("makespan"), 6);
  EXPECT_EQ(two("queue_time_violations"), 1);
  // Three would have to be there: the first is lost at 3 h, when the third comes, which is before anything starts.
  const Ran three = simulate_text(shop(", batch: 3 lots, if_late: scrap"));
  EXPECT_EQ(three("lots"), 3);
  EXPECT_EQ(three("queue_time_violations"), 0);
}

TEST(Lateness, IsKnownAtTheComingOfALot) {
  // Three hours of transport: all are late when they come, at 4, 5 and 6 h, and are lost at once.
  const Ran ran = simulate_text(shop(", if_late: scrap", "    transport: 3 h\n"));
  EXPECT_EQ(ran("lots"), 0);
  EXPECT_EQ(ran("queue_time_violations"), 3);
  EXPECT_DOUBLE_EQ(ran("busy", "work_centre:fab/furnace"), 0);
}

TEST(Lateness, IsReadWithCare) {
  EXPECT_THAT(
      mistakes_of_text(shop(", if_late: cleen")),
      HasSubstr("no operation \"cleen\" in the routing \"wafer\"; did you mean \"clean\"?; `scrap` is the end"));
  EXPECT_THAT(mistakes_of_text(shop(", if_late: oxide")), HasSubstr("operation \"oxide\" is not before this one"));
  std::string unlimited = shop(", if_late: scrap");
  unlimited.replace(unlimited.find(", start_within: {oxide: 2 h}"), 28, "");
  EXPECT_THAT(mistakes_of_text(unlimited), HasSubstr("no operation before says by when this one must start"));
  std::string buffer = shop(", if_late: scrap");
  buffer.replace(buffer.find("furnace: {}"), 11, "furnace: {buffer: 2}");
  EXPECT_THAT(mistakes_of_text(buffer), HasSubstr("got `if_late` and a `buffer`"));
  EXPECT_THAT(mistakes_of_text(shop(", if_late: clean",
                                    "    release_control: {rule: kanban, sections: {all: {work_centres: [bath, "
                                    "furnace], cards: 3}}}\n")),
              HasSubstr("got a way back under `kanban`"));
}

TEST(Lateness, GoesOnTheSameAfterAForkAndFromBytes) {
  const auto model = model_of_text(R"(tierworks: 1
time: {horizon: 3000 h}
sites:
  fab:
    dispatch: [priority, random]
    transport: uniform 5 min to 30 min
    work_centres: {bath: {}, furnace: {machines: 2}, implant: {setup: 20 min}}
    routings:
      wafer:
        operations:
          clean: {work_centre: bath, time: exponential 30 min, start_within: {oxide: 3 h, implant: 9 h}}
          oxide: {work_centre: furnace, time: exponential 4 h, batch: 2 to 4 lots, if_late: clean}
          implant: {work_centre: implant, time: exponential 20 min, setup: a, if_late: scrap}
    releases: {wafers: {routing: wafer, lots: poisson 20 / d}}
)");
  EXPECT_EQ(goes_on_alike(*model, core::Instant{41 * core::kDay.ticks}), "");
  const Ran ran = simulate_model(*model);
  EXPECT_GT(ran("rework"), 0.01);
  EXPECT_GT(ran("scrap_share"), 0.001);
}

TEST(DueDates, AreGivenByATrace) {
  // Two hours each: out at 2, 4, 6 and 8 h. The second is an hour late, the third has no due date.
  const Ran ran = simulate_beside("plan.csv", "time,quantity,due\n0 h,2,3 h\n4 h,1,\n5 h,1,20 h\n", R"(tierworks: 1
time: {horizon: 40 h}
sites:
  shop:
    dispatch: edd
    work_centres: {saw: {}}
    routings: {part: {operations: {cut: {work_centre: saw, time: 2 h}}}}
    releases: {parts: {routing: part, lots: plan.csv, due: given}}
)");
  EXPECT_DOUBLE_EQ(ran("tardiness"), 1.0 / 3);
  EXPECT_DOUBLE_EQ(ran("tardy_share"), 1.0 / 3);
  EXPECT_THAT(mistakes_of_text(shop("", "", "lots: every 4 h, due: given")),
              HasSubstr("got `due: given` without a trace that gives due dates"));
}

// A longest wait makes a queue a list, which is ranked by the same draws.
TEST(Rules, RandomIsTheSameInAList) {
  const auto cycle = [](const std::string& dispatch) {
    return simulate_text("tierworks: 1\ntime: {horizon: 100 h}\nsites:\n  shop:\n    dispatch: " + dispatch + R"(
    work_centres: {saw: {setup: 0 s}}
    routings: {a: {operations: {cut: {work_centre: saw, time: uniform 1 h to 6 h, setup: x}}, times_known: true}}
    releases: {lots: {routing: a, count: 12}}
)")("cycle_time");
  };
  EXPECT_EQ(cycle("[setup_avoidance max_wait 900 h, random]"), cycle("random"));
  EXPECT_NE(cycle("random"), cycle("fifo"));
}

}  // namespace
}  // namespace tierworks::factory
