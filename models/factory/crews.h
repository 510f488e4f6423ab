// Operators and tools that machines share. A machine takes what an operation needs when it takes the lot, keeps it through
// set-up, work and breakdowns, and gives it back when the operation ends. A work centre that found nobody is told, in the
// order in which those asked, when somebody comes free; a broken machine that waits for a repairer comes before all of them.
// When a shift of operators ends, those who are free go, and the others when they have finished what they are at.
// A disruption keeps a share of them away, in the same manner.
// Invariant: free + in use = what there is in shifts, recounted from the machines at the end of a run.
// Cost: a few instructions for each need; a look at each work centre that waits when somebody comes free.
#pragma once
#include "models/factory/events.h"

namespace tierworks::factory {

// At the start of a run.
void start_crews(Run& run);
// All of them at once; a crew that stands in `needs` twice is needed twice.
bool are_free(const Run& run, core::Range needs);
bool is_among(const Run& run, CrewId crew, core::Range needs);
void take(Run& run, core::Range needs);
void take(Run& run, CrewId crew);
void give_back(Run& run, core::Range needs);
void give_back(Run& run, CrewId crew);
// The work centre looks again when one of those that are missing comes free.
void wait_for(Run& run, WorkCentreId centre, core::Range needs);
void wait_for(Run& run, WorkCentreId centre, CrewId crew);
// Those who are at work at a machine, not its tools, go elsewhere while it pauses; and are called back. False if one of them is
// not free: the machine stays off until they are.
void send_home(Run& run, MachineId machine);
bool call_back(Run& run, MachineId machine);
// Its shift is over again, or what it had to do is lost.
void forget_return(Run& run, MachineId machine);
// One of the crew is at work at it.
bool holds_one_of(const Run& run, MachineId machine, CrewId crew);
// A repairer for the machine; false if it has to wait for one.
bool take_repairer(Run& run, CrewId crew, MachineId machine);
// Throws core::Broken if they were created or lost.
void check_crews(const Run& run);

}  // namespace tierworks::factory
