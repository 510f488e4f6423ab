// Planning is asked, at a stock's review, what the stock should be filled up to. Its one event brings word of what customers
// far below have ordered.
#pragma once
#include "models/common/ports.h"
#include "models/common/room.h"
#include "models/planning/model.h"
#include "models/planning/state.h"

namespace tierworks::planning {

struct CustomersToldOf {
  std::uint32_t part = 0;  // of Model::signal_parts
  std::uint32_t unused = 0;
  Quantity quantity = 0;  // smallest units of the stream's item
};

using Events = common::EventList<CustomersToldOf>;

using Run = common::RoomRun<Model, State, Events>;

void start(Run& run);
void restart_tallies(Run& run);

void handle(Run& run, const CustomersToldOf& event);

// The demand of the period that has just ended.
void observe(Run& run, PlanId plan, Quantity demand);

// Up to the top of green, at or below the top of yellow; spikes are as if they were taken already.
common::Levels levels_of(const Zones& zones, double spikes);

// The room's side of common::Ports; see there.
common::Levels levels_after(Run& run, StockId stock, Quantity demand);
void customers_ordered(Run& run, common::StreamId stream, Quantity quantity);

// Of the demand since the last review, what the stock's plan is to go by: its own, or that of the customers it is told of,
// which is then counted anew.
Quantity demand_seen(Run& run, StockId stock, Quantity own);

}  // namespace tierworks::planning
