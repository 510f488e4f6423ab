// Super-hot lots: a machine of the next work centre takes no other lot from a stated time before the lot's operation under way is
// expected to end until the lot comes, or turns out to go elsewhere. It waits for nothing that is not a machine: people and tools
// are not kept. Where there are other ways to do the next operation, it is chosen then, not later. The operation expected is the one written next; no event is needed, since a machine that has begun something
// else cannot be called back, and who was kept waiting looks again when the lot has come.
// Invariant: a lot has at most one reservation, and none once it has come. Cost: nothing where no release has a `reserve`; else a
// look at the reservations of the factory for each lot that could start at a work centre that keeps machines.
#pragma once
#include "models/factory/events.h"

namespace tierworks::factory {

// The lot begins an operation, which is expected to take so many ticks, at a machine (none: at a delay).
void reserve_next(Run& run, core::Ref lot, MachineId machine, std::int64_t ticks);
// Of the lot's imminent operation, of which there are other ways: the one where a machine is kept for it; none if none is.
OperationId kept_way(const Run& run, const Lot& lot);
// It has come, or will not.
void end_reservation(Run& run, core::Ref lot);
// The machine is kept for the lot of a reservation.
bool is_kept(const Run& run, WorkCentreId centre, MachineId machine);
// Of the idle machines of the work centre this one may take the lot, for all that is kept for others.
bool may_take(const Run& run, WorkCentreId centre, MachineId machine, const Lot& lot);
// Throws core::Broken if a reservation is of no lot in the factory.
void check_reservations(const Run& run, const std::vector<core::Ref>& lots);

}  // namespace tierworks::factory
