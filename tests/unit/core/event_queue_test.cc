#include "core/event/event_queue.h"

#include <cstdint>
#include <random>
#include <set>
#include <tuple>
#include <vector>

#include <gtest/gtest.h>

namespace tierworks::core {
namespace {

Event event_at(const EventKey& key, std::uint64_t mark = 0) {
  Event event;
  event.key = key;
  event.payload[0] = mark;
  return event;
}

TEST(EventKey, GivesBackWhatWentInAtTheEndsOfItsRanges) {
  const std::int64_t last_tick = (std::int64_t{1} << 54) - 1;
  const std::uint64_t last_sequence = (std::uint64_t{1} << 36) - 1;
  for (const std::int64_t ticks : {std::int64_t{0}, std::int64_t{1}, last_tick}) {
    for (const Phase phase : {Phase{0}, Phase{15}}) {
      for (const std::uint32_t depth : {0U, 63U, 64U, 4095U}) {
        for (const std::uint32_t place : {0U, (1U << 22) - 1}) {
          for (const std::uint64_t sequence : {std::uint64_t{0}, last_sequence}) {
            const EventKey key({ticks}, phase, depth, {place}, sequence);
            EXPECT_EQ(key.at().ticks, ticks);
            EXPECT_EQ(key.phase(), phase);
            EXPECT_EQ(key.depth(), depth);
            EXPECT_EQ(key.sender().index, place);
            EXPECT_EQ(key.sequence(), sequence);
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

TEST(EventQueue, PopsTheFirstAndHoldsTheRest) {
  EventQueue queue;
  EXPECT_TRUE(queue.empty());
  queue.push(event_at({{5}, 0, 0, {0}, 0}, 50));
  queue.push(event_at({{3}, 1, 0, {0}, 1}, 31));
  queue.push(event_at({{3}, 0, 0, {0}, 2}, 30));
  EXPECT_EQ(queue.size(), 3U);
  EXPECT_EQ(queue.first_key().at().ticks, 3);
  for (const std::uint64_t mark : {30U, 31U, 50U}) EXPECT_EQ(queue.pop().payload[0], mark);
  EXPECT_TRUE(queue.empty());
}

TEST(EventQueue, RefusesHandlesThatAreStale) {
  EventQueue queue;
  const EventHandle gone = queue.push(event_at({{1}, 0, 0, {0}, 0}));
  const EventHandle cancelled = queue.push(event_at({{2}, 0, 0, {0}, 1}));
  queue.pop();
  EXPECT_TRUE(queue.cancel(cancelled));
  // The slots are used again; the old names must not reach the new events.
  const EventHandle third = queue.push(event_at({{3}, 0, 0, {0}, 2}));
  const EventHandle fourth = queue.push(event_at({{4}, 0, 0, {0}, 3}));
  for (const EventHandle stale : {gone, cancelled, EventHandle{}}) {
    EXPECT_FALSE(queue.pending(stale));
    EXPECT_FALSE(queue.cancel(stale));
    EXPECT_FALSE(queue.reschedule(stale, {{9}, 0, 0, {0}, 4}));
  }
  EXPECT_TRUE(queue.pending(third));
  EXPECT_TRUE(queue.pending(fourth));
  EXPECT_EQ(queue.size(), 2U);
  EXPECT_EQ(queue.first_key().at().ticks, 3);
}

TEST(EventQueue, ClearedKeepsNothing) {
  EventQueue queue;
  std::vector<EventHandle> handles;
  for (std::uint64_t i = 0; i < 10; ++i) handles.push_back(queue.push(event_at({{1}, 0, 0, {0}, i})));
  queue.clear();
  EXPECT_TRUE(queue.empty());
  for (const EventHandle handle : handles) EXPECT_FALSE(queue.pending(handle));
  int visited = 0;
  queue.for_each([&](const Event&) { ++visited; });
  EXPECT_EQ(visited, 0);
  queue.push(event_at({{4}, 0, 0, {0}, 0}, 4));
  EXPECT_EQ(queue.pop().payload[0], 4U);
  EXPECT_TRUE(queue.empty());
}

// The queue beside a sorted set that does the same: (key's fields, mark).
class Beside {
 public:
  explicit Beside(std::uint64_t seed) : random_(seed) {}

  void step() {
    const std::uint64_t choice = random_() % 8;
    if (choice < 3 || reference_.empty()) {
      push();
    } else if (choice < 5) {
      pop();
    } else if (choice < 6) {
      change([&](EventHandle handle, const Entry& entry) {
        ASSERT_TRUE(queue_.cancel(handle));
        reference_.erase(entry);
      });
    } else {
      change([&](EventHandle handle, const Entry& entry) {
        const EventKey key = any_key();
        ASSERT_TRUE(queue_.reschedule(handle, key));
        reference_.erase(entry);
        live_[std::get<5>(entry)] = {handle, insert(key, std::get<5>(entry))};
      });
    }
    ASSERT_EQ(queue_.size(), reference_.size());
  }

  void pop() {
    const Event event = queue_.pop();
    ASSERT_EQ(entry_of(event.key, event.payload[0]), *reference_.begin());
    ASSERT_FALSE(queue_.pending(live_[event.payload[0]].handle));
    reference_.erase(reference_.begin());
  }
  bool empty() const { return reference_.empty(); }

 private:
  using Entry = std::tuple<std::int64_t, int, std::uint32_t, std::uint32_t, std::uint64_t, std::uint64_t>;
  struct Live {
    EventHandle handle;
    Entry entry;
  };

  static Entry entry_of(const EventKey& key, std::uint64_t mark) {
    return {key.at().ticks, key.phase(), key.depth(), key.sender().index, key.sequence(), mark};
  }
  // Few times, phases and senders, so that most keys are decided by what comes last.
  EventKey any_key() {
    const auto at = static_cast<std::int64_t>(random_() % 6);
    const auto sender = static_cast<std::uint32_t>(random_() % 4);
    return {
        {at}, static_cast<Phase>(random_() % 3), static_cast<std::uint32_t>(random_() % 2) * 64, {sender}, sequence_++};
  }
  Entry insert(const EventKey& key, std::uint64_t mark) {
    const Entry entry = entry_of(key, mark);
    reference_.insert(entry);
    return entry;
  }
  void push() {
    const EventKey key = any_key();
    const std::uint64_t mark = live_.size();
    const EventHandle handle = queue_.push(event_at(key, mark));
    live_.push_back({handle, insert(key, mark)});
  }
  template <class F>
  void change(F&& change_it) {
    const Live live = live_[random_() % live_.size()];
    if (reference_.contains(live.entry)) {
      change_it(live.handle, live.entry);
    } else {
      ASSERT_FALSE(queue_.cancel(live.handle));
    }
  }

  std::mt19937_64 random_;
  EventQueue queue_;
  std::set<Entry> reference_;
  std::vector<Live> live_;
  std::uint64_t sequence_ = 0;
};

TEST(EventQueue, AgreesWithASortedSetOverAHundredThousandRandomOperations) {
  Beside beside(20250106);
  for (int i = 0; i < 100'000; ++i) {
    beside.step();
    if (HasFatalFailure()) return;
  }
  while (!beside.empty() && !HasFatalFailure()) beside.pop();
}

TEST(EventQueue, ACopyContinuesInTheSameWay) {
  Beside original(7);
  for (int i = 0; i < 2'000; ++i) original.step();
  Beside fork = original;
  // The copy meets the same choices and must agree with its own reference; then the original must still do so.
  for (int i = 0; i < 2'000; ++i) fork.step();
  for (int i = 0; i < 2'000; ++i) original.step();
  while (!original.empty() && !HasFatalFailure()) original.pop();
  while (!fork.empty() && !HasFatalFailure()) fork.pop();
}

}  // namespace
}  // namespace tierworks::core
