// Planning is asked, at a stock's review, what the stock should be filled up to. Its events bring word from below: of what
// customers have ordered, of what other sites plan to order, of what they expect to need.
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

// Another site is going to order so much more than it said before, or less, and that order will be here at `at`.
struct PlanToldOf {
  std::uint32_t link = 0;  // of Model::plan_links
  std::uint32_t unused = 0;
  core::Instant at;
  Quantity change = 0;
};

// What another site expects to need over the horizon of who is told; a number of units, its bits.
struct ForecastToldOf {
  std::uint32_t link = 0;  // of Model::forecast_links
  std::uint32_t unused = 0;
  std::uint64_t units = 0;
};

using Events = common::WithLater<common::EventList<CustomersToldOf>, common::EventList<PlanToldOf, ForecastToldOf>>;

using Run = common::RoomRun<Model, State, Events>;

void start(Run& run);
void restart_tallies(Run& run);

void handle(Run& run, const CustomersToldOf& event);
void handle(Run& run, const PlanToldOf& event);
void handle(Run& run, const ForecastToldOf& event);

// The demand of the period that has just ended.
void observe(Run& run, PlanId plan, Quantity demand);

// Up to the top of green, at or below the top of yellow; spikes are as if they were taken already.
common::Levels levels_of(const Zones& zones, double spikes);

// The room's side of common::Ports; see there.
common::Levels levels_after(Run& run, StockId stock, Quantity demand);
void customers_ordered(Run& run, common::StreamId stream, Quantity quantity);
void demand_booked(Run& run, StockId stock, core::Instant at, Quantity change);

// Of the demand since the last review, what the stock's plan is to go by: its own, or that of the customers it is told of,
// which is then counted anew.
Quantity demand_seen(Run& run, StockId stock, Quantity own);

}  // namespace tierworks::planning
