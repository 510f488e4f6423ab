// Planning while time runs: what the forecasts remember, flat. A plan's part belongs to the place of its stock.
#pragma once
#include <tuple>

#include "models/planning/model.h"

namespace tierworks::planning {

using MemoryId = core::Id<struct MemoryTag>;

struct MrpSiteState {
  core::Instant planned_at{-1};  // before the start: never
};

struct State {
  core::Table<MemoryId, double> memory;
  core::Table<MrpSiteId, MrpSiteState> sites;

  // All of it, in a fixed order: what a fork copies and a snapshot holds.
  auto members() { return std::tie(memory, sites); }
  auto members() const { return std::tie(memory, sites); }
};

}  // namespace tierworks::planning
