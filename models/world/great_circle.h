// How far two sites are apart: along a great circle of a sphere of 6371.0088 km, the Earth's mean radius (haversine
// formula; Sinnott, Virtues of the haversine, Sky & Telescope 68, 1984). In whole metres, so that the last bits of libm, which
// change with the processor, do not reach a choice.
#pragma once
#include <algorithm>
#include <cmath>
#include <cstdint>

#include "models/common/spec.h"

namespace tierworks::world {

inline std::int64_t metres_between(const common::GeoPoint& a, const common::GeoPoint& b) {
  constexpr double kRadius = 6371008.8;
  constexpr double kDegree = 3.14159265358979323846 / 180;
  const double half_north = std::sin((b.latitude - a.latitude) * kDegree / 2);
  const double half_east = std::sin((b.longitude - a.longitude) * kDegree / 2);
  const double h =
      half_north * half_north + std::cos(a.latitude * kDegree) * std::cos(b.latitude * kDegree) * half_east * half_east;
  return std::llround(2 * kRadius * std::asin(std::sqrt(std::min(1.0, h))));
}

}  // namespace tierworks::world
