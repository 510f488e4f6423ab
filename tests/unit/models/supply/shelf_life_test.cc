// Goods that spoil, by hand.
#include <cmath>
#include <string>

#include <gtest/gtest.h>

#include "tests/support/simulate.h"

namespace tierworks::supply {
namespace {

using tests::mistakes_of_text;
using tests::Ran;
using tests::simulate_text;

// Filled up to 10 every 5 d; one unit goes each noon. What is left after 3 d is thrown away.
std::string kiosk(const std::string& shelf_life, const std::string& more = "") {
  return "tierworks: 1\ntime: {horizon: 20 d}\nitems: {milk: {shelf_life: " + shelf_life + R"(, disposal_cost: 2}}
sites:
  dairy: {sells: {milk: {}}}
  kiosk:
    buys: {milk: {from: dairy, transit: 0 h, order_time: 0}}
    stock: {milk: {level: 10, review: 5 d}}
demand: {at: kiosk, item: milk, orders: every 1 d from 12 h, unmet: lost}
)" + more;
}

TEST(ShelfLife, WhatIsTooOldIsThrownAway) {
  // Each 5 d three are sold, two are missed, and seven are thrown away.
  const Ran run = simulate_text(kiosk("3 d"));
  EXPECT_DOUBLE_EQ(run("waste"), 28 / 20.0);
  EXPECT_DOUBLE_EQ(run("waste_share"), 0.7);
  EXPECT_DOUBLE_EQ(run("waste_share", "site:kiosk/item:milk"), 0.7);
  EXPECT_DOUBLE_EQ(run("lost_share"), 0.4);
  EXPECT_DOUBLE_EQ(run("cost_disposal"), 2 * 28 / 20.0);
  // 10 until 0.5 d, then 9, 8, and 7 from 2.5 d to 3 d.
  EXPECT_DOUBLE_EQ(run("on_hand", "site:kiosk/item:milk"), (5 + 9 + 8 + 3.5) / 5);
}

TEST(ShelfLife, WhatIsSoldInTimeIsNotWasted) {
  const Ran run = simulate_text(kiosk("10 d"));
  EXPECT_DOUBLE_EQ(run("waste"), 0);
  EXPECT_DOUBLE_EQ(run("lost_share"), 0);
}

TEST(ShelfLife, WhatExpiresFirstGoesFirst) {
  const std::string text = R"(tierworks: 1
time: {horizon: 10 d}
items: {milk: {shelf_life: 6 d}}
sites:
  dairy: {sells: {milk: {}}}
  kiosk:
    buys: {milk: {from: dairy, transit: 0 h, order_time: 0}}
    stock: {milk: {level: 8, review: 5 d, initial: 8}}
demand: {at: kiosk, item: milk, orders: every 1 d from 12 h, unmet: lost}
)";
  // Day 5: three of day 0 are left and five come. At 5.5 d one of the three goes, and at 6 d two are thrown away; had a fresh
  // one gone, it would be three.
  EXPECT_DOUBLE_EQ(simulate_text(text)("waste"), 2 / 10.0);
}

TEST(ShelfLife, AgeTravelsWithTheGoods) {
  // They leave the dairy at 0 d, pass the depot at 2 d and come to the shop at 3 d, with 2 of 5 d left: two are sold.
  const Ran run = simulate_text(R"(tierworks: 1
time: {horizon: 10 d}
items: {milk: {shelf_life: 5 d}}
sites:
  dairy: {sells: {milk: {}}}
  depot: {buys: {milk: {from: dairy, transit: 2 d, order_time: 0}}}
  shop:
    buys: {milk: {from: depot, transit: 1 d, order_time: 0}}
    stock: {milk: {level: 10, review: 10 d, initial: 0}}
demand: {at: shop, item: milk, orders: every 1 d from 12 h, unmet: lost}
)");
  EXPECT_DOUBLE_EQ(run("waste", "site:shop/item:milk"), 8 / 10.0);
  EXPECT_DOUBLE_EQ(run("waste", "site:depot/item:milk"), 0);
  EXPECT_DOUBLE_EQ(run("waste_share", "site:depot/item:milk"), 0);
  EXPECT_DOUBLE_EQ(run("lost_share"), 0.8);
}

