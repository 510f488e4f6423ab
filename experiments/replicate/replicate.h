// Replications of one scenario: independent runs in parallel, each in its own slot, folded in order; so the numbers do not
// depend on the number of threads.
#pragma once
#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "core/stats/interval.h"
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
  double confidence = 0.95;
  const Precision* precision = nullptr;
  std::function<void(std::size_t done, std::size_t planned)> progress;  // called from any thread, one at a time
  const std::atomic<bool>* stop = nullptr;                              // ends the experiment at the next replication
};

struct Replicated {
  std::vector<world::KpiRow> rows;
  std::vector<core::Interval> kpis;  // one for each row
  std::size_t replications = 0;      // whole ones
  std::size_t asked = 0;
  bool stopped = false;
  bool precise = true;  // false if the precision was not reached
  std::uint64_t seed = 0;
  std::size_t threads = 1;
  double confidence = 0.95;
  std::uint64_t events = 0;
  std::uint64_t fingerprint = 0;
  std::vector<std::pair<world::Outcome, std::size_t>>
      outcomes;  // how many replications ended how; only those not complete
  double wall_seconds = 0;
  double cpu_seconds = 0;
  std::int64_t peak_memory_bytes = 0;  // of the process
};

Replicated replicate(const world::Model& model, const ReplicateOptions& options);

}  // namespace tierworks::experiments
