#include "models/factory/shifts.h"

#include "models/factory/crews.h"
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
  if (machine.returns) {
    forget_return(run, id);
    return;
  }
  if (centre.beyond_shift != BeyondShift::pause && works(machine)) {
    machine.leaves = true;
    ++machine.due;
    return;
  }
  const bool pauses = works(machine);
  machine.off = true;
  stop(run, id);
  if (pauses) send_home(run, id);
}

void come_on(Run& run, MachineId id) {
  MachineState& machine = run.state.machines[id];
  if (machine.leaves) {
    machine.leaves = false;
    --machine.due;
  } else if (call_back(run, id)) {
    machine.off = false;
    go_on_after_stop(run, id);
  }
}

// After completions and repairs of the same instant, before any dispatch.
void plan_next(Run& run, WorkCentreId id, core::Instant at) {
  run.state.centres[id].next_change = at;
  run.sender.send(run.model.centres[id].place, at, run.settings.phases.arrival, WaitEnded{.centre = id, .is_shift = 1});
}

}  // namespace

core::Instant change_after(const Model& model, core::Range shifts, std::uint32_t place, core::Instant now) {
  const core::Duration from = model.shift_changes[shifts.first + place].at;
  core::Duration wait = model.shift_changes[shifts.first + (place + 1) % shifts.size()].at - from;
  if (wait.ticks <= 0) wait = wait + kWeek;
  return now + wait;
}

NextChange first_change(const Model& model, core::Range shifts) {
  // The last change before the start, perhaps of the week before.
  std::uint32_t last = shifts.size() - 1;
  for (std::uint32_t i = 0; i < shifts.size(); ++i) {
    if (!(model.week_began < model.shift_changes[shifts.first + i].at)) last = i;
  }
  const std::uint32_t next = (last + 1) % shifts.size();
  core::Duration wait = model.shift_changes[shifts.first + next].at - model.week_began;
  if (wait.ticks <= 0) wait = wait + kWeek;
  return {next, core::Instant{0} + wait};
}

void plan_shifts(Run& run, WorkCentreId id) {
  const WorkCentre& centre = run.model.centres[id];
  if (centre.shifts.empty()) return;
  const NextChange next = first_change(run.model, centre.shifts);
  run.state.centres[id].shift_change = next.place;
  if (run.model.shift_changes[centre.shifts.first + next.place].on) {
    for (std::uint32_t m = centre.machines.first; m < centre.machines.last; ++m) go_off(run, centre, MachineId{m});
  }
  plan_next(run, id, next.at);
}

void change_shift(Run& run, WorkCentreId id) {
  const WorkCentre& centre = run.model.centres[id];
  WorkCentreState& state = run.state.centres[id];
  const ShiftChange& change = run.model.shift_changes[centre.shifts.first + state.shift_change];
  plan_next(run, id, change_after(run.model, centre.shifts, state.shift_change, run.now()));
  state.shift_change = (state.shift_change + 1) % centre.shifts.size();
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
