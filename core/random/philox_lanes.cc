#include "core/random/philox_lanes.h"

#include <algorithm>

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
inline Lanes load(const std::uint64_t* from) { return _mm256_loadu_si256(reinterpret_cast<const Lanes*>(from)); }
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
inline Lanes load(const std::uint64_t* from) { return _mm_loadu_si128(reinterpret_cast<const Lanes*>(from)); }
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

// Ten rounds of so many vectors of blocks. Unrolled, the counters stay in registers and the keys become constants away from
// each other, at -O2 too.
template <int vectors>
inline void ten_rounds(Counter (&counters)[vectors], std::uint64_t key) {
  auto key0 = static_cast<std::uint32_t>(key);
  auto key1 = static_cast<std::uint32_t>(key >> 32);
#pragma GCC unroll 10
  for (int round = 0; round < kRounds; ++round, key0 += kIncrement0, key1 += kIncrement1) {
#pragma GCC unroll 4
    for (int v = 0; v < vectors; ++v) counters[v] = round_of(counters[v], all(key0), all(key1));
  }
}

inline Lanes first_word(const Counter& c) { return differing(raised(c.c1), upper(raised(c.c0))); }
inline Lanes second_word(const Counter& c) { return differing(raised(c.c3), upper(raised(c.c2))); }

// The blocks whose last counter is 0, step, 2 step, ...; `write(i, first words, second words)` for those from i on.
template <int vectors, class Write>
inline void some_blocks(std::uint64_t key, std::uint64_t index, std::uint32_t replication, std::uint64_t step,
                        std::size_t from, Write&& write) {
  Counter counters[vectors];
  alignas(sizeof(Lanes)) std::uint64_t lanes[kWidth];
  for (int v = 0; v < vectors; ++v) {
    for (int i = 0; i < kWidth; ++i) lanes[i] = (from + static_cast<std::size_t>(v * kWidth + i)) * step;
    counters[v] = {all(index), all(index >> 32), all(replication), load(lanes)};
  }
  ten_rounds(counters, key);
  for (int v = 0; v < vectors; ++v) {
    write(from + static_cast<std::size_t>(v * kWidth), first_word(counters[v]), second_word(counters[v]));
  }
}

// Full groups of two vectors, and what is left by one.
template <class Write>
inline void blocks(std::uint64_t key, std::uint64_t index, std::uint32_t replication, std::uint64_t step, std::size_t n,
                   Write&& write) {
  std::size_t from = 0;
  for (; from + kWidth < n; from += 2 * kWidth) some_blocks<2>(key, index, replication, step, from, write);
  if (from < n) some_blocks<1>(key, index, replication, step, from, write);
}

}  // namespace

void philox_words_of_visits(std::uint64_t key, std::uint64_t index, std::uint32_t replication,
                            std::span<std::uint64_t> words) {
  constexpr std::uint64_t kVisit = 256;  // blocks of one draw
  blocks(key, index, replication, kVisit, words.size(), [&](std::size_t from, Lanes first, Lanes) {
    std::uint64_t lanes[kWidth];
    store(lanes, first);
    std::copy_n(lanes, std::min<std::size_t>(kWidth, words.size() - from), words.begin() + static_cast<long>(from));
  });
}

void philox_words_of_draw(std::uint64_t key, std::uint64_t index, std::uint32_t replication,
                          std::span<std::uint64_t> words) {
  blocks(key, index, replication, 1, (words.size() + 1) / 2, [&](std::size_t from, Lanes first, Lanes second) {
    std::uint64_t firsts[kWidth], seconds[kWidth];
    store(firsts, first);
    store(seconds, second);
    for (std::size_t i = 0; i < kWidth; ++i) {
      const std::size_t at = 2 * (from + i);
      if (at < words.size()) words[at] = firsts[i];
      if (at + 1 < words.size()) words[at + 1] = seconds[i];
    }
  });
}

void philox_first_words(std::uint64_t key, std::uint64_t index, std::uint32_t replication,
                        std::uint64_t (&words)[kPhiloxLanes]) {
  Counter counters[kVectors];
  for (int v = 0; v < kVectors; ++v) {
    const Lanes indices = sum(all(index + static_cast<std::uint64_t>(v * kWidth)), numbered());
    counters[v] = {indices, upper(indices), all(replication), all(0)};
  }
  ten_rounds(counters, key);
  for (int v = 0; v < kVectors; ++v) store(words + v * kWidth, first_word(counters[v]));
}

#else

void philox_first_words(std::uint64_t key, std::uint64_t index, std::uint32_t replication,
                        std::uint64_t (&words)[kPhiloxLanes]) {
  for (std::uint64_t& word : words) word = Draw(key, index++, replication, 0).word();
}

void philox_words_of_visits(std::uint64_t key, std::uint64_t index, std::uint32_t replication,
                            std::span<std::uint64_t> words) {
  std::uint32_t visit = 0;
  for (std::uint64_t& word : words) word = Draw(key, index, replication, visit++).word();
}

void philox_words_of_draw(std::uint64_t key, std::uint64_t index, std::uint32_t replication,
                          std::span<std::uint64_t> words) {
  Draw draw(key, index, replication, 0);
  for (std::uint64_t& word : words) word = draw.word();
}

#endif

}  // namespace tierworks::core
