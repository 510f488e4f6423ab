// Addressed randomness: a draw is a pure function of (seed, replication, stream, index, visit), so that nobody's numbers
// move when somebody else draws more. Philox4x32-10 (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC11).
// Outside causes use index = their own count; draws of an entity use index = its number, visit = its step.
// Cost: one Philox block (two uniforms) per variate; a variate that needs more uniforms takes further blocks of its own.
#pragma once
#include <cstdint>
#include <string_view>

#include "core/base/hash.h"

namespace tierworks::core {

// Stable hash of (place name, component name, purpose): the identity of a stream, independent of seed and replication.
struct StreamName {
  std::uint64_t hash = 0;
};
StreamName stream_name(std::string_view place, std::string_view component, std::string_view purpose);

// The uniforms of one variate. Philox's key is 64 bits of (seed, stream); its counter holds index (64), replication (32),
// visit (24) and block (8), so all of these addresses are distinct. Beyond 2^24 visits, or 256 blocks (512 uniforms) of one
// variate, the key itself is hashed onwards, which keeps addresses distinct but for chance collisions of 64-bit hashes.
class Draw {
 public:
  Draw(std::uint64_t key, std::uint64_t index, std::uint32_t replication, std::uint32_t visit)
      : key_(key), index_(index), replication_(replication), visit_and_block_(visit << kBlockBits) {
    if (const std::uint32_t beyond = visit >> (32 - kBlockBits); beyond != 0) [[unlikely]]
      key_ = chained(key, beyond);
  }
  // In (0, 1), never 0 or 1: an odd multiple of 2^-53, that is the centre of one of 2^52 equal cells, exactly. (Centres of
  // 2^53 cells are no doubles above 1/2, and the last one would round to 1.)
  double uniform() {
    if (second_ == 0) return next_block();
    const double u = second_;
    second_ = 0;
    return u;
  }

 private:
  static constexpr int kBlockBits = 8;
  static constexpr std::uint32_t kLastBlock = (1U << kBlockBits) - 1;
  static constexpr std::uint64_t kAfterLastBlock = std::uint64_t{1} << 32;  // no value of a visit's upper bits

  static double in_unit_interval(std::uint32_t low, std::uint32_t high) {
    const std::uint64_t bits = (std::uint64_t{high} << 32) | low;
    return static_cast<double>(static_cast<std::int64_t>((bits >> 11) | 1U)) * 0x1p-53;
  }
  double next_block();

  std::uint64_t key_;
  std::uint64_t index_;
  std::uint32_t replication_;
  std::uint32_t visit_and_block_;
  double second_ = 0;  // the block's second uniform; 0 when there is none
};

// Seed and replication of a run: the one thing that turns names into numbers.
struct Randomness {
  std::uint64_t seed = 1;
  std::uint32_t replication = 0;
  Draw draw(StreamName name, std::uint64_t index, std::uint32_t visit = 0) const {
    // For one seed, different names have different keys: every step is a bijection of the name's hash.
    return {mix64(name.hash ^ (seed * 0x9e3779b97f4a7c15U)), index, replication, visit};
  }
};

}  // namespace tierworks::core
