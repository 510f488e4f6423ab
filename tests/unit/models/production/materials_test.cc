// Bills of materials: what is taken when, waiting for what is missing, and attrition.
#include <string>

#include <gtest/gtest.h>

#include "tests/support/simulate.h"

namespace tierworks::production {
namespace {

using tests::Ran;
using tests::simulate_text;

TEST(BillOfMaterials, TakesItsComponentsWhenWorkStarts) {
  // Two frames on day 1 take 2 x 4.5 kg of 100 kg; each takes its half when it starts, at 24 h and 34 h.
  const Ran run = simulate_text(R"(
tierworks: 1
time: {horizon: 10 d}
items:
  steel: {unit: kg, resolution: 0.5}
  frame: {bom: {steel: 4.5 kg}}
sites:
  mill: {sells: {steel: {quoted: 100 d}}}
  plant:
    buys: {steel: {from: mill}}
    lines: {press: {}}
    makes: {frame: {line: press, time: 10 h}}
    stock: {steel: {reorder_point: 0, quantity: 100}}
demand: {at: plant, item: frame, orders: every 100 d from 1 d, size: 2}
)");
  EXPECT_DOUBLE_EQ(run("on_hand", "item:steel"), (100 * 24 + 95.5 * 10 + 91 * (240 - 34)) / 240.0);
  EXPECT_DOUBLE_EQ(run("fill_rate", "site:plant/item:steel"), 1);
  EXPECT_DOUBLE_EQ(run("order_lead_time"), 20);
}

TEST(BillOfMaterials, AnOrderWaitsForWhatIsMissingAndStartsWhenItArrives) {
  // Screws come after 1 + 3 h and panels after 1 + 7 h; the work of 2 h starts with the panels.
  const Ran run = simulate_text(R"(
tierworks: 1
time: {horizon: 10 d}
items:
  screw: {}
  panel: {}
  box: {bom: {panel: 2, screw: 8}}
sites:
  near: {sells: {screw: {}}}
  far: {sells: {panel: {}}}
  plant:
    buys: {screw: {from: near, transit: 3 h}, panel: {from: far, transit: 7 h}}
    lines: {press: {}}
    makes: {box: {line: press, time: 2 h}}
demand: {at: plant, item: box, orders: every 1 d}
)");
  EXPECT_DOUBLE_EQ(run("order_lead_time"), 10);
  EXPECT_DOUBLE_EQ(run("on_hand", "item:screw"), 8 * 4 / 24.0);  // set aside from 4 h to 8 h of each day
  EXPECT_DOUBLE_EQ(run("on_hand", "item:panel"), 0);
  EXPECT_DOUBLE_EQ(run("backorders", "item:panel"), 2 * 8 / 24.0);
  EXPECT_DOUBLE_EQ(run("fill_rate", "site:plant/item:panel"), 0);
  EXPECT_DOUBLE_EQ(run("utilisation"), 2 / 24.0);
}

TEST(BillOfMaterials, WhatIsAtHandStartsTheFirstBatches) {
  // Three of five panels are there: three boxes by 6 h; the other two panels come after 1 + 9 h, so 14 h.
  const Ran run = simulate_text(R"(
tierworks: 1
time: {horizon: 10 d}
items: {panel: {}, box: {bom: {panel: 1}}}
sites:
  far: {sells: {panel: {}}}
  plant:
    buys: {panel: {from: far, transit: 9 h}}
    lines: {press: {}}
    makes: {box: {line: press, time: 2 h}}
    stock: {panel: {level: 3}}
demand: {at: plant, item: box, orders: every 100 d, size: 5}
)");
  EXPECT_DOUBLE_EQ(run("order_lead_time"), 14);
  EXPECT_DOUBLE_EQ(run("backorders"), (5 * 2 + 4 * 2 + 3 * 2 + 2 * 6 + 1 * 2) / 240.0);
}

TEST(BillOfMaterials, GoesThroughLevelsAtOneSite) {
  // A leg for each of 4, a table top at the same time: 4 legs of 1 h on one saw, then the table of 30 min.
  const Ran run = simulate_text(R"(
tierworks: 1
time: {horizon: 10 d}
items: {leg: {}, top: {}, table: {bom: {leg: 4, top: 1}}}
sites:
  plant:
    lines: {saw: {}, plane: {}, bench: {}}
    makes:
      leg: {line: saw, time: 1 h}
      top: {line: plane, time: 3 h}
      table: {line: bench, time: 30 min}
demand: {at: plant, item: table, orders: every 1 d}
)");
  EXPECT_DOUBLE_EQ(run("order_lead_time"), 4.5);
}

// What is bought for `orders` orders of `size` boxes of ten pins with an attrition of 1 %, to order.
double pins_bought(int orders, int size) {
  const Ran run = simulate_text(R"(
tierworks: 1
time: {horizon: )" + std::to_string(orders) +
                                R"( d}
items: {pin: {attrition: 1 %}, box: {bom: {pin: 10}}}
sites:
  mill: {sells: {pin: {price: 1}}}
  plant:
    buys: {pin: {from: mill, transit: 0 h, order_time: 0 h}}
    makes: {box: {time: 1 h}}
demand: {at: plant, item: box, orders: every 1 d, size: )" +
                                std::to_string(size) + "}\n");
  EXPECT_DOUBLE_EQ(run("throughput"), size);
  EXPECT_DOUBLE_EQ(run("on_hand", "item:pin"), 0);
  return run("cost_purchase") * orders;
}

TEST(Attrition, OfOnePercentTakesAHundredAndOneForAHundred) {
  EXPECT_NEAR(pins_bought(1, 10), 101, 1e-6);  // one order of 100 pins
  EXPECT_NEAR(pins_bought(9, 1), 90, 1e-6);    // nine orders of 10: nine tenths of a pin are carried on
  EXPECT_NEAR(pins_bought(10, 1), 101, 1e-6);  // the tenth takes it
  EXPECT_NEAR(pins_bought(1000, 1), 10100, 1e-6);
  EXPECT_NEAR(pins_bought(1000, 3), 30300, 1e-6);
}

TEST(Attrition, IsSpreadOverTheBatchesOfAnOrder) {
  // 200 pins and 2 more for an order of 20 boxes in batches of 5: 50, 51, 50 and 51.
  const Ran run = simulate_text(R"(
tierworks: 1
time: {horizon: 4 d}
items: {pin: {attrition: 1 %}, box: {bom: {pin: 10}}}
sites:
  mill: {sells: {pin: {quoted: 100 d}}}
  plant:
    buys: {pin: {from: mill}}
    lines: {press: {}}
    makes: {box: {line: press, time: 1 d, per: batch, batch: 5}}
    stock: {pin: {level: 300}}
demand: {at: plant, item: box, orders: every 100 d, size: 20}
)");
  EXPECT_DOUBLE_EQ(run("on_hand", "item:pin"), (250 + 199 + 149 + 98) / 4.0);
}

}  // namespace
}  // namespace tierworks::production
