#include <cmath>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "report/stress_table.h"

namespace tierworks::report {

namespace {

using nlohmann::ordered_json;

ordered_json finite(double value) { return std::isfinite(value) ? ordered_json(value) : ordered_json(nullptr); }

ordered_json interval_json(const core::Interval& i) {
  return {{"mean", finite(i.mean)},
          {"half_width", finite(i.half_width)},
          {"n", i.n},
          {"min", finite(i.min)},
          {"max", finite(i.max)}};
}

ordered_json time_json(const experiments::Censored& time) {
  return {{"restricted_mean_days", interval_json(time.restricted_mean)}, {"share_never", finite(time.share)}};
}

}  // namespace

std::string stress_json(const StressSubject& subject, const experiments::Stressed& result) {
  ordered_json json;
  json["scenario"] = subject.base.scenario;
  json["run"] = {{"seed", subject.seed},
                 {"replications", result.replications},
                 {"warm_up_days", subject.base.warm_up_days},
                 {"window_days", result.window_days},
                 {"band_share", subject.band_share},
                 {"confidence", result.confidence},
                 {"events", result.events},
                 {"wall_seconds", result.wall_seconds},
                 {"cpu_seconds", result.cpu_seconds},
                 {"stopped_early", result.stopped}};
  ordered_json exercises = ordered_json::array();
  for (std::size_t e = 0; e < result.exercises.size(); ++e) {
    const experiments::ExerciseResult& row = result.exercises[e];
    ordered_json sites = ordered_json::array();
    for (const experiments::SiteEffect& site : row.sites) {
      sites.push_back({{"site", subject.sites[site.site]},
                       {"share_of_replications", finite(site.share)},
                       {"after_days", finite(site.after_days)}});
    }
    ordered_json tiers = ordered_json::array();
    for (const experiments::TierEffect& tier : row.tiers) {
      tiers.push_back({{"tier", tier.tier},
                       {"sites", tier.sites},
                       {"share_of_replications", finite(tier.share)},
                       {"after_days", finite(tier.after_days)}});
    }
    ordered_json one = {{"shock", row.exercise.shock},
                        {"scope", "shock:" + row.exercise.shock},
                        {"length", row.exercise.length},
                        {"whole_window", row.exercise.whole_window},
                        {"answers", row.exercise.answers},
                        {"replications", row.replications},
                        {"time_to_survive", time_json(row.survived)},
                        {"service_recovery_time", time_json(row.recovered)},
                        {"service_drop", interval_json(row.service_drop)},
                        {"worst_weekly_service", interval_json(row.worst_service)},
                        {"late_units", interval_json(row.late)},
                        {"lost_units", interval_json(row.lost)},
                        {"loss_area_unit_days", interval_json(row.area)},
                        {"loss_area_money_days", interval_json(row.area_value)},
                        {"loss", interval_json(row.loss)},
                        {"depth_in_tiers", interval_json(row.depth)},
                        {"tiers", tiers},
                        {"sites", sites}};
    if (subject.targets.any() && !row.exercise.whole_window) {
      const TargetsMet met = targets_met(subject.targets, row);
      one["targets"] = {{"weekly_service", met.weekly_service ? finite(*met.weekly_service) : ordered_json(nullptr)},
                        {"recovery", met.recovery ? finite(*met.recovery) : ordered_json(nullptr)},
                        {"all", finite(met.all)},
                        {"met", met.all >= subject.targets.probability}};
    }
    if (e < subject.per_year.size() && subject.per_year[e].most > 0) {
      const auto& per_year = subject.per_year[e];
      one["per_year"] = {{"least", per_year.least}, {"most", per_year.most}};
      one["expected_loss_per_year"] = {{"least", finite(per_year.least * row.loss.mean)},
                                       {"most", finite(per_year.most * row.loss.mean)}};
    }
    if (e < subject.timelines.size() && !subject.timelines[e].empty()) {
      ordered_json moments = ordered_json::array();
      for (const experiments::Moment& m : subject.timelines[e]) {
        moments.push_back({{"day", finite(m.day)}, {"what", m.words}});
        if (!m.date.empty()) moments.back()["date"] = m.date;
      }
      one["timeline"] = std::move(moments);
    }
    exercises.push_back(std::move(one));
  }
  json["exercises"] = std::move(exercises);
  ordered_json links = ordered_json::array();
  for (const WeakLink& link : weak_links(result)) {
    const experiments::ExerciseResult& row = result.exercises[link.exercise];
    const experiments::ExerciseResult& window = link.whole_window ? result.exercises[*link.whole_window] : row;
    const double survives = window.survived.restricted_mean.mean;
    ordered_json one = {{"shock", link.shock},
                        {"answers", row.exercise.answers},
                        {"loss", finite(row.loss.mean)},
                        {"exposure", finite(link.exposure)},
                        {"time_to_survive_days", finite(survives)}};
    if (row.exercise.lasts) one["outage_minus_survival_days"] = finite(core::in_days(*row.exercise.lasts) - survives);
    links.push_back(std::move(one));
  }
  json["weak_links"] = std::move(links);
  ordered_json items = ordered_json::array();
  for (const auto& row : subject.concentration) {
    items.push_back({{"item", subject.items[row.item]},
                     {"suppliers", row.suppliers},
                     {"hhi", finite(row.hhi)},
                     {"units_per_day", finite(row.units_per_day)}});
  }
  json["concentration"] = std::move(items);
  return json.dump(1, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace tierworks::report
