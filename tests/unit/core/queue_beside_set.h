// The event queue beside a sorted set that does the same, through everything that its contract allows: the clock is the key
// popped last, and all that is pushed comes after it. A difference fails the test that steps it.
#pragma once
#include <algorithm>
#include <array>
#include <cstdint>
#include <random>
#include <set>
#include <vector>

#include <gtest/gtest.h>

#include "core/base/hash.h"
#include "core/event/event_queue.h"

namespace tierworks::core {

template <std::size_t kWords>
struct Payload {
  std::array<std::uint64_t, kWords> words;
};

// How far ahead events are sent.
enum class Times { crowded, near, wide, at_the_end };

class Beside {
 public:
  Beside(EventSet set, std::uint64_t seed) : set_(set), random_(seed), queue_(records_, Lane{0}, set) {}

  std::size_t size() const { return reference_.size(); }
  std::uint64_t order() const { return order_; }  // of all that was popped
  Instant now() const { return last_.at(); }

  void push(Times times) {
    const EventKey key = later_key(times);
    if (!(last_ < key)) return;  // the instant is full
    const std::uint64_t mark = items_.size();
    Item item{.key = key, .to = {random(1000)}, .kind = static_cast<EventKind>(random(60'000)), .words = 1 + random(5)};
    item.handle = push_payload(item, mark);
    ASSERT_TRUE(queue_.pending(item.handle));
    items_.push_back(item);
    reference_.insert({key, mark});
    become_alive(mark);
  }

  // Pops the first event if it is before `end`; false if the reference has none.
  bool pop(std::uint64_t end = ~std::uint64_t{0}) {
    const bool due = !reference_.empty() && reference_.begin()->key.upper() < end;
    Event event;
    const bool popped = queue_.pop_before(end, event);
    EXPECT_EQ(popped, due);
    if (!popped || !due) return false;
    const auto [key, mark] = *reference_.begin();
    const Item& item = items_[mark];
    EXPECT_EQ(event.key, key);
    EXPECT_EQ(event.to, item.to);
    EXPECT_EQ(event.kind, item.kind);
    for (std::uint64_t i = 0; i < item.words; ++i) EXPECT_EQ(event.payload[i], word(mark, i));
    EXPECT_FALSE(queue_.pending(item.handle));
    last_ = event.key;
    order_ = chained(chained(order_, key.upper()), key.lower());
    reference_.erase(reference_.begin());
    become_dead(mark);
    return true;
  }

  void cancel_one() {
    if (alive_.empty()) return;
    const std::uint64_t mark = alive_[random(alive_.size())];
    EXPECT_TRUE(queue_.cancel(items_[mark].handle));
    EXPECT_FALSE(queue_.cancel(items_[mark].handle));
    reference_.erase({items_[mark].key, mark});
    become_dead(mark);
  }

  void reschedule_one(Times times) {
    if (alive_.empty()) return;
    const std::uint64_t mark = alive_[random(alive_.size())];
    const EventKey key = later_key(times);
    if (!(last_ < key)) return;
    Item& item = items_[mark];
    const EventHandle before = item.handle;
    item.handle = queue_.reschedule(before, key);
    ASSERT_TRUE(queue_.pending(item.handle));
    EXPECT_FALSE(queue_.pending(before));
    EXPECT_TRUE(queue_.reschedule(before, key).is_none());
    reference_.erase({item.key, mark});
    item.key = key;
    reference_.insert({key, mark});
  }

  void use_a_stale_handle() {
    if (items_.empty()) return;
    const Item& item = items_[random(items_.size())];
    if (item.alive) return;
    EXPECT_FALSE(queue_.pending(item.handle));
    EXPECT_FALSE(queue_.cancel(item.handle));
    EXPECT_TRUE(queue_.reschedule(item.handle, later_key(Times::near)).is_none());
  }

  // Some operations that on average bring the number of events towards `target`.
  void step(Times times, std::size_t target) {
    const std::uint32_t choice = random(16);
    if (choice < 11) {
      size() < target ? push(times) : static_cast<void>(pop(safe_end()));
    } else if (choice < 13) {
      size() < target ? static_cast<void>(pop(safe_end())) : push(times);
    } else if (choice == 13) {
      cancel_one();
      push(times);
    } else if (choice == 14) {
      reschedule_one(times);
    } else {
      use_a_stale_handle();
    }
  }

  // Begins anew where time is over.
  void go_to(Times times, std::size_t target) {
    if (!(now() < kLastInstant)) {
      drain();
      reset(set_);
    }
    while (size() < target && !testing::Test::HasFailure()) step(times, target);
    while (size() > target && !testing::Test::HasFailure()) {
      step(times, target);
      // Nothing is left before the end of time: what lies there goes too.
      if (size() > target && !(reference_.begin()->key.at() < kLastInstant)) pop();
    }
    check();
  }

  // As an event loop does it: all before some instant, which may be none; later from there on.
  void run_to_a_random_instant(Times times, std::size_t pushes_per_pop) {
    const std::int64_t ahead = std::int64_t{1} << random(24);
    const std::uint64_t end = EventKey::upper_at(std::min(kLastInstant, now() + Duration{ahead}));
    for (int i = 0; i < 300 && pop(end); ++i) {
      for (std::size_t n = 0; n < pushes_per_pop; ++n) push(times);
    }
  }

  // Events that cause each other at one instant while others wait.
  void burst(int events) {
    if (!pop(safe_end())) return;
    for (int i = 0; i < events; ++i) {
      push_after(last_.phase() + random(2), random(3));
      push_after(last_.phase(), 0);
      pop();
      if (random(2) == 0) pop();
    }
  }

  void check() const {
    ASSERT_EQ(queue_.size(), reference_.size());
    ASSERT_EQ(queue_.empty(), reference_.empty());
    if (!reference_.empty()) {
      EXPECT_LE(queue_.least_upper(), reference_.begin()->key.upper());
    }
    std::vector<std::uint64_t> uppers, expected;
    queue_.for_each([&](std::uint64_t upper, std::uint32_t slot) {
      EXPECT_EQ(upper, items_[records_[slot].payload[0]].key.upper());
      uppers.push_back(upper);
    });
    for (const Entry& entry : reference_) expected.push_back(entry.key.upper());
    std::sort(uppers.begin(), uppers.end());
    ASSERT_EQ(uppers, expected);
  }
  void check_least() const {
    EXPECT_EQ(queue_.least_upper(), reference_.empty() ? ~std::uint64_t{0} : reference_.begin()->key.upper());
  }

  void drain() {
    while (!reference_.empty() && !testing::Test::HasFailure()) pop();
    check();
    queue_.tidy();
    EXPECT_EQ(records_.live(), 0U);
  }

  // The same events in a queue that takes them in one by one.
  void adopt_all() {
    queue_.tidy();
    EXPECT_EQ(records_.live(), size());
    std::vector<std::pair<std::uint64_t, std::uint32_t>> nodes;
    queue_.for_each([&](std::uint64_t upper, std::uint32_t slot) { nodes.emplace_back(upper, slot); });
    std::shuffle(nodes.begin(), nodes.end(), random_);
    queue_.reset(static_cast<EventSet>(random(4)));
    for (const auto& [upper, slot] : nodes) queue_.adopt(upper, slot);
    check();
  }

  void copy_from(const Beside& other) {
    set_ = other.set_;
    random_ = other.random_;
    records_.copy_from(other.records_);
    queue_.copy_from(other.queue_);
    reference_ = other.reference_;
    items_ = other.items_;
    alive_ = other.alive_;
    last_ = other.last_;
    sequence_ = other.sequence_;
    order_ = other.order_;
  }

  void reset(EventSet set) {
    set_ = set;
    records_.reset();
    queue_.reset(set);
    reference_.clear();
    items_.clear();
    alive_.clear();
    last_ = EventKey();
    sequence_ = 1;
  }

  std::uint32_t random(std::uint64_t n) { return static_cast<std::uint32_t>(random_() % n); }

 private:
  struct Entry {
    EventKey key;
    std::uint64_t mark;
    auto operator<=>(const Entry&) const = default;
  };
  struct Item {
    EventKey key;
    PlaceId to;
    EventKind kind = 0;
    std::uint32_t words = 1;
    EventHandle handle{};
    bool alive = false;
    std::size_t position = 0;  // in alive_
  };

  static std::uint64_t word(std::uint64_t mark, std::uint64_t i) { return i == 0 ? mark : mix64(5 * mark + i); }

  template <std::size_t kWords>
  EventHandle push_words(const Item& item, std::uint64_t mark) {
    Payload<kWords> payload;
    for (std::size_t i = 0; i < kWords; ++i) payload.words[i] = word(mark, i);
    return queue_.push(item.key, item.to, item.kind, payload);
  }
  EventHandle push_payload(const Item& item, std::uint64_t mark) {
    switch (item.words) {
      case 1:
        return push_words<1>(item, mark);
      case 2:
        return push_words<2>(item, mark);
      case 3:
        return push_words<3>(item, mark);
      case 4:
        return push_words<4>(item, mark);
      default:
        return push_words<5>(item, mark);
    }
  }

  void become_alive(std::uint64_t mark) {
    items_[mark].alive = true;
    items_[mark].position = alive_.size();
    alive_.push_back(mark);
  }
  void become_dead(std::uint64_t mark) {
    Item& item = items_[mark];
    item.alive = false;
    items_[alive_.back()].position = item.position;
    alive_[item.position] = alive_.back();
    alive_.pop_back();
  }

  // The end of time stands still for ever: nothing there is popped by chance.
  static std::uint64_t safe_end() { return EventKey::upper_at(kLastInstant); }

  Duration any_delay(Times times) {
    switch (times) {
      case Times::crowded:
        return {random(3)};
      case Times::near:
        return {random(2'000'000)};
      case Times::wide:
        return {static_cast<std::int64_t>(random_() >> (10 + random(54)))};  // 0 .. 2^54, each power of two as often
      case Times::at_the_end:
        return random(2) == 0 ? kLastInstant - now() : Duration{random(1000)};
    }
    return {};
  }
  EventKey key_at(Instant at, std::uint32_t phase, std::uint32_t depth) {
    return {std::min(at, kLastInstant),
            static_cast<Phase>(std::min(phase, 14U)),
            std::min(depth, EventKey::kMaxDepth),
            {random(5) * 800'000},
            sequence_++};
  }
  EventKey later_key(Times times) {
    const Instant at = std::min(kLastInstant, now() + any_delay(times));
    const std::uint32_t phase = random(3), depth = random(3) * random(65);
    if (now() < at) return key_at(at, phase, depth);
    return phase > last_.phase() ? key_at(at, phase, depth) : key_at(at, last_.phase(), last_.depth() + 1 + depth);
  }
  void push_after(std::uint32_t phase, std::uint32_t more_depth) {
    const bool same = phase == last_.phase();
    const EventKey key = key_at(now(), phase, same ? last_.depth() + 1 + more_depth : more_depth);
    if (!(last_ < key)) return;
    const std::uint64_t mark = items_.size();
    Item item{.key = key, .to = {0}, .kind = 0, .words = 1};
    item.handle = push_payload(item, mark);
    items_.push_back(item);
    reference_.insert({key, mark});
    become_alive(mark);
  }

  EventSet set_;
  std::mt19937_64 random_;
  EventRecords records_;
  EventQueue queue_;
  std::set<Entry> reference_;
  std::vector<Item> items_;           // by mark
  std::vector<std::uint64_t> alive_;  // marks
  EventKey last_;
  std::uint64_t sequence_ = 1;
  std::uint64_t order_ = 0;
};

}  // namespace tierworks::core
