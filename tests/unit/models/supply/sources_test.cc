// Which of two suppliers gets the orders of a shop that buys what its customers order, by hand.
#include <string>

#include <gtest/gtest.h>

#include "models/world/great_circle.h"
#include "tests/support/simulate.h"

namespace tierworks::supply {
namespace {

using tests::Ran;
using tests::simulate_text;

// Only what comes from the forge has a price, so cost_purchase says how much it got.
Ran two_suppliers(const std::string& buys, const std::string& mill, const std::string& forge,
                  const std::string& size = "10", const std::string& horizon = "20 d", const std::string& more = "") {
  return simulate_text("tierworks: 1\ntime: {start: 2025-01-06, horizon: " + horizon + R"(}
items: {box: {}}
sites:
  mill: {location: [48.2, 16.4], sells: {box: {)" +
                       mill + R"(}}}
  forge: {location: [47.1, 15.4], sells: {box: {)" +
                       forge + R"(}}}
  shop: {location: [46.6, 14.3], buys: {box: {order_time: 0, )" +
                       buys + R"(}}}
demand: {at: shop, item: box, orders: every 1 d, size: )" +
                       size + "}\n" + more);
}

TEST(Sourcing, CheapestDependsOnTheSizeOfTheOrder) {
  const auto cost = [](const std::string& size) {
    const Ran run = two_suppliers("from: [mill, forge], choose: cheapest", "price: 10", "price: 9", size, "20 d", R"(
lanes:
  near: {from: mill, to: shop, transit: 1 h}
  far: {from: forge, to: shop, transit: 1 h, cost_per_shipment: 50}
)");
    return run("cost_purchase");
  };
  EXPECT_DOUBLE_EQ(cost("49"), 490);
  EXPECT_DOUBLE_EQ(cost("51"), 459);
}

TEST(Sourcing, FastestCountsQuotedTimeAndTransit) {
  // 2 d + 1 d against 2.5 d.
  const Ran run =
      two_suppliers("from: {mill: {transit: 1 d}, forge: {transit: 60 h}}, choose: fastest", "quoted: 2 d", "");
  EXPECT_DOUBLE_EQ(run("order_lead_time"), 60);
}

TEST(Sourcing, NearestIsByLocation) {
  const Ran run = two_suppliers("from: {mill: {transit: 1 h}, forge: {transit: 3 h}}, choose: nearest", "", "");
  EXPECT_DOUBLE_EQ(run("order_lead_time"), 3);
}

TEST(Sourcing, ByPriorityFallsBackWhenTheAgreedCapacityIsOnOrder) {
  // The mill takes 5 d and may have 20 on order: it gets two orders of five, the forge three.
  const Ran run = two_suppliers("from: {mill: {most_open: 20}, forge: {}}, transit: 0 h, choose: priority",
                                "price: 0, quoted: 5 d", "price: 1", "10", "50 d");
  EXPECT_DOUBLE_EQ(run("cost_purchase"), 10 * 3 / 5.0);
  EXPECT_DOUBLE_EQ(
      two_suppliers("from: [mill, forge], transit: 0 h, choose: priority", "price: 0", "price: 1")("cost_purchase"), 0);
}

TEST(Sourcing, ByPriorityFallsBackWhenNoAnswerComes) {
  // The mill gets the orders of days 0 to 3 and answers on day 30; the forge those of days 4 to 18 that arrive by day 20.
  const std::string buys = "from: {mill: {answer_within: 3 d}, forge: {}}, transit: 0 h, choose: priority";
  const Ran run = two_suppliers(buys, "price: 0, quoted: 30 d", "price: 1, quoted: 1 d");
  EXPECT_DOUBLE_EQ(run("cost_purchase"), 10 * 15 / 20.0);
  // From day 30 to 33 it delivers daily what was ordered on days 0 to 3, so it gets orders until day 36 again.
  const Ran longer = two_suppliers(buys, "price: 0, quoted: 30 d", "price: 1, quoted: 1 d", "10", "40 d");
  EXPECT_DOUBLE_EQ(longer("cost_purchase"), 10 * (26 + 2) / 40.0);
}

TEST(Sourcing, OfASourceIsInItsTimeOnly) {
  const Ran run = two_suppliers("from: {mill: {valid_until: 10 d}, forge: {valid_from: 2025-01-16}}, transit: 0 h",
                                "price: 0", "price: 1");
  EXPECT_DOUBLE_EQ(run("cost_purchase"), 10 * 10 / 20.0);
}

TEST(Sourcing, TakesEachSupplierForItsPriceOnceItIsPreferred) {
  // With a fixed split the mill gets every second order.
  const Ran split = two_suppliers("from: [mill, forge], transit: 0 h, choose: split", "price: 0", "price: 1");
  EXPECT_DOUBLE_EQ(split("cost_purchase"), 5);
}

TEST(GreatCircle, IsAQuarterOfTheEarthFromPoleToEquator) {
  EXPECT_EQ(world::metres_between({90, 0}, {0, 77}), 10007557);  // pi / 2 x 6371008.8 m
  EXPECT_EQ(world::metres_between({48.2, 16.4}, {48.2, 16.4}), 0);
  EXPECT_EQ(world::metres_between({0, 179}, {0, -179}), world::metres_between({0, 0}, {0, 2}));
}

}  // namespace
}  // namespace tierworks::supply
