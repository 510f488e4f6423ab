#include "core/base/hash.h"

#include <bit>
#include <set>

#include <gtest/gtest.h>

namespace tierworks::core {
namespace {

// Test vectors published with the FNV draft.
static_assert(fnv1a("") == 0xcbf29ce484222325U);
static_assert(fnv1a("a") == 0xaf63dc4c8601ec8cU);
static_assert(fnv1a("foobar") == 0x85944171f73967e8U);

// The first output of SplitMix64 from state 0: its increment, mixed.
static_assert(mix64(0x9e3779b97f4a7c15U) == 0xe220a8397b1dcdafU);

TEST(Fnv1a, OfPartsDependsOnWhereTheyEnd) {
  const auto of_two = [](std::string_view a, std::string_view b) {
    return fnv1a_end_of_part(fnv1a(b, fnv1a_end_of_part(fnv1a(a))));
  };
  EXPECT_NE(of_two("ab", "c"), of_two("a", "bc"));
  EXPECT_NE(of_two("", "abc"), of_two("abc", ""));
}

TEST(Fnv1a, ReadsBytesAboveAsciiAsUnsigned) { EXPECT_EQ(fnv1a("\xff"), (kFnvBasis ^ 0xffU) * kFnvPrime); }

TEST(Mix64, FlipsHalfOfTheBitsForEachBitOfTheInput) {
  constexpr int kInputs = 1000;
  for (int bit = 0; bit < 64; ++bit) {
    int flipped = 0;
    for (std::uint64_t x = 1; x <= kInputs; ++x)
      flipped += std::popcount(mix64(x) ^ mix64(x ^ (std::uint64_t{1} << bit)));
    EXPECT_NEAR(flipped, 32 * kInputs, 5 * 4 * 31.7)
        << bit;  // standard deviation 4 sqrt(1000) if bits were independent
  }
}

TEST(Chained, DependsOnTheOrderOfValues) {
  EXPECT_NE(chained(chained(0, 1), 2), chained(chained(0, 2), 1));
  EXPECT_NE(chained(0, 0), 0U);
  std::set<std::uint64_t> seen;
  for (std::uint64_t a = 0; a < 100; ++a) {
    for (std::uint64_t b = 0; b < 100; ++b) seen.insert(chained(chained(0, a), b));
  }
  EXPECT_EQ(seen.size(), 10'000U);
}

}  // namespace
}  // namespace tierworks::core
