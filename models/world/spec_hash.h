// A hash of all that a scenario says of the model: two scenarios with one hash give the same run for the same seed. What
// only people read (titles, descriptions) and the section `run` are left out.
#pragma once
#include <cstdint>

#include "models/world/spec.h"

namespace tierworks::world {

std::uint64_t spec_hash(const ScenarioSpec& spec);

}  // namespace tierworks::world
