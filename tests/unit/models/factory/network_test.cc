// A maker of a network whose orders go through a shop floor in lots.
#include <string>

#include <gmock/gmock.h>

#include "models/world/simulate.h"
#include "tests/support/simulate.h"

namespace tierworks::factory {
namespace {

using tests::mistakes_of_text;
using tests::model_of_text;
using tests::Ran;
using tests::simulate_text;

// Orders of 6 boards, every 10 d, made to order in lots of 4 out of 2 chips each; chips come from outside after 1 d.
std::string cluster(const std::string& makes, const std::string& demand = "every 10 d") {
  return R"(
tierworks: 1
time: {horizon: 95 d}
items: {chip: {}, board: {bom: {chip: 2}}}
sites:
  chips: {sells: {chip: {quoted: 1 d}}}
  smt:
    buys: {chip: {from: chips, transit: 0, order_time: 0}}
    makes: {board: )" +
         makes + R"(}
    stock: {chip: {level: 40}}
    work_centres: {printer: {}, placer: {}}
    routings:
      board:
        operations:
          printing: {work_centre: printer, time: 1 h, per: piece}
          placing: {work_centre: placer, time: 10 h}
demand: {at: smt, item: board, orders: )" +
         demand + R"(, size: 6}
)";
}

TEST(ShopInANetwork, MakesOrdersInLotsOfItsMaterial) {
  // Lots of 4 and 2: printed until 4 h and 6 h, placed until 14 h and 24 h.
  const Ran ran = simulate_text(cluster("{routing: board, lot: 4}"));
  EXPECT_DOUBLE_EQ(ran("order_lead_time"), 24);
  EXPECT_EQ(ran("lots", "product:board"), 20);
  EXPECT_DOUBLE_EQ(ran("cycle_time", "product:board"), (14.0 + 24) / 2);
  EXPECT_DOUBLE_EQ(ran("throughput", "site:smt/item:board"), 60 / 95.0);
  // Whole orders: 6 h and 10 h.
  EXPECT_DOUBLE_EQ(simulate_text(cluster("{routing: board}"))("order_lead_time"), 16);
}

TEST(ShopInANetwork, PaysForItsEnergyInItsTotalCost) {
  // Ten orders of 6 boards, printed for an hour each, and 20 lots placed for 10 h: 60 h at 5 kW and 200 h at 2 kW cost 0.5 each kWh.
  const auto with_power = [](const std::string& price) {
    std::string text = cluster("{routing: board, lot: 4}");
    text.replace(text.find("{printer: {}, placer: {}}"), 25,
                 "{printer: {power: {run: 5}}, placer: {power: {run: 2}}}\n    energy_price: " + price);
    return simulate_text(text);
  };
  const Ran paid = with_power("0.5"), free = with_power("0");
  EXPECT_DOUBLE_EQ(paid("cost_energy"), 350);
  for (const char* scope : {"world", "site:smt"}) {
    EXPECT_NEAR(paid("total_cost", scope) - free("total_cost", scope), 350 / 95.0, 1e-9) << scope;
  }
  EXPECT_NEAR(paid("profit") - free("profit"), -350 / 95.0, 1e-9);
}

TEST(ShopInANetwork, StandsWhileItsSiteIsDown) {
  // Of the order of day 10 the first lot has been placed for 1 h and the second printed for 1 h when all stands from 5 h to 25 h:
  // placed until 34 h, and then until 44 h, instead of 14 h and 24 h.
  const std::string shock = "disruptions: {flood: {hits: site smt, at: 245 h, for: 20 h}}\n";
  EXPECT_DOUBLE_EQ(simulate_text(cluster("{routing: board, lot: 4}") + shock)("order_lead_time"), (9 * 24.0 + 44) / 10);
  // Half of one machine is rounded up: it stands as well.
  const std::string half = "disruptions: {flood: {hits: site smt, capacity: 40 %, at: 245 h, for: 20 h}}\n";
  EXPECT_DOUBLE_EQ(simulate_text(cluster("{routing: board, lot: 4}") + half)("order_lead_time"), (9 * 24.0 + 44) / 10);
}

TEST(ShopInANetwork, ConservesGoodsThatAreInTheShopAtTheEnd) {
  // The last order comes at 90 d; the run ends while its lots are in queues and on machines.
  for (const char* horizon : {"90.1 d", "90.3 d", "90.5 d", "90.9 d"}) {
    const auto model = model_of_text(cluster("{routing: board, lot: 4}"), {std::string("time.horizon=") + horizon});
    EXPECT_NO_THROW(tests::simulate_model(*model)) << horizon;
  }
}

TEST(ShopInANetwork, GoesOnFromAForkAndFromBytesAndInParts) {
  const auto model = model_of_text(cluster("{routing: board, lot: 4}", "poisson 0.6 / d"));
  const std::uint64_t whole = world::Simulation(*model).run(3, 1).fingerprint;
  world::Simulation first(*model), fork(*model), later(*model);
  first.start(3, 1);
  first.run_to(core::Instant{0} + core::Duration{41 * core::kDay.ticks});
  fork.fork_from(first);
  EXPECT_TRUE(later.from_bytes(first.to_bytes()));
  EXPECT_EQ(fork.finish().fingerprint, whole);
  EXPECT_EQ(later.finish().fingerprint, whole);
  EXPECT_EQ(first.finish().fingerprint, whole);
}

TEST(ShopInANetwork, SaysWhatIsWrongWithIt) {
  EXPECT_THAT(mistakes_of_text(cluster("{routing: bord, lot: 4}")),
              testing::HasSubstr("no routing \"bord\" at this site; did you mean \"board\"?"));
  EXPECT_THAT(mistakes_of_text(cluster("{routing: board, time: 1 h}")),
              testing::HasSubstr("got a `time` beside a `routing`"));
  EXPECT_THAT(mistakes_of_text(cluster("{time: 1 h, lot: 4}")), testing::HasSubstr("got a `lot` without a `routing`"));
  EXPECT_THAT(mistakes_of_text(cluster("{}")), testing::HasSubstr("the key \"time\" is missing"));
}

}  // namespace
}  // namespace tierworks::factory
