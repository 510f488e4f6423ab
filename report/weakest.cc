#include "report/weakest.h"

#include <array>
#include <cmath>

#include <fmt/format.h>

#include "models/demand/kpis.h"
#include "models/factory/kpis.h"
#include "models/production/kpis.h"
#include "models/supply/kpis.h"
#include "models/world/kpis.h"
#include "report/numbers.h"

namespace tierworks::report {

namespace {

using common::Kpi;
using common::Unit;

enum class Way { none, worst, highest, part };

struct Rule {
  std::string_view kpi;
  Way way;
  std::array<ScopeKind, 2> kinds;  // the first with two scopes or more to compare
};

using K = ScopeKind;
// A KPI is compared between scopes where it means the same, and split into parts where these add up to the whole.
constexpr std::array kRules{
    Rule{factory::kpi::cycle_time.name, Way::worst, {K::product, K::site}},
    Rule{factory::kpi::cycle_time_p95.name, Way::worst, {K::product, K::site}},
    Rule{factory::kpi::flow_factor.name, Way::worst, {K::product, K::site}},
    Rule{factory::kpi::tardiness.name, Way::worst, {K::product, K::site}},
    Rule{factory::kpi::tardy_share.name, Way::worst, {K::product, K::site}},
    Rule{factory::kpi::makespan.name, Way::worst, {K::product, K::site}},
    Rule{factory::kpi::lots.name, Way::part, {K::product, K::site}},
    Rule{factory::kpi::wip.name, Way::part, {K::product, K::site}},
    Rule{factory::kpi::busy.name, Way::highest, {K::work_centre, K::work_centre}},
    Rule{factory::kpi::down.name, Way::highest, {K::work_centre, K::work_centre}},
    Rule{factory::kpi::blocked.name, Way::highest, {K::work_centre, K::work_centre}},
    Rule{factory::kpi::starved.name, Way::highest, {K::work_centre, K::work_centre}},
    Rule{factory::kpi::queue_time.name, Way::worst, {K::work_centre, K::work_centre}},
    Rule{factory::kpi::queue_length.name, Way::part, {K::work_centre, K::work_centre}},
    Rule{supply::kpi::fill_rate.name, Way::worst, {K::stock, K::region}},
    Rule{demand::kpi::on_time.name, Way::worst, {K::stock, K::region}},
    Rule{demand::kpi::order_lead_time.name, Way::worst, {K::region, K::item}},
    Rule{demand::kpi::order_lead_time_p95.name, Way::worst, {K::region, K::item}},
    Rule{demand::kpi::lost_share.name, Way::worst, {K::stock, K::region}},
    Rule{supply::kpi::turns.name, Way::worst, {K::stock, K::stock}},
    Rule{production::kpi::utilisation.name, Way::highest, {K::work_centre, K::work_centre}},
    Rule{supply::kpi::backorders.name, Way::highest, {K::stock, K::region}},
    Rule{demand::kpi::demand.name, Way::part, {K::region, K::region}},
    Rule{supply::kpi::throughput.name, Way::part, {K::region, K::region}},
    Rule{demand::kpi::revenue.name, Way::part, {K::region, K::stock}},
    Rule{demand::kpi::lost_sales.name, Way::part, {K::stock, K::region}},
    Rule{world::kpi::profit.name, Way::none, {K::site, K::site}},
};

Rule rule_of(const Kpi& kpi) {
  for (const Rule& rule : kRules) {
    if (rule.kpi == kpi.name) return rule;
  }
  const bool ratio =
      kpi.unit == Unit::share || kpi.unit == Unit::hours || kpi.unit == Unit::per_year || kpi.unit == Unit::ratio;
  if (ratio) return {kpi.name, Way::worst, {K::stock, K::site}};
  return {kpi.name, Way::part, {kpi.unit == Unit::money_per_day ? K::site : K::stock, K::stock}};
}

bool comparable(const Scopes& scopes, const Scope& scope, const Kpi& kpi, const TableOptions& options) {
  if (scope.kind != K::stock) return true;
  const std::string_view name = kpi.name;
  const bool of_service = name == supply::kpi::fill_rate.name || name == supply::kpi::cycle_service_level.name;
  if (of_service) return !options.to_order.contains(std::string(scope.key));
  // Goods that only production takes are not shipped, so they do not turn.
  if (name == supply::kpi::turns.name) return scopes.mean(scope, demand::kpi::demand.name) > 0;
  return true;
}

}  // namespace

Weakest weakest(const Scopes& scopes, const Kpi& kpi, const TableOptions& options) {
  const Rule rule = rule_of(kpi);
  if (rule.way == Way::none || scopes.of(K::world).empty()) return {};
  for (const K kind : rule.kinds) {
    const bool high = rule.way != Way::worst || !kpi.more_is_better;
    const Scope* found = nullptr;
    double best = 0, other = 0;
    std::size_t compared = 0;
    for (const Scope* scope : scopes.of(kind)) {
      const double value = scopes.mean(*scope, kpi.name);
      if (!std::isfinite(value) || !comparable(scopes, *scope, kpi, options)) continue;
      if (compared == 0) other = value;
      if (found == nullptr || (high ? value > best : value < best)) {
        best = value;
        found = scope;
      }
      if (high ? value < other : value > other) other = value;
      ++compared;
    }
    if (compared < 2 && !(compared == 1 && rule.way == Way::highest)) continue;
    if (compared >= 2 && best == other) return {};  // all alike
    if (rule.way != Way::part) {
      if (rule.way == Way::highest && !(best > 0)) return {};
      return {found->name, cell_text(best, kpi.unit), true};
    }
    const double whole = scopes.mean(*scopes.of(K::world).front(), kpi.name);
    constexpr double kLeastPart = 0.005;
    if (!(best > 0) || !(best / whole >= kLeastPart)) return {};
    return {found->name, fmt::format("{:.0f} % of it", 100 * best / whole), false};
  }
  return {};
}

bool serves_to_order(const Scopes& scopes, const Scope& scope, const TableOptions& options) {
  bool any = false;
  for (const Scope* stock : scopes.stocks_of(scope)) {
    if (!(scopes.mean(*stock, demand::kpi::demand.name) > 0)) continue;
    if (!options.to_order.contains(std::string(stock->key))) return false;
    any = true;
  }
  return any;
}

}  // namespace tierworks::report
