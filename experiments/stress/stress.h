// Stress tests: each replication is warmed up once, then branched: its undisturbed twin, and one branch for each exercise,
// which differs by one strike only. All share the randomness of the replication, so their differences are the shock's doing.
// Exercises that differ only in how long the shock lasts are one run until the shorter one is over, and branch there again.
// A branch gives the numbers that a run from scratch with the same strike gives.
#pragma once
#include <atomic>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/stats/interval.h"
#include "experiments/stress/outcome.h"
#include "models/world/simulate.h"

namespace tierworks::experiments {

// One shock, of one length, with answers or without.
struct Exercise {
  std::string shock;   // by name, of the model
  std::string length;  // "2 wk", "whole window", "" as the scenario says
  std::optional<core::Duration> lasts;
  bool whole_window = false;  // until the end of the run
  bool answers = true;
  std::vector<std::string> asleep{};  // answers, "SHOCK/ANSWER", that the model has and this exercise has not
  // After the warm-up: so long, or spread over so long.
  core::Duration after{0};
  std::optional<core::Duration> spread;
};

// Which answers of the model an exercise has not.
disruption::Asleep asleep_in(const world::Model& model, const Exercise& exercise);

struct StressOptions {
  std::vector<Exercise> exercises;
  std::size_t replications = 10;
  std::uint64_t seed = 1;
  std::size_t threads = 1;
  double confidence = 0.95;
  double band_share = 0.01;
  bool from_scratch = false;  // every branch is warmed up anew; the same numbers, for checks
  // What an earlier experiment left: outcomes by exercise and replication.
  std::vector<std::vector<std::optional<Outcome>>> known;
  // A branch is done; one call at a time, from any thread.
  std::function<void(std::size_t exercise, std::uint32_t replication, const Outcome& outcome)> keep;
  std::function<void(std::size_t done, std::size_t all)> progress;
  const std::atomic<bool>* stop = nullptr;
};

// A time that some replications did not reach before the end of the run: those count as the window.
struct Censored {
  core::Interval restricted_mean;  // days
  double share = 0;                // that did not reach it
};

struct SiteEffect {
  std::uint32_t site = 0;
  double share = 0;       // of the replications in which it is hit
  double after_days = 0;  // mean of those
};

// The ripple: where the first site of a tier runs short.
struct TierEffect {
  int tier = 0;           // 0: serves customers
  std::size_t sites = 0;  // that are hit in some replication
  double share = 0;       // of the replications
  double after_days = 0;  // mean of those
};

struct ExerciseResult {
  Exercise exercise;
  std::size_t replications = 0;
  Censored survived, recovered;
  core::Interval service_drop, worst_service, late, lost, area, area_value, loss;
  std::vector<SiteEffect> sites;  // by rising delay
  std::vector<TierEffect> tiers;  // likewise
  core::Interval depth;           // tiers in which somebody runs short
  std::vector<Outcome> outcomes;  // by replication, as far as there are
};

struct Stressed {
  std::vector<ExerciseResult> exercises;  // as asked
  std::size_t replications = 0;           // whole ones
  bool stopped = false;
  double window_days = 0;
  double confidence = 0.95;
  std::uint64_t events = 0;
  double wall_seconds = 0, cpu_seconds = 0;
};

// The model holds the shocks; they strike at no time of their own. Branches of one replication run one after the other,
// replications side by side.
Stressed stress(const world::Model& model, const StressOptions& options);

}  // namespace tierworks::experiments
