// The events to come of one partition, in the total order of their keys, with cancel and reschedule.
//
// The nearest events stand in a short sorted run, of which the last is the first to happen; those behind it, up to the horizon,
// in no order at all. A new event is put into its place in the run if it belongs there, or else behind. When the run is
// used up, the earliest of what is behind, told by a sample, are taken out, sorted and become the run. So most events are
// sorted once, among a few. Where many share a key and one would have to be put deep into the run, it goes into a heap beside it.
// When many events are pending, those beyond the horizon lie in radix buckets (radix_buckets.h). Two other structures can be
// asked for: one heap of all events, and chains of those of one instant (instant_chains.h), the faster one where many
// share theirs. The order of events is the same whichever structure is in use.
//
// Records lie in a pool that all partitions of a run share and do not move while they wait, so a handle means the same
// whatever the partitions. A cancelled event keeps its record until its node comes to the front or the queue is tidied,
// which it is before cancelled events outnumber the others.
//
// Cost of push and pop together, measured: docs/decisions/0005. Of n events not beyond the horizon O(log n) if the sample tells well,
// O(n) at worst; cancel O(1). Memory: 64 + 16 to 32 bytes an event, by the greatest number pending at once.
#pragma once
#include <algorithm>
#include <cstdint>

#include "core/base/pool.h"
#include "core/base/stable_array.h"
#include "core/event/event_node.h"
#include "core/event/instant_chains.h"
#include "core/event/node_heap.h"
#include "core/event/radix_buckets.h"

namespace tierworks::core {

// Which structure holds the events: chosen by their number, or always the same one.
enum class EventSet : std::uint8_t { automatic, heap, radix, instants };

class EventQueue {
 public:
  EventQueue(EventRecords& records, Lane lane, EventSet set = EventSet::automatic);

  bool empty() const { return size() == 0; }
  // Events pending, without those cancelled.
  std::size_t size() const {
    return run_.size() + heap_.size() + behind_.size() + far_.size() + chains_.size() - cancelled_;
  }

  // Every key pushed must be greater than that of the event popped last, and the upper half of none may be among the last four
  // numbers of 64 bits (what the kernel sends never is).
  template <class P>
  EventHandle push(EventKey key, PlaceId to, EventKind kind, const P& payload);
  // Takes the first event out if the upper half of its key is below `end`.
  bool pop_before(std::uint64_t end, Event& event);
  // No pending event has a lesser upper half of its key; ~0 if there is none. May be too low where events were cancelled.
  std::uint64_t least_upper() const;
  // Surely every pending event has a greater upper half of its key: a look at the front. Not of the set `instants`.
  bool all_after(std::uint64_t upper) const {
    return (upper < run_limit_ || set_ == EventSet::heap) && (run_.empty() || run_.back().upper > upper) &&
           (heap_.idle() || heap_.least_upper() > upper);
  }

  // False if the event has happened already or was cancelled.
  bool cancel(EventHandle handle);
  // The same event with another key, as a new handle; none if it has happened already or was cancelled.
  EventHandle reschedule(EventHandle handle, const EventKey& key);
  bool pending(EventHandle handle) const {
    return !handle.is_none() && records_[handle.slot].generation == handle.generation;
  }

  bool keeps_instants() const { return set_ == EventSet::instants; }
  // Of the set `instants`: see InstantChains::foresee.
  template <class F>
  void foresee(F&& visit) const {
    chains_.foresee(visit);
  }

  // In no particular order. `visit(upper half of the key, slot)`.
  template <class F>
  void for_each(F&& visit) const;

  // Forgets the events without releasing their records, and keeps the memory with some in reserve.
  void reset(EventSet set);
  // Takes in the node of a record that is pending already: when partitions change, or a state is read.
  void adopt(std::uint64_t upper, std::uint32_t slot) {
    insert({upper, slot, EventNode::tie_of(records_[slot].key_lower)});
  }
  // Releases the records of cancelled events and drops their nodes.
  void tidy();
  // `other` must be of a run whose records were copied to this one's.
  void copy_from(const EventQueue& other);
  std::uint64_t growths() const {
    return run_.growths() + heap_.growths() + behind_.growths() + far_.growths() + chains_.growths() +
           scratch_.growths();
  }
  std::size_t bytes_used() const {
    return (run_.size() + behind_.size()) * sizeof(EventNode) + heap_.bytes_used() + far_.bytes_used() +
           chains_.bytes_used();
  }

 private:
  // A run that grew longer by events that were put into it is cut in half.
  static constexpr std::size_t kLongRun = 32;
  // How deep into the run an event is put.
  static constexpr std::size_t kDeepest = 48;

