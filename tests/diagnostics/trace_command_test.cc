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

// Sawn 0 to 1, 1 to 2 and 4 to 5 h, milled 1 to 4, 4 to 7 and 7 to 10 h: the saw keeps the second lot from 2 to 4 h.
TEST_F(TraceCommand, TellsOfLotsThatAreBlocked) {
  std::ofstream("room.yaml") << R"(tierworks: 1
time: {horizon: 20 h}
run: {replications: 1}
sites:
  shop:
    work_centres: {saw: {}, mill: {buffer: 0}}
    routings:
      part: {operations: {sawing: {work_centre: saw, time: 1 h}, milling: {work_centre: mill, time: 3 h}}}
    releases: {parts: {routing: part, count: 3}}
)";
  const Ended ended = run({"explain", "room.yaml", "parts/2"});
  ASSERT_EQ(ended.code, kDone) << ended.err;
  EXPECT_THAT(ended.out, HasSubstr("      2.00 h      2.00 h  blocked     saw/1 (no room at mill for milling)\n"));
  EXPECT_THAT(ended.out, HasSubstr("In all: waits 1.00 h, operation 4.00 h, blocked 2.00 h\n"));
  ASSERT_EQ(run({"run", "room.yaml", "--quiet", "--trace", "room.csv"}).code, kDone);
  EXPECT_THAT(content("room.csv"), HasSubstr("\nblocked,shop,saw,1,parts/2,parts,milling,2,4\n"));
}

// Cut 0 to 1 h; the first half is milled 1 to 2 h, the second 2 to 3 h; packed together 3 to 4 h.
TEST_F(TraceCommand, ExplainsPartsThatWaitForEachOther) {
  std::ofstream("halves.yaml") << R"(tierworks: 1
time: {horizon: 20 h}
run: {replications: 1}
sites:
  shop:
    work_centres: {saw: {}, mill: {}, bench: {}}
    routings:
      job:
        operations:
          cutting: {work_centre: saw, time: 1 h, split: 2}
          milling: {work_centre: mill, time: 1 h}
          packing: {work_centre: bench, time: 1 h, join: true}
    releases: {jobs: {routing: job, count: 1, pieces: 2}}
)";
  const Ended whole = run({"explain", "halves.yaml", "jobs/1"});
  ASSERT_EQ(whole.code, kDone) << whole.err;
  EXPECT_THAT(whole.out, HasSubstr("for the other parts of its lot: jobs/1#2 there at 3.00 h\n"));
  EXPECT_THAT(whole.out, HasSubstr("In all: waits 1.00 h, operation 3.00 h\n"
                                   "Waits by cause: other parts of its lot 1.00 h\n"));
  const Ended part = run({"explain", "halves.yaml", "jobs/1#2"});
  ASSERT_EQ(part.code, kDone) << part.err;
  EXPECT_THAT(part.out, StartsWith("Lot jobs/1#2: divided from jobs/1 at 1.00 h, put together with it at 3.00 h, after "
                                   "2.00 h\n"));
  EXPECT_THAT(part.out, HasSubstr("In all: waits 1.00 h, operation 1.00 h\n"));
  ASSERT_EQ(run({"run", "halves.yaml", "--quiet", "--trace", "halves.csv"}).code, kDone);
  EXPECT_THAT(content("halves.csv"), HasSubstr("\nwait,shop,bench,,jobs/1,jobs,packing,2,3\n"));
  refused({"explain", "halves.yaml", "jobs/1#3"}, HasSubstr("there were jobs/1, jobs/1#2, for example"));
  refused({"explain", "halves.yaml", "jobs/1#0"}, HasSubstr("a number from 1 on"));
}

