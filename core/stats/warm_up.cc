#include "core/stats/warm_up.h"

#include <limits>
#include <vector>

#include "core/stats/tally.h"

namespace tierworks::core {

WarmUp mser_5(std::span<const double> series) {
  const std::size_t batches = series.size() / kMserBatch;
  WarmUp best;
  if (batches < 4) return best;
  std::vector<double> means(batches);
  for (std::size_t b = 0; b < batches; ++b) {
    double sum = 0;
    for (const double x : series.subspan(b * kMserBatch, kMserBatch)) sum += x;
    means[b] = sum / kMserBatch;
  }
  // From the end, so that each cut costs one addition. A later cut is taken only if it is better: `<=` going down.
  const std::size_t last = batches / 2;
  std::size_t least_at = last;
  double least = std::numeric_limits<double>::infinity();
  Tally rest;
  for (std::size_t cut = batches; cut-- > 0;) {
    rest.add(means[cut]);
    if (cut > last) continue;
    const auto n = static_cast<double>(rest.count());
    const double statistic = rest.variance() * (n - 1) / (n * n);
    if (statistic <= least) {
      least = statistic;
      least_at = cut;
    }
  }
  best.cut = least_at * kMserBatch;
  best.found = least_at < last;
  return best;
}

}  // namespace tierworks::core
