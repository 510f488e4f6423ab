#include "core/random/philox_lanes.h"

#if defined(__SSE2__)
#include <immintrin.h>
#else
#include "core/random/stream.h"
#endif

namespace tierworks::core {

#if defined(__SSE2__)

namespace {

// What Philox asks of a vector of 64-bit lanes. `product` multiplies the lower halves, so that the upper ones may hold
// anything between the rounds.
#if defined(__AVX2__)
using Lanes = __m256i;
inline Lanes all(std::uint64_t x) { return _mm256_set1_epi64x(static_cast<std::int64_t>(x)); }
inline Lanes numbered() { return _mm256_set_epi64x(3, 2, 1, 0); }
inline Lanes sum(Lanes a, Lanes b) { return _mm256_add_epi64(a, b); }
inline Lanes product(Lanes a, Lanes b) { return _mm256_mul_epu32(a, b); }
inline Lanes differing(Lanes a, Lanes b) { return _mm256_xor_si256(a, b); }
inline Lanes upper(Lanes a) { return _mm256_srli_epi64(a, 32); }
inline Lanes raised(Lanes a) { return _mm256_slli_epi64(a, 32); }
inline void store(std::uint64_t* to, Lanes a) { _mm256_storeu_si256(reinterpret_cast<Lanes*>(to), a); }
#else
using Lanes = __m128i;
inline Lanes all(std::uint64_t x) { return _mm_set1_epi64x(static_cast<std::int64_t>(x)); }
inline Lanes numbered() { return _mm_set_epi64x(1, 0); }
inline Lanes sum(Lanes a, Lanes b) { return _mm_add_epi64(a, b); }
inline Lanes product(Lanes a, Lanes b) { return _mm_mul_epu32(a, b); }
inline Lanes differing(Lanes a, Lanes b) { return _mm_xor_si128(a, b); }
inline Lanes upper(Lanes a) { return _mm_srli_epi64(a, 32); }
inline Lanes raised(Lanes a) { return _mm_slli_epi64(a, 32); }
inline void store(std::uint64_t* to, Lanes a) { _mm_storeu_si128(reinterpret_cast<Lanes*>(to), a); }
#endif

constexpr int kWidth = sizeof(Lanes) / sizeof(std::uint64_t);
constexpr int kVectors = kPhiloxLanes / kWidth;
constexpr int kRounds = 10;

// Multipliers and key increments of Philox4x32 (Salmon et al., SC11).
constexpr std::uint64_t kMultiplier0 = 0xd2511f53, kMultiplier1 = 0xcd9e8d57;
constexpr std::uint32_t kIncrement0 = 0x9e3779b9, kIncrement1 = 0xbb67ae85;

struct Counter {
  Lanes c0, c1, c2, c3;
};

inline Counter round_of(const Counter& c, Lanes key0, Lanes key1) {
  const Lanes p0 = product(c.c0, all(kMultiplier0));
  const Lanes p1 = product(c.c2, all(kMultiplier1));
  return {differing(differing(c.c1, key0), upper(p1)), p1, differing(differing(c.c3, key1), upper(p0)), p0};
}

}  // namespace

void philox_first_words(std::uint64_t key, std::uint64_t index, std::uint32_t replication,
                        std::uint64_t (&words)[kPhiloxLanes]) {
  Counter counters[kVectors];
  for (int v = 0; v < kVectors; ++v) {
    const Lanes indices = sum(all(index + static_cast<std::uint64_t>(v * kWidth)), numbered());
    counters[v] = {indices, upper(indices), all(replication), all(0)};
  }
  auto key0 = static_cast<std::uint32_t>(key);
  auto key1 = static_cast<std::uint32_t>(key >> 32);
  // Unrolled, the counters stay in registers and the keys become constants away from each other, at -O2 too.
#pragma GCC unroll 10
  for (int round = 0; round < kRounds; ++round, key0 += kIncrement0, key1 += kIncrement1) {
#pragma GCC unroll 4
    for (int v = 0; v < kVectors; ++v) counters[v] = round_of(counters[v], all(key0), all(key1));
  }
  for (int v = 0; v < kVectors; ++v) {
    const Counter& c = counters[v];
    store(words + v * kWidth, differing(raised(c.c1), upper(raised(c.c0))));
  }
}

#else

void philox_first_words(std::uint64_t key, std::uint64_t index, std::uint32_t replication,
                        std::uint64_t (&words)[kPhiloxLanes]) {
  for (std::uint64_t& word : words) word = Draw(key, index++, replication, 0).word();
}

#endif

}  // namespace tierworks::core
