// Planning has no events of its own: it is asked, at a stock's review, what the stock should be filled up to.
#pragma once
#include "models/common/ports.h"
#include "models/common/room.h"
#include "models/planning/model.h"
#include "models/planning/state.h"

namespace tierworks::planning {

using Events = common::EventList<>;

using Run = common::RoomRun<Model, State, Events>;

void start(Run& run);

// The demand of the period that has just ended.
void observe(Run& run, const Plan& plan, Quantity demand);

// Up to the top of green, at or below the top of yellow; spikes are as if they were taken already.
common::Levels levels_of(const Zones& zones, double spikes);

// The room's side of common::Ports; see there.
common::Levels levels_after(Run& run, StockId stock, Quantity demand);

}  // namespace tierworks::planning
