// The Poisson distribution written out: whole numbers and their probabilities, without libm.
// Probabilities below 1e-18 of the mode's are left out. Cost: about 18 sqrt(mean) rows.
#pragma once
#include <vector>

namespace tierworks::core {

// Replaces `values` and `weights`; the weights are positive and add up to 1. Requires 0 <= mean <= 1e6.
void poisson_table(double mean, std::vector<double>& values, std::vector<double>& weights);

}  // namespace tierworks::core
