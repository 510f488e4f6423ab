// What both sides of a comparison draw from, so that only the event set differs: SplitMix64 (Steele, Lea, Flood, "Fast
// splittable pseudorandom number generators", OOPSLA 2014) and the exponential ziggurat of the kernel.
#pragma once
#include <cstdint>

#include "core/random/ziggurat.h"

namespace tierworks::bench {

class FastWords {
 public:
  explicit FastWords(std::uint64_t seed) : state_(seed) {}
  std::uint64_t word() {
    std::uint64_t z = state_ += 0x9e3779b97f4a7c15U;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31);
  }
  // In (0, 1).
  double uniform() { return static_cast<double>(static_cast<std::int64_t>((word() >> 11) | 1U)) * 0x1p-53; }
  double exponential(double mean) {
    const std::uint64_t first = word();
    const auto point = core::ziggurat_detail::point_of(core::exponential_ziggurat, first);
    if (point.certain) [[likely]]
      return mean * point.x;
    core::Draw rest(first, word(), 0, 0);
    return mean * core::ziggurat_detail::exponential_after(first, rest);
  }

 private:
  std::uint64_t state_;
};

}  // namespace tierworks::bench
