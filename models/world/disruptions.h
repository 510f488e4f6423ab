// From what the user says of disruptions to rows that move levers at places; names are looked up in the compiled rooms.
#pragma once
#include "models/world/model.h"

namespace tierworks::world {

// After all other rooms, whose rows it marks as those that can be hit; before the safety stocks, which it does not touch.
void compile_disruptions(const ScenarioSpec& spec, Model& model, common::CompileContext& context);

}  // namespace tierworks::world
