// How much of a series to cut so that the rest is steady: MSER-5 (White, "An effective truncation heuristic for bias
// reduction in simulation output", Simulation 69(6), 1997; with means of five observations as in Spratt's thesis, 1998).
// The cut is where the standard error of the mean of what is left is least: cutting more would lose more than bias.
// For results, never for state. Cost: one pass from the end.
#pragma once
#include <cstddef>
#include <span>

namespace tierworks::core {

inline constexpr std::size_t kMserBatch = 5;

struct WarmUp {
  std::size_t cut = 0;  // observations, a multiple of five
  // False if no place in the first half is better than its end: the series is too short to tell, or never becomes steady.
  bool found = false;
};

WarmUp mser_5(std::span<const double> series);

}  // namespace tierworks::core
