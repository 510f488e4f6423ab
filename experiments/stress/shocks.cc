#include "experiments/stress/shocks.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "models/common/diagnostics.h"

namespace tierworks::experiments {

using disruption::Strike;
using disruption::Target;

std::vector<std::string> add_catalogue(world::ScenarioSpec& spec, const std::vector<ShockedKind>& kinds) {
  std::vector<std::string> names;
  const auto add = [&](const char* word, Target::Kind kind, const std::string& name) {
    auto& entry = spec.disruptions.list.emplace_back();
    entry.name = fmt::format("{} {}", word, name);
    entry.spec.hits.value.list.push_back({.kind = kind, .name = name, .centre = {}});
    entry.spec.lasts.value.distribution = core::DistributionSpec::constant(static_cast<double>(core::kDay.ticks));
    names.push_back(entry.name);
  };
  for (const ShockedKind kind : kinds) {
    switch (kind) {
      case ShockedKind::sites:
        for (const auto& site : spec.sites) {
          const bool does_nothing = site.spec.buys.empty() && site.spec.makes.empty() && site.spec.sells.empty() &&
                                    site.spec.factory.work_centres.empty();
          if (!does_nothing) add("site", Target::Kind::site, site.name);
        }
        break;
      case ShockedKind::lanes:
        for (const auto& lane : spec.lanes) add("lane", Target::Kind::lane, lane.name);
        break;
      case ShockedKind::items: {
        std::set<std::string> filled;
        for (const auto& site : spec.sites) {
          for (const auto& made : site.spec.makes) filled.insert(made.name);
          for (const auto& sold : site.spec.sells) filled.insert(sold.name);
        }
        for (const auto& item : spec.items) {
          if (filled.contains(item.name)) add("item", Target::Kind::item, item.name);
        }
        break;
      }
      case ShockedKind::regions: {
        std::set<std::string> seen;
        for (const auto& site : spec.sites) {
          if (site.spec.region.stated && seen.insert(*site.spec.region).second) {
            add("region", Target::Kind::region, *site.spec.region);
          }
        }
        break;
      }
    }
  }
  return names;
}

std::string take_strike(world::ScenarioSpec& spec, const std::string& shock, Exercise& exercise,
                        common::Diagnostics& diagnostics) {
  std::vector<std::string> names;
  for (const auto& entry : spec.disruptions) {
    names.push_back(entry.name);
    if (entry.name != shock) continue;
    const Strike& at = *entry.spec.at;
    switch (at.kind) {
      case Strike::Kind::never:
      case Strike::Kind::every:
        return "";
      case Strike::Kind::spread:
        exercise.spread = at.over;
        return "";
      case Strike::Kind::moment: {
        core::Duration start = at.moment.after_start;
        if (at.moment.is_date) {
          if (!spec.time.start.stated) return "a date needs `time.start`";
          start = core::kMinute * (at.moment.date.minutes - spec.time.start->minutes);
        }
        if (start < *spec.time.warm_up) {
          diagnostics.error(entry.spec.at.origin,
                            "it strikes before the end of the warm-up, from where the branches start; expected a later "
                            "`at`, or a shorter `time.warm_up`");
          return "";
        }
        exercise.after = start - *spec.time.warm_up;
        return "";
      }
    }
  }
  return fmt::format("no disruption \"{}\"{}", shock, common::did_you_mean(shock, names));
}

void calm(world::ScenarioSpec& spec) {
  for (auto& entry : spec.disruptions.list) {
    if (entry.spec.at->kind != Strike::Kind::every) entry.spec.at = {};
  }
}

}  // namespace tierworks::experiments
