// Lanes in whole scenarios: capacity, freight, and goods on the way, by hand.
#include <string>

#include <gtest/gtest.h>

#include "tests/support/simulate.h"

namespace tierworks::logistics {
namespace {

using tests::Ran;
using tests::simulate_text;

// Boxes bought to order over one lane, without any delay but the lane's.
std::string over_lane(const std::string& lane, const std::string& time, const std::string& orders,
                      const std::string& size = "1") {
  return "tierworks: 1\ntime: " + time + R"(
money: {transit_holding: 2 / d}
items: {box: {}}
sites:
  mill: {sells: {box: {}}}
  shop: {buys: {box: {from: mill, order_time: 0 h}}}
lanes:
  road: )" +
         lane + R"(
demand: {at: shop, item: box, orders: )" +
         orders + ", size: " + size + "}\n";
}

TEST(LaneCapacity, MakesTheThirdShipmentWaitForTheFirst) {
  // Sent at 0, 1, 2 h and so on, 10 h on the way, two at once: those of 0 and 1 h arrive at 10 and 11 h, the next two then
  // leave and arrive at 20 and 21 h, then at 30 and 31 h. In 30 h four have arrived.
  const Ran run =
      simulate_text(over_lane("{from: mill, to: shop, transit: 10 h, capacity: 2}", "{horizon: 30 h}", "every 1 h"));
  EXPECT_DOUBLE_EQ(run("order_lead_time"), (10 + 10 + 18 + 18) / 4.0);
  EXPECT_DOUBLE_EQ(run("throughput", "lane:road"), 4 / (30 / 24.0));
}

TEST(LaneCapacity, LeavesGoodsThatWaitForItOnTheWay) {
  // Sent out of hand at 0, 1, .. 29 h: all but those that have arrived are in the pipeline.
  const Ran run =
      simulate_text(over_lane("{from: mill, to: shop, transit: 10 h, capacity: 2}", "{horizon: 30 h}", "every 1 h"));
  const double sent = 30 * 31 / 2.0, arrived = 20 + 19 + 10 + 9;  // unit-hours up to the end
  EXPECT_DOUBLE_EQ(run("pipeline_stock", "lane:road"), (sent - arrived) / 30);
}

TEST(Freight, IsForUnitsAndForShipments) {
  // Each day one shipment of 2: 2 x 3 + 7.
  const Ran run =
      simulate_text(over_lane("{from: mill, to: shop, transit: 1 h, cost_per_unit: 3, cost_per_shipment: 7}",
                              "{horizon: 50 d}", "every 1 d", "2"));
  EXPECT_DOUBLE_EQ(run("cost_transport"), 13);
  EXPECT_DOUBLE_EQ(run("cost_transport", "lane:road"), 13);
  EXPECT_DOUBLE_EQ(run("cost_transport", "site:shop"), 13);
  EXPECT_DOUBLE_EQ(run("throughput", "lane:road"), 2);
  EXPECT_DOUBLE_EQ(run("cost_holding"), 2 * 2 / 24.0);  // two boxes on the way for an hour a day, at 2 a day each
}

TEST(Freight, IsForUnitsEvenIfTheyAreCountedInParts) {
  const Ran run = simulate_text(R"(
tierworks: 1
time: {horizon: 10 d}
items: {oil: {unit: kg, resolution: 0.1}}
sites:
  mill: {sells: {oil: {price: 5}}}
  shop: {buys: {oil: {from: mill, order_time: 0 h}}}
lanes:
  road: {from: mill, to: shop, transit: 1 h, cost_per_unit: 3}
demand: {at: shop, item: oil, orders: every 1 d, size: 2.5}
)");
  EXPECT_DOUBLE_EQ(run("cost_transport"), 7.5);
  EXPECT_DOUBLE_EQ(run("cost_purchase"), 12.5);
}

TEST(PipelineStock, CountsWhatLeftBeforeTheWarmUpEndedAndWhatIsUnderWayAtTheEnd) {
  // 2 days on the way each 1.5 days, measured from day 1 to day 3: A 0 .. 2 for a day of it, B 1.5 .. 3.5 for 1.5 days.
  const Ran run = simulate_text(
      over_lane("{from: mill, to: shop, transit: 2 d}", "{warm_up: 1 d, horizon: 2 d}", "every 36 h", "4"));
  EXPECT_DOUBLE_EQ(run("pipeline_stock"), 4 * 2.5 / 2);
  EXPECT_DOUBLE_EQ(run("pipeline_stock", "lane:road"), 4 * 2.5 / 2);
  EXPECT_DOUBLE_EQ(run("pipeline_stock", "site:shop/item:box"), 4 * 2.5 / 2);
}

TEST(PipelineStock, OfGoodsThatAreUnderWayAllTheTimeIsTheirQuantity) {
  const Ran run = simulate_text(
      over_lane("{from: mill, to: shop, transit: 10 d}", "{warm_up: 1 d, horizon: 2 d}", "every 100 d", "4"));
  EXPECT_DOUBLE_EQ(run("pipeline_stock"), 4);
}

TEST(SharedLane, CountsTheShipmentsOfAllItems) {
  // Capacity 1: the second item's shipment waits until the first one's has arrived.
  const Ran run = simulate_text(R"(
tierworks: 1
time: {horizon: 10 d}
items: {a: {}, b: {}}
sites:
  mill: {sells: {a: {}, b: {}}}
  shop: {buys: {a: {from: mill, order_time: 0 h}, b: {from: mill, order_time: 0 h}}}
lanes:
  road: {from: mill, to: shop, transit: 6 h, capacity: 1, cost_per_shipment: 10}
demand:
  a: {at: shop, item: a, orders: every 1 d}
  b: {at: shop, item: b, orders: every 1 d from 1 h, size: 3}
)");
  EXPECT_DOUBLE_EQ(run("order_lead_time", "item:a"), 6);
  EXPECT_DOUBLE_EQ(run("order_lead_time", "item:b"), 11);
  EXPECT_DOUBLE_EQ(run("throughput", "lane:road"), 4);
  EXPECT_DOUBLE_EQ(run("cost_transport", "lane:road"), 20);
}

}  // namespace
}  // namespace tierworks::logistics
