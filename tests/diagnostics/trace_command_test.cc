// `tierworks run --trace` and `tierworks explain` as their users meet them: two lots at one machine that breaks down once.
#include <fstream>

#include <nlohmann/json.hpp>

#include "tests/diagnostics/command.h"

namespace tierworks::tests {
namespace {

using nlohmann::json;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

// Set up 0 to 1 h; the first lot 1 to 4 h, down 3 to 4 h in the midst of it, done at 5 h; the second lot 5 to 8 h.
class TraceCommand : public Command {
 protected:
  void SetUp() override {
    Command::SetUp();
    std::ofstream("floor.yaml") << R"(tierworks: 1
time: {horizon: 10 h}
run: {replications: 1}
sites:
  floor:
    work_centres: {mill: {setup: 1 h, breakdown: every 3 h for 1 h}}
    routings: {part: {operations: {milling: {work_centre: mill, time: 3 h, setup: steel}}}}
    releases: {parts: {routing: part, count: 2, due: 6 h}}
)";
  }
};

TEST_F(TraceCommand, WritesWhatMachinesDoAndLotsWaitFor) {
  ASSERT_EQ(run({"run", "floor.yaml", "--quiet", "--trace", "floor.csv"}).code, kDone);
  EXPECT_EQ(content("floor.csv"),
            "what,site,work_centre,machine,lot,product,operation,from_h,until_h\n"
            "setup,floor,mill,1,parts/1,parts,milling,0,1\n"
            "operation,floor,mill,1,parts/1,parts,milling,1,3\n"
            "down,floor,mill,1,parts/1,parts,milling,3,4\n"
            "operation,floor,mill,1,parts/1,parts,milling,4,5\n"
            "wait,floor,mill,,parts/2,parts,milling,0,5\n"
            "operation,floor,mill,1,parts/2,parts,milling,5,7\n"
            "down,floor,mill,1,parts/2,parts,milling,7,8\n"
            "operation,floor,mill,1,parts/2,parts,milling,8,9\n");
}

TEST_F(TraceCommand, ShowsAWindow) {
  ASSERT_EQ(run({"run", "floor.yaml", "--quiet", "--trace", "w.csv", "--trace-from", "8 h", "--trace-to", "9 h"}).code,
            kDone);
  EXPECT_EQ(content("w.csv"),
            "what,site,work_centre,machine,lot,product,operation,from_h,until_h\n"
            "operation,floor,mill,1,parts/2,parts,milling,8,9\n");
}

TEST_F(TraceCommand, WritesEventsForAViewer) {
  ASSERT_EQ(run({"run", "floor.yaml", "--quiet", "--trace", "floor.json"}).code, kDone);
  const json trace = json::parse(content("floor.json"), nullptr, false);
  ASSERT_FALSE(trace.is_discarded());
  std::int64_t worked = 0;  // microseconds
  for (const json& event : trace.at("traceEvents")) {
    if (event.at("ph") == "X" && event.at("cat") == "operation") worked += event.at("dur").get<std::int64_t>();
  }
  EXPECT_EQ(worked, std::int64_t{6} * 3600 * 1000000);
}

TEST_F(TraceCommand, RefusesWhatMakesNoSense) {
  refused({"run", "floor.yaml", "--trace", "x.csv", "--trace-from", "2 h", "--trace-to", "1 h"},
          HasSubstr("--trace-to: is not after --trace-from"));
  refused({"run", "floor.yaml", "--trace", "x.csv", "--partitions", "2"}, HasSubstr("expected no --partitions"));
  refused({"run", "shop.yaml", "--trace", "x.csv"}, HasSubstr("expected a site with `work_centres`"));
  refused({"run", "floor.yaml", "--trace", "no/where/x.csv"}, HasSubstr("cannot be written"));
}

TEST_F(TraceCommand, ExplainsWhyALotWasLate) {
  const Ended ended = run({"explain", "floor.yaml", "parts/2"});
  ASSERT_EQ(ended.code, kDone) << ended.err;
  EXPECT_THAT(
      ended.out,
      StartsWith("Lot parts/2: released at 0.00 h, finished at 9.00 h, after 9.00 h; due at 6.00 h, so 3.00 h late"));
  // It waited 5 h: for 3 h of work on the other lot, 1 h of set-up, 1 h of repair.
  EXPECT_THAT(ended.out, HasSubstr("because of other lots 3.00 h, machines down 1.00 h, set-ups 1.00 h"));
  EXPECT_THAT(ended.out, HasSubstr("In all: waits 5.00 h, operation 3.00 h, down 1.00 h"));
}

TEST_F(TraceCommand, ExplainsWhichComponentALotWaitedFor) {
  std::ofstream("pumps.yaml") << R"(tierworks: 1
time: {horizon: 40 h}
run: {replications: 1}
sites:
  shop:
    work_centres: {welder: {}, winder: {}, bench: {}}
    routings:
      frame: {operations: {welding: {work_centre: welder, time: 3 h}}}
      motor: {operations: {winding: {work_centre: winder, time: 2 h}}}
      pump: {operations: {assembly: {work_centre: bench, time: 1 h, assemble: {frame: 1, motor: 2}}}}
    releases: {pumps: {routing: pump, count: 1}, frames: {routing: frame, count: 1}, motors: {routing: motor, count: 2}}
)";
  const Ended ended = run({"explain", "pumps.yaml", "pumps/1"});
  ASSERT_EQ(ended.code, kDone) << ended.err;
  EXPECT_THAT(ended.out,
              HasSubstr("for what is built in: motors/2 done at 4.00 h, frames/1 done at 3.00 h, motors/1 done "
                        "at 2.00 h"));
  EXPECT_THAT(ended.out, HasSubstr("Waits by cause: what is built in 4.00 h"));
}

// The machine stands at the warm-up's end as it did before: what began in the warm-up is told from its beginning.
TEST_F(TraceCommand, TellsWhatBeganBeforeTheEndOfTheWarmUp) {
  for (const int minutes : {30, 120, 210, 270}) {
    std::string text = content("floor.yaml");
    const std::string time = "horizon: 10 h";
    text.replace(text.find(time), time.size(),
                 "warm_up: " + std::to_string(minutes) + " min, horizon: " + std::to_string(600 - minutes) + " min");
    std::ofstream("warm.yaml") << text;
    ASSERT_EQ(run({"run", "floor.yaml", "--quiet", "--trace", "floor.csv"}).code, kDone);
    ASSERT_EQ(run({"run", "warm.yaml", "--quiet", "--trace", "warm.csv"}).code, kDone);
    EXPECT_EQ(content("warm.csv"), content("floor.csv")) << minutes;
    EXPECT_EQ(run({"explain", "warm.yaml", "parts/1"}).out, run({"explain", "floor.yaml", "parts/1"}).out) << minutes;
  }
}

TEST_F(TraceCommand, ExplainsNoLotThatIsNotThere) {
  refused({"explain", "floor.yaml", "part/2"},
          AllOf(HasSubstr("did you mean \"parts\""), HasSubstr("a number from 1 on, as parts/17")));
  refused({"explain", "floor.yaml", "parts/0"}, HasSubstr("a number from 1 on"));
  refused({"explain", "floor.yaml", "parts/3"}, HasSubstr("was not released before the end"));
  refused({"explain", "shop.yaml", "parts/3"}, HasSubstr("there are no lots"));
}

}  // namespace
}  // namespace tierworks::tests
