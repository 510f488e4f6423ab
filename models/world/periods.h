// A run in periods, and policies that look at echelons: who waits for whom within an instant, and what lies below a stock.
#pragma once
#include "models/common/compile.h"
#include "models/world/model.h"

namespace tierworks::world {

// Calendars, and for each stock who must have spoken before it is looked at. What does not go with periods is a diagnostic.
void compile_periods(const ScenarioSpec& spec, Model& model, common::Diagnostics& diagnostics);

// What draws on each stock, if a policy looks at its echelon; initial stocks that were left out, from the level of the
// echelon less those below it.
void compile_echelons(const ScenarioSpec& spec, Model& model, const common::CompileContext& context);

// Ranks of those who order where the order in which sites are written says who is served first.
void rank_successors(Model& model);

}  // namespace tierworks::world
