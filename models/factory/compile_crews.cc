// Operators and tools of a site, and which work centres have use for them.
#include <algorithm>

#include <fmt/format.h>

#include "models/factory/compile_centre.h"

namespace tierworks::factory {

namespace {

void shifts_of(const common::Entries<common::Field<CrewTimes>>::Entry& entry, const std::vector<CrewId>& crews,
               const DaysOff& days_off, common::CompileContext& context, Model& model) {
  std::vector<std::string> known;
  for (const CrewId id : crews) {
    Crew& crew = model.crews[id];
    if (crew.is_tool) continue;
    known.push_back(crew.name);
    if (crew.name != entry.name) continue;
    compile_crew_times(*entry.spec, days_off, entry.spec.origin, crew, context, model);
    return;
  }
  context.diagnostics.error(
      entry.origin,
      fmt::format("no operator \"{}\" at this site{}", entry.name,
                  known.empty() ? fmt::format("; say how many there are under `operators`, `{{{}: 2}}`", entry.name)
                                : common::did_you_mean(entry.name, known)));
}

}  // namespace

std::vector<CrewId> compile_crews(const FactorySpec& spec, const Where& where, common::CompileContext& context,
                                  Model& model) {
  std::vector<CrewId> crews;
  const auto add = [&](const common::Entries<common::Field<std::int64_t>>& entries, bool is_tool) {
    for (const auto& entry : entries) {
      crews.push_back(model.crews.add({.site = where.site,
                                       .name = entry.name,
                                       .is_tool = is_tool,
                                       .count = *entry.spec,
                                       .users = {},
                                       .place = where.place,
                                       .shifts = {}}));
    }
  };
  add(spec.operators, false);
  add(spec.tools, true);
  for (const auto& entry : spec.operator_shifts) shifts_of(entry, crews, where.days_off, context, model);
  for (const CrewId id : crews) {
    Crew& crew = model.crews[id];
    const bool has_shifts = std::any_of(spec.operator_shifts.begin(), spec.operator_shifts.end(),
                                        [&](const auto& entry) { return entry.name == crew.name; });
    if (!crew.is_tool && !has_shifts) compile_crew_times({}, where.days_off, where.origin, crew, context, model);
  }
  return crews;
}

CrewId crew_named(const std::string& name, common::Origin origin, bool is_tool, const std::vector<CrewId>& crews,
                  common::CompileContext& context, const Model& model) {
  std::vector<std::string> known;
  for (const CrewId id : crews) {
    const Crew& crew = model.crews[id];
    if (crew.is_tool != is_tool) continue;
    if (crew.name == name) return id;
    known.push_back(crew.name);
  }
  const std::string_view kind = is_tool ? "tool" : "operator";
  context.diagnostics.error(
      origin, fmt::format("no {} \"{}\" at this site{}", kind, name,
                          known.empty() ? fmt::format("; say how many there are under `{}s`, `{{{}: 2}}`", kind, name)
                                        : common::did_you_mean(name, known)));
  return CrewId::none();
}

void settle_crews(const CentresOfSite& centres, Model& model) {
  for (const CrewId id : centres.crews) {
    Crew& crew = model.crews[id];
    crew.users.first = static_cast<std::uint32_t>(model.crew_users.size());
    for (const CentresOfSite::Entry& entry : centres.entries) {
      bool uses = model.centres[entry.id].setup_crew == id;
      for (const CentresOfSite::Use& use : entry.uses) {
        const core::Range needs = model.operations[use.operation].needs;
        for (std::uint32_t i = needs.first; i < needs.last; ++i) uses = uses || model.needs[i] == id;
      }
      if (uses) model.crew_users.push_back(entry.id);
    }
    crew.users.last = static_cast<std::uint32_t>(model.crew_users.size());
  }
}

}  // namespace tierworks::factory
