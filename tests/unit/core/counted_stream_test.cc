// A counted stream against the addressed draws of the same indices: the same bits, whatever was asked for before.
#include "core/random/counted_stream.h"

#include <bit>
#include <cstring>
#include <vector>

#include <gtest/gtest.h>

#include "core/random/philox_lanes.h"

namespace tierworks::core {
namespace {

constexpr std::uint64_t kMany = 200'000;

const Randomness kRandomness{0x123456789abcdefU, 5};

StreamName name() { return stream_name("shop", "demand", "arrivals"); }

std::uint64_t bits(double x) { return std::bit_cast<std::uint64_t>(x); }

TEST(CountedStream, HasTheBitsOfTheAddressedDraws) {
  CountedStream uniforms(kRandomness, name()), exponentials(kRandomness, name()), normals(kRandomness, name());
  int of_more_words = 0;
  for (std::uint64_t n = 0; n < kMany; ++n) {
    Draw u = kRandomness.draw(name(), n), e = u, z = u, first = u;
    ASSERT_EQ(bits(uniforms.uniform()), bits(u.uniform())) << n;
    ASSERT_EQ(bits(exponentials.exponential(2.5)), bits(2.5 * standard_exponential(e))) << n;
    ASSERT_EQ(bits(normals.normal()), bits(standard_normal(z))) << n;
    // The first point is not certain for 2.2 % and 1.5 % of them: what follows the variate is then not the draw's second word.
    first.word();
    const std::uint64_t second = first.word();
    of_more_words += (e.word() != second) + (z.word() != second);
  }
  EXPECT_EQ(normals.index(), kMany);
  EXPECT_GT(of_more_words, 2 * kMany / 60);
  EXPECT_LT(of_more_words, 2 * kMany / 50);
}

std::vector<Distribution> all_kinds(DistributionTables& tables) {
  using enum DistributionKind;
  struct Row {
    DistributionKind kind;
    double a, b, c;
  };
  std::vector<Distribution> kinds;
  for (const Row& row : {Row{constant, 7, 0, 0}, Row{uniform, 2, 10, 0}, Row{triangular, 1, 2, 6},
                         Row{exponential, 5, 0, 0}, Row{normal, 1, 2, 0}, Row{lognormal, 3, 1.2, 0},
                         Row{gamma, 6, 3, 0}, Row{gamma, 3, 6, 0}, Row{weibull, 4, 2.5, 0}, Row{erlang, 6, 3, 0},
                         Row{erlang, 6, 40, 0}, Row{hyperexponential, 2, 5, 0}, Row{poisson, 6.5, 0, 0}}) {
    DistributionSpec spec;
    spec.kind = row.kind;
    spec.a = row.a;
    spec.b = row.b;
    spec.c = row.c;
    kinds.push_back(compile(spec, tables));
  }
  DistributionSpec table;
  table.kind = discrete;
  table.values = {1, 2, 10};
  table.weights = {0.6, 0.3, 0.1};
  kinds.push_back(compile(table, tables));
  table.kind = empirical;
  kinds.push_back(compile(table, tables));
  return kinds;
}

TEST(CountedStream, SamplesEveryKindAsTheAddressedDrawDoes) {
  DistributionTables tables;
  for (const Distribution& kind : all_kinds(tables)) {
    CountedStream stream(kRandomness, name());
    for (std::uint64_t n = 0; n < 20'000; ++n) {
      Draw draw = kRandomness.draw(name(), n);
      ASSERT_EQ(bits(stream.sample(kind, tables)), bits(sample(kind, tables, draw)))
          << "kind " << static_cast<int>(kind.kind) << ", draw " << n;
    }
  }
}

// Kinds that pass the buffer by, in between: the buffer may then not be of this index.
TEST(CountedStream, MixesKinds) {
  DistributionTables tables;
  const std::vector<Distribution> kinds = all_kinds(tables);
  CountedStream stream(kRandomness, name());
  for (std::uint64_t n = 0; n < 50'000; ++n) {
    const Distribution& kind = kinds[mix64(n / 3) % kinds.size()];
    Draw draw = kRandomness.draw(name(), n);
    ASSERT_EQ(bits(stream.sample(kind, tables)), bits(sample(kind, tables, draw))) << n;
  }
}

// Starts anywhere, also where the index carries into its upper half, and a copy goes on by itself.
TEST(CountedStream, StartsAnywhereAndIsCopiedAsBytes) {
  for (const std::uint64_t first : {std::uint64_t{0}, std::uint64_t{3}, std::uint64_t{7}, std::uint64_t{8},
                                    std::uint64_t{0xfffffffb}, std::uint64_t{0x5ffffffff}, ~std::uint64_t{0} - 40}) {
    CountedStream stream(kRandomness, name(), first);
    for (std::uint64_t n = first; n < first + 13; ++n) {
      Draw draw = kRandomness.draw(name(), n);
      ASSERT_EQ(bits(stream.uniform()), bits(draw.uniform())) << n;
    }
    CountedStream copy(Randomness{1, 1}, name());
    std::memcpy(static_cast<void*>(&copy), &stream, sizeof stream);
    for (int i = 0; i < 20; ++i) ASSERT_EQ(bits(stream.normal()), bits(copy.normal()));
    EXPECT_EQ(copy.index(), first + 33);
  }
}

TEST(PhiloxLanes, AreTheFirstWordsOfConsecutiveDraws) {
  std::uint64_t state = 0;
  for (int i = 0; i < 1000; ++i) {
    const std::uint64_t key = mix64(++state), index = mix64(++state);
    const auto replication = static_cast<std::uint32_t>(mix64(++state));
    std::uint64_t words[kPhiloxLanes];
    philox_first_words(key, index, replication, words);
    for (std::uint64_t lane = 0; lane < kPhiloxLanes; ++lane)
      ASSERT_EQ(words[lane], Draw(key, index + lane, replication, 0).word());
  }
  // The words of the visits of one index, and those of one draw, however many.
  for (std::size_t n = 0; n <= 21; ++n) {
    const std::uint64_t key = mix64(++state), index = mix64(++state);
    const auto replication = static_cast<std::uint32_t>(mix64(++state));
    std::vector<std::uint64_t> words(n + 1, 7);
    philox_words_of_visits(key, index, replication, std::span(words).first(n));
    for (std::uint32_t visit = 0; visit < n; ++visit)
      ASSERT_EQ(words[visit], Draw(key, index, replication, visit).word());
    philox_words_of_draw(key, index, replication, std::span(words).first(n));
    Draw draw(key, index, replication, 0);
    for (std::size_t i = 0; i < n; ++i) ASSERT_EQ(words[i], draw.word());
    EXPECT_EQ(words[n], 7U) << "and not one word more";
  }
  // The known answer for zeros of the Random123 distribution.
  std::uint64_t zeros[kPhiloxLanes];
  philox_first_words(0, 0, 0, zeros);
  EXPECT_EQ(zeros[0], 0xe169c58d6627e8d5U);
}

}  // namespace
}  // namespace tierworks::core
