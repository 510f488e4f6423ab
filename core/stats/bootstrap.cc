#include "core/stats/bootstrap.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/base/check.h"
#include "core/random/counted_stream.h"

namespace tierworks::core {

namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

// Sorted samples, each so many times; all times together are `n`.
struct Weighted {
  std::span<const double> sorted;
  std::span<const std::uint32_t> times;
  std::size_t n;
};

std::size_t rank_of(std::size_t n, double q) {
  // A share like 0.9 is a little off what was written: 0.9 of 10 samples are 9, not 10.
  const double exact = q * static_cast<double>(n);
  const double rank = std::ceil(exact - 1e-9 * std::max(1.0, exact));
  return std::clamp<std::size_t>(static_cast<std::size_t>(std::max(rank, 1.0)), 1, n);
}

double quantile(const Weighted& w, double q) {
  std::size_t left = rank_of(w.n, q);
  for (std::size_t i = 0; i < w.sorted.size(); ++i) {
    if (w.times[i] >= left) return w.sorted[i];
    left -= w.times[i];
  }
  return kNan;
}

double cvar(const Weighted& w, double q) {
  double left = (1 - q) * static_cast<double>(w.n);
  const double all = left;
  double sum = 0;
  for (std::size_t i = w.sorted.size(); i-- > 0 && left > 0;) {
    const double taken = std::min(left, static_cast<double>(w.times[i]));
    sum += taken * w.sorted[i];
    left -= taken;
  }
  return sum / all;
}

using Statistic = double (*)(const Weighted&, double);

std::vector<double> tidy(std::vector<double> samples) {
  samples.erase(std::remove_if(samples.begin(), samples.end(), [](double x) { return std::isnan(x); }), samples.end());
  std::sort(samples.begin(), samples.end());
  return samples;
}

double of_sample(std::vector<double> samples, double q, Statistic statistic) {
  samples = tidy(std::move(samples));
  if (samples.empty()) return kNan;
  const std::vector<std::uint32_t> once(samples.size(), 1);
  return statistic({samples, once, samples.size()}, q);
}

std::size_t drawn(CountedStream& stream, std::size_t n) {
  return std::min(n - 1, static_cast<std::size_t>(stream.uniform() * static_cast<double>(n)));
}

Bounds bootstrap(std::vector<double> samples, double q, double confidence, const Resampling& how, Statistic statistic) {
  TIERWORKS_CHECK(confidence > 0 && confidence < 1, "a confidence is not between 0 and 1");
  samples = tidy(std::move(samples));
  const std::size_t n = samples.size();
  Bounds bounds{kNan, kNan, kNan, confidence, n};
  if (n == 0) return bounds;
  std::vector<std::uint32_t> times(n, 1);
  bounds.value = statistic({samples, times, n}, q);
  std::vector<double> values(std::max<std::size_t>(2, how.resamples));
  CountedStream stream(how.seed, "bootstrap");
  for (double& value : values) {
    std::fill(times.begin(), times.end(), 0);
    for (std::size_t i = 0; i < n; ++i) ++times[drawn(stream, n)];
    value = statistic({samples, times, n}, q);
  }
  std::sort(values.begin(), values.end());
  const double tail = (1 - confidence) / 2;
  bounds.low = values[rank_of(values.size(), tail) - 1];
  bounds.high = values[values.size() - rank_of(values.size(), tail)];
  return bounds;
}

}  // namespace

double sample_quantile(std::vector<double> samples, double q) { return of_sample(std::move(samples), q, quantile); }
double sample_cvar(std::vector<double> samples, double q) { return of_sample(std::move(samples), q, cvar); }

Bounds bootstrap_quantile(std::vector<double> samples, double q, double confidence, const Resampling& how) {
  return bootstrap(std::move(samples), q, confidence, how, quantile);
}
Bounds bootstrap_cvar(std::vector<double> samples, double q, double confidence, const Resampling& how) {
  return bootstrap(std::move(samples), q, confidence, how, cvar);
}

std::vector<double> probability_best(const std::vector<std::vector<double>>& values, bool more_is_better,
                                     const Resampling& how) {
  const std::size_t systems = values.size();
  std::vector<double> share(systems, 0);
  std::size_t longest = 0;
  for (const auto& v : values) longest = std::max(longest, v.size());

  // Replications that the same systems have are drawn from together, so that each mean keeps its number of samples.
  std::vector<std::vector<std::size_t>> groups;
  std::size_t before = 0;
  for (std::size_t r = 0; r < longest; ++r) {
    std::size_t having = 0;
    bool whole = true;
    for (const auto& v : values) {
      if (r >= v.size()) continue;
      ++having;
      whole = whole && !std::isnan(v[r]);
    }
    if (having != before) groups.emplace_back();
    before = having;
    if (whole) groups.back().push_back(r);
  }
  std::vector<std::size_t> counts(systems, 0);
  for (const auto& group : groups) {
    for (std::size_t s = 0; s < systems && !group.empty(); ++s) {
      if (group.front() < values[s].size()) counts[s] += group.size();
    }
  }
  const bool known = std::all_of(counts.begin(), counts.end(), [](std::size_t n) { return n > 0; });
  if (!known) return std::vector<double>(systems, kNan);

  CountedStream stream(how.seed, "probability of being best");
  std::vector<double> sums(systems);
  for (std::size_t k = 0; k < how.resamples; ++k) {
    std::fill(sums.begin(), sums.end(), 0.0);
    for (const auto& group : groups) {
      for (std::size_t i = 0; i < group.size(); ++i) {
        const std::size_t r = group[drawn(stream, group.size())];
        for (std::size_t s = 0; s < systems; ++s) {
          if (r < values[s].size()) sums[s] += values[s][r];
        }
      }
    }
    double best = -std::numeric_limits<double>::infinity();
    for (std::size_t s = 0; s < systems; ++s) {
      sums[s] /= static_cast<double>(counts[s]);
      if (!more_is_better) sums[s] = -sums[s];
      best = std::max(best, sums[s]);
    }
    const auto tied = static_cast<double>(std::count(sums.begin(), sums.end(), best));
    for (std::size_t s = 0; s < systems; ++s) {
      if (sums[s] == best) share[s] += 1 / tied;
    }
  }
  for (double& s : share) s /= static_cast<double>(how.resamples);
  return share;
}

}  // namespace tierworks::core