// The second half would be milled from 2 h on, but has to begin by 1.5 h; the first one goes on alone.
TEST_F(TraceCommand, ExplainsAPartThatIsLost) {
  std::ofstream("halves.yaml") << R"(tierworks: 1
time: {horizon: 20 h}
run: {replications: 1}
sites:
  shop:
    work_centres: {saw: {}, mill: {}, bench: {}}
    routings:
      job:
        operations:
          cutting: {work_centre: saw, time: 1 h, split: 2, start_within: {milling: 30 min}}
          milling: {work_centre: mill, time: 1 h, if_late: scrap}
          packing: {work_centre: bench, time: 1 h, join: true}
    releases: {jobs: {routing: job, count: 1, pieces: 2}}
)";
  const Ended part = run({"explain", "halves.yaml", "jobs/1#2"});
  ASSERT_EQ(part.code, kDone) << part.err;
  EXPECT_THAT(part.out, StartsWith("Lot jobs/1#2: divided from jobs/1 at 1.00 h, lost at 1.50 h, after 0.50 h\n"));
  EXPECT_THAT(part.out, HasSubstr("Waits by cause: other lots 0.50 h\n"));
  const Ended whole = run({"explain", "halves.yaml", "jobs/1"});
  ASSERT_EQ(whole.code, kDone) << whole.err;
  EXPECT_THAT(whole.out, StartsWith("Lot jobs/1: released at 0.00 h, finished at 3.00 h, after 3.00 h\n"));
  EXPECT_THAT(whole.out, HasSubstr("In all: waits 0.00 h, operation 3.00 h\n"));
}

TEST_F(TraceCommand, ExplainsALotThatIsStillThereAtTheEnd) {
  const Ended waits = run({"explain", "floor.yaml", "parts/2", "--horizon", "4 h"});
  ASSERT_EQ(waits.code, kDone) << waits.err;
  EXPECT_THAT(waits.out, StartsWith("Lot parts/2: released at 0.00 h, still in the factory (waits at mill) at 4.00 h, "
                                    "after 4.00 h; due at 6.00 h\n"));
  EXPECT_THAT(waits.out, HasSubstr("because of other lots 2.00 h, machines down 1.00 h, set-ups 1.00 h\n"));
  const Ended works = run({"explain", "floor.yaml", "parts/2", "--horizon", "6.5 h"});
  ASSERT_EQ(works.code, kDone) << works.err;
  EXPECT_THAT(works.out,
              StartsWith("Lot parts/2: released at 0.00 h, still in the factory (at mill/1) at 6.50 h, after "
                         "6.50 h; due at 6.00 h, so 0.50 h late already\n"));
  EXPECT_THAT(works.out, HasSubstr("In all: waits 5.00 h, operation 1.50 h\n"));
}

// One lot inside at a time: the second is let in at 2 h, the third at 4 h.
TEST_F(TraceCommand, ExplainsTimeBeforeReleaseControl) {
  std::ofstream("pool.yaml") << R"(tierworks: 1
time: {horizon: 5 h}
run: {replications: 1}
sites:
  shop:
    release_control: {rule: conwip, lots: 1}
    work_centres: {mill: {}}
    routings: {part: {operations: {milling: {work_centre: mill, time: 2 h}}}}
    releases: {parts: {routing: part, count: 4, due: 3 h}}
)";
  const Ended ended = run({"explain", "pool.yaml", "parts/2"});
  ASSERT_EQ(ended.code, kDone) << ended.err;
  EXPECT_THAT(ended.out, StartsWith("Lot parts/2: released at 2.00 h, finished at 4.00 h, after 2.00 h; due at 3.00 h, "
                                    "so 1.00 h late\n\n"
                                    "      0.00 h      2.00 h  before release control lets it in\n"));
  EXPECT_THAT(ended.out, HasSubstr("In all: before release control 2.00 h, waits 0.00 h, operation 2.00 h\n"
                                   "Waits by cause: before release control 2.00 h\n"));
  const Ended outside = run({"explain", "pool.yaml", "parts/4"});
  EXPECT_THAT(outside.out, StartsWith("Lot parts/4: there at 0.00 h, still in the factory (before release control) at "
                                      "5.00 h, after 5.00 h; due at 3.00 h, so 2.00 h late already\n"));
  ASSERT_EQ(run({"run", "pool.yaml", "--quiet", "--trace", "pool.csv"}).code, kDone);
  EXPECT_THAT(content("pool.csv"), HasSubstr("\npool,shop,mill,,parts/2,parts,milling,0,2\n"));
}

