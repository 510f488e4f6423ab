// Confidence interval of a mean from independent samples (replications), by Student's t.
// For results, never for state. Cost: two passes and one quantile of t.
#pragma once
#include <cstdint>
#include <vector>

namespace tierworks::core {

struct Interval {
  double mean = 0;
  double half_width = 0;
  double confidence = 0;  // between 0 and 1
  std::int64_t n = 0;
  double min = 0;
  double max = 0;

  // False if the half-width is unknown.
  bool covers(double value) const { return mean - half_width <= value && value <= mean + half_width; }
};

// Samples that are NaN (a KPI without a value in that replication) are left out, and n counts the rest. Below two samples
// the half-width is NaN, and without any all numbers are. Requires 0 < confidence < 1.
Interval student_interval(const std::vector<double>& samples, double confidence);

}  // namespace tierworks::core
