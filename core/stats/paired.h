// Comparing means of samples that were drawn under the same randomness, pair by pair: sample i of both comes from the same
// replication. What both share falls out of the difference, so that it is known better than either mean.
// For results, never for state. Cost: one pass over the pairs and one quantile of t.
#pragma once
#include <cstddef>
#include <span>
#include <vector>

#include "core/stats/interval.h"

namespace tierworks::core {

// Interval of the mean of sample - base, by Student's t on the differences (Law, "Simulation Modeling and Analysis", 10.2.1).
// Only pairs count that both have (a longer one's rest does not) and that are no NaN on either side; n says how many.
Interval paired_difference(std::span<const double> sample, std::span<const double> base, double confidence);

// How much the variance of a difference falls by pairing: (variance of one + variance of the other) / variance of their
// differences, over the pairs that both have. Infinite if all differences are equal, NaN below two pairs.
double variance_ratio(std::span<const double> sample, std::span<const double> base);

// The confidence of each of so many intervals at which all of them hold together with at least `confidence`, whatever ties
// them (Bonferroni's inequality). Tukey's intervals are narrower only for independent samples of one variance, which paired
// samples are not.
double bonferroni(double confidence, std::size_t comparisons);

}  // namespace tierworks::core
