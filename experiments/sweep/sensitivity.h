// What each parameter does to a KPI, from runs at the points of a design: the mean over all points of a class of its values
// less the mean over all points (main effects; Law, "Simulation Modeling and Analysis", 12.2), and the share of the variance
// between the points that these means explain (the first-order index, estimated as a correlation ratio: Saltelli et al.,
// "Global Sensitivity Analysis: The Primer", 2008, 1.2.8).
// A class mean of few points moves by itself; the share is corrected for that (epsilon squared: Kelley, PNAS 21(9), 1935),
// but not on a full grid, where the classes differ in nothing else and the share is exact.
// For results, never for state. Cost: a pass over the values for each parameter.
#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "core/stats/interval.h"

namespace tierworks::experiments {

// Points that count as one value of a parameter.
struct Class {
  std::string label;  // "40", "40..52"
  std::vector<std::size_t> points;
};

struct ClassEffect {
  std::string label;
  std::size_t points = 0;
  core::Interval mean;    // over these points
  core::Interval effect;  // less the mean over all points
};

struct ParameterEffect {
  std::vector<ClassEffect> classes;  // by rising value, or as named
  std::size_t lowest = 0, highest = 0;
  core::Interval range;  // mean of the highest class less that of the lowest
  double share = 0;      // of the variance between the points; NaN if they do not differ
};

// samples[point][replication]; a replication counts if all points have a value in it. `exact`: a full grid.
ParameterEffect effect_of(const std::vector<Class>& classes, const std::vector<std::vector<double>>& samples,
                          bool exact, double confidence);

// Parameters by falling share; those without one last.
std::vector<std::size_t> rank_of(const std::vector<ParameterEffect>& effects);

}  // namespace tierworks::experiments
