// Customers: when they order, how much, and what they see of it, by hand or within four standard deviations.
#include "models/demand/events.h"

#include <cmath>
#include <string>

#include <gtest/gtest.h>

#include "tests/support/simulate.h"

namespace tierworks::demand {
namespace {

using tests::Ran;
using tests::simulate_text;

// A shop that always has enough; the stream says the rest.
std::string shop(const std::string& stream, const std::string& time = "{horizon: 100 d}",
                 const std::string& item = "{}") {
  return "tierworks: 1\ntime: " + time + "\nitems: {box: " + item + R"(}
sites:
  mill: {sells: {box: {}}}
  shop: {buys: {box: {from: mill, transit: 0 h, order_time: 0 h}}, stock: {box: {level: 100000}}}
demand: {at: shop, item: box, )" +
         stream + "}\n";
}

// A shop that buys to order, 10 h after the customer wanted it.
std::string to_order(const std::string& stream, const std::string& time = "{horizon: 100 d}",
                     const std::string& item = "{}") {
  return "tierworks: 1\ntime: " + time + "\nitems: {box: " + item + R"(}
sites:
  mill: {sells: {box: {}}}
  shop: {buys: {box: {from: mill, transit: 10 h, order_time: 0 h}}}
demand: {at: shop, item: box, )" +
         stream + "}\n";
}

TEST(Orders, EverySixHoursAreFourADay) {
  EXPECT_DOUBLE_EQ(simulate_text(shop("orders: every 6 h"))("demand"), 4);
  EXPECT_DOUBLE_EQ(simulate_text(shop("orders: every 6 h, size: 3"))("demand"), 12);
  // 5 h, 11 h, 17 h, 23 h, 29 h: the last is not in a day and 5 hours.
  EXPECT_DOUBLE_EQ(simulate_text(shop("orders: every 6 h from 5 h", "{horizon: 29 h}"))("demand") * 29 / 24, 4);
}

TEST(Orders, AtTheEndOfTheWarmUpAreMeasuredAndThoseAtTheEndOfTheRunAreNot) {
  const Ran run = simulate_text(shop("orders: every 1 d", "{warm_up: 3 d, horizon: 4 d}"));
  EXPECT_DOUBLE_EQ(run("demand"), 1);  // days 3, 4, 5 and 6
}

TEST(Orders, ByPoissonHaveTheirRate) {
  // 40 a day for 3650 days: sd of the count is sqrt(146000) = 382, four of them 0.42 a day.
  EXPECT_NEAR(simulate_text(shop("orders: poisson 40 / d", "{horizon: 10 yr}"))("demand"), 40, 0.42);
}

TEST(Orders, AtRandomIntervalsHaveTheirMean) {
  // Mean 2 h, sd 1 h: 43800 in 10 years, four sd of the count are 4 x 0.5 x sqrt(43800) = 419, so 0.115 a day.
  EXPECT_NEAR(simulate_text(shop("orders: every gamma 2 h sd 1 h", "{horizon: 10 yr}"))("demand"), 12, 0.115);
}

TEST(Orders, FollowATrace) {
  const Ran run =
      tests::simulate_beside("orders.csv", "day,quantity\n1,5\n1,2\n4,7\n200,9\n", to_order("orders: orders.csv"));
  EXPECT_DOUBLE_EQ(run("demand"), 14 / 100.0);  // the last is after the end
  EXPECT_DOUBLE_EQ(run("backorders"), 14 * 10 / 2400.0);
}

TEST(Sizes, KeepTheirMeanAlthoughOrdersAreWhole) {
  // Gamma of mean 0.37 and sd 0.2 in whole boxes, 1e5 orders: four sd of the mean are 4 x 0.2 / sqrt(1e5) = 0.0025.
  const Ran run = simulate_text(shop("orders: every 1 min, size: gamma 0.37 sd 0.2", "{horizon: 100000 min}"));
  EXPECT_NEAR(run("demand") / 1440, 0.37, 0.0025);
}

TEST(Sizes, InPacksAreWholePacks) {
  const Ran run = simulate_text(shop("orders: every 1 d, size: 2 carton", "{horizon: 10 d}", "{pack: {carton: 24}}"));
  EXPECT_DOUBLE_EQ(run("demand"), 48);
}

TEST(Sizes, OfHalfABoxAreABoxEachSecondTime) {
  const Ran run = simulate_text(to_order("orders: every 1 d, size: 0.5", "{horizon: 1000 d}"));
  EXPECT_DOUBLE_EQ(run("demand"), 0.5);
  EXPECT_DOUBLE_EQ(run("order_lead_time"), 10);
}

TEST(Due, AnOrderIsOnTimeIfDeliveredWholeWithinIt) {
  EXPECT_DOUBLE_EQ(simulate_text(to_order("orders: every 1 d, due: 10 h"))("on_time"), 1);
  EXPECT_DOUBLE_EQ(simulate_text(to_order("orders: every 1 d, due: 9.99 h"))("on_time"), 0);
  EXPECT_DOUBLE_EQ(simulate_text(to_order("orders: every 1 d, due: 10 h"))("fill_rate"), 0);
}

TEST(Due, OpenOrdersCountOnceTheirAllowanceHasPassed) {
  // Orders at 0, 4, .. 20 h take 10 h and end before 22 h only if ordered by 11 h. Due in 10 h: those of 0, 4 and 8 h are on
  // time, 12 h is just not yet overdue. Due in 9 h: those three are late and that of 12 h is overdue.
  EXPECT_DOUBLE_EQ(simulate_text(to_order("orders: every 4 h, due: 10 h", "{horizon: 22 h}"))("on_time"), 1);
  EXPECT_DOUBLE_EQ(simulate_text(to_order("orders: every 4 h, due: 9 h", "{horizon: 22 h}"))("on_time"), 0);
  // 5 boxes in stock for the first of two orders; the other stays open for ever: one of two.
  const Ran run = simulate_text(R"(
tierworks: 1
time: {horizon: 20 d}
items: {box: {}}
sites:
  mill: {sells: {box: {quoted: 1000 d}}}
  shop: {buys: {box: {from: mill}}, stock: {box: {level: 5}}}
demand: {at: shop, item: box, orders: every 10 d, size: 5, due: 2 d}
)");
  EXPECT_DOUBLE_EQ(run("on_time"), 0.5);
}

TEST(Due, OrdersWhoseAllowanceOutlastsTheRunDoNotCount) {
  // Both take 10 h of 22 h. The first is late; the second, ordered at 10 h, would have had time until 25 h.
  const Ran run = simulate_text(R"(
tierworks: 1
time: {horizon: 22 h}
items: {box: {}}
sites:
  mill: {sells: {box: {}}}
  shop: {buys: {box: {from: mill, transit: 10 h, order_time: 0 h}}}
demand:
  hasty: {at: shop, item: box, orders: every 100 d, due: 1 h}
  patient: {at: shop, item: box, orders: every 100 d from 10 h, due: 15 h}
)");
  EXPECT_DOUBLE_EQ(run("on_time"), 0);
  EXPECT_DOUBLE_EQ(run("order_lead_time"), 10);
}

TEST(DeliveryTime, AddsToTheLeadTimeAndNotToTheFillRate) {
  const Ran run = simulate_text(shop("orders: every 1 d, transit: 6 h, due: 5 h", "{horizon: 10 d}"));
  EXPECT_DOUBLE_EQ(run("order_lead_time"), 6);
  EXPECT_DOUBLE_EQ(run("fill_rate"), 1);
  EXPECT_DOUBLE_EQ(run("on_time"), 0);
  EXPECT_DOUBLE_EQ(run("order_lead_time", "site:shop"), 0);  // until the last unit leaves
}

TEST(DeliveryTime, IsThatOfTheLastPart) {
  // Two of three are there; the third comes after 10 h and travels for 6 h more.
  const Ran run = simulate_text(R"(
tierworks: 1
time: {horizon: 10 d}
items: {box: {}}
sites:
  mill: {sells: {box: {}}}
  shop: {buys: {box: {from: mill, transit: 10 h, order_time: 0 h}}, stock: {box: {level: 2}}}
demand: {at: shop, item: box, orders: every 1 d, size: 3, transit: 6 h}
)");
  EXPECT_DOUBLE_EQ(run("order_lead_time"), 16);
  EXPECT_DOUBLE_EQ(run("order_lead_time_p95"), 16);
  EXPECT_DOUBLE_EQ(run("fill_rate"), 2 / 3.0);
}

TEST(DeliveryTime, OfEachPartIsADrawOfItsOwn) {
  // The last box leaves after 100 h, as the second part if one was there at once, else together with the other.
  const auto hours = [](const std::string& there) {
    return simulate_text(R"(
tierworks: 1
time: {horizon: 30 d}
items: {box: {}}
sites:
  mill: {sells: {box: {}}}
  shop: {buys: {box: {from: mill, transit: 100 h, order_time: 0 h}}, stock: {box: {level: )" +
                         there + R"(}}}
demand: {at: shop, item: box, orders: every 100 d, size: 2, transit: uniform 1 h to 50 h}
)")("order_lead_time");
  };
  EXPECT_GT(hours("1"), 101);
  EXPECT_GT(hours("0"), 101);
  EXPECT_GT(std::abs(hours("1") - hours("0")), 1e-3);
}

TEST(DeliveryTime, OrdersOnTheirWayAtTheEndCountOnceTheyAreOverdue) {
  // 3 d to the customer, due in 1 d. Of the orders of days 0 .. 9 those of 0 .. 6 have arrived, late; those of 7 and 8 are on
  // the way and overdue as well. A second stream takes no time: 10 of 10.
  const Ran run = simulate_text(R"(
tierworks: 1
time: {horizon: 10 d}
items: {box: {}}
sites:
  mill: {sells: {box: {}}}
  shop: {buys: {box: {from: mill}}, stock: {box: {level: 1000}}}
demand:
  far: {at: shop, item: box, orders: every 1 d, transit: 3 d, due: 1 d}
  near: {at: shop, item: box, orders: every 1 d}
)");
  EXPECT_DOUBLE_EQ(run("on_time"), 10.0 / (10 + 7 + 2));
}

TEST(OrderLeadTime, P95IsTheLongTimeOfTheRareOrder) {
  const Ran run = simulate_text(R"(
tierworks: 1
time: {horizon: 100 d}
items: {box: {}}
sites:
  mill: {sells: {box: {}}}
  shop: {buys: {box: {from: mill, transit: 10 h, order_time: 0 h}}, stock: {box: {level: 1}}}
demand:
  most: {at: shop, item: box, orders: every 1 d}
  rare: {at: shop, item: box, orders: every 9 d from 4 h}
)");
  // 100 orders find a box; the other twelve (at 4 h, 9 d 4 h, .. 99 d 4 h) find it sold and wait for 6 h until it is replaced.
  EXPECT_DOUBLE_EQ(run("order_lead_time"), 12 * 6 / 112.0);
  EXPECT_NEAR(run("order_lead_time_p95"), 6, 6 / 64.0);
}

}  // namespace
}  // namespace tierworks::demand
