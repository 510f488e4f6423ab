#include "models/world/answers.h"

#include <algorithm>
#include <set>

#include "models/world/great_circle.h"

namespace tierworks::world {

using disruption::Target;

namespace {

bool is_hit(const SiteSpec& spec, const std::string& name, const Target& target) {
  switch (target.kind) {
    case Target::Kind::site:
      return name == target.name;
    case Target::Kind::line:
      return target.name.starts_with(name + "/");
    case Target::Kind::region:
      return *spec.region == target.name;
    case Target::Kind::circle:
      return spec.location.stated &&
             static_cast<double>(metres_between(*spec.location, target.centre)) <= target.kilometres * 1000;
    case Target::Kind::item: {
      const auto named = [&](const auto& entry) { return entry.name == target.name; };
      return std::any_of(spec.sells.begin(), spec.sells.end(), named) ||
             std::any_of(spec.makes.begin(), spec.makes.end(), named);
    }
    default:
      return false;
  }
}

}  // namespace

std::vector<std::uint32_t> sites_hit(const ScenarioSpec& spec, const disruption::Targets& targets) {
  std::vector<std::uint32_t> hit;
  for (std::uint32_t i = 0; i < spec.sites.size(); ++i) {
    const auto& site = spec.sites.list[i];
    const bool any = std::any_of(targets.list.begin(), targets.list.end(),
                                 [&](const Target& target) { return is_hit(site.spec, site.name, target); });
    if (any) hit.push_back(i);
  }
  return hit;
}

std::optional<ScenarioSpec> with_reserve_sources(const ScenarioSpec& spec) {
  std::optional<ScenarioSpec> with;
  for (const auto& shock : spec.disruptions) {
    for (const auto& answer : shock.spec.answers) {
      if (!answer.spec.add_source.stated || !answer.spec.item.stated) continue;
      std::set<std::string> hit;
      for (const std::uint32_t site : sites_hit(spec, *shock.spec.hits)) hit.insert(spec.sites.list[site].name);
      if (!with) with = spec;
      for (auto& site : with->sites.list) {
        if (site.name == *answer.spec.add_source) continue;  // it may itself buy from what is hit
        for (auto& bought : site.spec.buys.list) {
          auto& from = bought.spec.from.list;
          if (bought.name != *answer.spec.item) continue;
          const auto buys_from = [&](const auto& source) {
            return !source.spec.in_reserve && hit.contains(source.name);
          };
          const auto first = std::find_if(from.begin(), from.end(), buys_from);
          const bool known =
              std::any_of(from.begin(), from.end(), [&](const auto& s) { return s.name == *answer.spec.add_source; });
          if (first == from.end() || known) continue;
          auto added = *first;
          added.name = *answer.spec.add_source;
          added.origin = answer.spec.add_source.origin;
          added.spec.share.value = 0;
          added.spec.in_reserve = true;
          if (answer.spec.transit.stated) added.spec.transit = answer.spec.transit;
          from.push_back(std::move(added));
        }
      }
    }
  }
  return with;
}

}  // namespace tierworks::world
