#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "report/compare_table.h"
#include "report/json_parts.h"

namespace tierworks::report {

namespace {

using experiments::Compared;
using nlohmann::ordered_json;

ordered_json variant_json(const ComparisonSubject& subject, const Compared& result, std::size_t v) {
  const experiments::ComparedVariant& variant = result.variants[v];
  ordered_json levels = ordered_json::object();
  for (std::size_t f = 0; f < result.factors.size(); ++f) levels[result.factors[f]] = variant.levels[f];
  ordered_json json = {{"name", variant.name},
                       {"levels", levels},
                       {"base", v == result.base},
                       {"replications", variant.replications},
                       {"events", variant.events},
                       {"outcomes", outcomes_json(variant.outcomes, variant.replications)},
                       {"probability_best", finite(variant.probability_best)},
                       {"in_race", variant.in_race}};
  for (const auto& tuned : subject.tuned) {
    if (tuned.variant == v) json["tuned"] = tuned.words;
  }
  if (result.pareto) json["on_front"] = variant.on_front;
  if (v != result.base) {
    json["orders"] = {{"seen", variant.shared.orders},
                      {"same_instants", variant.shared.same_instants},
                      {"identical", variant.shared.identical}};
    json["variance_ratio"] = finite(variant.variance_ratio);
  }
  ordered_json kpis = ordered_json::array();
  for (std::size_t row = 0; row < result.rows.size(); ++row) {
    ordered_json kpi = {{"kpi", result.rows[row].kpi->name},
                        {"unit", unit_name(result.rows[row].kpi->unit, subject.base.currency)},
                        {"scope", result.rows[row].scope}};
    kpi.update(interval_json(variant.kpis[row]));
    if (!variant.plain.empty()) {
      kpi["plain"] = {{"mean", finite(variant.plain[row].mean)}, {"half_width", finite(variant.plain[row].half_width)}};
    }
    if (v != result.base) kpi["difference"] = interval_json(variant.differences[row]);
    kpis.push_back(std::move(kpi));
  }
  json["kpis"] = std::move(kpis);
  return json;
}

}  // namespace

std::string comparison_json(const ComparisonSubject& subject, const Compared& result) {
  ordered_json json;
  json["scenarios"] = subject.scenarios;
  json["run"] = {{"seed", result.seed},
                 {"replications_asked", result.asked},
                 {"threads", result.threads},
                 {"horizon_days", subject.base.horizon_days},
                 {"warm_up_days", subject.base.warm_up_days},
                 {"wall_seconds", result.wall_seconds},
                 {"cpu_seconds", result.cpu_seconds},
                 {"stopped_early", result.stopped},
                 {"precision_reached", result.precise},
                 {"fingerprint", fmt::format("{:016x}", result.fingerprint)}};
  if (!result.variants[result.base].plain.empty()) json["run"]["control_variates"] = result.controls;
  json["decide_on"] = kpi_json(result.rows[result.decisive]);
  json["decide_on"]["more_is_better"] = result.rows[result.decisive].kpi->more_is_better;
  json["base"] = result.variants[result.base].name;
  json["best"] = result.variants[result.best].name;
  json["race"] = {{"state", race_word(result.race)}, {"indifference", finite(result.indifference)}};
  if (result.budget > 0) json["selection"] = {{"method", "ocba"}, {"budget", result.budget}};
  json["confidence"] = {{"of_means", result.confidence},
                        {"of_all_differences", result.confidence},
                        {"of_each_difference", result.each_confidence},
                        {"correction", "bonferroni"}};
  if (result.pareto) {
    json["pareto"] = {kpi_json(result.rows[(*result.pareto)[0]]), kpi_json(result.rows[(*result.pareto)[1]])};
  }
  if (!subject.tuned.empty()) json["tuning"] = {{"replications", subject.tuning_replications}};
  ordered_json variants = ordered_json::array();
  for (std::size_t v = 0; v < result.variants.size(); ++v) variants.push_back(variant_json(subject, result, v));
  json["variants"] = std::move(variants);
  ordered_json effects = ordered_json::array();
  for (const experiments::Effect& effect : result.effects) {
    effects.push_back({{"factor", result.factors[effect.factor]},
                       {"level", effect.level},
                       {"mean", interval_json(effect.mean)},
                       {"effect", interval_json(effect.effect)}});
  }
  json["effects"] = std::move(effects);
  return json_text(json);
}

}  // namespace tierworks::report
