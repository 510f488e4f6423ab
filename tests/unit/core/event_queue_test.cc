// Keys, handles and the simple cases by hand; event_queue_random_test.cc holds the queue against a sorted reference.
#include "core/event/event_queue.h"

#include <cstdint>
#include <vector>

#include <gtest/gtest.h>

namespace tierworks::core {
namespace {

struct Mark {
  std::uint64_t number = 0;
};

// A queue with records of its own.
struct Alone {
  explicit Alone(EventSet set = EventSet::automatic) : queue(records, Lane{0}, set) {}

  EventHandle push(const EventKey& key, std::uint64_t mark = 0) { return queue.push(key, PlaceId{0}, 0, Mark{mark}); }
  std::vector<std::uint64_t> pop_all_before(std::uint64_t end) {
    std::vector<std::uint64_t> marks;
    for (Event event; queue.pop_before(end, event);) marks.push_back(event.as<Mark>().number);
    return marks;
  }
  std::vector<std::uint64_t> pop_all() { return pop_all_before(~std::uint64_t{0}); }

  EventRecords records;
  EventQueue queue;
};

using Marks = std::vector<std::uint64_t>;

TEST(EventKey, GivesBackWhatWentInAtTheEndsOfItsRanges) {
  const std::int64_t last_tick = (std::int64_t{1} << 54) - 1;
  const std::uint64_t last_sequence = EventKey::kMaxSequence;
  for (const std::int64_t ticks : {std::int64_t{0}, std::int64_t{1}, last_tick}) {
    for (const Phase phase : {Phase{0}, Phase{15}}) {
      for (const std::uint32_t depth : {0U, 511U, 512U, EventKey::kMaxDepth}) {
        for (const std::uint32_t place : {0U, (1U << 22) - 1}) {
          for (const std::uint64_t sequence : {std::uint64_t{0}, last_sequence}) {
            const EventKey key({ticks}, phase, depth, {place}, sequence);
            EXPECT_EQ(key.at().ticks, ticks);
            EXPECT_EQ(key.phase(), phase);
            EXPECT_EQ(key.depth(), depth);
            EXPECT_EQ(key.sender().index, place);
            EXPECT_EQ(key.sequence(), sequence);
            EXPECT_EQ(EventKey::of_halves(key.upper(), key.lower()), key);
          }
        }
      }
    }
  }
}

TEST(EventKey, OrdersByTimeThenPhaseThenDepthThenSenderThenSequence) {
  // Each key is later than the one before by one field, although all fields behind that one are smaller.
  const std::vector<EventKey> keys{
      {{7}, 3, 64, {9}, 100}, {{7}, 3, 64, {9}, 101}, {{7}, 3, 64, {10}, 0}, {{7}, 3, 65, {0}, 0},
      {{7}, 3, 128, {0}, 0},  {{7}, 4, 0, {0}, 0},    {{8}, 0, 0, {0}, 0},
  };
  for (std::size_t i = 0; i < keys.size(); ++i) {
    for (std::size_t j = 0; j < keys.size(); ++j) EXPECT_EQ(keys[i] < keys[j], i < j) << i << ", " << j;
  }
}

TEST(EventKey, TheUpperHalfTellsInstantsApartAndHoldsSixBitsOfDepth) {
  const EventKey last_of_6({6}, 15, EventKey::kMaxDepth, {(1U << 22) - 1}, EventKey::kMaxSequence),
      first_of_7({7}, 0, 0, {0}, 0);
  EXPECT_LT(last_of_6.upper(), EventKey::upper_at({7}));
  EXPECT_EQ(first_of_7.upper(), EventKey::upper_at({7}));
  // 15 bits of depth, of which the upper half holds 6.
  EXPECT_EQ(EventKey({7}, 3, 511, {5}, 1).upper(), EventKey({7}, 3, 0, {0}, 0).upper());
  EXPECT_EQ(EventKey({7}, 3, 512, {5}, 1).upper(), EventKey({7}, 3, 0, {0}, 0).upper() + 1);
}

class EveryEventSet : public testing::TestWithParam<EventSet> {
 protected:
  Alone alone{GetParam()};
  EventQueue& queue = alone.queue;
};
INSTANTIATE_TEST_SUITE_P(EventQueue, EveryEventSet,
                         testing::Values(EventSet::automatic, EventSet::heap, EventSet::radix, EventSet::instants),
                         [](const testing::TestParamInfo<EventSet>& set) {
                           return set.param == EventSet::heap       ? "heap"
                                  : set.param == EventSet::radix    ? "radix"
                                  : set.param == EventSet::instants ? "instants"
                                                                    : "automatic";
                         });

TEST_P(EveryEventSet, PopsTheFirstAndHoldsTheRest) {
  EXPECT_TRUE(queue.empty());
  EXPECT_EQ(queue.least_upper(), ~std::uint64_t{0});
  alone.push({{5}, 0, 0, {0}, 0}, 50);
  alone.push({{3}, 1, 0, {0}, 1}, 31);
  alone.push({{3}, 0, 0, {0}, 2}, 30);
  EXPECT_EQ(queue.size(), 3U);
  EXPECT_EQ(queue.least_upper(), EventKey::upper_at({3}));
  EXPECT_EQ(alone.pop_all(), (Marks{30, 31, 50}));
  EXPECT_TRUE(queue.empty());
  EXPECT_EQ(queue.least_upper(), ~std::uint64_t{0});
  EXPECT_EQ(alone.records.live(), 0U);
}

TEST_P(EveryEventSet, StopsBeforeTheEndAndTakesInWhatComesEarlierThanTheRest) {
  alone.push({{10}, 0, 0, {0}, 0}, 10);
  alone.push({{1000}, 0, 0, {0}, 1}, 1000);
  EXPECT_EQ(alone.pop_all_before(EventKey::upper_at({10})), Marks{});
  EXPECT_EQ(alone.pop_all_before(EventKey::upper_at({11})), (Marks{10}));
  EXPECT_EQ(alone.pop_all_before(EventKey::upper_at({500})), Marks{});
  // Now events between the last one popped and the first one pending, before and behind where the queue stopped.
  alone.push({{600}, 0, 0, {0}, 2}, 600);
  alone.push({{11}, 0, 0, {0}, 3}, 11);
  EXPECT_EQ(queue.least_upper(), EventKey::upper_at({11}));
  alone.push({{2000}, 0, 0, {0}, 4}, 2000);
  EXPECT_EQ(alone.pop_all_before(EventKey::upper_at({1000})), (Marks{11, 600}));
  alone.push({{1000}, 0, 0, {0}, 0}, 999);  // before its equal of the same instant
  EXPECT_EQ(alone.pop_all(), (Marks{999, 1000, 2000}));
}

TEST_P(EveryEventSet, SettlesTiesOfTheUpperHalfBySenderAndSequence) {
  // 600 events with one upper half: more than a bucket that is sorted holds. Pushed so that no field alone is in order.
  for (std::uint32_t i = 0; i < 600; ++i) {
    const std::uint32_t rank = i * 7 % 600;
    alone.push({{9}, 2, 64 + rank / 200, {rank / 20 % 10}, 1000 + rank % 20}, rank);
  }
  Marks expected(600);
  for (std::uint64_t i = 0; i < 600; ++i) expected[i] = i;
  EXPECT_EQ(alone.pop_all(), expected);
}

TEST_P(EveryEventSet, RefusesHandlesThatAreStale) {
  const EventHandle gone = alone.push({{1}, 0, 0, {0}, 0});
  const EventHandle cancelled = alone.push({{2}, 0, 0, {0}, 1});
  const EventHandle moved = alone.push({{2}, 0, 0, {0}, 2}, 7);
  Event event;
  ASSERT_TRUE(queue.pop_before(~std::uint64_t{0}, event));
  EXPECT_TRUE(queue.cancel(cancelled));
  const EventHandle after_move = queue.reschedule(moved, {{5}, 0, 0, {0}, 3});
  EXPECT_TRUE(queue.pending(after_move));
  // The rows are used again; the old names must not reach the new events.
  const EventHandle third = alone.push({{3}, 0, 0, {0}, 4}, 3);
  const EventHandle fourth = alone.push({{4}, 0, 0, {0}, 5}, 4);
  for (const EventHandle stale : {gone, cancelled, moved, EventHandle{}}) {
    EXPECT_FALSE(queue.pending(stale));
    EXPECT_FALSE(queue.cancel(stale));
    EXPECT_TRUE(queue.reschedule(stale, {{9}, 0, 0, {0}, 6}).is_none());
  }
  EXPECT_TRUE(queue.pending(third));
  EXPECT_TRUE(queue.pending(fourth));
  EXPECT_EQ(queue.size(), 3U);
  EXPECT_EQ(alone.pop_all(), (Marks{3, 4, 7}));
  for (const EventHandle handle : {third, fourth, after_move}) EXPECT_FALSE(queue.pending(handle));
}

TEST_P(EveryEventSet, AReleasedRowDoesNotBringItsOldNameBack) {
  const EventHandle first = alone.push({{1}, 0, 0, {0}, 0});
  EXPECT_EQ(alone.pop_all().size(), 1U);
  const EventHandle second = alone.push({{2}, 0, 0, {0}, 1});
  ASSERT_EQ(first.slot, second.slot);
  EXPECT_FALSE(queue.pending(first));
  EXPECT_FALSE(queue.cancel(first));
  EXPECT_TRUE(queue.cancel(second));
  EXPECT_TRUE(queue.empty());
}

TEST_P(EveryEventSet, ResetKeepsNothing) {
  for (std::uint64_t i = 0; i < 3000; ++i) alone.push({{static_cast<std::int64_t>(i % 50)}, 0, 0, {0}, i});
  Event event;
  for (int i = 0; i < 100; ++i) ASSERT_TRUE(queue.pop_before(~std::uint64_t{0}, event));
  alone.records.reset();
  queue.reset(GetParam());
  EXPECT_TRUE(queue.empty());
  EXPECT_EQ(queue.least_upper(), ~std::uint64_t{0});
  int visited = 0;
  queue.for_each([&](std::uint64_t, std::uint32_t) { ++visited; });
  EXPECT_EQ(visited, 0);
  alone.push({{1}, 0, 0, {0}, 0}, 4);  // earlier than what was popped before
  EXPECT_EQ(alone.pop_all(), Marks{4});
  EXPECT_EQ(alone.records.live(), 0U);
}

TEST_P(EveryEventSet, IsTidiedBeforeTheCancelledOutnumberTheOthers) {
  std::vector<EventHandle> handles;
  for (std::uint64_t i = 0; i < 4000; ++i) {
    handles.push_back(alone.push({{static_cast<std::int64_t>(i * i % 9973)}, 0, 0, {0}, i}, i));
  }
  for (std::size_t i = 0; i < handles.size(); ++i) {
    if (i % 8 == 0) continue;
    ASSERT_TRUE(queue.cancel(handles[i]));
    ASSERT_LE(alone.records.live(), 2 * queue.size() + 64) << i;
  }
  EXPECT_EQ(queue.size(), 500U);
  queue.tidy();
  EXPECT_EQ(alone.records.live(), 500U);
  EXPECT_EQ(alone.pop_all().size(), 500U);
}

TEST_P(EveryEventSet, ASecondRunLikeTheFirstNeedsNoMoreMemory) {
  const auto run = [&] {
    for (std::uint64_t i = 0; i < 20'000; ++i) {
      alone.push({{static_cast<std::int64_t>(i * 7919 % 100'003)}, 0, 0, {0}, i}, i);
    }
    return alone.pop_all();
  };
  const Marks first = run();
  const std::uint64_t growths = queue.growths() + alone.records.growths();
  EXPECT_GT(growths, 0U);
  for (int i = 0; i < 2; ++i) {
    alone.records.reset();
    queue.reset(GetParam());
    EXPECT_EQ(run(), first);
    EXPECT_EQ(queue.growths() + alone.records.growths(), growths);
  }
}

}  // namespace
}  // namespace tierworks::core
