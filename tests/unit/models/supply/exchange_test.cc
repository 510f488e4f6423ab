// Days on which suppliers take orders, what they report, orders in parts, orders called back, and stocks kept by the
// supplier; by hand.
#include <string>

#include <gtest/gtest.h>

#include "tests/support/simulate.h"

namespace tierworks::supply {
namespace {

using tests::mistakes_of_text;
using tests::Ran;
using tests::simulate_text;

TEST(OrderDays, OrdersWaitForTheNextDay) {
  // A week of orders at noon from Monday on waits 2.5, 1.5, 0.5, 3.5, 2.5, 1.5 and 0.5 d.
  const Ran run = simulate_text(R"(tierworks: 1
time: {start: 2025-01-06, horizon: 337 h}
items: {box: {}}
sites:
  mill: {sells: {box: {}}}
  shop: {buys: {box: {from: mill, transit: 0 h, order_time: 0, order_days: [thursdays, mondays]}}}
demand: {at: shop, item: box, orders: every 1 d from 12 h}
)");
  EXPECT_DOUBLE_EQ(run("order_lead_time"), 12.5 / 7 * 24);
}

TEST(OrderDays, OfASupplierComeBeforeThoseOfThePurchase) {
  const Ran run = simulate_text(R"(tierworks: 1
time: {horizon: 30 d}
items: {box: {}}
sites:
  mill: {sells: {box: {}}}
  shop: {buys: {box: {from: {mill: {order_days: 1 d from 18 h}}, transit: 0 h, order_time: 2 h, order_days: mondays}}}
demand: {at: shop, item: box, orders: every 1 d from 12 h}
)");
  EXPECT_DOUBLE_EQ(run("order_lead_time"), 8);
}

std::string two_mills(const std::string& buys, const std::string& horizon) {
  return "tierworks: 1\ntime: {horizon: " + horizon + R"(}
items: {box: {}}
sites:
  pit: {sells: {box: {}}}
  a: {buys: {box: {from: pit}}, stock: {box: {level: 0, initial: 100}}}
  b: {buys: {box: {from: pit}}, stock: {box: {level: 0, initial: 50}}}
  shop: {buys: {box: {from: [a, b], transit: 0 h, order_time: 0, )" +
         buys + R"(}}}
demand:
  shop: {at: shop, item: box, orders: every 1 d, size: 10}
  others: {at: a, item: box, orders: every 1 d from 12 h, size: 20}
)";
}

TEST(Reports, MostStockIsThatOfTheLastReport) {
  // `a` has 100 by the report of the start, and 60 after the shop's own four orders; that of day 3 says 0: `b` gets days 4, 5.
  const Ran run = simulate_text(two_mills("choose: most_stock, reported_every: 3 d", "6 d"));
  EXPECT_DOUBLE_EQ(run("demand", "site:b/item:box"), 20 / 6.0);
  // Reported each day: 60 for day 2, 30 against 50 for day 3, and so on: `b` gets days 3 to 5.
  const Ran daily = simulate_text(two_mills("choose: most_stock", "6 d"));
  EXPECT_DOUBLE_EQ(daily("demand", "site:b/item:box"), 30 / 6.0);
}

TEST(Reports, LeastLoadIsWhatWaitsThere) {
  // Orders of days 0, 2, 5 go to the slow one, whose load only grows; the fast one sends its orders of days 1 and 3 by day 5.
  const Ran run = simulate_text(R"(tierworks: 1
time: {horizon: 6 d}
items: {box: {}}
sites:
  slow: {sells: {box: {quoted: 10 d, price: 0}}}
  fast: {sells: {box: {quoted: 2 d, price: 1}}}
  shop: {buys: {box: {from: [slow, fast], transit: 0 h, order_time: 0, choose: least_load}}}
demand: {at: shop, item: box, orders: every 1 d, size: 10}
)");
  EXPECT_DOUBLE_EQ(run("cost_purchase"), 20 / 6.0);
}

TEST(SplitOrders, GoInPartsToSeveral) {
  // Of 60 the first takes 30 and the second 20; the last ten go to the first after all.
  const auto cost = [](const std::string& how) {
    return simulate_text(R"(tierworks: 1
time: {horizon: 10 d}
items: {box: {}}
sites:
  mill: {sells: {box: {price: 1}}}
  forge: {sells: {box: {price: 10}}}
  shop:
    buys:
      box:
        from: {mill: {most_open: 30}, forge: {most_open: 20}}
        transit: 1 d
        choose: priority
        split_orders: )" +
                         how + R"(
demand: {at: shop, item: box, orders: every 100 d, size: 60}
)")("cost_purchase");
  };
  EXPECT_DOUBLE_EQ(cost("true"), (40 * 1 + 20 * 10) / 10.0);
  EXPECT_DOUBLE_EQ(cost("false"), 60 / 10.0);
}

TEST(SplitOrders, PartsAreWholeMultiples) {
  const Ran run = simulate_text(R"(tierworks: 1
time: {horizon: 10 d}
items: {box: {}}
sites:
  mill: {sells: {box: {price: 1}}}
  forge: {sells: {box: {price: 10}}}
  shop:
    buys: {box: {from: {mill: {most_open: 30}, forge: {}}, transit: 1 d, choose: priority, split_orders: true}}
    stock: {box: {on_demand: true, multiple: 8}}
demand: {at: shop, item: box, orders: every 100 d, size: 60}
)");
  // 64 in eights: 24 of the 30, then the rest.
  EXPECT_DOUBLE_EQ(run("cost_purchase"), (24 * 1 + 40 * 10) / 10.0);
}

// The mill stands from 0.5 d on, which is known at 2.5 d: three orders of ten wait there. They are back at 3 d, and the forge
// has what is ordered then at 3.25 d, with the order of day 3.
std::string failing_mill(const std::string& orders, const std::string& mill, const std::string& source = "") {
  return R"(tierworks: 1
time: {horizon: 84 h}
items: {box: {}}
sites:
  pit: {sells: {box: {}}}
  mill: {)" +
         mill + R"(}
  forge: {sells: {box: {price: 1}}}
  shop: {buys: {box: {from: {mill: {)" +
         source + R"(}, forge: {}}, transit: 0 h, order_time: 6 h, choose: priority}}}
demand: {at: shop, item: box, orders: every 1 d, size: 10}
disruptions:
  fire: {hits: site mill, at: 12 h, known_after: 2 d, for: 100 d, open_orders: )" +
         orders + "}\n";
}

TEST(OpenOrders, OfAnOutsideSupplierAreGivenBack) {
  const std::string mill = "sells: {box: {quoted: 5 d, price: 0}}";
  EXPECT_DOUBLE_EQ(simulate_text(failing_mill("wait", mill))("cost_purchase"), 10 / 3.5);
  EXPECT_DOUBLE_EQ(simulate_text(failing_mill("cancel", mill))("cost_purchase"), 40 / 3.5);
  EXPECT_DOUBLE_EQ(simulate_text(failing_mill("re_place", mill))("cost_purchase"), 40 / 3.5);
}

TEST(OpenOrders, OfAnotherSiteNoLongerWaitThere) {
  const std::string mill = "buys: {box: {from: pit, transit: 30 d}}, stock: {box: {level: 0}}";
  // Ten from 0.25 d, twenty from 1.25 d, thirty from 2.25 d until 2.75 d.
  const Ran run = simulate_text(failing_mill("re_place", mill));
  EXPECT_DOUBLE_EQ(run("backorders", "site:mill/item:box"), 45 / 3.5);
  EXPECT_DOUBLE_EQ(run("cost_purchase"), 40 / 3.5);
}

TEST(OpenOrders, WhoWaitsForAReviewOrdersAnewOnlyThen) {
  const std::string review = R"(tierworks: 1
time: {horizon: 10 d}
items: {box: {}}
sites:
  mill: {sells: {box: {quoted: 5 d, price: 0}}}
  forge: {sells: {box: {price: 1}}}
  shop:
    buys: {box: {from: [mill, forge], transit: 0 h, order_time: 6 h, choose: priority}}
    stock: {box: {level: 10, review: 7 d, initial: 0}}
demand: {at: shop, item: box, orders: every 100 d, size: 10}
disruptions: {fire: {hits: site mill, at: 12 h, known_after: 2 d, for: 100 d, open_orders: HOW}}
)";
  const auto at = [&](const std::string& how) {
    std::string text = review;
    text.replace(text.find("HOW"), 3, how);
    return simulate_text(text)("order_lead_time");
  };
  EXPECT_DOUBLE_EQ(at("re_place"), 3 * 24 + 6);
  EXPECT_DOUBLE_EQ(at("cancel"), 7 * 24 + 6);
}

TEST(OpenOrders, ThatCannotBeCancelledStay) {
  const std::string mill = "sells: {box: {quoted: 5 d, price: 0}}";
  EXPECT_NE(mistakes_of_text(failing_mill("cancel", mill, "cancellable: false")).find("no order would be called back"),
            std::string::npos);
}

TEST(OpenOrders, WhoStandsBehindComesSoMuchEarlier) {
  // Ten a day: the shop's thirty stand in front of the other's ten, which would be ready at 4 d. At 0.5 d 2.5 d of work on the
  // thirty are left, and spared.
  const Ran run = simulate_text(R"(tierworks: 1
time: {horizon: 30 d}
items: {box: {}}
sites:
  mill: {sells: {box: {capacity: 10 / d}}}
  forge: {sells: {box: {quoted: 20 d}}}
  shop: {buys: {box: {from: [mill, forge], transit: 0 h, order_time: 0, choose: priority}}}
  other: {buys: {box: {from: mill, transit: 0 h, order_time: 0}}}
demand:
  shop: {at: shop, item: box, orders: every 100 d, size: 30}
  other: {at: other, item: box, orders: every 100 d from 1 h, size: 10}
disruptions: {strike: {hits: site mill, at: 12 h, for: 12 h, open_orders: re_place}}
)");
  // The strike ends at 1 d; then the ten take a day.
  EXPECT_DOUBLE_EQ(run("order_lead_time", "site:other/item:box"), 47);
  EXPECT_DOUBLE_EQ(run("order_lead_time", "site:shop/item:box"), 20.5 * 24);
}

TEST(VendorManaged, IsFilledUpToTheMostOnceBelowTheLeast) {
  // 10, 8, 6, 4, 2, and eight come on each fourth day.
  const std::string text = R"(tierworks: 1
time: {horizon: 40 d}
items: {box: {}}
sites:
  mill: {sells: {box: {price: 1}}}
  shop:
    buys: {box: {from: mill, transit: 0 h, order_time: 0}}
    stock: {box: {vendor_managed: 4..10, review: 1 d}}
demand: {at: shop, item: box, orders: every 1 d from 12 h, size: 2}
)";
  const Ran run = simulate_text(text);
  EXPECT_DOUBLE_EQ(run("on_hand", "site:shop/item:box"), 6);
  EXPECT_DOUBLE_EQ(run("fill_rate"), 1);
  EXPECT_DOUBLE_EQ(run("orders", "site:shop/item:box"), 0);  // the shop orders nothing
  EXPECT_DOUBLE_EQ(run("cost_purchase"), 9 * 8 / 40.0);
}

TEST(VendorManaged, WhatIsOnTheWayIsNotSentAgain) {
  // With 3 d on the way the report of day 5 says 0, and eight are under way: nothing more is sent until they are gone.
  const Ran run = simulate_text(R"(tierworks: 1
time: {horizon: 40 d}
items: {box: {}}
sites:
  pit: {sells: {box: {price: 1}}}
  mill: {buys: {box: {from: pit, transit: 0 h, order_time: 0}}}
  shop:
    buys: {box: {from: mill, transit: 3 d, order_time: 0}}
    stock: {box: {vendor_managed: 4..10, review: 1 d}}
demand: {at: shop, item: box, orders: every 1 d from 12 h, size: 2, unmet: lost}
)");
  // Sent at 4 d, here at 7 d: sales of 0.5 to 4.5 d and 7.5 to 10.5 d. Position 8 from 4 d on: 6 at 8 d, 4 at 9 d, 2 at 10 d:
  // the next eight leave at 10 d, and so on every 6 d.
  EXPECT_DOUBLE_EQ(run("demand", "site:mill/item:box"), 6 * 8 / 40.0);
}

TEST(UnderWay, GoodsAreHeldOrGoAnotherWay) {
  const auto hours = [](const std::string& under_way, const std::string& more = "") {
    return simulate_text(R"(tierworks: 1
time: {horizon: 40 d}
items: {box: {}}
sites:
  mill: {sells: {box: {}}}
  shop: {buys: {box: {from: mill, transit: 5 d, order_time: 0}}}
demand: {at: shop, item: box, orders: every 100 d}
disruptions:
  storm: {hits: lane mill to shop, at: 2 d, for: 3 d, under_way: )" +
                         under_way + "}\n" + more)("order_lead_time");
  };
  EXPECT_DOUBLE_EQ(hours("arrives"), 5 * 24);
  EXPECT_DOUBLE_EQ(hours("held"), 8 * 24);
  EXPECT_DOUBLE_EQ(hours("diverted 4 d"), 9 * 24);
  // Held twice: at 6 d there are two days of the way left.
  EXPECT_DOUBLE_EQ(hours("held", "  fog: {hits: lane mill to shop, at: 6 d, for: 12 h, under_way: held}\n"), 8.5 * 24);
  // Due before the second: it does not matter. Down again while it is down: one long time.
  EXPECT_DOUBLE_EQ(hours("held", "  fog: {hits: lane mill to shop, at: 9 d, for: 1 d, under_way: held}\n"), 8 * 24);
  EXPECT_DOUBLE_EQ(hours("held", "  fog: {hits: lane mill to shop, at: 4 d, for: 3 d, under_way: held}\n"), 10 * 24);
}

}  // namespace
}  // namespace tierworks::supply
