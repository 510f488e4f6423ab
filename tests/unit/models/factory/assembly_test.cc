// Lots of one routing that are built into lots of another, by hours that can be followed by hand.
#include "models/factory/assembly.h"

#include <string>

#include <gmock/gmock.h>

#include "tests/support/simulate.h"

namespace tierworks::factory {
namespace {

using testing::HasSubstr;
using tests::goes_on_alike;
using tests::mistakes_of_text;
using tests::model_of_text;
using tests::Ran;
using tests::simulate_text;

// Frames are welded for 3 h, motors wound for 2 h, one after the other each; a pump takes a frame and two motors, for 1 h, and is
// tested for 30 min.
std::string shop(const std::string& pumps = "count: 2", const std::string& frames = "count: 2",
                 const std::string& motors = "count: 4", const std::string& assemble = "{frame: 1, motor: 2}",
                 const std::string& horizon = "40 h") {
  return "tierworks: 1\ntime: {horizon: " + horizon + R"(}
sites:
  shop:
    work_centres: {welder: {}, winder: {}, bench: {machines: 2}, rig: {}}
    routings:
      frame: {operations: {welding: {work_centre: welder, time: 3 h}}}
      motor: {operations: {winding: {work_centre: winder, time: 2 h}}}
      pump:
        operations:
          assembly: {work_centre: bench, time: 1 h, assemble: )" +
         assemble + R"(}
          test: {work_centre: rig, time: 30 min}
    releases:
      pumps: {routing: pump, )" +
         pumps + "}\n      frames: {routing: frame, " + frames + "}\n      motors: {routing: motor, " + motors + "}\n";
}

TEST(Assembly, WaitsUntilAllIsThere) {
  // Frames are done at 3 and 6 h, motors at 2, 4, 6 and 8 h: the first pump is assembled 4 to 5 h, the second one 8 to 9 h.
  const Ran run = simulate_text(shop());
  EXPECT_DOUBLE_EQ(run("cycle_time", "product:pumps"), (5.5 + 9.5) / 2);
  EXPECT_DOUBLE_EQ(run("cycle_time", "product:frames"), (3.0 + 6) / 2);
  EXPECT_DOUBLE_EQ(run("cycle_time", "product:motors"), (2.0 + 4 + 6 + 8) / 4);
  EXPECT_EQ(run("lots", "product:pumps"), 2);
  EXPECT_EQ(run("lots", "product:motors"), 4);
  EXPECT_EQ(run("operations", "work_centre:shop/bench"), 2);
  EXPECT_DOUBLE_EQ(run("queue_time", "work_centre:shop/bench"), 0);
  // What is done and not built in is still in the factory: motors until 4, 4, 8 and 8 h, frames until 4 and 8 h.
  EXPECT_DOUBLE_EQ(run("wip", "product:motors"), (4.0 + 4 + 8 + 8) / 40);
  EXPECT_DOUBLE_EQ(run("wip", "product:frames"), (4.0 + 8) / 40);
  EXPECT_DOUBLE_EQ(run("wip"), (24.0 + 12 + 5.5 + 9.5) / 40);
}

TEST(Assembly, TakesAtOnceWhatIsThere) {
  // A pump that comes at 20 h finds everything: 20 to 21.5 h.
  EXPECT_DOUBLE_EQ(simulate_text(shop("count: 1, from: 20 h"))("cycle_time", "product:pumps"), 1.5);
}

TEST(Assembly, MakesRoomForTheNextComponents) {
  // Frames one at a time: the second is begun when the first is built in, at 4 h, and done at 7 h; the second pump has its
  // motors at 8 h.
  const Ran run = simulate_text(shop("count: 2", "wip: 1, count: 2"));
  EXPECT_DOUBLE_EQ(run("cycle_time", "product:frames"), 3);
  EXPECT_DOUBLE_EQ(run("cycle_time", "product:pumps"), (5.5 + 9.5) / 2);
  EXPECT_DOUBLE_EQ(run("wip", "product:frames"), (4.0 + 4) / 40);
}

TEST(Assembly, ServesTheFirstClassFirst) {
  // Both wait from the start; the one of the first class is assembled at 4 h, the other one at 8 h.
  std::string text = shop("count: 1");
  text += "      urgent: {routing: pump, count: 1, priority: 1}\n";
  const Ran run = simulate_text(text);
  EXPECT_DOUBLE_EQ(run("cycle_time", "product:urgent"), 5.5);
  EXPECT_DOUBLE_EQ(run("cycle_time", "product:pumps"), 9.5);
}

TEST(Assembly, GoesByStagesAndBetweenSeveralTakers) {
  // A set takes a pump and one more motor: pumps come out at 5.5 and 9.5 h. Motors are done every 2 h from 2 h on; the first
  // pump takes those of 2 and 4 h, as a set waits for its pump; at 6 h the set takes one (5.5 h was its pump), the second pump
  // has two at 10 h: assembled until 11 h, tested until 11.5 h; the second set gets its motor at 12 h.
  std::string text = shop("count: 2", "count: 2", "count: 6");
  text.replace(text.find("      pump:"), 0,
               "      set: {operations: {packing: {work_centre: bench, time: 1 h, assemble: {pump: 1, motor: 1}}}}\n");
  text += "      sets: {routing: set, count: 2}\n";
  const Ran run = simulate_text(text);
  EXPECT_DOUBLE_EQ(run("cycle_time", "product:pumps"), (5.5 + 11.5) / 2);
  EXPECT_DOUBLE_EQ(run("cycle_time", "product:sets"), (7.0 + 13) / 2);
}

TEST(Assembly, InANetworkIsOfOrdersAndKeepsTheLaws) {
  const auto cluster = [](const std::string& horizon) {
    return "tierworks: 1\ntime: {horizon: " + horizon + R"(}
items: {steel: {}, pump: {bom: {steel: 2}}}
sites:
  mill: {sells: {steel: {quoted: 1 d}}}
  maker:
    buys: {steel: {from: mill, transit: 0, order_time: 0}}
    makes: {pump: {routing: pump, lot: 1}}
    stock: {steel: {level: 40}}
    work_centres: {winder: {}, bench: {}}
    routings:
      motor: {operations: {winding: {work_centre: winder, time: 12 h}}}
      pump: {operations: {assembly: {work_centre: bench, time: 1 h, assemble: {motor: 2}}}}
    releases: {motors: {routing: motor, wip: 6}}
demand: {at: maker, item: pump, orders: every 10 d, size: 4}
)";
  };
  // On day 0 there are no motors: of 4 pumps the last has its two after 96 h, and is done after 97 h. Six motors are there when the
  // next 4 pumps are ordered, so three have theirs at once and are done after 1, 2 and 3 h; motors are begun at the same time, so
  // the fourth one has two after 24 h, and is done after 25 h. And so on, ten orders in all.
  const Ran run = simulate_text(cluster("95 d"));
  EXPECT_DOUBLE_EQ(run("order_lead_time"), (97 + 9 * 25.0) / 10);
  for (const char* horizon : {"10.1 d", "90.7 d", "91.2 d"})
    EXPECT_NO_THROW(simulate_text(cluster(horizon))) << horizon;
  std::string made = cluster("95 d");
  made.replace(made.find("{routing: pump, lot: 1}"), 23, "{routing: motor, lot: 1}");
  EXPECT_THAT(mistakes_of_text(made), HasSubstr("got a routing whose lots are built into others"));
}

TEST(Assembly, ThatCannotBeIsAMistake) {
  EXPECT_THAT(mistakes_of_text(shop("count: 2", "count: 2", "count: 4", "{fram: 1}")),
              HasSubstr("no routing \"fram\" at this site; did you mean \"frame\"?"));
  EXPECT_THAT(mistakes_of_text(shop("count: 2", "count: 2", "wip: 1", "{motor: 2}")),
              HasSubstr("got 2 lots of \"motor\", of which no more than 1 can ever be there at once"));
  EXPECT_THAT(mistakes_of_text(shop("count: 2", "count: 2", "count: 4", "{pump: 1}")),
              HasSubstr("lots of \"pump\" would be built into themselves; expected no circle"));
  std::string round = shop();
  round.replace(round.find("time: 2 h}"), 10, "time: 2 h, assemble: {pump: 1}}");
  EXPECT_THAT(mistakes_of_text(round),
              HasSubstr("lots of \"motor\" would be built into themselves by way of \"pump\"; expected no circle"));
  std::string nobody = shop();
  nobody.replace(nobody.find("routing: motor,"), 15, "routing: frame,");
  EXPECT_THAT(mistakes_of_text(nobody), HasSubstr("no release lets lots of \"motor\" in"));
  std::string buffer = shop();
  buffer.replace(buffer.find("rig: {}"), 7, "rig: {buffer: 3}");
  EXPECT_THAT(mistakes_of_text(buffer), HasSubstr("got `assemble` and a `buffer`"));
}

std::string controlled(const std::string& control, const std::string& operations) {
  return R"(tierworks: 1
time: {horizon: 30 h, warm_up: 4 h}
sites:
  shop:
    release_control: )" +
         control + R"(
    work_centres: {welder: {}, bench: {}, rig: {}}
    routings:
      frame: {operations: {welding: {work_centre: welder, time: 3 h}}}
      pump: {operations: {)" +
         operations + R"(}}
    releases:
      pumps: {routing: pump}
      frames: {routing: frame, wip: 1}
)";
}

