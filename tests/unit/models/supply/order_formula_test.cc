// Orders by a user's own formula: the same as the policies that it writes out, its names, and what is no quantity.
#include <cmath>
#include <string>

#include <gtest/gtest.h>

#include "core/base/math.h"
#include "models/world/outlook.h"
#include "tests/support/simulate.h"

namespace tierworks::supply {
namespace {

using tests::Ran;
using tests::simulate_text;

std::string shop(const std::string& stock, const std::string& demand = "orders: poisson 4 / d, size: 3",
                 const std::string& time = "{horizon: 40 d}") {
  return "tierworks: 1\ntime: " + time + R"(
items: {box: {value: 10, unit: kg, resolution: 0.5}}
sites:
  mill: {sells: {box: {quoted: 1 d}}}
  shop:
    buys: {box: {from: mill, transit: 1 d, order_time: 0}}
    stock: {box: {initial: 40, )" +
         stock + "}}\ndemand: {at: shop, item: box, " + demand + "}\n";
}

void same_run(const std::string& formula, const std::string& policy) {
  const Ran a = simulate_text(shop(formula)), b = simulate_text(shop(policy));
  EXPECT_EQ(a.result.outcome, world::Outcome::complete) << a.result.trouble;
  // A formula is asked at the start as well, which is one more event; every number is the same to the last bit.
  ASSERT_EQ(a.result.values.size(), b.result.values.size());
  for (std::size_t i = 0; i < a.result.values.size(); ++i) {
    const double x = a.result.values[i], y = b.result.values[i];
    EXPECT_TRUE(x == y || (std::isnan(x) && std::isnan(y))) << formula << ": " << x << " and " << y;
  }
}

TEST(AnOrderFormula, CanWriteOutTheKnownPolicies) {
  same_run("order_formula: \"max(0, 40 - position)\"", "level: 40");
  same_run("order_formula: \"position <= 20 ? 40 - position : 0\"", "reorder_point: 20, level: 40");
  same_run("order_formula: \"max(0, 40 - position)\", review: 2 d, multiple: 4", "level: 40, review: 2 d, multiple: 4");
  same_run("order_formula: \"max(0, 40 - (on_hand - reserved + on_order - backorders))\"", "level: 40");
  same_run("order_formula: \"max(0, forecast - position)\", forecast: moving_average 3, review: 1 d",
           "forecast: moving_average 3, review: 1 d");
  same_run("order_formula: \"max(0, forecast - position)\", forecast: sba 0.2, review: 1 d, horizon: 5 d",
           "forecast: sba 0.2, review: 1 d, horizon: 5 d");
}

// One customer a day: the first order of day 0, when 37 are left, is `formula`, and at hand for no other day.
double first_order(const std::string& formula, const std::string& more = "review: 30 d") {
  const Ran run = simulate_text(
      shop("order_formula: \"" + formula + "\", " + more, "orders: every 1 d, size: 3", "{horizon: 3 d}"));
  // On hand 37 and 34 on days 0 and 1; the order is there on day 2.
  return run("on_hand") * 3 - 37 - 34 - 31;
}

TEST(AnOrderFormula, SeesUnitsAndDays) {
  EXPECT_NEAR(first_order("demand_rate"), 3, 1e-9);
  EXPECT_NEAR(first_order("lead_time"), 2, 1e-9);
  EXPECT_NEAR(first_order("review"), 30, 1e-9);
  EXPECT_NEAR(first_order("on_hand"), 37, 1e-9);
  EXPECT_NEAR(first_order("position + on_order + backorders"), 37, 1e-9);
  EXPECT_NEAR(first_order("period_demand"), 3, 1e-9);
  EXPECT_NEAR(first_order("demand_sd"), 0, 1e-9);  // orders at fixed times, of one size
}

TEST(AnOrderFormula, IsRoundedToTheSmallestUnit) {
  EXPECT_NEAR(first_order("7.74"), 7.5, 1e-9);
  EXPECT_NEAR(first_order("7.76"), 8, 1e-9);
  EXPECT_NEAR(first_order("-0.2"), 0, 1e-9);  // but for rounding it is nothing
}

TEST(AnOrderFormula, KnowsHowMuchADayVaries) {
  // 4 orders of 3 a day: a variance of 4 x 9.
  const auto model = tests::model_of_text(shop("order_formula: \"demand_sd\""));
  ASSERT_EQ(model->supply.formula_numbers.size(), 1U);
  EXPECT_NEAR(model->supply.formula_numbers.begin()->demand_deviation, 6, 1e-9);
  EXPECT_NEAR(model->supply.formula_numbers.begin()->demand_rate, 12, 1e-9);
  EXPECT_EQ(world::outlook(*model).stocks.at(0).policy, "formula demand_sd");
  EXPECT_TRUE(std::isnan(world::outlook(*model).stocks.at(0).level));
}

void no_quantity(const std::string& formula, const std::string& trouble) {
  const Ran run = simulate_text(shop("order_formula: \"" + formula + "\", review: 1 d", "orders: every 1 d, size: 3"));
  EXPECT_EQ(run.result.outcome, world::Outcome::no_quantity);
  EXPECT_EQ(run.result.trouble, trouble + ": `" + formula + "`");
  EXPECT_TRUE(std::isnan(run("on_hand")));
}

TEST(AnOrderFormula, ThatGivesNoQuantityIsNoResult) {
  // 37 on day 0, 34 on day 1, 31 on day 2.
  no_quantity("on_hand < 32 ? -0.5 : 0", "the order formula of shop/box gave -0.5 at 2 d, expected a quantity");
  no_quantity(
      "on_hand < 32 ? 1 / (on_hand - 31) : 0",
      "the order formula of shop/box gave no finite number (as a division by 0 does) at 2 d, expected a quantity");
  no_quantity("exp(2 * on_hand)", "the order formula of shop/box gave 1.37338e+32 at 0 d, expected a quantity");
}

TEST(AnOrderFormula, IsTheSameFormulaOfSeveralStocks) {
  const auto model = tests::model_of_text(R"(
tierworks: 1
time: {horizon: 20 d}
items: {box: {}, lid: {}}
sites:
  mill: {sells: {box: {}, lid: {}}}
  shop:
    buys: {"*": {from: mill}}
    stock: {"*": {order_formula: "position < 9 ? 9 - position : 0"}}
demand:
  a: {at: shop, item: box, orders: every 1 d}
  b: {at: shop, item: lid, orders: every 1 d}
)");
  EXPECT_EQ(model->formulas.size(), 1U);
  EXPECT_EQ(model->supply.formula_numbers.size(), 2U);
}

}  // namespace
}  // namespace tierworks::supply
