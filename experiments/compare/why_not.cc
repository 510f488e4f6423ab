#include <algorithm>
#include <set>
#include <tuple>

#include <fmt/format.h>

#include "experiments/compare/compare.h"
#include "models/common/diagnostics.h"

namespace tierworks::experiments {

namespace {

std::vector<std::string> world_kpis(const world::Model& model) {
  std::vector<std::string> names;
  for (const world::KpiRow& row : world::kpi_rows(model)) {
    if (row.scope == "world") names.emplace_back(row.kpi->name);
  }
  return names;
}

std::string unknown_kpi(const KpiAt& wanted, const Variant& variant) {
  std::vector<std::string> names, scopes;
  bool scope_known = false;
  for (const world::KpiRow& row : world::kpi_rows(*variant.model)) {
    if (scopes.empty() || scopes.back() != row.scope) scopes.push_back(row.scope);
    if (row.scope != wanted.scope) continue;
    scope_known = true;
    names.emplace_back(row.kpi->name);
    if (wanted.kpi == row.kpi->name) return "";
  }
  if (!scope_known) {
    return fmt::format("no scope \"{}\"{}; a scope is world, or like site:NAME, item:NAME, region:NAME", wanted.scope,
                       common::did_you_mean(wanted.scope, scopes));
  }
  return fmt::format("no KPI \"{}\" at scope {}{}; expected one of: {}", wanted.kpi, wanted.scope,
                     common::did_you_mean(wanted.kpi, names), fmt::join(names, ", "));
}

}  // namespace

std::string why_not(const std::vector<Variant>& variants, const CompareOptions& options) {
  if (variants.size() < 2) {
    return "there is one variant only, and nothing to compare it with; name a second scenario, or vary something: "
           "--vary sites.plant.stock.frame.level=100,120";
  }
  if (options.control_variates && (options.indifference || options.budget)) {
    return "got control variates and a race for the best (`indifference` or a `budget`), which counts on samples as "
           "they "
           "are drawn; expected one of the two";
  }
  std::set<std::string> names;
  for (const Variant& v : variants) {
    if (!names.insert(v.name).second) {
      return fmt::format("two variants are called \"{}\"; give each file and each value once", v.name);
    }
  }
  const Variant& base = variants[options.base];
  const std::vector<std::string> base_kpis = world_kpis(*base.model);
  for (const Variant& v : variants) {
    if (v.model->currency != base.model->currency) {
      return fmt::format("{} counts money in {} and {} in {}; state one `money: {{currency: ...}}` in both", v.name,
                         v.model->currency, base.name, base.model->currency);
    }
    if (v.model->horizon != base.model->horizon || v.model->warm_up != base.model->warm_up) {
      return fmt::format(
          "{} measures {:g} d after a warm-up of {:g} d, and {} measures {:g} d after {:g} d; make them equal: "
          "--horizon "
          "\"{:g} d\" --warm-up \"{:g} d\"",
          v.name, core::in_days(v.model->horizon), core::in_days(v.model->warm_up), base.name,
          core::in_days(base.model->horizon), core::in_days(base.model->warm_up), core::in_days(base.model->horizon),
          core::in_days(base.model->warm_up));
    }
    const std::vector<std::string> own = world_kpis(*v.model);
    for (const auto& [has, lacks, lacking] : {std::tuple{&base_kpis, &own, &v}, std::tuple{&own, &base_kpis, &base}}) {
      for (const std::string& kpi : *has) {
        if (std::find(lacks->begin(), lacks->end(), kpi) != lacks->end()) continue;
        return fmt::format("their KPIs differ: {} has no {}, {} has; compare scenarios that measure the same",
                           lacking->name, kpi, lacking == &v ? base.name : v.name);
      }
    }
  }
  std::vector<KpiAt> named = options.keep;
  named.push_back(options.decide_on);
  if (options.pareto) named.insert(named.end(), options.pareto->begin(), options.pareto->end());
  for (const Variant& v : variants) {
    for (const KpiAt& kpi : named) {
      if (std::string why = unknown_kpi(kpi, v); !why.empty()) return fmt::format("{}: {}", v.name, why);
    }
  }
  if (options.indifference && 2 * (1 - options.confidence) >= static_cast<double>(variants.size() - 1)) {
    return "the confidence is one that guessing reaches; ask for more: --confidence 95%";
  }
  return "";
}

}  // namespace tierworks::experiments
