// What is promised, what customers take instead, and what they send back, by hand.
#include <gtest/gtest.h>

#include "tests/support/simulate.h"

namespace tierworks::demand {
namespace {

using tests::Ran;
using tests::simulate_text;

TEST(Promises, AreOfWhatIsThereAtTheOrder) {
  // Two boxes are there; one is ordered each day and comes four days later. From day 2 on an order waits 3 d: it is late for
  // `due`, but not for a promise of 3 d.
  const std::string scenario = R"(
tierworks: 1
time: {horizon: 40 d}
items: {box: {}}
sites:
  mill: {sells: {box: {}}}
  shop: {buys: {box: {from: mill, transit: 4 d, order_time: 0 h}}, stock: {box: {level: 1}}}
demand: {at: shop, item: box, orders: every 1 d, due: 1 d, promise: PROMISE}
)";
  const auto otif = [&](const std::string& promise) {
    std::string text = scenario;
    text.replace(text.find("PROMISE"), 7, promise);
    return simulate_text(text);
  };
  // Orders of days 0 to 39. The first is served at once; order n > 0 by the goods of order n - 1, on day n + 3.
  EXPECT_DOUBLE_EQ(otif("3 d")("otif"), 1);
  EXPECT_DOUBLE_EQ(otif("3 d")("on_time"), 1.0 / 39);
  // Promised for day n + 2: of the dates that lie before day 40 (orders 0 to 37), the first alone is kept.
  EXPECT_DOUBLE_EQ(otif("2 d")("otif"), 1.0 / 38);
}

TEST(Promises, WithoutOneTheDateIsThatOfTheOrder) {
  const std::string scenario = R"(
tierworks: 1
time: {horizon: 40 d}
items: {box: {}, can: {}}
sites:
  mill: {sells: {box: {}, can: {}}}
  shop:
    buys: {box: {from: mill, transit: 4 d, order_time: 0 h}, can: {from: mill, transit: 4 d, order_time: 0 h}}
    stock: {box: {level: 1}, can: {level: 1}}
demand:
  boxes: {at: shop, item: box, orders: every 1 d, due: 1 d, class: gold}
  cans: {at: shop, item: can, orders: every 1 d, due: 1 d, class: gold)";
  // Of boxes one order of 39 is in time; cans are promised for day n + 3, which holds for the 37 that are due before the end.
  const Ran some = simulate_text(scenario + ", promise: 3 d}\n");
  EXPECT_DOUBLE_EQ(some("otif", "class:gold"), (1.0 + 37) / (39 + 37));
  EXPECT_DOUBLE_EQ(some("otif", "item:can"), 1);
  EXPECT_THROW(some("otif", "item:box"), std::out_of_range);
  // Where nothing is promised it says no more than `on_time`.
  const Ran none = simulate_text(scenario + "}\n");
  EXPECT_DOUBLE_EQ(none("on_time"), 1.0 / 39);
  EXPECT_THROW(none("otif"), std::out_of_range);
}

TEST(Promises, OfOrdersThatAreLostAreNotKept) {
  // A box every two days is there for an order every day; every second order is lost.
  const Ran run = simulate_text(R"(
tierworks: 1
time: {horizon: 40 d}
items: {box: {}}
sites:
  mill: {sells: {box: {}}}
  shop: {buys: {box: {from: mill, transit: 36 h, order_time: 0 h}}, stock: {box: {level: 1}}}
demand: {at: shop, item: box, orders: every 1 d, unmet: lost, promise: 5 h}
)");
  EXPECT_DOUBLE_EQ(run("otif"), 0.5);
}

// One red and one blue box come in on day 10 k; on day 10 k + 1 five are ordered, of which it is said what is red.
constexpr const char* kTwoColours = R"(
tierworks: 1
time: {horizon: 100 d}
items: {red: {}, blue: {}}
sites:
  mill: {sells: {red: {}, blue: {}}}
  shop:
    buys:
      red: {from: mill, transit: 0 h, order_time: 0 h}
      blue: {from: mill, transit: 0 h, order_time: 0 h}
    stock:
      red: {level: 3, review: 10 d}
      blue: {level: 4, review: 10 d}
demand:
  reds: {at: shop, item: red, orders: every 10 d from 1 d, size: 5, unmet: UNMET, price: 10, substitutes: {blue: SHARE}}
)";

std::string two_colours(const std::string& unmet, const std::string& share) {
  std::string text = kTwoColours;
  text.replace(text.find("UNMET"), 5, unmet);
  return text.replace(text.find("SHARE"), 5, share);
}

