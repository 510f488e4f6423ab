// The events to come of one partition, in the total order of their keys, with cancel and reschedule.
//
// Near events lie in a four-ary heap of 16-byte nodes; what changes hands is the upper half of the key, ties are settled
// by the lower half, which lies with the record. As long as few events are pending, all are near. When there are many,
// those beyond `horizon_` lie in the buckets of a monotone radix heap (Ahuja, Mehlhorn, Orlin, Tarjan, "Faster algorithms
// for the shortest path problem", 1990), in base 8: the bucket of level l and digit d holds the keys that agree with
// `horizon_` but for digit l, where they have d, and lower ones. Simulated time never runs back, so events only ever move
// to lower levels; the lowest buckets, once small, are sorted and become the near run. The order of events is the same whichever structure is in use.
//
// Records lie in a pool that all partitions of a run share and do not move while they wait, so a handle means the same
// whatever the partitions. A cancelled event keeps its record until its node comes to the front or the queue is tidied,
// which it is before cancelled events outnumber the others.
//
// Where many events share an instant (runs in periods, reviews by the calendar) the set `instants` is the faster one: events
// with one upper half of the key stand in the blocks of a chain, and the heap holds chains. A chain that comes to
// the front is sorted once, most often to find that it was in order; what its events send to their own instant and phase
// waits behind it. Records are then fetched before their turn. Cost: a look-up and a few instructions an event, O(log n) a
// chain.
//
// Cost of push and pop together: O(log n) while few, O(64) moves at worst and a few on average while many; cancel O(1).
// Memory: 64 + 16 to 32 bytes an event, by the greatest number pending at once.
#pragma once
#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <vector>

#include "core/base/pool.h"
#include "core/base/stable_array.h"
#include "core/event/event.h"

namespace tierworks::core {

// An event that waits. One cache line; the upper half of its key lies in its node.
struct EventRecord {
  std::uint64_t key_lower;
  PlaceId to;
  EventKind kind;
  bool cancelled;
  std::uint8_t unused;
  std::uint32_t generation;  // counts the events that this row has held and lost
  std::uint32_t unused_too;
  std::array<std::uint64_t, Event::kPayloadBytes / 8> payload;
};
static_assert(sizeof(EventRecord) == 64);

using EventRecords = Pool<EventRecord>;

// Which structure holds the events: chosen by their number, or always the same one.
enum class EventSet : std::uint8_t { automatic, heap, radix, instants };

class EventQueue {
 public:
  EventQueue(EventRecords& records, Lane lane, EventSet set = EventSet::automatic);

  bool empty() const { return size() == 0; }
  // Events pending, without those cancelled.
  std::size_t size() const {
    const std::size_t waiting = by_instants() ? chained_ + due_.size() - due_next_ + due_later_.size()
                                              : heap_size_ - hole_ + run_.size() + far_size_;
    return waiting - cancelled_;
  }

  // Every key pushed must be greater than that of the event popped last, and the upper half of none may be among the last four
  // numbers of 64 bits (what the kernel sends never is).
  template <class P>
  EventHandle push(const EventKey& key, PlaceId to, EventKind kind, const P& payload);
  // Takes the first event out if the upper half of its key is below `end`.
  bool pop_before(std::uint64_t end, Event& event);
  // No pending event has a lesser upper half of its key; ~0 if there is none. May be too low where events were cancelled.
  std::uint64_t least_upper() const;
  // Surely every pending event has a greater upper half of its key: a look at the front. Not of the set `instants`.
  bool all_after(std::uint64_t upper) const {
    if (upper > horizon_ || (!run_.empty() && run_.back().upper <= upper)) return false;
    if (!hole_) return heap_size_ == 0 || heap()->upper > upper;
    if (heap_size_ == 1) return true;
    const Node* const h = heap();
    return std::min(std::min(h[1].upper, h[2].upper), std::min(h[3].upper, h[4].upper)) > upper;
  }

  // False if the event has happened already or was cancelled.
  bool cancel(EventHandle handle);
  // The same event with another key, as a new handle; none if it has happened already or was cancelled.
  EventHandle reschedule(EventHandle handle, const EventKey& key);
  bool pending(EventHandle handle) const {
    return !handle.is_none() && records_[handle.slot].generation == handle.generation;
  }

