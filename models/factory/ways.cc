#include "models/factory/ways.h"

#include <algorithm>
#include <limits>

#include "models/factory/machines.h"
#include "models/factory/reserve.h"
#include "models/factory/times.h"

namespace tierworks::factory {

namespace {

// Ticks of machine time until all that waits there and this lot are done, if the machines share it evenly.
double work_with(const Run& run, const Operation& way, double own) {
  const WorkCentre& centre = run.model.centres[way.centre];
  if (centre.is_delay) return own;
  double work = own + static_cast<double>(run.state.centres[way.centre].queue_work);
  for (std::uint32_t m = centre.machines.first; m < centre.machines.last; ++m) {
    const MachineState& machine = run.state.machines[MachineId{m}];
    if (activity_of(machine) == MachineActivity::maintenance) continue;
    work += static_cast<double>(ticks_left(run, machine));
  }
  return work / (static_cast<double>(centre.machines.size()) * centre.mean_speed);
}

// Mean, of the machine that needs least.
double least_setup(const Run& run, const Operation& way) {
  const WorkCentre& centre = run.model.centres[way.centre];
  if (!centre.has_queues) return 0;
  const std::uint32_t wanted = run.model.buckets[BucketId{centre.buckets.first + way.bucket}].setup;
  if (wanted == kNoSetup) return 0;
  std::int64_t least = std::numeric_limits<std::int64_t>::max();
  for (std::uint32_t m = centre.machines.first; m < centre.machines.last; ++m) {
    const std::uint32_t has = run.state.machines[MachineId{m}].setup;
    least = std::min(least, has == wanted ? 0 : centre.change(run.model.changes, has, wanted).mean);
  }
  return static_cast<double>(least);
}

// When the machine that is idle longest came free; beyond all time if none is idle.
double idle_since(const Run& run, const Operation& way) {
  const std::uint32_t first = run.state.centres[way.centre].idle_machines.first;
  const bool none = run.model.centres[way.centre].is_delay || first == core::kNoRef;
  return static_cast<double>((none ? core::kLastInstant : run.state.machines[MachineId{first}].began).ticks);
}

}  // namespace

void choose_way(Run& run, Lot& lot) {
  const OperationId written = lot.operation;
  const Operation& operation = run.model.operations[written];
  if (operation.ways.empty()) return;
  double best_key = 0, best_work = 0;
  const auto consider = [&](OperationId id) {
    const Operation& way = run.model.operations[id];
    const double own = static_cast<double>(mean_of(way, lot.pieces));
    const double work = work_with(run, way, own);
    double key = work;
    switch (operation.choose) {
      case WayChoice::least_work:
        break;
      case WayChoice::fastest:
        key = own / run.model.centres[way.centre].mean_speed;
        break;
      case WayChoice::least_setup:
        key = least_setup(run, way);
        break;
      case WayChoice::longest_idle:
        key = idle_since(run, way);
        break;
    }
    if (id != written && (key > best_key || (key == best_key && work >= best_work))) return;
    best_key = key;
    best_work = work;
    lot.operation = id;
  };
  const OperationId kept = run.model.has_reserves ? kept_way(run, lot) : OperationId::none();
  if (kept.is_none()) {
    consider(written);
  } else {
    lot.operation = kept;
  }
  for (std::uint32_t i = operation.ways.first; kept.is_none() && i < operation.ways.last; ++i) consider(OperationId{i});
  if (lot.plan == core::kNoRef) return;
  Step& step = run.state.steps[lot.plan];
  const std::int64_t ticks = mean_of(run.model.operations[lot.operation], lot.pieces);
  lot.work_left += ticks - step.ticks;
  step.operation = lot.operation;
  step.ticks = ticks;
}

}  // namespace tierworks::factory
