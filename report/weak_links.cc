#include <algorithm>
#include <cmath>
#include <map>

#include "report/stress_table.h"

namespace tierworks::report {

using experiments::ExerciseResult;
using experiments::Outcome;

std::vector<WeakLink> weak_links(const experiments::Stressed& result) {
  std::vector<WeakLink> links;
  std::map<std::pair<std::string, bool>, std::size_t> at;  // shock, with answers -> link
  const auto length = [&](std::size_t e) {
    const auto& exercise = result.exercises[e].exercise;
    return exercise.lasts ? exercise.lasts->ticks : 0;
  };
  for (std::size_t e = 0; e < result.exercises.size(); ++e) {
    const experiments::Exercise& exercise = result.exercises[e].exercise;
    const auto key = std::pair{exercise.shock, exercise.answers};
    if (exercise.whole_window) continue;
    const auto found = at.find(key);
    if (found == at.end()) {
      at[key] = links.size();
      links.push_back({.shock = exercise.shock, .exercise = e, .whole_window = {}});
    } else if (length(links[found->second].exercise) < length(e)) {
      links[found->second].exercise = e;
    }
  }
  for (std::size_t e = 0; e < result.exercises.size(); ++e) {
    const experiments::Exercise& exercise = result.exercises[e].exercise;
    const auto found = at.find({exercise.shock, exercise.answers});
    if (exercise.whole_window && found != at.end()) links[found->second].whole_window = e;
  }
  const auto loss = [&](const WeakLink& link) { return result.exercises[link.exercise].loss.mean; };
  // Where nothing is lost in money, by the units that customers got late or never.
  const auto harm = [&](const WeakLink& link) {
    return result.exercises[link.exercise].late.mean + result.exercises[link.exercise].lost.mean;
  };
  std::stable_sort(links.begin(), links.end(), [&](const WeakLink& a, const WeakLink& b) {
    return loss(a) != loss(b) ? loss(a) > loss(b) : harm(a) > harm(b);
  });
  const double greatest = links.empty() ? 0 : loss(links.front());
  for (WeakLink& link : links) link.exposure = greatest > 0 ? std::max(0.0, loss(link) / greatest) : 0;
  return links;
}

TargetsMet targets_met(const StressTargets& targets, const ExerciseResult& result) {
  TargetsMet met;
  if (result.outcomes.empty()) return met;
  std::size_t service = 0, recovery = 0, all = 0;
  for (const Outcome& o : result.outcomes) {
    const bool serves = !targets.weekly_service || o.worst_service >= *targets.weekly_service;
    const bool recovers = !targets.recovery_days || (!std::isnan(o.recovered) && o.recovered <= *targets.recovery_days);
    service += serves ? 1 : 0;
    recovery += recovers ? 1 : 0;
    all += serves && recovers ? 1 : 0;
  }
  const auto n = static_cast<double>(result.outcomes.size());
  if (targets.weekly_service) met.weekly_service = static_cast<double>(service) / n;
  if (targets.recovery_days) met.recovery = static_cast<double>(recovery) / n;
  met.all = static_cast<double>(all) / n;
  return met;
}

}  // namespace tierworks::report
