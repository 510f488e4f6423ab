// Events beyond a horizon, in the buckets of a monotone radix heap (Ahuja, Mehlhorn, Orlin, Tarjan, "Faster algorithms for the
// shortest path problem", 1990) in base 8: the bucket of level l and digit d holds the keys that agree with the horizon but
// for digit l, where they have d, and lower ones. Simulated time never runs back, so events only ever move to lower levels.
// Cost: a push is O(1); an event is moved O(64) times at worst and a few on average. Memory: 16 bytes an event, in blocks.
#pragma once
#include <array>
#include <bit>
#include <cstdint>

#include "core/base/pool.h"
#include "core/base/stable_array.h"
#include "core/event/event_node.h"

namespace tierworks::core {

class RadixBuckets {
 public:
  // Upper halves of keys up to here are not kept here.
  std::uint64_t horizon() const { return horizon_; }
  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  // The least upper half of a key; ~0 if there is none.
  std::uint64_t least() const { return levels_used_ == 0 ? ~std::uint64_t{0} : buckets_[lowest_bucket()].least; }
  // `node` lies beyond the horizon.
  void push(EventNode node);
  // Moves the first events, at most some hundred unless they cannot be told apart, to the end of `nodes`, in no order, and
  // the horizon so far that what is left lies beyond it. Of buckets that are not empty.
  void take_first(StableArray<EventNode>& nodes);
  // Moves all to the end of `nodes`, in no order.
  void take_all(StableArray<EventNode>& nodes);
  // Of buckets that are empty.
  void set_horizon(std::uint64_t horizon) { horizon_ = horizon; }
  void reset(std::uint64_t horizon);
  template <class F>
  void for_each(F&& visit) const {
    for (const Bucket& bucket : buckets_) {
      for (Ref block = bucket.first; block != kNoRef; block = blocks_[block].next) {
        for (std::uint32_t i = 0; i < blocks_[block].size; ++i) visit(blocks_[block].nodes[i]);
      }
    }
  }
  void copy_from(const RadixBuckets& other);
  std::uint64_t growths() const { return blocks_.growths(); }
  std::size_t bytes_used() const { return blocks_.bytes_used(); }

 private:
  static constexpr std::uint32_t kBlockNodes = 31;
  struct Block {
    Ref next;
    std::uint32_t size;
    std::uint64_t unused;
    std::array<EventNode, kBlockNodes> nodes;
  };
  static_assert(sizeof(Block) == 512);
  static constexpr int kDigitBits = 3;
  static constexpr std::size_t kDigits = std::size_t{1} << kDigitBits;
  static constexpr std::size_t kLevels = (64 + kDigitBits - 1) / kDigitBits;
  struct Bucket {
    Ref first = kNoRef;
    std::uint32_t size = 0;
    std::uint64_t least = ~std::uint64_t{0};
  };

  std::size_t lowest_bucket() const {
    const auto level = static_cast<std::size_t>(std::countr_zero(levels_used_));
    return level * kDigits + static_cast<std::size_t>(std::countr_zero(digits_used_[level]));
  }
  Bucket take(std::size_t bucket);
  void fetch(Ref block) const;
  void spread(std::size_t bucket);
  void take_bucket(std::size_t bucket, StableArray<EventNode>& nodes);

  std::uint64_t horizon_ = ~std::uint64_t{0};
  std::array<Bucket, kLevels * kDigits> buckets_{};  // of level l, digit d: row l * kDigits + d
  std::array<std::uint8_t, kLevels> digits_used_{};  // bit d: the bucket of digit d is not empty
  std::uint32_t levels_used_ = 0;                    // bit l: some bucket of level l is not empty
  std::size_t size_ = 0;
  Pool<Block> blocks_;
};

}  // namespace tierworks::core
