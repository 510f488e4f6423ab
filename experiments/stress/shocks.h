// Which shocks a stress test tries: those of the scenario, or one for every site, lane, item and region.
#pragma once
#include <string>
#include <vector>

#include "experiments/stress/stress.h"
#include "models/common/diagnostics.h"
#include "models/world/spec.h"

namespace tierworks::experiments {

enum class ShockedKind : std::uint8_t { sites, lanes, items, regions };

// Adds one shock, named like "site smt", for each of these things, which is down while it lasts; returns their names. Items are
// those that somebody makes or sells, regions those that sites state.
std::vector<std::string> add_catalogue(world::ScenarioSpec& spec, const std::vector<ShockedKind>& kinds);

// When a shock of the scenario strikes in an exercise. A shock that strikes by itself no longer does so: in the undisturbed
// twin nothing else goes wrong, but for those that come again and again. Empty if there is such a shock; else why not. One that strikes
// too early is a diagnostic.
std::string take_strike(world::ScenarioSpec& spec, const std::string& shock, Exercise& exercise,
                        common::Diagnostics& diagnostics);

// No shock of the scenario strikes by itself, but for those that come again and again.
void calm(world::ScenarioSpec& spec);

}  // namespace tierworks::experiments
