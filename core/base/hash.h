// Stable hashes: the same 64 bits on every machine, compiler and run. Not for secrets, and not for tables of strangers' keys.
// FNV-1a (Fowler, Noll, Vo) reads bytes; mix64 (Stafford's variant 13 of the 64-bit finaliser) is a bijection in which every
// input bit flips each output bit about half of the time. Cost: a multiplication a byte; two multiplications a mix.
#pragma once
#include <cstdint>
#include <string_view>

namespace tierworks::core {

inline constexpr std::uint64_t kFnvBasis = 0xcbf29ce484222325U;
inline constexpr std::uint64_t kFnvPrime = 0x00000100000001b3U;

constexpr std::uint64_t fnv1a(std::string_view bytes, std::uint64_t hash = kFnvBasis) {
  for (const char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * kFnvPrime;
  return hash;
}

// Ends a part of a hashed sequence of strings: the byte 0xff occurs in no UTF-8 text, so ("ab", "c") is not ("a", "bc").
constexpr std::uint64_t fnv1a_end_of_part(std::uint64_t hash) { return (hash ^ 0xffU) * kFnvPrime; }

constexpr std::uint64_t mix64(std::uint64_t x) {
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9U;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebU;
  return x ^ (x >> 31);
}

// The next link of a chained hash: depends on the order of the values; for a fixed chain a bijection of the value.
constexpr std::uint64_t chained(std::uint64_t chain, std::uint64_t value) {
  return mix64(chain * 0x9e3779b97f4a7c15U + value + 0x632be59bd9b4e019U);
}

}  // namespace tierworks::core
