#include "models/world/message_links.h"

#include <gtest/gtest.h>

#include "tests/support/simulate.h"

namespace tierworks::world {
namespace {

// 12 a day leave the shop in orders of 2; the plant makes them in batches of 6 from one part each.
constexpr const char* kChain = R"(
tierworks: 1
time: {horizon: 100 d}
items: {box: {bom: {lid: 1}}, lid: {}}
sites:
  mill: {sells: {lid: {quoted: 1 d}}}
  plant:
    lines: {press: {}}
    makes: {box: {line: press, time: 1 h, per: batch, batch: 6}}
    buys: {lid: {from: mill, transit: exponential 1 d, order_time: 10 min}}
    stock: {box: {level: 40}, lid: {reorder_point: 50, quantity: 24}}
  shop:
    buys: {box: {from: plant, transit: uniform 3 h to 5 h}}
    stock: {box: {level: 60, review: 1 d}}
demand: {at: shop, item: box, orders: poisson 6 / d, size: 2}
)";

TEST(MessageLinks, HaveTheLeastTimeThatAnyMessageTakes) {
  const auto model = tests::model_of_text(kChain);
  const auto links = message_links(*model, flow_of(*model));
  ASSERT_EQ(links.size(), 4U);
  const std::uint32_t mill = 0, plant = 1, shop = 2;
  const auto expect = [&](std::size_t i, std::uint32_t from, std::uint32_t to, core::Duration least, double traffic) {
    EXPECT_EQ(links[i].from, from) << i;
    EXPECT_EQ(links[i].to, to) << i;
    EXPECT_EQ(links[i].least_ticks, least.ticks) << i;
    EXPECT_DOUBLE_EQ(links[i].traffic, traffic) << i;
  };
  // The plant buys 12 lids a day, 24 at once; an exponential time has no floor but `at_least`.
  expect(0, plant, mill, core::kMinute * 10, 0.5);
  expect(1, mill, plant, core::kMinute, 0.5);
  expect(2, shop, plant, core::kHour, 1);
  expect(3, plant, shop, core::kHour * 3, 1);
}

TEST(PlaceGraph, CountsTheEventsOfEachPlace) {
  const auto model = tests::model_of_text(kChain);
  const core::PlaceGraph graph = place_graph(*model);
  ASSERT_EQ(graph.places, 3U);
  EXPECT_DOUBLE_EQ(graph.load[0], 0.5 + 0.5);    // orders received, and ready
  EXPECT_DOUBLE_EQ(graph.load[1], 0.5 + 1 + 2);  // lids, orders, batches of 6 of 12 a day
  EXPECT_DOUBLE_EQ(graph.load[2], 1 + 1 + 6);    // goods, a review, customers
}

TEST(PlaceGraph, IsWhatEventsReallyHappen) {
  const auto model = tests::model_of_text(kChain);
  const core::PlaceGraph graph = place_graph(*model);
  double expected = 0;
  for (const double load : graph.load) expected += load;
  const double counted = static_cast<double>(tests::simulate_model(*model).result.events) / 100;
  EXPECT_NEAR(counted / expected, 1, 0.05);
}

}  // namespace
}  // namespace tierworks::world
