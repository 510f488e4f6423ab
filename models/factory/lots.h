// The way of a lot: into the factory, from queue to queue, out of it.
#pragma once
#include "models/factory/events.h"

namespace tierworks::factory {

// Lets in what waits outside, as far as wip and room allow.
void let_in(Run& run, ReleaseId release);
// Its operation begins: queue-time limits that end with it are looked at.
void look_at_limits(Run& run, core::Ref lot, const Operation& operation);
inline void start_operation(Run& run, core::Ref lot, const Operation& operation) {
  if (operation.is_limited) look_at_limits(run, lot, operation);
}
// The only machine that may do its imminent operation; none if any may.
MachineId promised_machine(const Run& run, const Lot& lot);
// The machine is done with its operation, and so is the lot `tail` ticks later; it goes on, or leaves. False if there is no
// room for it where it has to go: then nothing happened but that it knows where. `on_the_way`: it goes by an event even if
// that takes no time.
bool go_on(Run& run, core::Ref lot, MachineId machine, std::int64_t tail, bool on_the_way = false);
// How long it takes from one work centre to another; nothing if no time.
const core::Distribution* way_between(const Run& run, const Factory& factory, WorkCentreId from, WorkCentreId to);
// It waited in vain for its imminent operation, and goes back to another one.
void go_back(Run& run, core::Ref lot, OperationId to);
// Room was made at the work centre: those who wait for it come in.
void admit_waiting(Run& run, WorkCentreId centre);
inline void admit(Run& run, WorkCentreId centre) {
  if (run.model.centres[centre].buffer != kNoLimit) admit_waiting(run, centre);
}
}  // namespace tierworks::factory