TEST(ShelfLife, WhatSpoilsOnTheWayIsThrownAwayOnArrival) {
  // Every second shipment takes 4 d where 3 d are allowed.
  const Ran run = simulate_text(R"(tierworks: 1
time: {horizon: 400 d}
items: {milk: {shelf_life: 3 d}}
sites:
  dairy: {sells: {milk: {}}}
  shop: {buys: {milk: {from: dairy, transit: discrete 1 d 50 % or 4 d 50 %, order_time: 0}}}
demand: {at: shop, item: milk, orders: every 1 d from 12 h, size: 10}
)");
  EXPECT_NEAR(run("waste"), 10, 2);
  EXPECT_GT(run("throughput"), 9.5);  // what is thrown away is ordered anew
}

// A day's demand of D ~ Poisson(10), all fresh each morning, 12 of it: waste E[(12 - D)+], lost E[(D - 12)+].
TEST(ShelfLife, DailyFreshGoodsAreANewsvendor) {
  double p = std::exp(-10.0), waste = 0, lost = 10 - 12;
  for (int d = 0; d < 12; ++d) {
    waste += (12 - d) * p;
    lost += (12 - d) * p;
    p *= 10.0 / (d + 1);
  }
  const Ran run = simulate_text(R"(tierworks: 1
time: {horizon: 60000 d}
items: {bread: {shelf_life: 1 d}}
sites:
  bakery: {sells: {bread: {}}}
  kiosk:
    buys: {bread: {from: bakery, transit: 0 h, order_time: 0}}
    stock: {bread: {level: 12, review: 1 d}}
demand: {at: kiosk, item: bread, orders: poisson 10 / d, unmet: lost}
)");
  // Four standard errors of 60,000 days: the deviation of a day is below 2.4.
  EXPECT_NEAR(run("waste"), waste, 4 * 2.4 / std::sqrt(60000.0));
  EXPECT_NEAR(run("lost_sales"), lost, 4 * 1.2 / std::sqrt(60000.0));
}

TEST(ShelfLife, FireTakesGoodsOfAllAges) {
  // At 1 d five of nine burn (half, rounded up); two more are sold by 2.5 d.
  const Ran run = simulate_text(kiosk("3 d", R"(
disruptions:
  fire: {hits: stock kiosk/milk, lost: {stock: 50 %}, at: 1 d, for: 1 h}
)"));
  // 10 - 1 - 5 - 2 = 2 of the first 5 d, then seven in each of three.
  EXPECT_DOUBLE_EQ(run("waste"), (2 + 21) / 20.0);
}

TEST(ShelfLife, LossOnTheWayLeavesTheRestItsAge) {
  const Ran run = simulate_text(R"(tierworks: 1
time: {horizon: 10 d}
items: {milk: {shelf_life: 5 d}}
sites:
  dairy: {sells: {milk: {}}}
  shop:
    buys: {milk: {from: dairy, transit: 3 d, order_time: 0}}
    stock: {milk: {level: 10, review: 10 d, initial: 0}}
demand: {at: shop, item: milk, orders: every 1 d from 12 h, unmet: lost}
disruptions:
  flood: {hits: lane dairy to shop, lost: {in_transit: 50 %}, at: 1 d, for: 1 h}
)");
  // Five come at 3 d, two are sold until 5 d.
  EXPECT_DOUBLE_EQ(run("waste"), 3 / 10.0);
}

TEST(ShelfLife, GoodsThatCannotArriveInTimeAreAMistake) {
  EXPECT_EQ(mistakes_of_text(kiosk("10 d")), "");
  const std::string text = R"(tierworks: 1
items: {milk: {shelf_life: 2 d}}
sites:
  dairy: {sells: {milk: {}}}
  shop: {buys: {milk: {from: dairy, transit: uniform 2 d to 3 d}}}
demand: {at: shop, item: milk, orders: every 1 d}
)";
  EXPECT_NE(mistakes_of_text(text).find("got goods that last 2 d and take at least 2 d from \"dairy\" to \"shop\""),
            std::string::npos)
      << mistakes_of_text(text);
}

}  // namespace
}  // namespace tierworks::supply
