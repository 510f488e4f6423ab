// Names of sites and items that nothing in the scenario has, in the words in which the compiler says so: for scenarios that have
// other mistakes too and are not compiled, so that all are told in one go.
// Cost: a look-up for each name.
#pragma once
#include "models/world/spec.h"
#include "scenarios/reader/faults.h"

namespace tierworks::reader {

void add_unknown_names(const world::ScenarioSpec& spec, Faults& faults);

}  // namespace tierworks::reader
