// Events of which many share an instant (runs in periods, reviews by the calendar): those with one upper half of the key stand
// in the blocks of a chain, and a heap holds chains. A chain that comes to the front is sorted once, most often to find
// that it was in order; what its events send to their own instant and phase waits behind it. So the next events are known, and
// their records are fetched before their turn.
// Cost: a look-up and a few instructions an event, O(log n) a chain of n chains.
#pragma once
#include <array>
#include <cstdint>

#include "core/base/pool.h"
#include "core/base/stable_array.h"
#include "core/event/node_heap.h"

namespace tierworks::core {

class InstantChains {
 public:
  explicit InstantChains(const EventRecords& records) : records_(records), heap_(records) {}

  std::size_t size() const { return chained_ + due_.size() - due_next_ + due_later_.size(); }
  void insert(const EventNode& node);
  // Takes the first event out if the upper half of its key is below `end`.
  bool pop_before(std::uint64_t end, std::uint64_t& upper, std::uint32_t& slot);
  // No event has a lesser upper half of its key; ~0 if there is none.
  std::uint64_t least_upper() const;
  // Visits kind and payload of an event that comes a few later at the same instant and phase, if there is one. It may be
  // cancelled yet.
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
  // Keeps the memory; `settle` some in reserve.
  void clear();
  void settle();
  void copy_from(const InstantChains& other);
  std::uint64_t growths() const { return heap_.growths() + links_.growths() + due_.growths() + due_later_.growths(); }
  std::size_t bytes_used() const {
    return heap_.bytes_used() + links_.bytes_used() + (due_.size() + due_later_.size()) * sizeof(Due);
  }

 private:
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

  Open& open_at(std::uint64_t upper) { return open_[(upper * 0x9e3779b97f4a7c15ULL) >> (64 - kOpenBits)]; }
  Ref add_link(const Due& due);
  void push_due(const Due& due);
  bool open_next(std::uint64_t end);
  void sort_due();

  const EventRecords& records_;
  NodeHeap heap_;
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
void InstantChains::for_each(F&& visit) const {
  heap_.for_each([&](const EventNode& chain) {
    for (Ref ref = chain.slot; ref != kNoRef; ref = links_[ref].next) {
      for (std::uint32_t k = 0; k < links_[ref].size; ++k) visit(chain.upper, links_[ref].events[k].slot);
    }
  });
  for (std::size_t i = due_next_; i < due_.size(); ++i) visit(present_, due_[i].slot);
  for (const Due& due : due_later_) visit(present_, due.slot);
}

inline void InstantChains::insert(const EventNode& node) {
  const Due due{records_[node.slot].key_lower, node.slot, 0};
  if (node.upper == present_) {
    push_due(due);
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
  heap_.push({node.upper, first, ++chains_});
}

inline Ref InstantChains::add_link(const Due& due) {
  const Ref ref = links_.allocate(Lane{0});
  Link& link = links_[ref];
  link.next = kNoRef;
  link.size = 1;
  link.events[0] = due;
  return ref;
}

inline bool InstantChains::pop_before(std::uint64_t end, std::uint64_t& upper, std::uint32_t& slot) {
  if (due_next_ == due_.size() && !open_next(end)) return false;
  if (present_ >= end) return false;
  upper = present_;
  slot = due_[due_next_++].slot;
  return true;
}

}  // namespace tierworks::core
