// Release control: when lots that wait before a shop floor are let in, by instants that can be followed by hand.
#include "models/factory/control.h"

#include <cmath>
#include <string>

#include <gmock/gmock.h>

#include "models/world/simulate.h"
#include "tests/support/simulate.h"

namespace tierworks::factory {
namespace {

using testing::HasSubstr;
using tests::mistakes_of_text;
using tests::model_of_text;
using tests::Ran;
using tests::simulate_text;

std::string shop(const std::string& control, const std::string& body, const std::string& horizon = "100 h") {
  return "tierworks: 1\ntime: {horizon: " + horizon + "}\nsites:\n  shop:\n    release_control: {" + control + "}\n" +
         body;
}

// Lots of 2, 4 and 1 h at one machine, all there at once.
std::string three_lots(const std::string& control) {
  return shop(control, R"(    work_centres: {mill: {}}
    routings:
      two: {operations: {milling: {work_centre: mill, time: 2 h}}}
      four: {operations: {milling: {work_centre: mill, time: 4 h}}}
      one: {operations: {milling: {work_centre: mill, time: 1 h}}}
    releases:
      b: {routing: two, count: 1, due: 6 h, priority: 2}
      d: {routing: four, count: 1, due: 5 h, priority: 1}
      a: {routing: one, count: 1, due: 7 h, priority: 2}
)");
}

// A saw, a mill of three hours and a bench in a row; so many lots at once.
std::string line(const std::string& control, const std::string& lots = "count: 4") {
  return shop(control, R"(    work_centres: {saw: {}, mill: {}, bench: {}}
    routings:
      part:
        operations:
          sawing: {work_centre: saw, time: 1 h}
          milling: {work_centre: mill, time: 3 h}
          finishing: {work_centre: bench, time: 1 h}
      small: {operations: {finishing: {work_centre: bench, time: 1 h}}}
    releases: {parts: {routing: part, )" +
                           lots + "}}\n");
}

TEST(Conwip, LetsTheNextLotInWhenOneLeaves) {
  const Ran first_come = simulate_text(three_lots("rule: conwip, lots: 1"));  // b, d, a: in at 0, 2, 6
  EXPECT_DOUBLE_EQ(first_come("pool_time"), (0.0 + 2 + 6) / 3);
  EXPECT_DOUBLE_EQ(first_come("cycle_time"), (2.0 + 4 + 1) / 3);
  EXPECT_DOUBLE_EQ(first_come("pool"), 0.08);
  EXPECT_DOUBLE_EQ(first_come("wip"), 0.07);
  // Due dates count from when lots come to the gate: b out at 2 (6), d at 6 (5), a at 7 (7).
  EXPECT_DOUBLE_EQ(first_come("tardiness"), 1.0 / 3);
  const Ran two = simulate_text(three_lots("rule: conwip, lots: 2"));  // in at 0, 0, 2
  EXPECT_DOUBLE_EQ(two("pool_time"), 2.0 / 3);
  EXPECT_DOUBLE_EQ(two("cycle_time"), (2.0 + 6 + 5) / 3);
}

TEST(Conwip, TakesLotsInTheOrderOfThePool) {
  const auto pool_time = [](const std::string& order) {
    return simulate_text(three_lots("rule: conwip, lots: 1, " + order))("pool_time");
  };
  EXPECT_DOUBLE_EQ(pool_time("order: shortest"), (0.0 + 1 + 3) / 3);              // a, b, d
  EXPECT_DOUBLE_EQ(pool_time("order: due"), (0.0 + 4 + 6) / 3);                   // d, b, a
  EXPECT_DOUBLE_EQ(pool_time("order: [priority, shortest]"), (0.0 + 4 + 5) / 3);  // d, a, b
  // Planned at 6 - 2, 5 - 4 and 7 - 1 h: d, b, a.
  EXPECT_DOUBLE_EQ(pool_time("order: planned_release"), (0.0 + 4 + 6) / 3);
}

TEST(Conwip, CountsWorkIfItIsTold) {
  // b at 0; with d it would be 6 h, so d and a come at 2, 5 h together.
  const Ran five = simulate_text(three_lots("rule: conwip, work: 5 h"));
  EXPECT_DOUBLE_EQ(five("pool_time"), (0.0 + 2 + 2) / 3);
  EXPECT_DOUBLE_EQ(five("cycle_time"), (2.0 + 4 + 5) / 3);
  // A lot with more work than that goes alone: at 0, 2, 6.
  EXPECT_DOUBLE_EQ(simulate_text(three_lots("rule: conwip, work: 3 h"))("pool_time"), 8.0 / 3);
}

TEST(ReleaseControl, WaitsForThePlanIfItIsTold) {
  // Planned at 6 - 2 - 1, 5 - 4 - 1 and 7 - 1 - 1 h: in at 3, 0 and 5.
  const Ran run = simulate_text(three_lots("rule: conwip, lots: 9, planned_wait: 1 h, wait_for_plan: true"));
  EXPECT_DOUBLE_EQ(run("pool_time"), (3.0 + 0 + 5) / 3);
  EXPECT_DOUBLE_EQ(run("cycle_time"), (3.0 + 4 + 2) / 3);  // d until 4, b until 6, a until 7
}

// A saturated line with random times.
std::string random_line(const std::string& control, const std::string& release) {
  return "tierworks: 1\ntime: {horizon: 2000 h, warm_up: 100 h}\nsites:\n  shop:\n" +
         (control.empty() ? "" : "    release_control: {" + control + "}\n") + R"(    dispatch: spt
    work_centres: {saw: {}, mill: {machines: 2, breakdown: every exponential 40 h for exponential 4 h}, bench: {}}
    routings:
      part:
        operations:
          sawing: {work_centre: saw, time: exponential 1 h}
          milling: {work_centre: mill, time: exponential 2 h, then: {sawing: 10 %}}
          finishing: {work_centre: bench, time: exponential 1 h, scrap: 5 %}
    releases: {parts: {routing: part, pieces: 4, due: 9 x work, )" +
         release + "}}\n";
}

TEST(Conwip, IsKanbanWithOneLoopOverTheWholeLine) {
  const Ran conwip = simulate_text(random_line("rule: conwip, lots: 5", "lots: poisson 20 / d"), 3);
  const Ran kanban =
      simulate_text(random_line("rule: kanban, sections: {line: {work_centres: [saw, mill, bench], cards: 5}}",
                                "lots: poisson 20 / d"),
                    3);
  EXPECT_EQ(conwip.result.fingerprint, kanban.result.fingerprint);
  EXPECT_EQ(conwip.kpis.size(), kanban.kpis.size());
  for (const auto& [name, value] : conwip.kpis) {
    if (std::isnan(value)) continue;
    EXPECT_EQ(kanban.kpis.at(name), value) << name.first << " " << name.second;
  }
  EXPECT_GT(conwip("pool"), 1);
}

TEST(Conwip, OfALineThatIsNeverShortOfLotsIsThatOfItsOnlyRelease) {
  const Ran control = simulate_text(random_line("rule: conwip, lots: 5", ""), 3);
  const Ran release = simulate_text(random_line("", "wip: 5"), 3);
  for (const char* name :
       {"lots", "cycle_time", "cycle_time_p95", "flow_factor", "busy", "down", "tardiness", "rework"}) {
    EXPECT_EQ(control(name), release(name)) << name;
  }
  EXPECT_EQ(control("wip"), 5);
  EXPECT_EQ(control("pool"), 1);  // the next one, always
}

TEST(Kanban, KeepsTheCardUntilThereIsOneOfTheNextSection) {
  // The first lot goes to the mill at 1 h and leaves at 5 h, the second saws 1 to 2 and waits until then, and only then the third
  // may come in.
  const std::string sections =
      "rule: kanban, sections: {front: {work_centres: [saw], cards: 1}, back: {work_centres: [mill, bench], cards: 1}}";
  const Ran one = simulate_text(line(sections, "count: 3"));
  EXPECT_DOUBLE_EQ(one("pool_time"), (0.0 + 1 + 5) / 3);
  EXPECT_DOUBLE_EQ(one("cycle_time"), (5.0 + (9 - 1) + (13 - 5)) / 3);
  EXPECT_DOUBLE_EQ(one("blocked"), 0);
  // With no card needed at the bench, the mill goes on at 4 and 7.
  const Ran free = simulate_text(
      line("rule: kanban, sections: {front: {work_centres: [saw], cards: 1}, back: {work_centres: [mill], cards: 1}}",
           "count: 3"));
  EXPECT_DOUBLE_EQ(free("pool_time"), (0.0 + 1 + 4) / 3);
  EXPECT_DOUBLE_EQ(free("cycle_time"), (5.0 + (8 - 1) + (11 - 4)) / 3);
}

TEST(Polca, TakesACardOfThePairAndGivesItBackBehindTheSecond) {
  const std::string body = R"(    work_centres: {j: {}, k: {}, l: {}}
    routings:
      a: {operations: {one: {work_centre: j, time: 1 h}, two: {work_centre: k, time: 2 h}}}
      b: {operations: {one: {work_centre: j, time: 1 h}, two: {work_centre: l, time: 1 h}}}
    releases: {a: {routing: a, count: 2}, b: {routing: b, count: 1}}
)";
  // The second lot of a waits for the card of j to k until 3 h, so b is next at j.
  const Ran run = simulate_text(shop("rule: polca, cards: 1", body));
  EXPECT_DOUBLE_EQ(run("pool_time", "product:a"), 1.5);
  EXPECT_DOUBLE_EQ(run("cycle_time", "product:a"), 3);
  EXPECT_DOUBLE_EQ(run("cycle_time", "product:b"), 3);
  const Ran more = simulate_text(shop("rule: polca, cards: 1, pairs: {j to k: 2}", body));
  EXPECT_DOUBLE_EQ(more("pool_time", "product:a"), 0);
  EXPECT_DOUBLE_EQ(more("cycle_time", "product:b"), 4);
}

TEST(Polca, MakesLotsWaitOnTheirWayWithTheCardOfThePairBefore) {
  // One card from k to l: lot 1 is milled 2 to 5 h, lot 2 comes to k at 2 and waits until 5; lot 3 is let in when lot 1 is done at k.
  const Ran run =
      simulate_text(shop("rule: polca, cards: 2, pairs: {k to l: 1}", R"(    work_centres: {j: {}, k: {}, l: {}}
    routings:
      part:
        operations:
          one: {work_centre: j, time: 1 h}
          two: {work_centre: k, time: 1 h}
          three: {work_centre: l, time: 3 h}
    releases: {parts: {routing: part, count: 3}}
)"));
  EXPECT_DOUBLE_EQ(run("pool_time"), 2.0 / 3);
  EXPECT_DOUBLE_EQ(run("cycle_time"), (5.0 + 9 + (13 - 2)) / 3);
}

TEST(DrumBufferRope, LetsALotInWhenOneIsDoneAtTheDrum) {
  // At the drum 1 to 4, 4 to 7, 7 to 10 h.
  const Ran lots = simulate_text(line("rule: drum_buffer_rope, work_centre: mill, lots: 2"));
  EXPECT_DOUBLE_EQ(lots("pool_time"), (0.0 + 0 + 4 + 7) / 4);
  EXPECT_DOUBLE_EQ(lots("cycle_time"), (5.0 + 8 + (11 - 4) + (14 - 7)) / 4);
  const Ran work = simulate_text(line("rule: drum_buffer_rope, work_centre: mill, work: 6 h"));
  EXPECT_EQ(work.result.fingerprint, lots.result.fingerprint);
  // What does not come to the drum is let in at once.
  const Ran small = simulate_text(
      line("rule: drum_buffer_rope, work_centre: mill, lots: 1", "count: 2}, small: {routing: small, count: 3"));
  EXPECT_DOUBLE_EQ(small("pool_time", "product:small"), 0);
  EXPECT_DOUBLE_EQ(small("pool_time", "product:parts"), 2);
}

TEST(StarvationAvoidance, KeepsSoManyLeadsOfWorkOnTheWay) {
  // The lead is the hour of sawing; below 4 h of work at the mill, a lot of 3 h is let in: two at 0, then at 4 and 7.
  const Ran four = simulate_text(line("rule: starvation_avoidance, work_centre: mill, alpha: 4"));
  EXPECT_DOUBLE_EQ(four("pool_time"), (0.0 + 0 + 4 + 7) / 4);
  // Below 1 h, or below half of 2 h, only when there is none: at 0, 4, 8, 12.
  EXPECT_DOUBLE_EQ(simulate_text(line("rule: starvation_avoidance, work_centre: mill"))("pool_time"), 6);
  EXPECT_DOUBLE_EQ(
      simulate_text(line("rule: starvation_avoidance, work_centre: mill, alpha: 0.5, lead: 2 h"))("pool_time"), 6);
}

TEST(StarvationAvoidance, CountsTheRepairOfMachinesThatAreDown) {
  // The mill works from 1 to 2 h and is down until 7 h. A lot that comes at 2.5 h finds 2 h of work and 5 h of repair on the way, no
  // less than 3 h; after the repair only the 2 h.
  const Ran run = simulate_text(shop("rule: starvation_avoidance, work_centre: mill, alpha: 3",
                                     R"(    work_centres: {saw: {}, mill: {breakdown: every 1 h busy for 5 h}}
    routings: {part: {operations: {sawing: {work_centre: saw, time: 1 h}, milling: {work_centre: mill, time: 2 h}}}}
    releases: {first: {routing: part, count: 1}, later: {routing: part, count: 1, from: 2.5 h}}
)"));
  EXPECT_DOUBLE_EQ(run("pool_time", "product:later"), 4.5);
}

// Lots of 2 h at each of two work centres: corrected, 2 h of the first and 1 h of the second.
std::string corrected(const std::string& control) {
  return shop("rule: lums_cor, every: 1 h, " + control, R"(    work_centres: {saw: {}, mill: {}}
    routings: {part: {operations: {sawing: {work_centre: saw, time: 2 h}, milling: {work_centre: mill, time: 2 h}}}}
    releases: {parts: {routing: part, count: 3}}
)");
}

TEST(LumsCor, KeepsCorrectedLoadsWithinTheirNorms) {
  // The first at once, since the saw starves. At 1 h the second makes 4 h at the saw, at 2 h the third does again.
  EXPECT_DOUBLE_EQ(simulate_text(corrected("work: 4 h"))("pool_time"), (0.0 + 1 + 2) / 3);
  // With 3 h each waits until the saw starves: 0, 2, 4 h.
  EXPECT_DOUBLE_EQ(simulate_text(corrected("work: 3 h"))("pool_time"), (0.0 + 2 + 4) / 3);
  // Two corrected lots at the mill are all until the first one leaves at 4 h.
  EXPECT_DOUBLE_EQ(simulate_text(corrected("work: 4 h, norms: {mill: 2 h}"))("pool_time"), (0.0 + 1 + 4) / 3);
}

TEST(ReleaseControl, HoldsForLotsOfOrders) {
  // Lots of 4 and 2: printed until 4 h, placed until 14 h; then the second, printed until 16 h and placed until 26 h.
  const Ran run = simulate_text(R"(tierworks: 1
time: {horizon: 95 d}
items: {chip: {}, board: {bom: {chip: 2}}}
sites:
  chips: {sells: {chip: {quoted: 1 d}}}
  smt:
    buys: {chip: {from: chips, transit: 0, order_time: 0}}
    makes: {board: {routing: board, lot: 4}}
    stock: {chip: {level: 40}}
    release_control: {rule: conwip, lots: 1}
    work_centres: {printer: {}, placer: {}}
    routings:
      board:
        operations:
          printing: {work_centre: printer, time: 1 h, per: piece}
          placing: {work_centre: placer, time: 10 h}
demand: {at: smt, item: board, orders: every 10 d, size: 6}
)");
  EXPECT_DOUBLE_EQ(run("order_lead_time"), 26);
}

TEST(ReleaseControl, GoesOnFromAForkAndFromBytes) {
  for (const char* control : {"rule: kanban, sections: {front: {work_centres: [saw, mill], cards: 3}, back: "
                              "{work_centres: [bench], cards: 1}}",
                              "rule: lums_cor, every: 4 h, work: 5 h, order: planned_release",
                              "rule: conwip, lots: 3, wait_for_plan: true, order: [priority, due]"}) {
    const auto model = model_of_text(random_line(control, "lots: poisson 20 / d"));
    const std::uint64_t whole = world::Simulation(*model).run(3, 1).fingerprint;
    world::Simulation trunk(*model), fork(*model), later(*model);
    trunk.start(3, 1);
    trunk.run_to(core::Instant{0} + core::Duration{41 * core::kDay.ticks});
    fork.fork_from(trunk);
    ASSERT_TRUE(later.from_bytes(trunk.to_bytes()));
    EXPECT_EQ(fork.finish().fingerprint, whole) << control;
    EXPECT_EQ(later.finish().fingerprint, whole) << control;
    EXPECT_EQ(trunk.finish().fingerprint, whole) << control;
  }
}

TEST(ReleaseControl, NeedsNoMoreMemoryOnceItHasRun) {
  const auto model = model_of_text(random_line("rule: lums_cor, every: 4 h, work: 5 h", "lots: poisson 20 / d"));
  world::Simulation simulation(*model);
  simulation.run(7, 0);
  simulation.run(7, 1);
  const std::uint64_t growths = simulation.growths();
  simulation.run(7, 1);
  EXPECT_EQ(simulation.growths(), growths);
}

TEST(ReleaseControl, RefusesWhatWouldWaitForEver) {
  const auto back = [](const std::string& control) {
    return shop(control, R"(    work_centres: {saw: {}, mill: {}}
    routings:
      part:
        operations:
          sawing: {work_centre: saw, time: 1 h}
          milling: {work_centre: mill, time: 1 h, then: {sawing: 10 %}}
    releases: {parts: {routing: part, count: 3}}
)");
  };
  EXPECT_THAT(
      mistakes_of_text(back("rule: kanban, sections: {a: {work_centres: [saw], cards: 1}, b: {work_centres: "
                            "[mill], cards: 1}}")),
      HasSubstr("lots go in a circle, a to b to a, where they would wait for each other's cards for ever; expected "
                "those work centres in one section"));
  EXPECT_THAT(mistakes_of_text(back("rule: polca, cards: 2")), HasSubstr("lots go in a circle, saw to mill to saw"));
  EXPECT_EQ(mistakes_of_text(back("rule: polca, pairs: {saw to mill: 2}")), "");
  EXPECT_EQ(mistakes_of_text(back("rule: kanban, sections: {a: {work_centres: [saw, mill], cards: 1}}")), "");
}

}  // namespace
}  // namespace tierworks::factory
