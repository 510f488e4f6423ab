#include "experiments/stress/ripple.h"

#include <algorithm>
#include <map>
#include <set>

namespace tierworks::experiments {

namespace {

// When the first site of each tier runs short in one replication.
std::map<int, double> first_of_tiers(const Outcome& outcome, const world::Model& model) {
  std::map<int, double> first;
  for (const SiteHit& hit : outcome.sites) {
    const auto [row, is_new] = first.emplace(model.sites[hit.site].tier, hit.after_days);
    if (!is_new) row->second = std::min(row->second, hit.after_days);
  }
  return first;
}

template <class Effect>
void by_delay(std::vector<Effect>& effects) {
  std::stable_sort(effects.begin(), effects.end(),
                   [](const auto& a, const auto& b) { return a.after_days < b.after_days; });
}

}  // namespace

std::vector<SiteEffect> site_effects(const std::vector<Outcome>& outcomes) {
  std::map<std::uint32_t, std::pair<std::size_t, double>> hit;
  for (const Outcome& o : outcomes) {
    for (const SiteHit& site : o.sites) {
      ++hit[site.site].first;
      hit[site.site].second += site.after_days;
    }
  }
  std::vector<SiteEffect> effects;
  for (const auto& [site, row] : hit) {
    effects.push_back({site, static_cast<double>(row.first) / static_cast<double>(outcomes.size()),
                       row.second / static_cast<double>(row.first)});
  }
  by_delay(effects);
  return effects;
}

std::vector<TierEffect> tier_effects(const std::vector<Outcome>& outcomes, const world::Model& model) {
  struct Row {
    std::set<std::uint32_t> sites;
    std::size_t replications = 0;
    double days = 0;
  };
  std::map<int, Row> rows;
  for (const Outcome& o : outcomes) {
    for (const SiteHit& hit : o.sites) rows[model.sites[hit.site].tier].sites.insert(hit.site);
    for (const auto& [tier, days] : first_of_tiers(o, model)) {
      ++rows[tier].replications;
      rows[tier].days += days;
    }
  }
  std::vector<TierEffect> effects;
  for (const auto& [tier, row] : rows) {
    effects.push_back({tier, row.sites.size(),
                       static_cast<double>(row.replications) / static_cast<double>(outcomes.size()),
                       row.days / static_cast<double>(row.replications)});
  }
  by_delay(effects);
  return effects;
}

core::Interval depth_in_tiers(const std::vector<Outcome>& outcomes, const world::Model& model, double confidence) {
  std::vector<double> tiers;
  for (const Outcome& o : outcomes) tiers.push_back(static_cast<double>(first_of_tiers(o, model).size()));
  return core::student_interval(tiers, confidence);
}

}  // namespace tierworks::experiments
