// The queue of a work centre against a sorted list.
#include "models/factory/queue.h"

#include <algorithm>
#include <random>
#include <vector>

#include <gtest/gtest.h>

namespace tierworks::factory {
namespace {

struct Shop {
  core::Pool<Lot> lots;
  Dispatching dispatching;
  core::Ref root = core::kNoRef;

  core::Ref lot(double value, std::int64_t arrived, std::uint64_t serial, std::uint32_t priority = 1) {
    Lot l;
    l.value = value;
    l.arrived = core::Instant{arrived};
    l.serial = serial;
    l.priority = priority;
    return lots.allocate(core::Lane{}, l);
  }
  Order order() const { return {dispatching}; }
};

TEST(WaitingLots, ComeOutInTheOrderOfTheirValuesWhateverTheOrderOfComing) {
  for (unsigned seed = 1; seed <= 20; ++seed) {
    Shop shop;
    shop.dispatching.by_priority = seed % 2 == 0;
    shop.dispatching.ties_by_arrival = seed % 3 != 0;
    std::mt19937 random(seed);
    std::vector<core::Ref> waiting;
    std::uint64_t serial = 0;
    std::size_t taken = 0;
    for (int step = 0; step < 3000; ++step) {
      if (waiting.empty() || random() % 5 < (step < 2000 ? 3U : 1U)) {
        const core::Ref ref = shop.lot(static_cast<double>(random() % 50), static_cast<std::int64_t>(random() % 10),
                                       serial++, 1 + random() % 2);
        add_to_heap(shop.lots, shop.root, ref, shop.order());
        waiting.push_back(ref);
        continue;
      }
      const auto first = std::min_element(waiting.begin(), waiting.end(), [&](core::Ref a, core::Ref b) {
        return shop.order()(shop.lots[a], shop.lots[b]);
      });
      ASSERT_EQ(take_first_of_heap(shop.lots, shop.root, shop.order()), *first);
      waiting.erase(first);
      ++taken;
    }
    EXPECT_GT(taken, 1000u);
    std::size_t counted = 0;
    for_each_waiting(shop.lots, shop.root, true, [&](core::Ref) { ++counted; });
    EXPECT_EQ(counted, waiting.size());
  }
}

TEST(WaitingLots, LeaveAListFromAnywhere) {
  Shop shop;
  std::vector<core::Ref> refs;
  for (std::uint64_t i = 0; i < 5; ++i) {
    refs.push_back(shop.lot(0, 0, i));
    add_to_list(shop.lots, shop.root, refs.back());
  }
  for (const std::size_t i : {2U, 4U, 0U, 1U, 3U}) {
    remove_from_list(shop.lots, shop.root, refs[i]);
    std::size_t left = 0;
    for_each_waiting(shop.lots, shop.root, false, [&](core::Ref ref) {
      EXPECT_NE(ref, refs[i]);
      ++left;
    });
    refs[i] = core::kNoRef;
    EXPECT_EQ(left, static_cast<std::size_t>(
                        std::count_if(refs.begin(), refs.end(), [](core::Ref r) { return r != core::kNoRef; })));
  }
  EXPECT_EQ(shop.root, core::kNoRef);
}

}  // namespace
}  // namespace tierworks::factory
