// Which lot goes on which machine where machines differ by what they are set up for, lots share batches, or a lot may only go
// to one machine. Waiting lots stand in queues by bucket: those that any machine may take, and for each machine those that
// only it may. Of all pairs of an idle machine and the first lot of a queue that may start, the rank list takes the best.
// Invariant: a lot stands in one queue; a batch holds at most what its operation says.
// Cost: idle machines times queues with lots in them; under a rule that looks at the clock each such queue is ranked once.
#pragma once
#include "models/factory/events.h"

namespace tierworks::factory {

// Where the lot waits, or has to.
QueueId queue_id_of(const Run& run, const WorkCentre& centre, const Lot& lot);
// Likewise, when it comes: under a longest wait, the work centre will look at it again when that is over.
QueueState& queue_of(Run& run, const WorkCentre& centre, const Lot& lot);
// Starts what may start.
void choose(Run& run, WorkCentreId centre);

}  // namespace tierworks::factory
