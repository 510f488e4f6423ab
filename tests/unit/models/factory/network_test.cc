// A maker of a network whose orders go through a shop floor in lots.
#include <cmath>
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

TEST(ShopInANetwork, OwesLotsFromTheOrderOn) {
  // Done 14 h and 24 h after the order.
  const Ran days = simulate_text(cluster("{routing: board, lot: 4, due: 20 h}"));
  EXPECT_DOUBLE_EQ(days("tardiness", "product:board"), 4 / 2.0);
  EXPECT_DOUBLE_EQ(days("tardy_share", "product:board"), 0.5);
  EXPECT_DOUBLE_EQ(days("on_time", "product:board"), 0.5);
  EXPECT_DOUBLE_EQ(days("tardiness", "site:smt"), 4 / 2.0);
  // Of the whole it is that of customers' orders, which are due at once.
  EXPECT_DOUBLE_EQ(days("tardiness"), 24);
  // 14 h and 12 h of work.
  const Ran work = simulate_text(cluster("{routing: board, lot: 4, due: 1.5 x work}"));
  EXPECT_DOUBLE_EQ(work("tardiness", "product:board"), (24 - 18.0) / 2);
  // Chips are ordered for each order and come after a day: the lots begin late, and are owed from the order on.
  std::string none_kept = cluster("{routing: board, lot: 4, due: 20 h}");
  const std::string kept = "    stock: {chip: {level: 40}}\n";
  none_kept.erase(none_kept.find(kept), kept.size());
  const Ran late = simulate_text(none_kept);
  EXPECT_DOUBLE_EQ(late("cycle_time", "product:board"), (14.0 + 24) / 2);
  EXPECT_DOUBLE_EQ(late("tardiness", "product:board"), (14.0 + 24) / 2 + 24 - 20);
}

TEST(ShopInANetwork, LetsLotsGoFirstThatAreDueFirstOrMatterMore) {
  // On one machine, 10 h each: two boards ordered at 0 and 1 h, a panel at 2 h.
  const auto shop = [](const std::string& dispatch, const std::string& board, const std::string& panel) {
    return simulate_text(R"(
tierworks: 1
time: {horizon: 40 h}
items: {board: {}, panel: {}}
sites:
  shop:
    dispatch: )" + dispatch +
                         R"(
    makes: {board: {routing: any)" +
                         board + R"(}, panel: {routing: any)" + panel + R"(}}
    work_centres: {mill: {}}
    routings: {any: {operations: {milling: {work_centre: mill, time: 10 h}}}}
demand:
  first: {at: shop, item: board, orders: every 30 d from 0 h, size: 1}
  second: {at: shop, item: board, orders: every 30 d from 1 h, size: 1}
  panels: {at: shop, item: panel, orders: every 30 d from 2 h, size: 1}
)");
  };
  const auto ends = [](const Ran& ran) { return ran("cycle_time", "product:panel"); };
  EXPECT_DOUBLE_EQ(ends(shop("fifo", ", due: 50 h", ", due: 15 h")), 28);
  EXPECT_DOUBLE_EQ(ends(shop("edd", ", due: 50 h", ", due: 15 h")), 18);
  EXPECT_DOUBLE_EQ(ends(shop("edd", ", due: 15 h", ", due: 15 h")), 28);
  EXPECT_DOUBLE_EQ(ends(shop("[priority, fifo]", "", ", priority: 1")), 18);
  EXPECT_DOUBLE_EQ(ends(shop("[priority, fifo]", ", priority: 1", ", priority: 2")), 28);
  EXPECT_DOUBLE_EQ(ends(shop("atc k 3", ", due: 50 h", ", due: 50 h, weight: 2")), 18);
}

