// The work that a lot has before it, where its way branches or it is divided: for flow factors, due dates, rules and release.
#include <string>

#include <gmock/gmock.h>

#include "tests/support/simulate.h"

namespace tierworks::factory {
namespace {

using tests::Ran;
using tests::simulate_text;

// An hour of work; then to `then`, where `fix` takes 9 h.
Ran branching(const std::string& then, const std::string& fix, const std::string& site, const std::string& releases) {
  return simulate_text("tierworks: 1\ntime: {horizon: 100 h}\nsites:\n  shop:\n" + site + R"(
    work_centres: {mill: {machines: 5}, bench: {}}
    routings:
      part:
        operations:
          milling: {work_centre: mill, time: 1 h, then: )" +
                       then + R"(}
          fixing: {work_centre: bench, time: 9 h)" +
                       fix + R"(}
      long: {operations: {milling: {work_centre: mill, time: 3 h}}}
    releases: )" + releases);
}

TEST(ExpectedWork, LeavesOutWhatALotCannotComeTo) {
  const Ran run = branching("{leave: 100 %}", "", "", "{x: {routing: part, count: 1, due: 2 x work}}\n");
  EXPECT_DOUBLE_EQ(run("flow_factor"), 1);
  // Due after 2 h, and half an hour is too little.
  EXPECT_DOUBLE_EQ(run("tardiness"), 0);
  EXPECT_DOUBLE_EQ(
      branching("{leave: 100 %}", "", "", "{x: {routing: part, count: 1, due: 0.5 x work}}\n")("tardiness"), 0.5);
}

TEST(ExpectedWork, CountsByTheSharesUnderThen) {
  // 1 + 0.1 * 9.
  const Ran tenth = branching("{leave: 90 %}", "", "", "{x: {routing: part, count: 400, due: 1 x work}}\n");
  // Whoever leaves at once was released, milled and gone in the order of the machines: 1 to 80 h, five at a time.
  EXPECT_NEAR(branching("{leave: 90 %}", "", "", "{x: {routing: part, count: 1}}\n")("cycle_time") /
                  branching("{leave: 90 %}", "", "", "{x: {routing: part, count: 1}}\n")("flow_factor"),
              1.9, 1e-9);
  EXPECT_GT(tenth("tardy_share"), 0.9);
  // Ways back do not count, nor what brings a lot there again: 1 + 0.1 * 9, and the way from `fixing` back to `milling`.
  const Ran loop = branching("{fixing: 10 %, milling: 40 %, leave: 50 %}", ", then: {milling: 100 %}", "",
                             "{x: {routing: part, count: 1}}\n");
  EXPECT_NEAR(loop("cycle_time") / loop("flow_factor"), 1 + 0.1 / 0.6 * 9, 1e-9);
}

TEST(ExpectedWork, IsWhatTheShortestGoesBy) {
  // 1 + 0.05 * 9 = 1.45 h against 3 h, one machine: the part goes first.
  const Ran run = simulate_text(R"(
tierworks: 1
time: {horizon: 24 h}
sites:
  shop:
    dispatch: srpt
    work_centres: {mill: {}, bench: {}}
    routings:
      part:
        operations:
          milling: {work_centre: mill, time: 1 h, then: {fixing: 5 %, leave: 95 %}}
          fixing: {work_centre: bench, time: 9 h}
      long: {operations: {milling: {work_centre: mill, time: 3 h}}}
    releases: {a: {routing: long, count: 1}, b: {routing: part, count: 1}}
)");
  EXPECT_DOUBLE_EQ(run("cycle_time", "product:a"), 4);
}

TEST(ExpectedWork, IsWhatReleaseControlCounts) {
  // Five lots of an hour are let in at once.
  const Ran run = branching("{fixing: 0 %, leave: 100 %}", "", "    release_control: {rule: conwip, work: 5 h}\n",
                            "{x: {routing: part, count: 5}}\n");
  EXPECT_DOUBLE_EQ(run("makespan"), 1);
}

TEST(ExpectedWork, OfAPartIsThatOfItsPieces) {
  const auto shop = [](const std::string& join) {
    return simulate_text(R"(
tierworks: 1
time: {horizon: 24 h}
sites:
  shop:
    work_centres: {saw: {}, mill: {}, bench: {}}
    routings:
      part:
        operations:
          cutting: {work_centre: saw, time: 1 h, split: 2}
          milling: {work_centre: mill, time: 10 min, per: piece}
          packing: {work_centre: bench, time: 5 min, per: piece)" +
                         join + R"(}
    releases: {x: {routing: part, count: 1, pieces: 12}}
)");
  };
  // Cut by 1; milled by 2 and 3; packed by 2.5 and 3.5, each after 2.5 h of own work.
  EXPECT_DOUBLE_EQ(shop("")("flow_factor"), (2.5 + 3.5) / 2 / 2.5);
  // Together: packed from 3 to 4, after 1 h + 1 h + 1 h.
  EXPECT_DOUBLE_EQ(shop(", join: true")("flow_factor"), 4.0 / 3);
}

}  // namespace
}  // namespace tierworks::factory
