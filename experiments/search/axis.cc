#include "experiments/search/axis.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "core/base/check.h"

namespace tierworks::experiments {

std::int64_t Axis::size() const {
  if (!is_range()) return static_cast<std::int64_t>(values.size());
  TIERWORKS_CHECK(range.step > 0 && range.high >= range.low, "a range without steps or with its ends swapped");
  // What rounding took away of a last step that fits is given back.
  return static_cast<std::int64_t>(std::floor((range.high - range.low) / range.step * (1 + 1e-12) + 1e-9)) + 1;
}

double Axis::number(std::int64_t index) const { return range.low + range.step * static_cast<double>(index); }

namespace {

std::string digits_of(const Axis& axis, std::int64_t index) {
  std::string digits = fmt::format("{:.{}f}", axis.number(index), axis.range.decimals);
  if (digits.find('.') != std::string::npos) {
    digits.erase(digits.find_last_not_of('0') + 1);
    if (digits.back() == '.') digits.pop_back();
  }
  return digits == "-0" ? "0" : digits;
}

}  // namespace

std::string Axis::text(std::int64_t index) const {
  if (!is_range()) return values[static_cast<std::size_t>(index)];
  return range.prefix + digits_of(*this, index) + range.suffix;
}

std::string Axis::text(std::int64_t first, std::int64_t last) const {
  return range.prefix + digits_of(*this, first) + ".." + digits_of(*this, last) + range.suffix;
}

std::int64_t Axis::index_at(double coordinate) const {
  const std::int64_t n = size();
  return std::clamp(static_cast<std::int64_t>(std::floor(coordinate * static_cast<double>(n))), std::int64_t{0}, n - 1);
}

std::vector<std::string> texts(const std::vector<Axis>& axes, const Point& point) {
  std::vector<std::string> list;
  for (std::size_t a = 0; a < axes.size(); ++a) list.push_back(axes[a].text(point[a]));
  return list;
}

std::int64_t points_of(const std::vector<Axis>& axes, std::int64_t most) {
  std::int64_t all = 1;
  for (const Axis& axis : axes) {
    const std::int64_t size = axis.size();
    if (size > most / all) return most + 1;
    all *= size;
  }
  return all;
}

Point point_number(const std::vector<Axis>& axes, std::int64_t number) {
  Point point(axes.size());
  for (std::size_t a = axes.size(); a-- > 0;) {
    point[a] = number % axes[a].size();
    number /= axes[a].size();
  }
  return point;
}

}  // namespace tierworks::experiments
