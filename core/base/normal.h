// The standard normal distribution with the same bits everywhere: density, upper tail and loss, of det_exp and IEEE
// operations alone (core/base/math.h), so that what is computed from them may affect state.
// Absolute error below 1e-15; relative error of the tail and the loss below 1e-12 up to z = 8. Cost: up to 100 divisions.
#pragma once

namespace tierworks::core {

// phi(z) = exp(-z^2 / 2) / sqrt(2 pi)
double normal_density(double z);
// P(Z > z): Marsaglia's (2004) series of the centre, "Evaluating the normal distribution", J. Stat. Software 11; the
// continued fraction of Mills' ratio (Abramowitz & Stegun 26.2.14) in the tail.
double normal_above(double z);
// E[(Z - z)+] = phi(z) - z P(Z > z), the standard loss function.
double normal_loss(double z);

}  // namespace tierworks::core
