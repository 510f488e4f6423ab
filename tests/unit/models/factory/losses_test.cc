// Lots that a disruption destroys, by hand.
#include <string>
#include <vector>

#include <gmock/gmock.h>

#include "models/world/simulate.h"
#include "tests/support/paths.h"
#include "tests/support/simulate.h"

namespace tierworks::factory {
namespace {

using tests::model_of_file;
using tests::Ran;
using tests::simulate_text;

// Lots of 5 pieces, one every 2 h from 0 h on, until 20 h; cut for an hour, milled on two machines for 5 h, and checked for an hour.
std::string shop(const std::string& fire, const std::string& centres = "saw: {}, mill: {machines: 2}, bench: {}",
                 const std::string& milling = "{work_centre: mill, time: 5 h}") {
  return R"(
tierworks: 1
time: {horizon: 100 h}
sites:
  shop:
    work_centres: {)" +
         centres + R"(}
    routings:
      box:
        operations:
          cutting: {work_centre: saw, time: 1 h}
          milling: )" +
         milling + R"(
          checking: {work_centre: bench, time: 1 h}
    releases: {boxes: {routing: box, lots: every 2 h, count: 10, pieces: 5}}
disruptions: {fire: )" +
         fire + "}\n";
}

TEST(LostLots, AreScrappedWhereTheyStand) {
  // Lots come to the mills at 1, 3, 5, ..., 19 h and leave them at 6, 8, 11, 13, 16, 18, 21, 23, 26 and 28 h. At 10 h two of them
  // are milled (the third since 6 h, the fourth since 8 h) and one waits since 9 h; the sixth is on its way through the saw. The first two are
  // done at 7 and 9 h. What is lost is lost at once, and the mills go on with the lots of 11 h and later: until 16, 18, 21, 23 and 26 h.
  const Ran ran = simulate_text(
      shop("{hits: line shop/mill, capacity: 100 %, at: 10 h, for: 1 h, lost: {work_in_process: 100 %}}"));
  EXPECT_EQ(ran("lots", "product:boxes"), 7);
  EXPECT_DOUBLE_EQ(ran("scrap_share", "product:boxes"), 15.0 / 50);
  EXPECT_DOUBLE_EQ(ran("makespan", "site:shop"), 27);
  // 2 x 5 h, 4 h and 2 h of what was lost, and 5 x 5 h.
  EXPECT_DOUBLE_EQ(ran("busy", "work_centre:shop/mill"), (10 + 4 + 2 + 25) / 200.0);
}

TEST(LostLots, OfAShareAreThoseReleasedLast) {
  // Of three lots two: the one that waits and the fourth; the third goes on until 11 h. Three remain to come: at 11 and 13 h.
  const Ran ran =
      simulate_text(shop("{hits: line shop/mill, capacity: 100 %, at: 10 h, for: 1 h, lost: {work_in_process: 60 %}}"));
  EXPECT_EQ(ran("lots", "product:boxes"), 8);
  // The lots of 11 and 13 h wait for no one (13 h: both mills are busy until 16 h: the lot of 11 h, since 11 h at the mill that the
  // fourth left; that of 13 h at the other one, which was free at 11 h).
  EXPECT_DOUBLE_EQ(ran("makespan", "site:shop"), 27);
  EXPECT_DOUBLE_EQ(ran("busy", "work_centre:shop/mill"), (10 + 5 + 2 + 25) / 200.0);
}

TEST(LostLots, AreLostWhileTheirMachinesStand) {
  // Both mills stand from 10 h to 20 h; lots of 11, 13, 15, 17 and 19 h wait and are milled from 20 h on: two until 25 h, two until
  // 30 h, and the last one until 35 h.
  const Ran ran = simulate_text(shop("{hits: line shop/mill, at: 10 h, for: 10 h, lost: {work_in_process: 100 %}}"));
  EXPECT_EQ(ran("lots", "product:boxes"), 7);
  EXPECT_DOUBLE_EQ(ran("makespan", "site:shop"), 36);
  EXPECT_DOUBLE_EQ(ran("down", "work_centre:shop/mill"), 20 / 200.0);
}

// Orders of 6 boards, every 10 d, made to order in lots of 4 and 2 out of 2 chips each, of which 40 are kept; new ones take a day. Printed
// for an hour a piece, placed for 10 h a lot: the order is done after 24 h.
std::string maker(const std::string& fire) {
  return R"(
tierworks: 1
time: {horizon: 95 d}
items: {chip: {}, board: {bom: {chip: 2}}}
sites:
  chips: {sells: {chip: {quoted: 1 d}}}
  smt:
    buys: {chip: {from: chips, transit: 0, order_time: 0}}
    makes: {board: {routing: board, lot: 4}}
    stock: {chip: {level: 40}}
    work_centres: {printer: {}, placer: {}}
    routings:
      board:
        operations:
          printing: {work_centre: printer, time: 1 h, per: piece}
          placing: {work_centre: placer, time: 10 h}
demand: {at: smt, item: board, orders: every 10 d, size: 6}
disruptions: {fire: )" +
         fire + "}\n";
}

TEST(LostLots, OfAnOrderAreBegunAnewWithNewMaterial) {
  // At 5 h of the second order its second lot is printed and its first one placed. Both begin anew with chips from the shelf, in
  // that order: printed until 7 h and 11 h, placed until 17 h and 27 h, 3 h later than the nine other orders.
  const Ran ran =
      simulate_text(maker("{hits: site smt, capacity: 100 %, at: 245 h, for: 1 h, lost: {work_in_process: 100 %}}"));
  EXPECT_DOUBLE_EQ(ran("order_lead_time"), 24 + 3 / 10.0);
  EXPECT_EQ(ran("lots", "product:board"), 20);
  EXPECT_DOUBLE_EQ(ran("scrap_share", "product:board"), 6 / 66.0);
  // Of the printer's lots alone: the second is printed from 5 h to 7 h, before the first leaves the placer.
  const Ran printed = simulate_text(
      maker("{hits: line smt/printer, capacity: 100 %, at: 245 h, for: 1 h, lost: {work_in_process: 100 %}}"));
  EXPECT_DOUBLE_EQ(printed("order_lead_time"), 24);
  EXPECT_DOUBLE_EQ(printed("scrap_share", "product:board"), 2 / 62.0);
}

TEST(LostLots, WaitForMaterialThatBurnedToo) {
  // With the 28 chips on the shelf gone, those for the lots are the twelve that were ordered for this order's own: they come after 24 h,
  // when nothing of it is begun, and all takes as long as at first.
  const Ran ran = simulate_text(
      maker("{hits: site smt, capacity: 100 %, at: 245 h, for: 1 h, lost: {work_in_process: 100 %, stock: 100 %}}"));
  EXPECT_DOUBLE_EQ(ran("order_lead_time"), 24 + 24 / 10.0);
}

TEST(LostLots, ComeBackWhenTheSiteDoes) {
  // Nothing is begun until 15 h.
  const Ran ran = simulate_text(maker("{hits: site smt, at: 245 h, for: 10 h, lost: {work_in_process: 100 %}}"));
  EXPECT_DOUBLE_EQ(ran("order_lead_time"), 24 + 15 / 10.0);
}

TEST(LostLots, OfABatchLeaveTheOthersInIt) {
  // The oven takes two lots for 10 h; the first waits for the second, from 1 h to 2 h. At 5 h half of the two is lost: the lot released last.
  const auto run = [](const std::string& lost) {
    return simulate_text(R"(
tierworks: 1
time: {horizon: 40 h}
sites:
  shop:
    work_centres: {saw: {}, oven: {}}
    routings:
      bar: {operations: {cutting: {work_centre: saw, time: 1 h}, baking: {work_centre: oven, time: 10 h, batch: 2 to 2 lots}}}
    releases: {bars: {routing: bar, lots: every 1 h, count: 4}}
disruptions: {fire: {hits: line shop/oven, capacity: 100 %, at: 5 h, for: 1 h, lost: {work_in_process: )" +
                         lost + "}}}\n");
  };
  // Lots three and four wait since 3 h and 4 h, and are baked from 12 h on.
  const Ran quarter = run("75 %");
  EXPECT_EQ(quarter("lots", "product:bars"), 1);
  EXPECT_DOUBLE_EQ(quarter("makespan", "site:shop"), 12);
  const Ran all = run("100 %");
  EXPECT_DOUBLE_EQ(all("busy", "work_centre:shop/oven"), 3 / 40.0);
}

TEST(LostLots, ThatAreSetUpForLeaveTheMachineNotSetUp) {
  // Red lots at 0, 1 and 2 h. The first change takes 5 h; it is broken off at 3 h, and the lot of 4 h pays it again: until 9 h, worked on
  // for 1 h.
  const Ran ran = simulate_text(R"(
tierworks: 1
time: {horizon: 40 h}
sites:
  shop:
    work_centres: {lathe: {setup: 5 h}}
    routings: {ring: {operations: {turning: {work_centre: lathe, time: 1 h, setup: red}}}}
    releases: {rings: {routing: ring, lots: every 4 h, count: 2}}
disruptions: {fire: {hits: site shop, capacity: 100 %, at: 3 h, for: 1 h, lost: {work_in_process: 100 %}}}
)");
  EXPECT_EQ(ran("lots", "product:rings"), 1);
  EXPECT_DOUBLE_EQ(ran("makespan", "site:shop"), 10);
  EXPECT_EQ(ran("setups", "work_centre:shop/lathe"), 2);
  EXPECT_DOUBLE_EQ(ran("setup", "work_centre:shop/lathe"), 8 / 40.0);
}

TEST(LostLots, ThatFindNoRoomFreeTheirMachine) {
  // The bench takes 10 h and has no buffer: the second lot blocks the saw from 3 h on, and the third waits there from 4 h on.
  const auto run = [](const std::string& lost) {
    return simulate_text(R"(
tierworks: 1
time: {horizon: 60 h}
sites:
  shop:
    work_centres: {saw: {}, bench: {buffer: 0}}
    routings: {bar: {operations: {cutting: {work_centre: saw, time: 1 h}, checking: {work_centre: bench, time: 10 h}}}}
    releases: {bars: {routing: bar, lots: every 2 h, count: 3}}
disruptions: {fire: {hits: line shop/saw, capacity: 100 %, at: 5 h, for: 1 h, lost: {work_in_process: )" +
                         lost + "}}}\n");
  };
  const Ran third = run("50 %");
  EXPECT_EQ(third("lots", "product:bars"), 2);
  EXPECT_DOUBLE_EQ(third("blocked", "work_centre:shop/saw"), (11 - 3) / 60.0);
  const Ran both = run("100 %");
  EXPECT_EQ(both("lots", "product:bars"), 1);
  EXPECT_DOUBLE_EQ(both("blocked", "work_centre:shop/saw"), (5 - 3) / 60.0);
}

// Everything that a shop floor can have: lots are conserved, with crews, cards and machines that are kept, and the run is the same in
// a fork, from bytes, in parts, and in the same memory the next time.
void strike_each(const std::string& file, const std::vector<std::string>& sites, std::int64_t day,
                 const std::vector<std::string>& overrides) {
  for (const std::string& hits : sites) {
    for (const char* how : {"capacity: 100 %, for: 1 h, lost: {work_in_process: 55 %}",
                            "for: 3 d, lost: {work_in_process: 100 %, stock: 50 %}",
                            "capacity: 50 %, for: 2 d, lost: {work_in_process: 30 %}"}) {
      std::vector<std::string> all = overrides;
      all.push_back("disruptions.fire={hits: " + hits + ", at: " + std::to_string(day - 1) + ".3 d, " + how + "}");
      const auto model = model_of_file((tests::source_dir() / "scenarios/catalogue" / file).string(), all);
      world::Simulation straight(*model), trunk(*model), copy(*model);
      const world::RunResult whole = straight.run(3, 0);
      const std::uint64_t growths = straight.growths();
      EXPECT_EQ(straight.run(3, 0).fingerprint, whole.fingerprint) << file << " " << hits;
      EXPECT_EQ(straight.growths(), growths);
      trunk.start(3, 0);
      trunk.run_to(core::Instant{0} + core::kDay * day);
      ASSERT_TRUE(copy.from_bytes(trunk.to_bytes()));
      EXPECT_EQ(copy.finish().fingerprint, whole.fingerprint) << file << " " << hits;
      world::Simulation fork(*model);
      fork.fork_from(trunk);
      EXPECT_EQ(fork.finish().fingerprint, whole.fingerprint) << file << " " << hits;
    }
  }
}

TEST(LostLots, AreConservedInShopsWithEverything) {
  strike_each("industry/mini_fab.yaml", {"site fab"}, 41, {"time.horizon=8 wk", "time.warm_up=1 wk"});
  strike_each("industry/smd_shop.yaml", {"site smd", "line smd/placer"}, 41,
              {"time.horizon=8 wk", "time.warm_up=1 wk"});
  strike_each("industry/electronics_floors.yaml", {"[site smt_one, site anodiser]"}, 141, {"time.horizon=4 wk"});
  strike_each("industry/pump_assembly.yaml", {"site works"}, 41, {"time.horizon=8 wk", "time.warm_up=1 wk"});
}

}  // namespace
}  // namespace tierworks::factory
