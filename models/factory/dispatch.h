// Lots that wait for machines, and which goes next. A work centre where a machine takes any lot, one at a time, has one
// queue; others have one for each bucket of lots that a machine does not tell apart (choice.h).
#pragma once
#include "models/factory/events.h"
#include "models/factory/lots.h"
#include "models/factory/watching.h"

namespace tierworks::factory {

// The lot stands in the queue of its imminent operation's work centre; at a delay it is on its way again.
void arrive(Run& run, core::Ref lot);
// The work centre looks at its queue when all that ends at this instant has ended; without an idle machine only for lots that
// are to be picked.
inline bool wants_dispatch(const Run& run, WorkCentreId id) {
  const WorkCentreState& state = run.state.centres[id];
  if (state.dispatch_due || state.waiting == 0) return false;
  return state.idle > 0 || run.model.centres[id].kits != kNoKits;
}
inline void request_dispatch(Run& run, WorkCentreId id) {
  if (!wants_dispatch(run, id)) return;
  run.state.centres[id].dispatch_due = true;
  run.sender.send_now(run.model.centres[id].place, common::phase::dispatch, DispatchDue{id});
}
// What a machine would have to make for a lot; of a work centre that takes any lot, nothing.
struct AtMachine {
  double setup = 0, setup_mean = 0;  // ticks
  double family_lots = 1, family_work = 0, batch = 1;
};
// What its rule makes of a waiting lot. `queue_mean`: process time over the queue, which few rules look at.
double value_now(const Run& run, const Dispatching& dispatching, const Lot& lot, double queue_mean,
                 const AtMachine& machine = {});
// The lot has left its queue for a machine: the work centre's queue is shorter, and the operation has begun.
inline void leave_queue(Run& run, WorkCentreId id, core::Ref ref) {
  Lot& lot = run.state.lots[ref];
  WorkCentreState& state = run.state.centres[id];
  if (run.settings.watcher != nullptr) [[unlikely]]
    tell_wait(run, lot, common::WaitsFor::machine);
  --state.waiting;
  state.queue.add(run.now(), -1);
  state.queue_work -= lot.ticks;
  state.queue_pieces -= lot.pieces;
  state.queue_ticks += static_cast<double>((run.now() - lot.arrived).ticks);
  ++state.started;
  start_operation(run, ref, run.model.operations[lot.operation]);
  ++lot.visit;
}

}  // namespace tierworks::factory
