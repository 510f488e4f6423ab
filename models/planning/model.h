// Planning as compiled: which stocks order up to a forecast, by what method, for how long. Constant while time runs.
#pragma once
#include "models/common/ids.h"
#include "models/planning/policies/forecast.h"

namespace tierworks::planning {

using common::Quantity;
using common::StockId;
using PlanId = core::Id<struct PlanTag>;  // one stock that orders up to a forecast

struct Plan {
  Forecast method;
  FirstGuess first;
  double periods = 1;   // reviews that the forecast looks ahead
  Quantity safety = 0;  // on top
  core::Range memory;   // of State::memory
};

struct Model {
  core::Table<PlanId, Plan> plans;
  core::Table<StockId, PlanId> of_stock;  // none for the others; empty if there are none at all
  std::size_t memory_size = 0;
};

}  // namespace tierworks::planning
