#include "core/event/node_heap.h"

namespace tierworks::core {

// Without a branch but for ties, which are settled with care.
std::size_t NodeHeap::least_of_four(const EventNode* child) const {
  const std::uint64_t u0 = child[0].upper, u1 = child[1].upper, u2 = child[2].upper, u3 = child[3].upper;
  const bool second = u1 < u0, fourth = u3 < u2;
  const std::uint64_t left = second ? u1 : u0, right = fourth ? u3 : u2;
  if (((u0 == u1) | (u2 == u3) | (left == right)) == 0) [[likely]]
    return right < left ? (fourth ? 3 : 2) : (second ? 1 : 0);
  const std::size_t a = before_(child[1], child[0]) ? 1 : 0;
  const std::size_t b = before_(child[3], child[2]) ? 3 : 2;
  return before_(child[b], child[a]) ? b : a;
}

// Bottom up: the hole at the root sinks along the least children to a leaf without looking at `node`, which then rises from
// there. What is put in at the top comes from the bottom of the heap, or is to happen later than most, so it seldom rises far.
void NodeHeap::sift_down(EventNode node) {
  EventNode* const h = heap();
  const std::size_t n = size_;
  std::size_t hole = 0;
  for (std::size_t first = 1; first < n; first = 4 * hole + 1) {
    const std::size_t least = first + least_of_four(h + first);
    h[hole] = h[least];
    hole = least;
  }
  sift_up(hole, node);
}

void NodeHeap::fill_behind(std::size_t from, std::size_t to) {
  EventNode* const h = heap();
  for (std::size_t i = from; i < to; ++i) h[i] = {~std::uint64_t{0} - (i & 3), 0, 0};
}

void NodeHeap::grow() {
  const std::size_t before = std::max(rows_.size(), kRoot) - kRoot;
  rows_.resize(std::max<std::size_t>(64, 2 * rows_.size()));
  fill_behind(before, rows_.size() - kRoot);
}

void NodeHeap::close_hole() {
  hole_ = false;
  const EventNode last = heap()[--size_];
  fill_behind(size_, size_ + 1);
  if (size_ > 0) sift_down(last);
}

void NodeHeap::clear() {
  fill_behind(0, size_);
  size_ = 0;
  hole_ = false;
}

void NodeHeap::copy_from(const NodeHeap& other) {
  while (rows_.size() < other.rows_.size()) grow();
  std::copy_n(other.heap(), other.size_, heap());
  fill_behind(other.size_, std::max(size_, other.size_));
  size_ = other.size_;
  hole_ = other.hole_;
}

}  // namespace tierworks::core