  // A node goes from hand to hand in registers: read back from memory as a whole just after its parts were written, it would
  // wait for them. What is seldom needed is a call at the very end, so that a push saves no registers.
  template <class P>
  EventHandle put(Ref slot, EventKey key, PlaceId to, EventKind kind, const P& payload);
  template <class P>
  EventHandle push_into_fresh(EventKey key, PlaceId to, EventKind kind, const P& payload);
  EventHandle insert(EventNode node, EventHandle handle);
  void insert(EventNode node);
  void put_into_run(EventNode node);
  EventHandle put_elsewhere(EventNode node, EventHandle handle);
  void cut_run();
  bool next_run(std::uint64_t end);
  void take_run_of_behind();
  void sort_run();
  void gather_all();
  void use_buckets();
  void set_horizon(std::uint64_t horizon);
  bool take(std::uint64_t upper, std::uint32_t slot, Event& event);
  bool pop_slowly(std::uint64_t end, Event& event);

  EventRecords& records_;
  EventOrder before_;
  Lane lane_;
  EventSet set_;
  std::size_t cancelled_ = 0;       // records that wait for their nodes to come up
  std::size_t spill_at_ = 0;        // so many behind the run, and buckets are brought into use, or filled anew
  std::uint64_t last_ = 0;          // upper half of the key popped last
  std::uint64_t run_limit_ = 0;     // of those with a lesser upper half all are in the run or in the heap,
  std::uint64_t behind_limit_ = 0;  // of those between them all are in behind_
  StableArray<EventNode> run_;      // last comes first
  StableArray<EventNode> behind_;
  NodeHeap heap_;
  RadixBuckets far_;
  InstantChains chains_;
  StableArray<EventNode> scratch_;
};

template <class F>
void EventQueue::for_each(F&& visit) const {
  const auto one = [&](std::uint64_t upper, std::uint32_t slot) {
    if (!records_[slot].cancelled) visit(upper, slot);
  };
  const auto node = [&](const EventNode& n) { one(n.upper, n.slot); };
  for (const EventNode& n : run_) node(n);
  for (const EventNode& n : behind_) node(n);
  heap_.for_each(node);
  far_.for_each(node);
  chains_.for_each(one);
}

template <class P>
EventHandle EventQueue::push(EventKey key, PlaceId to, EventKind kind, const P& payload) {
  Ref slot;
  if (!records_.reuse(lane_, slot)) [[unlikely]]
    return push_into_fresh(key, to, kind, payload);
  return put(slot, key, to, kind, payload);
}

template <class P>
[[gnu::noinline]] EventHandle EventQueue::push_into_fresh(EventKey key, PlaceId to, EventKind kind, const P& payload) {
  return put(records_.allocate(lane_), key, to, kind, payload);
}

template <class P>
[[gnu::always_inline]] inline EventHandle EventQueue::put(Ref slot, EventKey key, PlaceId to, EventKind kind,
                                                          const P& payload) {
  static_assert(std::is_trivially_copyable_v<P> && sizeof(P) <= Event::kPayloadBytes);
  EventRecord& r = records_[slot];
  r.key_lower = key.lower();
  r.to = to;
  r.kind = kind;
  r.cancelled = false;
  if constexpr (!std::is_empty_v<P>) std::memcpy(r.payload.data(), &payload, sizeof(P));
  const EventHandle handle{slot, r.generation};
  const EventNode node{key.upper(), slot, EventNode::tie_of(key.lower())};
  if (node.upper < run_limit_) {
    if (run_.size() < kLongRun && run_.has_room()) [[likely]] {
      EventNode *const first = run_.data(), *at = first + run_.size();
      run_.resize(run_.size() + 1);
      for (; at != first && before_(at[-1], node); --at) *at = at[-1];
      *at = node;
      return handle;
    }
  } else if (node.upper >= behind_limit_) {
    return put_elsewhere(node, handle);
  } else if (behind_.size() < spill_at_ && behind_.has_room()) [[likely]] {
    behind_.push_back(node);
    return handle;
  }
  return insert(node, handle);
}

// False of a cancelled event, which is gone then.
inline bool EventQueue::take(std::uint64_t upper, std::uint32_t slot, Event& event) {
  EventRecord& r = records_[slot];
  if (r.cancelled) [[unlikely]] {
    records_.release(lane_, slot);
    --cancelled_;
    return false;
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

inline bool EventQueue::pop_before(std::uint64_t end, Event& event) {
  if (keeps_instants()) {
    std::uint64_t upper;
    std::uint32_t slot;
    do {
      if (!chains_.pop_before(end, upper, slot)) return false;
    } while (!take(upper, slot, event));
    return true;
  }
  if (!run_.empty() && heap_.idle()) [[likely]] {
    const EventNode first = run_.back();
    if (first.upper >= end) return false;
    run_.pop_back();
    if (take(first.upper, first.slot, event)) [[likely]]
      return true;
  }
  return pop_slowly(end, event);
}

}  // namespace tierworks::core
