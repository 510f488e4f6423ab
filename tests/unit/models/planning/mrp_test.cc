// MRP and demand driven buffers in whole runs that can be followed by hand.
#include <string>

#include <gtest/gtest.h>

#include "models/world/outlook.h"
#include "tests/support/simulate.h"

namespace tierworks::planning {
namespace {

using tests::Ran;
using tests::simulate_text;

// Frames of two wheels each: 10 are asked for on day 30, 20 on day 44. Frames take 5 d, wheels 11 d; planned are 1 wk and 2 wk.
std::string bicycles(const std::string& frame = "}", const std::string& wheel = "}") {
  return R"(
tierworks: 1
time: {horizon: 8 wk}
items: {wheel: {value: 5}, frame: {value: 50, bom: {wheel: 2}}}
sites:
  mill: {sells: {wheel: {quoted: 10 d}}}
  plant:
    buys: {wheel: {from: mill, transit: 1 d, order_time: 0}}
    makes: {frame: {time: 5 d, per: batch}}
    stock:
      frame: {initial: 4, review: 1 wk, horizon: 8 wk, ordering_cost: 100, mrp: {lead_time: 1 wk)" +
         frame + R"(}
      wheel: {initial: 3, review: 1 wk, horizon: 8 wk, mrp: {lead_time: 2 wk)" +
         wheel + R"(}
demand:
  first: {at: plant, item: frame, orders: every 1000 d from 30 d, size: 10}
  second: {at: plant, item: frame, orders: every 1000 d from 44 d, size: 20}
)";
}

TEST(Mrp, ReleasesWhatTheBillOfMaterialsNeedsWhenItMust) {
  // Frames: 6 are lacking in week 4 and 20 in week 6: made from day 21 and from day 35 on, there on days 26 and 40.
  // Wheels: 12 and 40 are needed in weeks 3 and 5: 9 are ordered on day 7 and 40 on day 21, there on days 18 and 32.
  const Ran run = simulate_text(bicycles());
  EXPECT_DOUBLE_EQ(run("on_hand", "site:plant/item:frame"), (4 * 26 + 10 * 4 + 20 * 4) / 56.0);
  EXPECT_DOUBLE_EQ(run("on_hand", "site:plant/item:wheel"), (3 * 18 + 12 * 3 + 40 * 3) / 56.0);
  EXPECT_DOUBLE_EQ(run("fill_rate"), 1);
  EXPECT_DOUBLE_EQ(run("orders", "site:plant/item:wheel") * 56, 2);
}

TEST(Mrp, BringsGoodsEarlierByTheSafetyTime) {
  // Wheels a week earlier: 9 are ordered on day 0, there on day 11; 40 on day 14, there on day 25.
  const Ran run = simulate_text(bicycles("}", ", safety_time: 1 wk}"));
  EXPECT_DOUBLE_EQ(run("on_hand", "site:plant/item:wheel"), (3 * 11 + 12 * 10 + 40 * 10) / 56.0);
}

TEST(Mrp, KeepsItsSafetyStock) {
  // 2 frames are kept: 8 and 20 are made. Wheels for 16 frames less 3 on day 7, for 40 on day 21.
  const Ran run = simulate_text(bicycles("}, safety: 2"));
  EXPECT_DOUBLE_EQ(run("on_hand", "site:plant/item:frame"), (4 * 26 + 12 * 4 + 2 * 10 + 22 * 4 + 2 * 12) / 56.0);
  EXPECT_DOUBLE_EQ(run("on_hand", "site:plant/item:wheel"), (3 * 18 + 16 * 3 + 40 * 3) / 56.0);
}

TEST(Mrp, MakesLots) {
  // One lot of 26 frames on day 21: 30 are there from day 26 on. Wheels for it: 49 on day 7.
  const Ran periods = simulate_text(bicycles(", lot: periods 3}"));
  const Ran fixed = simulate_text(bicycles(", lot: fixed 26}"));
  for (const Ran* run : {&periods, &fixed}) {
    EXPECT_DOUBLE_EQ((*run)("on_hand", "site:plant/item:frame"), (4 * 26 + 30 * 4 + 20 * 14) / 56.0);
    EXPECT_DOUBLE_EQ((*run)("on_hand", "site:plant/item:wheel"), (3 * 18 + 52 * 3) / 56.0);
  }
}

TEST(Mrp, WeighsOrdersAgainstStock) {
  // Holding 20 frames for two weeks costs 40 h; an order 100.
  const auto on_hand = [](const std::string& holding) {
    return simulate_text(bicycles(", lot: wagner_whitin}, holding: " + holding))("on_hand", "site:plant/item:frame");
  };
  EXPECT_DOUBLE_EQ(on_hand("2.4 / wk"), (4 * 26 + 30 * 4 + 20 * 14) / 56.0);
  EXPECT_DOUBLE_EQ(on_hand("2.6 / wk"), (4 * 26 + 10 * 4 + 20 * 4) / 56.0);
}

TEST(Mrp, IsNamedByTheOutlook) {
  const auto model = tests::model_of_text(bicycles(", lot: fixed 26}"));
  for (const world::StockOutlook& stock : world::outlook(*model).stocks) {
    EXPECT_EQ(stock.policy, stock.item == "frame" ? "MRP, 8 buckets, lead time 1 wk, lots of 26, every 1 wk"
                                                  : "MRP, 8 buckets, lead time 2 wk, lot for lot, every 1 wk");
  }
}

// What other sites order is demand: 14 boxes a week at the mean; two weeks and a bucket are there at the start.
TEST(Mrp, SeesOrdersOfOtherSitesAtTheirMean) {
  const Ran run = simulate_text(R"(
tierworks: 1
time: {warm_up: 12 wk, horizon: 12 wk}
items: {box: {}}
sites:
  mill: {sells: {box: {quoted: 13 d}}}
  store:
    buys: {box: {from: mill, transit: 1 h, order_time: 0}}
    stock: {box: {review: 1 wk, horizon: 8 wk, mrp: {lead_time: 2 wk}}}
  shop:
    buys: {box: {from: store, transit: 1 h, order_time: 0}}
    stock: {box: {level: 5}}
demand: {at: shop, item: box, orders: every 12 h}
)");
  EXPECT_DOUBLE_EQ(run("orders", "site:store/item:box"), 1 / 7.0);
  EXPECT_DOUBLE_EQ(run("fill_rate", "site:store/item:box"), 1);
}

std::string shop(const std::string& orders) {
  return R"(
tierworks: 1
time: {horizon: 20 d}
items: {box: {}}
sites:
  mill: {sells: {box: {quoted: 1 d}}}
  shop:
    buys: {box: {from: mill, transit: 1 d, order_time: 0}}
    stock: {box: {review: 1 d, ddmrp: {lead_time_factor: 50 %, variability_factor: 50 %, order_cycle: 3 d}}}
demand: {at: shop, item: box, orders: )" +
         orders + "}\n";
}

TEST(Ddmrp, OrdersToTheTopOfGreenFromTheTopOfYellow) {
  // 3 a day for 2 days: yellow 6, red 3 + 1.5, green 9. At or below 10.5 it is ordered up to 20 (19.5): 12 every fourth day.
  // On hand: 17 14 11 8 5, then 14 11 8 5 again and again.
  const Ran run = simulate_text(shop("every 1 d, size: 3"));
  EXPECT_DOUBLE_EQ(run("on_hand"), (55 + 3 * 38 + 33) / 20.0);
  const auto model = tests::model_of_text(shop("every 1 d, size: 3"));
  EXPECT_EQ(world::outlook(*model).stocks.at(0).policy, "DDMRP buffer, red 3 + 1.5, yellow 6, green 9, every 1 d");
}

TEST(Ddmrp, FollowsItsForecast) {
  std::string text = shop("every 1 d, size: 3");
  text.insert(text.find("review: 1 d"), "forecast: moving_average 3, ");
  EXPECT_DOUBLE_EQ(simulate_text(text)("on_hand"), (55 + 3 * 38 + 33) / 20.0);
}

TEST(Ddmrp, PreparesForSpikesThatItKnows) {
  // 2 a day, but 22 on day 10: 3 a day at the mean. On day 8 the spike comes into sight: 30 are ordered, there on day 10.
  const Ran run = tests::simulate_beside("orders.csv", tests::two_a_day_but_22_on_day_10(), shop("orders.csv"));
  // On hand: 18 16 14 12 10 | 8 16 14 12 10 | 18 16 14 12 10 | 8 16 14 12 10
  EXPECT_DOUBLE_EQ(run("on_hand"), 260 / 20.0);
  EXPECT_DOUBLE_EQ(run("fill_rate"), 1);
  EXPECT_DOUBLE_EQ(run("orders", "site:shop/item:box") * 20, 4);
}

}  // namespace
}  // namespace tierworks::planning
