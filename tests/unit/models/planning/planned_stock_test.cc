// Stocks whose level is computed or forecast, by scenarios whose numbers can be followed by hand. Orders of `every 1 d` come
// at 0 d, 1 d, 2 d, ...; a review of the same instant looks at the stock after them.
#include <cmath>
#include <string>

#include <gtest/gtest.h>

#include "models/world/outlook.h"
#include "tests/support/simulate.h"

namespace tierworks::planning {
namespace {

using tests::Ran;
using tests::simulate_text;

std::string shop(const std::string& stock, const std::string& demand, const std::string& time = "{horizon: 20 d}") {
  return "tierworks: 1\ntime: " + time + R"(
items: {box: {value: 10}}
sites:
  mill: {sells: {box: {quoted: 1 d}}}
  shop:
    buys: {box: {from: mill, transit: 1 d, order_time: 0}}
    stock: {box: )" +
         stock + "}\ndemand: {at: shop, item: box, " + demand + "}\n";
}

TEST(AComputedLevel, OfCertainDemandIsThatDemand) {
  // Ordered after the customer of day t, there before that of day t + 2: two customers of 3 boxes wait to be replaced.
  const Ran run = simulate_text(shop("{safety: 90 % cycle_service}", "orders: every 1 d, size: 3"));
  EXPECT_DOUBLE_EQ(run("fill_rate"), 1);
  EXPECT_DOUBLE_EQ(run("on_hand"), 3.0 / 20);  // 6 - 3 on day 0, nothing later
}

TEST(AComputedLevel, StandsOnTheStatedSafetyStock) {
  const Ran run = simulate_text(shop("{safety: 5}", "orders: every 1 d, size: 3"));
  EXPECT_DOUBLE_EQ(run("on_hand"), (8.0 + 19 * 5) / 20);  // 11 - 3, then 5
}

world::SafetyOutlook chips(const std::string& quoted, const std::string& chip) {
  const auto model = tests::model_of_text(R"(
tierworks: 1
time: {horizon: 20 d}
items: {chip: {}, board: {bom: {chip: 4}}, box: {bom: {board: 1, chip: 2}}}
sites:
  mill: {sells: {chip: {quoted: )" + quoted +
                                          R"(}}}
  plant:
    buys: {chip: {from: mill, transit: 1 d, order_time: 0}}
    makes: {board: {time: 1 h}, box: {time: 1 h}}
    stock: {chip: )" + chip + R"(}
demand: {at: plant, item: box, orders: poisson 20 / d, size: 3}
)");
  const world::Outlook outlook = world::outlook(*model);
  EXPECT_EQ(outlook.safety.size(), 1U);
  return outlook.safety.at(0);
}

TEST(VariabilityOfDemand, IsCarriedThroughBillsOfMaterialsAsOneStream) {
  // 20 orders of 3 a day have a variance of 20 x 9 = 180; a box takes 4 + 2 chips, on two ways but for the same customer.
  const world::SafetyOutlook s = chips("3 d", "{safety: 95 % cycle_service}");
  EXPECT_NEAR(s.demand_mean, 4 * 360, 1e-9);
  EXPECT_NEAR(s.demand_deviation, std::sqrt(4 * 36 * 180.0), 1e-9);
  // 1.6448536 x 160.997 = 264.8; 5.0 for its skewness, 4 x 20 x 18^3 / 160.997^3 = 0.112; 9 for the order of 6 or 12 itself.
  EXPECT_NEAR(s.safety_stock, 279, 1e-6);
  EXPECT_EQ(s.variability, "stream demand through supply");
}

TEST(VariabilityOfDemand, HasThatOfTheLeadTimeInIt) {
  // 3 d with a cv of 0.5 vary by 1.5 d, of 360 chips each.
  const world::SafetyOutlook s = chips("gamma 3 d cv 0.5", "{safety: 95 % cycle_service}");
  EXPECT_NEAR(s.demand_deviation, std::sqrt(4 * 36 * 180.0 + 360.0 * 360 * 1.5 * 1.5), 1e-6);
  EXPECT_NEAR(s.lead_time_deviation_hours, 36, 1e-6);
}

TEST(VariabilityOfDemand, IsWhatWasStatedIfItWas) {
  // A day's 360 chips with a cv of 0.5, 4 days to the goods and 1 to the next review.
  const world::SafetyOutlook s = chips("3 d", "{safety: 95 % cycle_service, demand_cv: 0.5, review: 1 d}");
  EXPECT_NEAR(s.demand_mean, 5 * 360, 1e-9);
  EXPECT_NEAR(s.demand_deviation, 180 * std::sqrt(5.0), 1e-9);
  EXPECT_EQ(s.variability, "demand_cv 0.5 of a day, as stated");
}

TEST(AComputedLevel, OfDemandThatChangesWithTheCalendarStandsOnItsMeanOverTheRun) {
  // Two days to the goods; the run begins on a Monday and has four whole weeks.
  const auto expected = [](const std::string& demand) {
    const std::string yaml = shop("{safety: 95 % cycle_service, demand_cv: 0.3}", demand, "{horizon: 28 d}");
    return world::outlook(*tests::model_of_text(yaml)).safety.at(0).demand_mean;
  };
  EXPECT_NEAR(expected("orders: poisson 10 / d, profile: [2, 2, 2, 2, 2, 1, 1]"), 2 * 10 * 12 / 7.0, 1e-9);
  EXPECT_NEAR(expected("orders: every 1 d, size: normal 14 sd 2, profile: [1, 1, 1, 1, 1, 0, 0]"), 2 * 10, 1e-9);
}

TEST(AForecast, OrdersWhatWasTakenWhileDemandIsLevel) {
  // Lead time 2 d and a review a day: the forecast looks 3 d ahead, 9 boxes, and 4 are on top.
  const Ran run = simulate_text(shop("{forecast: moving_average 2, review: 1 d, safety: 4}",
                                     "orders: every 1 d, size: 3", "{warm_up: 5 d, horizon: 20 d}"));
  EXPECT_DOUBLE_EQ(run("on_hand"), 7);  // 13 - 6 on order
  EXPECT_DOUBLE_EQ(run("orders", "site:shop/item:box"), 1);
  EXPECT_DOUBLE_EQ(run("order_variance", "site:shop/item:box"), 0);
  EXPECT_TRUE(std::isnan(run("bullwhip", "site:shop/item:box")));  // demand does not vary
}

TEST(Bullwhip, OfABaseStockIsOne) {
  // What was demanded between two reviews is ordered at the second.
  const Ran run = simulate_text(shop("{level: 100, review: 2 d}", "orders: every 1 d, size: discrete 1 50 % or 7 50 %",
                                     "{warm_up: 20 d, horizon: 200 d}"));
  EXPECT_DOUBLE_EQ(run("bullwhip", "site:shop/item:box"), 1);
  EXPECT_DOUBLE_EQ(run("bullwhip", "tier:0"), 1);
  EXPECT_GT(run("order_variance", "site:shop/item:box"), 10);
}

TEST(Bullwhip, OfALotIsCountedInDays) {
  // A box a day, in lots of 5: an order of 5 on every fifth day, and a demand of 1 on each.
  const Ran run =
      simulate_text(shop("{reorder_point: 2, quantity: 5}", "orders: every 1 d", "{warm_up: 10 d, horizon: 50 d}"));
  EXPECT_DOUBLE_EQ(run("orders", "site:shop/item:box"), 0.2);
  EXPECT_NEAR(run("order_variance", "site:shop/item:box"), 50 * 4.0 / 49, 1e-9);  // mean 1, mean square 5
  EXPECT_TRUE(std::isnan(run("bullwhip", "site:shop/item:box")));
}

}  // namespace
}  // namespace tierworks::planning
