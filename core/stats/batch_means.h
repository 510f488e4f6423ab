// Confidence interval of the mean of one long run whose observations depend on each other: means of batches that are long
// enough depend on each other hardly at all, and count as a sample (Schmeiser, "Batch size effects in the analysis of
// simulation output", Operations Research 30(3), 1982: 10 to 30 batches serve nearly every purpose).
// For results, never for state. Cost: one pass over the series.
#pragma once
#include <cstddef>
#include <span>

#include "core/stats/interval.h"

namespace tierworks::core {

struct BatchMeans {
  Interval interval;       // n, min and max are those of the batch means
  std::size_t batch = 0;   // observations in each; what is left over at the start of the series is not used
  double correlation = 0;  // of neighbouring batches; far from 0, the batches are too short. NaN if it is not known
};

// Requires batches >= 2 and at least as many observations, steady from the first one on (see warm_up.h).
BatchMeans batch_means(std::span<const double> series, std::size_t batches, double confidence);

}  // namespace tierworks::core
