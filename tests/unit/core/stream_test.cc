#include "core/random/stream.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace tierworks::core {
namespace {

double expected_uniform(std::uint32_t low, std::uint32_t high) {
  const std::uint64_t bits = (std::uint64_t{high} << 32) | low;
  return static_cast<double>(bits >> 12 << 1 | 1) / 9007199254740992.0;  // 2^53
}

void skip(Draw& draw, int uniforms) {
  for (int i = 0; i < uniforms; ++i) draw.uniform();
}

// The three known answers for philox4x32-10 of the Random123 distribution; counter = index, replication, visit and block.
TEST(Draw, GivesTheKnownAnswersOfPhilox) {
  Draw zeros(0, 0, 0, 0);
  EXPECT_EQ(zeros.uniform(), expected_uniform(0x6627e8d5, 0xe169c58d));
  EXPECT_EQ(zeros.uniform(), expected_uniform(0xbc57ac4c, 0x9b00dbd8));

  Draw ones(~std::uint64_t{0}, ~std::uint64_t{0}, ~std::uint32_t{0}, 0xffffff);
  skip(ones, 2 * 0xff);
  EXPECT_EQ(ones.uniform(), expected_uniform(0x408f276d, 0x41c83b0e));
  EXPECT_EQ(ones.uniform(), expected_uniform(0xa20bc7c6, 0x6d5451fd));

  Draw pi(0x299f31d0a4093822U, 0x85a308d3243f6a88U, 0x13198a2e, 0x037073);
  skip(pi, 2 * 0x44);
  EXPECT_EQ(pi.uniform(), expected_uniform(0xd16cfe09, 0x94fdcceb));
  EXPECT_EQ(pi.uniform(), expected_uniform(0x5001e420, 0x24126ea1));
}

TEST(Draw, IsAFunctionOfItsAddressAlone) {
  const Randomness randomness{42, 3};
  const StreamName name = stream_name("plant", "press", "process time");
  std::vector<double> forwards, backwards;
  for (std::uint64_t i = 0; i < 1000; ++i) forwards.push_back(randomness.draw(name, i, 2).uniform());
  for (std::uint64_t i = 1000; i-- > 0;) {
    Draw others = randomness.draw(name, i + 7, 1);
    skip(others, 3);
    backwards.push_back(randomness.draw(name, i, 2).uniform());
  }
  std::reverse(backwards.begin(), backwards.end());
  EXPECT_EQ(forwards, backwards);
}

// One uniform of each address below; all are different if the addresses are (52 bits, 15,000 numbers).
TEST(Draw, HasDistinctAddresses) {
  std::vector<double> seen;
  const StreamName name = stream_name("a", "b", "c");
  seen.push_back(Randomness{5, 0}.draw(name, 0, 0).uniform());
  for (std::uint32_t bit = 1; bit != 0; bit <<= 1) {
    const std::uint64_t high_bit = std::uint64_t{bit} << 32;
    seen.push_back(Randomness{5, 0}.draw(name, bit, 0).uniform());
    seen.push_back(Randomness{5, 0}.draw(name, high_bit, 0).uniform());
    seen.push_back(Randomness{5, bit}.draw(name, 0, 0).uniform());
    seen.push_back(Randomness{5, 0}.draw(name, 0, bit).uniform());
    seen.push_back(Randomness{5 ^ std::uint64_t{bit}, 0}.draw(name, 0, 0).uniform());
    seen.push_back(Randomness{5 ^ high_bit, 0}.draw(name, 0, 0).uniform());
    seen.push_back(Randomness{5, 0}.draw({name.hash ^ bit}, 0, 0).uniform());
  }
  // Beyond the counter's 256 blocks: no repetition, and not the next visit's numbers.
  for (const std::uint32_t visit : {0x1230U, 0x1231U, 0x01001230U, 0x02001230U, 0xff001230U}) {
    Draw draw = Randomness{5, 0}.draw(name, 0, visit);
    for (int i = 0; i < 3000; ++i) seen.push_back(draw.uniform());
  }
  const std::size_t n = seen.size();
  EXPECT_EQ(n, 1U + 7 * 32 + 15'000);
  std::sort(seen.begin(), seen.end());
  EXPECT_EQ(std::adjacent_find(seen.begin(), seen.end()), seen.end());
}

// Pearson's correlation of two sequences of uniforms; its standard error is 1 / sqrt(n).
double correlation(const std::function<double(std::uint32_t)>& x, const std::function<double(std::uint32_t)>& y,
                   int n) {
  double sum = 0;
  for (std::uint32_t i = 0; i < static_cast<std::uint32_t>(n); ++i) sum += (x(i) - 0.5) * (y(i) - 0.5) * 12;
  return sum / n;
}

TEST(Draw, IsUncorrelatedWithItsNeighbours) {
  constexpr int n = 100'000;
  const double limit = 4 / std::sqrt(static_cast<double>(n));
  const Randomness r{1, 0};
  const StreamName a = stream_name("site1", "demand", "size"), b = stream_name("site2", "demand", "size");
  const auto here = [&](std::uint32_t i) { return r.draw(a, i).uniform(); };
  EXPECT_GT(std::abs(correlation(here, here, n)), 0.9);  // the measure can fail
  EXPECT_LT(std::abs(correlation(
                here, [&](std::uint32_t i) { return r.draw(a, i + 1).uniform(); }, n)),
            limit);
  EXPECT_LT(std::abs(correlation(
                here, [&](std::uint32_t i) { return r.draw(a, i, 1).uniform(); }, n)),
            limit);
  EXPECT_LT(std::abs(correlation(
                here, [&](std::uint32_t i) { return r.draw(b, i).uniform(); }, n)),
            limit);
  const Randomness next_replication{1, 1}, next_seed{2, 0};
  EXPECT_LT(std::abs(correlation(
                here, [&](std::uint32_t i) { return next_replication.draw(a, i).uniform(); }, n)),
            limit);
  EXPECT_LT(std::abs(correlation(
                here, [&](std::uint32_t i) { return next_seed.draw(a, i).uniform(); }, n)),
            limit);
  const auto second = [&](std::uint32_t i) {
    Draw draw = r.draw(a, i);
    draw.uniform();
    return draw.uniform();
  };
  EXPECT_LT(std::abs(correlation(here, second, n)), limit);
}

// Pearson's chi-square over 1000 cells: mean 999, standard deviation 44.7.
TEST(Draw, IsUniform) {
  constexpr int kCells = 1000, kPerCell = 200;
  std::vector<int> cells(kCells);
  const Randomness r{9, 0};
  const StreamName name = stream_name("x", "y", "z");
  for (std::uint64_t i = 0; i < std::uint64_t{kCells} * kPerCell / 2; ++i) {
    Draw draw = r.draw(name, i);
    for (int k = 0; k < 2; ++k) {
      const double u = draw.uniform();
      ASSERT_GT(u, 0.0);
      ASSERT_LT(u, 1.0);
      ++cells[static_cast<std::size_t>(u * kCells)];
    }
  }
  double chi_square = 0;
  for (const int count : cells) chi_square += static_cast<double>((count - kPerCell) * (count - kPerCell)) / kPerCell;
  EXPECT_NEAR(chi_square, 999, 4 * 44.7);
}

TEST(StreamName, IsStable) {
  EXPECT_EQ(stream_name("plant", "press", "process time").hash, 0x26aa249da85917f8U);
  EXPECT_EQ(stream_name("", "", "").hash, 0x3899e489d8986d44U);
  EXPECT_EQ(Randomness({7, 2}).draw(stream_name("plant", "press", "process time"), 11, 5).uniform(),
            0x1.5dd2e6ef174cp-7);
}

TEST(StreamName, KeepsItsPartsApart) {
  EXPECT_NE(stream_name("ab", "c", "d").hash, stream_name("a", "bc", "d").hash);
  EXPECT_NE(stream_name("a", "", "b").hash, stream_name("", "a", "b").hash);
  EXPECT_NE(stream_name("a", "b", "").hash, stream_name("a", "b", "b").hash);
}

}  // namespace
}  // namespace tierworks::core
