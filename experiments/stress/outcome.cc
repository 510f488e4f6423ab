#include "experiments/stress/outcome.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace tierworks::experiments {

namespace {

constexpr double kNever = std::numeric_limits<double>::quiet_NaN();

double days(core::Duration d) { return core::in_days(d); }

}  // namespace

void Trace::clear() {
  changes.clear();
  late = lost = profit = 0;
  harmed.clear();
  demanded.clear();
  waiting.clear();
}

void Trace::add(const std::vector<world::Unserved>& rows, const OutcomeRules& rules) {
  harmed.assign(demanded.size() - 1, 0);
  for (const world::Unserved& row : rows) {
    (row.lost ? lost : late) += row.units;
    if (!(row.due < rules.struck)) {
      const auto week = static_cast<std::size_t>((row.due - rules.struck).ticks / (7 * core::kDay.ticks));
      if (week < harmed.size()) harmed[week] += row.units;
    }
    if (row.lost) {
      changes.push_back({row.due, row.units, 0, 0});
      continue;
    }
    if (!(row.due < rules.end)) continue;
    const double value = row.units * rules.prices[row.stream.index];
    changes.push_back({row.due, row.units, row.units, value});
    if (row.until < rules.end) changes.push_back({row.until, 0, -row.units, -value});
  }
  std::sort(changes.begin(), changes.end(), [](const Change& a, const Change& b) { return a.at < b.at; });
}

Outcome outcome_of(const world::Model& model, const Trace& shaken, const Trace& twin, const OutcomeRules& rules) {
  Outcome out;
  // The band is of a mean week of the twin after the strike.
  const double whole_weeks = days(rules.end - rules.struck) / 7;
  const double twin_demand = twin.demanded.back() - twin.demanded.front();
  const double band = std::max(1e-9, whole_weeks > 0 ? rules.band_share * twin_demand / whole_weeks : 0);

  double harm = 0, overdue = 0, value = 0, value_after = 0, most_overdue_after = 0;
  core::Instant since = rules.struck;
  bool survived = true, struck = false;
  core::Instant last_bad = rules.struck;
  std::vector<std::pair<core::Instant, double>> harm_at;  // after the changes of an instant
  auto here = shaken.changes.begin(), there = twin.changes.begin();
  const auto here_end = shaken.changes.end(), there_end = twin.changes.end();
  while (here != here_end || there != there_end) {
    const bool is_here = there == there_end || (here != here_end && !(there->at < here->at));
    const core::Instant at = is_here ? here->at : there->at;
    const double overdue_before = overdue, value_before = value;
    for (; here != here_end && here->at == at; ++here) {
      harm += here->harm;
      overdue += here->overdue;
      value += here->value;
    }
    for (; there != there_end && there->at == at; ++there) {
      harm -= there->harm;
      overdue -= there->overdue;
      value -= there->value;
    }
    if (at < rules.struck) continue;  // the same in both
    struck = true;
    out.area += overdue_before * days(at - since);
    out.area_value += value_before * days(at - since);
    since = at;
    harm_at.emplace_back(at, harm);
    if (survived && harm > band) {
      survived = false;
      out.survived = days(at - rules.struck);
    }
    // Up to this instant more were overdue than the band allows.
    if (overdue_before > band) last_bad = std::max(last_bad, at);
    most_overdue_after = overdue;
    value_after = value;
  }
  if (struck) {
    out.area += most_overdue_after * days(rules.end - since);
    out.area_value += value_after * days(rules.end - since);
  }
  if (survived) out.survived = kNever;
  // The last instant from which on harm still grew by more than the band.
  for (auto it = harm_at.rbegin(); it != harm_at.rend(); ++it) {
    const double before = it + 1 == harm_at.rend() ? 0 : (it + 1)->second;
    if (harm - before <= band) continue;
    last_bad = std::max(last_bad, it->first);
    break;
  }
  out.recovered = overdue > band ? kNever : days(last_bad - rules.struck);

  out.late = shaken.late - twin.late;
  out.lost = shaken.lost - twin.lost;
  const std::size_t weeks = std::min(shaken.harmed.size(), twin.harmed.size());
  out.worst_service = 1;
  for (std::size_t w = 0; w < weeks; ++w) {
    const double demand = shaken.demanded[w + 1] - shaken.demanded[w];
    const double demand_of_twin = twin.demanded[w + 1] - twin.demanded[w];
    if (demand <= 0 || demand_of_twin <= 0) continue;
    const double service = std::max(0.0, 1 - shaken.harmed[w] / demand);
    out.worst_service = std::min(out.worst_service, service);
    out.service_drop = std::max(out.service_drop, std::max(0.0, 1 - twin.harmed[w] / demand_of_twin) - service);
  }
  out.loss = twin.profit - shaken.profit;
  out.usual_profit = twin.profit;

  std::vector<double> first(model.sites.size(), kNever);
  const std::size_t stocks = model.supply.stocks.size();
  const std::size_t looks = std::min(shaken.waiting.size(), twin.waiting.size());
  for (std::size_t at = 0, day = 0; at < looks; at += stocks, ++day) {
    const double* const here_now = shaken.waiting.data() + at;
    const double* const there_now = twin.waiting.data() + at;
    for (std::uint32_t s = 0; s < stocks; ++s) {
      if (!(here_now[s] - there_now[s] >= rules.short_units[s])) continue;
      const std::uint32_t site = model.supply.stocks[common::StockId{s}].site.index;
      if (!std::isnan(first[site])) continue;
      first[site] = static_cast<double>(day == 0 ? 0 : day - 1);  // it began within the day that ends here
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
