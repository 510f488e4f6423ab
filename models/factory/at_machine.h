// What a machine would have to make for the lots that wait: set-ups, families and batches, as rules look at them.
#pragma once
#include "models/factory/dispatch.h"

namespace tierworks::factory {

// Mean over the lots that wait, of the set-ups that a machine in the state `has` would need for them; ticks.
double mean_of_setups(const Run& run, const WorkCentre& centre, std::uint32_t has);
// For the lots of one queue, which need so long a set-up.
AtMachine at_machine(const Run& run, const QueueState& queue, const Bucket& bucket, std::int64_t setup,
                     double setup_mean);
// One of its lots has, as long as a batch may wait for others.
bool has_waited(const Run& run, const QueueState& queue, const Bucket& bucket);
// For a batch to start.
bool is_enough(const Run& run, const QueueState& queue, const Bucket& bucket);

}  // namespace tierworks::factory
