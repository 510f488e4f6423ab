// Yield and scrap, by-products: what is begun, what comes into stock, what is ordered again.
#include <string>

#include <gtest/gtest.h>

#include "models/world/outlook.h"
#include "tests/support/simulate.h"

namespace tierworks::production {
namespace {

using tests::Ran;
using tests::simulate_text;

// Parts made to order of two blanks each, an order of `size` each day for ten days.
Ran parts(const std::string& makes, const std::string& size, const std::string& more = "",
          const std::string& item = "{bom: {blank: 2}}") {
  return simulate_text(R"(
tierworks: 1
time: {horizon: 10 d}
items: {blank: {value: 1}, part: )" +
                       item + R"(}
sites:
  mill: {sells: {blank: {}}}
  plant:
    buys: {blank: {from: mill, transit: 0 h, order_time: 0 h}}
    lines: {press: {}}
    makes: {part: )" + makes +
                       R"(}
demand: {at: plant, item: part, orders: every 1 d, size: )" +
                       size + "}\n" + more);
}

TEST(Yield, BeginsAsMuchMoreAsIsLost) {
  // Of 100 ordered 125 are begun at 80 %: 25 are scrapped, 100 are good, 250 blanks are taken.
  const Ran run = parts("{line: press, time: 1 h, per: batch, yield: 80 %, cost: 3}", "100");
  EXPECT_DOUBLE_EQ(run("throughput"), 100);
  EXPECT_DOUBLE_EQ(run("throughput", "work_centre:plant/press"), 100);
  EXPECT_DOUBLE_EQ(run("scrapped"), 25);
  EXPECT_DOUBLE_EQ(run("yield"), 0.8);
  EXPECT_DOUBLE_EQ(run("yield", "site:plant/item:part"), 0.8);
  EXPECT_DOUBLE_EQ(run("cost_purchase"), 250);
  EXPECT_DOUBLE_EQ(run("cost_production"), 125 * 3);
  EXPECT_DOUBLE_EQ(run("order_lead_time"), 1);
  EXPECT_DOUBLE_EQ(run("on_hand", "item:part"), 0);
}

TEST(Yield, CarriesItsRoundingOnFromBatchToBatch) {
  // Ten orders of 1 at 80 %: 12 begun (each order .25 more), of which every fifth is scrapped: 2 in all, the fifth and the tenth.
  const Ran run = parts("{line: press, time: 1 h, yield: 80 %}", "1");
  EXPECT_DOUBLE_EQ(run("scrapped") * 10, 2);
  EXPECT_DOUBLE_EQ(run("yield"), 10 / 12.0);
  EXPECT_DOUBLE_EQ(run("cost_purchase") * 10, 24);
  EXPECT_DOUBLE_EQ(run("throughput"), 1);
}

TEST(Yield, WhatIsMissingIsOrderedAgain) {
  // At half the usual yield 64 give 32, the 32 ordered again give 16, then 8, 4, 2 and 1; of the last one half a unit is scrap,
  // which is carried on: it is good on the first day, and on each later one scrapped and made once more.
  const Ran run = parts("{line: press, time: 1 h, per: batch}", "64",
                        "disruptions: {tool: {hits: line plant/press, yield: 50 %, at: 0 h, for: 100 d}}\n");
  EXPECT_DOUBLE_EQ(run("throughput"), 64);
  EXPECT_DOUBLE_EQ(run("order_lead_time"), (7 + 9 * 8) / 10.0);
  EXPECT_DOUBLE_EQ(run("cost_purchase"), 2 * (127 + 9 * 128) / 10.0);
  EXPECT_DOUBLE_EQ(run("yield"), 64 / 127.9);
}

TEST(Yield, OfEachUnitIsItsChance) {
  // 10 x 1000 ordered, 12500 begun with a chance of 80 %: sd of the share is sqrt(.8 x .2 / 12500) = .0036.
  const Ran run = parts("{line: press, time: 1 h, per: batch, yield: 80 % each}", "1000");
  EXPECT_NEAR(run("yield"), 0.8, 4 * 0.0036);
  EXPECT_NE(run("yield"), 0.8);
  const Ran again = parts("{line: press, time: 2 h, per: batch, yield: 80 % each}", "1000");
  EXPECT_NEAR(again("yield"), run("yield"), 1e-3);  // the same draws, addressed by order and batch
}

TEST(Yield, OfABatchIsDrawnFromItsDistribution) {
  const Ran run = parts("{line: press, time: 1 h, per: batch, yield: uniform 60 % to 100 %}", "10000");
  EXPECT_NEAR(run("yield"), 0.8, 4 * 0.1155 / 3.2);  // sd of one share .4 / sqrt 12, ten orders and their remainders
  EXPECT_DOUBLE_EQ(run("backorders") > 0, true);     // lots below the mean are made up for by another order
}

TEST(Yield, CountsInTheLoadOfALineAndItsComponents) {
  const auto model = tests::model_of_text(R"(
tierworks: 1
items: {blank: {}, part: {bom: {blank: 3}}}
sites:
  mill: {sells: {blank: {}}}
  plant:
    buys: {blank: {from: mill}}
    lines: {press: {}}
    makes: {part: {line: press, time: 1 h, yield: 75 %}}
    stock: {part: {level: 10}, blank: {mrp: {lead_time: 1 d}, review: 1 d, horizon: 5 d}}
demand: {at: plant, item: part, orders: every 2 h}
)");
  const world::Outlook outlook = world::outlook(*model);
  ASSERT_EQ(outlook.lines.size(), 1U);
  EXPECT_NEAR(outlook.lines[0].load, 12 / 24.0 / 0.75, 1e-12);
  EXPECT_NEAR(outlook.stocks[1].rate, 12 * 3 / 0.75, 1e-9);  // blanks
  // Parts are not planned: MRP meets their mean use.
  EXPECT_NEAR(model->planning.mrp_stocks[planning::MrpStockId{0}].others, 12 * 3 / 0.75, 1e-9);
}

TEST(Yield, OfLotsOnAShopFloorLikewise) {
  const Ran run = simulate_text(R"(
tierworks: 1
time: {horizon: 10 d}
items: {part: {}}
sites:
  plant:
    work_centres: {mill: {}}
    routings: {part: {operations: {milling: {work_centre: mill, time: 1 h}}}}
    makes: {part: {routing: part, lot: 50, yield: 80 %}}
demand: {at: plant, item: part, orders: every 1 d, size: 80}
)");
  EXPECT_DOUBLE_EQ(run("scrapped"), 20);  // lots of 50 and 50: 40 are good of each
  EXPECT_DOUBLE_EQ(run("throughput", "item:part"), 80);
  EXPECT_DOUBLE_EQ(run("order_lead_time"), 2);
}

TEST(ByProduct, ComesIntoStockBesideTheProduct) {
  const Ran run = simulate_text(R"(
tierworks: 1
time: {horizon: 10 d}
items: {crude: {value: 1}, petrol: {bom: {crude: 3}}, diesel: {}, tar: {unit: kg, resolution: 0.1}}
sites:
  field: {sells: {crude: {}}}
  refinery:
    buys: {crude: {from: field, transit: 0 h, order_time: 0 h}}
    lines: {still: {}}
    makes: {petrol: {line: still, time: 1 h, per: batch, also: {diesel: 2, tar: 0.5 kg}}}
    stock: {tar: {initial: 7}}
demand:
  petrol: {at: refinery, item: petrol, orders: every 1 d, size: 10}
  diesel: {at: refinery, item: diesel, orders: every 1 d from 2 h, size: 15}
)");
  EXPECT_DOUBLE_EQ(run("throughput", "item:petrol"), 10);
  // 20 come at 1 h of each day and 15 go at 2 h: 20 for 1 h, then 5 more each day.
  double diesel = 0;
  for (int day = 0; day < 10; ++day) diesel += 5 * day + 20 / 24.0 + 5 * 22 / 24.0;
  EXPECT_NEAR(run("on_hand", "item:diesel"), diesel / 10, 1e-9);
  EXPECT_DOUBLE_EQ(run("fill_rate", "site:refinery/item:diesel"), 1);
  double tar = 0;
  for (int day = 0; day < 10; ++day) tar += 7 + 5 * day + 5 * 23 / 24.0;
  EXPECT_NEAR(run("on_hand", "item:tar"), tar / 10, 1e-9);
  EXPECT_DOUBLE_EQ(run("orders", "site:refinery/item:diesel"), 0);
}

TEST(ByProduct, SparesPurchasesWhereItIsBoughtToo) {
  // 20 come each day, 30 are wanted: the rest is bought.
  const Ran run = simulate_text(R"(
tierworks: 1
time: {horizon: 10 d}
items: {petrol: {}, diesel: {value: 1}}
sites:
  field: {sells: {diesel: {}}}
  refinery:
    buys: {diesel: {from: field, transit: 1 h}}
    makes: {petrol: {time: 1 h, also: {diesel: 2}}}
    stock: {diesel: {level: 0, review: 1 d from 12 h}}
demand:
  petrol: {at: refinery, item: petrol, orders: every 1 d, size: 10}
  diesel: {at: refinery, item: diesel, orders: every 1 d from 2 h, size: 30}
)");
  EXPECT_DOUBLE_EQ(run("cost_purchase"), 10);
  EXPECT_DOUBLE_EQ(run("fill_rate", "item:diesel"), 20 / 30.0);
}

}  // namespace
}  // namespace tierworks::production
