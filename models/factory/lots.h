// The way of a lot: into the factory, from queue to queue, out of it.
#pragma once
#include "models/factory/events.h"

namespace tierworks::factory {

// Lets in what waits outside, as far as wip and room allow.
void let_in(Run& run, ReleaseId release);
// The lot stands in the queue of its imminent operation's work centre.
void arrive(Run& run, core::Ref lot);
// Its operation is done; it goes on, or leaves. False if there is no room for it where it has to go: then nothing happened
// but that it knows where.
bool go_on(Run& run, core::Ref lot, MachineId machine);
// Room was made at the work centre: those who wait for it come in.
void admit(Run& run, WorkCentreId centre);
// The work centre looks at its queue when all that ends at this instant has ended.
void request_dispatch(Run& run, WorkCentreId centre);

}  // namespace tierworks::factory
