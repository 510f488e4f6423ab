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
    case Target::Kind::people:
      if (name == target.name) return true;
      [[fallthrough]];
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

namespace {

using disruption::AnswerSpec;

// Those who buy the item from what is hit can buy it there, too.
void add_sources(const disruption::DisruptionSpec& shock, const AnswerSpec& answer, ScenarioSpec& with) {
  std::set<std::string> hit;
  for (const std::uint32_t site : sites_hit(with, *shock.hits)) hit.insert(with.sites.list[site].name);
  for (auto& site : with.sites.list) {
    if (site.name == *answer.add_source) continue;  // it may itself buy from what is hit
    for (auto& bought : site.spec.buys.list) {
      auto& from = bought.spec.from.list;
      if (bought.name != *answer.item) continue;
      const auto buys_from = [&](const auto& source) { return !source.spec.in_reserve && hit.contains(source.name); };
      const auto first = std::find_if(from.begin(), from.end(), buys_from);
      const bool known =
          std::any_of(from.begin(), from.end(), [&](const auto& s) { return s.name == *answer.add_source; });
      if (first == from.end() || known) continue;
      auto added = *first;
      added.name = *answer.add_source;
      added.origin = answer.add_source.origin;
      added.spec.share.value = 0;
      added.spec.in_reserve = true;
      if (answer.transit.stated) added.spec.transit = answer.transit;
      from.push_back(std::move(added));
    }
  }
}

// A way to make something, of which one component is another one; with the bill of materials as it was otherwise.
void add_way(const AnswerSpec& answer, const common::Entries<common::Field<common::Amount>>& bill,
             production::MakesSpec& makes) {
  production::AlternativeSpec way;
  way.bom = bill;
  bool any = false;
  for (auto& part : way.bom.list) {
    if (part.name != *answer.item) continue;
    part.name = *answer.substitute;
    part.origin = answer.substitute.origin;
    any = true;
  }
  if (!any) return;
  way.in_reserve = true;
  const std::string name = "with " + *answer.substitute;
  const auto& known = makes.alternatives.list;
  if (std::any_of(known.begin(), known.end(), [&](const auto& entry) { return entry.name == name; })) return;
  makes.alternatives.list.push_back({name, answer.substitute.origin, std::move(way)});
}

void add_ways(const Target& target, const AnswerSpec& answer, ScenarioSpec& with) {
  for (auto& site : with.sites.list) {
    if (!is_hit(site.spec, site.name, target)) continue;
    for (auto& makes : site.spec.makes.list) {
      if (makes.spec.routing.stated) continue;  // lots have one bill of materials
      if (target.kind == Target::Kind::item && makes.name != target.name) continue;
      if (target.kind == Target::Kind::line && target.name != site.name + "/" + *makes.spec.line) continue;
      const auto& items = with.items.list;
      const auto item =
          std::find_if(items.begin(), items.end(), [&](const auto& entry) { return entry.name == makes.name; });
      if (item != items.end()) add_way(answer, item->spec.bom, makes.spec);
    }
  }
}

void add_offers(const std::string& stream, const AnswerSpec& answer, ScenarioSpec& with) {
  for (auto& demand : with.demand.list) {
    if (demand.name != stream || *demand.spec.item != *answer.item) continue;
    demand.spec.reserve_substitutes.list.push_back({*answer.substitute, answer.substitute.origin, answer.accepted});
  }
}

}  // namespace

std::optional<ScenarioSpec> with_reserves(const ScenarioSpec& spec) {
  std::optional<ScenarioSpec> with;
  for (const auto& shock : spec.disruptions) {
    for (const auto& answer : shock.spec.answers) {
      const AnswerSpec& a = answer.spec;
      if (!(a.add_source.stated || a.substitute.stated) || !a.item.stated) continue;
      if (!with) with = spec;
      if (a.add_source.stated) add_sources(shock.spec, a, *with);
      if (!a.substitute.stated) continue;
      for (const Target& target : a.at->list) {
        if (target.kind == Target::Kind::demand) {
          add_offers(target.name, a, *with);
        } else {
          add_ways(target, a, *with);
        }
      }
    }
  }
  return with;
}

}  // namespace tierworks::world
