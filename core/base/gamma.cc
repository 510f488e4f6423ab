#include "core/base/gamma.h"

#include <cmath>

#include "core/base/math.h"

namespace tierworks::core {

namespace {

constexpr double kLogRootTwoPi = 0.91893853320467274178;
constexpr int kMostTerms = 100'000;
constexpr double kEnough = 1e-15;

// Of log Gamma(x), beside (x - 1/2) log x - x + log(2 pi) / 2; x >= 12.
double stirling(double x) {
  const double i = 1 / x, i2 = i * i;
  return i * (1.0 / 12 - i2 * (1.0 / 360 - i2 * (1.0 / 1260 - i2 * (1.0 / 1680 - i2 / 1188))));
}

// Gamma(x + 1) = x Gamma(x) raises x to 12; gives the product that has to be divided by.
double raised(double& x) {
  double below = 1;
  while (x < 12) below *= x++;
  return below;
}

}  // namespace

double gamma_function(double x) {
  const double below = raised(x);
  return det_exp((x - 0.5) * det_log(x) - x + kLogRootTwoPi + stirling(x)) / below;
}

double log_gamma(double x) {
  const double below = raised(x);
  return (x - 0.5) * det_log(x) - x + kLogRootTwoPi + stirling(x) - det_log(below);
}

double gamma_step(double shape, double x) {
  return x > 0 ? det_exp(shape * det_log(x) - x - log_gamma(shape + 1)) : 0.0;
}

double gamma_above(double shape, double x) {
  if (!(x > 0)) return 1;
  const double step = gamma_step(shape, x);
  if (x < shape + 1) {
    double term = 1, sum = 1;
    for (int n = 1; n < kMostTerms && term > kEnough * sum; ++n) sum += term *= x / (shape + n);
    return 1 - step * sum;
  }
  // Lentz's way to evaluate 1 / (x + 1 - a - 1 (1 - a) / (x + 3 - a - ...)).
  double b = x + 1 - shape, c = 1e300, d = 1 / b, h = d;
  for (int n = 1; n < kMostTerms; ++n) {
    const double a = n * (shape - n);
    b += 2;
    d = 1 / (a * d + b);
    c = b + a / c;
    const double factor = c * d;
    h *= factor;
    if (std::abs(factor - 1) < kEnough) break;
  }
  return step * shape * h;
}

}  // namespace tierworks::core
