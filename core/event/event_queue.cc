#include "core/event/event_queue.h"

#include <algorithm>

namespace tierworks::core {

namespace {

// Up to this many events a heap is the faster structure; measured with `bench/run kernel`.
constexpr std::size_t kMostNear = 1024;
// A bucket of so many events is sorted rather than spread further.
constexpr std::size_t kMostSorted = 256;
constexpr std::size_t kAhead = 12;  // records fetched ahead of their use

}  // namespace

EventQueue::EventQueue(EventRecords& records, Lane lane, EventSet set) : records_(records), lane_(lane), set_(set) {
  reset(set);
}

void EventQueue::reset(EventSet set) {
  set_ = set;
  heap_.settle();
  run_.settle();
  scratch_.settle();
  fill_behind(0, heap_size_);
  run_.clear();
  far_.reset();
  hole_ = false;
  heap_size_ = 0;
  cancelled_ = 0;
  spill_at_ = set == EventSet::automatic ? kMostNear : ~std::size_t{0};
  last_ = 0;
  horizon_ = set == EventSet::radix ? 0 : ~std::uint64_t{0};
  buckets_.fill({});
  digits_used_.fill(0);
  levels_used_ = 0;
  far_size_ = 0;
  due_.settle();
  due_later_.settle();
  chains_ = 0;
  forget_instants();
}

std::uint64_t EventQueue::least_upper() const {
  std::uint64_t least = ~std::uint64_t{0};
  if (hole_) {
    for (std::size_t i = 1; i < std::min<std::size_t>(heap_size_, 5); ++i) least = std::min(least, heap()[i].upper);
  } else if (heap_size_ > 0) {
    least = heap()->upper;
  }
  if (!run_.empty()) least = std::min(least, run_.back().upper);
  if (due_next_ < due_.size() || !due_later_.empty()) least = std::min(least, present_);
  if (levels_used_ != 0) least = std::min(least, buckets_[lowest_bucket()].least);
  return least;
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

// Without a branch but for ties, which are settled with care.
std::size_t EventQueue::least_of_four(const Node* child) const {
  const std::uint64_t u0 = child[0].upper, u1 = child[1].upper, u2 = child[2].upper, u3 = child[3].upper;
  const bool second = u1 < u0, fourth = u3 < u2;
  const std::uint64_t left = second ? u1 : u0, right = fourth ? u3 : u2;
  if (((u0 == u1) | (u2 == u3) | (left == right)) == 0) [[likely]]
    return right < left ? (fourth ? 3 : 2) : (second ? 1 : 0);
  const std::size_t a = before(child[1], child[0]) ? 1 : 0;
  const std::size_t b = before(child[3], child[2]) ? 3 : 2;
  return before(child[b], child[a]) ? b : a;
}

// Bottom up: the hole sinks along the least children to a leaf without looking at `node`, which then rises from there.
// What is put in at the top comes from the bottom of the heap, or is to happen later than most, so it seldom rises far.
void EventQueue::sift_down(std::size_t top, Node node) {
  Node* const h = heap();
  const std::size_t n = heap_size_;
  std::size_t hole = top;
  for (std::size_t first = 4 * top + 1; first < n; first = 4 * hole + 1) {
    const std::size_t least = first + least_of_four(h + first);
    h[hole] = h[least];
    hole = least;
  }
  while (hole > top) {
    const std::size_t parent = (hole - 1) / 4;
    if (!before(node, h[parent])) break;
    h[hole] = h[parent];
    hole = parent;
  }
  h[hole] = node;
}

void EventQueue::fill_behind(std::size_t from, std::size_t to) {
  Node* const h = heap();
  for (std::size_t i = from; i < to; ++i) h[i] = {~std::uint64_t{0} - (i & 3), 0, 0};
}

void EventQueue::grow_heap() {
  const std::size_t before = std::max(heap_.size(), kRoot) - kRoot;
  heap_.resize(std::max<std::size_t>(64, 2 * heap_.size()));
  fill_behind(before, heap_.size() - kRoot);
}

void EventQueue::close_hole() {
  hole_ = false;
  const Node last = heap()[--heap_size_];
  fill_behind(heap_size_, heap_size_ + 1);
  if (heap_size_ > 0) sift_down(0, last);
}

void EventQueue::push_far(const Node& node) {
  const std::uint64_t difference = node.upper ^ horizon_;
  const std::size_t level = static_cast<std::size_t>(63 - std::countl_zero(difference | 1)) / kDigitBits;
  const std::size_t digit = (node.upper >> (level * kDigitBits)) & (kDigits - 1);
  Bucket& bucket = buckets_[level * kDigits + digit];
  Ref block = bucket.first;
  if (block == kNoRef || far_[block].size == kBlockNodes) {
    const Ref fresh = far_.allocate(Lane{0});
    far_[fresh].next = block;
    far_[fresh].size = 0;
    bucket.first = block = fresh;
  }
  far_[block].nodes[far_[block].size++] = node;
  ++bucket.size;
  bucket.least = std::min(bucket.least, node.upper);
  digits_used_[level] |= static_cast<std::uint8_t>(1U << digit);
  levels_used_ |= 1U << level;
  ++far_size_;
}

// Makes the first events of the buckets near, if any may come before `end`. The near ones are all gone.
bool EventQueue::refill(std::uint64_t end) {
  if (buckets_[lowest_bucket()].least >= end) return false;
  if (set_ == EventSet::automatic && far_size_ <= kMostNear / 4) {
    gather_all();
    horizon_ = ~std::uint64_t{0};
    spill_at_ = kMostNear;
    for (const Node& node : scratch_) push_near(node);
    return true;
  }
  if (set_ == EventSet::automatic) spill_at_ = 2 * kMostNear;
  std::size_t last = lowest_bucket();
  while (last >= kDigits && buckets_[last].size > kMostSorted) {
    spread(last);
    last = lowest_bucket();
  }
  std::size_t events = 0;
  for (std::size_t b = last; b < buckets_.size() && events + buckets_[b].size <= kMostSorted; ++b) {
    events += buckets_[b].size;
    if (buckets_[b].size > 0) last = b;
  }
  take_run(last);
  return true;
}

// Empties a bucket and leaves its nodes to the caller.
EventQueue::Bucket EventQueue::take(std::size_t b) {
  const Bucket bucket = buckets_[b];
  buckets_[b] = {};
  const std::size_t level = b / kDigits;
  digits_used_[level] &= static_cast<std::uint8_t>(~(1U << (b % kDigits)));
  if (digits_used_[level] == 0) levels_used_ &= ~(1U << level);
  far_size_ -= bucket.size;
  return bucket;
}

// Moves the nodes of a bucket to the end of the scratch memory.
void EventQueue::take_bucket(std::size_t b) {
  if (buckets_[b].size == 0) return;
  const Bucket bucket = take(b);
  std::size_t n = scratch_.size();
  scratch_.resize(n + bucket.size);
  for (Ref ref = bucket.first; ref != kNoRef;) {
    const Block& block = far_[ref];
    const Ref next = block.next;
    if (next != kNoRef) __builtin_prefetch(&far_[next]);
    for (std::uint32_t i = 0; i < block.size; ++i) scratch_[n + i] = block.nodes[i];
    n += block.size;
    far_.release(Lane{0}, ref);
    ref = next;
  }
}

// Puts the events of a bucket into those of lower levels: all share the digits from the bucket's level upwards with the
// least of them. (Until `take_run` the horizon is only what buckets are relative to.)
void EventQueue::spread(std::size_t b) {
  const Bucket bucket = take(b);
  horizon_ = bucket.least;
  for (Ref ref = bucket.first; ref != kNoRef;) {
    const Ref next = far_[ref].next;
    if (next != kNoRef) __builtin_prefetch(&far_[next]);
    const std::uint32_t size = far_[ref].size;
    for (std::uint32_t i = 0; i < size; ++i) push_far(far_[ref].nodes[i]);
    far_.release(Lane{0}, ref);
    ref = next;
  }
}

// The events of the buckets up to `last` become the near run, and the horizon the last key that these could hold.
void EventQueue::take_run(std::size_t last) {
  scratch_.clear();
  for (std::size_t b = lowest_bucket(); b <= last; ++b) take_bucket(b);
  const std::size_t shift = last / kDigits * kDigitBits;
  const std::uint64_t digits =
      (static_cast<std::uint64_t>(last % kDigits) << shift) | ((std::uint64_t{1} << shift) - 1);
  const std::uint64_t above = shift + kDigitBits < 64 ? ~std::uint64_t{0} << (shift + kDigitBits) : 0;
  horizon_ = (horizon_ & above) | digits;
  const std::size_t n = scratch_.size();
  for (std::size_t i = 0; i < n; ++i) {
    if (i + kAhead < n) __builtin_prefetch(&records_[scratch_[i + kAhead].slot]);
    const Node& node = scratch_[i];
    const EventRecord& r = records_[node.slot];
    if (r.cancelled) {
      drop(node.slot);
    } else {
      run_.push_back({node.upper, r.key_lower, node.slot, 0});
    }
  }
  std::sort(run_.begin(), run_.end(), [](const Sorted& a, const Sorted& b) {
    return a.upper != b.upper ? a.upper > b.upper : a.lower > b.lower;
  });
}

// Takes all nodes into the scratch memory; of chains each event by itself.
void EventQueue::gather_all() {
  scratch_.clear();
  if (by_instants()) {
    const auto take_one = [&](std::uint64_t upper, Ref slot) {
      scratch_.push_back({upper, slot, tie_of(records_[slot].key_lower)});
    };
    for (std::size_t i = hole_ ? 1 : 0; i < heap_size_; ++i) {
      for (Ref ref = heap()[i].slot; ref != kNoRef; ref = links_[ref].next) {
        const Link& link = links_[ref];
        for (std::uint32_t k = 0; k < link.size; ++k) take_one(heap()[i].upper, link.events[k].slot);
      }
    }
    for (std::size_t i = due_next_; i < due_.size(); ++i) take_one(present_, due_[i].slot);
    for (const Due& due : due_later_) take_one(present_, due.slot);
    hole_ = false;
    fill_behind(0, heap_size_);
    heap_size_ = 0;
    forget_instants();
    return;
  }
  for (std::size_t i = hole_ ? 1 : 0; i < heap_size_; ++i) scratch_.push_back(heap()[i]);
  hole_ = false;
  fill_behind(0, heap_size_);
  heap_size_ = 0;
  for (const Sorted& s : run_) scratch_.push_back({s.upper, s.slot, tie_of(s.lower)});
  run_.clear();
  for (std::size_t b = 0; b < buckets_.size(); ++b) take_bucket(b);
}

// The heap has grown too large: its events go to the buckets, but for those of the present key.
void EventQueue::rebuild_far() {
  if (far_size_ > 4 * heap_size_) {  // would cost more than it can have saved
    spill_at_ *= 2;
    return;
  }
  gather_all();
  horizon_ = last_;
  spill_at_ = ~std::size_t{0};
  for (const Node& node : scratch_) insert(node);
  spill_at_ = std::max(2 * kMostNear, 2 * heap_size_);
}

void EventQueue::tidy() {
  gather_all();
  const std::size_t spill_at = spill_at_;
  spill_at_ = ~std::size_t{0};
  for (const Node& node : scratch_) {
    if (records_[node.slot].cancelled) {
      drop(node.slot);
    } else {
      insert(node);
    }
  }
  spill_at_ = spill_at;
}

void EventQueue::forget_instants() {
  chained_ = 0;
  present_ = ~std::uint64_t{0};
  due_next_ = 0;
  due_.clear();
  due_later_.clear();
  links_.reset();
  open_.fill({});
}

// For the instant and phase that are being handled: behind all that is in order, or in its place among it.
void EventQueue::push_due(std::uint64_t lower, std::uint32_t slot) {
  const Due due{lower, slot, 0};
  if (due_next_ == due_.size() || due_.back().lower < lower) {
    due_later_.push_back(due);
    return;
  }
  due_.push_back(due);
  const auto place = std::upper_bound(due_.begin() + due_next_, due_.end() - 1, due,
                                      [](const Due& a, const Due& b) { return a.lower < b.lower; });
  std::rotate(place, due_.end() - 1, due_.end());
}

void EventQueue::sort_due() {
  const auto before = [](const Due& a, const Due& b) { return a.lower < b.lower; };
  if (!std::is_sorted(due_.begin(), due_.end(), before)) std::sort(due_.begin(), due_.end(), before);
}

// All of the present happened: what waits behind it becomes due, or the chains of the next key. Afterwards something is due.
bool EventQueue::open_next(std::uint64_t end) {
  due_.clear();
  due_next_ = 0;
  if (!due_later_.empty()) {
    due_.copy_from(due_later_);
    due_later_.clear();
    sort_due();
    return true;
  }
  while (due_.empty()) {
    if (heap_size_ == 0 || heap()->upper >= end) return false;
    const std::uint64_t upper = heap()->upper;
    // A key may have several chains, if others took its place among those that grow.
    while (heap_size_ > 0 && heap()->upper == upper) {
      for (Ref ref = heap()->slot; ref != kNoRef;) {
        const Link& link = links_[ref];
        const Ref next = link.next;
        if (next != kNoRef) __builtin_prefetch(&links_[next]);
        for (std::uint32_t i = 0; i < link.size; ++i) due_.push_back(link.events[i]);
        chained_ -= link.size;
        links_.release(Lane{0}, ref);
        ref = next;
      }
      close_hole();
    }
    Open& open = open_at(upper);
    if (open.upper == upper) open = {};
    if (!due_.empty()) present_ = upper;
  }
  sort_due();
  return true;
}

void EventQueue::copy_from(const EventQueue& other) {
  set_ = other.set_;
  hole_ = other.hole_;
  while (heap_.size() < other.heap_.size()) grow_heap();
  std::copy_n(other.heap(), other.heap_size_, heap());
  fill_behind(other.heap_size_, std::max(heap_size_, other.heap_size_));
  heap_size_ = other.heap_size_;
  cancelled_ = other.cancelled_;
  spill_at_ = other.spill_at_;
  horizon_ = other.horizon_;
  last_ = other.last_;
  run_.copy_from(other.run_);
  buckets_ = other.buckets_;
  digits_used_ = other.digits_used_;
  levels_used_ = other.levels_used_;
  far_size_ = other.far_size_;
  far_.copy_from(other.far_);
  chained_ = other.chained_;
  present_ = other.present_;
  due_next_ = other.due_next_;
  due_.copy_from(other.due_);
  due_later_.copy_from(other.due_later_);
  chains_ = other.chains_;
  links_.copy_from(other.links_);
  open_ = other.open_;
}

}  // namespace tierworks::core
