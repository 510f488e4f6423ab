// Operators whose machine pauses, breaks, or is set up beside it, by hours that can be followed by hand. That nobody is lost is
// recounted at the end of each run.
#include <string>

#include <gmock/gmock.h>

#include "models/world/simulate.h"
#include "tests/support/simulate.h"

namespace tierworks::factory {
namespace {

using tests::model_of_text;
using tests::Ran;
using tests::simulate_text;

std::string shop(const std::string& horizon, const std::string& body) {
  return "tierworks: 1\ntime: {horizon: " + horizon + "}\nsites:\n  shop:\n" + body;
}

TEST(WhoIsAtWork, RepairsWhatBreaksThen) {
  // Down from 5 to 6 and from 11 to 12; six lots of 2 h are done by 14.
  const char* const rest = R"(
    routings: {part: {operations: {work: {work_centre: mill, time: 2 h, operator: hand}}}}
    releases: {parts: {routing: part, count: 6}}
)";
  const Ran one = simulate_text(shop("48 h", std::string(R"(
    operators: {hand: 1}
    work_centres: {mill: {breakdown: every 5 h busy for 1 h, repair_operator: hand}})") +
                                                 rest));
  EXPECT_DOUBLE_EQ(one("makespan"), 14);
  EXPECT_DOUBLE_EQ(one("down", "work_centre:shop/mill"), 2.0 / 48);
  EXPECT_DOUBLE_EQ(one("operator_use", "operator:shop/hand"), 14.0 / 48);
  // Two machines with one each: 6 h of work each, one breakdown each.
  const Ran two = simulate_text(shop("48 h", std::string(R"(
    operators: {hand: 2}
    work_centres: {mill: {machines: 2, breakdown: every 5 h busy for 1 h, repair_operator: hand}})") +
                                                 rest));
  EXPECT_DOUBLE_EQ(two("makespan"), 7);
}

TEST(ABreakdown, ComesAfterWhatIsDoneAtThatInstant) {
  for (const char* kind : {"every 4 h for 3 h", "every 4 h busy for 3 h"}) {
    const Ran run = simulate_text(shop("24 h", std::string("    work_centres: {mill: {breakdown: ") + kind + R"(}}
    routings: {part: {operations: {work: {work_centre: mill, time: 4 h}}}}
    releases: {parts: {routing: part, count: 1}}
)"));
    EXPECT_DOUBLE_EQ(run("cycle_time"), 4) << kind;
  }
}

TEST(OperatorUse, IsOfTheTimeInWhichTheyAreThere) {
  // Monday to Friday, 40 h of work in 40 h.
  const std::string body = R"(
    operators: {hand: 1}
    operator_shifts: {hand: mon-fri 06:00-14:00}
    work_centres: {mill: {shifts: mon-fri 06:00-14:00}}
    routings: {part: {operations: {work: {work_centre: mill, time: 2 h, operator: hand}}}}
    releases: {parts: {routing: part, count: 20}}
)";
  const Ran run = simulate_text(shop("5 d", body));
  EXPECT_DOUBLE_EQ(run("operator_use", "operator:shop/hand"), 1);
  EXPECT_DOUBLE_EQ(run("utilisation", "work_centre:shop/mill"), 1);
  EXPECT_DOUBLE_EQ(run("busy", "work_centre:shop/mill"), 40.0 / 120);
  // And after two days of warm-up.
  EXPECT_DOUBLE_EQ(simulate_text(shop("3 d, warm_up: 2 d", body))("operator_use", "operator:shop/hand"), 1);
}

// From 6 to 14; the first machine's lot takes 10 h, and the second one's lot comes at 13.
std::string two_machines(const std::string& more = "") {
  return shop("48 h", R"(
    operators: {hand: 1}
    operator_shifts: {hand: daily 06:00-14:00}
    work_centres: {mill: {shifts: daily 06:00-14:00, at_shift_end: pause}, saw: {}}
    routings:
      long: {operations: {milling: {work_centre: mill, time: 10 h, operator: hand}}}
      short: {operations: {sawing: {work_centre: saw, time: 1 h, operator: hand}}}
    releases: {long: {routing: long, count: 1}, short: {routing: short, count: 1, from: 13 h}}
)" + more);
}

TEST(WhoIsAtWork, GoesHomeWhileTheMachinePauses) {
  // 6 to 14 and 30 to 32, before anything else is begun; 32 to 33.
  const Ran run = simulate_text(two_machines());
  EXPECT_DOUBLE_EQ(run("cycle_time", "product:long"), 32);
  EXPECT_DOUBLE_EQ(run("cycle_time", "product:short"), 33 - 13);
  EXPECT_DOUBLE_EQ(run("operator_use", "operator:shop/hand"), 11.0 / 16);
}

TEST(WhoIsAtWork, DoesOtherWorkWhileTheMachinePauses) {
  // The mill works from 6 to 10: 4 h of 6 h. The saw has the operator from 11 to 12, and from 29 to 32 when the mill could go on at 30.
  const Ran run = simulate_text(shop("48 h", R"(
    operators: {hand: 1}
    work_centres: {mill: {shifts: daily 06:00-10:00, at_shift_end: pause}, saw: {}}
    routings:
      long: {operations: {milling: {work_centre: mill, time: 6 h, operator: hand, tool: jig}}}
      short: {operations: {sawing: {work_centre: saw, time: 1 h, operator: hand}}}
      other: {operations: {sawing: {work_centre: saw, time: 3 h, operator: hand}}}
      jigged: {operations: {sawing: {work_centre: saw, time: 1 h, tool: jig}}}
    tools: {jig: 1}
    releases:
      long: {routing: long, count: 1}
      short: {routing: short, count: 1, from: 11 h}
      other: {routing: other, count: 1, from: 29 h}
      jigged: {routing: jigged, count: 1, from: 15 h}
)"));
  EXPECT_DOUBLE_EQ(run("cycle_time", "product:short"), 1);
  EXPECT_DOUBLE_EQ(run("cycle_time", "product:other"), 3);
  // 32 to 34; its jig stays in the machine all the while.
  EXPECT_DOUBLE_EQ(run("cycle_time", "product:long"), 34);
  EXPECT_DOUBLE_EQ(run("cycle_time", "product:jigged"), 34 - 15 + 1);
  EXPECT_DOUBLE_EQ(run("off", "work_centre:shop/mill"), (6 + 20 + 2 + 14) / 48.0);
  EXPECT_DOUBLE_EQ(run("operator_use", "operator:shop/hand"), (4 + 1 + 3 + 2) / 48.0);
}

TEST(WhoIsAtWork, IsNotLostWithWhatTheMachineHad) {
  // The lot is lost at 20, while all are at home: the operator is free, the machine is, and both begin anew at 30.
  const Ran run =
      simulate_text(two_machines("disruptions: {fire: {hits: line shop/mill, capacity: 100 %, lost: {work_in_process: "
                                 "100 %}, at: 20 h, for: 1 h}}\n"));
  EXPECT_DOUBLE_EQ(run("cycle_time", "product:short"), 31 - 13);
  EXPECT_DOUBLE_EQ(run("lots", "product:long"), 0);
}

TEST(WhoIsAtWork, GoesOnFromAForkAndFromBytes) {
  const auto model = model_of_text(two_machines());
  const std::uint64_t whole = world::Simulation(*model).run(3, 1).fingerprint;
  for (const std::int64_t hour : {7, 14, 20, 30, 31}) {
    world::Simulation first(*model), later(*model);
    first.start(3, 1);
    first.run_to(core::Instant{0} + core::Duration{hour * core::kHour.ticks});
    EXPECT_TRUE(later.from_bytes(first.to_bytes()));
    EXPECT_EQ(later.finish().fingerprint, whole) << hour;
  }
}

TEST(ASetup, NeedsNobodyOnceAllOfItIsPreparedBesideTheMachine) {
  // The setter is at the other machine from 2 to 6; what waited from 0 to 3 is set up by then, and begins at 3.
  const Ran run = simulate_text(shop("24 h", R"(
    operators: {setter: 1}
    work_centres: {mill: {setup: 1 h, setup_operator: setter, setup_external: 100 %}, saw: {setup: 4 h, setup_operator: setter}}
    routings:
      red: {operations: {milling: {work_centre: mill, time: 2 h, setup: red}}}
      blue: {operations: {milling: {work_centre: mill, time: 2 h, setup: blue}}}
      sawn: {operations: {sawing: {work_centre: saw, time: 2 h, setup: any}}}
    releases: {a: {routing: red, count: 1}, b: {routing: blue, count: 1}, c: {routing: sawn, count: 1, from: 2 h}}
)"));
  EXPECT_DOUBLE_EQ(run("cycle_time", "product:a"), 3);
  EXPECT_DOUBLE_EQ(run("cycle_time", "product:b"), 5);
  EXPECT_DOUBLE_EQ(run("cycle_time", "product:c"), 6);
}

}  // namespace
}  // namespace tierworks::factory
