// Refuses scenarios whose totals could not be counted: the quantities of a whole run must stay below 2^62.
// Money is worked out from quantities when a run has ended, so it has no such limit and loses nothing to rounding.
#pragma once
#include "models/common/diagnostics.h"
#include "models/world/model.h"

namespace tierworks::world {

// Requires a model whose stocks, sources and streams are complete. Rates are those expected, with a margin of eight.
void check_ranges(const ScenarioSpec& spec, const Model& model, common::Diagnostics& diagnostics);

}  // namespace tierworks::world
