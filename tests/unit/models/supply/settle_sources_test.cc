// Purchases of which it is known beforehand that all orders go to one supplier.
#include <gtest/gtest.h>

#include "models/supply/compile.h"

namespace tierworks::supply {
namespace {

struct Offered {
  double per_unit = 0, per_order = 0;
  std::int64_t lead_time = 0;
};

// One stock that buys from these.
Model buying_from(const Sourcing& sourcing, const std::vector<Offered>& suppliers) {
  Model model;
  Stock stock;
  stock.sourcing = sourcing;
  stock.sources = {0, static_cast<std::uint32_t>(suppliers.size())};
  model.stocks.add(stock);
  for (const Offered& offered : suppliers) {
    Source source;
    source.known.unit_cost = offered.per_unit;
    source.known.order_cost = offered.per_order;
    source.known.lead_time = offered.lead_time;
    model.sources.add(source);
  }
  return model;
}

SourceId settled(Model model) {
  settle_sources(model);
  return model.stocks[StockId{0}].always;
}

TEST(SettleSources, TheOnlySupplierGetsAllOrders) { EXPECT_EQ(settled(buying_from(FixedSplit{}, {{}})), SourceId{0}); }

TEST(SettleSources, TheLeastGetsAllOrdersAndOfEqualOnesTheFirst) {
  EXPECT_EQ(settled(buying_from(ByPriority{}, {{}, {}})), SourceId{0});
  EXPECT_EQ(settled(buying_from(Fastest{}, {{.lead_time = 3}, {.lead_time = 1}, {.lead_time = 1}})), SourceId{1});
  EXPECT_EQ(settled(buying_from(Cheapest{}, {{.per_unit = 3}, {.per_unit = 1}, {.per_unit = 1}})), SourceId{1});
  EXPECT_EQ(settled(buying_from(Cheapest{}, {{.per_unit = 1}, {.per_unit = 1, .per_order = 5}})), SourceId{0});
}

TEST(SettleSources, WhatDependsOnTheQuantityIsChosenAnew) {
  EXPECT_TRUE(settled(buying_from(Cheapest{}, {{.per_unit = 1, .per_order = 5}, {.per_unit = 2}})).is_none());
  // So near that rounding may make them equal, and then the first is taken.
  EXPECT_TRUE(settled(buying_from(Cheapest{}, {{.per_unit = 1 + 1e-15}, {.per_unit = 1}})).is_none());
  EXPECT_TRUE(
      settled(buying_from(Cheapest{}, {{.per_unit = 2, .per_order = 1}, {.per_unit = 1, .per_order = 1}})).is_none());
}

TEST(SettleSources, WhatMayChangeIsChosenAnew) {
  const Model two = buying_from(Cheapest{}, {{.per_unit = 1}, {.per_unit = 2}});
  ASSERT_EQ(settled(two), SourceId{0});
  const auto with = [&](auto&& change) {
    Model model = two;
    change(model, model.sources[SourceId{1}], model.stocks[StockId{0}]);
    return settled(model);
  };
  EXPECT_TRUE(with([](Model&, Source& s, Stock&) { s.most_open = 10; }).is_none());
  EXPECT_TRUE(with([](Model&, Source& s, Stock&) { s.answer_within = core::kDay; }).is_none());
  EXPECT_TRUE(with([](Model&, Source& s, Stock&) { s.valid_from = core::Instant{1}; }).is_none());
  EXPECT_TRUE(with([](Model&, Source& s, Stock&) { s.valid_until = core::Instant{9}; }).is_none());
  EXPECT_TRUE(with([](Model&, Source& s, Stock&) { s.in_reserve = true; }).is_none());
  EXPECT_TRUE(with([](Model&, Source&, Stock& s) { s.splits_orders = true; }).is_none());
  EXPECT_TRUE(with([](Model& m, Source&, Stock&) { m.disrupted = true; }).is_none());
  EXPECT_TRUE(with([](Model&, Source&, Stock& s) { s.sourcing = FixedSplit{}; }).is_none());
  EXPECT_TRUE(with([](Model&, Source&, Stock& s) { s.sourcing = MostStock{}; }).is_none());
}

}  // namespace
}  // namespace tierworks::supply
