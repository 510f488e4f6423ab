// Preventive maintenance: what is due waits until its machine is done with what it does, and comes before the next lot.
#pragma once
#include "models/factory/events.h"

namespace tierworks::factory {

// At the start of a run.
void plan_maintenance(Run& run, WorkCentreId centre);
// The machine has processed these.
void count_processed(Run& run, MachineId machine, std::int64_t lots, std::int64_t pieces);
// The first of those that are due; if its shift is over, the machine goes off.
void start_maintenance(Run& run, MachineId machine);
// For so long.
void maintain(Run& run, MachineId machine, std::int64_t ticks);

}  // namespace tierworks::factory
