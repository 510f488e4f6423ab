// Lines, batches and rooms, by scenarios whose numbers can be followed by hand.
#include "models/production/events.h"

#include <string>

#include <gtest/gtest.h>

#include "tests/support/simulate.h"

namespace tierworks::production {
namespace {

using tests::Ran;
using tests::simulate_text;

// A plant that makes parts to order on the line `press`, and an order of `size` at each of `orders`.
std::string plant(const std::string& makes, const std::string& line, const std::string& orders, const std::string& size,
                  const std::string& item = "{}", const std::string& unmet = "backorder") {
  return R"(
tierworks: 1
time: {horizon: 20 d}
items: {part: )" +
         item + R"(}
sites:
  plant:
    lines: {press: )" +
         line + R"(}
    makes: {part: )" +
         makes + R"(}
demand: {at: plant, item: part, orders: )" +
         orders + ", size: " + size + ", unmet: " + unmet + "}\n";
}

double lead_time(const std::string& makes, const std::string& line, const std::string& size,
                 const std::string& item = "{}") {
  return simulate_text(plant(makes, line, "every 5 d", size, item))("order_lead_time");
}

TEST(WorkTime, OfAnOrderIsThatOfItsUnitsSpreadOverTheServers) {
  EXPECT_DOUBLE_EQ(lead_time("{line: press, time: 2 h}", "{servers: 1}", "3"), 6);
  EXPECT_DOUBLE_EQ(lead_time("{line: press, time: 2 h}", "{servers: 2}", "3"), 4);
  EXPECT_DOUBLE_EQ(lead_time("{line: press, time: 2 h}", "{servers: 3}", "3"), 2);
  EXPECT_DOUBLE_EQ(lead_time("{time: 2 h}", "{}", "3"), 2);  // without a line all units at once
}

TEST(WorkTime, OfABatchIsForEachUnitOrForTheWhole) {
  EXPECT_DOUBLE_EQ(lead_time("{line: press, time: 2 h, batch: 3}", "{servers: 2}", "3"), 6);  // one server, one batch
  EXPECT_DOUBLE_EQ(lead_time("{line: press, time: 2 h, per: batch}", "{servers: 1}", "3"), 2);
  EXPECT_DOUBLE_EQ(lead_time("{line: press, time: 2 h, per: batch, batch: 2}", "{servers: 1}", "3"), 4);  // 2 and 1
  EXPECT_DOUBLE_EQ(lead_time("{line: press, time: 2 h, batch: 2}", "{servers: 2}", "5"), 6);  // 2 + 2 in 4 h, 1 in 2 h
}

TEST(WorkTime, OfAPartOfAUnitIsItsShare) {
  const std::string kilograms = "{unit: kg, resolution: 0.1}";
  EXPECT_DOUBLE_EQ(lead_time("{line: press, time: 1 h}", "{servers: 1}", "2.5", kilograms), 2.5);
  EXPECT_DOUBLE_EQ(lead_time("{line: press, time: 1 h}", "{servers: 3}", "2.5", kilograms), 1);  // 1, 1 and 0.5 kg
}

TEST(WorkTime, AtRandomHasItsMeanHoweverUnitsAreBatched) {
  // 4000 units of mean 1 h and sd 0.5 h, 8 at a time on one server: 4 sd of the mean are 4 x 0.5 / sqrt(4000) = 3 %.
  const auto busy = [](const std::string& batch) {
    return simulate_text(
        "tierworks: 1\ntime: {horizon: 500 d}\nitems: {part: {}}\nsites:\n  plant:\n"
        "    lines: {press: {}}\n    makes: {part: {line: press, time: gamma 1 h sd 0.5 h, batch: " +
        batch + "}}\ndemand: {at: plant, item: part, orders: every 1 d, size: 8}\n")("utilisation");
  };
  EXPECT_NEAR(busy("1"), 8 / 24.0, 8 / 24.0 * 0.03);
  EXPECT_NEAR(busy("8"), busy("1"), 1e-4);  // the same draws, addressed by order and unit
}

TEST(Line, ServesOrdersFirstReadyFirst) {
  // a's 3 h of work come first, then b's 1 h.
  const Ran run = simulate_text(R"(
tierworks: 1
time: {horizon: 10 d}
items: {a: {}, b: {}}
sites:
  plant:
    lines: {press: {}}
    makes: {a: {line: press, time: 1 h}, b: {line: press, time: 1 h}}
demand:
  b: {at: plant, item: b, orders: every 100 d from 2 h, size: 1}
  a: {at: plant, item: a, orders: every 100 d from 1 h, size: 3}
)");
  EXPECT_DOUBLE_EQ(run("order_lead_time", "item:a"), 3);
  EXPECT_DOUBLE_EQ(run("order_lead_time", "item:b"), 3);  // waits until 4 h, done at 5 h
}

TEST(Utilisation, CostAndPipelineAreThoseOfTheHoursWorked) {
  // A day: 3 units of 2 h on one of two servers each.
  const Ran run = simulate_text(
      plant("{line: press, time: 2 h, cost: 5}", "{servers: 2, cost_per_hour: 40}", "every 1 d", "3", "{value: 100}"));
  EXPECT_DOUBLE_EQ(run("utilisation"), 6 / 48.0);
  EXPECT_DOUBLE_EQ(run("utilisation", "work_centre:plant/press"), 6 / 48.0);
  EXPECT_DOUBLE_EQ(run("cost_production"), 3 * 5 + 6 * 40);
  EXPECT_DOUBLE_EQ(run("cost_production", "work_centre:plant/press"), 3 * 5 + 6 * 40);
  EXPECT_DOUBLE_EQ(run("pipeline_stock"), 6 / 24.0);
  EXPECT_DOUBLE_EQ(run("throughput", "work_centre:plant/press"), 3);
  EXPECT_DOUBLE_EQ(run("total_cost"), 3 * 5 + 6 * 40);
}

TEST(Utilisation, CountsUnitsHoweverTheyAreBatched) {
  const Ran run = simulate_text(plant("{line: press, time: 2 h, batch: 3, cost: 5}", "{}", "every 1 d", "3"));
  EXPECT_DOUBLE_EQ(run("cost_production"), 15);
  EXPECT_DOUBLE_EQ(run("throughput", "work_centre:plant/press"), 3);
  EXPECT_DOUBLE_EQ(run("pipeline_stock"), 3 * 6 / 24.0);
}

TEST(Utilisation, AndCostForgetTheWarmUp) {
  // 3 units of 2 h a day; in the first days of the warm-up a second stream makes twice as much.
  const Ran run = simulate_text(R"(
tierworks: 1
time: {warm_up: 4 d, horizon: 10 d}
items: {part: {}}
sites:
  plant: {lines: {press: {}}, makes: {part: {line: press, time: 2 h, cost: 5}}}
demand:
  always: {at: plant, item: part, orders: every 1 d, size: 3}
  once: {at: plant, item: part, orders: every 100 d, size: 10}
)");
  EXPECT_DOUBLE_EQ(run("utilisation"), 6 / 24.0);
  EXPECT_DOUBLE_EQ(run("cost_production"), 15);
  EXPECT_DOUBLE_EQ(run("throughput", "work_centre:plant/press"), 3);
  EXPECT_DOUBLE_EQ(run("pipeline_stock"), 6 / 24.0);
}

TEST(Utilisation, CountsWorkThatIsUnderWayAtTheEndUpToIt) {
  // One order at 0 of 30 d of work in a horizon of 20 d.
  const Ran run = simulate_text(plant("{line: press, time: 30 d}", "{}", "every 100 d", "1"));
  EXPECT_DOUBLE_EQ(run("utilisation"), 1);
  EXPECT_DOUBLE_EQ(run("pipeline_stock"), 1);
  EXPECT_DOUBLE_EQ(run("throughput", "work_centre:plant/press"), 0);
}

TEST(RoomOfOne, LosesWhoComesWhileOneIsInWork) {
  // 2 days of work: those of the even days find the line empty, for what ends at an instant ends before what is ordered.
  const Ran run = simulate_text(plant("{line: press, time: 2 d}", "{room: 1}", "every 1 d", "1"));
  EXPECT_DOUBLE_EQ(run("lost_share"), 0.5);
  EXPECT_DOUBLE_EQ(run("order_lead_time"), 48);
  EXPECT_DOUBLE_EQ(run("utilisation"), 1);
}

TEST(RoomOfTwo, LetsOneWait) {
  // Days 0, 1, 2, 4, 6, .. 18 are let in and 3, 5, .. 19 are lost. The first needs 2 days, the second 3, the others 4.
  const Ran run = simulate_text(plant("{line: press, time: 2 d}", "{room: 2}", "every 1 d", "1"));
  EXPECT_DOUBLE_EQ(run("lost_share"), 9.0 / 20);
  // Of eleven, those that end on days 2, 4, .. 18.
  EXPECT_DOUBLE_EQ(run("order_lead_time"), 24 * (2 + 3 + 7 * 4) / 9.0);
}

TEST(RoomOfOne, HoldsReplenishmentBackUntilTheLineHasRoom) {
  // Level 3, a day of work, a customer each 8 h at 0, 8 and 16 h of the first day only, orders are placed one by one.
  const Ran run = simulate_text(R"(
tierworks: 1
time: {horizon: 10 d}
items: {part: {}}
sites:
  plant:
    lines: {press: {room: 1}}
    makes: {part: {line: press, time: 1 d}}
    stock: {part: {level: 3, ordering_cost: 10}}
demand:
  first: {at: plant, item: part, orders: every 100 d}
  second: {at: plant, item: part, orders: every 100 d from 8 h}
  third: {at: plant, item: part, orders: every 100 d from 16 h}
)");
  // 1 is ordered at 0; at 24 h both others together: done at 48 h and 72 h.
  EXPECT_DOUBLE_EQ(run("cost_ordering"), 2);
  EXPECT_DOUBLE_EQ(run("lost_share"), 0);
  EXPECT_DOUBLE_EQ(run("on_hand"), (2 * 8 + 1 * 8 + 0 * 8 + 1 * 24 + 2 * 24 + 3 * (240 - 72)) / 240.0);
}

TEST(RoomOfOne, IsGivenToTheStockThatWasHeldBackFirst) {
  // a takes the line until 10 h; b is held back from 1 h on and a from 2 h on: b is made until 20 h, a until 30 h.
  const Ran run = simulate_text(R"(
tierworks: 1
time: {horizon: 40 h}
items: {a: {}, b: {}}
sites:
  plant:
    lines: {press: {room: 1}}
    makes: {a: {line: press, time: 10 h}, b: {line: press, time: 10 h}}
    stock: {a: {level: 2}, b: {level: 2}}
demand:
  first: {at: plant, item: a, orders: every 100 d}
  second: {at: plant, item: b, orders: every 100 d from 1 h}
  third: {at: plant, item: a, orders: every 100 d from 2 h}
)");
  EXPECT_DOUBLE_EQ(run("on_hand", "item:a"), (1 * 2 + 0 * 8 + 1 * 20 + 2 * 10) / 40.0);
  EXPECT_DOUBLE_EQ(run("on_hand", "item:b"), (2 * 1 + 1 * 19 + 2 * 20) / 40.0);
}

TEST(RoomOfOne, IsAskedForAgainAtTheNextReviewOnly) {
  // Ordered at 0 and made until 30 h; the customer of 6 h finds the line full at the reviews of 12 h and 24 h, so at 36 h.
  const Ran run = simulate_text(R"(
tierworks: 1
time: {horizon: 72 h}
items: {part: {}}
sites:
  plant:
    lines: {press: {room: 1}}
    makes: {part: {line: press, time: 30 h}}
    stock: {part: {level: 2, review: 12 h}}
demand:
  first: {at: plant, item: part, orders: every 100 d}
  second: {at: plant, item: part, orders: every 100 d from 6 h}
)");
  EXPECT_DOUBLE_EQ(run("on_hand"), (1 * 6 + 0 * 24 + 1 * 36 + 2 * 6) / 72.0);
}

}  // namespace
}  // namespace tierworks::production
