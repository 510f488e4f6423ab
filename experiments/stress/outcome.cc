#include "experiments/stress/outcome.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace tierworks::experiments {

namespace {

constexpr double kNever = std::numeric_limits<double>::quiet_NaN();

double days(core::Duration d) { return core::in_days(d); }

// A change of two running sums, each the shaken run's less the twin's: units that were late or lost so far, and units overdue.
struct Change {
  core::Instant at;
  double harm = 0;
  double overdue = 0;
};

void add_changes(const std::vector<world::Unserved>& rows, double sign, core::Instant end,
                 std::vector<Change>& changes) {
  for (const world::Unserved& row : rows) {
    if (row.lost) {
      changes.push_back({row.due, sign * row.units, 0});
      continue;
    }
    if (!(row.due < end)) continue;
    changes.push_back({row.due, sign * row.units, sign * row.units});
    if (row.until < end) changes.push_back({row.until, 0, -sign * row.units});
  }
}

double sum(const std::vector<double>& values) {
  double total = 0;
  for (const double v : values) total += v;
  return total;
}

// Of what was due in each week, by rising week from the strike.
std::vector<double> harmed_by_week(const Trace& trace, const OutcomeRules& rules, std::size_t weeks) {
  std::vector<double> harmed(weeks, 0);
  for (const world::Unserved& row : trace.unserved) {
    if (row.due < rules.struck) continue;
    const auto week = static_cast<std::size_t>((row.due - rules.struck).ticks / (7 * core::kDay.ticks));
    if (week < weeks) harmed[week] += row.units;
  }
  return harmed;
}

}  // namespace

Outcome outcome_of(const world::Model& model, const Trace& shaken, const Trace& twin, const OutcomeRules& rules) {
  Outcome out;
  // The band is of a mean week of the twin after the strike.
  const double whole_weeks = days(rules.end - rules.struck) / 7;
  const double twin_demand = twin.demanded.size() < 2 ? 0 : sum(twin.demanded.back()) - sum(twin.demanded.front());
  const double band = std::max(1e-9, whole_weeks > 0 ? rules.band_share * twin_demand / whole_weeks : 0);

  std::vector<Change> changes;
  add_changes(shaken.unserved, 1, rules.end, changes);
  add_changes(twin.unserved, -1, rules.end, changes);
  std::sort(changes.begin(), changes.end(), [](const Change& a, const Change& b) { return a.at < b.at; });
  double harm = 0, overdue = 0, most_overdue_after = 0;
  core::Instant since = rules.struck;
  bool survived = true, struck = false;
  core::Instant last_bad = rules.struck;
  std::vector<std::pair<core::Instant, double>> harm_at;  // after the changes of an instant
  for (std::size_t i = 0; i < changes.size();) {
    const core::Instant at = changes[i].at;
    const double overdue_before = overdue;
    for (; i < changes.size() && changes[i].at == at; ++i) {
      harm += changes[i].harm;
      overdue += changes[i].overdue;
    }
    if (at < rules.struck) continue;  // the same in both
    struck = true;
    out.area += overdue_before * days(at - since);
    since = at;
    harm_at.emplace_back(at, harm);
    if (survived && harm > band) {
      survived = false;
      out.survived = days(at - rules.struck);
    }
    // Up to this instant more were overdue than the band allows.
    if (overdue_before > band) last_bad = std::max(last_bad, at);
    most_overdue_after = overdue;
  }
  if (struck) out.area += most_overdue_after * days(rules.end - since);
  if (survived) out.survived = kNever;
  // The last instant from which on harm still grew by more than the band.
  for (auto it = harm_at.rbegin(); it != harm_at.rend(); ++it) {
    const double before = it + 1 == harm_at.rend() ? 0 : (it + 1)->second;
    if (harm - before <= band) continue;
    last_bad = std::max(last_bad, it->first);
    break;
  }
  out.recovered = overdue > band ? kNever : days(last_bad - rules.struck);

  for (const auto& [trace, sign] : {std::pair{&shaken, 1.0}, std::pair{&twin, -1.0}}) {
    for (const world::Unserved& row : trace->unserved) (row.lost ? out.lost : out.late) += sign * row.units;
  }
  const std::size_t weeks = std::min(shaken.demanded.size(), twin.demanded.size()) - 1;
  const std::vector<double> harmed = harmed_by_week(shaken, rules, weeks), usual = harmed_by_week(twin, rules, weeks);
  out.worst_service = 1;
  for (std::size_t w = 0; w < weeks; ++w) {
    const double demand = sum(shaken.demanded[w + 1]) - sum(shaken.demanded[w]);
    const double demand_of_twin = sum(twin.demanded[w + 1]) - sum(twin.demanded[w]);
    if (demand <= 0 || demand_of_twin <= 0) continue;
    const double service = std::max(0.0, 1 - harmed[w] / demand);
    out.worst_service = std::min(out.worst_service, service);
    out.service_drop = std::max(out.service_drop, std::max(0.0, 1 - usual[w] / demand_of_twin) - service);
  }
  out.loss = twin.profit - shaken.profit;
  out.usual_profit = twin.profit;

  std::vector<double> first(model.sites.size(), kNever);
  for (std::size_t day = 0; day < std::min(shaken.waiting.size(), twin.waiting.size()); ++day) {
    for (std::uint32_t s = 0; s < model.supply.stocks.size(); ++s) {
      const std::uint32_t site = model.supply.stocks[common::StockId{s}].site.index;
      if (std::isnan(first[site]) && shaken.waiting[day][s] - twin.waiting[day][s] >= rules.short_units[s]) {
        first[site] = static_cast<double>(day == 0 ? 0 : day - 1);  // it began within the day that ends here
      }
    }
  }
  for (std::uint32_t site = 0; site < first.size(); ++site) {
    if (!std::isnan(first[site])) out.sites.push_back({site, first[site]});
  }
  std::stable_sort(out.sites.begin(), out.sites.end(),
                   [](const SiteHit& a, const SiteHit& b) { return a.after_days < b.after_days; });
  return out;
}

}  // namespace tierworks::experiments
