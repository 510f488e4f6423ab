// The events to come, in the total order of their keys, with cancel and reschedule in place.
// A four-ary heap of (key, slot) over a table of records that do not move while they wait. A value: copying it copies
// the future. Cost: O(log n) for push, pop, cancel; memory follows the greatest number of events pending at once.
#pragma once
#include <cstdint>
#include <vector>

#include "core/event/event.h"

namespace tierworks::core {

class EventQueue {
 public:
  bool empty() const { return heap_.empty(); }
  std::size_t size() const { return heap_.size(); }
  const EventKey& first_key() const { return heap_.front().key; }  // requires !empty()

  EventHandle push(const Event& event);
  Event pop();  // requires !empty()

  // False if the event has happened already or was cancelled.
  bool cancel(EventHandle handle);
  bool reschedule(EventHandle handle, const EventKey& key);
  bool pending(EventHandle handle) const;

  // In no particular order; for recounts at the end of a run.
  template <class F>
  void for_each(F&& visit) const {
    for (const Node& node : heap_) visit(records_[node.slot]);
  }

  void clear();  // keeps the memory

 private:
  struct Node {
    EventKey key;
    std::uint32_t slot;
  };
  struct Slot {
    std::uint32_t position;  // in the heap; of a free slot: the next free one
    std::uint32_t generation;
  };

  void sift_up(std::size_t i, Node node);
  void sift_down(std::size_t i, Node node);
  void remove_at(std::size_t i);
  void put(std::size_t i, const Node& node) {
    heap_[i] = node;
    slots_[node.slot].position = static_cast<std::uint32_t>(i);
  }

  std::vector<Node> heap_;
  std::vector<Event> records_;
  std::vector<Slot> slots_;
  std::uint32_t free_ = 0xffffffffU;
};

}  // namespace tierworks::core
