// Lots that are divided into parts and put together again, by hours that can be followed by hand.
#include "models/factory/parts.h"

#include <string>

#include <gmock/gmock.h>

#include "models/world/simulate.h"
#include "tests/support/simulate.h"

namespace tierworks::factory {
namespace {

using tests::model_of_text;
using tests::Ran;
using tests::simulate_text;

// Cut for an hour, milled for ten minutes a piece, packed for an hour.
std::string shop(const std::string& cut, const std::string& mill, const std::string& pack, const std::string& release,
                 const std::string& horizon = "100 h") {
  return "tierworks: 1\ntime: {horizon: " + horizon + R"(}
sites:
  shop:
    work_centres: {saw: {}, mill: {}, bench: {}}
    routings:
      part:
        operations:
          cutting: {work_centre: saw, time: 1 h)" +
         cut + R"(}
          milling: {work_centre: mill, time: 10 min, per: piece)" +
         mill + R"(}
          packing: {work_centre: bench, time: 1 h)" +
         pack + R"(}
    releases: {parts: {routing: part, )" +
         release + "}}\n";
}

TEST(Parts, WaitForEachOtherWhereTheyAreJoined) {
  // Halves are milled 1 to 1.5 h and 1.5 to 2 h, and packed together until 3 h.
  const Ran run = simulate_text(shop(", split: 2", "", ", join: true", "count: 1, pieces: 6"));
  EXPECT_DOUBLE_EQ(run("cycle_time"), 3);
  EXPECT_EQ(run("lots"), 1);
  EXPECT_EQ(run("operations", "work_centre:shop/mill"), 2);
  EXPECT_EQ(run("operations", "work_centre:shop/bench"), 1);
  EXPECT_DOUBLE_EQ(run("throughput", "product:parts"), 6 * 24 / 100.0);
  EXPECT_DOUBLE_EQ(run("wip"), (3 + 1) / 100.0);  // a half more from 1 to 2 h
}

TEST(Parts, LeaveByThemselvesWhereNothingJoinsThem) {
  // 7 pieces in parts of 2, 2 and 3: milled until 1:20, 1:40 and 2:10, packed until 2:20, 3:20 and 4:20.
  const Ran run = simulate_text(shop(", split: 3", "", "", "count: 1, pieces: 7"));
  EXPECT_EQ(run("lots"), 3);
  EXPECT_DOUBLE_EQ(run("cycle_time"), (2 + 20 / 60.0 + 3 + 20 / 60.0 + 4 + 20 / 60.0) / 3);
  EXPECT_DOUBLE_EQ(run("throughput", "product:parts"), 7 * 24 / 100.0);
}

TEST(Parts, AreNoMoreThanThereArePieces) {
  const Ran run = simulate_text(shop(", split: 4", "", ", join: true", "count: 1, pieces: 1"));
  EXPECT_EQ(run("operations", "work_centre:shop/mill"), 1);
  EXPECT_DOUBLE_EQ(run("cycle_time"), 2 + 10 / 60.0);
}

TEST(Parts, ThatAreLostAreNotWaitedFor) {
  // Of a lot in halves, each of which is lost with 50 %, something is left with 75 %.
  const Ran run = simulate_text(
      shop(", split: 2", ", scrap: 50 %", ", join: true", "lots: every 2 h, count: 10000, pieces: 4", "20010 h"));
  EXPECT_NEAR(run("lots"), 7500, 130);  // three standard deviations
  EXPECT_NEAR(run("scrap_share"), 0.5, 0.011);
  EXPECT_DOUBLE_EQ(run("operations", "work_centre:shop/mill"), 20000);
}

TEST(Parts, OfOrdersAddUpToTheirQuantities) {
  const auto cluster = [](const std::string& placing, const std::string& horizon = "95 d") {
    return "tierworks: 1\ntime: {horizon: " + horizon + R"(}
items: {chip: {}, board: {bom: {chip: 2}}}
sites:
  chips: {sells: {chip: {quoted: 1 d}}}
  smt:
    buys: {chip: {from: chips, transit: 0, order_time: 0}}
    makes: {board: {routing: board, lot: 4}}
    stock: {chip: {level: 40}}
    work_centres: {printer: {}, placer: {machines: 2}, tester: {}}
    routings:
      board:
        operations:
          printing: {work_centre: printer, time: 1 h, per: piece, split: 3}
          placing: {work_centre: placer, time: 10 h)" +
           placing + R"(}
          testing: {work_centre: tester, time: 1 h}
demand: {at: smt, item: board, orders: every 10 d, size: 6}
)";
  };
  // A lot of 4 is printed until 4 h and placed in parts of 1, 1 and 2: two until 14 h, one until 24 h, as is the first of the lot
  // of 2, printed until 6 h; its second is placed until 34 h, and tested until 35 h.
  const Ran run = simulate_text(cluster(""));
  EXPECT_DOUBLE_EQ(run("order_lead_time"), 35);
  EXPECT_EQ(run("lots", "product:board"), 50);
  EXPECT_DOUBLE_EQ(run("throughput", "site:smt/item:board"), 60 / 95.0);
  for (const char* horizon : {"90.1 d", "90.3 d", "90.7 d", "91.2 d"}) {
    EXPECT_NO_THROW(tests::simulate_model(*model_of_text(cluster("", horizon)))) << horizon;
  }
}

TEST(Parts, GoOnTheSameAfterAForkAndFromBytes) {
  const auto model = model_of_text(R"(tierworks: 1
time: {horizon: 3000 h}
sites:
  shop:
    transport: uniform 5 min to 30 min
    work_centres: {saw: {}, mill: {machines: 3}, bench: {}}
    routings:
      part:
        operations:
          cutting: {work_centre: saw, time: exponential 1 h, split: 5, start_within: {milling: 2 h}}
          milling: {work_centre: mill, time: exponential 30 min, alternatives: {bench: {}}, scrap: 20 %}
          deburring: {work_centre: mill, time: 5 min, then: {milling: 10 %}}
          packing: {work_centre: bench, time: 20 min, join: true}
    releases: {parts: {routing: part, lots: poisson 16 / d, pieces: 12}}
)");
  const std::uint64_t whole = world::Simulation(*model).run(3, 1).fingerprint;
  world::Simulation trunk(*model), fork(*model), later(*model);
  trunk.start(3, 1);
  trunk.run_to(core::Instant{0} + core::Duration{41 * core::kDay.ticks});
  fork.fork_from(trunk);
  ASSERT_TRUE(later.from_bytes(trunk.to_bytes()));
  EXPECT_EQ(fork.finish().fingerprint, whole);
  EXPECT_EQ(later.finish().fingerprint, whole);
  EXPECT_EQ(trunk.finish().fingerprint, whole);
}

}  // namespace
}  // namespace tierworks::factory
