// MRP of one item by hand, bucket by bucket, and Wagner & Whitin's own example.
#include "models/planning/policies/net_requirements.h"

#include <vector>

#include <gtest/gtest.h>

namespace tierworks::planning {
namespace {

using Numbers = std::vector<double>;

// Wagner & Whitin (1958), Management Science 5, 89-96, table 1: demand and set-up costs of twelve months, holding 1. Its last
// line is the least cost of the first t months.
TEST(WagnerWhitin, FindsTheirTwelveMonths) {
  const Numbers demand{69, 29, 36, 61, 61, 26, 34, 67, 45, 67, 79, 56};
  const Numbers setup{85, 102, 102, 101, 98, 114, 105, 86, 119, 110, 98, 114};
  Numbers cost(12), covers(12);
  EXPECT_EQ(wagner_whitin(demand, setup, 1, cost, covers), 864);
  EXPECT_EQ(cost, (Numbers{85, 114, 186, 277, 348, 400, 469, 555, 600, 710, 789, 864}));
  // 69 + 29, 36 + 61, 61 + 26 + 34, 67 + 45, 67, 79 + 56
  EXPECT_EQ(covers, (Numbers{2, 0, 2, 0, 3, 0, 0, 2, 0, 1, 2, 0}));
}

TEST(WagnerWhitin, OrdersNothingForMonthsWithoutDemand) {
  const Numbers demand{0, 10, 0, 0, 10, 0}, setup(6, 15.0);
  Numbers cost(6), covers(6);
  EXPECT_EQ(wagner_whitin(demand, setup, 1, cost, covers), 30);  // holding 10 for three months costs 30, an order 15
  EXPECT_EQ(covers, (Numbers{0, 1, 0, 0, 1, 0}));
  EXPECT_EQ(wagner_whitin(demand, Numbers(6, 35.0), 1, cost, covers), 65);
  EXPECT_EQ(covers, (Numbers{0, 4, 0, 0, 0, 0}));
}

// Needs 20 30 10 40 25 35, 40 on hand, 20 due at the start of bucket 1, two buckets from release to receipt.
struct Item {
  MrpItem item = [] {
    MrpItem of_two_buckets;
    of_two_buckets.lead = 2;
    return of_two_buckets;
  }();
  Numbers gross{20, 30, 10, 40, 25, 35}, scheduled{0, 20, 0, 0, 0, 0}, planned = Numbers(6, 0.0);
  Numbers net = Numbers(6), setup = Numbers(6), cost = Numbers(6), covers = Numbers(6);
  std::size_t open_from = 0;
  Numbers releases() {
    plan_item(item, {.gross = gross,
                     .scheduled = scheduled,
                     .planned = planned,
                     .net = net,
                     .setup = setup,
                     .cost = cost,
                     .covers = covers,
                     .available = 40,
                     .open_from = open_from});
    return planned;
  }
};

TEST(NetRequirements, LotForLot) {
  // 20, 10 and 0 are left; then 40, 25 and 35 are lacking in buckets 3, 4 and 5.
  EXPECT_EQ(Item{}.releases(), (Numbers{0, 40, 25, 35, 0, 0}));
}

TEST(NetRequirements, FixedLots) {
  Item item;
  item.item.lots = {.kind = LotSizing::Kind::fixed, .size = 50};
  // 10 are left of the first lot; of 15 lacking 35 are left, which last.
  EXPECT_EQ(item.releases(), (Numbers{0, 50, 50, 0, 0, 0}));
}

TEST(NetRequirements, PeriodsOfSupply) {
  Item item;
  item.item.lots = {.kind = LotSizing::Kind::periods, .periods = 2};
  EXPECT_EQ(item.releases(), (Numbers{0, 65, 0, 35, 0, 0}));
}

TEST(NetRequirements, WagnerWhitin) {
  Item item;
  item.item.lots = {.kind = LotSizing::Kind::wagner_whitin, .setup = 100, .holding = 1};
  // One order: 100 + 25 + 2 x 35 = 195; two: 200 + 25 or + 35; three: 300.
  EXPECT_EQ(item.releases(), (Numbers{0, 100, 0, 0, 0, 0}));
  Item cheap;
  cheap.item.lots = {.kind = LotSizing::Kind::wagner_whitin, .setup = 30, .holding = 1};
  // 30 + 25 + 30 = 85, 30 + 30 + 35 = 95, three: 90, one: 125.
  EXPECT_EQ(cheap.releases(), (Numbers{0, 65, 0, 35, 0, 0}));
}

TEST(NetRequirements, KeepTheSafetyStock) {
  Item item;
  item.item.safety = 10;
  EXPECT_EQ(item.releases(), (Numbers{10, 40, 25, 35, 0, 0}));  // 0 would be left in bucket 2
}

TEST(NetRequirements, OfANeedThatComesTooSoonGoIntoTheFirstOrderThatCan) {
  Item item;
  item.scheduled = Numbers(6, 0.0);  // 10 and 20 are lacking in buckets 1 and 2
  EXPECT_EQ(item.releases(), (Numbers{20, 40, 25, 35, 0, 0}));
}

TEST(NetRequirements, LeaveFrozenReleasesAsTheyWere) {
  Item item;
  item.open_from = 2;
  item.planned = {5, 30, 99, 99, 99, 99};
  // 5 and 30 come in buckets 2 and 3: 5 are left, then 5 - 40 + 30 = -5. New orders come from bucket 4 on: 5 + 25, then 35.
  EXPECT_EQ(item.releases(), (Numbers{5, 30, 30, 35, 0, 0}));
}

TEST(NetRequirements, AreRaisedToWhatTheSupplierAccepts) {
  Item item;
  item.item.lots = {.minimum = 45, .multiple = 10};
  // 50 for 40; 50 for 15; 35 are left for 35.
  EXPECT_EQ(item.releases(), (Numbers{0, 50, 50, 0, 0, 0}));
}

}  // namespace
}  // namespace tierworks::planning
