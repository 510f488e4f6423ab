// Which defaults a scenario rests on: every key that has one and was left out, counted over the scenario.
#pragma once
#include <string>
#include <vector>

#include "models/world/spec.h"

namespace tierworks::schema {

struct DefaultUsed {
  std::string key;       // "sites.NAME.buys.NAME.order_time"
  std::string standard;  // "1 h"
  std::size_t times = 0;
};

// In the order of the language. Keys whose absence is a value of its own (no capacity, no policy) are not defaults. The spec
// is not changed; its descriptions are written for readers and writers alike.
std::vector<DefaultUsed> defaults_used(world::ScenarioSpec& spec);

}  // namespace tierworks::schema
