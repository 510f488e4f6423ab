#include "core/stats/kim_nelson.h"

#include <algorithm>
#include <cmath>

#include "core/base/check.h"
#include "core/base/math.h"
#include "core/stats/tally.h"

namespace tierworks::core {

KimNelson::KimNelson(std::size_t systems, double confidence, double indifference, std::size_t first,
                     bool more_is_better)
    : indifference_(indifference),
      h_squared_(0),
      first_(first),
      sign_(more_is_better ? 1 : -1),
      decided_(systems < 2),
      sums_(systems, 0),
      variances_(systems * systems, 0),
      in_race_(systems, true) {
  TIERWORKS_CHECK(confidence > 0 && confidence < 1, "a confidence is not between 0 and 1");
  TIERWORKS_CHECK(indifference > 0 && first >= 2, "an indifference or a first stage of nothing");
  if (systems < 2) return;
  const double error = 2 * (1 - confidence) / static_cast<double>(systems - 1);
  TIERWORKS_CHECK(error < 1, "a confidence that guessing reaches");
  const double freedom = static_cast<double>(first - 1);
  const double eta = (det_pow(error, -2 / freedom) - 1) / 2;
  h_squared_ = 2 * eta * freedom;
}

std::size_t KimNelson::left() const {
  return static_cast<std::size_t>(std::count(in_race_.begin(), in_race_.end(), true));
}

std::size_t KimNelson::best() const {
  std::size_t best = sums_.size();
  for (std::size_t s = 0; s < sums_.size(); ++s) {
    if (in_race_[s] && (best == sums_.size() || sums_[s] > sums_[best])) best = s;
  }
  return best;
}

void KimNelson::add(std::span<const double> values) {
  TIERWORKS_CHECK(values.size() == sums_.size(), "a replication with values of other systems");
  if (decided_) return;
  ++replications_;
  for (std::size_t s = 0; s < sums_.size(); ++s) {
    if (in_race_[s]) sums_[s] += sign_ * values[s];
  }
  if (replications_ < first_) {
    first_values_.insert(first_values_.end(), values.begin(), values.end());
    return;
  }
  if (replications_ == first_) {
    first_values_.insert(first_values_.end(), values.begin(), values.end());
    const std::size_t systems = sums_.size();
    for (std::size_t a = 0; a < systems; ++a) {
      for (std::size_t b = 0; b < a; ++b) {
        Tally differences;
        for (std::size_t r = 0; r < first_; ++r) {
          differences.add(first_values_[r * systems + a] - first_values_[r * systems + b]);
        }
        variance(a, b) = variance(b, a) = differences.variance();
        const double most = h_squared_ * differences.variance() / (indifference_ * indifference_);
        // Beyond 2^40 replications nobody will get.
        last_ = std::max(last_, static_cast<std::size_t>(std::min(std::floor(most), 0x1p40)) + 1);
      }
    }
    first_values_ = {};
  }
  screen();
}

void KimNelson::screen() {
  const auto r = static_cast<double>(replications_);
  const std::vector<bool> before = in_race_;
  for (std::size_t a = 0; a < sums_.size(); ++a) {
    for (std::size_t b = 0; b < sums_.size() && in_race_[a]; ++b) {
      if (a == b || !before[a] || !before[b]) continue;
      const double margin =
          std::max(0.0, indifference_ / (2 * r) * (h_squared_ * variance(a, b) / (indifference_ * indifference_) - r));
      if (sums_[a] / r < sums_[b] / r - margin) in_race_[a] = false;
    }
  }
  if (left() > 1 && replications_ < last_) return;
  const std::size_t winner = best();
  decided_ = true;
  // At the end the best mean wins, whoever else is left.
  for (std::size_t s = 0; s < sums_.size(); ++s) in_race_[s] = s == winner;
}

}  // namespace tierworks::core
