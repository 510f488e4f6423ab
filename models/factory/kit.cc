#include "models/factory/kit.h"

#include <algorithm>
#include <limits>

#include "models/factory/machines.h"
#include "models/factory/times.h"

namespace tierworks::factory {

using core::kNoRef;
using core::Ref;

namespace {

KitLine& line_of(Run& run, WorkCentreId id) { return run.state.kit_lines[run.model.centres[id].kits]; }
const Kitting& kitting_of(const Run& run, WorkCentreId id) { return run.model.kits[run.model.centres[id].kits]; }

// Until it is done with what it does.
std::int64_t free_in(const Run& run, const MachineState& machine, Instant next_change) {
  const std::int64_t left = ticks_left(run, machine);
  const bool shift_is_over = machine.off || machine.leaves;
  if (!shift_is_over || !(next_change < core::kLastInstant)) return left;
  const std::int64_t until = (next_change - run.now()).ticks;
  return machine.off ? until + left : std::max(until, left);
}

// Of the machine's time, at speed 1.
std::int64_t machine_ticks(const Run& run, const Lot& lot) {
  const Operation& operation = run.model.operations[lot.operation];
  if (!operation.has_interval) return lot.ticks;
  return whole(operation.lot_busy + operation.piece_busy * static_cast<double>(lot.pieces));
}

}  // namespace

PlannedStart plan_start(Run& run, WorkCentreId id) {
  const WorkCentre& centre = run.model.centres[id];
  const std::uint32_t machines = centre.machines.size();
  PlannedMachine* const planned = run.state.planned.data() + kitting_of(run, id).first_planned;
  for (std::uint32_t m = 0; m < machines; ++m) {
    const MachineState& machine = run.state.machines[MachineId{centre.machines.first + m}];
    planned[m] = {.free_in = free_in(run, machine, run.state.centres[id].next_change), .setup = machine.setup};
  }
  const auto by_time = [](const PlannedMachine& a, const PlannedMachine& b) { return a.free_in < b.free_in; };
  for_each_picked(run, centre, [&](Ref ref) {
    const Lot& lot = run.state.lots[ref];
    PlannedMachine& first = *std::min_element(planned, planned + machines, by_time);
    const auto m = static_cast<std::uint32_t>(&first - planned);
    const Bucket& bucket =
        run.model.buckets[BucketId{centre.buckets.first + run.model.operations[lot.operation].bucket}];
    const std::int64_t ready = static_cast<std::int64_t>(lot.value) + kitting_of(run, id).time.ticks;
    first.free_in = std::max(first.free_in, ready - run.now().ticks);
    if (bucket.setup != kNoSetup && bucket.setup != first.setup) {
      first.free_in += centre.change(run.model.changes, first.setup, bucket.setup).mean;
      first.setup = bucket.setup;
    }
    const double slowness = run.model.machines[MachineId{centre.machines.first + m}].slowness;
    first.free_in += whole(static_cast<double>(machine_ticks(run, lot)) * slowness);
  });
  const PlannedMachine& next = *std::min_element(planned, planned + machines, by_time);
  PlannedStart start{.machine = MachineId{centre.machines.first + static_cast<std::uint32_t>(&next - planned)},
                     .setup = next.setup,
                     .in = next.free_in,
                     .sure_in = std::numeric_limits<std::int64_t>::max()};
  for (std::uint32_t m = 0; m < machines; ++m) {
    const MachineState& machine = run.state.machines[MachineId{centre.machines.first + m}];
    if (machine.stops == 0 || machine.off) start.sure_in = std::min(start.sure_in, planned[m].free_in);
  }
  return start;
}

void pick(Run& run, WorkCentreId id, Ref ref) {
  Lot& lot = run.state.lots[ref];
  pull_material(run, lot);
  lot.value = static_cast<double>(run.now().ticks);
  KitLine& line = line_of(run, id);
  line.picked.push_back(run.state.lots, ref);
  ++line.lots;
  run.sender.send(run.model.centres[id].place, run.now() + kitting_of(run, id).time, run.settings.phases.completion,
                  WaitEnded{id});
}

void look_for_kits(Run& run, WorkCentreId id, const PlannedStart& next) {
  KitLine& line = line_of(run, id);
  const Instant known = line.look;
  const bool comes = run.now() < known && known < core::kLastInstant;
  const bool never = next.sure_in == std::numeric_limits<std::int64_t>::max();
  const Instant at =
      never ? core::kLastInstant : run.now() + core::Duration{next.sure_in - kitting_of(run, id).time.ticks};
  if (comes && known == at) return;
  if (comes) run.sender.cancel(line.looking);
  line.look = core::kLastInstant;
  if (never || !(at < run.settings.end)) return;
  line.look = at;
  line.looking = run.sender.send(run.model.centres[id].place, at, run.settings.phases.completion, WaitEnded{id});
}

Ref first_picked(const Run& run, WorkCentreId id) {
  const KitLine& line = run.state.kit_lines[run.model.centres[id].kits];
  const Ref first = line.picked.first;
  if (first == kNoRef) return first;
  const Instant ready = Instant{static_cast<std::int64_t>(run.state.lots[first].value)} + kitting_of(run, id).time;
  return run.now() < ready ? kNoRef : first;
}

Ref take_first_picked(Run& run, WorkCentreId id) {
  KitLine& line = line_of(run, id);
  --line.lots;
  const Ref first = line.picked.pop_front(run.state.lots);
  run.state.lots[first].next = kNoRef;
  return first;
}

}  // namespace tierworks::factory
