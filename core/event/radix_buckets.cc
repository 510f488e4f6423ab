#include "core/event/radix_buckets.h"

#include <algorithm>

namespace tierworks::core {

namespace {

// A bucket of more events is spread further before it is taken.
constexpr std::size_t kMostTaken = 256;

}  // namespace

void RadixBuckets::reset(std::uint64_t horizon) {
  horizon_ = horizon;
  buckets_.fill({});
  digits_used_.fill(0);
  levels_used_ = 0;
  size_ = 0;
  blocks_.reset();
}

void RadixBuckets::push(EventNode node) {
  const std::uint64_t difference = node.upper ^ horizon_;
  const std::size_t level = static_cast<std::size_t>(63 - std::countl_zero(difference | 1)) / kDigitBits;
  const std::size_t digit = (node.upper >> (level * kDigitBits)) & (kDigits - 1);
  Bucket& bucket = buckets_[level * kDigits + digit];
  Ref block = bucket.first;
  if (block == kNoRef || blocks_[block].size == kBlockNodes) {
    const Ref fresh = blocks_.allocate(Lane{0});
    blocks_[fresh].next = block;
    blocks_[fresh].size = 0;
    bucket.first = block = fresh;
  }
  blocks_[block].nodes[blocks_[block].size++] = node;
  ++bucket.size;
  bucket.least = std::min(bucket.least, node.upper);
  digits_used_[level] |= static_cast<std::uint8_t>(1U << digit);
  levels_used_ |= 1U << level;
  ++size_;
}

void RadixBuckets::take_first(StableArray<EventNode>& nodes) {
  std::size_t last = lowest_bucket();
  while (last >= kDigits && buckets_[last].size > kMostTaken) {
    spread(last);
    last = lowest_bucket();
  }
  std::size_t events = 0;
  for (std::size_t b = last; b < buckets_.size() && events + buckets_[b].size <= kMostTaken; ++b) {
    events += buckets_[b].size;
    if (buckets_[b].size > 0) last = b;
  }
  for (std::size_t b = lowest_bucket(); b <= last; ++b) take_bucket(b, nodes);
  // The last key that these buckets could hold.
  const std::size_t shift = last / kDigits * kDigitBits;
  const std::uint64_t digits =
      (static_cast<std::uint64_t>(last % kDigits) << shift) | ((std::uint64_t{1} << shift) - 1);
  const std::uint64_t above = shift + kDigitBits < 64 ? ~std::uint64_t{0} << (shift + kDigitBits) : 0;
  horizon_ = (horizon_ & above) | digits;
}

void RadixBuckets::take_all(StableArray<EventNode>& nodes) {
  for (std::size_t b = 0; b < buckets_.size(); ++b) take_bucket(b, nodes);
}

// Empties a bucket and leaves its nodes to the caller.
RadixBuckets::Bucket RadixBuckets::take(std::size_t b) {
  const Bucket bucket = buckets_[b];
  buckets_[b] = {};
  const std::size_t level = b / kDigits;
  digits_used_[level] &= static_cast<std::uint8_t>(~(1U << (b % kDigits)));
  if (digits_used_[level] == 0) levels_used_ &= ~(1U << level);
  size_ -= bucket.size;
  return bucket;
}

// All lines of a block that is wanted soon.
void RadixBuckets::fetch(Ref block) const {
  if (block == kNoRef) return;
  const auto* const bytes = reinterpret_cast<const char*>(&blocks_[block]);
  for (std::size_t at = 0; at < sizeof(Block); at += 64) __builtin_prefetch(bytes + at);
}

void RadixBuckets::take_bucket(std::size_t b, StableArray<EventNode>& nodes) {
  if (buckets_[b].size == 0) return;
  const Bucket bucket = take(b);
  std::size_t n = nodes.size();
  nodes.resize(n + bucket.size);
  for (Ref ref = bucket.first; ref != kNoRef;) {
    const Block& block = blocks_[ref];
    const Ref next = block.next;
    fetch(next);
    for (std::uint32_t i = 0; i < block.size; ++i) nodes[n + i] = block.nodes[i];
    n += block.size;
    blocks_.release(Lane{0}, ref);
    ref = next;
  }
}

// Puts the events of a bucket into those of lower levels: all share the digits from the bucket's level upwards with the
// least of them. (Until the last step of `take_first` the horizon is only what buckets are relative to.)
void RadixBuckets::spread(std::size_t b) {
  const Bucket bucket = take(b);
  horizon_ = bucket.least;
  for (Ref ref = bucket.first; ref != kNoRef;) {
    const Ref next = blocks_[ref].next;
    fetch(next);
    const std::uint32_t size = blocks_[ref].size;
    for (std::uint32_t i = 0; i < size; ++i) push(blocks_[ref].nodes[i]);
    blocks_.release(Lane{0}, ref);
    ref = next;
  }
}

void RadixBuckets::copy_from(const RadixBuckets& other) {
  horizon_ = other.horizon_;
  buckets_ = other.buckets_;
  digits_used_ = other.digits_used_;
  levels_used_ = other.levels_used_;
  size_ = other.size_;
  blocks_.copy_from(other.blocks_);
}

}  // namespace tierworks::core
