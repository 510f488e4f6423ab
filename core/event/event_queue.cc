#include "core/event/event_queue.h"

namespace tierworks::core {

EventHandle EventQueue::push(const Event& event) {
  std::uint32_t slot = free_;
  if (slot == 0xffffffffU) {
    slot = static_cast<std::uint32_t>(records_.size());
    records_.push_back(event);
    slots_.push_back({0, 0});
  } else {
    free_ = slots_[slot].position;
    records_[slot] = event;
  }
  heap_.emplace_back();
  sift_up(heap_.size() - 1, {event.key, slot});
  return {slot, slots_[slot].generation};
}

Event EventQueue::pop() {
  const Event event = records_[heap_.front().slot];
  remove_at(0);
  return event;
}

bool EventQueue::pending(EventHandle handle) const {
  return handle.slot < slots_.size() && slots_[handle.slot].generation == handle.generation;
}

bool EventQueue::cancel(EventHandle handle) {
  if (!pending(handle)) return false;
  remove_at(slots_[handle.slot].position);
  return true;
}

bool EventQueue::reschedule(EventHandle handle, const EventKey& key) {
  if (!pending(handle)) return false;
  const std::size_t i = slots_[handle.slot].position;
  const bool earlier = key < heap_[i].key;
  records_[handle.slot].key = key;
  const Node node{key, handle.slot};
  if (earlier) {
    sift_up(i, node);
  } else {
    sift_down(i, node);
  }
  return true;
}

void EventQueue::clear() {
  heap_.clear();
  records_.clear();
  slots_.clear();
  free_ = 0xffffffffU;
}

void EventQueue::remove_at(std::size_t i) {
  const std::uint32_t slot = heap_[i].slot;
  ++slots_[slot].generation;
  slots_[slot].position = free_;
  free_ = slot;
  const Node last = heap_.back();
  heap_.pop_back();
  if (i == heap_.size()) return;
  // The hole is filled with the last node, which may belong above or below it.
  if (i > 0 && last.key < heap_[(i - 1) / 4].key) {
    sift_up(i, last);
  } else {
    sift_down(i, last);
  }
}

void EventQueue::sift_up(std::size_t i, Node node) {
  while (i > 0) {
    const std::size_t parent = (i - 1) / 4;
    if (!(node.key < heap_[parent].key)) break;
    put(i, heap_[parent]);
    i = parent;
  }
  put(i, node);
}

// Bottom up: the hole sinks along the least children to a leaf without looking at `node`, which then rises from there. The
// node comes from the bottom of the heap, so it seldom rises far.
void EventQueue::sift_down(std::size_t hole, Node node) {
  const std::size_t top = hole;
  const std::size_t n = heap_.size();
  std::size_t first = 4 * hole + 1;
  while (first + 4 <= n) {
    const Node* child = &heap_[first];
    const std::size_t left = child[1].key < child[0].key ? 1 : 0;
    const std::size_t right = child[3].key < child[2].key ? 3 : 2;
    const std::size_t least = first + (child[right].key < child[left].key ? right : left);
    put(hole, heap_[least]);
    hole = least;
    first = 4 * hole + 1;
  }
  if (first < n) {
    std::size_t least = first;
    for (std::size_t child = first + 1; child < n; ++child) {
      if (heap_[child].key < heap_[least].key) least = child;
    }
    put(hole, heap_[least]);
    hole = least;
  }
  while (hole > top) {
    const std::size_t parent = (hole - 1) / 4;
    if (!(node.key < heap_[parent].key)) break;
    put(hole, heap_[parent]);
    hole = parent;
  }
  put(hole, node);
}

}  // namespace tierworks::core
