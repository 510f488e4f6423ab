// Replications of one scenario: independent runs in parallel, each in its own slot, folded in order; so the numbers do not
// depend on the number of threads.
#pragma once
#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "core/stats/interval.h"
#include "experiments/replicate/plan.h"
#include "models/world/result.h"
#include "models/world/simulate.h"

namespace tierworks::experiments {

struct Precision {
  double relative = 0.01;         // half-width / mean that each named KPI must reach
  std::vector<std::string> kpis;  // at world scope
  std::size_t most = 1000;        // replications at most
};

struct ReplicateOptions {
  std::size_t replications = 10;  // with a precision: the least number
  std::uint64_t seed = 1;
  std::size_t threads = 1;
  std::uint32_t partitions = 0;  // of each run; 0: whatever is fastest
  core::EventSet event_set = core::EventSet::automatic;
  double confidence = 0.95;
  const Precision* precision = nullptr;
  bool control_variates = false;  // means and intervals are those left when what chance brought is taken off
  // Runs one replication; as a whole, in one go, if left out.
  std::function<world::RunResult(world::Simulation&, std::uint64_t seed, std::uint32_t replication)> run_one;
  std::uint32_t first_replication = 0;
  std::function<void(const std::string& words)> planned;                // is told how the work is shared, and why
  std::function<void(std::size_t done, std::size_t planned)> progress;  // called from any thread, one at a time
  const std::atomic<bool>* stop = nullptr;                              // ends the experiment at the next replication
};

struct Replicated {
  std::vector<world::KpiRow> rows;
  std::vector<core::Interval> kpis;   // one for each row
  std::vector<core::Interval> plain;  // likewise without control variates; empty if they were not asked for
  std::vector<std::string> controls;  // that vary here, in words
  std::size_t replications = 0;       // whole ones
  std::size_t asked = 0;
  bool stopped = false;
  bool precise = true;  // false if the precision was not reached
  std::uint64_t seed = 0;
  std::size_t threads = 1;
  std::uint32_t partitions = 1;  // of each run
  double confidence = 0.95;
  std::uint64_t events = 0;
  std::uint64_t fingerprint = 0;
  std::vector<std::pair<world::Outcome, std::size_t>>
      outcomes;                    // how many replications ended how; only those not complete
  std::string trouble;             // of the first replication that says what went wrong
  std::vector<std::string> notes;  // what the user should know of the numbers: shop floors that stood still
  double wall_seconds = 0;
  double cpu_seconds = 0;
  std::int64_t peak_memory_bytes = 0;  // of the process
};

Replicated replicate(const world::Model& model, const ReplicateOptions& options);

}  // namespace tierworks::experiments
