// Mean and variance of many equal periods, of which most may be empty: Welford's recurrence, with any number of zeros added
// at once. Invariant: a value type without heap. Cost: a division.
#pragma once
#include <cstdint>
#include <limits>

namespace tierworks::core {

class Spread {
 public:
  void add(double value) { add(value, 0, 1); }
  void add_zeros(std::int64_t count) {
    if (count > 0) add(0, 0, static_cast<double>(count));
  }

  double count() const { return count_; }
  double mean() const { return count_ > 0 ? mean_ : kNone; }
  // With divisor n - 1; NaN below two periods.
  double variance() const { return count_ > 1 ? squares_ / (count_ - 1) : kNone; }

 private:
  static constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

  // Chan's merge with a group of so many periods of one mean.
  void add(double mean, double squares, double count) {
    const double distance = mean - mean_;
    const double all = count_ + count;
    mean_ += distance * (count / all);
    squares_ += squares + distance * distance * (count_ * count / all);
    count_ = all;
  }

  double count_ = 0;
  double mean_ = 0;
  double squares_ = 0;
};

}  // namespace tierworks::core
