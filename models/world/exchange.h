// What goes with what between a buyer and its suppliers: goods that spoil on the way, stocks that a supplier keeps, and what
// a run in periods cannot do.
#pragma once
#include "models/world/model.h"

namespace tierworks::world {

// Once sources are known; also marks the model where suppliers keep stocks. Cost: linear in sources.
void check_exchange(const ScenarioSpec& spec, Model& model, common::CompileContext& context);

}  // namespace tierworks::world
