// How late customers are served, and how long they have waited, by hand.
#include <gtest/gtest.h>

#include "tests/support/simulate.h"

namespace tierworks::demand {
namespace {

using tests::Ran;
using tests::simulate_text;

TEST(Lateness, OfOrdersThatAreServedTogether) {
  // One order a day; those of days 0 to 6 are served on day 6, after 6, 5, ..., 0 days; those of days 7, 8 and 9 have waited
  // for 3, 2 and 1 days at the end.
  const Ran run = simulate_text(R"(
tierworks: 1
time: {horizon: 10 d}
items: {box: {}}
sites:
  mill: {sells: {box: {}}}
  shop: {buys: {box: {from: mill, transit: 0 h, order_time: 0 h}}, stock: {box: {level: 0, review: 100 d from 6 d}}}
demand: {at: shop, item: box, class: gold, region: north, orders: every 1 d, due: 2 d}
)");
  const double late = 24 * (4 + 3 + 2 + 1) / 7.0;
  const double waited = 6 + 5 + 4 + 3 + 2 + 1 + 3 + 2 + 1;
  const double aged = (36 + 25 + 16 + 9 + 4 + 1 + 9 + 4 + 1) / 2.0;
  for (const char* scope : {"world", "class:gold", "region:north", "item:box", "site:shop/item:box"}) {
    EXPECT_DOUBLE_EQ(run("tardiness", scope), late) << scope;
    EXPECT_DOUBLE_EQ(run("backlog_age", scope), 24 * aged / waited) << scope;
  }
}

TEST(Lateness, CountsCustomersWhoGiveUp) {
  // Ordered on days 4, 14 and 24, given up three days later; the first before the measured time, the last one day before
  // its end.
  const Ran run = simulate_text(R"(
tierworks: 1
time: {horizon: 20 d, warm_up: 5 d}
items: {box: {}}
sites:
  mill: {sells: {box: {quoted: 100 d}}}
  shop: {buys: {box: {from: mill}}}
demand: {at: shop, item: box, orders: every 10 d from 4 d, unmet: wait 3 d}
)");
  EXPECT_DOUBLE_EQ(run("backlog_age"), 24 * (9 + 1) / 2.0 / (3 + 1));
}

TEST(Lateness, CountsUnitsAndNotOrders) {
  // Three boxes at once, two of them on the shelf: one waits for 10 h, every day.
  const Ran run = simulate_text(R"(
tierworks: 1
time: {horizon: 20 d}
items: {box: {}}
sites:
  mill: {sells: {box: {}}}
  shop: {buys: {box: {from: mill, transit: 10 h, order_time: 0 h}}, stock: {box: {level: 2}}}
demand: {at: shop, item: box, orders: every 1 d, size: 3, due: 4 h}
)");
  EXPECT_DOUBLE_EQ(run("tardiness"), 6);
  EXPECT_DOUBLE_EQ(run("backlog_age"), 5);
}

}  // namespace
}  // namespace tierworks::demand
