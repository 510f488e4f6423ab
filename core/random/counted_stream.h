// A stream whose draws are counted: its n-th variate has exactly the bits of the addressed draw `randomness.draw(name, n)`,
// for less, because the first words of the next eight draws are computed together, in the lanes of a vector.
// Invariant: what is drawn depends on the index alone, not on what was asked for before.
// Cost: two cache lines; about half of an addressed draw. A variate that needs more than its first word (2 % of all
// exponential and normal ones) is drawn by its address.
#pragma once
#include <cstdint>
#include <string_view>
#include <type_traits>

#include "core/random/distribution.h"
#include "core/random/stream.h"
#include "core/random/ziggurat.h"

namespace tierworks::core {

class CountedStream {
 public:
  CountedStream(const Randomness& randomness, StreamName name, std::uint64_t first_index = 0)
      : key_(randomness.key(name)),
        index_(first_index),
        buffered_(first_index - kBuffer),
        replication_(randomness.replication) {}

  // A stream that needs no address but a name.
  CountedStream(std::uint64_t seed, std::string_view name)
      : CountedStream(Randomness{.seed = seed}, stream_name("", "", name)) {}

  // Index of the next variate, and how many have been drawn if the first one was 0.
  std::uint64_t index() const { return index_; }

  // Each of these is one variate and moves the index on by one.
  double uniform() { return unit_interval(next_word()); }  // in (0, 1)
  double exponential(double mean) {
    const auto point = ziggurat_detail::point_of(exponential_ziggurat, next_word());
    if (point.certain) [[likely]]
      return mean * point.x;
    Draw draw = last();
    return mean * standard_exponential(draw);
  }
  double normal() {  // mean 0, standard deviation 1
    const std::uint64_t word = next_word();
    const auto point = ziggurat_detail::point_of(normal_ziggurat, word);
    if (point.certain) [[likely]]
      return ziggurat_detail::with_sign_of(word, point.x);
    Draw draw = last();
    return standard_normal(draw);
  }
  double sample(const Distribution& distribution, const DistributionTables& tables);

 private:
  static constexpr std::uint64_t kBuffer = 8;

  std::uint64_t next_word() {
    if (index_ - buffered_ >= kBuffer) [[unlikely]]
      fill();
    return words_[index_++ - buffered_];
  }
  Draw last() const { return {key_, index_ - 1, replication_, 0}; }
  void fill();

  std::uint64_t key_;
  std::uint64_t index_;
  std::uint64_t buffered_;  // index of the draw of words_[0]
  std::uint32_t replication_;
  std::uint64_t words_[kBuffer] = {};  // first words of the draws from buffered_ on
};
static_assert(std::is_trivially_copyable_v<CountedStream>);

}  // namespace tierworks::core
