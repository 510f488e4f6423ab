// What goods, freight and sales cost while a disruption lasts, by hand: a unit a day, 100 d after a warm-up of 50 d.
#include <gtest/gtest.h>

#include "tests/support/simulate.h"

namespace tierworks::disruption {
namespace {

tests::Ran with(const std::string& shocks) {
  return tests::simulate_text(R"(
tierworks: 1
time: {warm_up: 50 d, horizon: 100 d}
items: {part: {}}
sites:
  mill: {sells: {part: {price: 10}}}
  shop:
    buys: {part: {from: mill, order_time: 0}}
    stock: {part: {level: 12}}
lanes: {road: {from: mill, to: shop, transit: 2 d, cost_per_unit: 2, cost_per_shipment: 3}}
demand: {at: shop, item: part, orders: every 1 d, price: 15}
disruptions:
)" + shocks);
}

TEST(Price, OfGoodsIsThatOfTheDayOnWhichTheyArrive) {
  // Five arrivals at 15 instead of 10.
  const auto dear = with("  dear: {hits: site mill, price: 150 %, at: 60 d, for: 5 d}\n");
  EXPECT_NEAR(dear("cost_purchase"), 10 + 5 * 5 / 100.0, 1e-9);
  EXPECT_NEAR(dear("cost_transport"), 5, 1e-9);
  EXPECT_NEAR(dear("revenue"), 15, 1e-9);
  EXPECT_DOUBLE_EQ(dear("fill_rate"), 1);
  // From the warm-up into the measured time: the five behind it count.
  const auto early = with("  dear: {hits: item part, price: 150 %, at: 45 d, for: 10 d}\n");
  EXPECT_NEAR(early("cost_purchase"), 10 + 5 * 5 / 100.0, 1e-9);
}

TEST(Price, OfOverlappingShocksMultiplies) {
  // Three days at 15, two at 30, three at 20.
  const auto twice = with(
      "  dear: {hits: site mill, price: 150 %, at: 60 d, for: 5 d}\n"
      "  scarce: {hits: site mill, price: 200 %, at: 63 d, for: 5 d}\n");
  EXPECT_NEAR(twice("cost_purchase"), 10 + (3 * 5 + 2 * 20 + 3 * 10) / 100.0, 1e-9);
}

TEST(Price, OfFreightAndOfSales) {
  const auto freight = with("  storm: {hits: lane road, price: 150 %, at: 60 d, for: 5 d}\n");
  EXPECT_NEAR(freight("cost_transport"), 5 + 5 * 2.5 / 100.0, 1e-9);
  EXPECT_NEAR(freight("cost_purchase"), 10, 1e-9);
  const auto sales = with("  boom: {hits: demand demand, price: 120 %, at: 60 d, for: 5 d}\n");
  EXPECT_NEAR(sales("revenue"), 15 + 5 * 3 / 100.0, 1e-9);
  EXPECT_NEAR(sales("revenue", "site:shop/item:part"), sales("revenue"), 1e-9);
}

}  // namespace
}  // namespace tierworks::disruption
