#include "core/stats/batch_means.h"

#include <vector>

#include "core/base/check.h"

namespace tierworks::core {

BatchMeans batch_means(std::span<const double> series, std::size_t batches, double confidence) {
  TIERWORKS_CHECK(batches >= 2 && series.size() >= batches, "too few observations for so many batches");
  BatchMeans result;
  result.batch = series.size() / batches;
  series = series.last(result.batch * batches);
  std::vector<double> means(batches);
  for (std::size_t b = 0; b < batches; ++b) {
    double sum = 0;
    for (const double x : series.subspan(b * result.batch, result.batch)) sum += x;
    means[b] = sum / static_cast<double>(result.batch);
  }
  result.interval = student_interval(means, confidence);
  double together = 0, squares = 0;
  for (std::size_t b = 0; b < batches; ++b) {
    const double distance = means[b] - result.interval.mean;
    squares += distance * distance;
    if (b > 0) together += distance * (means[b - 1] - result.interval.mean);
  }
  result.correlation = together / squares;
  return result;
}

}  // namespace tierworks::core
