// The reference is long double libm (64 bits of mantissa), which the tests may use and the kernel may not.
#include "core/base/math.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

#include <gtest/gtest.h>

#include "core/base/hash.h"

namespace tierworks::core {
namespace {

constexpr double kInfinite = std::numeric_limits<double>::infinity();
constexpr double kLeastSubnormal = std::numeric_limits<double>::denorm_min();

double of_bits(std::uint64_t bits) { return std::bit_cast<double>(bits); }
std::uint64_t bits_of(double x) { return std::bit_cast<std::uint64_t>(x); }

// The i-th of a fixed sequence of points that fill (0, 1).
double point(std::uint64_t i) { return (static_cast<double>(mix64(i + 1) >> 12) + 0.5) * 0x1p-52; }

// The greatest error seen; an error that is no number counts as infinite.
struct Worst {
  double error = 0;
  void see(double e) { error = std::isnan(e) ? kInfinite : std::max(error, e); }
};

// Distance of x from the exact value, in units of the last place of the exact value's double.
double ulps(double x, long double exact) {
  const double nearest = static_cast<double>(exact);
  const double size = std::max(std::abs(nearest), std::numeric_limits<double>::min());
  const long double ulp = std::ldexp(1.0L, std::ilogb(size) - 52);
  return static_cast<double>(std::abs(static_cast<long double>(x) - exact) / ulp);
}

TEST(DetLog, IsWithinOneUlpOverTheWholeRangeOfDoubles) {
  Worst worst;
  for (std::uint64_t i = 0; i < 500'000; ++i) {
    // All bit patterns of positive finite numbers alike: every exponent, subnormal ones included.
    const double x = of_bits(1 + mix64(i) % (0x7ff0000000000000U - 1));
    worst.see(ulps(det_log(x), std::log(static_cast<long double>(x))));
  }
  EXPECT_LT(worst.error, 1.0);
}

TEST(DetLog, IsWithinOneUlpOfUniformsAndAroundOne) {
  Worst worst;
  for (std::uint64_t i = 0; i < 250'000; ++i) {
    for (const double x : {point(i), 1.0 + (point(i) - 0.5) * std::ldexp(1.0, -static_cast<int>(i % 40))}) {
      if (x == 1.0) continue;
      worst.see(ulps(det_log(x), std::log(static_cast<long double>(x))));
    }
  }
  EXPECT_LT(worst.error, 1.0);
}

TEST(DetLog, IsWithinOneUlpOfSubnormals) {
  Worst worst;
  for (std::uint64_t i = 0; i < 100'000; ++i) {
    const double x = of_bits(1 + (mix64(i) >> (12 + i % 51)));
    worst.see(ulps(det_log(x), std::log(static_cast<long double>(x))));
  }
  EXPECT_LT(worst.error, 1.0);
}

TEST(DetLog, KnowsTheEndsOfItsRange) {
  EXPECT_EQ(bits_of(det_log(1.0)), 0U);
  EXPECT_EQ(det_log(0.0), -kInfinite);
  EXPECT_EQ(det_log(-0.0), -kInfinite);
  EXPECT_EQ(det_log(kInfinite), kInfinite);
  EXPECT_TRUE(std::isnan(det_log(-1.0)));
  EXPECT_TRUE(std::isnan(det_log(-kLeastSubnormal)));
  EXPECT_TRUE(std::isnan(det_log(-kInfinite)));
  EXPECT_TRUE(std::isnan(det_log(std::numeric_limits<double>::quiet_NaN())));
}

TEST(DetExp, IsWithinOneUlpFromUnderflowToOverflow) {
  Worst worst;
  for (std::uint64_t i = 0; i < 1'000'000; ++i) {
    const double x = -745.2 + point(i) * (709.782 + 745.2);
    worst.see(ulps(det_exp(x), std::exp(static_cast<long double>(x))));
  }
  EXPECT_LT(worst.error, 1.0);
}

TEST(DetExp, IsWithinOneUlpOfSmallArguments) {
  Worst worst;
  for (std::uint64_t i = 0; i < 200'000; ++i) {
    const double x = (point(i) - 0.5) * std::ldexp(4.0, -static_cast<int>(i % 60));
    worst.see(ulps(det_exp(x), std::exp(static_cast<long double>(x))));
  }
  EXPECT_LT(worst.error, 1.0);
}

TEST(DetExp, IsWithinOneUlpOfSubnormalResults) {
  Worst worst;
  for (std::uint64_t i = 0; i < 100'000; ++i) {
    const double x = -745.2 + point(i) * 37.5;
    worst.see(ulps(det_exp(x), std::exp(static_cast<long double>(x))));
  }
  EXPECT_LT(worst.error, 1.0);
}

TEST(DetExp, KnowsTheEndsOfItsRange) {
  EXPECT_EQ(det_exp(0.0), 1.0);
  EXPECT_EQ(det_exp(-0.0), 1.0);
  EXPECT_EQ(det_exp(709.782712893384), std::exp(709.782712893384));
  EXPECT_EQ(det_exp(709.7827128933841), kInfinite);
  EXPECT_EQ(det_exp(1e300), kInfinite);
  EXPECT_EQ(det_exp(kInfinite), kInfinite);
  EXPECT_EQ(det_exp(-745.13), kLeastSubnormal);
  EXPECT_EQ(det_exp(-745.14), 0.0);
  EXPECT_EQ(det_exp(-1e300), 0.0);
  EXPECT_EQ(det_exp(-kInfinite), 0.0);
  EXPECT_TRUE(std::isnan(det_exp(std::numeric_limits<double>::quiet_NaN())));
}

TEST(DetPow, IsWithinATenTrillionthForOrdinaryArguments) {
  Worst worst;
  for (std::uint64_t i = 0; i < 300'000; ++i) {
    const double x = std::exp((point(2 * i) - 0.5) * 28);  // 1e-6 to 1e6
    const double y = (point(2 * i + 1) - 0.5) * 20;
    const long double exact = std::pow(static_cast<long double>(x), static_cast<long double>(y));
    worst.see(static_cast<double>(std::abs((static_cast<long double>(det_pow(x, y)) - exact) / exact)));
  }
  EXPECT_LT(worst.error, 1e-13);
  EXPECT_EQ(det_pow(1.0, 123.4), 1.0);
  EXPECT_EQ(det_pow(7.5, 0.0), 1.0);
}

// Phi(normal_quantile(p)) = p, relative to the tail; the density turns an error of z into one of p.
TEST(NormalQuantile, InvertsTheNormalDistributionFunction) {
  Worst worst;
  for (std::uint64_t i = 0; i < 300'000; ++i) {
    const double p = i % 3 == 0 ? point(i) : point(i) * std::ldexp(1.0, -static_cast<int>(i % 1000));
    const double z = normal_quantile(p);
    const long double root_half = std::sqrt(0.5L);
    const bool left = p < 0.5;
    const long double tail = left ? static_cast<long double>(p) : 1.0L - static_cast<long double>(p);
    const long double back = 0.5L * std::erfc((left ? -root_half : root_half) * static_cast<long double>(z));
    const long double density = std::exp(-0.5L * z * z) / std::sqrt(2.0L * std::acos(-1.0L));
    const double error = static_cast<double>(std::abs(back - tail) / density);  // of z
    worst.see(error / std::max(1e-3, std::abs(z)));
  }
  EXPECT_LT(worst.error, 2e-15);
}

TEST(NormalQuantile, KnowsTheUsualTable) {
  EXPECT_EQ(normal_quantile(0.5), 0.0);
  EXPECT_NEAR(normal_quantile(0.975), 1.959963984540054, 1e-15);
  EXPECT_NEAR(normal_quantile(0.95), 1.6448536269514722, 1e-15);
  EXPECT_NEAR(normal_quantile(0.001), -3.090232306167813, 1e-15);
  EXPECT_EQ(normal_quantile(0.25), -normal_quantile(0.75));
  EXPECT_EQ(normal_quantile(0.0078125), -normal_quantile(1 - 0.0078125));
}

// Exact bits: another compiler, processor or setting must give the same.
struct Known {
  double x;
  std::uint64_t bits;
};

TEST(DetLog, HasTheseBits) {
  constexpr Known known[] = {
      {0x0.0000000000001p-1022, 0xc0874385446d71c3U},
      {0x1p-1022, 0xc086232bdd7abcd2U},
      {0x1p-1022, 0xc086232bdd7abcd2U},
      {0x1.56e1fc2f8f359p-997, 0xc085963447f87fb5U},
      {0x1.b7cdfd9d7bdbbp-34, 0xc037069e2aa2aa5bU},
      {0x1.0624dd2f1a9fcp-10, 0xc01ba18a998fffa0U},
      {0x1.999999999999ap-4, 0xc0026bb1bbb55515U},
      {0x1p-1, 0xbfe62e42fefa39efU},
      {0x1.6666666666666p-1, 0xbfd6d3c324e13f50U},
      {0x1.6a09e667f3bccp-1, 0xbfd62e42fefa39f1U},
      {0x1.6a09e667f3bcdp-1, 0xbfd62e42fefa39eeU},
      {0x1.ccccccccccccdp-1, 0xbfbaf8e8210a415cU},
      {0x1.fffffffffffffp-1, 0xbca0000000000000U},
      {0x1.0000000000001p+0, 0x3cafffffffffffffU},
      {0x1.199999999999ap+0, 0x3fb8663f793c46ccU},
      {0x1.6a09e667f3bcdp+0, 0x3fd62e42fefa39f0U},
      {0x1p+1, 0x3fe62e42fefa39efU},
      {0x1.5bf0a8b145769p+1, 0x3ff0000000000000U},
      {0x1.4p+3, 0x40026bb1bbb55516U},
      {0x1.81cd6c8b43958p+13, 0x4022d79559791e31U},
      {0x1.249ad2594c37dp+332, 0x406cc845b54b54f2U},
      {0x1.fffffffffffffp+1023, 0x40862e42fefa39efU},
  };
  for (const Known& k : known) EXPECT_EQ(bits_of(det_log(k.x)), k.bits) << std::hexfloat << k.x << ' ' << det_log(k.x);
}

TEST(DetExp, HasTheseBits) {
  constexpr Known known[] = {
      {-0x1.748p+9, 0x0000000000000001U},
      {-0x1.724p+9, 0x0000000000000033U},
      {-0x1.6233333333333p+9, 0x000ff15b469edf89U},
      {-0x1.62p+9, 0x0017c8ab2288c9abU},
      {-0x1.5e2p+9, 0x00caf5fe9a485c8eU},
      {-0x1.9066666666666p+6, 0x36e805628c2e465cU},
      {-0x1.4p+3, 0x3f07cd79b5647c9aU},
      {-0x1p+0, 0x3fd78b56362cef38U},
      {-0x1p-1, 0x3fe368b2fc6f960aU},
      {-0x1.62e42fefa39efp-2, 0x3fe6a09e667f3bccU},
      {-0x1.12e0be826d695p-30, 0x3fefffffff768fa1U},
      {0x1.70ef54646d497p-57, 0x3ff0000000000000U},
      {0x1.4f8b588e368f1p-17, 0x3ff0000a7c5e340eU},
      {0x1.3333333333333p-2, 0x3ff599058c8c1a96U},
      {0x1.62e42fefa39f1p-2, 0x3ff6a09e667f3bcdU},
      {0x1p+0, 0x4005bf0a8b14576aU},
      {0x1p+1, 0x401d8e64b8d4ddaeU},
      {0x1.a666666666666p+1, 0x403b1cd5e7807b7bU},
      {0x1.4p+3, 0x40d5829dcf950560U},
      {0x1.6333333333333p+6, 0x47f148906c06fc8aU},
      {0x1.f42p+8, 0x6d07118e7d39646dU},
      {0x1.627fdf3b645a2p+9, 0x7fdd3ab0a50ce1d3U},
      {0x1.62cp+9, 0x7fe81e9b4b52d0c9U},
      {0x1.62e42fefa39efp+9, 0x7fefffffffffff2aU},
  };
  for (const Known& k : known) EXPECT_EQ(bits_of(det_exp(k.x)), k.bits) << std::hexfloat << k.x << ' ' << det_exp(k.x);
}

TEST(DetPow, HasTheseBits) {
  struct KnownPower {
    double x, y;
    std::uint64_t bits;
  };
  constexpr KnownPower known[] = {
      {0x1p+1, 0x1p-1, 0x3ff6a09e667f3bccU},
      {0x1.4p+3, 0x1.8p+1, 0x408f400000000006U},
      {0x1.4p+3, -0x1.8p+1, 0x3f50624dd2f1a9f9U},
      {0x1.999999999999ap-4, 0x1.3333333333333p-2, 0x3fe009b9cf334253U},
      {0x1.8p+0, 0x1.9p+6, 0x43969194f299cdcbU},
      {0x1.ccccccccccccdp-1, -0x1.94p+5, 0x406990e74fcae220U},
      {0x1.edd2f1a9fbe77p+6, 0x1.4p+0, 0x4079b84f391a339bU},
      {0x1.12e0be826d695p-30, 0x1.4p+1, 0x3b431d633deb892eU},
      {0x1.2051eb851eb85p+5, 0x1p+2, 0x4139be35692b67b6U},
      {0x1.000001ad7f29bp+0, 0x1.312dp+23, 0x4005bf0a790ce6f2U},
  };
  for (const KnownPower& k : known) EXPECT_EQ(bits_of(det_pow(k.x, k.y)), k.bits) << k.x << ' ' << k.y;
}

TEST(NormalQuantile, HasTheseBits) {
  constexpr Known known[] = {
      {0x1p-53, 0xc0206b48528cea51U},
      {0x1.56e1fc2f8f359p-997, 0xc04286074064c26eU},
      {0x1.4484bfeebc2ap-100, 0xc026ed94a4dacdc8U},
      {0x1.19799812dea11p-40, 0xc01c234fba57a32aU},
      {0x1.5fd7fe1796495p-37, 0xc01ad2f7bbec4807U},
      {0x1.a36e2eb1c432dp-14, 0xc00dc08bb712893aU},
      {0x1.47ae147ae147bp-7, 0xc0029c5c4630ff0fU},
      {0x1.999999999999ap-5, 0xbffa515209676abeU},
      {0x1.2f1a9fbe76c8bp-4, 0xbff72567aa9caed9U},
      {0x1.339c0ebedfa44p-4, 0xbff7056dc6686c9aU},
      {0x1.999999999999ap-4, 0xbff4813c36e26d34U},
      {0x1p-2, 0xbfe5956b87528a49U},
      {0x1.999999999999ap-2, 0xbfd036d6c4a04b59U},
      {0x1.fffd60e94ee39p-2, 0xbefa48add58fc7a1U},
      {0x1.3333333333333p-1, 0x3fd036d6c4a04b59U},
      {0x1.8p-1, 0x3fe5956b87528a49U},
      {0x1.ccccccccccccdp-1, 0x3ff4813c36e26d34U},
      {0x1.d99999999999ap-1, 0x3ff7085226d3e522U},
      {0x1.da1cac083126fp-1, 0x3ff72567aa9caed9U},
      {0x1.fae147ae147aep-1, 0x40029c5c4630ff0dU},
      {0x1.ffffde7210be9p-1, 0x40130381a97985f0U},
      {0x1.fffffffffffffp-1, 0x40206b48528cea51U},
  };
  for (const Known& k : known) EXPECT_EQ(bits_of(normal_quantile(k.x)), k.bits) << k.x;
}

TEST(ElementaryFunctions, HaveThisChecksumOverAMillionPoints) {
  std::uint64_t checksum = 0;
  for (std::uint64_t i = 0; i < 250'000; ++i) {
    const double u = point(i);
    checksum = chained(checksum, bits_of(det_log(of_bits(1 + mix64(i) % (0x7ff0000000000000U - 1)))));
    checksum = chained(checksum, bits_of(det_exp(-745.2 + u * 1455)));
    checksum = chained(checksum, bits_of(det_pow(u * 1000, point(i + 1) * 8 - 4)));
    checksum = chained(checksum, bits_of(normal_quantile(u)));
  }
  EXPECT_EQ(checksum, 0x6a2645b64a5f5b21U) << std::hex << checksum;
}

}  // namespace
}  // namespace tierworks::core
