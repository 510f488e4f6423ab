// The words of several draws at once: Philox4x32-10 with one block in each 64-bit lane of a vector. The same bits as
// Draw::word, on any processor. Cost: about half of the blocks by themselves, a third with AVX2.
#pragma once
#include <cstdint>
#include <span>

namespace tierworks::core {

inline constexpr int kPhiloxLanes = 8;

// words[i] = first word of Draw(key, index + i, replication, 0).
void philox_first_words(std::uint64_t key, std::uint64_t index, std::uint32_t replication,
                        std::uint64_t (&words)[kPhiloxLanes]);

// words[i] = first word of Draw(key, index, replication, i); fewer than 2^24 of them.
void philox_words_of_visits(std::uint64_t key, std::uint64_t index, std::uint32_t replication,
                            std::span<std::uint64_t> words);

// words[i] = the i-th word of Draw(key, index, replication, 0); at most 512 of them.
void philox_words_of_draw(std::uint64_t key, std::uint64_t index, std::uint32_t replication,
                          std::span<std::uint64_t> words);

}  // namespace tierworks::core
