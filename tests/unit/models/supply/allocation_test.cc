// Scarce goods handed out by each rule, by hand.
#include <string>

#include <gtest/gtest.h>

#include "tests/support/simulate.h"

namespace tierworks::supply {
namespace {

using tests::Ran;
using tests::simulate_text;

// A orders 100 at 0 h, B 80 at 1 h; the mill makes 10 an hour: 100 come at 10 h and 80 at 18 h.
Ran two_customers(const std::string& rule, const std::string& more_of_a = "", const std::string& more_of_b = "") {
  return simulate_text(R"(
tierworks: 1
time: {horizon: 24 h}
items: {box: {}}
sites:
  mill: {sells: {box: {capacity: 10 / h}}}
  shop:
    buys: {box: {from: mill, transit: 0 h, order_time: 0 h}}
    stock: {box: {)" + rule +
                       R"(}}
demand:
  a: {at: shop, item: box, class: a, orders: every 100 d, size: 100)" +
                       more_of_a + R"(}
  b: {at: shop, item: box, class: b, orders: every 100 d from 1 h, size: 80)" +
                       more_of_b + "}\n");
}

void expect_unit_hours(const Ran& run, double a, double b) {
  EXPECT_NEAR(run("backorders", "class:a") * 24, a, 1e-9);
  EXPECT_NEAR(run("backorders", "class:b") * 24, b, 1e-9);
}

TEST(Allocation, FirstComeServesTheFirstWhole) {
  expect_unit_hours(two_customers(""), 100 * 10, 80 * 17);
  expect_unit_hours(two_customers("allocation: first_come"), 100 * 10, 80 * 17);
}

TEST(Allocation, ByPriorityServesTheHigherClassFirst) {
  // At 10 h B gets its 80 and A 20; the rest at 18 h.
  const Ran run = two_customers("allocation: priority", ", priority: 2", ", priority: 1");
  expect_unit_hours(run, 100 * 10 + 80 * 8, 80 * 9);
  EXPECT_DOUBLE_EQ(run("order_lead_time", "class:a"), 18);
  EXPECT_DOUBLE_EQ(run("order_lead_time", "class:b"), 9);
  EXPECT_NEAR(run("order_lead_time_p95", "class:b"), 9, 9.0 / 64);
  // Of equal rank, or without any beside one who has one: first come, or last.
  expect_unit_hours(two_customers("allocation: priority", ", priority: 1", ", priority: 1"), 100 * 10, 80 * 17);
  expect_unit_hours(two_customers("allocation: priority", "", ", priority: 7"), 100 * 10 + 80 * 8, 80 * 9);
}

TEST(Allocation, ProportionalGivesEachItsShare) {
  // 100 of 180: 55.6 to A, in whole boxes 55, and 45 to B.
  expect_unit_hours(two_customers("allocation: proportional"), 100 * 10 + 45 * 8, 80 * 9 + 35 * 8);
}

TEST(Allocation, EqualGivesEachTheSame) {
  expect_unit_hours(two_customers("allocation: equal"), 100 * 10 + 50 * 8, 80 * 9 + 30 * 8);
}

// 50 are there; A orders 100 at 0 h, B 20 at 1 h; what is missing comes 10 h later.
Ran whole_orders(const std::string& rule, const std::string& more_of_a = "", const std::string& more_of_b = "") {
  return simulate_text(R"(
tierworks: 1
time: {horizon: 24 h}
items: {box: {}}
sites:
  mill: {sells: {box: {}}}
  shop:
    buys: {box: {from: mill, transit: 10 h, order_time: 0 h}}
    stock: {box: {level: 50, )" +
                       rule + R"(}}
demand:
  a: {at: shop, item: box, class: a, orders: every 100 d, size: 100)" +
                       more_of_a + R"(}
  b: {at: shop, item: box, class: b, orders: every 100 d from 1 h, size: 20)" +
                       more_of_b + "}\n");
}

TEST(CompleteOrders, WaitUntilAllIsThereAndNobodyPassesThem) {
  expect_unit_hours(whole_orders("complete_orders_only: false"), 50 * 10, 20 * 9);
  const Ran run = whole_orders("complete_orders_only: true");
  expect_unit_hours(run, 100 * 10, 20 * 9);
  EXPECT_DOUBLE_EQ(run("fill_rate"), 0);
  EXPECT_DOUBLE_EQ(run("on_hand") * 24, 50 * 10 + 30 + 50 * 13);  // B's own 20 come at 11 h
}

TEST(CompleteOrders, AreServedAtOnceIfTheyRankBeforeWhoWaits) {
  const Ran run = whole_orders("complete_orders_only: true, allocation: priority", "", ", priority: 1");
  expect_unit_hours(run, 100 * 10, 0);
  EXPECT_DOUBLE_EQ(run("fill_rate", "class:b"), 1);
  EXPECT_DOUBLE_EQ(run("fill_rate", "class:a"), 0);
  EXPECT_DOUBLE_EQ(run("fill_rate"), 20 / 120.0);
}

TEST(CompleteOrders, OfWhoGivesUpStandInNobodysWayAnyMore) {
  expect_unit_hours(whole_orders("complete_orders_only: true", ", unmet: wait 5 h"), 100 * 5, 20 * 4);
  // Who does not wait goes without.
  const Ran run = whole_orders("complete_orders_only: true", ", unmet: lost");
  expect_unit_hours(run, 0, 0);
  EXPECT_DOUBLE_EQ(run("lost_share"), 100 / 120.0);
}

// A depot with 60 boxes; at 0 h two shops order 100 and 20, which the depot reads at 1 h and sends in 1 h.
Ran two_shops(const std::string& rule, const std::string& more_of_two = "") {
  return simulate_text(R"(
tierworks: 1
time: {horizon: 24 h}
items: {box: {}}
sites:
  mill: {sells: {box: {quoted: 10 d}}}
  depot:
    )" + rule + R"(
    buys: {box: {from: mill}}
    stock: {box: {level: 60}}
  one: {buys: {box: {from: depot, transit: 1 h, order_time: 1 h}}, stock: {box: {level: 100, initial: 0}}}
  two: {buys: {box: {from: depot, transit: 1 h, order_time: 1 h)" +
                       more_of_two + R"(}}, stock: {box: {level: 20, initial: 0}}}
demand:
  of_one: {at: one, item: box, orders: every 100 d from 23 h}
  of_two: {at: two, item: box, orders: every 100 d from 23 h}
)");
}

void expect_received(const Ran& run, double one, double two) {
  const auto on_hand = [](double units) { return units > 0 ? (units * 22 - 1) / 24 : 0; };
  EXPECT_NEAR(run("on_hand", "site:one"), on_hand(one), 1e-9);
  EXPECT_NEAR(run("on_hand", "site:two"), on_hand(two), 1e-9);
  EXPECT_NEAR(run("fill_rate", "site:depot"), 0.5, 1e-9);
  EXPECT_NEAR(run("on_hand", "site:depot"), 60 / 24.0, 1e-9);
}

TEST(Allocation, OfOrdersThatAreReadTogetherIsAmongAllOfThem) {
  expect_received(two_shops("allocation: proportional"), 50, 10);
  expect_received(two_shops("allocation: equal"), 40, 20);
  expect_received(two_shops("allocation: priority", ", order_priority: 1"), 40, 20);
  expect_received(two_shops("allocation: first_come"), 60, 0);
}

}  // namespace
}  // namespace tierworks::supply
