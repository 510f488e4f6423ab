// Orders to suppliers: when they are placed, how large they are, who gets them, and how long they take.
#include <cmath>
#include <string>

#include <gtest/gtest.h>

#include "tests/support/simulate.h"

namespace tierworks::supply {
namespace {

using tests::Ran;
using tests::simulate_text;

// A shop whose goods come at the instant at which they are ordered, and one customer a day.
std::string instant_shop(const std::string& stock, const std::string& time) {
  return "tierworks: 1\ntime: " + time + R"(
items: {box: {}}
sites:
  mill: {sells: {box: {}}}
  shop:
    buys: {box: {from: mill, transit: 0 h, order_time: 0 h}}
    stock: {box: )" +
         stock + R"(}
demand: {at: shop, item: box, orders: every 1 d}
)";
}

TEST(Review, LooksAtTheStockOnceAWeekFromItsOffset) {
  // Raised to 10 on days 2, 9, 16, ...: from day 2 on 10, 9, .. 4 in turn, 49 a week. Ten weeks and three days are measured.
  const Ran run = simulate_text(
      instant_shop("{level: 10, review: 1 wk from 2 d, ordering_cost: 73}", "{warm_up: 2 d, horizon: 73 d}"));
  EXPECT_DOUBLE_EQ(run("on_hand"), (10 * 49 + 10 + 9 + 8) / 73.0);
  EXPECT_DOUBLE_EQ(run("cost_ordering"), 11);  // days 2, 9, .., 72
}

TEST(Review, WithAReorderPointSkipsWhatIsNotYetDue) {
  // Raised to 10 only if at or below 3: on day 2 seven are left, on day 9 none are, so 10 come; on day 16 three are, so 7.
  const Ran run = simulate_text(instant_shop("{level: 10, reorder_point: 3, review: 1 wk from 2 d, ordering_cost: 16}",
                                             "{warm_up: 2 d, horizon: 16 d}"));
  // Days 2 .. 8: 7 .. 1; days 9 .. 15: 10 .. 4; days 16 and 17: 10 and 9. On day 16 three are left, and it is reviewed.
  EXPECT_DOUBLE_EQ(run("on_hand"), (28 + 49 + 10 + 9) / 16.0);
  EXPECT_DOUBLE_EQ(run("cost_ordering"), 2);
}

TEST(Review, EndsACycleWhenGoodsAreReceived) {
  // 6 at each review; odd cycles meet 5 boxes of demand and even ones, with two of the other stream on day 13, 7.
  const Ran run = simulate_text(R"(
tierworks: 1
time: {horizon: 101 d, warm_up: 1 d}
items: {box: {}}
sites:
  mill: {sells: {box: {}}}
  shop:
    buys: {box: {from: mill, transit: 0 h, order_time: 0 h}}
    stock: {box: {level: 6, review: 5 d}}
demand:
  daily: {at: shop, item: box, orders: every 1 d}
  other: {at: shop, item: box, orders: every 10 d from 3 d, size: 2}
)");
  EXPECT_DOUBLE_EQ(run("cycle_service_level", "site:shop"), 0.5);
  EXPECT_DOUBLE_EQ(run("cycle_service_level", "item:box"), 0.5);
  EXPECT_DOUBLE_EQ(run("order_lead_time"), 0);  // what is short on a review's day comes on that day
}

TEST(OrderLimits, OrdersAreWholeMultiples) {
  // 9 left: 4 come; then 13, 12, 11, 10 in turn.
  const Ran run = simulate_text(instant_shop("{level: 10, multiple: 4, ordering_cost: 20}", "{horizon: 40 d}"));
  EXPECT_DOUBLE_EQ(run("on_hand"), 11.5);
  EXPECT_DOUBLE_EQ(run("cost_ordering"), 5);
}

TEST(OrderLimits, TheMinimumComesFirst) {
  // 9 left: 1 wanted, at least 6, so 8; then 17, 16, .. 10 in turn.
  const Ran run =
      simulate_text(instant_shop("{level: 10, minimum: 6, multiple: 4, ordering_cost: 20}", "{horizon: 40 d}"));
  EXPECT_DOUBLE_EQ(run("on_hand"), 13.5);
  EXPECT_DOUBLE_EQ(run("cost_ordering"), 2.5);
}

TEST(LeadTime, IsOrderTimeAndQuotedAndTransit) {
  const Ran run = simulate_text(R"(
tierworks: 1
time: {horizon: 100 d}
items: {box: {}}
sites:
  mill: {sells: {box: {quoted: 3 d}}}
  depot: {buys: {box: {from: mill, transit: 2 d, order_time: 90 min}}}
  shop: {buys: {box: {from: depot, transit: 5 h}}}
demand: {at: shop, item: box, orders: every 10 d}
)");
  // To order: 1 h to the depot by default, 1.5 h to the mill, 72 h there, 48 h and 5 h on the way.
  EXPECT_DOUBLE_EQ(run("order_lead_time"), 1 + 1.5 + 72 + 48 + 5);
  EXPECT_DOUBLE_EQ(run("order_lead_time", "site:depot"), 1.5 + 72 + 48);
}

TEST(LeadTime, TransitLeftOutIsAMinute) {
  const Ran run = simulate_text(R"(
tierworks: 1
time: {horizon: 10 d}
items: {box: {}}
sites:
  mill: {sells: {box: {}}}
  shop: {buys: {box: {from: mill}}}
demand: {at: shop, item: box, orders: every 1 d}
)");
  EXPECT_DOUBLE_EQ(run("order_lead_time"), 1 + 1 / 60.0);
}

TEST(OutsideSupplier, MakesOneOrderAfterTheOtherAtItsCapacity) {
  // 20 a day of 10: order k of day k is made by day 2 k + 2 and quoted a day more. In 10 days k = 0 .. 3 arrive.
  const Ran run = simulate_text(R"(
tierworks: 1
time: {horizon: 10 d}
items: {box: {}}
sites:
  mill: {sells: {box: {quoted: 1 d, capacity: 10 / d}}}
  shop: {buys: {box: {from: mill, transit: 0 h, order_time: 0 h}}}
demand: {at: shop, item: box, orders: every 1 d, size: 20}
)");
  EXPECT_DOUBLE_EQ(run("order_lead_time"), 24 * (3 + 4 + 5 + 6) / 4.0);
  EXPECT_DOUBLE_EQ(run("throughput"), 8);
}

TEST(OutsideSupplier, CountsCapacityInPacksAndFractions) {
  // Two reels of 50 m an hour are 100 m: an order of 250 m takes 2.5 h.
  const Ran run = simulate_text(R"(
tierworks: 1
time: {horizon: 10 d}
items: {wire: {unit: m, resolution: 0.1, pack: {reel: 50}}}
sites:
  mill: {sells: {wire: {capacity: 2 reel / h}}}
  shop: {buys: {wire: {from: mill, transit: 0 h, order_time: 0 h}}}
demand: {at: shop, item: wire, orders: every 1 d, size: 250}
)");
  EXPECT_DOUBLE_EQ(run("order_lead_time"), 2.5);
}

// When a customer of two boxes has them, of which the depot has `there` at once and the rest after 100 h.
double hours_until_both(int there) {
  const Ran run = simulate_text(R"(
tierworks: 1
time: {horizon: 30 d}
items: {box: {}}
sites:
  mill: {sells: {box: {quoted: 100 h}}}
  depot: {buys: {box: {from: mill, transit: 0 h, order_time: 0 h}}, stock: {box: {level: )" +
                                std::to_string(there) +
                                R"(}}}
  shop: {buys: {box: {from: depot, transit: uniform 1 h to 50 h, order_time: 0 h}}}
demand: {at: shop, item: box, orders: every 100 d, size: 2}
)");
  return run("order_lead_time");
}

TEST(LeadTime, OfEachPartOfAnOrderIsADrawOfItsOwn) {
  // The last box leaves after 100 h, alone as the second part, or with the other one as the first.
  const double as_second_part = hours_until_both(1), as_first_part = hours_until_both(0);
  EXPECT_GT(as_second_part, 101);
  EXPECT_GT(as_first_part, 101);
  EXPECT_GT(std::abs(as_second_part - as_first_part), 1e-3);
}

TEST(TwoSources, ShareOrdersSeventyToThirty) {
  // Ten orders of 10: seven at 1 and three at 100 are 70 + 3000 in ten days.
  const Ran run = simulate_text(R"(
tierworks: 1
time: {horizon: 10 d}
items: {box: {}}
sites:
  cheap: {sells: {box: {price: 1}}}
  dear: {sells: {box: {price: 100}}}
  shop: {buys: {box: {from: {cheap: 70 %, dear: 30 %}, transit: 0 h, order_time: 0 h}}}
demand: {at: shop, item: box, orders: every 1 d, size: 10}
)");
  EXPECT_DOUBLE_EQ(run("cost_purchase"), 307);
}

TEST(TwoSources, StayWithinOneOrderOfTheirShares) {
  const Ran run = simulate_text(R"(
tierworks: 1
time: {horizon: 1000 d}
items: {box: {}}
sites:
  one: {sells: {box: {}}}
  two: {sells: {box: {}}}
  shop: {buys: {box: {from: {one: 70 %, two: 30 %}, order_time: 0 h}}}
lanes:
  from_one: {from: one, to: shop, transit: 1 min}
  from_two: {from: two, to: shop, transit: 1 min}
demand: {at: shop, item: box, orders: every 1 d, size: discrete 1 50 % or 20 50 %}
)");
  const double one = run("throughput", "lane:from_one") * 1000, two = run("throughput", "lane:from_two") * 1000;
  EXPECT_NEAR(one, 0.7 * (one + two), 20);
  EXPECT_NEAR(one + two, run("demand") * 1000, 1e-6);
}

TEST(TwoSources, EachHasItsOwnTransit) {
  // Orders take turns: 10 h and 30 h.
  const Ran run = simulate_text(R"(
tierworks: 1
time: {horizon: 100 d}
items: {box: {}}
sites:
  near: {sells: {box: {}}}
  far: {sells: {box: {}}}
  shop: {buys: {box: {from: {near: {transit: 10 h}, far: {transit: 30 h, order_time: 5 h}}, order_time: 0 h}}}
demand: {at: shop, item: box, orders: every 5 d}
)");
  EXPECT_DOUBLE_EQ(run("order_lead_time"), (10 + 35) / 2.0);
}

}  // namespace
}  // namespace tierworks::supply
