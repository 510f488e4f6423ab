// The ziggurats' tables against the densities by libm, and their variates against their laws: moments, equiprobable cells,
// the cells between the layers' edges, and what lies beyond the base layer. Four million variates at fixed seeds.
#include "core/random/ziggurat.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <functional>
#include <vector>

#include <boost/math/distributions/binomial.hpp>
#include <gtest/gtest.h>

#include "core/random/counted_stream.h"

namespace tierworks::core {
namespace {

constexpr int kDraws = 4'000'000;
constexpr auto kCount = static_cast<double>(kDraws);
using Law = std::function<double(double)>;

const std::vector<double>& exponentials() {
  static const std::vector<double> draws = [] {
    CountedStream stream(Randomness{11, 0}, stream_name("ziggurat", "exponential", "fit"));
    std::vector<double> x(kDraws);
    for (double& value : x) value = stream.exponential(1);
    return x;
  }();
  return draws;
}

const std::vector<double>& normals() {
  static const std::vector<double> draws = [] {
    CountedStream stream(Randomness{12, 0}, stream_name("ziggurat", "normal", "fit"));
    std::vector<double> x(kDraws);
    for (double& value : x) value = stream.normal();
    return x;
  }();
  return draws;
}

double exponential_law(double x) { return -std::expm1(-x); }
double normal_law(double x) { return 0.5 * std::erfc(-x / std::sqrt(2.0)); }

// Pearson's chi-square in standard deviations above its mean.
double chi_square(const std::vector<double>& counts, const std::vector<double>& probabilities) {
  double sum = 0;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const double expected = probabilities[i] * kCount;
    EXPECT_GT(expected, 20) << "cell " << i;
    sum += (counts[i] - expected) * (counts[i] - expected) / expected;
  }
  const auto freedom = static_cast<double>(counts.size() - 1);
  return (sum - freedom) / std::sqrt(2 * freedom);
}

double misfit_of_equal_cells(const std::vector<double>& draws, const Law& law) {
  constexpr std::size_t kCells = 2000;
  std::vector<double> counts(kCells);
  for (const double x : draws) counts[std::min(static_cast<std::size_t>(law(x) * kCells), kCells - 1)] += 1;
  return chi_square(counts, std::vector<double>(kCells, 1.0 / kCells));
}

// `edges` rise; the first and the last cell are open.
double misfit_of_cells(const std::vector<double>& draws, const std::vector<double>& edges, const Law& law) {
  std::vector<double> counts(edges.size() + 1), probabilities;
  for (const double x : draws)
    counts[static_cast<std::size_t>(std::upper_bound(edges.begin(), edges.end(), x) - edges.begin())] += 1;
  double below = 0;
  for (const double edge : edges) {
    probabilities.push_back(law(edge) - below);
    below = law(edge);
  }
  probabilities.push_back(1 - below);
  return chi_square(counts, probabilities);
}

std::vector<double> edges_of(const Ziggurat& z) {  // edges 1 to 255, falling
  std::vector<double> edges;
  for (int i = 1; i < kZigguratLayers; ++i) edges.push_back(z.layers[i].width * 0x1p53);
  return edges;
}

// Whether a count of draws, each of which counts with probability p, lies within the exact bounds of 99.99 %.
bool is_credible(double count, double p, double draws = kCount) {
  const boost::math::binomial_distribution<double> law(draws, p);
  return count >= boost::math::quantile(law, 0.00005) && count <= boost::math::quantile(law, 0.99995);
}

double count_of(const std::vector<double>& draws, const std::function<bool(double)>& counts) {
  return static_cast<double>(std::count_if(draws.begin(), draws.end(), counts));
}

// Distance of the mean of the k-th powers from its expectation, in standard errors.
double misfit_of_moment(const std::vector<double>& draws, int k, double expected, double expected_of_square) {
  double sum = 0;
  for (const double x : draws) {
    double power = 1;
    for (int i = 0; i < k; ++i) power *= x;
    sum += power;
  }
  return (sum / kCount - expected) / std::sqrt((expected_of_square - expected * expected) / kCount);
}

double autocorrelation(const std::vector<double>& draws, std::size_t lag, double mean) {  // of variance 1
  double sum = 0;
  for (std::size_t i = lag; i < draws.size(); ++i) sum += (draws[i] - mean) * (draws[i - lag] - mean);
  return sum / static_cast<double>(draws.size() - lag);
}

void expect_equal_areas(const Ziggurat& z, const Law& density, double area) {
  const std::vector<double> edges = edges_of(z);
  EXPECT_EQ(edges[0], z.tail);
  EXPECT_EQ(z.heights[kZigguratLayers], 1);
  EXPECT_NEAR(z.layers[0].width * 0x1p53 * z.heights[1] / area, 1, 1e-14);
  EXPECT_NEAR(static_cast<double>(z.layers[0].within) * z.layers[0].width / z.tail, 1, 1e-14);
  for (std::size_t i = 1; i < kZigguratLayers; ++i) {
    const double edge = edges[i - 1], next_edge = i + 1 < kZigguratLayers ? edges[i] : 0;
    EXPECT_NEAR(z.heights[i] / density(edge), 1, 1e-14) << i;
    EXPECT_NEAR(edge * (z.heights[i + 1] - z.heights[i]) / area, 1, 1e-10) << i;
    EXPECT_NEAR(static_cast<double>(z.layers[i].within) * z.layers[i].width, next_edge, 1e-15 * edge) << i;
  }
}

TEST(Ziggurat, HasLayersOfEqualAreaUnderTheDensity) {
  const double e = exponential_ziggurat.tail, n = normal_ziggurat.tail;
  expect_equal_areas(
      exponential_ziggurat, [](double x) { return std::exp(-x); }, (e + 1) * std::exp(-e));
  expect_equal_areas(
      normal_ziggurat, [](double x) { return std::exp(-x * x / 2); },
      n * std::exp(-n * n / 2) + std::sqrt(std::acos(-1.0) / 2) * std::erfc(n / std::sqrt(2.0)));
}

// E x^k = k!
TEST(StandardExponential, HasItsFirstFourMoments) {
  EXPECT_LT(std::abs(misfit_of_moment(exponentials(), 1, 1, 2)), 4);
  EXPECT_LT(std::abs(misfit_of_moment(exponentials(), 2, 2, 24)), 4);
  EXPECT_LT(std::abs(misfit_of_moment(exponentials(), 3, 6, 720)), 4);
  EXPECT_LT(std::abs(misfit_of_moment(exponentials(), 4, 24, 40320)), 4);
}

// E x^2k = (2k - 1)!!
TEST(StandardNormal, HasItsFirstFourMoments) {
  EXPECT_LT(std::abs(misfit_of_moment(normals(), 1, 0, 1)), 4);
  EXPECT_LT(std::abs(misfit_of_moment(normals(), 2, 1, 3)), 4);
  EXPECT_LT(std::abs(misfit_of_moment(normals(), 3, 0, 15)), 4);
  EXPECT_LT(std::abs(misfit_of_moment(normals(), 4, 3, 105)), 4);
}

TEST(StandardExponential, FillsEqualCellsAndLayersEqually) {
  EXPECT_LT(std::abs(misfit_of_equal_cells(exponentials(), exponential_law)), 4);
  std::vector<double> edges = edges_of(exponential_ziggurat);
  std::reverse(edges.begin(), edges.end());
  EXPECT_LT(std::abs(misfit_of_cells(exponentials(), edges, exponential_law)), 4);
}

TEST(StandardNormal, FillsEqualCellsAndLayersEqually) {
  EXPECT_LT(std::abs(misfit_of_equal_cells(normals(), normal_law)), 4);
  std::vector<double> edges = edges_of(normal_ziggurat);  // of both signs
  for (int i = 1; i < kZigguratLayers; ++i) edges.push_back(-edges[static_cast<std::size_t>(i - 1)]);
  std::sort(edges.begin(), edges.end());
  EXPECT_LT(std::abs(misfit_of_cells(normals(), edges, normal_law)), 4);
}

// P(X > x) = exp(-x): 1817 draws are expected beyond the tail, 246 two further on; their excess has mean 1.
TEST(StandardExponential, HasItsTail) {
  const double r = exponential_ziggurat.tail;
  double beyond = 0, excess = 0;
  for (const double x : exponentials()) {
    if (x <= r) continue;
    beyond += 1;
    excess += x - r;
  }
  EXPECT_TRUE(is_credible(beyond, std::exp(-r))) << beyond;
  for (const double further : {0.5, 1.0, 2.0, 4.0}) {
    const double count = count_of(exponentials(), [=](double x) { return x > r + further; });
    EXPECT_TRUE(is_credible(count, std::exp(-r - further))) << count;
  }
  EXPECT_NEAR(excess / beyond, 1, 4 / std::sqrt(beyond));
}

// 516 draws are expected beyond the tail on either side, 5.5 one further on.
TEST(StandardNormal, HasItsTails) {
  const double r = normal_ziggurat.tail;
  for (const double further : {0.0, 0.1, 0.3, 0.6, 1.0}) {
    const double above = count_of(normals(), [=](double x) { return x > r + further; });
    const double below = count_of(normals(), [=](double x) { return x < -r - further; });
    EXPECT_TRUE(is_credible(above, normal_law(-r - further))) << further << " above: " << above;
    EXPECT_TRUE(is_credible(below, normal_law(-r - further))) << further << " below: " << below;
  }
  const double positive = count_of(normals(), [](double x) { return x > 0; });
  EXPECT_TRUE(is_credible(positive, 0.5)) << positive;
}

TEST(StandardExponential, IsUncorrelatedWithTheNextDraws) {
  for (std::size_t lag : {1U, 2U, 7U, 8U, 16U}) {
    EXPECT_LT(std::abs(autocorrelation(exponentials(), lag, 1)), 4 / std::sqrt(kCount)) << lag;
    EXPECT_LT(std::abs(autocorrelation(normals(), lag, 0)), 4 / std::sqrt(kCount)) << lag;
  }
  EXPECT_GT(autocorrelation(normals(), 0, 0), 0.99);  // the measure can fail
}

// The sizes of these tests see a scale off by one per cent, a tail off by a tenth and a sign off by a thousandth.
TEST(Ziggurat, TestsSeeSmallErrors) {
  EXPECT_GT(misfit_of_equal_cells(exponentials(), [](double x) { return exponential_law(x * 1.01); }), 4);
  EXPECT_GT(misfit_of_equal_cells(normals(), [](double x) { return normal_law(x * 1.01); }), 4);
  EXPECT_FALSE(is_credible(1817 * 1.1, std::exp(-exponential_ziggurat.tail)));
  EXPECT_FALSE(is_credible(kCount * 0.501, 0.5));
}

// Bits fixed after the tests above had passed.
TEST(Ziggurat, VariatesHaveTheseBits) {
  const StreamName name = stream_name("place", "component", "purpose");
  std::uint64_t exponential_sum = 0, normal_sum = 0, tables = 0;
  for (std::uint64_t i = 0; i < 20'000; ++i) {
    Draw e = Randomness{}.draw(name, i), n = e;
    exponential_sum = chained(exponential_sum, std::bit_cast<std::uint64_t>(standard_exponential(e)));
    normal_sum = chained(normal_sum, std::bit_cast<std::uint64_t>(standard_normal(n)));
  }
  for (const Ziggurat* z : {&exponential_ziggurat, &normal_ziggurat}) {
    for (int i = 0; i < kZigguratLayers; ++i) {
      tables = chained(tables, static_cast<std::uint64_t>(z->layers[i].within));
      tables = chained(tables, std::bit_cast<std::uint64_t>(z->layers[i].width));
      tables = chained(tables, std::bit_cast<std::uint64_t>(z->heights[i]));
    }
  }
  EXPECT_EQ(exponential_sum, 0x8562420d5960fc5fU) << std::hex << exponential_sum;
  EXPECT_EQ(normal_sum, 0x34b50629a3a88c19U) << std::hex << normal_sum;
  EXPECT_EQ(tables, 0x667905e57117666bU) << std::hex << tables;
  Draw draw = Randomness{}.draw(name, 0);
  EXPECT_EQ(standard_exponential(draw), 0x1.0bdfd1787a047p-3);
  draw = Randomness{}.draw(name, 0);
  EXPECT_EQ(standard_normal(draw), -0x1.6da2b6a5d8e5fp-4);
}

}  // namespace
}  // namespace tierworks::core
