// Planning while time runs: what the forecasts remember, flat. A plan's part belongs to the place of its stock.
#pragma once
#include <tuple>

#include "models/planning/model.h"

namespace tierworks::planning {

using MemoryId = core::Id<struct MemoryTag>;

struct MrpSiteState {
  core::Instant planned_at{-1};  // before the start: never
};

// How far the forecasts of one review were from what came; units of the stock, since the warm-up ended.
struct ForecastTally {
  double forecast = 0, came = 0, off = 0;  // `off`: absolute differences
};

struct State {
  core::Table<MemoryId, double> memory;
  core::Table<MrpSiteId, MrpSiteState> sites;
  core::Table<SignalId, double> told;  // of customers' orders since the last review
  core::Table<PlanId, ForecastTally> forecasts;
  core::Table<RingId, std::int64_t> looked;  // the bucket of the last look

  // All of it, in a fixed order: what a fork copies and a snapshot holds.
  auto members() { return std::tie(memory, sites, told, forecasts, looked); }
  auto members() const { return std::tie(memory, sites, told, forecasts, looked); }
};

}  // namespace tierworks::planning
