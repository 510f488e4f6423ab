// Stocks and claims, by scenarios whose numbers can be followed by hand. Orders of `every 1 d` come at 0 d, 1 d, 2 d, ...;
// what arrives at an instant is there before what is ordered at it.
#include "models/supply/events.h"

#include <string>

#include <gtest/gtest.h>

#include "tests/support/simulate.h"

namespace tierworks::supply {
namespace {

using tests::Ran;
using tests::simulate_text;

// A shop that gets its boxes 3 days after it orders them, and sells one a day.
std::string shop(const std::string& stock, const std::string& time = "{horizon: 20 d}",
                 const std::string& unmet = "backorder") {
  return "tierworks: 1\ntime: " + time + R"(
items: {box: {value: 10}}
sites:
  mill: {sells: {box: {quoted: 2 d}}}
  shop:
    buys: {box: {from: mill, transit: 12 h, order_time: 12 h}}
    stock: {box: )" +
         stock + R"(}
demand: {at: shop, item: box, orders: every 1 d, unmet: )" +
         unmet + "}\n";
}

TEST(BaseStockOfThreeDays, IsUsedUpWhenTheFirstReplacementArrives) {
  const Ran run = simulate_text(shop("{level: 3}"));
  EXPECT_DOUBLE_EQ(run("on_hand"), 0.15);  // 2 + 1 + 0 units, a day each, of 20 days
  EXPECT_DOUBLE_EQ(run("fill_rate"), 1);
  EXPECT_DOUBLE_EQ(run("backorders"), 0);
  EXPECT_DOUBLE_EQ(run("order_lead_time"), 0);
  EXPECT_DOUBLE_EQ(run("cycle_service_level", "site:shop"), 1);
  // Orders of day 0 .. 17 leave the mill 2.5 days later for half a day; that of day 17 just before the end.
  EXPECT_DOUBLE_EQ(run("pipeline_stock"), 18 * 0.5 / 20);
}

TEST(BaseStockOfTwoDays, MakesEachCustomerWaitADay) {
  const Ran run = simulate_text(shop("{level: 2}"));
  EXPECT_DOUBLE_EQ(run("on_hand"), 0.05);    // 1 unit for a day
  EXPECT_DOUBLE_EQ(run("backorders"), 0.9);  // 1 unit from day 2 on
  EXPECT_DOUBLE_EQ(run("backorders", "site:shop/item:box"), 0.9);
  EXPECT_DOUBLE_EQ(run("fill_rate"), 0.1);                   // the first two of 20
  EXPECT_DOUBLE_EQ(run("order_lead_time"), 17 * 24.0 / 19);  // two at once, 17 after a day, the last is open
  EXPECT_DOUBLE_EQ(run("cycle_service_level", "site:shop"), 0);
  EXPECT_DOUBLE_EQ(run("throughput"), 19.0 / 20);
}

TEST(ReorderPointAndQuantity, RunThroughFourLevelsADayAndRunOutOnce) {
  // s + Q = 6 at first; from day 7 on each 5 days see 3, 2, 1, 0, 0 on hand and one customer who waits for a day.
  const Ran run =
      simulate_text(shop("{reorder_point: 1, quantity: 5, ordering_cost: 30}", "{warm_up: 7 d, horizon: 50 d}"));
  EXPECT_DOUBLE_EQ(run("on_hand"), 1.2);
  EXPECT_DOUBLE_EQ(run("backorders"), 0.2);
  EXPECT_DOUBLE_EQ(run("fill_rate"), 0.8);
  EXPECT_DOUBLE_EQ(run("cycle_service_level", "site:shop/item:box"), 0);
  EXPECT_DOUBLE_EQ(run("cost_ordering"), 6);  // 30 each 5 days
  EXPECT_DOUBLE_EQ(run("order_lead_time"),
                   9 * 24.0 / 49);              // of ten that waited the last is served at the end, too late
  EXPECT_DOUBLE_EQ(run("on_time"), 40.0 / 50);  // it counts as overdue
}

TEST(ReorderPointAndQuantity, ThatCoverTheLeadTimeNeverRunOut) {
  // From day 7 on each 5 days see 4, 3, 2, 1, 0.
  const Ran run = simulate_text(shop("{reorder_point: 2, quantity: 5}", "{warm_up: 7 d, horizon: 50 d}"));
  EXPECT_DOUBLE_EQ(run("on_hand"), 2);
  EXPECT_DOUBLE_EQ(run("fill_rate"), 1);
  EXPECT_DOUBLE_EQ(run("cycle_service_level", "site:shop"), 1);
}

TEST(ReorderPointAndLevel, OrderWhatIsMissingToTheLevel) {
  // s = 2, S = 7: the same days as with s = 2, Q = 5.
  const Ran run = simulate_text(shop("{reorder_point: 2, level: 7}", "{warm_up: 7 d, horizon: 50 d}"));
  EXPECT_DOUBLE_EQ(run("on_hand"), 2);
  EXPECT_DOUBLE_EQ(run("fill_rate"), 1);
}

TEST(InitialStock, IsTakenAsStated) {
  const Ran full = simulate_text(shop("{level: 3, initial: 10}"));
  EXPECT_DOUBLE_EQ(full("on_hand"),
                   (9 + 8 + 7 + 6 + 5 + 4 + 3 + 2 + 1) / 20.0);  // ordered from day 7 on, arriving from 10 on
  // Empty: three are ordered at the start, after the first customer, so four; they arrive on day 3.
  const Ran empty = simulate_text(shop("{level: 3, initial: 0}"));
  EXPECT_DOUBLE_EQ(empty("on_hand"), 0);
  EXPECT_DOUBLE_EQ(empty("backorders"), (1 + 2 + 3) / 20.0);
  EXPECT_DOUBLE_EQ(empty("fill_rate"), 17 / 20.0);
}

TEST(CustomersWhoDoNotWait, AreLostAndNotOrderedFor) {
  // Every fourth day a box is there: it is replaced 3 days later, after three lost customers... day 3 finds it.
  const Ran run = simulate_text(shop("{level: 1}", "{horizon: 21 d}", "lost"));
  EXPECT_DOUBLE_EQ(run("lost_share"), 14.0 / 21);  // days 0, 3, 6, ... are served
  EXPECT_DOUBLE_EQ(run("lost_sales"), 14.0 / 21);
  EXPECT_DOUBLE_EQ(run("fill_rate"), 7.0 / 21);
  EXPECT_DOUBLE_EQ(run("backorders"), 0);
  EXPECT_DOUBLE_EQ(run("on_time"), 7.0 / 21);
  EXPECT_DOUBLE_EQ(run("throughput"), 7.0 / 21);
}

// One customer each 10 days who waits for a while, and a supplier who needs `quoted`.
Ran patient(const std::string& quoted, const std::string& patience) {
  return simulate_text(R"(
tierworks: 1
time: {horizon: 40 d}
items: {box: {}}
sites:
  mill: {sells: {box: {quoted: )" +
                       quoted + R"(}}}
  shop: {buys: {box: {from: mill, transit: 0 h, order_time: 0 h}}}
demand: {at: shop, item: box, orders: every 10 d, unmet: wait )" +
                       patience + "}\n");
}

TEST(CustomersWhoWaitThreeDays, AreLostThenAndTheirBoxServesTheNext) {
  // Customer 0 leaves on day 3, the box comes on day 4 and serves customer 10; 20 and 30 as 0 and 10.
  const Ran run = patient("4 d", "3 d");
  EXPECT_DOUBLE_EQ(run("lost_share"), 0.5);
  EXPECT_DOUBLE_EQ(run("backorders"), 2 * 3 / 40.0);
  EXPECT_DOUBLE_EQ(run("on_hand"), 2 * 6 / 40.0);
  EXPECT_DOUBLE_EQ(run("order_lead_time"), 0);
  EXPECT_DOUBLE_EQ(run("on_time"), 0.5);
  EXPECT_DOUBLE_EQ(run("backorders", "site:shop/item:box"), 2 * 3 / 40.0);
}

TEST(CustomersWhoWaitThreeDays, AreServedByWhatArrivesAtThatVeryInstant) {
  const Ran run = patient("3 d", "3 d");
  EXPECT_DOUBLE_EQ(run("lost_share"), 0);
  EXPECT_DOUBLE_EQ(run("order_lead_time"), 72);
  EXPECT_DOUBLE_EQ(run("backorders"), 4 * 3 / 40.0);
}

TEST(CustomersWhoWait, LoseOnlyWhatWasNotShipped) {
  // Orders of 5 with 2 in stock: 2 at once, 3 are given up after a day; the 5 ordered come too late, in 30 days.
  const Ran run = simulate_text(R"(
tierworks: 1
time: {horizon: 10 d}
items: {box: {}}
sites:
  mill: {sells: {box: {quoted: 30 d}}}
  shop: {buys: {box: {from: mill}}, stock: {box: {level: 2}}}
demand: {at: shop, item: box, orders: every 20 d, size: 5, unmet: wait 1 d}
)");
  EXPECT_DOUBLE_EQ(run("lost_share"), 0.6);
  EXPECT_DOUBLE_EQ(run("fill_rate"), 0.4);
  EXPECT_DOUBLE_EQ(run("throughput"), 0.2);
  EXPECT_DOUBLE_EQ(run("backorders"), 3 * 1 / 10.0);
  EXPECT_DOUBLE_EQ(run("on_time"), 0);
}

TEST(CycleService, CountsACycleAsShortWhoseShortageIsOlder) {
  // Three are made to order one after the other: two of the three cycles begin with customers who still wait.
  const Ran run = simulate_text(R"(
tierworks: 1
time: {horizon: 10 d}
items: {box: {}}
sites:
  plant: {lines: {press: {}}, makes: {box: {line: press, time: 1 h}}}
demand: {at: plant, item: box, orders: every 1 d, size: 3}
)");
  EXPECT_DOUBLE_EQ(run("cycle_service_level", "site:plant"), 0);
}

TEST(Claims, AreServedFirstComeFirstServedAndInParts) {
  // Both shops want 4 at time 0. north's order reaches the depot after 1 h and empties 4 of its 5; south's after 2 h gets 1.
  // The depot replaces north's 4 at 25 h: 3 go to south, whose customer has waited for 25 h.
  const Ran run = simulate_text(R"(
tierworks: 1
time: {horizon: 10 d}
items: {box: {}}
sites:
  mill: {sells: {box: {quoted: 24 h}}}
  depot: {buys: {box: {from: mill, transit: 0 h, order_time: 0 h}}, stock: {box: {level: 5}}}
  north: {buys: {box: {from: depot, transit: 0 h, order_time: 1 h}}}
  south: {buys: {box: {from: depot, transit: 0 h, order_time: 2 h}}}
demand:
  south: {at: south, item: box, orders: every 100 d, size: 4}
  north: {at: north, item: box, orders: every 100 d, size: 4}
)");
  EXPECT_DOUBLE_EQ(run("order_lead_time", "site:north"), 1);
  EXPECT_DOUBLE_EQ(run("order_lead_time", "site:south"), 25);
  EXPECT_DOUBLE_EQ(run("order_lead_time", "site:depot"), (0 + 23) / 2.0);
  EXPECT_DOUBLE_EQ(run("fill_rate", "site:depot"), 5.0 / 8);
  EXPECT_DOUBLE_EQ(run("backorders", "site:depot"), 3 * 23 / 240.0);
  EXPECT_DOUBLE_EQ(run("demand", "site:depot"), 8 / 10.0);
  EXPECT_DOUBLE_EQ(run("backorders"), (4 * 1 + 4 * 2 + 3 * 23) / 240.0);  // the world counts customers
}

}  // namespace
}  // namespace tierworks::supply
