// Kanban loops and order on demand, by scenarios whose numbers can be followed by hand; goods are there two days after their
// order, before that day's customer.
#include <string>

#include <gtest/gtest.h>

#include "models/world/outlook.h"
#include "tests/support/simulate.h"

namespace tierworks::supply {
namespace {

using tests::Ran;
using tests::simulate_text;

std::string shop(const std::string& stock, const std::string& demand, const std::string& horizon = "20 d") {
  return "tierworks: 1\ntime: {horizon: " + horizon + R"(}
items: {box: {value: 10, pack: {crate: 4}}}
sites:
  mill: {sells: {box: {quoted: 1 d}}}
  shop:
    buys: {box: {from: mill, transit: 1 d, order_time: 0}}
    stock: {box: {)" +
         stock + "}}\ndemand: {at: shop, item: box, " + demand + "}\n";
}

TEST(Kanban, CardsOfFullAndBegunContainersStayAtTheStock) {
  const Kanban loop{.cards = 3, .container = 4};
  EXPECT_EQ(loop.order({.on_hand = 12}), 0);
  EXPECT_EQ(loop.order({.on_hand = 9}), 0);  // 4 + 4 + 1
  EXPECT_EQ(loop.order({.on_hand = 8}), 4);  // the third is empty
  EXPECT_EQ(loop.order({.on_hand = 8, .on_order = 4}), 0);
  EXPECT_EQ(loop.order({.on_hand = 12, .reserved = 5}), 4);
  EXPECT_EQ(loop.order({.on_hand = 0, .on_order = 4}), 8);
}

TEST(Kanban, WhoWaitsBringsNoCard) {
  EXPECT_EQ((Kanban{.cards = 3, .container = 4}.order({.on_hand = 0, .on_order = 12, .backlog = 50})), 0);
}

TEST(Kanban, ACardOfAStartedContainerComesBackAtOnce) {
  const Kanban loop{.cards = 3, .container = 4, .when_started = true};
  EXPECT_EQ(loop.order({.on_hand = 12}), 0);
  EXPECT_EQ(loop.order({.on_hand = 11}), 4);
  EXPECT_EQ(loop.order({.on_hand = 8, .on_order = 4}), 0);
  EXPECT_EQ(loop.order({.on_hand = 14}), 0);  // more than three containers hold
}

TEST(Kanban, OrdersAContainerWhenOneIsEmpty) {
  // On hand after the customer: 11 10 9 8, of which the third container is empty: ordered on day 3, there on day 5.
  // 7 10 9 on days 4 to 6, then 8 7 10 9 again and again.
  const Ran run = simulate_text(shop("kanban: 3 cards of 1 crate", "orders: every 1 d"));
  EXPECT_DOUBLE_EQ(run("on_hand"), (64 + 3 * 34 + 8) / 20.0);
  EXPECT_DOUBLE_EQ(run("orders", "site:shop/item:box"), 5 / 20.0);
}

TEST(Kanban, OrdersAContainerWhenOneIsStarted) {
  // 11 10 13 12 again and again: ordered on days 0, 4, 8, ..
  const Ran run = simulate_text(shop("kanban: 3 cards of 4 when started", "orders: every 1 d"));
  EXPECT_DOUBLE_EQ(run("on_hand"), 11.5);
  EXPECT_DOUBLE_EQ(run("orders", "site:shop/item:box"), 5 / 20.0);
}

TEST(Kanban, NeverHasMoreOnOrderThanItsCards) {
  // Two of five boxes are there; two cards go out on day 0, two on day 2 when their goods went straight to the customer, and
  // one on day 4. The last box leaves on day 4; one is on hand from then on, and two from day 6 on.
  const Ran run = simulate_text(shop("kanban: 2 cards of 1", "orders: every 100 d from 0, size: 5", "10 d"));
  EXPECT_DOUBLE_EQ(run("orders", "site:shop/item:box"), 5 / 10.0);
  EXPECT_DOUBLE_EQ(run("order_lead_time"), 96);
  EXPECT_DOUBLE_EQ(run("on_hand"), (1 * 2 + 2 * 4) / 10.0);
}

TEST(Kanban, CollectsCardsAtReviews) {
  // Reviewed on days 0, 4, 8, ..: on hand 11 10 9 8 and, on day 4, 7: one card. It is there on day 6: 6 9 8 | 7 6 9 8 | ...
  const Ran run = simulate_text(shop("kanban: 3 cards of 4, review: 4 d", "orders: every 1 d"));
  EXPECT_DOUBLE_EQ(run("on_hand"), (38 + 4 * 30) / 20.0);
}

TEST(Kanban, IsNamedByTheOutlook) {
  const auto model = tests::model_of_text(shop("kanban: 3 cards of 1 crate", "orders: every 1 d"));
  const world::Outlook outlook = world::outlook(*model);
  EXPECT_EQ(outlook.stocks.at(0).policy, "kanban, 3 cards of 4");
  EXPECT_DOUBLE_EQ(outlook.stocks.at(0).level, 12);
  EXPECT_DOUBLE_EQ(outlook.stocks.at(0).order_quantity, 4);
}

TEST(OnDemand, OrdersEachDemandAsItComes) {
  // 9 at the start: 6, then 3 from day 1 on.
  const Ran run = simulate_text(shop("on_demand: true, initial: 9", "orders: every 1 d, size: 3"));
  EXPECT_DOUBLE_EQ(run("on_hand"), (6 + 19 * 3) / 20.0);
  EXPECT_DOUBLE_EQ(run("orders", "site:shop/item:box"), 1);
}

TEST(OnDemand, OrdersAtAReviewWhatWasDemandedSince) {
  // Reviewed on days 0, 2, 4, ..: 3 on day 0, then 6 every other day; 6 3 3+3.. by hand: 6 3 | 3 0 | 3 0 | ..
  const Ran run = simulate_text(shop("on_demand: true, initial: 9, review: 2 d", "orders: every 1 d, size: 3"));
  EXPECT_DOUBLE_EQ(run("on_hand"), (9 + 9 * 3) / 20.0);
  EXPECT_DOUBLE_EQ(run("orders", "site:shop/item:box"), 0.5);
}

TEST(OnDemand, WithoutInitialStockIsToOrder) {
  const auto model = tests::model_of_text(shop("on_demand: true", "orders: every 1 d, size: 3"));
  EXPECT_EQ(world::outlook(*model).stocks.at(0).policy, "to order");
}

}  // namespace
}  // namespace tierworks::supply
