// What machines do: work, wait for room, stop, and go on.
// Invariant: an idle machine stands in its work centre's row of idle ones; a machine that is down goes on with what it did
// once every reason to stop is gone. Cost: a few instructions and at most one event.
#pragma once
#include "models/factory/control.h"
#include "models/factory/dispatch.h"
#include "models/factory/events.h"
#include "models/factory/maintenance.h"
#include "models/factory/watching.h"

namespace tierworks::factory {

inline void become(Run& run, MachineId id, MachineActivity activity) {
  MachineState& machine = run.state.machines[id];
  if (run.settings.watcher != nullptr) [[unlikely]]
    watch(run, id);
  machine.ticks[static_cast<std::size_t>(machine.activity)] += (run.now() - machine.since).ticks;
  machine.since = machine.began = run.now();
  machine.activity = activity;
}

// The row of idle machines of a work centre, the one that has been idle longest first.
inline void add_to(State& state, MachineList& list, MachineId id) {
  MachineState& machine = state.machines[id];
  machine.next = core::kNoRef;
  machine.previous = list.last;
  (list.last == core::kNoRef ? list.first : state.machines[MachineId{list.last}].next) = id.index;
  list.last = id.index;
}

inline void remove_from(State& state, MachineList& list, MachineId id) {
  const MachineState& machine = state.machines[id];
  (machine.previous == core::kNoRef ? list.first : state.machines[MachineId{machine.previous}].next) = machine.next;
  (machine.next == core::kNoRef ? list.last : state.machines[MachineId{machine.next}].previous) = machine.previous;
}

inline MachineId take_first(State& state, MachineList& list) {
  const MachineId first{list.first};
  remove_from(state, list, first);
  return first;
}

// What it does, or goes on with when it is no longer stopped.
inline MachineActivity activity_of(const MachineState& machine) {
  const bool stopped = machine.activity == MachineActivity::down || machine.activity == MachineActivity::off;
  return stopped ? machine.interrupted : machine.activity;
}
// Of work, a set-up with the work that follows, or maintenance.
inline std::int64_t ticks_left(const Run& run, const MachineState& machine) {
  const MachineActivity does = activity_of(machine);
  const bool sets_up = does == MachineActivity::setup;
  if (!sets_up && does != MachineActivity::busy && does != MachineActivity::maintenance) return 0;
  const std::int64_t since = does == machine.activity ? (run.now() - machine.resumed).ticks : 0;
  return machine.left - since + (sets_up ? machine.work_after : 0);
}

// Somebody repairs it now.
void start_repair(Run& run, MachineId machine);
// The machine works on its lot for so long, unless it fails before.
void work_on(Run& run, MachineId machine, std::int64_t ticks);
// It is set up for so long, and then works for `work_after`.
void set_up(Run& run, MachineId machine, std::int64_t ticks);
inline void become_idle(Run& run, MachineId id, WorkCentreId centre) {
  become(run, id, MachineActivity::idle);
  WorkCentreState& state = run.state.centres[centre];
  add_to(run.state, state.idle_machines, id);
  ++state.idle;
  admit(run, centre);
}
// The machine is done with what it did: the end of its shift and maintenance that is due come first, then it is idle.
inline void come_free(Run& run, MachineId id) {
  if (run.state.machines[id].due > 0) {
    start_maintenance(run, id);
    return;
  }
  const WorkCentreId centre = run.model.machines[id].centre;
  become_idle(run, id, centre);
  request_dispatch(run, centre);
  if (!run.model.controls.empty()) [[unlikely]]
    look_at_gate(run, centre);
}

// The machine is down, whatever it does, until it is told to go on as often as it was stopped; what was in work is then
// finished. Breakdowns use these, and whoever else has a reason.
void stop(Run& run, MachineId machine);
void go_on_after_stop(Run& run, MachineId machine);

// At the start of a run.
void plan_failures(Run& run, WorkCentreId centre);

}  // namespace tierworks::factory
