#include "core/event/event_queue.h"

#include <algorithm>
#include <array>

namespace tierworks::core {

namespace {

// Of so many events behind the run those far away go to the buckets; measured with `bench/run kernel`.
constexpr std::size_t kMostBehind = 384;
// So few are sorted all at once.
constexpr std::size_t kFew = 16;
constexpr std::size_t kSamples = 12;

}  // namespace

EventQueue::EventQueue(EventRecords& records, Lane lane, EventSet set)
    : records_(records), before_(records), lane_(lane), set_(set), heap_(records), chains_(records) {
  reset(set);
}

void EventQueue::reset(EventSet set) {
  set_ = set;
  run_.settle();
  behind_.settle();
  heap_.settle();
  chains_.settle();
  scratch_.settle();
  run_.clear();
  behind_.clear();
  heap_.clear();
  chains_.clear();
  far_.reset(0);
  set_horizon(set == EventSet::automatic ? ~std::uint64_t{0} : 0);
  run_limit_ = behind_limit_;
  cancelled_ = 0;
  spill_at_ = set == EventSet::automatic ? kMostBehind : ~std::size_t{0};
  last_ = 0;
}

// What lies beyond the horizon goes to the buckets, or, if these are not in use, to the structure that was asked for.
void EventQueue::set_horizon(std::uint64_t horizon) {
  far_.set_horizon(horizon);
  const bool here = set_ == EventSet::automatic || set_ == EventSet::radix;
  behind_limit_ = !here ? 0 : horizon == ~std::uint64_t{0} ? horizon : horizon + 1;
}

std::uint64_t EventQueue::least_upper() const {
  if (keeps_instants()) return chains_.least_upper();
  std::uint64_t least = std::min(heap_.least_upper(), far_.least());
  if (!run_.empty()) return std::min(least, run_.back().upper);
  for (const EventNode& node : behind_) least = std::min(least, node.upper);
  return least;
}

EventHandle EventQueue::insert(EventNode node, EventHandle handle) {
  insert(node);
  return handle;
}

void EventQueue::insert(EventNode node) {
  if (node.upper < run_limit_) {
    put_into_run(node);
  } else if (node.upper < behind_limit_) {
    behind_.push_back(node);
    if (behind_.size() > spill_at_) use_buckets();
  } else {
    put_elsewhere(node, {});
  }
}

void EventQueue::put_into_run(EventNode node) {
  const std::size_t n = run_.size();
  if (n >= kDeepest && before_(run_[n - kDeepest], node)) {
    heap_.push(node);
    return;
  }
  run_.push_back(node);
  EventNode* at = &run_.back();
  for (EventNode* const first = run_.data(); at != first && before_(at[-1], node); --at) *at = at[-1];
  *at = node;
  if (n == kLongRun) cut_run();
}

EventHandle EventQueue::put_elsewhere(EventNode node, EventHandle handle) {
  switch (set_) {
    case EventSet::automatic:
    case EventSet::radix:
      far_.push(node);
      break;
    case EventSet::heap:
      heap_.push(node);
      break;
    case EventSet::instants:
      chains_.insert(node);
      break;
  }
  return handle;
}

bool EventQueue::cancel(EventHandle handle) {
  if (!pending(handle)) return false;
  EventRecord& r = records_[handle.slot];
  ++r.generation;
  r.cancelled = true;
  ++cancelled_;
  if (cancelled_ > 64 && cancelled_ > size()) tidy();
  return true;
}

EventHandle EventQueue::reschedule(EventHandle handle, const EventKey& key) {
  if (!pending(handle)) return {};
  const EventRecord r = records_[handle.slot];
  cancel(handle);
  return push(key, r.to, r.kind, r.payload);
}

// The later half goes behind; what shares a key (its upper half) stays together. What is in the heap may be as late.
void EventQueue::cut_run() {
  if (!heap_.idle()) return;
  std::size_t cut = run_.size() / 2;
  const std::uint64_t end = run_[cut].upper;
  while (cut > 0 && run_[cut - 1].upper == end) --cut;
  if (cut == 0) return;
  for (std::size_t i = 0; i < cut; ++i) behind_.push_back(run_[i]);
  std::copy(run_.begin() + cut, run_.end(), run_.begin());
  run_.resize(run_.size() - cut);
  run_limit_ = end + 1;
}

// Fills the run, if anything may come before `end`. Run and heap are used up.
bool EventQueue::next_run(std::uint64_t end) {
  if (behind_.empty()) {
    if (far_.least() >= end) return false;
    if (set_ == EventSet::automatic && far_.size() <= kMostBehind / 4) {
      far_.take_all(behind_);
      set_horizon(~std::uint64_t{0});
      spill_at_ = kMostBehind;
    } else {
      far_.take_first(behind_);
      set_horizon(far_.horizon());
      if (set_ == EventSet::automatic) spill_at_ = 2 * kMostBehind;
    }
  }
  take_run_of_behind();
  sort_run();
  return true;
}

bool EventQueue::pop_slowly(std::uint64_t end, Event& event) {
  EventNode first;
  do {
    heap_.close();
    while (run_.empty() && heap_.empty()) {
      if (!next_run(end)) return false;
    }
    const bool from_heap = !heap_.empty() && (run_.empty() || before_(heap_.top(), run_.back()));
    first = from_heap ? heap_.top() : run_.back();
    if (first.upper >= end) return false;
    if (from_heap) {
      heap_.pop();
    } else {
      run_.pop_back();
    }
  } while (!take(first.upper, first.slot, event));
  return true;
}

// About a sixth of what is behind the run, the earliest: up to the second of a sample.
void EventQueue::take_run_of_behind() {
  const std::size_t n = behind_.size();
  if (n <= kFew) {
    run_.copy_from(behind_);
    behind_.clear();
    run_limit_ = behind_limit_;
    return;
  }
  std::uint64_t first = ~std::uint64_t{0}, second = first;
  for (std::size_t i = 0, step = n / kSamples; i < kSamples; ++i) {
    const std::uint64_t upper = behind_[i * step].upper;
    second = std::min(second, std::max(first, upper));
    first = std::min(first, upper);
  }
  run_limit_ = second + 1;
  // Without a branch, since nobody could guess it.
  run_.resize(n);
  EventNode *const run = run_.data(), *const behind = behind_.data();
  std::size_t taken = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const EventNode node = behind[i];
    run[taken] = node;
    behind[i - taken] = node;
    taken += node.upper <= second ? 1 : 0;
  }
  run_.resize(taken);
  behind_.resize(n - taken);
}

