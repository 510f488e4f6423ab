// Runs in periods and positions of echelons, by hand.
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "models/world/series.h"
#include "models/world/simulate.h"
#include "tests/support/simulate.h"

namespace tierworks::supply {
namespace {

using ::testing::HasSubstr;
using tests::mistakes_of_text;
using tests::model_of_text;
using tests::Ran;
using tests::simulate_text;

// Period 0: 7 are wanted, the shop orders 7 and the depot 7 within the instant; the depot has 5 and sends them.
// Period 1: the 7 of the depot and the 5 of the shop arrive before anything is handed out.
const char* const kTwoStages = R"(
tierworks: 1
time: {period: 1 d, horizon: 2 d}
items: {box: {}}
sites:
  mill: {sells: {box: {}}}
  shop:
    buys: {box: {from: depot, transit: 1 d}}
    stock: {box: {level: 4, initial: 4, holding: 1 / d, backorder_cost: 10 / d}}
  depot:
    buys: {box: {from: mill, transit: 1 d}}
    stock: {box: {level: 5, initial: 5, holding: 1 / d}}
demand: {at: shop, item: box, orders: every 1 d, size: 7}
)";

TEST(Periods, DemandAndOrdersGoUpGoodsComeDownThenCostsAreCharged) {
  const auto model = model_of_text(kTwoStages);
  world::Simulation simulation(*model);
  simulation.start(1, 0);
  simulation.run_to(core::Instant{0} + core::kDay);
  const auto first = simulation.stocks_now();  // shop, depot
  EXPECT_EQ(first[0].on_hand, 0);
  EXPECT_EQ(first[0].backorders, 3);
  EXPECT_EQ(first[0].in_transit, 5);
  EXPECT_EQ(first[0].ordered, 7);
  EXPECT_EQ(first[0].on_order, 7);
  EXPECT_EQ(first[1].backorders, 2);
  EXPECT_EQ(first[1].ordered, 7);
  EXPECT_EQ(first[1].demanded, 7);
  simulation.run_to(core::Instant{0} + core::kDay * 2);
  const auto second = simulation.stocks_now();
  // The shop has 5 for 3 + 7; the depot has 7 for 2 + 7.
  EXPECT_EQ(second[0].backorders, 5);
  EXPECT_EQ(second[0].received, 5);
  EXPECT_EQ(second[1].backorders, 2);
  EXPECT_EQ(second[0].in_transit, 7);
  const auto rows = world::kpi_rows(*model);
  const auto result = simulation.finish();
  double total = 0, filled = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows[i].scope != "world") continue;
    if (std::string_view(rows[i].kpi->name) == "total_cost") total = result.values[i] * 2;
    if (std::string_view(rows[i].kpi->name) == "fill_rate") filled = result.values[i];
  }
  EXPECT_DOUBLE_EQ(total, (3 + 5) * 10.0);
  EXPECT_DOUBLE_EQ(filled, (4 + 2) / 14.0);  // of 7 each: 4 at once, and 2 after the 3 that waited
}

// A factory that two ways of different length lead to looks at its stock once all have spoken.
TEST(Periods, AStockOrdersOnceAfterAllWhoOrderFromIt) {
  const Ran run = simulate_text(R"(
tierworks: 1
time: {period: 1 d, horizon: 10 d}
items: {box: {}}
sites:
  mill: {sells: {box: {}}}
  factory:
    buys: {box: {from: mill, transit: 0 d}}
    stock: {box: {reorder_point: 9, level: 10}}
  hub: {buys: {box: {from: factory, transit: 0 d}}, stock: {box: {level: 3}}}
  far: {buys: {box: {from: hub, transit: 0 d}}, stock: {box: {level: 3}}}
  near: {buys: {box: {from: factory, transit: 0 d}}, stock: {box: {level: 3}}}
demand:
  far: {at: far, item: box, orders: every 1 d, size: 2}
  near: {at: near, item: box, orders: every 1 d, size: 3}
)");
  EXPECT_DOUBLE_EQ(run("orders", "site:factory/item:box"), 1);
  EXPECT_DOUBLE_EQ(run("demand", "site:factory/item:box"), 5);
  EXPECT_DOUBLE_EQ(run("fill_rate"), 1);  // goods go all the way down within the instant
  EXPECT_DOUBLE_EQ(run("on_hand"), 10 + 3 * 3);
}

