// Production orders are released, wait for material and a server, are worked on in batches, and end up in stock.
#pragma once
#include "models/common/phases.h"
#include "models/common/ports.h"
#include "models/common/room.h"
#include "models/production/model.h"
#include "models/production/state.h"

namespace tierworks::production {

using Events = common::EventList<WorkFinished>;

using Run = common::RoomRun<Model, State, Events>;

void start(Run& run);
void restart_tallies(Run& run);

void handle(Run& run, const WorkFinished& event);

// The room's side of common::Ports; see there.
void production_wanted(Run& run, ProductId product, Quantity quantity, std::uint64_t number);
bool line_has_room(const Run& run, ProductId product);
void materials_ready(Run& run, core::Ref order, std::uint8_t part, Quantity quantity);

// A lot of an order is picked; it has left the shop floor; or it was destroyed there: its materials are wanted once more.
void lot_picked(Run& run, core::Ref order, Quantity quantity);
void lot_made(Run& run, core::Ref order, Quantity quantity);
void lot_lost(Run& run, core::Ref order, Quantity quantity);

// On the clock of its shifts, without overtime.
common::LineUse line_use(const Run& run, LineId line);

// From disruptions; see common::Lever and common::Loss.
void set_pace(Run& run, ProductId product, double pace);
void set_yield(Run& run, ProductId product, double factor);
// A way in reserve gets orders from now on, or no more.
void set_ready(Run& run, ProductId product, bool ready);
// The youngest batches, whole ones, as near to the share as they come; their orders want their materials once more.
void lose_work(Run& run, ProductId product, double share);
// Of each component and open order.
void lose_set_aside(Run& run, ProductId product, double share);

// Calls visit(product, quantity) for all that is in work on lines.
template <class F>
void for_each_in_work(const Run& run, F&& visit) {
  run.sender.template for_each_pending<WorkFinished>(
      [&](const WorkFinished& work) { visit(work.product, work.quantity); });
  for (const Interruption& interruption : run.state.interruptions) {
    if (!interruption.pace.stands()) continue;
    for (core::Ref ref = interruption.pace.first; ref != core::kNoRef; ref = run.state.work[ref].next) {
      visit(run.state.work[ref].end.product, run.state.work[ref].end.quantity);
    }
  }
}

}  // namespace tierworks::production
