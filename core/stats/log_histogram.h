// Quantiles of non-negative integers (ticks, units) from counts in buckets: exact up to 127, then 64 buckets an octave.
// Error: a quantile lies in the bucket of the order statistic that it stands for, so it is off by at most 1/64 of it.
// Cost of an addition: a bit scan and an increment; 8 bytes a bucket, 25 kB up to kLastInstant. A value type.
#pragma once
#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/base/check.h"
#include "core/time/time.h"

namespace tierworks::core {

class LogHistogram {
 public:
  static constexpr int kBits = 6;
  static constexpr std::size_t kPerOctave = std::size_t{1} << kBits;

  // Allocates for values up to `largest`; a larger value allocates once more when it comes.
  explicit LogHistogram(std::int64_t largest) { reset(largest); }
  LogHistogram() = default;  // grows with the largest value
  void reset(std::int64_t largest);
  void clear();  // forgets the values and keeps the memory

  void add(std::int64_t value) {
    TIERWORKS_CHECK(value >= 0, "a negative value came to a histogram of non-negative ones", value);
    const std::size_t bucket = bucket_of(value);
    if (bucket >= counts_.size()) [[unlikely]]
      counts_.resize(bucket + 1);
    ++counts_[bucket];
    ++count_;
    if (value < min_) min_ = value;
    if (value > max_) max_ = value;
  }
  void merge(const LogHistogram& other);
  // From counts kept elsewhere: `count` more values in a bucket, and between which values they lie.
  void add_bucket(std::size_t bucket, std::uint64_t count) {
    if (bucket >= counts_.size()) counts_.resize(bucket + 1);
    counts_[bucket] += count;
    count_ += static_cast<std::int64_t>(count);
  }
  void widen(std::int64_t min, std::int64_t max) {
    min_ = std::min(min_, min);
    max_ = std::max(max_, max);
  }

  std::int64_t count() const { return count_; }
  std::int64_t min() const { return count_ > 0 ? min_ : 0; }  // exact; 0 if empty
  std::int64_t max() const { return max_; }                   // exact; 0 if empty

  // The least value with at least the share q (0..1) of the values at or below it, interpolated inside its bucket and kept
  // within [min, max]. NaN if empty.
  double quantile(double q) const;

  // Half-open ranges [lower_of(b), lower_of(b + 1)) of values.
  static std::size_t bucket_of(std::int64_t value) {
    const auto v = static_cast<std::uint64_t>(value);
    if (v < kPerOctave) return static_cast<std::size_t>(v);
    const auto octave = static_cast<std::size_t>(std::bit_width(v)) - 1 - kBits;  // 0 for 64..127
    return (octave << kBits) + static_cast<std::size_t>(v >> octave);
  }
  static std::uint64_t lower_of(std::size_t bucket) {
    if (bucket < 2 * kPerOctave) return bucket;
    const std::size_t octave = (bucket >> kBits) - 1;
    return static_cast<std::uint64_t>(bucket - (octave << kBits)) << octave;
  }

 private:
  std::vector<std::uint64_t> counts_;
  std::int64_t count_ = 0;
  std::int64_t min_ = INT64_MAX;
  std::int64_t max_ = 0;
};

}  // namespace tierworks::core
