// What customers pay and what it costs to leave them waiting; and KPIs by region.
#include <string>

#include <gtest/gtest.h>

#include "tests/support/simulate.h"

namespace tierworks::demand {
namespace {

using tests::Ran;
using tests::simulate_text;

// A customer a day who wants 5 boxes; 3 are there, 2 follow after 10 h.
std::string three_of_five(const std::string& stream, const std::string& item = "{value: 20}") {
  return "tierworks: 1\ntime: {horizon: 20 d}\nitems: {box: " + item + R"(}
sites:
  mill: {sells: {box: {price: 8}}}
  shop: {buys: {box: {from: mill, transit: 10 h, order_time: 0 h}}, stock: {box: {level: 3}}}
demand: {at: shop, item: box, orders: every 1 d, size: 5, )" +
         stream + "}\n";
}

TEST(Revenue, IsUnitsShippedTimesThePrice) {
  EXPECT_DOUBLE_EQ(simulate_text(three_of_five("price: 55"))("revenue"), 5 * 55);
  EXPECT_DOUBLE_EQ(simulate_text(three_of_five(""))("revenue"), 5 * 20);  // the item's value if left out
  EXPECT_DOUBLE_EQ(simulate_text(three_of_five("price: 55, unmet: lost"))("revenue"), 3 * 55);
}

TEST(Revenue, OfAnItemCountedInPartsIsForItsUnit) {
  const std::string grams = "{value: 20, unit: kg, resolution: 0.001}";
  const Ran run = simulate_text(three_of_five("price: 55, shortage_cost: 4, waiting_cost: 12 / d", grams));
  EXPECT_DOUBLE_EQ(run("revenue"), 5 * 55);
  EXPECT_DOUBLE_EQ(run("cost_shortage"), 2 * 4 + 2 * 12 * 10 / 24.0);
  EXPECT_DOUBLE_EQ(run("cost_purchase"), 5 * 8);
}

TEST(ShortageCost, IsForEachUnitThatIsNotThereAtOnce) {
  EXPECT_DOUBLE_EQ(simulate_text(three_of_five("shortage_cost: 4"))("cost_shortage"), 2 * 4);
  EXPECT_DOUBLE_EQ(simulate_text(three_of_five("shortage_cost: 4, unmet: lost"))("cost_shortage"), 2 * 4);
}

TEST(WaitingCost, IsForTheTimeThatUnitsWait) {
  EXPECT_DOUBLE_EQ(simulate_text(three_of_five("waiting_cost: 12 / d"))("cost_shortage"), 2 * 12 * 10 / 24.0);
  // 365 % of 20 a year are 0.2 a day for each.
  EXPECT_DOUBLE_EQ(simulate_text(three_of_five("waiting_cost: 365 % / yr"))("cost_shortage"), 2 * 0.2 * 10 / 24.0);
}

TEST(Profit, IsRevenueLessAllCosts) {
  const Ran run = simulate_text(three_of_five("price: 55, shortage_cost: 4"));
  EXPECT_DOUBLE_EQ(run("total_cost"), 5 * 8 + 2 * 4);
  EXPECT_DOUBLE_EQ(run("profit"), 5 * 55 - (5 * 8 + 2 * 4));
  EXPECT_DOUBLE_EQ(run("total_cost", "site:shop"), run("total_cost"));
}

TEST(HoldingCost, IsForTheTimeOnTheShelf) {
  // 3 boxes for the 14 h of each day in which they are there, at 36.5 % of 20 a year, so 0.02 a day.
  std::string scenario = three_of_five("price: 55");
  scenario.insert(scenario.find("items:"), "money: {holding: 36.5 % / yr}\n");
  const Ran run = simulate_text(scenario);
  EXPECT_NEAR(run("on_hand"), 3 * 14 / 24.0, 1e-12);
  EXPECT_NEAR(run("cost_holding"), 3 * 14 / 24.0 * 0.02, 1e-12);
  EXPECT_NEAR(run("inventory_value"), 3 * 14 / 24.0 * 20, 1e-9);
  EXPECT_NEAR(run("turns"), 5 * 20 * 365 / (3 * 14 / 24.0 * 20), 1e-6);
}

TEST(Regions, HaveKpisOfTheirOwnStreams) {
  // North's five come first and leave nothing of 5 boxes for south's one, who waits for 10 h.
  const Ran run = simulate_text(R"(
tierworks: 1
time: {horizon: 20 d}
items: {box: {}}
sites:
  mill: {sells: {box: {}}}
  shop: {buys: {box: {from: mill, transit: 10 h, order_time: 0 h}}, stock: {box: {level: 5}}}
demand:
  a: {at: shop, item: box, region: north, orders: every 1 d, size: 3, price: 10}
  b: {at: shop, item: box, region: north, orders: every 1 d, size: 2, price: 20}
  c: {at: shop, item: box, region: south, orders: every 1 d, size: 1, price: 30, waiting_cost: 2.4 / d}
)");
  EXPECT_DOUBLE_EQ(run("demand", "region:north"), 5);
  EXPECT_DOUBLE_EQ(run("demand", "region:south"), 1);
  EXPECT_DOUBLE_EQ(run("fill_rate", "region:north"), 1);
  EXPECT_DOUBLE_EQ(run("fill_rate", "region:south"), 0);
  EXPECT_DOUBLE_EQ(run("fill_rate"), 5 / 6.0);
  EXPECT_DOUBLE_EQ(run("order_lead_time", "region:south"), 10);
  EXPECT_DOUBLE_EQ(run("order_lead_time"), 10 / 3.0);
  EXPECT_DOUBLE_EQ(run("on_time", "region:north"), 1);
  EXPECT_DOUBLE_EQ(run("on_time", "region:south"), 0);
  EXPECT_DOUBLE_EQ(run("revenue", "region:north"), 3 * 10 + 2 * 20);
  EXPECT_DOUBLE_EQ(run("revenue", "region:south"), 30);
  EXPECT_DOUBLE_EQ(run("backorders", "region:south"), 10 / 24.0);
  EXPECT_DOUBLE_EQ(run("cost_shortage", "region:south"), 1);
  EXPECT_DOUBLE_EQ(run("cost_shortage", "region:north"), 0);
}

}  // namespace
}  // namespace tierworks::demand
