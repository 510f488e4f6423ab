// Mean and variance of what a compiled distribution draws, by IEEE operations and this house's own exp and log, so that a
// level computed from them is the same on every processor and may affect state. Relative error below 1e-12.
#pragma once
#include "core/random/distribution.h"

namespace tierworks::core {

struct Moments {
  double mean = 0;
  double variance = 0;
  double squared_cv() const { return mean > 0 ? variance / (mean * mean) : 0; }
};

// `normal` is conditional on >= 0, as it is drawn.
Moments moments_of(const Distribution& distribution, const DistributionTables& tables);

// E[(X - mean)^3], of which the same holds.
double third_moment_of(const Distribution& distribution, const DistributionTables& tables);

// The largest number that all values are whole multiples of; 0 if they lie on no such lattice of whole numbers.
double step_of(const Distribution& distribution, const DistributionTables& tables);

}  // namespace tierworks::core
