// What sites tell their suppliers: plans of MRP, and forecasts, in whole runs that can be followed by hand.
#include <string>

#include <gtest/gtest.h>

#include "tests/support/simulate.h"

namespace tierworks::planning {
namespace {

using tests::Ran;
using tests::simulate_text;

// Frames of two wheels each, 10 wanted on day 30 and 20 on day 44; the plant buys wheels from a depot, the depot from a forge.
// The depot looks two hours after the plant, whose word takes one.
std::string bicycles(const std::string& depot, const std::string& plant = "") {
  return R"(
tierworks: 1
time: {horizon: 8 wk}
items: {wheel: {value: 5}, frame: {value: 50, bom: {wheel: 2}}}
sites:
  forge: {sells: {wheel: {quoted: 6 d}}}
  depot:
    buys: {wheel: {from: forge, transit: 12 h, order_time: 0}}
    stock: {wheel: {initial: 10, review: 1 wk from 2 h, horizon: 8 wk, mrp: {lead_time: 1 wk, lot: fixed 24}, demand_signal: )" +
         depot + R"(}}
  plant:
    buys: {wheel: {from: depot, transit: 12 d, order_time: 1 h}}
    makes: {frame: {time: 5 d, per: batch}}
    stock:
      frame: {initial: 4, review: 1 wk, horizon: 8 wk, mrp: {lead_time: 1 wk}}
      wheel: {initial: 3, review: 1 wk, horizon: 8 wk, mrp: {lead_time: 2 wk)" +
         plant + R"(}}
demand:
  first: {at: plant, item: frame, orders: every 1000 d from 30 d, size: 10}
  second: {at: plant, item: frame, orders: every 1000 d from 44 d, size: 20}
)";
}

constexpr double kHour = 1.0 / 24;

TEST(PlansBetweenSites, AreNeedsOfTheSupplier) {
  // Frames: 6 from day 21, 20 from day 35. Wheels: 12 and 40; 9 are ordered on day 7, 40 on day 21, there 12 d and 1 h later.
  // The depot is told on day 0 at 1 h: 9 in its week 0, 40 in its week 2. 10 are there; 39 are lacking in week 2, so two lots
  // of 24 are ordered on day 7 at 2 h, there 6.5 d later.
  const Ran run = simulate_text(bicycles("plans"));
  EXPECT_DOUBLE_EQ(run("on_hand", "site:plant/item:wheel"),
                   (3 * (19 + kHour) + 12 * (2 - kHour) + 40 * (2 - kHour)) / 56);
  EXPECT_DOUBLE_EQ(run("on_hand", "site:depot/item:wheel"),
                   (10 * (7 + kHour) + 1 * (6.5 + kHour) + 49 * (7.5 - kHour) + 9 * (35 - kHour)) / 56);
  EXPECT_DOUBLE_EQ(run("orders", "site:depot/item:wheel") * 56, 1);
  EXPECT_DOUBLE_EQ(run("fill_rate"), 1);
}

TEST(PlansBetweenSites, AreAsOldAsTheWordOfThem) {
  // Told 10 d later, the depot hears of 40 in its week 2 on day 10 and orders on day 14 at 2 h: there on day 20 at 14 h.
  const Ran run = simulate_text(bicycles("plans, signal_delay: 10 d"));
  EXPECT_DOUBLE_EQ(run("on_hand", "site:depot/item:wheel"),
                   (10 * (7 + kHour) + 1 * (13.5 + kHour) + 49 * (0.5 - kHour) + 9 * (35 - kHour)) / 56);
}

TEST(PlansBetweenSites, WithoutThemOrdersAreDemandAtTheMean) {
  // 30 frames in 1000 days are 0.42 wheels a week.
  const Ran run = simulate_text(bicycles("orders"));
  EXPECT_LT(run("fill_rate", "site:depot/item:wheel"), 1);
}

// Three tiers: 30 boxes are wanted at the shop on day 38. Each looks two hours after the one below.
TEST(PlansBetweenSites, GoDownTheTiers) {
  const Ran run = simulate_text(R"(
tierworks: 1
time: {horizon: 7 wk}
items: {board: {}, box: {bom: {board: 3}}}
sites:
  mill: {sells: {board: {quoted: 5 d}}}
  plant:
    buys: {board: {from: mill, transit: 1 d, order_time: 0}}
    makes: {box: {time: 4 d, per: batch}}
    stock:
      box: {initial: 0, review: 1 wk from 4 h, horizon: 7 wk, mrp: {lead_time: 1 wk}, demand_signal: plans}
      board: {initial: 0, review: 1 wk from 4 h, horizon: 7 wk, mrp: {lead_time: 1 wk}}
  depot:
    buys: {box: {from: plant, transit: 6 d, order_time: 1 h}}
    stock: {box: {initial: 0, review: 1 wk from 2 h, horizon: 7 wk, mrp: {lead_time: 1 wk}, demand_signal: plans}}
  shop:
    buys: {box: {from: depot, transit: 6 d, order_time: 1 h}}
    stock: {box: {initial: 0, review: 1 wk, horizon: 7 wk, mrp: {lead_time: 1 wk}}}
demand: {at: shop, item: box, orders: every 1000 d from 38 d, size: 30}
)");
  // The shop lacks 30 in week 5, orders on day 28: at the depot on day 28 at 1 h, its week 3. It orders on day 14 at 2 h: at the plant
  // an hour later, its week 1, so boxes are to be begun on day 0 at 4 h, of 90 boards that week, too soon: boards are ordered then,
  // there on day 6 at 4 h.
  EXPECT_DOUBLE_EQ(run("on_hand", "site:shop/item:box"), 30 * (38 - (34 + kHour)) / 49);
  EXPECT_DOUBLE_EQ(run("on_hand", "site:depot/item:box"), 30 * (28 + kHour - (20 + 3 * kHour)) / 49);
  EXPECT_DOUBLE_EQ(run("on_hand", "site:plant/item:box"), 30 * (14 + 3 * kHour - (10 + 4 * kHour)) / 49);
  EXPECT_DOUBLE_EQ(run("fill_rate"), 1);
  EXPECT_DOUBLE_EQ(run("orders", "site:plant/item:board") * 49, 1);
}

// With several suppliers each is told its share.
TEST(PlansBetweenSites, AreSharedAmongSuppliers) {
  const Ran run = simulate_text(R"(
tierworks: 1
time: {horizon: 6 wk}
items: {box: {}}
sites:
  mill: {sells: {box: {quoted: 5 d}}}
  north:
    buys: {box: {from: mill, transit: 1 d, order_time: 0}}
    stock: {box: {initial: 0, review: 1 wk from 2 h, horizon: 6 wk, mrp: {lead_time: 1 wk}, demand_signal: plans}}
  south:
    buys: {box: {from: mill, transit: 1 d, order_time: 0}}
    stock: {box: {initial: 0, review: 1 wk from 2 h, horizon: 6 wk, mrp: {lead_time: 1 wk}, demand_signal: plans}}
  shop:
    buys: {box: {from: {north: 75 %, south: 25 %}, transit: 6 d, order_time: 1 h}}
    stock: {box: {initial: 0, review: 1 wk, horizon: 6 wk, mrp: {lead_time: 1 wk}}}
demand: {at: shop, item: box, orders: every 1000 d from 31 d, size: 40}
)");
  // 40 are ordered on day 21, of the one further behind its share: north, which has 30 of them, and no more.
  EXPECT_DOUBLE_EQ(run("on_hand", "site:north/item:box"), 30 * (21 + kHour - (13 + 2 * kHour)) / 42);
  EXPECT_DOUBLE_EQ(run("on_hand", "site:south/item:box"), 10 * (42 - (13 + 2 * kHour)) / 42);
}

TEST(SharedForecast, FillsUpToWhatTheSiteBelowExpects) {
  // 10, 20 and 30 boxes are ordered at the shop in three weeks, each of which it takes for the next: its levels are 20 (the mean),
  // 10, 20 and 30. It orders 30 on day 14, 40 on day 21. The depot is told an hour after, and looks a day after.
  const Ran run = tests::simulate_beside("orders.csv", "day,quantity\n6,10\n13,20\n20,30\n27,20\n", R"(
tierworks: 1
time: {horizon: 4 wk}
items: {box: {}}
sites:
  mill: {sells: {box: {}}}
  depot:
    buys: {box: {from: mill, transit: 2 d, order_time: 0}}
    stock: {box: {review: 1 wk from 1 d, horizon: 1 wk, demand_signal: forecast}}
  shop:
    buys: {box: {from: depot, transit: 1 d, order_time: 1 h}}
    stock: {box: {review: 1 wk, horizon: 1 wk, forecast: moving_average 1}}
demand: {at: shop, item: box, orders: orders.csv}
)");
  // Depot: on day 8 10 are enough. 20 leave on day 14; on day 15 30 are ordered, there on day 17: 10 leave. 20 leave on day 21; on
  // day 22 50 are ordered, there on day 24: 20 leave.
  EXPECT_DOUBLE_EQ(run("on_hand", "site:depot/item:box"), (20 * (14 + kHour) + 20 * (4 + kHour) + 30 * 4) / 28);
  EXPECT_DOUBLE_EQ(run("orders", "site:depot/item:box") * 28, 2);
}

TEST(SharedForecast, CountsWhatNobodyTellsAtItsMean) {
  // A shop that tells (2 a day) and customers of the depot's own (3 a day, exactly): the level for 10 d is 50.
  const Ran run = simulate_text(R"(
tierworks: 1
time: {horizon: 100 d}
items: {box: {}}
sites:
  mill: {sells: {box: {}}}
  depot:
    buys: {box: {from: mill, transit: 0, order_time: 0}}
    stock: {box: {review: 1 d from 12 h, horizon: 10 d, demand_signal: forecast}}
  shop:
    buys: {box: {from: depot, transit: 0, order_time: 0}}
    stock: {box: {review: 1 d, forecast: smoothing 0.5}}
demand:
  shoppers: {at: shop, item: box, orders: every 1 d, size: 2}
  others: {at: depot, item: box, orders: every 1 d, size: 3}
)");
  // 5 are taken at the start of each day and come back at noon.
  EXPECT_NEAR(run("on_hand", "site:depot/item:box"), 47.5, 1e-9);
}

}  // namespace
}  // namespace tierworks::planning
