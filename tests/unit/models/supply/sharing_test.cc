// Scarce goods to whom they earn most, and goods kept for some.
#include <string>

#include <gtest/gtest.h>

#include "tests/support/simulate.h"

namespace tierworks::supply {
namespace {

using tests::Ran;
using tests::simulate_text;

TEST(Margin, TheHighestIsServedFirst) {
  // Ten come at 5 d and at 15 d.
  const auto run = [](const std::string& allocation) {
    return simulate_text(R"(tierworks: 1
time: {horizon: 20 d}
items: {box: {value: 10}}
sites:
  mill: {sells: {box: {}}}
  shop:
    allocation: )" + allocation +
                         R"(
    buys: {box: {from: mill, transit: 0 h, order_time: 0}}
    stock: {box: {level: 10, review: 10 d from 5 d, initial: 0, maximum: 10}}
demand:
  low: {at: shop, item: box, orders: every 10 d from 1 d, size: 10, class: low, price: 12}
  high: {at: shop, item: box, orders: every 10 d from 2 d, size: 10, class: high, price: 12, margin: 5}
)");
  };
  const Ran by_margin = run("margin");
  EXPECT_DOUBLE_EQ(by_margin("order_lead_time", "class:high"), 3 * 24);
  EXPECT_DOUBLE_EQ(by_margin("backorders", "class:low"), (10 * 19 + 10 * 9) / 20.0);
  const Ran first_come = run("first_come");
  EXPECT_DOUBLE_EQ(first_come("order_lead_time", "class:low"), 4 * 24);
  EXPECT_DOUBLE_EQ(first_come("order_lead_time", "class:high"), 13 * 24);
}

TEST(Margin, OfOrdersIsThatOfThePurchase) {
  // One unit a day for two shops that want one each: the one that earns more never waits for the other.
  const Ran run = simulate_text(R"(tierworks: 1
time: {horizon: 20 d}
items: {box: {}}
sites:
  mill: {sells: {box: {capacity: 1 / d}}}
  depot: {allocation: margin, buys: {box: {from: mill, transit: 0 h, order_time: 0}}}
  poor: {buys: {box: {from: depot, transit: 0 h, order_time: 0, order_margin: 1}}}
  rich: {buys: {box: {from: depot, transit: 0 h, order_time: 0, order_margin: 2}}}
demand:
  poor: {at: poor, item: box, orders: every 1 d}
  rich: {at: rich, item: box, orders: every 1 d}
)");
  EXPECT_DOUBLE_EQ(run("order_lead_time", "site:rich/item:box"), 24);
  EXPECT_LT(run("throughput", "site:poor/item:box"), 0.1);
}

// Base stock 3 with lost sales and exponential lead times of 1 d; the last unit is for clinics (1 / d), shops ask 2 / d. A
// chain of births and deaths on the stock 3, 2, 1, 0: rates down 3, 3, 1, rates up 1, 2, 3; in shares 1 : 3 : 4.5 : 1.5.
TEST(Reserve, TheLastUnitsAreForTheirClass) {
  const Ran run = simulate_text(R"(tierworks: 1
time: {horizon: 40000 d, warm_up: 100 d}
items: {box: {}}
sites:
  mill: {sells: {box: {quoted: exponential 1 d}}}
  depot:
    buys: {box: {from: mill, transit: 0 h, order_time: 0}}
    stock: {box: {level: 3, reserve: {clinic: {quantity: 1}}}}
demand:
  clinics: {at: depot, item: box, orders: poisson 1 / d, unmet: lost, class: clinic}
  shops: {at: depot, item: box, orders: poisson 2 / d, unmet: lost, class: shop}
)");
  EXPECT_NEAR(run("lost_share", "class:clinic"), 0.15, 0.01);
  EXPECT_NEAR(run("lost_share", "class:shop"), 0.60, 0.01);
  EXPECT_NEAR(run("on_hand", "site:depot/item:box"), (3 * 1 + 2 * 3 + 1 * 4.5) / 10, 0.015);
}

TEST(Reserve, EndsAndThenServesWhoWaits) {
  const auto run = [](const std::string& until) {
    return simulate_text(R"(tierworks: 1
time: {horizon: 20 d}
items: {box: {}}
sites:
  mill: {sells: {box: {}}}
  depot:
    buys: {box: {from: mill, transit: 100 d}}
    stock: {box: {level: 0, initial: 10, reserve: {clinic: {quantity: 4)" +
                         until + R"(}}}}
demand:
  shops: {at: depot, item: box, orders: every 100 d from 1 d, size: 8, class: shop}
  clinics: {at: depot, item: box, orders: every 100 d from 2 d, size: 1, class: clinic}
)");
  };
  // Six of eight at 1 d; the last two when the reserve ends. The clinic gets its unit although somebody waits.
  EXPECT_DOUBLE_EQ(run(", until: 5 d")("order_lead_time", "class:shop"), 4 * 24);
  EXPECT_DOUBLE_EQ(run(", until: 5 d")("order_lead_time", "class:clinic"), 0);
  EXPECT_DOUBLE_EQ(run("")("backorders", "site:depot/item:box"), 2 * 19 / 20.0);
}

TEST(Reserve, AsAShareIsThatOfTheLevel) {
  const auto lost = [](const std::string& stock) {
    return simulate_text(R"(tierworks: 1
time: {horizon: 20 d}
items: {box: {}}
sites:
  mill: {sells: {box: {}}}
  depot:
    buys: {box: {from: mill, transit: 100 d}}
    stock: {box: {)" + stock +
                         R"(}}
demand:
  shops: {at: depot, item: box, orders: every 100 d from 1 d, size: 40, unmet: lost, class: shop}
  clinics: {at: depot, item: box, orders: every 100 d from 2 d, size: 1, unmet: lost, class: clinic}
)")("lost_share", "class:shop") *
           40;
  };
  // Of a level of 30, 10 + 20, 5 cards of 6, or 30 at the start: 9 are kept, 19 of 40 go to none of the shops.
  const std::string reserve = ", reserve: {clinic: {share: 30 %}}";
  EXPECT_DOUBLE_EQ(lost("level: 30" + reserve), 40 - 21);
  EXPECT_DOUBLE_EQ(lost("reorder_point: 10, quantity: 20" + reserve), 40 - 21);
  EXPECT_DOUBLE_EQ(lost("kanban: 5 cards of 6" + reserve), 40 - 21);
  EXPECT_DOUBLE_EQ(lost("order_formula: \"0 * position\", initial: 30" + reserve), 40 - 21);
  // The level counts, not what was there at the start.
  EXPECT_DOUBLE_EQ(lost("level: 20, initial: 30" + reserve), 40 - 24);
}

}  // namespace
}  // namespace tierworks::supply