TEST(Assembly, UnderReleaseControlCountsWhatComponentsAreBuiltInto) {
  // One pump at a time, whose frame is welded while it is in the shop already: frames are done at 3, 6, 9, ..., pumps leave an
  // hour later and the next one is let in then, so that it takes 3 h. Frames need no leave, though a pump is inside.
  const std::string at_once = "assembly: {work_centre: bench, time: 1 h, assemble: {frame: 1}}";
  const Ran one = simulate_text(controlled("{rule: conwip, lots: 1}", at_once));
  EXPECT_DOUBLE_EQ(one("lots", "product:pumps"), 10);  // at 4 h, which is measured, 7, 10, ..., 31 h
  EXPECT_DOUBLE_EQ(one("cycle_time", "product:pumps"), (4.0 + 9 * 3) / 10);
  EXPECT_DOUBLE_EQ(one("wip", "product:pumps"), 1);
  EXPECT_DOUBLE_EQ(one("wip", "product:frames"), 1);
  // Two of them: each waits 3 h longer, but the first.
  const Ran two = simulate_text(controlled("{rule: conwip, lots: 2}", at_once));
  EXPECT_DOUBLE_EQ(two("cycle_time", "product:pumps"), (4.0 + 7 + 8 * 6) / 10);
  EXPECT_DOUBLE_EQ(two("wip", "product:pumps"), 2);
}