void EventQueue::sort_run() {
  const std::size_t n = run_.size();
  for (const EventNode& node : run_) __builtin_prefetch(&records_[node.slot]);
  if (n > kLongRun) {
    std::sort(run_.begin(), run_.end(), [&](const EventNode& a, const EventNode& b) { return before_(b, a); });
    return;
  }
  EventNode* const run = run_.data();
  for (std::size_t i = 1; i < n; ++i) {
    const EventNode node = run[i];
    std::size_t at = i;
    for (; at > 0 && before_(run[at - 1], node); --at) run[at] = run[at - 1];
    run[at] = node;
  }
}

// Takes all nodes into the scratch memory.
void EventQueue::gather_all() {
  scratch_.clear();
  for (const EventNode& node : run_) scratch_.push_back(node);
  for (const EventNode& node : behind_) scratch_.push_back(node);
  heap_.for_each([&](const EventNode& node) { scratch_.push_back(node); });
  chains_.for_each([&](std::uint64_t upper, std::uint32_t slot) {
    scratch_.push_back({upper, slot, EventNode::tie_of(records_[slot].key_lower)});
  });
  far_.take_all(scratch_);
  run_.clear();
  behind_.clear();
  heap_.clear();
  chains_.clear();
}

// Too many are behind the run: they go to the buckets, but for those of the present key.
void EventQueue::use_buckets() {
  if (far_.size() > 4 * behind_.size()) {  // would cost more than it can have saved
    spill_at_ *= 2;
    return;
  }
  gather_all();
  set_horizon(last_);
  run_limit_ = behind_limit_;
  for (const EventNode& node : scratch_) insert(node);
  spill_at_ = 2 * kMostBehind;
}

void EventQueue::tidy() {
  gather_all();
  const std::size_t spill_at = spill_at_;
  spill_at_ = ~std::size_t{0};
  for (const EventNode& node : scratch_) {
    if (records_[node.slot].cancelled) {
      records_.release(lane_, node.slot);
      --cancelled_;
    } else {
      insert(node);
    }
  }
  spill_at_ = spill_at;
}

void EventQueue::copy_from(const EventQueue& other) {
  set_ = other.set_;
  cancelled_ = other.cancelled_;
  spill_at_ = other.spill_at_;
  last_ = other.last_;
  run_limit_ = other.run_limit_;
  behind_limit_ = other.behind_limit_;
  run_.copy_from(other.run_);
  behind_.copy_from(other.behind_);
  heap_.copy_from(other.heap_);
  far_.copy_from(other.far_);
  chains_.copy_from(other.chains_);
}

}  // namespace tierworks::core
