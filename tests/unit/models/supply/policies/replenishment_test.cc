#include "models/supply/policies/replenishment.h"

#include <gtest/gtest.h>

namespace tierworks::supply {
namespace {

StockView at_position(Quantity position) { return {.on_hand = position}; }

TEST(StockView, PositionIsOnHandLessReservedPlusOnOrderLessBacklog) {
  const StockView view{.on_hand = 100, .reserved = 20, .on_order = 7, .backlog = 3};
  EXPECT_EQ(view.position(), 84);
}

TEST(BaseStock, OrdersUpToItsLevel) {
  const BaseStock policy{10};
  EXPECT_EQ(policy.order(at_position(10)), 0);
  EXPECT_EQ(policy.order(at_position(9)), 1);
  EXPECT_EQ(policy.order(at_position(-5)), 15);
  EXPECT_EQ(policy.order(at_position(12)), 0);
}

TEST(BaseStock, CountsGoodsOnOrderSoThatNothingIsOrderedTwice) {
  EXPECT_EQ(BaseStock{10}.order({.on_hand = 0, .on_order = 10}), 0);
  EXPECT_EQ(BaseStock{10}.order({.on_hand = 10, .reserved = 4}), 4);
  EXPECT_EQ(BaseStock{0}.order({.on_hand = 0, .backlog = 6}), 6);
}

TEST(OrderUpTo, WaitsForTheReorderPoint) {
  const OrderUpTo policy{.reorder_point = 4, .level = 10};
  EXPECT_EQ(policy.order(at_position(5)), 0);
  EXPECT_EQ(policy.order(at_position(4)), 6);
  EXPECT_EQ(policy.order(at_position(-2)), 12);
}

TEST(FixedQuantity, OrdersTheFewestBatchesThatBringThePositionAboveTheReorderPoint) {
  const FixedQuantity policy{.reorder_point = 4, .quantity = 3};
  EXPECT_EQ(policy.order(at_position(5)), 0);
  EXPECT_EQ(policy.order(at_position(4)), 3);    // 4 + 3 = 7 > 4
  EXPECT_EQ(policy.order(at_position(2)), 3);    // 2 + 3 = 5 > 4
  EXPECT_EQ(policy.order(at_position(1)), 6);    // 1 + 3 = 4, not above: two batches
  EXPECT_EQ(policy.order(at_position(-8)), 15);  // -8 + 12 = 4, not above: five batches
}

TEST(OrderOf, AsksThePolicyThatIsThere) {
  EXPECT_EQ(order_of(BaseStock{10}, at_position(4)), 6);
  EXPECT_EQ(order_of(OrderUpTo{3, 10}, at_position(4)), 0);
  EXPECT_EQ(order_of(FixedQuantity{4, 25}, at_position(4)), 25);
}

TEST(OrderLimits, RaiseToTheMinimumThenToAMultiple) {
  EXPECT_EQ((OrderLimits{}.apply(7)), 7);
  EXPECT_EQ((OrderLimits{.minimum = 10}.apply(7)), 10);
  EXPECT_EQ((OrderLimits{.minimum = 10}.apply(11)), 11);
  EXPECT_EQ((OrderLimits{.multiple = 4}.apply(7)), 8);
  EXPECT_EQ((OrderLimits{.multiple = 4}.apply(8)), 8);
  EXPECT_EQ((OrderLimits{.minimum = 10, .multiple = 4}.apply(7)), 12);
}

}  // namespace
}  // namespace tierworks::supply
