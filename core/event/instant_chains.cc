#include "core/event/instant_chains.h"

#include <algorithm>

namespace tierworks::core {

std::uint64_t InstantChains::least_upper() const {
  return due_next_ < due_.size() || !due_later_.empty() ? std::min(present_, heap_.least_upper()) : heap_.least_upper();
}

// For the instant and phase that are being handled: behind all that is in order, or in its place among it.
void InstantChains::push_due(const Due& due) {
  if (due_next_ == due_.size() || due_.back().lower < due.lower) {
    due_later_.push_back(due);
    return;
  }
  due_.push_back(due);
  const auto place = std::upper_bound(due_.begin() + due_next_, due_.end() - 1, due,
                                      [](const Due& a, const Due& b) { return a.lower < b.lower; });
  std::rotate(place, due_.end() - 1, due_.end());
}

void InstantChains::sort_due() {
  const auto before = [](const Due& a, const Due& b) { return a.lower < b.lower; };
  if (!std::is_sorted(due_.begin(), due_.end(), before)) std::sort(due_.begin(), due_.end(), before);
}

// All of the present happened: what waits behind it becomes due, or the chains of the next key. Afterwards something is due.
bool InstantChains::open_next(std::uint64_t end) {
  due_.clear();
  due_next_ = 0;
  if (!due_later_.empty()) {
    due_.copy_from(due_later_);
    due_later_.clear();
    sort_due();
    return true;
  }
  while (due_.empty()) {
    heap_.close();
    if (heap_.empty() || heap_.top().upper >= end) return false;
    const std::uint64_t upper = heap_.top().upper;
    // A key may have several chains, if others took its place among those that grow.
    while (!heap_.empty() && heap_.top().upper == upper) {
      for (Ref ref = heap_.top().slot; ref != kNoRef;) {
        const Link& link = links_[ref];
        const Ref next = link.next;
        if (next != kNoRef) __builtin_prefetch(&links_[next]);
        for (std::uint32_t i = 0; i < link.size; ++i) due_.push_back(link.events[i]);
        chained_ -= link.size;
        links_.release(Lane{0}, ref);
        ref = next;
      }
      heap_.pop();
      heap_.close();
    }
    Open& open = open_at(upper);
    if (open.upper == upper) open = {};
    if (!due_.empty()) present_ = upper;
  }
  sort_due();
  return true;
}

void InstantChains::clear() {
  heap_.clear();
  chained_ = 0;
  present_ = ~std::uint64_t{0};
  due_next_ = 0;
  due_.clear();
  due_later_.clear();
  links_.reset();
  open_.fill({});
}

void InstantChains::settle() {
  heap_.settle();
  due_.settle();
  due_later_.settle();
  chains_ = 0;
}

void InstantChains::copy_from(const InstantChains& other) {
  heap_.copy_from(other.heap_);
  chained_ = other.chained_;
  chains_ = other.chains_;
  links_.copy_from(other.links_);
  present_ = other.present_;
  due_next_ = other.due_next_;
  due_.copy_from(other.due_);
  due_later_.copy_from(other.due_later_);
  open_ = other.open_;
}

}  // namespace tierworks::core
