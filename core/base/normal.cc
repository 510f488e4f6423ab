#include "core/base/normal.h"

#include "core/base/math.h"

namespace tierworks::core {

namespace {

constexpr double kTailFrom = 3;

// P(Z > z) / phi(z) for z >= 3: 1 / (z + 1 / (z + 2 / (z + 3 / ...))), from the inside.
double mills_ratio(double z) {
  double below = z;
  for (int k = 100; k > 0; --k) below = z + k / below;
  return 1 / below;
}

}  // namespace

double normal_density(double z) { return 0.39894228040143267794 * det_exp(-0.5 * z * z); }

double normal_above(double z) {
  if (z != z) return z;
  if (z < -kTailFrom) return 1 - normal_above(-z);
  if (z > kTailFrom) return normal_density(z) * mills_ratio(z);
  // P(0 < Z < z) = phi(z) (z + z^3 / 3 + z^5 / (3 5) + ...)
  double term = z, sum = z;
  for (int odd = 3; odd < 121; odd += 2) {
    term *= z * z / odd;
    sum += term;
  }
  return 0.5 - normal_density(z) * sum;
}

double normal_loss(double z) {
  if (z <= kTailFrom) return normal_density(z) - z * normal_above(z);
  // The difference would cancel: with a = z + 2 / (z + 3 / ...), P = phi / (z + 1 / a), so the loss is phi / (1 + a z).
  double a = z;
  for (int k = 100; k > 1; --k) a = z + k / a;
  return normal_density(z) / (1 + a * z);
}

}  // namespace tierworks::core
