// One dimension of a space of parameters: values that were named, or a range of numbers in steps. A point of the space is one
// index for each axis, so that it is exactly what the scenario takes, and two points are equal or are not.
// Invariant: size() >= 1. Cost: a value's text is made when asked for.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace tierworks::experiments {

// low, low + step, ... up to high, written as `prefix number suffix`: "smoothing 0.25", "2.5 d".
struct Range {
  double low = 0, high = 0;
  double step = 1;   // above 0
  int decimals = 0;  // that low and step need
  std::string prefix, suffix;
};

struct Axis {
  std::string name;                 // as reports show it
  std::string path;                 // of the scenario
  std::vector<std::string> values;  // if it is empty, the range counts
  Range range;

  bool is_range() const { return values.empty(); }
  std::int64_t size() const;
  std::string text(std::int64_t index) const;
  // Of a range: from one index to another, in one phrase: "smoothing 0.1..0.3".
  std::string text(std::int64_t first, std::int64_t last) const;
  double number(std::int64_t index) const;  // of a range
  // The index of a coordinate in [0, 1]: each index has an equal share of it.
  std::int64_t index_at(double coordinate) const;
};

using Point = std::vector<std::int64_t>;  // by axis

std::vector<std::string> texts(const std::vector<Axis>& axes, const Point& point);

// Points of the whole space; at most `most` + 1, so that it can be asked for.
std::int64_t points_of(const std::vector<Axis>& axes, std::int64_t most);
// The n-th of them, the last axis running fastest.
Point point_number(const std::vector<Axis>& axes, std::int64_t number);

}  // namespace tierworks::experiments
