// What dispatching sees of other work centres within an instant, by hours that can be followed by hand.
#include "models/factory/dispatch.h"

#include <string>

#include <gtest/gtest.h>

#include "tests/support/simulate.h"

namespace tierworks::factory {
namespace {

using tests::simulate_text;

// At 4 h a lot is done at `gate`, where two others wait for an hour's work: one goes on to `left`, where a lot of `waiting` stands
// in the queue and one is in work until 4 h, the other one to `right`, where 4 h of work wait and a lot is in work until 10 h.
double left_queue(const std::string& waiting, const std::string& first, const std::string& second) {
  return simulate_text(R"(tierworks: 1
time: {horizon: 6 h}
sites:
  shop:
    work_centres: {gate: {dispatch: winq}, left: {}, right: {}}
    routings:
      at_gate: {operations: {a: {work_centre: gate, time: 4 h}}}
      at_left: {operations: {a: {work_centre: left, time: 4 h}}}
      at_right: {operations: {a: {work_centre: right, time: 10 h}}}
      more_left: {operations: {a: {work_centre: left, time: )" +
                       waiting + R"(}}}
      more_right: {operations: {a: {work_centre: right, time: 4 h}}}
      to_left: {operations: {a: {work_centre: gate, time: 1 h}, b: {work_centre: left, time: 1 h}}}
      to_right: {operations: {a: {work_centre: gate, time: 1 h}, b: {work_centre: right, time: 1 h}}}
    releases:
      )" + first + ": {routing: " +
                       first + ", count: 1}\n      " + second + ": {routing: " + second + R"(, count: 1}
      at_right: {routing: at_right, count: 1}
      more_left: {routing: more_left, count: 1, from: 1 h}
      more_right: {routing: more_right, count: 1, from: 1 h}
      to_right: {routing: to_right, count: 1, from: 2 h}
      to_left: {routing: to_left, count: 1, from: 3 h}
)")("queue_length", "work_centre:shop/left") *
         6;
}

TEST(WorkInNextQueue, IsWhatWaitsThereWhenTheWorkCentreChooses) {
  // One waits at `left` from 1 to 4 h. If the gate chooses first, it sees 5 h there and 4 h at `right`: the lot for `left` comes
  // at 6 h.
  EXPECT_NEAR(left_queue("5 h", "at_gate", "at_left"), 3, 1e-9);
  // If `left` chooses first, nothing waits there any more: its lot goes first, and waits from 5 to 6 h.
  EXPECT_NEAR(left_queue("5 h", "at_left", "at_gate"), 4, 1e-9);
  // What is in work does not count: 3 h and 4 h wait.
  EXPECT_NEAR(left_queue("3 h", "at_gate", "at_left"), 4, 1e-9);
}

}  // namespace
}  // namespace tierworks::factory
