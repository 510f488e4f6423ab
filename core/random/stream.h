// Addressed randomness: a draw is a pure function of (seed, replication, stream, index, visit), so that nobody's numbers
// move when somebody else draws more. Philox4x32-10 (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC11).
// Outside causes use index = their own count; draws of an entity use index = its number, visit = its step.
// Cost: one Philox block (two words of 64 bits) per variate; a variate that needs more words takes further blocks of its
// own. A cause that counts its draws gets the same numbers for less from a CountedStream.
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

// The 53 upper bits of a word, the last of them set.
inline std::int64_t odd_53_bits(std::uint64_t word) { return static_cast<std::int64_t>((word >> 11) | 1U); }
// In (0, 1), never 0 or 1: an odd multiple of 2^-53, that is the centre of one of 2^52 equal cells, exactly. (Centres of
// 2^53 cells are no doubles above 1/2, and the last one would round to 1.) The lowest twelve bits have no influence.
inline double unit_interval(std::uint64_t word) { return static_cast<double>(odd_53_bits(word)) * 0x1p-53; }

// The random words of one variate. Philox's key is 64 bits of (seed, stream); its counter holds index (64), replication
// (32), visit (24) and block (8), so all of these addresses are distinct. Beyond 2^24 visits, or 256 blocks (512 words) of
// one variate, the key itself is hashed onwards, which keeps addresses distinct but for chance collisions of 64-bit hashes.
class Draw {
 public:
  Draw(std::uint64_t key, std::uint64_t index, std::uint32_t replication, std::uint32_t visit)
      : key_(key), index_(index), replication_(replication), visit_and_block_(visit << kBlockBits) {
    if (const std::uint32_t beyond = visit >> (32 - kBlockBits); beyond != 0) [[unlikely]]
      key_ = chained(key, beyond);
  }
  // The same draw, told what its first word will be: for who computes those of many draws at once.
  static Draw with_first_word(std::uint64_t key, std::uint64_t index, std::uint32_t replication, std::uint64_t word,
                              std::uint32_t visit = 0) {
    Draw draw(key, index, replication, visit);
    draw.ready_ = word;
    draw.has_ready_ = draw.first_is_known_ = true;
    return draw;
  }
  // 64 random bits.
  std::uint64_t word() {
    if (!has_ready_) return next_block();
    has_ready_ = false;
    return ready_;
  }
  double uniform() { return unit_interval(word()); }

 private:
  static constexpr int kBlockBits = 8;
  static constexpr std::uint32_t kLastBlock = (1U << kBlockBits) - 1;
  static constexpr std::uint64_t kAfterLastBlock = std::uint64_t{1} << 32;  // no value of a visit's upper bits

  std::uint64_t next_block();

  std::uint64_t key_;
  std::uint64_t index_;
  std::uint32_t replication_;
  std::uint32_t visit_and_block_;
  std::uint64_t ready_ = 0;  // the next word, if has_ready_: the second one of a block
  bool has_ready_ = false;
  bool first_is_known_ = false;  // the next block's first word has been given already
};

// Seed and replication of a run: the one thing that turns names into numbers.
struct Randomness {
  std::uint64_t seed = 1;
  std::uint32_t replication = 0;
  // For one seed, different names have different keys: every step is a bijection of the name's hash.
  std::uint64_t key(StreamName name) const { return mix64(name.hash ^ (seed * 0x9e3779b97f4a7c15U)); }
  Draw draw(StreamName name, std::uint64_t index, std::uint32_t visit = 0) const {
    return {key(name), index, replication, visit};
  }
};

}  // namespace tierworks::core
