// What is on order at the start of a run, in whole runs that can be followed by hand.
#include <string>

#include <gtest/gtest.h>

#include "tests/support/simulate.h"

namespace tierworks::supply {
namespace {

using tests::goes_on_alike;
using tests::model_of_text;
using tests::Ran;
using tests::simulate_text;

// One box a day is asked for; orders take 5 d. Under way are 3 that come on day 2.5, and 3 for day 4.
const std::string kShop = R"(tierworks: 1
time: {horizon: 8 d}
items: {box: {}}
sites:
  mill: {sells: {box: {}}}
  shop:
    buys: {box: {from: mill, transit: 5 d, order_time: 0}}
    stock: {box: {level: 10, initial: 4, on_order: [3 at 60 h, 3 from mill at 4 d]}}
demand: {at: shop, item: box, orders: every 1 d}
)";

TEST(OnOrder, ComesInWhenItIsDueAndIsPartOfThePosition) {
  // The position is 10: nothing is ordered but what is asked for, one box a day from day 0 on, the first there on day 5.
  const Ran run = simulate_text(kShop);
  EXPECT_DOUBLE_EQ(run("on_hand"), (3 + 2 + 1 / 2.0 + 4 / 2.0 + 3 + 5 + 5 + 5 + 5) / 8);
  EXPECT_DOUBLE_EQ(run("pipeline_stock"), (3 * 2.5 + 3 * 4 + 5 + 5 + 5 + 5 + 4 + 3 + 2 + 1) / 8);
  EXPECT_DOUBLE_EQ(run("orders", "site:shop/item:box"), 1);
}

TEST(OnOrder, GoesOnAlike) { EXPECT_EQ(goes_on_alike(*model_of_text(kShop), core::Instant{core::kDay.ticks * 3}), ""); }

TEST(OnOrder, TakesUpRoomOfItsLane) {
  // The lane holds one shipment. The order of day 1 leaves when the second is there, on day 4, and comes on day 9.
  const Ran run = simulate_text(R"(tierworks: 1
time: {horizon: 10 d}
items: {box: {}}
sites:
  mill: {sells: {box: {}}}
  shop: {buys: {box: {from: mill, order_time: 0}}, stock: {box: {level: 4, initial: 2, on_order: 2 at 4 d}}}
lanes: {road: {from: mill, to: shop, transit: 5 d, capacity: 1}}
demand: {at: shop, item: box, orders: every 100 d from 1 d, size: 4}
)");
  EXPECT_DOUBLE_EQ(run("backorders"), 2 * 3 / 10.0);
  EXPECT_DOUBLE_EQ(run("on_hand"), (2 * 1 + 4 * 1) / 10.0);
}

// The depot gets an order of 4 on day 1 and sends it at once; the shop has it on day 3.
const std::string kOrderToDepot = R"(tierworks: 1
time: {horizon: 10 d}
items: {box: {}}
sites:
  mill: {sells: {box: {}}}
  depot: {buys: {box: {from: mill, transit: 100 d}}, stock: {box: {level: 10}}}
  shop:
    buys: {box: {from: depot, transit: 2 d, order_time: 0}}
    stock: {box: {level: 4, initial: 0, on_order: 4 to depot at 1 d}}
demand: {at: shop, item: box, orders: every 100 d from 2 d, size: 4}
)";

TEST(OnOrder, MayHaveYetToReachItsSupplier) {
  // The customer of day 2 has the boxes on day 3. Those that the shop orders then leave the depot 6 - 4 on day 2.
  const Ran run = simulate_text(kOrderToDepot);
  EXPECT_DOUBLE_EQ(run("backorders", "site:shop/item:box"), 4 / 10.0);
  EXPECT_DOUBLE_EQ(run("on_hand", "site:depot/item:box"), (10 + 6 + 2 * 8) / 10.0);
  EXPECT_DOUBLE_EQ(run("on_hand", "site:shop/item:box"), 4 * 6 / 10.0);
  EXPECT_EQ(goes_on_alike(*model_of_text(kOrderToDepot), core::Instant{core::kHour.ticks * 12}), "");
}

TEST(OnOrder, ComesInInItsPeriod) {
  //   day      on hand before   comes in   demand   position after it   ordered
  //    0             5             3          4       5 - 4 + 6 =  7       3
  //    1             4             3          4       4 - 4 + 6 =  6       4
  //    2             3             3          4       3 - 4 + 7 =  6       4
  //    3             2             4          4       2 - 4 + 8 =  6       4, and 2 stay on hand
  const Ran run = simulate_text(R"(tierworks: 1
time: {period: 1 d, horizon: 4 d}
items: {box: {}}
sites:
  mill: {sells: {box: {}}}
  shop:
    buys: {box: {from: mill, transit: 2 d}}
    stock: {box: {level: 10, initial: 5, on_order: [3 at 0 d, 3 at 1 d]}}
demand: {at: shop, item: box, orders: every 1 d from 0 d, size: 4}
)");
  EXPECT_DOUBLE_EQ(run("on_hand"), (4 + 3 + 2 + 2) / 4.0);
  EXPECT_DOUBLE_EQ(run("backorders"), 0);
}

TEST(OnOrder, OfWhatIsMadeIsDoneWhenItIsDue) {
  // 2 and 3 are done on day 1 and 5 more on day 2: nothing else is begun, whatever the line takes.
  const std::string plant = R"(tierworks: 1
time: {horizon: 4 d}
items: {part: {}, pump: {bom: {part: 1}}}
sites:
  mill: {sells: {part: {}}}
  plant:
    buys: {part: {from: mill}}
    makes: {pump: {time: 30 d}}
    stock: {pump: {level: 10, initial: 0, on_order: [2 at 1 d, 5 at 2 d, 3 at 1 d]}}
demand: {at: plant, item: pump, orders: every 100 d from 3 d, size: 10}
)";
  const Ran run = simulate_text(plant);
  EXPECT_DOUBLE_EQ(run("on_hand", "site:plant/item:pump"), (5 + 10) / 4.0);
  EXPECT_DOUBLE_EQ(run("fill_rate"), 1);
  EXPECT_EQ(goes_on_alike(*model_of_text(plant), core::Instant{core::kHour.ticks * 36}), "");
}

TEST(OnOrder, IsAScheduledReceiptOfMrp) {
  // 20 a week are needed from 25 on hand and 30 that come in week 3:
  //   week             0   1   2   3   4   5   6
  //   available        5   0   0  10   0   0   0
  //   net             -   15  20   -  10  20  20
  // Released a week before and there a day before that week begins.
  const Ran run = simulate_text(R"(tierworks: 1
time: {horizon: 6 wk}
items: {box: {}}
sites:
  mill: {sells: {box: {}}}
  shop:
    buys: {box: {from: mill, transit: 6 d, order_time: 0}}
    stock: {box: {initial: 25, on_order: 30 at 22 d, review: 1 wk, horizon: 6 wk, mrp: {lead_time: 1 wk}}}
demand: {at: shop, item: box, orders: every 1 wk from 3 d, size: 20}
)");
  EXPECT_DOUBLE_EQ(run("on_hand"),
                   (25 * 3 + 5 * 3 + 20 * 4 + 20 * 4 + 30 * 2 + 10 * 3 + 20 * 4 + 20 * 4 + 20 * 1) / 42.0);
  EXPECT_DOUBLE_EQ(run("fill_rate"), 1);
  EXPECT_DOUBLE_EQ(run("orders", "site:shop/item:box") * 42, 5);
}

}  // namespace
}  // namespace tierworks::supply
