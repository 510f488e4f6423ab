// The gamma function and its incomplete one with the same bits everywhere, of det_exp, det_log and IEEE operations alone
// (core/base/math.h), so that what is computed from them may affect state.
// Relative error below 1e-12 (gamma_function), absolute error below 1e-9 (gamma_above, shapes up to 1e5).
// Cost: of gamma_above about 5 sqrt(shape) + 50 multiplications.
#pragma once

namespace tierworks::core {

// x > 0: Stirling's series (Abramowitz & Stegun 6.1.40, 6.1.37).
double gamma_function(double x);
double log_gamma(double x);

// P(G > x) of a gamma variable with this shape > 0 and scale 1: the series of the lower part, Legendre's continued fraction of
// the upper one (Abramowitz & Stegun 6.5.29, 6.5.31).
double gamma_above(double shape, double x);
// exp(-x) x^shape / Gamma(shape + 1), by which gamma_above grows from one shape to the next.
double gamma_step(double shape, double x);

}  // namespace tierworks::core
