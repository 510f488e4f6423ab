#include "models/factory/machines.h"

#include "models/factory/lots.h"

namespace tierworks::factory {

using core::kNoRef;

void become(Run& run, MachineId id, MachineActivity activity) {
  MachineState& machine = run.state.machines[id];
  machine.ticks[static_cast<std::size_t>(machine.activity)] += (run.now() - machine.since).ticks;
  machine.since = run.now();
  machine.activity = activity;
}

void add_to(State& state, MachineList& list, MachineId id) {
  MachineState& machine = state.machines[id];
  machine.next = kNoRef;
  machine.previous = list.last;
  (list.last == kNoRef ? list.first : state.machines[MachineId{list.last}].next) = id.index;
  list.last = id.index;
}

void remove_from(State& state, MachineList& list, MachineId id) {
  const MachineState& machine = state.machines[id];
  (machine.previous == kNoRef ? list.first : state.machines[MachineId{machine.previous}].next) = machine.next;
  (machine.next == kNoRef ? list.last : state.machines[MachineId{machine.next}].previous) = machine.previous;
}

MachineId take_first(State& state, MachineList& list) {
  const MachineId first{list.first};
  remove_from(state, list, first);
  return first;
}

namespace {

std::int64_t draw_ticks(const Run& run, const core::Distribution& distribution, core::StreamName stream,
                        std::uint64_t index) {
  core::Draw draw = run.settings.random.draw(stream, index);
  return core::rounded(core::sample(distribution, *run.model.tables, draw)).ticks;
}

void draw_next_failure(Run& run, MachineId id) {
  const Machine& row = run.model.machines[id];
  const WorkCentre& centre = run.model.centres[row.centre];
  MachineState& machine = run.state.machines[id];
  const std::int64_t ticks = draw_ticks(run, centre.time_to_failure, row.failures, machine.failures);
  if (centre.breaks_by_busy_time) {
    machine.until_failure = ticks;
  } else {
    run.sender.send(centre.place, run.now() + core::Duration{ticks}, run.settings.phases.completion, MachineFailed{id});
  }
}

void start_repair(Run& run, MachineId id) {
  const Machine& row = run.model.machines[id];
  const WorkCentre& centre = run.model.centres[row.centre];
  const std::int64_t ticks = draw_ticks(run, centre.repair, row.repairs, run.state.machines[id].failures);
  ++run.state.centres[row.centre].repairing;
  run.sender.send(centre.place, run.now() + core::Duration{ticks}, run.settings.phases.completion, MachineRepaired{id});
}

}  // namespace

void plan_failures(Run& run, WorkCentreId id) {
  const WorkCentre& centre = run.model.centres[id];
  if (!centre.breaks_down) return;
  for (std::uint32_t m = centre.machines.first; m < centre.machines.last; ++m) draw_next_failure(run, MachineId{m});
}

void work_on(Run& run, MachineId id, std::int64_t ticks) {
  const Machine& row = run.model.machines[id];
  const WorkCentre& centre = run.model.centres[row.centre];
  MachineState& machine = run.state.machines[id];
  if (machine.activity != MachineActivity::busy) become(run, id, MachineActivity::busy);
  if (centre.breaks_by_busy_time) {
    if (machine.until_failure < ticks) {
      machine.left = ticks - machine.until_failure;
      run.sender.send(centre.place, run.now() + core::Duration{machine.until_failure}, run.settings.phases.completion,
                      MachineFailed{id});
      return;
    }
    machine.until_failure -= ticks;
  }
  machine.finish = run.now() + core::Duration{ticks};
  const Lot& lot = run.state.lots[machine.lot];
  machine.finishing = run.sender.send(centre.place, machine.finish, run.settings.phases.completion,
                                      OperationFinished{.machine = id, .release = lot.release, .number = lot.number});
}

void become_idle(Run& run, MachineId id) {
  const WorkCentreId centre = run.model.machines[id].centre;
  become(run, id, MachineActivity::idle);
  WorkCentreState& state = run.state.centres[centre];
  add_to(run.state, state.idle_machines, id);
  ++state.idle;
  admit(run, centre);
  request_dispatch(run, centre);
}

void handle(Run& run, const MachineFailed& event) {
  const MachineId id = event.machine;
  const WorkCentreId centre_id = run.model.machines[id].centre;
  const WorkCentre& centre = run.model.centres[centre_id];
  WorkCentreState& state = run.state.centres[centre_id];
  MachineState& machine = run.state.machines[id];
  TIERWORKS_CHECK(machine.activity != MachineActivity::down, "a machine that is down failed", id.index);
  ++machine.failures;
  machine.at_work = machine.activity == MachineActivity::busy;
  if (machine.activity == MachineActivity::idle) {
    remove_from(run.state, state.idle_machines, id);
    --state.idle;
  } else if (machine.at_work && !centre.breaks_by_busy_time) {
    run.sender.cancel(machine.finishing);
    machine.left = (machine.finish - run.now()).ticks;
  }
  become(run, id, MachineActivity::down);
  if (centre.repair_crew == 0 || state.repairing < centre.repair_crew) {
    start_repair(run, id);
  } else {
    // A machine that waits for room is linked there already, so the broken have a list of their own.
    machine.next_broken = kNoRef;
    (state.broken.last == kNoRef ? state.broken.first : run.state.machines[MachineId{state.broken.last}].next_broken) =
        id.index;
    state.broken.last = id.index;
  }
}

void handle(Run& run, const MachineRepaired& event) {
  const MachineId id = event.machine;
  const WorkCentreId centre = run.model.machines[id].centre;
  WorkCentreState& state = run.state.centres[centre];
  --state.repairing;
  if (state.broken.first != kNoRef) {
    const MachineId next{state.broken.first};
    state.broken.first = run.state.machines[next].next_broken;
    if (state.broken.first == kNoRef) state.broken.last = kNoRef;
    start_repair(run, next);
  }
  draw_next_failure(run, id);
  MachineState& machine = run.state.machines[id];
  if (machine.at_work) {
    machine.at_work = false;
    work_on(run, id, machine.left);
  } else if (machine.waits_for_room) {
    become(run, id, MachineActivity::blocked);
  } else {
    become_idle(run, id);
  }
}

}  // namespace tierworks::factory
