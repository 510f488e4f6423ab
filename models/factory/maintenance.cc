#include "models/factory/maintenance.h"

#include "models/factory/machines.h"
#include "models/factory/shifts.h"
#include "models/factory/times.h"

namespace tierworks::factory {

namespace {

Upkeep& upkeep_of(Run& run, const WorkCentre& centre, MachineId id, std::uint32_t place) {
  return run.state.upkeep[centre.first_upkeep + (id.index - centre.machines.first) * centre.maintenance.size() + place];
}

void plan_next(Run& run, const WorkCentre& centre, MachineId id, MaintenanceId maintenance, core::Instant at) {
  run.sender.send(centre.place, at, run.settings.phases.completion,
                  MaintenanceDue{.machine = id, .maintenance = maintenance});
}

void fall_due(Run& run, MachineId id, Upkeep& upkeep) {
  if (upkeep.due) return;  // the last one still waits: one will do
  upkeep.due = true;
  ++run.state.machines[id].due;
}

}  // namespace

void plan_maintenance(Run& run, WorkCentreId id) {
  const WorkCentre& centre = run.model.centres[id];
  for (std::uint32_t m = centre.machines.first; m < centre.machines.last; ++m) {
    for (std::uint32_t i = centre.maintenance.first; i < centre.maintenance.last; ++i) {
      const Maintenance& maintenance = run.model.maintenance[MaintenanceId{i}];
      // Of n machines the k-th comes after k / n of the first interval.
      const double part = maintenance.stagger ? static_cast<double>(m + 1 - centre.machines.first) /
                                                    static_cast<double>(centre.machines.size())
                                              : 1.0;
      const std::int64_t first = whole(static_cast<double>(maintenance.first) * part);
      upkeep_of(run, centre, MachineId{m}, i - centre.maintenance.first).left = first;
      if (maintenance.by_calendar) {
        plan_next(run, centre, MachineId{m}, MaintenanceId{i}, core::Instant{0} + core::Duration{first});
      }
    }
  }
}

void count_processed(Run& run, MachineId id, std::int64_t lots, std::int64_t pieces) {
  const WorkCentre& centre = run.model.centres[run.model.machines[id].centre];
  for (std::uint32_t i = 0; i < centre.maintenance.size(); ++i) {
    const Maintenance& maintenance = run.model.maintenance[MaintenanceId{centre.maintenance.first + i}];
    if (maintenance.by_calendar) continue;
    Upkeep& upkeep = upkeep_of(run, centre, id, i);
    upkeep.left -= maintenance.in_pieces ? pieces : lots;
    if (upkeep.left > 0) continue;
    fall_due(run, id, upkeep);
    upkeep.left += maintenance.every;
  }
}

void start_maintenance(Run& run, MachineId id) {
  if (run.state.machines[id].leaves) {
    leave_shift(run, id);
    return;
  }
  const Machine& row = run.model.machines[id];
  const WorkCentre& centre = run.model.centres[row.centre];
  for (std::uint32_t i = 0; i < centre.maintenance.size(); ++i) {
    Upkeep& upkeep = upkeep_of(run, centre, id, i);
    if (!upkeep.due) continue;
    upkeep.due = false;
    --run.state.machines[id].due;
    const Maintenance& maintenance = run.model.maintenance[MaintenanceId{centre.maintenance.first + i}];
    maintain(run, id, drawn_ticks(run, maintenance.takes, row.maintenance, upkeep.done++, i));
    return;
  }
  TIERWORKS_CHECK(false, "a machine has no maintenance that is due", id.index);
}

void maintain(Run& run, MachineId id, std::int64_t ticks) {
  MachineState& machine = run.state.machines[id];
  if (machine.activity != MachineActivity::maintenance) become(run, id, MachineActivity::maintenance);
  machine.resumed = run.now();
  machine.left = ticks;
  machine.finishing =
      run.sender.send(run.model.centres[run.model.machines[id].centre].place, run.now() + core::Duration{ticks},
                      run.settings.phases.completion, MaintenanceFinished{id});
}

void handle(Run& run, const MaintenanceDue& event) {
  const WorkCentreId id = run.model.machines[event.machine].centre;
  const WorkCentre& centre = run.model.centres[id];
  const Maintenance& maintenance = run.model.maintenance[event.maintenance];
  fall_due(run, event.machine,
           upkeep_of(run, centre, event.machine, event.maintenance.index - centre.maintenance.first));
  plan_next(run, centre, event.machine, event.maintenance, run.now() + core::Duration{maintenance.every});
  if (run.state.machines[event.machine].activity != MachineActivity::idle) return;
  WorkCentreState& state = run.state.centres[id];
  remove_from(run.state, state.idle_machines, event.machine);
  --state.idle;
  start_maintenance(run, event.machine);
}

void handle(Run& run, const MaintenanceFinished& event) { come_free(run, event.machine); }

}  // namespace tierworks::factory
