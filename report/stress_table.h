// The page of `tierworks stress`: the weak links in order of what their failure costs, each exercise with its intervals, a
// timeline in words, and how probably the targets are met. Plain text of at most `width` columns.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "experiments/stress/concentration.h"
#include "experiments/stress/stress.h"
#include "experiments/stress/timeline.h"
#include "report/summary.h"
#include "report/table_options.h"

namespace tierworks::report {

struct StressTargets {
  std::optional<double> weekly_service;  // share
  std::optional<double> recovery_days;
  double probability = 0.95;
  bool any() const { return weekly_service || recovery_days; }
};

// Of one exercise: in which share of the replications each target is met.
struct TargetsMet {
  std::optional<double> weekly_service, recovery;
  double all = 1;
};
TargetsMet targets_met(const StressTargets& targets, const experiments::ExerciseResult& result);

struct StressSubject {
  Subject base;
  std::uint64_t seed = 1;
  double band_share = 0.01;
  StressTargets targets;
  std::vector<std::string> sites, items;                    // names by id
  std::vector<std::vector<experiments::Moment>> timelines;  // by exercise; empty if it has none
  std::vector<experiments::ItemConcentration> concentration;
  struct Frequency {
    double least = 0, most = 0;
  };
  std::vector<Frequency> per_year;  // by exercise; 0 if nothing is said
};

std::string stress_table(const StressSubject& subject, const experiments::Stressed& result,
                         const TableOptions& options);
// The whole result for programs; numbers are finite or null.
std::string stress_json(const StressSubject& subject, const experiments::Stressed& result);

// Exercises by falling mean loss of the longest outage of their shock.
struct WeakLink {
  std::string shock;
  std::size_t exercise = 0;                 // the longest outage, of which loss and recovery are told
  std::optional<std::size_t> whole_window;  // of which the time to survive is told
  double exposure = 0;                      // loss / greatest loss of all
};
std::vector<WeakLink> weak_links(const experiments::Stressed& result);

}  // namespace tierworks::report
