// Which operations a lot does, and where they are drawn beforehand, how long they take.
#pragma once
#include "models/factory/events.h"

namespace tierworks::factory {

// Its own steps, in the order in which it takes them; of a routing with own_steps(), when the lot is let in.
void plan_steps(Run& run, Lot& lot);
// The operation behind the imminent one, if lots go straight on; none if it is the last.
OperationId next_operation(const Run& run, const Lot& lot);
// The first operation from this one on, before `last`, that the lot does; none if there is no such.
OperationId sampled(const Run& run, const Lot& lot, std::uint32_t from, std::uint32_t last);

}  // namespace tierworks::factory
