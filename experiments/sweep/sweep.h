// A scenario at many points of a space of parameters, under common random numbers: its KPIs at each point, what each parameter
// does to the deciding one, and which parameters matter.
// The numbers do not depend on the threads. Cost: points x replications runs; the memory of a few models.
#pragma once
#include <string>
#include <vector>

#include "experiments/search/axis.h"
#include "experiments/search/points.h"
#include "experiments/sweep/sensitivity.h"

namespace tierworks::experiments {

enum class Design : std::uint8_t { grid, latin_hypercube, sobol };

// The points of a design, each once, in the order in which they first come. A grid holds every combination of all values, so
// `wanted` says nothing there.
std::vector<Point> points_of_design(Design design, const std::vector<Axis>& axes, std::size_t wanted,
                                    std::uint64_t seed);

struct SweepOptions {
  KpiAt decide_on{"total_cost"};
  double confidence = 0.95;
  PointsPlan plan;
};

struct SweptPoint {
  std::vector<std::string> values;   // by axis
  std::string refused;               // why the scenario does not take them; then there is nothing else
  std::vector<core::Interval> kpis;  // by Swept::rows
  std::uint64_t events = 0;
  std::vector<std::pair<world::Outcome, std::size_t>> outcomes;
};

struct Swept {
  std::vector<world::KpiRow> rows;  // empty if no point could be run
  std::size_t decisive = 0;
  std::vector<SweptPoint> points;        // of those that were asked for, all that are whole or refused
  std::vector<ParameterEffect> effects;  // by axis; empty below two points with a value
  std::vector<std::size_t> rank;         // axes by falling share
  bool exact = false;                    // a full grid without a gap: shares of variance add up to at most 1
  std::size_t asked = 0, refused = 0;
  std::size_t replications = 0;
  double confidence = 0.95;
  std::uint64_t seed = 1, fingerprint = 0;
  std::size_t threads = 1;
  bool stopped = false;
  double wall_seconds = 0, cpu_seconds = 0;
};

// `make(p)` makes the model of points[p]. Requires that the deciding KPI and those kept exist.
Swept sweep(const std::vector<Axis>& axes, const std::vector<Point>& points, const MakeModel& make,
            const SweepOptions& options);

}  // namespace tierworks::experiments
