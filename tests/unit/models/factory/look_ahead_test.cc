// Batches that wait for lots that are known to come, by hours that can be followed by hand: q lots wait, n come in u, T is the time
// of a batch, and it waits if q u < n (T - u).
#include "models/factory/look_ahead.h"

#include <string>

#include <gmock/gmock.h>

#include "tests/support/simulate.h"

namespace tierworks::factory {
namespace {

using testing::HasSubstr;
using tests::goes_on_alike;
using tests::mistakes_of_text;
using tests::model_of_text;
using tests::simulate_text;

// Lots are washed and then fired for 4 h in an oven that holds three.
std::string shop(const std::string& batch, const std::string& washing,
                 const std::string& releases = "wafers: {routing: wafer, count: 2}", const std::string& more = "") {
  const std::string firing = "firing: {work_centre: oven, time: 4 h, family: any, batch: " + batch + "}";
  return R"(tierworks: 1
time: {horizon: 100 h}
sites:
  fab:
    work_centres: {bath: {}, other: {}, oven: {}}
    routings:
      wafer: {operations: {washing: {work_centre: bath, )" +
         washing + "}, " + firing + "}}\n" + "      late: {operations: {rinsing: {work_centre: other, " +
         (more.empty() ? "time: 9 h" : more) + "}, " + firing + "}}\n    releases: {" + releases + "}\n";
}

TEST(LookAhead, WaitsIfThatSparesMoreThanItCosts) {
  // The first lot comes at 1 h; 1 x 1 h < 4 - 1 h: both are fired from 2 to 6 h, instead of one from 1 and one from 5 h.
  EXPECT_DOUBLE_EQ(simulate_text(shop("1 to 3 lots look_ahead", "time: 1 h"))("makespan"), 6);
  EXPECT_DOUBLE_EQ(simulate_text(shop("1 to 3 lots", "time: 1 h"))("makespan"), 9);
}

TEST(LookAhead, DoesNotWaitIfItCostsMore) {
  // 1 x 2.5 h > 4 - 2.5 h: fired from 2.5 h to 6.5 h and to 10.5 h; at 2 h each they would be equal, and it does not wait either.
  EXPECT_DOUBLE_EQ(simulate_text(shop("1 to 3 lots look_ahead", "time: 2.5 h"))("makespan"), 10.5);
  EXPECT_DOUBLE_EQ(simulate_text(shop("1 to 3 lots look_ahead", "time: 2 h"))("makespan"), 10);
  EXPECT_DOUBLE_EQ(simulate_text(shop("1 to 3 lots look_ahead", "time: 119 min"))("makespan"), 2 * 119 / 60.0 + 4);
}

TEST(LookAhead, CountsWhoWaitsAndWhoComes) {
  // Two lots come at 1 h, a third one u later: 2 u < 4 - u below u = 4/3 h.
  const auto third_after = [](const std::string& rinsing) {
    return simulate_text(shop("1 to 3 lots look_ahead", "time: 1 h, batch: 2 lots",
                              "wafers: {routing: wafer, count: 2}, late: {routing: late, count: 1}",
                              "time: " + rinsing))("makespan");
  };
  EXPECT_DOUBLE_EQ(third_after("140 min"), 9);
  EXPECT_DOUBLE_EQ(third_after("138 min"), 138 / 60.0 + 4);
  // One comes at 1 h, two together 2 h later: 1 x 2 h < 2 x (4 - 2 h). Of one alone it would not be less.
  const auto late = [](const std::string& rinsing, const std::string& count) {
    return simulate_text(shop("1 to 3 lots look_ahead", "time: 1 h",
                              "wafers: {routing: wafer, count: 1}, late: {routing: late, count: " + count + "}",
                              rinsing))("makespan");
  };
  EXPECT_DOUBLE_EQ(late("time: 3 h, batch: 2 lots", "2"), 3 + 4);
  EXPECT_DOUBLE_EQ(late("time: 3 h", "1"), 5 + 4);
}

TEST(LookAhead, EndsWithTheLongestWaitAndAFullBatch) {
  // No longer than half an hour: from 1.5 h to 5.5 h, and the second one to 9.5 h.
  EXPECT_DOUBLE_EQ(simulate_text(shop("1 to 3 lots wait 30 min look_ahead", "time: 1 h"))("makespan"), 9.5);
  EXPECT_DOUBLE_EQ(simulate_text(shop("1 lots look_ahead", "time: 1 h"))("makespan"), 9);
}

TEST(LookAhead, GoesOnAlikeFromAForkAndFromBytes) {
  const std::string releases =
      "wafers: {routing: wafer, lots: every exponential 3 h}, late: {routing: late, lots: every 4 h}";
  std::string text =
      shop("1 to 3 lots wait 3 h look_ahead", "time: exponential 2 h", releases, "time: uniform 1 h to 5 h");
  text.replace(text.find("100 h"), 5, "90 d");
  text.replace(text.find("bath: {}"), 8, "bath: {machines: 2, breakdown: every exponential 30 h for exponential 3 h}");
  EXPECT_EQ(goes_on_alike(*model_of_text(text), core::Instant{0} + core::kDay * 41), "");
}

TEST(LookAhead, NeedsSomebodyToCome) {
  EXPECT_THAT(mistakes_of_text(R"(tierworks: 1
time: {horizon: 100 h}
sites:
  fab:
    work_centres: {oven: {}}
    routings: {wafer: {operations: {firing: {work_centre: oven, time: 4 h, batch: 1 to 3 lots look_ahead}}}}
    releases: {wafers: {routing: wafer, count: 2}}
)"),
              HasSubstr("firing.batch: got `look_ahead`, but no machine does an operation before this one"));
}

}  // namespace
}  // namespace tierworks::factory
