// Intervals for what has no formula of its own: the sample stands for the law that it came from, and is drawn from again and
// again (Efron, "Bootstrap methods: another look at the jackknife", Annals of Statistics 7(1), 1979; intervals by the
// percentile method, Efron and Tibshirani, "An Introduction to the Bootstrap", 1993, chapter 13).
// What is drawn is addressed by `seed`, so that the same sample has the same interval everywhere.
// For results, never for state. Cost: resamples x samples draws.
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace tierworks::core {

struct Bounds {
  double value = 0;  // of the sample itself
  double low = 0, high = 0;
  double confidence = 0;
  std::size_t n = 0;
  bool covers(double truth) const { return low <= truth && truth <= high; }
};

struct Resampling {
  std::size_t resamples = 1000;
  std::uint64_t seed = 1;
};

// The least sample with at least the share q (above 0, at most 1) of all at or below it. NaN if empty.
double sample_quantile(std::vector<double> samples, double q);
// Conditional value at risk: the mean of the largest 1 - q (above 0) of the samples, of which the one at the border counts in
// part (Acerbi and Tasche, "On the coherence of expected shortfall", Journal of Banking and Finance 26(7), 2002).
double sample_cvar(std::vector<double> samples, double q);

// Samples that are NaN are left out. NaN bounds if none is left. For the smallest instead of the largest: negate samples.
Bounds bootstrap_quantile(std::vector<double> samples, double q, double confidence, const Resampling& how = {});
Bounds bootstrap_cvar(std::vector<double> samples, double q, double confidence, const Resampling& how = {});

// For each of several systems, in how many of all resamples of the replications it has the best mean (ties are shared): how
// sure the best one is, given how the replications differ. values[system][replication]; replications that several have are
// drawn for all of them together, so that what they share stays shared. A system may have fewer than others; a replication in
// which any system has a NaN is left out for all.
std::vector<double> probability_best(const std::vector<std::vector<double>>& values, bool more_is_better,
                                     const Resampling& how = {});

}  // namespace tierworks::core
