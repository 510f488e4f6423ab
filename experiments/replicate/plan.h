// How an experiment shares the machine: replications first, because they need each other for nothing; only threads that are
// left over work on partitions of one run, and only if that is expected to pay. No plan changes a result.
#pragma once
#include <cstdint>
#include <string>

#include "models/world/simulate.h"

namespace tierworks::experiments {

struct PlanWish {
  std::size_t replications = 1;
  std::size_t threads = 1;
  std::uint32_t partitions = 0;  // of each run; 0: whatever is fastest
  core::EventSet event_set = core::EventSet::automatic;
};

struct Plan {
  std::size_t side_by_side = 1;  // replications at once
  world::RunPlan run;            // of each
  std::string words;             // what was chosen and why, in one line
};

Plan plan(const world::Model& model, const PlanWish& wish);

}  // namespace tierworks::experiments