TEST(Assembly, KeepsItsKanbanWhileItWaitsForComponents) {
  // The section in front has two cards and the bench one. Pumps are prepared at 1, 2, 5, 8 h, ..., as a card comes back whenever a
  // pump gets that of the bench with its frame, at 3, 6, 9 h, ...: each is 1 h in preparation, waits and is 1 h on the bench.
  const Ran ran = simulate_text(controlled(
      "{rule: kanban, sections: {front: {work_centres: [rig], cards: 2}, back: {work_centres: [bench], cards: 1}}}",
      "prepare: {work_centre: rig, time: 1 h}, assembly: {work_centre: bench, time: 1 h, assemble: {frame: 1}}"));
  // From the third on let in at 3, 6, ...; two are in front always, so that each gets its frame 6 h after it was let in.
  EXPECT_DOUBLE_EQ(ran("cycle_time", "product:pumps"), (4.0 + 7 + 8 * 7) / 10);
  EXPECT_DOUBLE_EQ(ran("wip", "product:pumps"), 2 + 1.0 / 3);
}

TEST(Assembly, UnderReleaseControlThatLooksAheadIsRefused) {
  const std::string at_once = "assembly: {work_centre: bench, time: 1 h, assemble: {frame: 1}}";
  for (const char* control : {"{rule: polca, cards: 2}", "{rule: lums_cor, work: 5 h, every: 1 d}"}) {
    EXPECT_THAT(mistakes_of_text(controlled(control, at_once)),
                HasSubstr("got `assemble` and `release_control` by `polca` or `lums_cor`, expected one of the two"));
  }
  std::string pumps = controlled("{rule: conwip, lots: 1}", at_once);
  pumps.replace(pumps.find("{routing: pump}"), 15, "{routing: pump, wip: 2}");
  EXPECT_THAT(mistakes_of_text(pumps),
              HasSubstr("got `wip` at a site with `release_control`, expected one of the two"));
}

TEST(Assembly, GoesOnTheSameUnderReleaseControl) {
  const auto model = model_of_text(R"(tierworks: 1
time: {horizon: 3000 h}
sites:
  shop:
    release_control: {rule: kanban, sections: {front: {work_centres: [saw], cards: 3}, back: {work_centres: [bench, rig], cards: 4}}}
    work_centres: {saw: {}, welder: {}, bench: {machines: 2}, rig: {}}
    routings:
      frame: {operations: {welding: {work_centre: welder, time: exponential 2 h, scrap: 5 %}}}
      pump:
        operations:
          sawing: {work_centre: saw, time: exponential 1 h}
          assembly: {work_centre: bench, time: exponential 1 h, assemble: {frame: 1}}
          test: {work_centre: rig, time: exponential 30 min}
    releases:
      pumps: {routing: pump, lots: poisson 10 / d}
      frames: {routing: frame, wip: 3}
)");
  EXPECT_EQ(goes_on_alike(*model, core::Instant{41 * core::kDay.ticks}), "");
}

TEST(Assembly, GoesOnTheSameAfterAForkAfterAForkAndFromBytes) {
  const auto model = model_of_text(R"(tierworks: 1
time: {horizon: 3000 h, warm_up: 200 h}
sites:
  shop:
    transport: uniform 5 min to 30 min
    work_centres: {welder: {}, winder: {machines: 2}, bench: {machines: 2}, rig: {}}
    routings:
      frame: {operations: {welding: {work_centre: welder, time: exponential 2 h, scrap: 5 %}}}
      motor:
        operations:
          winding: {work_centre: winder, time: exponential 2 h, split: 2}
          drying: {work_centre: welder, time: 10 min}
      pump:
        operations:
          assembly: {work_centre: bench, time: exponential 1 h, assemble: {frame: 1, motor: 2}, alternatives: {rig: {}}}
          test: {work_centre: rig, time: exponential 30 min, then: {assembly: 5 %}}
    releases:
      pumps: {routing: pump, lots: poisson 6 / d}
      frames: {routing: frame, wip: 3}
      motors: {routing: motor, lots: poisson 8 / d, pieces: 4}
)");
  EXPECT_EQ(goes_on_alike(*model, core::Instant{41 * core::kDay.ticks}), "");
}

}  // namespace
}  // namespace tierworks::factory
