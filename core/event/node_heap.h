// A four-ary heap of nodes of events. Taking the first out leaves a hole, which the next one put in most often fills: it is
// its successor.
// Cost: O(log n) for a push and a pop together. No cancelling: whoever takes a node out looks at its record.
#pragma once
#include <algorithm>
#include <cstdint>

#include "core/base/stable_array.h"
#include "core/event/event_node.h"

namespace tierworks::core {

class NodeHeap {
 public:
  explicit NodeHeap(const EventRecords& records) : before_(records) {}

  std::size_t size() const { return size_ - hole_; }
  bool empty() const { return size() == 0; }
  // Empty, and nothing waits to be closed.
  bool idle() const { return size_ == 0; }
  void push(const EventNode& node) {
    if (hole_) {
      fill_hole(node);
    } else {
      if (size_ + kRoot + 4 >= rows_.size()) [[unlikely]]
        grow();
      sift_up(size_++, node);
    }
  }
  // After `close`, of a heap that is not empty.
  const EventNode& top() const { return *heap(); }
  void pop() { hole_ = true; }
  void close() {
    if (hole_) close_hole();
  }
  // ~0 if it is empty.
  std::uint64_t least_upper() const {
    if (!hole_) return size_ == 0 ? ~std::uint64_t{0} : heap()->upper;
    if (size_ == 1) return ~std::uint64_t{0};
    const EventNode* const h = heap();
    return std::min(std::min(h[1].upper, h[2].upper), std::min(h[3].upper, h[4].upper));
  }
  template <class F>
  void for_each(F&& visit) const {
    for (std::size_t i = hole_; i < size_; ++i) visit(heap()[i]);
  }
  // Keeps the memory; `settle` some in reserve.
  void clear();
  void settle() { rows_.settle(); }
  void copy_from(const NodeHeap& other);
  std::uint64_t growths() const { return rows_.growths(); }
  std::size_t bytes_used() const { return size_ * sizeof(EventNode); }

 private:
  // The root is row 3 of the memory, so that four siblings share a cache line. Behind the last node stand nodes later than
  // any event and each later than the one behind it, so that every group of siblings is whole.
  static constexpr std::size_t kRoot = 3;
  EventNode* heap() { return rows_.data() + kRoot; }
  const EventNode* heap() const { return rows_.data() + kRoot; }

  void sift_up(std::size_t i, EventNode node);
  void sift_down(EventNode node);
  std::size_t least_of_four(const EventNode* child) const;
  void fill_hole(const EventNode& node);
  void close_hole();
  void grow();
  void fill_behind(std::size_t from, std::size_t to);

  EventOrder before_;
  std::size_t size_ = 0;  // with the hole
  bool hole_ = false;     // the root was popped and not yet replaced
  StableArray<EventNode> rows_;
};

inline void NodeHeap::sift_up(std::size_t i, EventNode node) {
  EventNode* const h = heap();
  while (i > 0) {
    const std::size_t parent = (i - 1) / 4;
    if (!before_(node, h[parent])) break;
    h[i] = h[parent];
    i = parent;
  }
  h[i] = node;
}

inline void NodeHeap::fill_hole(const EventNode& node) {
  hole_ = false;
  if (size_ > 2) {
    sift_down(node);
  } else if (size_ == 2 && before_(heap()[1], node)) {
    heap()[0] = heap()[1];
    heap()[1] = node;
  } else {
    heap()[0] = node;
  }
}

}  // namespace tierworks::core
