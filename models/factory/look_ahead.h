// A batch that may start, and could hold more, waits for the next lot that is known to come if that pays. Rule: next arrival
// control (Fowler, Phillips & Hogg, "Real-time control of multiproduct bulk-service semiconductor manufacturing processes",
// IEEE Trans. Semiconductor Manufacturing 5, 1992), which is the first arrival of the dynamic batching heuristic (Glassey & Weng,
// the same journal 4, 1991): q lots wait, n lots come in u, and the batch takes T; whoever waits loses q u, and those who come
// and would find the machine busy n (T - u), so it waits if q u < n (T - u).
// Known is when machines will be done with the lots that they work on, if all goes well, and the mean time of transport; where a
// lot goes next is the operation written next. Cost: a look at every machine from which lots come, for each choice in which such a
// batch could start.
#pragma once
#include "models/factory/events.h"

namespace tierworks::factory {

struct BatchQueue {
  WorkCentreId centre;
  BucketId bucket;
};

// Some batch of the work centre does so. It chooses after the others, when the machines before it have taken their next lots.
bool looks_ahead(const Model& model, WorkCentreId centre);
// Whether the batch waits, which takes its machine `busy` ticks; then the work centre looks again when the next lot comes.
bool waits_for_next(Run& run, BatchQueue at, QueueState& queue, std::int64_t busy);

}  // namespace tierworks::factory