TEST(Substitutes, AreTakenForWhatIsMissing) {
  const Ran run = simulate_text(two_colours("lost", "100 %"));
  EXPECT_DOUBLE_EQ(run("fill_rate"), 1);
  EXPECT_DOUBLE_EQ(run("substituted"), 2.0 / 5);
  EXPECT_DOUBLE_EQ(run("lost_share"), 0);
  EXPECT_DOUBLE_EQ(run("on_time"), 1);
  EXPECT_DOUBLE_EQ(run("revenue"), 5 * 10 / 10.0);
  EXPECT_DOUBLE_EQ(run("throughput", "site:shop/item:blue"), 0.2);
  EXPECT_DOUBLE_EQ(run("throughput", "site:shop/item:red"), 0.3);
}

TEST(Substitutes, AreNotForWhoWantsNone) {
  const Ran run = simulate_text(two_colours("lost", "0 %"));
  EXPECT_DOUBLE_EQ(run("substituted"), 0);
  EXPECT_DOUBLE_EQ(run("lost_share"), 2.0 / 5);
}

TEST(Substitutes, AreTakenByTheShareOfCustomersWhoDo) {
  std::string text = two_colours("lost", "30 %");
  text.replace(text.find("100 d"), 5, "200000 d");
  text.replace(text.find("every 10 d from 1 d"), 19, "every 1 d from 12 h");
  while (text.find("review: 10 d") != std::string::npos) text.replace(text.find("review: 10 d"), 12, "review: 1 d");
  const Ran run = simulate_text(text);
  EXPECT_NEAR(run("substituted"), 0.3 * 2 / 5, 0.002);  // 200,000 customers: five standard deviations are 0.002
}

TEST(Substitutes, LeaveTheRestWaiting) {
  // Six are ordered, three red and one blue of them are there: two wait for nine days.
  std::string text = two_colours("backorder", "100 %");
  text.replace(text.find("size: 5"), 7, "size: 6");
  text.replace(text.find("level: 4"), 8, "level: 1");
  const Ran run = simulate_text(text);
  EXPECT_DOUBLE_EQ(run("fill_rate"), 4.0 / 6);
  EXPECT_DOUBLE_EQ(run("backorders"), 2 * 9 / 10.0);
  EXPECT_DOUBLE_EQ(run("on_time"), 0);
}

TEST(Substitutes, AloneMakeAnOrderWhole) {
  std::string text = two_colours("lost", "100 %");
  text.replace(text.find("level: 3"), 8, "level: 0");
  text.replace(text.find("size: 5"), 7, "size: 4, transit: 2 d");
  const Ran run = simulate_text(text);
  EXPECT_DOUBLE_EQ(run("substituted"), 1);
  EXPECT_DOUBLE_EQ(run("order_lead_time"), 48);
}

TEST(Returns, ComeBackIntoStock) {
  // Ten are sold each day out of fifty, and all come back.
  const Ran run = simulate_text(R"(
tierworks: 1
time: {horizon: 10 d}
items: {box: {}}
sites:
  mill: {sells: {box: {quoted: 100 d}}}
  shop: {buys: {box: {from: mill}}, stock: {box: {level: 50, review: 300 d from 200 d}}}
demand: {at: shop, item: box, orders: every 1 d, size: 10, unmet: lost, returns: {share: 100 %, after: 47 h}}
)");
  // Back an hour before the order of two days later: 40 on day 0, then 30, and 40 for that hour.
  EXPECT_DOUBLE_EQ(run("fill_rate"), 1);
  EXPECT_DOUBLE_EQ(run("returned"), 9.0);  // of the orders of days 0 to 8, in ten days
  EXPECT_DOUBLE_EQ(run("on_hand"), (40 + 9 * 30 + 9 * 10 / 24.0) / 10);
}

TEST(Returns, AreOfSoManyDeliveries) {
  const Ran run = simulate_text(R"(
tierworks: 1
time: {horizon: 20000 d}
items: {box: {}}
sites:
  mill: {sells: {box: {}}}
  shop: {buys: {box: {from: mill, transit: 0 h, order_time: 0 h}}, stock: {box: {reorder_point: 5, quantity: 10}}}
demand: {at: shop, item: box, orders: poisson 10 / d, returns: {share: 8 %, after: exponential 14 d}}
)");
  EXPECT_NEAR(run("returned"), 0.8, 0.03);  // 16,000 of them: five standard deviations are 0.032
}

TEST(Returns, ServeWhoWaits) {
  // One box only: it is sold on day 0, comes back on day 3, and goes to who has waited since day 1.
  const Ran run = simulate_text(R"(
tierworks: 1
time: {horizon: 4 d}
items: {box: {}}
sites:
  mill: {sells: {box: {quoted: 100 d}}}
  shop: {buys: {box: {from: mill}}, stock: {box: {level: 1, review: 300 d from 200 d}}}
demand: {at: shop, item: box, orders: every 1 d, returns: {share: 100 %, after: 3 d}}
)");
  EXPECT_DOUBLE_EQ(run("backorders"), (0 + 1 + 2 + 2) / 4.0);
}

}  // namespace
}  // namespace tierworks::demand
