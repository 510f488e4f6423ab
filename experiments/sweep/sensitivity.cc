#include "experiments/sweep/sensitivity.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "core/stats/tally.h"

namespace tierworks::experiments {

namespace {

using Samples = std::vector<std::vector<double>>;

// Replications in which every point has a value.
std::vector<std::size_t> common_replications(const Samples& samples) {
  std::vector<std::size_t> common;
  std::size_t least = samples.empty() ? 0 : samples[0].size();
  for (const auto& point : samples) least = std::min(least, point.size());
  for (std::size_t r = 0; r < least; ++r) {
    const bool all = std::none_of(samples.begin(), samples.end(), [&](const auto& s) { return std::isnan(s[r]); });
    if (all) common.push_back(r);
  }
  return common;
}

double mean_at(const Samples& samples, const std::vector<std::size_t>& points, std::size_t r) {
  core::Tally tally;
  for (const std::size_t p : points) tally.add(samples[p][r]);
  return tally.mean();
}

// SS between / SS total of the points' means.
double share_of_variance(const std::vector<Class>& classes, const Samples& samples,
                         const std::vector<std::size_t>& replications, bool exact) {
  std::vector<double> means(samples.size());
  core::Tally all;
  for (std::size_t p = 0; p < samples.size(); ++p) {
    core::Tally own;
    for (const std::size_t r : replications) own.add(samples[p][r]);
    means[p] = own.mean();
    all.add(means[p]);
  }
  double total = 0, between = 0;
  for (const double m : means) total += (m - all.mean()) * (m - all.mean());
  for (const Class& c : classes) {
    core::Tally own;
    for (const std::size_t p : c.points) own.add(means[p]);
    if (own.count() == 0) continue;
    between += static_cast<double>(own.count()) * (own.mean() - all.mean()) * (own.mean() - all.mean());
  }
  const double n = static_cast<double>(samples.size()), k = static_cast<double>(classes.size());
  // What rounding makes of equal means is no variance.
  if (!(total > 1e-24 * n * all.mean() * all.mean())) return std::numeric_limits<double>::quiet_NaN();
  const double share = between / total;
  if (exact) return std::min(1.0, share);
  if (n <= k) return std::numeric_limits<double>::quiet_NaN();
  return std::max(0.0, 1 - (1 - share) * (n - 1) / (n - k));
}

}  // namespace

ParameterEffect effect_of(const std::vector<Class>& classes, const Samples& samples, bool exact, double confidence) {
  ParameterEffect out;
  const std::vector<std::size_t> replications = common_replications(samples);
  std::vector<std::size_t> all(samples.size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  std::vector<std::vector<double>> by_class(classes.size());
  for (std::size_t c = 0; c < classes.size(); ++c) {
    std::vector<double> less_all;
    for (const std::size_t r : replications) {
      by_class[c].push_back(mean_at(samples, classes[c].points, r));
      less_all.push_back(by_class[c].back() - mean_at(samples, all, r));
    }
    out.classes.push_back({classes[c].label, classes[c].points.size(), core::student_interval(by_class[c], confidence),
                           core::student_interval(less_all, confidence)});
  }
  for (std::size_t c = 0; c < classes.size(); ++c) {
    if (out.classes[c].mean.mean < out.classes[out.lowest].mean.mean) out.lowest = c;
    if (out.classes[c].mean.mean > out.classes[out.highest].mean.mean) out.highest = c;
  }
  std::vector<double> range;
  for (std::size_t i = 0; i < replications.size() && !classes.empty(); ++i) {
    range.push_back(by_class[out.highest][i] - by_class[out.lowest][i]);
  }
  out.range = core::student_interval(range, confidence);
  out.share = share_of_variance(classes, samples, replications, exact);
  return out;
}

std::vector<std::size_t> rank_of(const std::vector<ParameterEffect>& effects) {
  std::vector<std::size_t> order(effects.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto key = [&](std::size_t i) { return std::isnan(effects[i].share) ? -1.0 : effects[i].share; };
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return key(a) > key(b); });
  return order;
}

}  // namespace tierworks::experiments
