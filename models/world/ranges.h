// Refuses scenarios whose totals could not be counted: quantities and money of a whole run must stay below 2^62.
#pragma once
#include "models/common/diagnostics.h"
#include "models/world/model.h"

namespace tierworks::world {

// Requires a model whose stocks, sources and streams are complete. Rates are those expected, with a margin of eight.
void check_ranges(const ScenarioSpec& spec, const Model& model, common::Diagnostics& diagnostics);

}  // namespace tierworks::world
