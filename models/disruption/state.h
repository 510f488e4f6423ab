// Disruptions while time runs: how far each effect moves its lever now.
#pragma once
#include <tuple>
#include <vector>

#include "models/disruption/model.h"

namespace tierworks::disruption {

struct State {
  std::vector<double> levels;  // by effect; 1: as usual

  // All of it, in a fixed order: what a fork copies and a snapshot holds.
  auto members() { return std::tie(levels); }
  auto members() const { return std::tie(levels); }
};

}  // namespace tierworks::disruption
