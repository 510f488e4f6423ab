// What is wanted of a stock in each bucket to come: amounts for instants, each in the bucket (start, end] that holds it. What
// was wanted in buckets that are over is forgotten at a look: it has come, or it will not.
// Invariant: what is added to a bucket that is over changes nothing. Cost: an addition constant, a look the buckets since the
// last one.
#pragma once
#include "models/planning/events.h"

namespace tierworks::planning {

// Sets the rings back to the start of a run.
void start_rings(Run& run);

void add_to_ring(Run& run, RingId ring, core::Instant at, double quantity);

// A review at this instant: the bucket that begins now is the first.
void look_at_ring(Run& run, RingId ring);

// Of bucket `ahead` from that of the last look on; what lies beyond the ring is not known.
double ring_at(const Run& run, RingId ring, std::size_t ahead);

}  // namespace tierworks::planning
