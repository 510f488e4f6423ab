// Shop floors whose numbers can be followed by hand.
#include "models/factory/events.h"

#include <string>

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "tests/support/simulate.h"

namespace tierworks::factory {
namespace {

using tests::mistakes_of_text;
using tests::Ran;
using tests::simulate_text;

std::string shop(const std::string& body, const std::string& horizon = "100 h") {
  return "tierworks: 1\ntime: {horizon: " + horizon + "}\nsites:\n  shop:\n" + body;
}

// Three lots at once of 1, 2 and 4 h at one machine.
std::string three_lots(const std::string& rest) {
  return shop(R"(    work_centres: {mill: {}}
    routings:
      one: {operations: {milling: {work_centre: mill, time: 1 h}}}
      two: {operations: {milling: {work_centre: mill, time: 2 h}}}
      four: {operations: {milling: {work_centre: mill, time: 4 h}}}
    releases:
      b: {routing: two, count: 1, due: 3 h, priority: 2}
      d: {routing: four, count: 1, due: 5 h, priority: 1}
      a: {routing: one, count: 1, due: 6 h, priority: 2}
)" + rest);
}

TEST(Dispatching, TakesLotsInTheOrderOfTheRule) {
  const Ran fifo = simulate_text(three_lots("    dispatch: fifo\n"));  // b, d, a: out at 2, 6, 7
  EXPECT_DOUBLE_EQ(fifo("cycle_time"), (2.0 + 6 + 7) / 3);
  EXPECT_DOUBLE_EQ(fifo("tardiness"), (0.0 + 1 + 1) / 3);
  const Ran spt = simulate_text(three_lots("    dispatch: spt\n"));  // a, b, d: out at 1, 3, 7
  EXPECT_DOUBLE_EQ(spt("cycle_time"), (1.0 + 3 + 7) / 3);
  EXPECT_DOUBLE_EQ(spt("tardy_share"), 1.0 / 3);
  const Ran lpt = simulate_text(three_lots("    dispatch: lpt\n"));  // d, b, a: out at 4, 6, 7
  EXPECT_DOUBLE_EQ(lpt("cycle_time"), (4.0 + 6 + 7) / 3);
  const Ran classes = simulate_text(three_lots("    dispatch: [priority, spt]\n"));  // d, then a, b: out at 4, 5, 7
  EXPECT_DOUBLE_EQ(classes("cycle_time"), (4.0 + 5 + 7) / 3);
  EXPECT_DOUBLE_EQ(classes("cycle_time", "product:a"), 5);
  EXPECT_DOUBLE_EQ(classes("queue_time"), (0.0 + 4 + 5) / 3);
  EXPECT_DOUBLE_EQ(classes("makespan"), 7);
  EXPECT_DOUBLE_EQ(classes("busy"), 0.07);
}

TEST(Dispatching, OfAWorkCentreIsItsOwnIfItHasOne) {
  const std::string body = three_lots("    dispatch: spt\n");
  std::string own = body;
  own.replace(own.find("mill: {}"), 8, "mill: {dispatch: lpt}");
  EXPECT_DOUBLE_EQ(simulate_text(own)("cycle_time"), (4.0 + 6 + 7) / 3);
}

TEST(Dispatching, WaitsUntilAllOfAnInstantHasEnded) {
  // Two lots finish upstream at the same hour; the shorter one goes first downstream although it came second.
  const Ran ran = simulate_text(shop(R"(    dispatch: spt
    work_centres: {saw: {machines: 2}, mill: {}}
    routings:
      long: {operations: {sawing: {work_centre: saw, time: 1 h}, milling: {work_centre: mill, time: 5 h}}}
      short: {operations: {sawing: {work_centre: saw, time: 1 h}, milling: {work_centre: mill, time: 2 h}}}
    releases:
      first: {routing: long, count: 1}
      second: {routing: short, count: 1}
)"));
  EXPECT_DOUBLE_EQ(ran("cycle_time", "product:second"), 3);
  EXPECT_DOUBLE_EQ(ran("cycle_time", "product:first"), 8);
}

TEST(Lots, TakeTheTimeOfTheirPieces) {
  const Ran ran = simulate_text(shop(R"(    transport: 30 min
    work_centres: {saw: {}, mill: {}}
    routings:
      part:
        operations:
          sawing: {work_centre: saw, time: 6 min, per: piece}
          milling: {work_centre: mill, time: 1 h}
          deburring: {work_centre: mill, time: 30 min}
    releases: {parts: {routing: part, count: 1, pieces: 25}}
)"));
  EXPECT_DOUBLE_EQ(ran("cycle_time"), 2.5 + 0.5 + 1 + 0.5);  // no transport within a work centre
  EXPECT_DOUBLE_EQ(ran("flow_factor"), 4.5 / 4);
  EXPECT_DOUBLE_EQ(ran("throughput", "product:parts"), 25 * 24 / 100.0);
}

TEST(Lots, AreReleasedAsThePlanSays) {
  const std::string body = R"(    work_centres: {mill: {machines: 9}}
    routings: {part: {operations: {milling: {work_centre: mill, time: 1 h}}}}
    releases: {parts: {routing: part, )";
  EXPECT_EQ(simulate_text(shop(body + "lots: every 10 h}}\n"))("lots"), 10);
  EXPECT_EQ(simulate_text(shop(body + "lots: every 10 h, at_once: 3}}\n"))("lots"), 30);
  EXPECT_EQ(simulate_text(shop(body + "lots: every 10 h, at_once: 3, count: 8}}\n"))("lots"), 8);
  EXPECT_EQ(simulate_text(shop(body + "lots: every 10 h, from: 95 h}}\n"))("lots"), 1);
  EXPECT_EQ(simulate_text(shop(body + "count: 4, from: 98 h}}\n"))("lots"), 4);
  EXPECT_EQ(simulate_text(shop(body + "wip: 2}}\n"))("lots"), 2 * 99);  // those out at 100 h are out too late
  EXPECT_EQ(simulate_text(shop(body + "wip: 2, count: 5}}\n"))("lots"), 5);
}

TEST(Lots, GoWhereTheSharesSendThem) {
  const Ran ran = simulate_text(shop(R"(    work_centres: {mill: {}, bench: {}}
    routings:
      part:
        operations:
          milling: {work_centre: mill, time: 1 h, then: {leave: 100 %}}
          repair: {work_centre: bench, time: 1 h}
    releases: {parts: {routing: part, lots: every 2 h}}
)"));
  EXPECT_EQ(ran("starved", "work_centre:shop/bench"), 1);
  EXPECT_DOUBLE_EQ(ran("cycle_time"), 1);
  const Ran some = simulate_text(shop(R"(    work_centres: {mill: {machines: 90}, bench: {machines: 30}}
    routings:
      part:
        operations:
          milling: {work_centre: mill, time: 1 h}
          repair: {work_centre: bench, time: 1 h, share: 20 %}
    releases: {parts: {routing: part, lots: every 1 min}}
)",
                                      "20000 h"));
  EXPECT_NEAR(some("cycle_time"), 1.2, 0.002);
}

TEST(Buffers, HoldMachinesUntilThereIsRoom) {
  // The saw is done at 1 h; the mill takes the first lot until 4 h, and the saw keeps the second from 2 h to 4 h.
  const Ran ran = simulate_text(shop(R"(    work_centres: {saw: {}, mill: {buffer: 0}}
    routings: {part: {operations: {sawing: {work_centre: saw, time: 1 h}, milling: {work_centre: mill, time: 3 h}}}}
    releases: {parts: {routing: part, count: 2}}
)"));
  EXPECT_DOUBLE_EQ(ran("blocked", "work_centre:shop/saw"), 0.02);
  EXPECT_DOUBLE_EQ(ran("busy", "work_centre:shop/saw"), 0.02);
  EXPECT_DOUBLE_EQ(ran("makespan"), 7);
}

TEST(Buffers, CountPiecesIfTheirSizeIsInPieces) {
  // The saw is done with 20 pieces at 1, 2, 3 and 4 h; the mill works on the first from 1 to 11 h. Behind it is room for 50: for two
  // more, and the fourth, done at 4 h, waits on the saw until the mill takes the second at 11 h.
  const auto blocked = [](const char* buffer, const char* pieces) {
    const Ran ran = simulate_text(shop(fmt::format(R"(    work_centres: {{saw: {{}}, mill: {{buffer: {}}}}}
    routings: {{part: {{operations: {{sawing: {{work_centre: saw, time: 1 h}}, milling: {{work_centre: mill, time: 10 h}}}}}}}}
    releases: {{parts: {{routing: part, count: 4, pieces: {}}}}}
)",
                                                   buffer, pieces)));
    EXPECT_DOUBLE_EQ(ran("makespan"), 41) << buffer;
    return ran("blocked", "work_centre:shop/saw") * 100;  // hours
  };
  EXPECT_DOUBLE_EQ(blocked("50 pieces", "20"), 7);
  EXPECT_DOUBLE_EQ(blocked("60 pieces", "20"), 0);
  EXPECT_DOUBLE_EQ(blocked("59 pieces", "20"), 7);
  EXPECT_DOUBLE_EQ(blocked("2", "20"), 7);
  EXPECT_DOUBLE_EQ(blocked("2 lots", "20"), 7);
  // Without a buffer: the second waits from 2 to 11 h, the third from 12 to 21, the fourth from 22 to 31.
  EXPECT_DOUBLE_EQ(blocked("0 pieces", "20"), 27);
  EXPECT_DOUBLE_EQ(blocked("0", "20"), 27);
}

TEST(Buffers, OfPiecesLetInWhatFitsOnceTheWorkCentreHasChosen) {
  // 30 pieces of a come at 1 h and 10 of b at 2 h, behind a lot in work until 5 h. Twenty of c, done at 3 h, find no room until the
  // mill takes a: at 6 h by spt, which takes b before, and at 5 h by fifo.
  const auto leaves = [](const char* rule) {
    const Ran ran =
        simulate_text(shop(fmt::format(R"(    work_centres: {{saw: {{}}, mill: {{buffer: 40 pieces, dispatch: {}}}}}
    routings:
      first: {{operations: {{milling: {{work_centre: mill, time: 5 h}}}}}}
      a: {{operations: {{sawing: {{work_centre: saw, time: 1 h}}, milling: {{work_centre: mill, time: 4 h}}}}}}
      b: {{operations: {{sawing: {{work_centre: saw, time: 1 h}}, milling: {{work_centre: mill, time: 1 h}}}}}}
      c: {{operations: {{sawing: {{work_centre: saw, time: 1 h}}, milling: {{work_centre: mill, time: 2 h}}}}}}
    releases:
      first: {{routing: first, lots: every 1000 h, count: 1}}
      a: {{routing: a, lots: every 1000 h, count: 1, pieces: 30}}
      b: {{routing: b, lots: every 1000 h, count: 1, pieces: 10}}
      c: {{routing: c, lots: every 1000 h, count: 1, pieces: 20}}
)",
                                       rule)));
    return ran("blocked", "work_centre:shop/saw") * 100;  // hours
  };
  EXPECT_DOUBLE_EQ(leaves("spt"), 6 - 3);
  EXPECT_DOUBLE_EQ(leaves("fifo"), 5 - 3);
}

TEST(Breakdowns, InterruptWorkThatGoesOnAfterwards) {
  // Work from 0 to 10 h; down after 4 h of the clock, or of work, for 2 h, and again 4 h after that.
  for (const char* word : {"", " busy"}) {
    const Ran ran = simulate_text(shop(std::string(R"(    work_centres: {mill: {breakdown: every 4 h)") + word +
                                       R"( for 2 h}}
    routings: {part: {operations: {milling: {work_centre: mill, time: 10 h}}}}
    releases: {parts: {routing: part, count: 1}}
)"));
    EXPECT_DOUBLE_EQ(ran("cycle_time"), 14) << word;
  }
}

TEST(Breakdowns, WaitForTheCrew) {
  // Two machines fail at 4 h; one repairer takes 2 h for each.
  const Ran ran =
      simulate_text(shop(R"(    work_centres: {mills: {machines: 2, breakdown: every 4 h busy for 2 h, repair_crew: 1}}
    routings: {part: {operations: {milling: {work_centre: mills, time: 6 h}}}}
    releases: {parts: {routing: part, count: 2}}
)"));
  EXPECT_DOUBLE_EQ(ran("makespan"), 4 + 4 + 2);
  EXPECT_DOUBLE_EQ(ran("down"), (2.0 + 4) / 200);
}

TEST(ShopFloor, SaysWhatIsWrongWithIt) {
  EXPECT_THAT(mistakes_of_text(shop(R"(    work_centres: {mill: {}}
    routings:
      part: {operations: {milling: {work_centre: mil, time: 1 h}}}
    releases: {parts: {routing: prat, count: 1}, more: {routing: part}}
)")),
              testing::AllOf(testing::HasSubstr("no work centre \"mil\" at this site; did you mean \"mill\"?"),
                             testing::HasSubstr("no routing \"prat\" at this site; did you mean \"part\"?"),
                             testing::HasSubstr("nothing says when its lots are released")));
  EXPECT_THAT(mistakes_of_text(shop(R"(    work_centres: {mill: {}}
    routings:
      part:
        operations:
          milling: {work_centre: mill, time: 1 h, then: {testing: 100 %}}
          testing: {work_centre: mill, time: 1 h, then: {milling: 100 %}}
    releases: {parts: {routing: part, count: 1}}
)")),
              testing::HasSubstr("no lot that comes here can ever leave the routing"));
  EXPECT_THAT(mistakes_of_text(shop(R"(    dispatch: sptt
    work_centres: {mill: {breakdown: every 4 h}}
    routings: {part: {operations: {milling: {work_centre: mill, time: 1 h, then: {leave: 70 %, milling: 60 %}}}}}
    releases: {parts: {routing: part, count: 1, due: 4 work}}
)")),
              testing::AllOf(testing::HasSubstr("unknown rule \"sptt\"; did you mean \"spt\"?"),
                             testing::HasSubstr("`for` and the time of the repair are missing"),
                             testing::HasSubstr("a due date like `30 d` (after the release) or `4 x work`")));
}

}  // namespace
}  // namespace tierworks::factory
