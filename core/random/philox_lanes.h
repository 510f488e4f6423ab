// The first 64-bit words of eight consecutive draws at once: Philox4x32-10 with one draw in each 64-bit lane of a vector.
// The same bits as Draw::word, on any processor. Cost: about half of eight blocks by themselves, a third with AVX2.
#pragma once
#include <cstdint>

namespace tierworks::core {

inline constexpr int kPhiloxLanes = 8;

// words[i] = first word of Draw(key, index + i, replication, 0).
void philox_first_words(std::uint64_t key, std::uint64_t index, std::uint32_t replication,
                        std::uint64_t (&words)[kPhiloxLanes]);

}  // namespace tierworks::core
