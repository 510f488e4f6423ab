#include "experiments/stress/timeline.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "models/common/date_text.h"

namespace tierworks::experiments {

namespace {

constexpr std::size_t kMostSites = 7;

// With what help spares of it.
double mean_length(const world::Model& model, const Exercise& exercise, double window) {
  if (exercise.whole_window) return window;
  for (const disruption::Shock& shock : model.disruption.shocks) {
    if (shock.name != exercise.shock) continue;
    const core::Duration lasts =
        exercise.lasts ? *exercise.lasts : core::rounded(core::mean_of(shock.lasts, model.tables));
    return core::in_days(disruption::with_help(shock, lasts, asleep_in(model, exercise)));
  }
  return 0;
}

// Days, over the replications in which it happened.
double mean_of_those(const ExerciseResult& result, double Outcome::*time) {
  double sum = 0;
  std::size_t happened = 0;
  for (const Outcome& outcome : result.outcomes) {
    if (std::isnan(outcome.*time)) continue;
    sum += outcome.*time;
    ++happened;
  }
  return happened == 0 ? std::numeric_limits<double>::quiet_NaN() : sum / static_cast<double>(happened);
}

double recovery_of(const world::Model& model, const Exercise& exercise) {
  for (const disruption::Shock& shock : model.disruption.shocks) {
    if (shock.name == exercise.shock) return core::in_days(shock.recovery);
  }
  return 0;
}

}  // namespace

std::vector<Moment> timeline(const world::Model& model, const disruption::DisruptionSpec& shock,
                             const ExerciseResult& result) {
  const Exercise& exercise = result.exercise;
  const double window = core::in_days(model.horizon - exercise.after);
  const double length = mean_length(model, exercise, window);
  const double end = length + recovery_of(model, exercise);
  std::vector<Moment> moments{{0, exercise.shock + " strikes"}};
  const double known = core::in_days(*shock.known_after);
  if (known > 0 && known < end) moments.push_back({known, "it is known"});
  if (exercise.answers) {
    for (const auto& answer : shock.answers) {
      const auto& after = answer.spec.qualified_after.stated ? answer.spec.qualified_after : answer.spec.after;
      const double at = known + core::in_days(*after);
      if (at >= end) continue;
      moments.push_back({at, answer.spec.add_source.stated
                                 ? fmt::format("{} supplies {}", *answer.spec.add_source, *answer.spec.item)
                                 : fmt::format("{} takes effect", answer.name)});
    }
  }
  if (length < window) moments.push_back({length, end > length ? "recovery begins" : "it is over"});
  if (end > length && end < window) moments.push_back({end, "it is over"});
  const bool restored = result.recovered.share < 0.5 && result.recovered.restricted_mean.n > 0;
  const double restored_at = mean_of_those(result, &Outcome::recovered);
  std::size_t named = 0;
  for (const SiteEffect& site : result.sites) {
    if (site.share < 0.5 || (restored && site.after_days > restored_at)) continue;
    if (++named > kMostSites) continue;
    moments.push_back({site.after_days, fmt::format("{} runs short", model.sites[site.site].name)});
  }
  if (result.survived.share < 0.5 && result.survived.restricted_mean.n > 0) {
    moments.push_back({mean_of_those(result, &Outcome::survived), "customers feel it"});
    if (restored) moments.push_back({restored_at, "service is restored"});
  }
  if (named > kMostSites) {
    moments.push_back(
        {result.sites[kMostSites].after_days, fmt::format("and {} more sites follow", named - kMostSites)});
  }
  std::stable_sort(moments.begin(), moments.end(), [](const Moment& a, const Moment& b) { return a.day < b.day; });
  if (model.start && !exercise.spread) {
    const core::Instant strike = core::Instant{0} + model.warm_up + exercise.after;
    for (Moment& m : moments) {
      const core::Duration since = core::kDay * static_cast<std::int64_t>(m.day);
      m.date = common::date_text(*model.start, strike + since).substr(0, 10);
    }
  }
  return moments;
}

}  // namespace tierworks::experiments