Ran short_depot(const std::string& first, const std::string& second) {
  const auto shop = [](const std::string& name) {
    return "  " + name + ": {buys: {box: {from: depot, transit: 0 d}}, stock: {box: {level: 5, initial: 0}}}\n";
  };
  return simulate_text(R"(
tierworks: 1
time: {period: 1 d, horizon: 2 d}
items: {box: {}}
sites:
  mill: {sells: {box: {}}}
)" + shop(first) + shop(second) +
                       R"(
  depot:
    allocation: successor_order
    buys: {box: {from: mill, transit: 10 d}}
    stock: {box: {level: 6}}
demand:
  a: {at: a, item: box, orders: every 10 d from 5 d}
  b: {at: b, item: box, orders: every 10 d from 5 d}
)");
}

TEST(SuccessorOrder, ServesSitesAsTheyAreWritten) {
  const Ran a_first = short_depot("a", "b");
  EXPECT_DOUBLE_EQ(a_first("on_hand", "site:a"), 5);
  EXPECT_DOUBLE_EQ(a_first("on_hand", "site:b"), 1);
  const Ran b_first = short_depot("b", "a");
  EXPECT_DOUBLE_EQ(b_first("on_hand", "site:a"), 1);
  EXPECT_DOUBLE_EQ(b_first("on_hand", "site:b"), 5);
}

