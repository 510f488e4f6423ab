#include "models/factory/shifts.h"

#include "models/factory/machines.h"

namespace tierworks::factory {

namespace {

constexpr core::Duration kWeek = core::kDay * 7;

bool works(const MachineState& machine) {
  const bool stopped = machine.activity == MachineActivity::down || machine.activity == MachineActivity::off;
  const MachineActivity does = stopped ? machine.interrupted : machine.activity;
  return does == MachineActivity::busy || does == MachineActivity::setup || does == MachineActivity::maintenance;
}

void go_off(Run& run, const WorkCentre& centre, MachineId id) {
  MachineState& machine = run.state.machines[id];
  if (centre.beyond_shift != BeyondShift::pause && works(machine)) {
    machine.leaves = true;
    ++machine.due;
    return;
  }
  machine.off = true;
  stop(run, id);
}

void come_on(Run& run, MachineId id) {
  MachineState& machine = run.state.machines[id];
  if (machine.leaves) {
    machine.leaves = false;
    --machine.due;
  } else {
    machine.off = false;
    go_on_after_stop(run, id);
  }
}

// After completions and repairs of the same instant, before any dispatch.
void plan_next(Run& run, WorkCentreId id, core::Duration from, core::Duration to) {
  core::Duration wait = to - from;
  if (wait.ticks <= 0) wait = wait + kWeek;
  run.state.centres[id].next_change = run.now() + wait;
  run.sender.send(run.model.centres[id].place, run.now() + wait, run.settings.phases.arrival,
                  WaitEnded{.centre = id, .is_shift = 1});
}

}  // namespace

void plan_shifts(Run& run, WorkCentreId id) {
  const WorkCentre& centre = run.model.centres[id];
  if (centre.shifts.empty()) return;
  WorkCentreState& state = run.state.centres[id];
  const core::Duration now = run.model.week_began;
  // The last change before now, perhaps of the week before.
  std::uint32_t last = centre.shifts.size() - 1;
  for (std::uint32_t i = 0; i < centre.shifts.size(); ++i) {
    if (!(now < run.model.shift_changes[centre.shifts.first + i].at)) last = i;
  }
  state.shift_change = (last + 1) % centre.shifts.size();
  if (!run.model.shift_changes[centre.shifts.first + last].on) {
    for (std::uint32_t m = centre.machines.first; m < centre.machines.last; ++m) go_off(run, centre, MachineId{m});
  }
  plan_next(run, id, now, run.model.shift_changes[centre.shifts.first + state.shift_change].at);
}

void change_shift(Run& run, WorkCentreId id) {
  const WorkCentre& centre = run.model.centres[id];
  WorkCentreState& state = run.state.centres[id];
  const ShiftChange& change = run.model.shift_changes[centre.shifts.first + state.shift_change];
  state.shift_change = (state.shift_change + 1) % centre.shifts.size();
  plan_next(run, id, change.at, run.model.shift_changes[centre.shifts.first + state.shift_change].at);
  for (std::uint32_t m = centre.machines.first; m < centre.machines.last; ++m) {
    if (change.on) {
      come_on(run, MachineId{m});
    } else {
      go_off(run, centre, MachineId{m});
    }
  }
}

void leave_shift(Run& run, MachineId id) {
  MachineState& machine = run.state.machines[id];
  machine.leaves = false;
  --machine.due;
  machine.off = true;
  ++machine.stops;
  machine.interrupted = MachineActivity::idle;
  become(run, id, MachineActivity::off);
}

}  // namespace tierworks::factory
