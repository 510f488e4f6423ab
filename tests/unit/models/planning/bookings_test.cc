// Orders that are known ahead, change, and consume forecasts, in whole runs that can be followed by hand.
#include <string>

#include <gtest/gtest.h>

#include "tests/support/simulate.h"

namespace tierworks::planning {
namespace {

using tests::Ran;
using tests::simulate_text;

Ran with_orders(const std::string& trace, const std::string& stock, const std::string& booked) {
  return tests::simulate_beside("orders.csv", "day,quantity\n" + trace, R"(
tierworks: 1
time: {horizon: 4 wk}
items: {box: {}}
sites:
  mill: {sells: {box: {}}}
  shop:
    buys: {box: {from: mill, transit: 6 d, order_time: 0}}
    stock: {box: {)" + stock + R"(}}
demand: {at: shop, item: box, orders: orders.csv, booked: {)" + booked + "}}\n");
}

constexpr const char* kMrp = "initial: 10, review: 1 wk, horizon: 3 wk, mrp: {lead_time: 1 wk}";
constexpr const char* kTenAWeek = "3,10\n10,10\n17,16\n24,4\n";

TEST(Bookings, AreNeededIfMoreThanExpected) {
  // 10 a week are expected. For the next week but one 10, then 16 instead of 10, then 10 (4 are booked), then 10 are released.
  const Ran run = with_orders(kTenAWeek, kMrp, "ahead: 2 wk");
  EXPECT_DOUBLE_EQ(run("on_hand"), (3 * 10 + 4 * 10 + 4 * 16 + 4 * 10 + 3 * 6 + 1 * 16) / 28.0);
  EXPECT_DOUBLE_EQ(run("orders", "site:shop/item:box") * 28, 4);
}

TEST(Bookings, AloneCountInsideTheFence) {
  // Two weeks ahead: 10, 16, 4 and nothing are released.
  const Ran run = with_orders(kTenAWeek, std::string(kMrp) + ", consumption: {demand_fence: 2 wk}", "ahead: 2 wk");
  EXPECT_DOUBLE_EQ(run("on_hand"), (3 * 10 + 4 * 10 + 4 * 16 + 4 * 4) / 28.0);
  EXPECT_DOUBLE_EQ(run("fill_rate"), 1);
}

TEST(Bookings, ConsumeTheForecastBehindThem) {
  // On day 14, 16 are booked in the first week and 4 in the next: these and the 6 above the forecast leave nothing of its 10, so
  // 4 are released. On day 21 that lacks: 4 are there, 4 booked and 6 more expected; 16 are released.
  const Ran run = with_orders(kTenAWeek, std::string(kMrp) + ", consumption: {ahead: 1 wk}", "ahead: 2 wk");
  EXPECT_DOUBLE_EQ(run("on_hand"), (3 * 10 + 4 * 10 + 4 * 16 + 4 * 4 + 1 * 16) / 28.0);
}

constexpr const char* kForecast = "review: 1 wk, horizon: 2 wk, forecast: moving_average 1";
constexpr const char* kThirty = "3,10\n10,10\n17,30\n24,10\n";

TEST(Bookings, RaiseTheLevelOfAForecast) {
  // 60 in 25 days give 34 (33.6) for two weeks at the start. Levels: day 7 10 + 30, day 14 30 + 10, day 21 30 + 30 (10 of the
  // first are booked). Positions 24, 30 and 10: orders of 16, 10 and 50, there on days 13, 20 and 27.
  const Ran run = with_orders(kThirty, kForecast, "ahead: 2 wk");
  EXPECT_DOUBLE_EQ(run("on_hand"), (3 * 34 + 7 * 24 + 3 * 14 + 4 * 30 + 3 * 0 + 4 * 10 + 3 * 0 + 1 * 50) / 28.0);
}

TEST(Bookings, ArePushedOut) {
  // Each order is wanted a week later than booked, as is told a week before its date: on days 10, 17, 24 and 31.
  // Levels: day 7 10 + (10 moved to 17 and 30 of 17), day 14 10 + (30 moved to 24 and 10 of 24), day 21 30 + 10.
  const Ran run = with_orders(kThirty, kForecast, "ahead: 2 wk, pushed_out: {share: 100 %, by: 1 wk}, window: 1 wk");
  // Positions 34, 40 and 40: orders of 16 and 10, there on days 13 and 20.
  EXPECT_DOUBLE_EQ(run("on_hand"), (10 * 34 + 3 * 24 + 4 * 40 + 3 * 30 + 4 * 40 + 4 * 10) / 28.0);
}

TEST(Bookings, ArePulledInAtMostToTheInstantOfTheWord) {
  // 3 d before their dates orders are wanted 2 d sooner: on days 8, 15, 22; or 5 d sooner: at once, on days 7, 14, 21.
  for (const auto& [by, early] : {std::pair{"2 d", 2}, std::pair{"5 d", 3}}) {
    const Ran run = with_orders("10,10\n17,10\n24,10\n", "level: 30, review: 100 wk",
                                std::string("ahead: 1 wk, window: 3 d, pulled_in: {share: 100 %, by: ") + by + "}");
    EXPECT_DOUBLE_EQ(run("on_hand"), ((10 - early) * 30 + 7 * 20 + 7 * 10) / 28.0) << by;
  }
}

TEST(Bookings, AreCancelledInTheirShare) {
  const auto orders = [](const std::string& cancelled) {
    return simulate_text(R"(
tierworks: 1
time: {horizon: 4000 d}
items: {box: {}}
sites:
  mill: {sells: {box: {}}}
  shop:
    buys: {box: {from: mill, transit: 1 d}}
    stock: {box: {level: 9}}
demand: {at: shop, item: box, orders: every 1 d, booked: {ahead: 4 wk)" +
                         cancelled + "}}\n")("demand") *
           4000;
  };
  EXPECT_DOUBLE_EQ(orders(""), 4000);
  // 3000 of 4000 stand, with a standard deviation of 27.
  EXPECT_NEAR(orders(", window: 1..2 wk, cancelled: 25 %"), 3000, 100);
}

TEST(Bookings, AreSpikesOfABuffer) {
  // 2 a day, but 22 on day 10, which is booked 3 d before: 3 a day at the mean. On day 8 the spike comes into sight, two days of
  // lead time away: 30 are ordered, there on day 10.
  const Ran run = tests::simulate_beside("orders.csv", tests::two_a_day_but_22_on_day_10(), R"(
tierworks: 1
time: {horizon: 20 d}
items: {box: {}}
sites:
  mill: {sells: {box: {quoted: 1 d}}}
  shop:
    buys: {box: {from: mill, transit: 1 d, order_time: 0}}
    stock: {box: {review: 1 d, ddmrp: {lead_time_factor: 50 %, variability_factor: 50 %, order_cycle: 3 d}}}
demand: {at: shop, item: box, orders: orders.csv, booked: {ahead: 3 d}}
)");
  // As in MRP's test of spikes that a trace tells of: 18 16 14 12 10 | 8 16 14 12 10 | 18 16 14 12 10 | 8 16 14 12 10
  EXPECT_DOUBLE_EQ(run("on_hand"), 260 / 20.0);
  EXPECT_DOUBLE_EQ(run("fill_rate"), 1);
}

TEST(Bookings, ComeAtTheSameDatesAsOrdersThatAreNotBooked) {
  const auto demand = [](const std::string& booked) {
    return simulate_text(R"(
tierworks: 1
time: {horizon: 200 d}
items: {box: {}}
sites:
  mill: {sells: {box: {}}}
  shop: {buys: {box: {from: mill, transit: 3 d}}, stock: {box: {level: 12}}}
demand: {at: shop, item: box, orders: poisson 3 / d, size: uniform 1 to 4, profile: {sun: 0}, trend: + 50 % / yr)" +
                         booked + "}\n");
  };
  const Ran plain = demand(""), booked = demand(", booked: {ahead: 9 d}");
  for (const char* kpi : {"demand", "fill_rate", "backorders", "order_lead_time"}) {
    EXPECT_DOUBLE_EQ(plain(kpi), booked(kpi)) << kpi;
  }
}

}  // namespace
}  // namespace tierworks::planning
