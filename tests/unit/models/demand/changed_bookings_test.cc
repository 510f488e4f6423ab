// What customers change about booked orders is counted when they change it, in orders and in units.
#include <string>

#include <gtest/gtest.h>

#include "tests/support/simulate.h"

namespace tierworks::demand {
namespace {

using tests::Ran;
using tests::simulate_text;

// Three customers want something each Thursday (days 3, 10, 17, 24) and change their minds two days before, on days 1, 8, 15
// and 22; the first of these lies in the warm-up.
Ran run_of(const std::string& more = "") {
  return simulate_text(R"(
tierworks: 1
time: {warm_up: 1 wk, horizon: 3 wk}
items: {box: {unit: kg, resolution: 0.5}, crate: {}}
sites:
  mill: {sells: {box: {}, crate: {}}}
  shop:
    buys: {box: {from: mill, transit: 1 d}, crate: {from: mill, transit: 1 d}}
    stock: {box: {level: 40}, crate: {level: 40}}
demand:
  sooner: {at: shop, item: box, orders: every 1 wk from 3 d, size: 2.5, class: hotel, region: east,
           booked: {ahead: 1 wk, window: 2 d, pulled_in: {share: 100 %, by: 1 d}}}
  later: {at: shop, item: box, orders: every 1 wk from 3 d, size: 3, class: hotel,
          booked: {ahead: 1 wk, window: 2 d, pushed_out: {share: 100 %, by: 1 d}}}
  never: {at: shop, item: crate, orders: every 1 wk from 3 d, size: 5, class: fair,
          booked: {ahead: 1 wk, window: 2 d, cancelled: 99.9999 %}}
  walk_in: {at: shop, item: crate, orders: every 1 wk from 3 d, size: 1)" +
                       more + "}\n");
}

TEST(ChangesOfBookings, AreCountedInOrdersAndUnits) {
  const Ran run = run_of();
  EXPECT_DOUBLE_EQ(run("orders_pulled_in") * 21, 3);
  EXPECT_DOUBLE_EQ(run("orders_pushed_out") * 21, 3);
  EXPECT_DOUBLE_EQ(run("orders_cancelled") * 21, 3);
  EXPECT_DOUBLE_EQ(run("pulled_in") * 21, 7.5);
  EXPECT_DOUBLE_EQ(run("pushed_out") * 21, 9);
  EXPECT_DOUBLE_EQ(run("cancelled") * 21, 15);
}

TEST(ChangesOfBookings, HaveTheirItemClassRegionAndSite) {
  const Ran run = run_of();
  EXPECT_DOUBLE_EQ(run("pulled_in", "class:hotel") * 21, 7.5);
  EXPECT_DOUBLE_EQ(run("pushed_out", "class:hotel") * 21, 9);
  EXPECT_DOUBLE_EQ(run("cancelled", "class:hotel"), 0);
  EXPECT_DOUBLE_EQ(run("orders_cancelled", "class:fair") * 21, 3);
  EXPECT_DOUBLE_EQ(run("pulled_in", "region:east") * 21, 7.5);
  EXPECT_DOUBLE_EQ(run("pushed_out", "region:east"), 0);
  EXPECT_DOUBLE_EQ(run("cancelled", "site:shop/item:crate") * 21, 15);
  EXPECT_DOUBLE_EQ(run("cancelled", "item:box"), 0);
  EXPECT_DOUBLE_EQ(run("orders_pushed_out", "site:shop") * 21, 3);
}

TEST(ChangesOfBookings, HaveNoRowWhereNobodyBooks) {
  const Ran run = run_of(", region: west");
  EXPECT_FALSE(run.kpis.contains({"cancelled", "region:west"}));
  EXPECT_TRUE(run.kpis.contains({"demand", "region:west"}));
}

}  // namespace
}  // namespace tierworks::demand
