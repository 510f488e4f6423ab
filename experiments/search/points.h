// Runs points of a space of parameters under common random numbers: every point the same replications of the same seed.
// A point's model is made when its turn comes and given back when its runs are done, so that thousands of points need the
// memory of a few. Each run has a slot of its own; the numbers do not depend on the threads.
#pragma once
#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "experiments/compare/compare.h"
#include "models/world/result.h"
#include "models/world/simulate.h"

namespace tierworks::experiments {

// The model of the so manieth point, called from any thread; nothing if the scenario refuses it, and then why.
using MakeModel = std::function<std::unique_ptr<const world::Model>(std::size_t point, std::string& why)>;

struct PointsPlan {
  std::size_t replications = 10;
  std::uint64_t seed = 1;
  std::uint32_t first_replication = 0;
  std::size_t threads = 1;
  std::vector<KpiAt> keep;                                              // of other scopes than the whole world
  std::function<void(std::size_t done, std::size_t planned)> progress;  // runs; called from any thread, one at a time
  const std::atomic<bool>* stop = nullptr;                              // ends the experiment at the next run
};

struct PointRuns {
  std::string refused;                       // why the scenario does not take it; "" if it does
  bool whole = false;                        // all replications came to their end
  std::vector<std::vector<double>> samples;  // by row and replication; NaN where a run has no value
  std::uint64_t events = 0, fingerprint = 0;
  std::vector<std::pair<world::Outcome, std::size_t>> outcomes;  // only those not complete
};

struct PointsResult {
  // Of the first point that is not refused: the whole world's rows and those kept. Empty if all are refused.
  std::vector<world::KpiRow> rows;
  std::vector<PointRuns> points;
};

PointsResult run_points(std::size_t points, const MakeModel& make, const PointsPlan& plan);

}  // namespace tierworks::experiments