// Of what is begun 20 % is lost after an hour's work: an order of one unit takes 1 / (1 - 0.2) attempts.
TEST(ShopInANetwork, BeginsAnewWhatIsScrapped) {
  const auto shop = [](const std::string& scrap, int size, const std::string& lot) {
    return simulate_text(R"(
tierworks: 1
time: {horizon: 2000000 h}
items: {sheet: {}, box: {bom: {sheet: 3}}}
sites:
  mill: {sells: {sheet: {quoted: 0}}}
  shop:
    buys: {sheet: {from: mill, transit: 0, order_time: 0}}
    makes: {box: {routing: boxing, lot: )" +
                         lot + R"(}}
    work_centres: {cell: {machines: 10}}
    routings: {boxing: {operations: {fold: {work_centre: cell, time: 1 h, )" +
                         scrap + R"(}}}}
demand: {at: shop, item: box, orders: every 100 h, size: )" +
                         std::to_string(size) + "}\n");
  };
  constexpr double kOrders = 20'000, kAttempts = 1.25;
  const double half_width = 3.29 * std::sqrt(0.2) / 0.8 / std::sqrt(kOrders);  // of a geometric number
  const Ran lots = shop("scrap: 20 %", 1, "1");
  EXPECT_NEAR(lots("order_lead_time"), kAttempts, half_width);
  EXPECT_DOUBLE_EQ(lots("order_lead_time"), 1 / (1 - lots("scrap_share", "product:box")));
  EXPECT_DOUBLE_EQ(lots("fill_rate"), 0);  // made to order
  EXPECT_DOUBLE_EQ(lots("throughput", "product:box"), 24 / 100.0);
  // Pieces of a lot of ten: as many are begun in all, and an order ends with its last piece: the largest of ten geometric numbers.
  const Ran pieces = shop("scrap_pieces: 20 %", 10, "10");
  double longest = 0;
  for (int hours = 0; hours < 60; ++hours) longest += 1 - std::pow(1 - std::pow(0.2, hours), 10);
  EXPECT_NEAR(pieces("scrap_share", "product:box"), 0.2, 3.29 * 0.4 / std::sqrt(10 * kAttempts * kOrders));
  EXPECT_NEAR(pieces("order_lead_time"), longest, 3.29 * 0.8 / std::sqrt(kOrders));
  EXPECT_DOUBLE_EQ(pieces("throughput", "product:box"), 240 / 100.0);
}

TEST(ShopInANetwork, SaysWhatIsWrongWithIt) {
  EXPECT_THAT(mistakes_of_text(cluster("{routing: bord, lot: 4}")),
              testing::HasSubstr("no routing \"bord\" at this site; did you mean \"board\"?"));
  EXPECT_THAT(mistakes_of_text(cluster("{routing: board, time: 1 h}")),
              testing::HasSubstr("got a `time` beside a `routing`"));
  EXPECT_THAT(mistakes_of_text(cluster("{time: 1 h, lot: 4}")), testing::HasSubstr("got a `lot` without a `routing`"));
  EXPECT_THAT(mistakes_of_text(cluster("{time: 1 h, due: 3 d}")),
              testing::HasSubstr("got a `due` without a `routing`"));
  EXPECT_THAT(mistakes_of_text(cluster("{time: 1 h, priority: 1}")),
              testing::HasSubstr("got a `priority` without a `routing`"));
  EXPECT_THAT(mistakes_of_text(cluster("{time: 1 h, weight: 2}")),
              testing::HasSubstr("got a `weight` without a `routing`"));
  EXPECT_THAT(mistakes_of_text(cluster("{routing: board, due: given}")),
              testing::HasSubstr("got `due: given`, which a trace of lots says"));
  const std::string planned =
      "\n    release_control: {rule: conwip, lots: 9, wait_for_plan: true}\n    makes: {board: ";
  const auto with_plan = [&](const std::string& makes) {
    std::string text = cluster(makes);
    return text.replace(text.find("\n    makes: {board: "), 20, planned);
  };
  EXPECT_THAT(mistakes_of_text(with_plan("{routing: board}")),
              testing::HasSubstr("expected `due` at each `makes` entry"));
  EXPECT_NO_THROW(simulate_text(with_plan("{routing: board, due: 3 d}")));
  EXPECT_THAT(mistakes_of_text(cluster("{}")), testing::HasSubstr("the key \"time\" is missing"));
}

}  // namespace
}  // namespace tierworks::factory
