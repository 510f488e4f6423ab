// Who gets scarce goods by what they earn, and what is kept for some: margins turned into ranks, classes into reserves.
#pragma once
#include "models/world/model.h"

namespace tierworks::world {

// Once streams and sources are known. Mistakes go to the diagnostics. Cost: linear in streams, sources and stocks.
void compile_sharing(const ScenarioSpec& spec, Model& model, common::CompileContext& context);

// Reserves that are a share of what the stock's policy keeps, once its level is computed.
void compile_reserve_shares(const ScenarioSpec& spec, Model& model, common::Diagnostics& diagnostics);

}  // namespace tierworks::world
