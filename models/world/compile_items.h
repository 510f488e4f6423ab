// Items of the scenario: units, values and bills of materials as whole numbers of each component's resolution.
#pragma once
#include "models/common/compile.h"
#include "models/world/spec.h"

namespace tierworks::world {

void compile_items(const ScenarioSpec& spec, common::CompileContext& context);

}  // namespace tierworks::world