  bool keeps_instants() const { return by_instants(); }
  // Of the set `instants`: visits kind and payload of an event that comes a few later at the same instant and phase, if there
  // is one. It may be cancelled yet.
  template <class F>
  void foresee(F&& visit) const {
    if (due_next_ + 2 * kForesight < due_.size()) __builtin_prefetch(&records_[due_[due_next_ + 2 * kForesight].slot]);
    if (due_next_ + kForesight >= due_.size()) return;
    const EventRecord& r = records_[due_[due_next_ + kForesight].slot];
    visit(r.kind, r.payload.data());
  }

  // In no particular order. `visit(upper half of the key, slot)`.
  template <class F>
  void for_each(F&& visit) const;

  // Forgets the events without releasing their records, and keeps the memory with some in reserve.
  void reset(EventSet set);
  // Takes in the node of a record that is pending already: when partitions change, or a state is read.
  void adopt(std::uint64_t upper, std::uint32_t slot) { insert({upper, slot, tie_of(records_[slot].key_lower)}); }
  // Releases the records of cancelled events and drops their nodes.
  void tidy();
  // `other` must be of a run whose records were copied to this one's.
  void copy_from(const EventQueue& other);
  std::uint64_t growths() const {
    return heap_.growths() + run_.growths() + scratch_.growths() + far_.growths() + links_.growths() + due_.growths() +
           due_later_.growths();
  }
  std::size_t bytes_used() const {
    return heap_size_ * sizeof(Node) + run_.size() * sizeof(Sorted) + far_.bytes_used() + links_.bytes_used() +
           (due_.size() + due_later_.size()) * sizeof(Due);
  }

 private:
  struct Node {
    std::uint64_t upper;
    std::uint32_t slot;
    std::uint32_t tie;  // the first bits of the lower half
  };
  struct Sorted {
    std::uint64_t upper, lower;
    std::uint32_t slot;
    std::uint32_t unused;
  };
  static constexpr std::size_t kRoot = 3;
  static constexpr std::uint32_t kBlockNodes = 31;
  struct Block {
    Ref next;
    std::uint32_t size;
    std::uint64_t unused;
    std::array<Node, kBlockNodes> nodes;
  };
  static_assert(sizeof(Block) == 512);
  static constexpr int kDigitBits = 3;
  static constexpr std::size_t kDigits = std::size_t{1} << kDigitBits;
  static constexpr std::size_t kLevels = (64 + kDigitBits - 1) / kDigitBits;
  struct Bucket {
    Ref first = kNoRef;
    std::uint32_t size = 0;
    std::uint64_t least = ~std::uint64_t{0};
  };

  // Of the instant and phase that are being handled.
  struct Due {
    std::uint64_t lower;
    std::uint32_t slot;
    std::uint32_t unused;
  };
  // A chain is a list of these; its node in the heap has the first one for a slot, and a tie of its own.
  static constexpr std::uint32_t kLinkEvents = 7;
  struct Link {
    Ref next;
    std::uint32_t size;
    std::uint64_t unused;
    std::array<Due, kLinkEvents> events;
  };
  static_assert(sizeof(Link) == 128);
  // The last link of a chain that may still grow, by a hash of its key.
  struct Open {
    std::uint64_t upper = ~std::uint64_t{0};
    std::uint64_t last = 0;
  };
  static constexpr unsigned kOpenBits = 6;
  static constexpr std::size_t kForesight = 2;  // events

  bool by_instants() const { return set_ == EventSet::instants; }
  Open& open_at(std::uint64_t upper) { return open_[(upper * 0x9e3779b97f4a7c15ULL) >> (64 - kOpenBits)]; }
  void insert_by_instant(const Node& node);
  Ref add_link(const Due& due);
  void push_due(std::uint64_t lower, std::uint32_t slot);
  bool open_next(std::uint64_t end);
  void sort_due();
  void forget_instants();
  bool pop_due(std::uint64_t end, Event& event);

  static std::uint32_t tie_of(std::uint64_t lower) { return static_cast<std::uint32_t>(lower >> 32); }
  // The root of the heap is row 3 of its memory, so that four siblings share a cache line. Behind the last node stand nodes
  // later than any event and each later than the one behind it, so that every group of siblings is whole.
  Node* heap() { return heap_.data() + kRoot; }
  const Node* heap() const { return heap_.data() + kRoot; }

