#include "models/factory/machines.h"

#include <algorithm>

#include "models/factory/crews.h"
#include "models/factory/dispatch.h"
#include "models/factory/kit.h"
#include "models/factory/lots.h"
#include "models/factory/maintenance.h"
#include "models/factory/queue.h"
#include "models/factory/times.h"

namespace tierworks::factory {

using core::kNoRef;

namespace {

void draw_next_failure(Run& run, MachineId id) {
  const Machine& row = run.model.machines[id];
  const WorkCentre& centre = run.model.centres[row.centre];
  MachineState& machine = run.state.machines[id];
  const std::int64_t ticks = drawn_ticks(run, centre.time_to_failure, row.failures, machine.failures);
  if (centre.breaks_by_busy_time) {
    machine.until_failure = ticks;
  } else {
    run.sender.send(centre.place, run.now() + core::Duration{ticks}, run.settings.phases.completion, MachineFailed{id});
  }
}

}  // namespace

void start_repair(Run& run, MachineId id) {
  const Machine& row = run.model.machines[id];
  const WorkCentre& centre = run.model.centres[row.centre];
  const std::int64_t ticks = drawn_ticks(run, centre.repair, row.repairs, run.state.machines[id].failures);
  ++run.state.centres[row.centre].repairing;
  run.sender.send(centre.place, run.now() + core::Duration{ticks}, run.settings.phases.completion, MachineRepaired{id});
}

void plan_failures(Run& run, WorkCentreId id) {
  const WorkCentre& centre = run.model.centres[id];
  if (!centre.breaks_down) return;
  for (std::uint32_t m = centre.machines.first; m < centre.machines.last; ++m) draw_next_failure(run, MachineId{m});
}

void work_on(Run& run, MachineId id, std::int64_t ticks) {
  const WorkCentre& centre = run.model.centres[run.model.machines[id].centre];
  MachineState& machine = run.state.machines[id];
  if (machine.activity != MachineActivity::busy) become(run, id, MachineActivity::busy);
  machine.resumed = run.now();
  machine.left = ticks;
  if (centre.breaks_by_busy_time && machine.until_failure < ticks) {
    machine.finishing = run.sender.send(centre.place, run.now() + core::Duration{machine.until_failure},
                                        run.settings.phases.completion, MachineFailed{id});
    return;
  }
  const Lot& lot = run.state.lots[machine.lot];
  machine.finishing = run.sender.send(centre.place, run.now() + core::Duration{ticks}, run.settings.phases.completion,
                                      OperationFinished{.machine = id, .release = lot.release, .number = lot.number});
}

void set_up(Run& run, MachineId id, std::int64_t ticks) {
  MachineState& machine = run.state.machines[id];
  if (machine.activity != MachineActivity::setup) become(run, id, MachineActivity::setup);
  machine.resumed = run.now();
  machine.left = ticks;
  machine.finishing =
      run.sender.send(run.model.centres[run.model.machines[id].centre].place, run.now() + core::Duration{ticks},
                      run.settings.phases.completion, SetupFinished{id});
}

void handle(Run& run, const SetupFinished& event) {
  MachineState& machine = run.state.machines[event.machine];
  if (machine.sets_up_with_crew) {
    machine.sets_up_with_crew = false;
    give_back(run, run.model.centres[run.model.machines[event.machine].centre].setup_crew);
  }
  work_on(run, event.machine, machine.work_after);
}

void stop(Run& run, MachineId id) {
  MachineState& machine = run.state.machines[id];
  if (machine.stops++ > 0) {
    if (machine.off && machine.activity != MachineActivity::off) become(run, id, MachineActivity::off);
    return;
  }
  machine.interrupted = machine.activity;
  switch (machine.activity) {
    case MachineActivity::idle: {
      WorkCentreState& state = run.state.centres[run.model.machines[id].centre];
      remove_from(run.state, state.idle_machines, id);
      --state.idle;
      break;
    }
    case MachineActivity::busy:
    case MachineActivity::setup:
    case MachineActivity::maintenance: {
      if (!machine.finishing.is_none()) run.sender.cancel(machine.finishing);
      const std::int64_t done = (run.now() - machine.resumed).ticks;
      machine.left -= done;
      if (machine.activity == MachineActivity::busy) machine.until_failure -= done;
      break;
    }
    case MachineActivity::blocked:
    case MachineActivity::down:
    case MachineActivity::off:
      break;
  }
  become(run, id, machine.off ? MachineActivity::off : MachineActivity::down);
}

void go_on_after_stop(Run& run, MachineId id) {
  MachineState& machine = run.state.machines[id];
  TIERWORKS_CHECK(machine.stops > 0, "a machine that was not stopped was told to go on", id.index);
  if (--machine.stops > 0) {
    if (!machine.off && machine.activity == MachineActivity::off) become(run, id, MachineActivity::down);
    return;
  }
  const WorkCentreId centre = run.model.machines[id].centre;
  if (run.model.centres[centre].kits != kNoKits) request_dispatch(run, centre);  // who is due to be picked
  switch (machine.interrupted) {
    case MachineActivity::busy:
      work_on(run, id, machine.left);
      return;
    case MachineActivity::setup:
      set_up(run, id, machine.left);
      return;
    case MachineActivity::maintenance:
      maintain(run, id, machine.left);
      return;
    case MachineActivity::idle:
    case MachineActivity::blocked:
    case MachineActivity::down:
    case MachineActivity::off:
      break;
  }
  if (machine.waits_for_room) {
    become(run, id, MachineActivity::blocked);
  } else {
    come_free(run, id);
  }
}

void set_pace(Run& run, WorkCentreId id, double pace) {
  const core::Range machines = run.model.centres[id].machines;
  const double share = std::clamp(1 - pace, 0.0, 1.0);
  const auto wanted = static_cast<std::uint32_t>(share * static_cast<double>(machines.size()) + 0.5);
  std::uint32_t& stopped = run.state.centres[id].stopped;
  while (stopped < wanted) stop(run, MachineId{machines.first + stopped++});
  while (stopped > wanted) go_on_after_stop(run, MachineId{machines.first + --stopped});
}

common::LineUse centre_use(const Run& run, WorkCentreId id) {
  common::LineUse use;
  const core::Range machines = run.model.centres[id].machines;
  for (std::uint32_t m = machines.first; m < machines.last; ++m) {
    const MachineState& machine = run.state.machines[MachineId{m}];
    auto ticks = machine.ticks;
    ticks[static_cast<std::size_t>(machine.activity)] += (run.now() - machine.since).ticks;
    for (std::size_t a = 0; a < ticks.size(); ++a) {
      const auto activity = static_cast<MachineActivity>(a);
      if (activity == MachineActivity::busy || activity == MachineActivity::setup) use.busy_ticks += ticks[a];
      if (activity != MachineActivity::off) use.staffed_ticks += ticks[a];
    }
  }
  return use;
}

void handle(Run& run, const MachineFailed& event) {
  const MachineId id = event.machine;
  const WorkCentreId centre_id = run.model.machines[id].centre;
  const WorkCentre& centre = run.model.centres[centre_id];
  WorkCentreState& state = run.state.centres[centre_id];
  MachineState& machine = run.state.machines[id];
  const bool works = machine.activity == MachineActivity::busy || machine.activity == MachineActivity::setup ||
                     machine.activity == MachineActivity::maintenance;
  if (!centre.breaks_by_busy_time && works && machine.resumed + core::Duration{machine.left} == run.now()) {
    // What is done at this instant is done before it breaks.
    run.sender.send(centre.place, run.now(), run.settings.phases.completion, event);
    return;
  }
  ++machine.failures;
  if (centre.breaks_by_busy_time) machine.finishing = {};  // this event came in its place
  stop(run, id);
  if (!centre.repairers.is_none()) {
    machine.repairs_itself = holds_one_of(run, id, centre.repairers);
    if (machine.repairs_itself || take_repairer(run, centre.repairers, id)) start_repair(run, id);
  } else if (centre.repair_crew == 0 || state.repairing < centre.repair_crew) {
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
  WorkCentreState& state = run.state.centres[run.model.machines[event.machine].centre];
  --state.repairing;
  const CrewId repairers = run.model.centres[run.model.machines[event.machine].centre].repairers;
  if (run.state.machines[event.machine].repairs_itself) {
    run.state.machines[event.machine].repairs_itself = false;
    if (run.state.machines[event.machine].off) send_home(run, event.machine);
  } else if (!repairers.is_none()) {
    give_back(run, repairers);
  }
  if (state.broken.first != kNoRef) {
    const MachineId next{state.broken.first};
    state.broken.first = run.state.machines[next].next_broken;
    if (state.broken.first == kNoRef) state.broken.last = kNoRef;
    start_repair(run, next);
  }
  draw_next_failure(run, event.machine);
  go_on_after_stop(run, event.machine);
  if (!run.model.controls.empty()) look_at_gate(run, run.model.machines[event.machine].centre);
}

}  // namespace tierworks::factory
