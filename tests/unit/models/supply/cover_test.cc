// Min-max in days of cover, by scenarios whose numbers can be followed by hand. The customer of a day comes before a review
// of that day; goods are there two days after their order, before that day's customer.
#include <string>

#include <gtest/gtest.h>

#include "tests/support/simulate.h"

namespace tierworks::supply {
namespace {

using tests::Ran;
using tests::simulate_text;

std::string shop(const std::string& buys, const std::string& stock) {
  return R"(
tierworks: 1
time: {horizon: 20 d}
items: {box: {value: 10}}
sites:
  mill: {sells: {box: {quoted: 1 d}}}
  shop:
    buys: {box: {from: mill, transit: 1 d, order_time: 0)" +
         buys + "}}\n    stock: {box: {" + stock + R"(}}
demand: {at: shop, item: box, orders: every 1 d, size: 3}
)";
}

// 18 at the start; below 9 on days 3, 7, 11, ..: 12 are ordered, and there two days later.
// On hand after the customer: 15 12 9 6 3 on days 0 to 4, then 12 9 6 3 again and again.
constexpr double kMinMax = (45 + 3 * 30 + 27) / 20.0;

TEST(Cover, OrdersUpToTheMostWhenLessThanTheLeastIsCovered) {
  const Ran run = simulate_text(shop("", "cover: 3..6 d"));
  EXPECT_DOUBLE_EQ(run("on_hand"), kMinMax);
  EXPECT_DOUBLE_EQ(run("orders", "site:shop/item:box"), 5 / 20.0);
  EXPECT_DOUBLE_EQ(run("fill_rate"), 1);
}

TEST(Cover, MayStandBesideThePurchase) {
  EXPECT_DOUBLE_EQ(simulate_text(shop(", cover: 3..6 d", ""))("on_hand"), kMinMax);
  EXPECT_DOUBLE_EQ(simulate_text(shop(", cover: 3 d..6 d", "review: 1 d"))("on_hand"), kMinMax);
}

TEST(Cover, OfOneFigureKeepsIt) {
  // Up to 15 at each customer: 12 on day 0, 9 from day 1 on.
  EXPECT_DOUBLE_EQ(simulate_text(shop("", "cover: 5 d"))("on_hand"), (12 + 19 * 9) / 20.0);
}

TEST(Cover, OfAForecastIsThatOfTheMeanWhileDemandIsLevel) {
  const Ran run = simulate_text(shop("", "cover: 3..6 d, forecast: moving_average 2, review: 1 d"));
  EXPECT_DOUBLE_EQ(run("on_hand"), kMinMax);
}

TEST(Cover, OfAForecastFollowsDemand) {
  const Ran run = simulate_text(R"(
tierworks: 1
time: {horizon: 12 d}
items: {box: {}}
sites:
  mill: {sells: {box: {}}}
  shop:
    buys: {box: {from: mill, transit: 0, order_time: 0}}
    stock: {box: {cover: 3..6 d, forecast: moving_average 2, review: 1 d}}
demand:
  always: {at: shop, item: box, orders: every 1 d, size: 3}
  later: {at: shop, item: box, orders: every 1 d from 10 d, size: 3}
)");
  // Goods come at once. Both streams together ask for 6 a day, so it starts with 36, and s = 18 on day 0. Days of 3 are seen
  // on days 1 to 9: s = 9 and S = 18 from day 2 on. Days of 6 follow: the mean of two is 4.5 on day 10 and 6 on day 11.
  // On hand: 33 30 27 24 21 18 15 12 9 | 6 < 9, so 18 | 12 < 13.5, so 27 | 21 is not below 18.
  EXPECT_DOUBLE_EQ(run("on_hand"), (33 + 30 + 27 + 24 + 21 + 18 + 15 + 12 + 9 + 18 + 27 + 21) / 12.0);
}

TEST(Cover, IsOfWhatBillsOfMaterialsTake) {
  // A box takes 4 boards and 2 boxes are asked for a day: 2 d of cover are 16 boards.
  const auto model = tests::model_of_text(R"(
tierworks: 1
time: {horizon: 20 d}
items: {board: {}, box: {bom: {board: 4}}}
sites:
  mill: {sells: {board: {}}}
  shop:
    buys: {board: {from: mill, cover: 2..4.5 d}}
    makes: {box: {time: 1 h}}
demand: {at: shop, item: box, orders: every 1 d, size: 2}
)");
  for (const Stock& stock : model->supply.stocks) {
    if (stock.sources.empty() || stock.to_order) continue;
    EXPECT_EQ(std::get<OrderUpTo>(stock.policy).reorder_point, 15);  // below 16
    EXPECT_EQ(std::get<OrderUpTo>(stock.policy).level, 36);
    EXPECT_EQ(stock.initial, 36);
  }
}

}  // namespace
}  // namespace tierworks::supply