  bool before(const Node& a, const Node& b) const {
    if (a.upper != b.upper) [[likely]]
      return a.upper < b.upper;
    if (a.tie != b.tie) return a.tie < b.tie;
    return records_[a.slot].key_lower < records_[b.slot].key_lower;
  }

  void insert(const Node& node);
  void push_near(const Node& node);
  void push_far(const Node& node);
  void sift_up(std::size_t i, Node node);
  void sift_down(std::size_t hole, Node node);
  std::size_t least_of_four(const Node* child) const;
  void close_hole();
  void grow_heap();
  void fill_behind(std::size_t from, std::size_t to);
  void drop(std::uint32_t slot) {
    records_.release(lane_, slot);
    --cancelled_;
  }
  bool refill(std::uint64_t end);
  void spread(std::size_t bucket);
  void take_run(std::size_t last_bucket);
  void take_bucket(std::size_t bucket);
  void gather_all();
  void rebuild_far();
  std::size_t lowest_bucket() const {
    const auto level = static_cast<std::size_t>(std::countr_zero(levels_used_));
    return level * kDigits + static_cast<std::size_t>(std::countr_zero(digits_used_[level]));
  }
  Bucket take(std::size_t bucket);

  EventRecords& records_;
  Lane lane_;
  EventSet set_;
  bool hole_ = false;          // the root was popped and not yet replaced: the next push often is its successor
  std::size_t heap_size_ = 0;  // with the hole
  std::size_t cancelled_ = 0;  // records that wait for their nodes to come up
  std::size_t spill_at_ = 0;   // size of the heap at which buckets are brought into use, or filled anew
  std::uint64_t horizon_ = ~std::uint64_t{0};  // events up to here are near
  std::uint64_t last_ = 0;                     // upper half of the key popped last
  StableArray<Node> heap_;
  StableArray<Sorted> run_;                          // last comes first
  std::array<Bucket, kLevels * kDigits> buckets_{};  // of level l, digit d: row l * kDigits + d
  std::array<std::uint8_t, kLevels> digits_used_{};  // bit d: the bucket of digit d is not empty
  std::uint32_t levels_used_ = 0;                    // bit l: some bucket of level l is not empty
  std::size_t far_size_ = 0;
  Pool<Block> far_;
  StableArray<Node> scratch_;
  // Of the set `instants`:
  std::size_t chained_ = 0;   // events in chains
  std::uint32_t chains_ = 0;  // begun so far
  Pool<Link> links_;
  std::uint64_t present_ = ~std::uint64_t{0};  // upper half of the keys in due_ and due_later_
  std::size_t due_next_ = 0;                   // first row of due_ that has not happened
  StableArray<Due> due_;                       // in order
  StableArray<Due> due_later_;                 // all behind due_, in no order
  std::array<Open, std::size_t{1} << kOpenBits> open_{};
};

template <class F>
void EventQueue::for_each(F&& visit) const {
  const auto one = [&](std::uint64_t upper, std::uint32_t slot) {
    if (!records_[slot].cancelled) visit(upper, slot);
  };
  if (by_instants()) {
    for (std::size_t i = hole_ ? 1 : 0; i < heap_size_; ++i) {
      for (Ref ref = heap()[i].slot; ref != kNoRef; ref = links_[ref].next) {
        for (std::uint32_t k = 0; k < links_[ref].size; ++k) one(heap()[i].upper, links_[ref].events[k].slot);
      }
    }
    for (std::size_t i = due_next_; i < due_.size(); ++i) one(present_, due_[i].slot);
    for (const Due& due : due_later_) one(present_, due.slot);
    return;
  }
  for (std::size_t i = hole_ ? 1 : 0; i < heap_size_; ++i) one(heap()[i].upper, heap()[i].slot);
  for (const Sorted& s : run_) one(s.upper, s.slot);
  for (const Bucket& bucket : buckets_) {
    for (Ref block = bucket.first; block != kNoRef; block = far_[block].next) {
      for (std::uint32_t i = 0; i < far_[block].size; ++i) one(far_[block].nodes[i].upper, far_[block].nodes[i].slot);
    }
  }
}

inline void EventQueue::sift_up(std::size_t i, Node node) {
  Node* const h = heap();
  while (i > 0) {
    const std::size_t parent = (i - 1) / 4;
    if (!before(node, h[parent])) break;
    h[i] = h[parent];
    i = parent;
  }
  h[i] = node;
}

inline void EventQueue::push_near(const Node& node) {
  if (hole_) {
    hole_ = false;
    if (heap_size_ > 2) {
      sift_down(0, node);
    } else if (heap_size_ == 2 && before(heap()[1], node)) {
      heap()[0] = heap()[1];
      heap()[1] = node;
    } else {
      heap()[0] = node;
    }
    return;
  }
  if (heap_size_ + kRoot + 4 >= heap_.size()) [[unlikely]]
    grow_heap();
  sift_up(heap_size_++, node);
  if (heap_size_ > spill_at_) [[unlikely]]
    rebuild_far();
}

inline void EventQueue::insert_by_instant(const Node& node) {
  const Due due{records_[node.slot].key_lower, node.slot, 0};
  if (node.upper == present_) {
    push_due(due.lower, due.slot);
    return;
  }
  ++chained_;
  Open& open = open_at(node.upper);
  if (open.upper == node.upper) [[likely]] {
    const auto last = static_cast<Ref>(open.last);
    Link& link = links_[last];
    if (link.size < kLinkEvents) [[likely]] {
      link.events[link.size++] = due;
      return;
    }
    open.last = links_[last].next = add_link(due);
    return;
  }
  open.upper = node.upper;
  const Ref first = add_link(due);
  open.last = first;
  push_near({node.upper, first, ++chains_});
}

inline Ref EventQueue::add_link(const Due& due) {
  const Ref ref = links_.allocate(Lane{0});
  Link& link = links_[ref];
  link.next = kNoRef;
  link.size = 1;
  link.events[0] = due;
  return ref;
}

inline void EventQueue::insert(const Node& node) {
  if (by_instants()) {
    insert_by_instant(node);
  } else if (node.upper <= horizon_) {
    push_near(node);
  } else {
    push_far(node);
  }
}

template <class P>
EventHandle EventQueue::push(const EventKey& key, PlaceId to, EventKind kind, const P& payload) {
  static_assert(std::is_trivially_copyable_v<P> && sizeof(P) <= Event::kPayloadBytes);
  const Ref slot = records_.allocate(lane_);
  EventRecord& r = records_[slot];
  r.key_lower = key.lower();
  r.to = to;
  r.kind = kind;
  r.cancelled = false;
  std::memcpy(r.payload.data(), &payload, sizeof(P));
  const std::uint32_t generation = r.generation;
  insert({key.upper(), slot, tie_of(key.lower())});
  return {slot, generation};
}

inline bool EventQueue::pop_due(std::uint64_t end, Event& event) {
  for (;;) {
    if (due_next_ == due_.size() && !open_next(end)) return false;
    if (present_ >= end) return false;
    const std::uint32_t slot = due_[due_next_++].slot;
    EventRecord& r = records_[slot];
    if (r.cancelled) [[unlikely]] {
      drop(slot);
      continue;
    }
    last_ = present_;
    event.key = EventKey::of_halves(present_, r.key_lower);
    event.to = r.to;
    event.kind = r.kind;
    event.payload = r.payload;
    ++r.generation;
    records_.release(lane_, slot);
    return true;
  }
}

inline bool EventQueue::pop_before(std::uint64_t end, Event& event) {
  if (by_instants()) return pop_due(end, event);
  for (;;) {
    if (hole_) close_hole();
    std::uint64_t upper;
    std::uint32_t slot;
    bool from_run = false;
    if (run_.empty()) {
      if (heap_size_ == 0) {
        if (far_size_ == 0 || !refill(end)) return false;
        continue;
      }
      upper = heap()->upper;
      slot = heap()->slot;
    } else {
      const Sorted& first = run_.back();
      from_run = heap_size_ == 0 || first.upper < heap()->upper ||
                 (first.upper == heap()->upper && first.lower < records_[heap()->slot].key_lower);
      upper = from_run ? first.upper : heap()->upper;
      slot = from_run ? first.slot : heap()->slot;
    }
    if (upper >= end) return false;
    if (from_run) {
      run_.pop_back();
    } else {
      hole_ = true;
    }
    EventRecord& r = records_[slot];
    if (r.cancelled) [[unlikely]] {
      drop(slot);
      continue;
    }
    last_ = upper;
    event.key = EventKey::of_halves(upper, r.key_lower);
    event.to = r.to;
    event.kind = r.kind;
    event.payload = r.payload;
    ++r.generation;
    records_.release(lane_, slot);
    return true;
  }
}

}  // namespace tierworks::core
