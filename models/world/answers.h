// Second sources and substitutes that answer a disruption are compiled in from the start, in reserve, so that all branches of a
// run share one layout: here they are written into the purchases of those who buy from what is hit, and among the ways of
// makers and the substitutes of customers.
#pragma once
#include <optional>

#include "models/common/diagnostics.h"
#include "models/world/spec.h"

namespace tierworks::world {

// The scenario with them; nothing if no answer needs any. Mistakes in names are found where they are compiled.
std::optional<ScenarioSpec> with_reserves(const ScenarioSpec& spec);

// Which sites a disruption hits, by index, in rising order: itself, by item, region or circle. Unknown names hit nothing.
std::vector<std::uint32_t> sites_hit(const ScenarioSpec& spec, const disruption::Targets& targets);

}  // namespace tierworks::world
