// Work centres that stand outside their shifts, and in breaks. The week repeats itself. Work that a shift's end meets is
// finished first, or pauses like that of a stopped machine, or was not begun if it was not expected to fit.
// Invariant: a machine is off from the end of a shift, or of what it finishes then, to the next one's begin.
// Cost: an event at each change, for all machines of a work centre.
#pragma once
#include "models/factory/events.h"

namespace tierworks::factory {

// The change of a week that comes next at the start of a run, from 0; and the instant of it.
struct NextChange {
  std::uint32_t place = 0;
  core::Instant at;
};
NextChange first_change(const Model& model, core::Range shifts);
// From one change to the next, at the instant of the former.
core::Instant change_after(const Model& model, core::Range shifts, std::uint32_t place, core::Instant now);

// At the start of a run.
void plan_shifts(Run& run, WorkCentreId centre);
// A shift begins or ends now.
void change_shift(Run& run, WorkCentreId centre);
// The machine has finished what it did when its shift ended.
void leave_shift(Run& run, MachineId machine);

}  // namespace tierworks::factory
