// Priorities that could mean nothing: two of one class, or a rule of allocation that nobody states one for.
#pragma once
#include "models/common/compile.h"
#include "models/world/model.h"
#include "models/world/spec.h"

namespace tierworks::world {

// Mistakes go to the context's diagnostics. Cost: linear in streams, stocks and sources.
void check_priorities(const ScenarioSpec& spec, const Model& model, common::CompileContext& context);

}  // namespace tierworks::world
