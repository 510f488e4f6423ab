// Elementary functions with the same bits on every x86-64, compiler and setting: IEEE + - * /, sqrt and integer operations
// only, no fused multiply-add (compile with -ffp-contract=off). glibc's own change with the processor's FMA, so nothing that
// affects state may use them. Errors: det_log and det_exp below 1 ulp. Cost: det_log and det_exp about that of libm's.
#pragma once
#include <bit>
#include <cstdint>
#include <limits>

namespace tierworks::core {

namespace math_detail {

inline constexpr std::uint64_t kLeastNormal = 0x0010000000000000U;
inline constexpr std::uint64_t kInfinity = 0x7ff0000000000000U;
inline constexpr std::uint64_t kRootHalf = 0x3fe6a09e667f3bcdU;
// log 2 in two parts; the first has 42 bits, so that its product with an exponent is exact.
inline constexpr double kLog2High = 0x1.62e42fefa3800p-1;
inline constexpr double kLog2Low = 0x1.ef35793c76730p-45;

// log of a number that is zero, negative, infinite or no number; subnormal ones are handled by the caller.
constexpr double log_of_special(double x) {
  if (x == 0) return -std::numeric_limits<double>::infinity();
  return x > 0 ? x : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace math_detail

// Natural logarithm. det_log(0) = -inf; of a negative number: NaN.
constexpr double det_log(double x) {
  using namespace math_detail;
  auto bits = std::bit_cast<std::uint64_t>(x);
  std::int64_t exponent = 0;
  if (bits - kLeastNormal >= kInfinity - kLeastNormal) [[unlikely]] {
    if (!(x > 0) || bits == kInfinity) return log_of_special(x);
    bits = std::bit_cast<std::uint64_t>(x * 0x1p54);
    exponent = -54;
  }
  // x = m 2^k with m in [sqrt(1/2), sqrt(2)).
  const std::int64_t k = static_cast<std::int64_t>(bits - kRootHalf) >> 52;
  const auto m = std::bit_cast<double>(bits - (static_cast<std::uint64_t>(k) << 52));
  const auto scale = static_cast<double>(k + exponent);
  // log(1 + f) = 2 atanh(s) = 2 s + s r(s^2) with s = f / (2 + f), in an order that keeps f, which is exact, for the end.
  const double f = m - 1.0;
  const double s = f / (2.0 + f);
  const double z = s * s;
  const double z2 = z * z;
  // Minimax for r(z) / z on [0, 0.0295]; error of the logarithm 2^-59.
  const double low =
      (0x1.5555555555593p-1 + z * 0x1.999999997fc75p-2) + z2 * (0x1.24924942045c1p-2 + z * 0x1.c71c51f8aedd5p-3);
  const double high = (0x1.74664289c90eep-3 + z * 0x1.39a157e843a70p-3) + z2 * 0x1.2f0978e42fc3ap-3;
  const double r = z * (low + (z2 * z2) * high);
  const double half_square = 0.5 * f * f;
  return scale * kLog2High - ((half_square - (s * (half_square + r) + scale * kLog2Low)) - f);
}

// Exponential. Overflows to +inf above log(largest double); results below the least normal number are rounded once.
constexpr double det_exp(double x) {
  using namespace math_detail;
  constexpr double kToInteger = 0x1.8p52;  // adding it rounds to the nearest integer, which its low bits then hold
  const bool ordinary = x > -708.0 && x < 709.0;
  if (!ordinary) [[unlikely]] {
    if (x > 0x1.62e42fefa39efp+9) return std::numeric_limits<double>::infinity();
    if (x < -746.0) return 0.0;
    if (x != x) return std::numeric_limits<double>::quiet_NaN();
  }
  // x = k log 2 + r with |r| <= log(2) / 2.
  const double shifted = x * 0x1.71547652b82fep+0 + kToInteger;
  const auto k =
      static_cast<std::int64_t>(std::bit_cast<std::uint64_t>(shifted) - std::bit_cast<std::uint64_t>(kToInteger));
  const double kd = shifted - kToInteger;
  const double high = x - kd * kLog2High;
  const double low = kd * kLog2Low;
  const double r = high - low;
  const double r2 = r * r;
  const double r4 = r2 * r2;
  // Minimax for (exp(r) - 1 - r) / r^2; error of the exponential 2^-57.
  const double a =
      (0x1.000000000000ap-1 + r * 0x1.55555555554f9p-3) + r2 * (0x1.555555555083fp-5 + r * 0x1.1111111127d10p-7);
  const double b =
      (0x1.6c16c18438ae6p-10 + r * 0x1.a01a012a0e82cp-13) + r2 * (0x1.a01999e265907p-16 + r * 0x1.71df25b4b9f72p-19);
  const double c = 0x1.28ad9b84d4985p-22 + r * 0x1.ad7f3c1c1f876p-26;
  const double q = a + r4 * (b + r4 * c);
  const double y = 1.0 - ((low - r2 * q) - high);
  // At the ends of the range 2^k in two factors, so that each is a normal number and only the last product rounds.
  const auto power_of_two = [](std::int64_t e) {
    return std::bit_cast<double>(static_cast<std::uint64_t>(e + 1023) << 52);
  };
  if (ordinary) [[likely]]
    return y * power_of_two(k);
  return x > 0 ? y * 2.0 * power_of_two(k - 1) : y * power_of_two(k + 200) * 0x1p-200;
}

// x to the power y, for finite x > 0. Relative error about (1 + |y log x|) 2^-52: 1e-13 while the result is within 1e+-150.
constexpr double det_pow(double x, double y) { return det_exp(y * det_log(x)); }

// The z with P(Z < z) = p for a standard normal Z and 0 < p < 1; relative error about 1e-15.
// Wichura (1988), Algorithm AS 241 (PPND16), Applied Statistics 37.
double normal_quantile(double p);

}  // namespace tierworks::core
