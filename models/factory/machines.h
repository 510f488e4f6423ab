// What machines do: work, wait for room, fail, and are repaired.
#pragma once
#include "models/factory/events.h"

namespace tierworks::factory {

void become(Run& run, MachineId machine, MachineActivity activity);

// The row of idle machines of a work centre, the one that has been idle longest first.
void add_to(State& state, MachineList& list, MachineId machine);
MachineId take_first(State& state, MachineList& list);
void remove_from(State& state, MachineList& list, MachineId machine);

// The machine works on its lot for so long, unless it fails before.
void work_on(Run& run, MachineId machine, std::int64_t ticks);
// The machine has nothing to do.
void become_idle(Run& run, MachineId machine);
// At the start of a run.
void plan_failures(Run& run, WorkCentreId centre);

}  // namespace tierworks::factory
