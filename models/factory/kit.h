// Lots that are picked before they start. At a work centre with `kit` the lot that goes next by its rule is picked when its planned
// start is no more than that time away: its material is pulled, it can start when that time is over, and lots that are picked
// start in the order in which they were. The planned start is when the first machine will be done with what it does and with the
// picked lots, each of which takes the machine that is free first, set-ups in their means; a machine that is down counts as if it
// went on now, one out of its shift as if it began with the next.
// Invariant: a lot that waits there stands in a queue or in the line of the picked; only the first of those may start.
// Cost: an event for each lot, and for each choice a look at the machines for each lot that is picked.
#pragma once
#include "models/factory/events.h"

namespace tierworks::factory {

struct PlannedStart {
  MachineId machine;
  std::uint32_t setup = kNoSetup;  // what the machine will be set up for
  std::int64_t in = 0;             // ticks from now
  std::int64_t sure_in = 0;        // likewise, of machines that do not stand: time brings it nearer
};

// Of the next lot that is not picked yet.
PlannedStart plan_start(Run& run, WorkCentreId centre);
// It has been taken out of its queue.
void pick(Run& run, WorkCentreId centre, core::Ref lot);
// The work centre will look at its lots when that one is due to be picked.
void look_for_kits(Run& run, WorkCentreId centre, const PlannedStart& next);
// The lot that goes next; none if none is picked, or not long enough ago.
core::Ref first_picked(const Run& run, WorkCentreId centre);
core::Ref take_first_picked(Run& run, WorkCentreId centre);

template <class F>
void for_each_picked(const Run& run, const WorkCentre& centre, F&& visit) {
  if (centre.kits == kNoKits) return;
  for (core::Ref ref = run.state.kit_lines[centre.kits].picked.first; ref != core::kNoRef;) {
    const core::Ref next = run.state.lots[ref].next;
    visit(ref);
    ref = next;
  }
}

// It need not be picked, or no longer.
inline void pull_material(Run& run, Lot& lot) {
  if (!lot.lacks_material) return;
  lot.lacks_material = false;
  run.ports.lot_picked(lot.order, lot.quantity);
}

}  // namespace tierworks::factory