TEST_F(TraceCommand, TellsWhyIdleMachinesDoNotStartALot) {
  const auto causes = [&](const std::string& site, const std::string& lot) {
    std::ofstream("idle.yaml") << "tierworks: 1\ntime: {horizon: 20 h}\nrun: {replications: 1}\nsites:\n  shop:\n"
                               << site;
    const Ended ended = run({"explain", "idle.yaml", lot});
    EXPECT_EQ(ended.code, kDone) << ended.err;
    const std::size_t at = ended.out.find("Waits by cause: ");
    return at == std::string::npos ? ended.out : ended.out.substr(at);
  };
  // A batch is of two lots, and the second one comes at 1 h.
  EXPECT_EQ(causes(R"(    work_centres: {oven: {}}
    routings: {part: {operations: {baking: {work_centre: oven, time: 4 h, batch: 2 lots}}}}
    releases: {first: {routing: part, count: 1}, second: {routing: part, count: 1, from: 1 h}}
)",
                   "first/1"),
            "Waits by cause: a batch to fill 1.00 h\n");
  // One of the two mills works, the other one wants a worker: each counts half.
  EXPECT_EQ(causes(R"(    operators: {worker: 1}
    work_centres: {mill: {machines: 2}}
    routings: {part: {operations: {milling: {work_centre: mill, time: 4 h, operator: worker}}}}
    releases: {parts: {routing: part, count: 2}}
)",
                   "parts/2"),
            "Waits by cause: other lots 2.00 h, people or tools 2.00 h\n");
  // The hot lot comes to the mill at 2 h and goes at 3 h.
  EXPECT_EQ(causes(R"(    dispatch: [priority, fifo]
    work_centres: {saw: {}, mill: {}}
    routings:
      hot: {operations: {sawing: {work_centre: saw, time: 2 h}, milling: {work_centre: mill, time: 1 h}}}
      other: {operations: {milling: {work_centre: mill, time: 4 h}}}
    releases:
      hot: {routing: hot, count: 1, priority: 1, reserve: 90 min}
      other: {routing: other, count: 1, from: 1 h}
)",
                   "other/1"),
            "Waits by cause: other lots 1.00 h, machines kept for hot lots 1.00 h\n");
  EXPECT_EQ(causes(R"(    work_centres: {press: {kit: 3 h}}
    routings: {part: {operations: {pressing: {work_centre: press, time: 4 h}}}}
    releases: {parts: {routing: part, count: 1}}
)",
                   "parts/1"),
            "Waits by cause: kit picking 3.00 h\n");
}

TEST_F(TraceCommand, NamesLotsOfStockOrdersWhereOneIsAskedForThatIsNotThere) {
  std::ofstream("stock.yaml") << R"(tierworks: 1
time: {horizon: 10 d}
run: {replications: 1}
items: {part: {value: 1}}
sites:
  shop:
    makes: {part: {routing: part, lot: 5}}
    stock: {part: {level: 10}}
    work_centres: {mill: {}}
    routings: {part: {operations: {milling: {work_centre: mill, time: 1 h}}}}
demand:
  town: {at: shop, item: part, orders: every 1 d from 1 d, size: 10}
)";
  refused({"explain", "stock.yaml", "part/99"},
          AllOf(HasSubstr("part/99 was not released"), HasSubstr("there were part/1.")));
}

TEST_F(TraceCommand, ExplainsNoLotThatIsNotThere) {
  refused({"explain", "floor.yaml", "part/2"},
          AllOf(HasSubstr("did you mean \"parts\""), HasSubstr("a number from 1 on, as parts/17")));
  refused({"explain", "floor.yaml", "parts/0"}, HasSubstr("a number from 1 on"));
  refused({"explain", "floor.yaml", "parts/3"},
          AllOf(HasSubstr("was not released before the end"), HasSubstr("there were parts/1, parts/2, for example")));
  refused({"explain", "shop.yaml", "parts/3"}, HasSubstr("there are no lots"));
}

}  // namespace
}  // namespace tierworks::tests
