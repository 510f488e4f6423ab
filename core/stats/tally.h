// Count, sum, mean, variance and extremes of a sample. Mean and variance by Welford's recurrence, merged by Chan's.
// Invariant: a value type without heap; the result depends on the order of values only through rounding. Cost: a division.
#pragma once
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

namespace tierworks::core {

class Tally {
 public:
  void add(double value) {
    ++count_;
    sum_ += value;
    const double distance = value - mean_;
    mean_ += distance / static_cast<double>(count_);
    squares_ += distance * (value - mean_);
    min_ = std::min(min_, value);
    max_ = std::max(max_, value);
  }
  void merge(const Tally& other) {
    if (other.count_ == 0) return;
    if (count_ == 0) {
      *this = other;
      return;
    }
    const auto n = static_cast<double>(count_), m = static_cast<double>(other.count_);
    const double distance = other.mean_ - mean_;
    count_ += other.count_;
    sum_ += other.sum_;
    mean_ += distance * (m / (n + m));
    squares_ += other.squares_ + distance * distance * (n * m / (n + m));
    min_ = std::min(min_, other.min_);
    max_ = std::max(max_, other.max_);
  }
  void clear() { *this = {}; }

  std::int64_t count() const { return count_; }
  double sum() const { return sum_; }
  // NaN of an empty tally.
  double mean() const { return count_ > 0 ? mean_ : kNone; }
  double min() const { return count_ > 0 ? min_ : kNone; }
  double max() const { return count_ > 0 ? max_ : kNone; }
  // Of the sample, with divisor n - 1; NaN below two values.
  double variance() const { return count_ > 1 ? squares_ / static_cast<double>(count_ - 1) : kNone; }
  double standard_deviation() const { return std::sqrt(variance()); }

 private:
  static constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
  std::int64_t count_ = 0;
  double sum_ = 0;
  double mean_ = 0;
  double squares_ = 0;  // sum of squared distances from the mean
  double min_ = std::numeric_limits<double>::infinity();
  double max_ = -std::numeric_limits<double>::infinity();
};

}  // namespace tierworks::core
