// The best point of a space of parameters for a goal, under constraints: a search under common random numbers, then a race of
// the best few on replications that the search did not see, so that its luck does not choose.
// The search is DIRECT-L, then CRS2, then, if they have converged before the budget is used up, a compass search.
// A space of no more points than the budget is run whole. The numbers do not depend on the threads.
// Cost: budget x replications runs, and those of the race.
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "experiments/compare/compare.h"
#include "experiments/optimise/box_search.h"
#include "experiments/optimise/goal.h"
#include "experiments/search/axis.h"
#include "experiments/search/points.h"

namespace tierworks::experiments {

// The first replication of all races; searches count from 0.
inline constexpr std::uint32_t kRaceReplications = std::uint32_t{1} << 30;

struct OptimiseOptions {
  Goal goal;
  std::vector<Constraint> constraints;
  std::size_t budget = 100;      // points of the search, at least 1
  std::size_t finalists = 5;     // at least 1
  std::size_t first_stage = 10;  // replications of each finalist before one may leave, at least 2
  std::size_t most = 200;        // replications of one finalist
  double indifference = 0.001;  // a difference that does not matter, as a share of the goal's mean at the best finalist
  double confidence = 0.95;
  PointsPlan plan;  // of the search; its progress counts runs of one stage
  std::function<void(std::size_t done, std::size_t budget)> searched;  // points so far
};

struct Tried {
  Point point;
  SearchPhase phase = SearchPhase::all;
  std::string refused;  // why the scenario does not take it; then nothing was run
  Judged judged;
  bool best_so_far = false;
};

struct Finalist {
  std::size_t tried = 0;  // index
  std::size_t replications = 0;
  Judged judged;              // on the race's replications
  core::Interval difference;  // of the goal, from the best one's, pair by pair
  bool in_race = false;
};

enum class Found : std::uint8_t {
  best,
  no_point_meets_all,  // constraints; the finalist named is the one that misses least
  nothing_ran,         // the scenario refuses every point, none has a value, or it was stopped too early
};

struct Optimised {
  Found found = Found::nothing_ran;
  std::vector<Tried> tried;  // in the order of the search
  std::vector<Finalist> finalists;
  std::size_t best = 0;  // of the finalists
  Race race = Race::none;
  double indifference = 0;  // in the unit of the goal
  // What the best one gives, beside the scenario as it is written, on the same replications.
  std::vector<world::KpiRow> rows;
  // By rows; the last two are empty if the scenario cannot be run as it is written. If the search was stopped, the only
  // finalist is its best point, on the replications of the search.
  std::vector<core::Interval> kpis, as_written, differences;
  std::size_t refused = 0;
  bool whole_space = false;         // every point was tried
  std::vector<std::string> faults;  // of the search, in words
  std::uint64_t events = 0;
  std::uint64_t seed = 1, fingerprint = 0;
  std::size_t replications = 0;  // of each point in the search
  std::size_t threads = 1;
  double confidence = 0.95;
  bool stopped = false;
  bool raced = false;  // false if it was stopped before
  double wall_seconds = 0, cpu_seconds = 0;
};

// The model of a point, and of the scenario as it is written (nothing if there is none); called from any thread.
struct Models {
  std::function<std::unique_ptr<const world::Model>(const Point& point, std::string& why)> at;
  std::function<std::unique_ptr<const world::Model>()> as_written;
};

// Requires that the KPIs of goal and constraints exist.
Optimised optimise(const std::vector<Axis>& axes, const Models& models, const OptimiseOptions& options);

}  // namespace tierworks::experiments
