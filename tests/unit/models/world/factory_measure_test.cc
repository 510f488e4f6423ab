// KPIs of a shop floor that compare its work centres.
#include "models/world/factory_measure.h"

#include <string>

#include <gtest/gtest.h>

#include "tests/support/simulate.h"

namespace tierworks::world {
namespace {

// Of 20 h the press works for 6 h and is set up for 6 h, and the mill works for 10 h; the oven works for 6 h of the 8 h of its
// shift. The desk works for 12 h, as long as the press is not free, but nobody waits there.
TEST(BottleneckRank, IsByTheTimeInWhichMachinesCanTakeNoLot) {
  const tests::Ran ran = tests::simulate_text(R"(tierworks: 1
time: {horizon: 20 h}
sites:
  shop:
    work_centres:
      desk: {}
      mill: {}
      press: {setup: 3 h}
      oven: {shifts: daily 00:00-08:00}
      store: {delay: true}
    routings:
      a: {operations: {pressing: {work_centre: press, time: 3 h, setup: red}}}
      b: {operations: {pressing: {work_centre: press, time: 3 h, setup: blue}}}
      c: {operations: {milling: {work_centre: mill, time: 10 h}}}
      d: {operations: {firing: {work_centre: oven, time: 6 h}}}
      e: {operations: {writing: {work_centre: desk, time: 12 h}, storing: {work_centre: store, time: 1 h}}}
    releases:
      a: {routing: a, count: 1}
      b: {routing: b, count: 1}
      c: {routing: c, count: 1}
      d: {routing: d, count: 1}
      e: {routing: e, count: 1}
)");
  const auto rank = [&](const std::string& name) { return ran("bottleneck_rank", "work_centre:shop/" + name); };
  EXPECT_EQ(rank("oven"), 1);   // 6 of 8 h
  EXPECT_EQ(rank("press"), 2);  // 12 of 20 h, and one lot waits
  EXPECT_EQ(rank("desk"), 3);   // likewise, and nobody waits
  EXPECT_EQ(rank("mill"), 4);   // 10 of 20 h
}

}  // namespace
}  // namespace tierworks::world