// Example 6.1 of Snyder & Shen with local levels, and with those of the echelons: 6.49, 6.49 + 5.53 and + 10.69.
std::string example_6_1(bool echelon, const std::string& time) {
  const std::string position = echelon ? ", position: echelon" : "";
  return R"(
tierworks: 1
time: {)" +
         time + R"(}
items: {part: {resolution: 0.000000001}}
sites:
  mill: {sells: {part: {}}}
  stage_3:
    buys: {part: {from: mill, transit: 2 d, order_time: 0}}
    stock: {part: {initial: 0, holding: 2 / d, level: )" +
         (echelon ? "22.71" : "10.69") + position + R"(}}
  stage_2:
    buys: {part: {from: stage_3, transit: 1 d, order_time: 0}}
    stock: {part: {initial: 0, holding: 4 / d, level: )" +
         (echelon ? "12.02" : "5.53") + position + R"(}}
  stage_1:
    buys: {part: {from: stage_2, transit: 1 d, order_time: 0}}
    stock: {part: {initial: 0, holding: 7 / d, level: 6.49}}
demand: {at: stage_1, item: part, orders: every 1 d, size: normal 5 sd 1, waiting_cost: 37.12 / d}
)";
}

TEST(Echelon, EqualsTheLocalBaseStockInPeriodsAndAsItHappens) {
  for (const std::string time : {"period: 1 d, horizon: 300 d", "horizon: 300 d"}) {
    SCOPED_TRACE(time);
    const Ran local = simulate_text(example_6_1(false, time)), echelon = simulate_text(example_6_1(true, time));
    for (const std::string site : {"site:stage_1", "site:stage_2", "site:stage_3"}) {
      EXPECT_EQ(echelon("on_hand", site), local("on_hand", site));
      EXPECT_EQ(echelon("backorders", site), local("backorders", site));
      EXPECT_EQ(echelon("pipeline_stock", site), local("pipeline_stock", site));
    }
    EXPECT_GT(local("total_cost"), 0);
    EXPECT_EQ(echelon("total_cost"), local("total_cost"));
  }
}

// Stage 2 starts with what the echelon's level leaves above the stage below.
TEST(Echelon, StartsFullWithoutCountingTwice) {
  const auto model = model_of_text(R"(
tierworks: 1
items: {box: {}}
sites:
  mill: {sells: {box: {}}}
  depot: {buys: {box: {from: mill}}, stock: {box: {level: 30, position: echelon}}}
  shop: {buys: {box: {from: depot}}, stock: {box: {level: 12}}}
demand: {at: shop, item: box, orders: every 1 d}
)");
  EXPECT_EQ(model->supply.stocks[common::StockId{0}].initial, 18);
}

TEST(OrderLimits, AMaximumCutsOrdersToWholeMultiples) {
  EXPECT_EQ((OrderLimits{.minimum = 0, .multiple = 0, .maximum = 10}.apply(25)), 10);
  EXPECT_EQ((OrderLimits{.minimum = 0, .multiple = 4, .maximum = 10}.apply(25)), 8);
  EXPECT_EQ((OrderLimits{.minimum = 5, .multiple = 0, .maximum = 10}.apply(2)), 5);
}

// The order of 10 has parts for 4 at once, and for the rest two days later.
TEST(AsAvailable, MakesWhatThereIsMaterialFor) {
  const Ran run = simulate_text(R"(
tierworks: 1
time: {period: 1 d, horizon: 4 d}
items: {kit: {bom: {part: 1}}, part: {}}
sites:
  mill: {sells: {part: {}}}
  plant:
    buys: {part: {from: mill, transit: 2 d}}
    makes: {kit: {time: 0 s, as_available: true}}
    stock: {kit: {level: 10, initial: 0}, part: {level: 4}}
demand: {at: plant, item: kit, orders: every 10 d from 9 d}
)");
  // 4 for two days, then 10 for two.
  EXPECT_DOUBLE_EQ(run("on_hand", "site:plant/item:kit"), (4 * 2 + 10 * 2) / 4.0);
}

TEST(Periods, WhatDoesNotGoWithThemIsAMistake) {
  const auto with = [](const std::string& stock, const std::string& unmet, const std::string& time = "period: 1 d") {
    return mistakes_of_text("tierworks: 1\ntime: {" + time + R"(}
items: {box: {}}
sites:
  mill: {sells: {box: {}}}
  shop: {buys: {box: {from: mill}}, stock: {box: {)" +
                            stock + "}}}\ndemand: {at: shop, item: box, orders: every 1 d, unmet: " + unmet + "}\n");
  };
  EXPECT_EQ(with("level: 4", "backorder"), "");
  EXPECT_THAT(with("level: 4, review: 36 h", "backorder"),
              HasSubstr("got a `review` that does not fall on the periods"));
  EXPECT_THAT(with("level: 4", "lost"), HasSubstr("got customers who do not wait for a whole period"));
  EXPECT_THAT(with("level: 4", "wait 6 h"), HasSubstr("got customers who do not wait for a whole period"));
  EXPECT_THAT(with("level: 4, position: echelon_by_orders", "backorder", "horizon: 1 d"),
              HasSubstr("got `echelon_by_orders` without `time.period`"));
  EXPECT_THAT(with("level: 4, maximum: 2, minimum: 3", "backorder"),
              HasSubstr("got a `maximum` of 2 below the `minimum`"));
  EXPECT_THAT(with("safety: 95 % fill_rate, position: echelon", "backorder"),
              HasSubstr("got a position of the echelon beside `safety`"));
}

TEST(Echelon, AStockBelowWithSeveralSuppliersIsAMistake) {
  EXPECT_THAT(mistakes_of_text(R"(
tierworks: 1
items: {box: {}}
sites:
  mill: {sells: {box: {}}}
  east: {buys: {box: {from: mill}}, stock: {box: {level: 30, position: echelon}}}
  west: {buys: {box: {from: mill}}, stock: {box: {level: 30}}}
  shop: {buys: {box: {from: [east, west]}}, stock: {box: {level: 12}}}
demand: {at: shop, item: box, orders: every 1 d}
)"),
              HasSubstr("\"shop\" below it has several suppliers of \"box\""));
}

}  // namespace
}  // namespace tierworks::supply
