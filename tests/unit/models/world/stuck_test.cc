// Shop floors on which nothing moves: who is told of, and who is not.
#include "models/world/stuck.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>

#include "models/world/simulate.h"
#include "tests/support/simulate.h"

namespace tierworks::world {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> notes_of(const std::string& yaml) {
  const auto model = tests::model_of_text(yaml);
  return stuck_floors(*model, kpi_rows(*model), tests::simulate_model(*model).result.values);
}

std::string conwip(const std::string& horizon, const std::string& work) {
  return "tierworks: 1\ntime: {horizon: " + horizon + R"(}
sites:
  shop:
    release_control: {rule: conwip, work: )" +
         work + R"(}
    work_centres: {saw: {}, oven: {}}
    routings:
      part:
        operations:
          cut: {work_centre: saw, time: 1 h}
          bake: {work_centre: oven, time: 1 h, batch: 4 to 6 lots}
    releases: {parts: {routing: part, count: 10}}
)";
}

// Lots of 2 h under a limit of 3 h: one at a time, which waits from 1 h on for three more. Of 100 h it waits 99.
TEST(AShopFloorThatIsStuck, IsToldOfWithWhatToLookAt) {
  EXPECT_THAT(notes_of(conwip("100 h", "3 h")),
              ElementsAre("work centre shop/oven: no operation was started in the measured time, and on average 0.99 "
                          "lots waited; look at whether enough lots for the least `batch` ever come together",
                          "site shop: no lot was finished in the measured time, and on average 1 were in the factory "
                          "and 9 waited to be let in; look at the limits of `release_control`, the work centres that "
                          "started nothing"));
  EXPECT_THAT(notes_of(conwip("100 h", "8 h")), IsEmpty());  // four at once
}

// A lot needs 2 h: what does not leave in three times as long may still be on its way.
TEST(AShopFloorThatIsStuck, IsNotToldOfWhenTheRunIsShort) {
  EXPECT_THAT(notes_of(conwip("6 h", "3 h")), IsEmpty());
  EXPECT_THAT(notes_of(conwip("7 h", "3 h")), testing::SizeIs(2));
}

TEST(AShopFloorThatIsStuck, IsOneWhosePeopleAreThereWhenItsMachinesAreNot) {
  EXPECT_THAT(notes_of(R"(tierworks: 1
time: {horizon: 200 h}
sites:
  shop:
    operators: {smith: 1}
    operator_shifts: {smith: daily 06:00-14:00}
    work_centres: {mill: {shifts: daily 14:00-22:00}, saw: {}}
    routings:
      part: {operations: {milling: {work_centre: mill, time: 1 h, operator: smith}}}
      rod: {operations: {sawing: {work_centre: saw, time: 1 h}}}
    releases: {parts: {routing: part, count: 10}, rods: {routing: rod, count: 1}}
)"),
              ElementsAre("work centre shop/mill: no operation was started in the measured time, and on average 10 "
                          "lots waited; look at whether the shifts of its operators, or tools, meet its own"));
}

TEST(AShopFloorThatIsStuck, IsOneWhoseLotsAreAlwaysTooLate) {
  EXPECT_THAT(notes_of(R"(tierworks: 1
time: {horizon: 24 h}
sites:
  shop:
    transport: 30 min
    work_centres: {a: {}, b: {}}
    routings:
      r:
        operations:
          one: {work_centre: a, time: 1 h, start_within: {two: 10 min}}
          two: {work_centre: b, time: 1 h, if_late: one}
    releases: {x: {routing: r, count: 2}}
)"),
              ElementsAre("site shop: no lot was finished in the measured time, and on average 2 were in the factory; "
                          "look at `if_late`, which may send lots back, or scrap them, each time"));
}

}  // namespace
}  // namespace tierworks::world
