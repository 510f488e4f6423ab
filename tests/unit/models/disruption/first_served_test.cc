// An answer that serves chosen customers first, by hand: two orders a day, of class a and of class b, on the day.
#include <gtest/gtest.h>

#include "tests/support/simulate.h"

namespace tierworks::disruption {
namespace {

tests::Ran with(const std::string& shocks) {
  return tests::simulate_text(R"(
tierworks: 1
time: {warm_up: 50 d, horizon: 20 d}
items: {part: {}}
sites:
  mill: {sells: {part: {}}}
  shop:
    buys: {part: {from: mill, transit: 2 d, order_time: 0}}
    stock: {part: {level: 14}}
demand:
  a: {at: shop, item: part, orders: every 1 d, class: a}
  b: {at: shop, item: part, orders: every 1 d, class: b}
disruptions:
)" + shocks);
}

// Mill and shop stand on days 0 to 9; on day 10 the shop hands out the 14 units that it has, the mill sends all that was ordered,
// and what comes of it on day 12 is enough for everybody.
const char* const kFire =
    "  fire:\n    hits: [site mill, stock shop/part]\n    at: 50 d\n    for: 10 d\n    recovery: stepwise 50 % 0 d 100 "
    "% 3 d\n";

TEST(FirstServed, ByTurnsIfNobodyIsChosen) {
  // The seven of each class of days 0 to 6 have waited for 10 to 4 days, those of days 7 to 9 for 5 to 3, those of days 10 and 11 for
  // 2 and 1: 64 d of 20 orders.
  const auto run = with(kFire);
  EXPECT_NEAR(run("order_lead_time", "class:a"), 24 * 64 / 20.0, 1e-9);
  EXPECT_NEAR(run("order_lead_time", "class:b"), 24 * 64 / 20.0, 1e-9);
}

TEST(FirstServed, ChosenCustomersGoBeforeThoseWhoWait) {
  // All ten of a are served on day 10, after 10 to 1 days: with days 10 and 11, 58 d. Of b those of days 0 to 3 are, after 10 to 7;
  // the others on day 12, after 8 to 3: 34 + 33 + 3 d.
  const auto run =
      with(std::string(kFire) + "    answers: {key: {at: stock shop/part, first: demand a, after: 5 d}}\n");
  EXPECT_NEAR(run("order_lead_time", "class:a"), 24 * 58 / 20.0, 1e-9);
  EXPECT_NEAR(run("order_lead_time", "class:b"), 24 * 70 / 20.0, 1e-9);
}

TEST(FirstServed, EverybodyStandsByTurnsAgainWhenItIsOver) {
  const auto run =
      with(std::string(kFire) +
           "  alarm: {hits: lane mill to shop, lead_time: 100 %, at: 55 d, for: 3 d, answers: {key: {at: site "
           "shop, first: [demand a]}}}\n");
  EXPECT_NEAR(run("order_lead_time", "class:a"), 24 * 64 / 20.0, 1e-9);
  EXPECT_NEAR(run("order_lead_time", "class:b"), 24 * 64 / 20.0, 1e-9);
}

TEST(FirstServed, BuyersCanBeChosen) {
  // A depot of 14 that stands on days 0 to 9, and two shops without stock that pass on what they are asked for: the same days.
  const auto run = [](const std::string& answer) {
    return tests::simulate_text(R"(
tierworks: 1
time: {warm_up: 50 d, horizon: 20 d}
items: {part: {}}
sites:
  mill: {sells: {part: {}}}
  depot:
    buys: {part: {from: mill, transit: 2 d, order_time: 0}}
    stock: {part: {level: 14}}
  shop_a: {buys: {part: {from: depot, transit: 0, order_time: 0}}}
  shop_b: {like: shop_a}
demand:
  a: {at: shop_a, item: part, orders: every 1 d, class: a}
  b: {at: shop_b, item: part, orders: every 1 d, class: b}
disruptions:
  fire:
    hits: [site mill, stock depot/part]
    at: 50 d
    for: 10 d
    recovery: stepwise 50 % 0 d 100 % 3 d
)" + answer);
  };
  EXPECT_NEAR(run("")("order_lead_time", "class:a"), 24 * 64 / 20.0, 1e-9);
  const auto chosen = run("    answers: {key: {at: site depot, first: site shop_b}}\n");
  EXPECT_NEAR(chosen("order_lead_time", "class:b"), 24 * 58 / 20.0, 1e-9);
  EXPECT_NEAR(chosen("order_lead_time", "class:a"), 24 * 70 / 20.0, 1e-9);
}

}  // namespace
}  // namespace tierworks::disruption
