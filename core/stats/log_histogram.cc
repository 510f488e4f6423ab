#include "core/stats/log_histogram.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace tierworks::core {

void LogHistogram::reset(std::int64_t largest) {
  counts_.assign(bucket_of(std::max<std::int64_t>(0, largest)) + 1, 0);
  counts_.shrink_to_fit();
  clear();
}

void LogHistogram::clear() {
  std::fill(counts_.begin(), counts_.end(), 0);
  count_ = 0;
  min_ = std::numeric_limits<std::int64_t>::max();
  max_ = 0;
}

void LogHistogram::merge(const LogHistogram& other) {
  if (other.counts_.size() > counts_.size()) counts_.resize(other.counts_.size());
  for (std::size_t b = 0; b < other.counts_.size(); ++b) counts_[b] += other.counts_[b];
  count_ += other.count_;
  min_ = std::min(min_, other.min_);
  max_ = std::max(max_, other.max_);
}

double LogHistogram::quantile(double q) const {
  if (count_ == 0) return std::numeric_limits<double>::quiet_NaN();
  // Nearest rank, 1..n; the small term keeps 0.07 x 100 at rank 7.
  const auto n = static_cast<double>(count_);
  const double rank = std::clamp(std::ceil(q * n - 1e-9), 1.0, n);
  const auto target = static_cast<std::uint64_t>(rank);
  std::uint64_t before = 0;
  std::size_t bucket = 0;
  while (before + counts_[bucket] < target) before += counts_[bucket++];

  const auto lower = static_cast<double>(lower_of(bucket));
  // The last values of a bucket are at most its upper bound - 1.
  const auto span = static_cast<double>(lower_of(bucket + 1) - 1 - lower_of(bucket));
  const double share = (static_cast<double>(target - before) - 0.5) / static_cast<double>(counts_[bucket]);
  return std::clamp(lower + span * share, static_cast<double>(min_), static_cast<double>(max_));
}

}  // namespace tierworks::core
