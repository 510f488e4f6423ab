// What is told to whoever watches a run (common::ShopWatcher). Callers look first whether somebody does.
#pragma once
#include "models/factory/events.h"

namespace tierworks::factory {

inline common::WatchedLot watched(const Lot& lot) {
  return {.release = lot.release.index, .operation = lot.operation.index, .number = lot.number};
}

// What the machine did until now.
void watch(const Run& run, MachineId machine);
// Likewise, while it still has its lot: what it does next is told from now on.
void watch_with_lot(Run& run, MachineId machine);
// The lot has waited until now at the work centre of its imminent operation.
void tell_wait(const Run& run, const Lot& lot, common::WaitsFor what);
// Those that stand in the queue do not start though a machine is idle.
void tell_held_back(const Run& run, QueueId queue, bool heap, common::HeldBack why);
// The run ends: what all machines do now, the lots that wait, and all that are inside.
void watch_all(const Run& run);

}  // namespace tierworks::factory
