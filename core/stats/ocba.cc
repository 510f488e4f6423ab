#include "core/stats/ocba.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/base/check.h"

namespace tierworks::core {

namespace {

// Means nearer than this part of the largest distance count as so far apart: two equal ones would take everything.
constexpr double kNearest = 1e-3;

}  // namespace

std::vector<double> ocba_shares(const std::vector<double>& means, const std::vector<double>& variances,
                                bool more_is_better) {
  const std::size_t n = means.size();
  TIERWORKS_CHECK(variances.size() == n, "as many variances as means are needed");
  const std::vector<double> equal(n, n == 0 ? 0 : 1.0 / static_cast<double>(n));
  std::size_t best = n;
  for (std::size_t i = 0; i < n; ++i) {
    if (std::isnan(means[i])) continue;
    if (best == n || (more_is_better ? means[i] > means[best] : means[i] < means[best])) best = i;
  }
  if (best == n || n < 2) return equal;
  double largest = 0;
  for (const double m : means) {
    if (!std::isnan(m)) largest = std::max(largest, std::abs(m - means[best]));
  }
  if (largest == 0) return equal;
  std::vector<double> shares(n, 0);
  double squares = 0;
  for (std::size_t i = 0; i < n; ++i) {
    if (i == best || std::isnan(means[i]) || !(variances[i] > 0)) continue;
    const double distance = std::max(std::abs(means[i] - means[best]), kNearest * largest);
    shares[i] = variances[i] / (distance * distance);
    squares += shares[i] * shares[i] / variances[i];
  }
  if (variances[best] > 0) shares[best] = std::sqrt(variances[best] * squares);
  const double sum = std::accumulate(shares.begin(), shares.end(), 0.0);
  if (!(sum > 0) || !std::isfinite(sum)) return equal;
  for (double& share : shares) share /= sum;
  return shares;
}

std::vector<std::size_t> ocba_targets(const std::vector<double>& shares, std::vector<std::size_t> counts,
                                      std::size_t more) {
  TIERWORKS_CHECK(shares.size() == counts.size(), "as many counts as shares are needed");
  if (counts.empty()) return counts;
  auto all = static_cast<double>(std::accumulate(counts.begin(), counts.end(), std::size_t{0}));
  for (; more > 0; --more) {
    all += 1;
    std::size_t next = 0;
    const auto lacks = [&](std::size_t i) { return shares[i] * all - static_cast<double>(counts[i]); };
    for (std::size_t i = 1; i < counts.size(); ++i) {
      if (lacks(i) > lacks(next)) next = i;
    }
    ++counts[next];
  }
  return counts;
}

}  // namespace tierworks::core
