#include "models/factory/lateness.h"

#include <algorithm>

#include "models/factory/choice.h"
#include "models/factory/leaving.h"
#include "models/factory/lots.h"
#include "models/factory/queue.h"
#include "models/factory/watching.h"

namespace tierworks::factory {

using core::kNoRef;
using core::Ref;

namespace {

bool is_limit(const Promise& row, OperationId at) {
  return row.at == at && row.machine.is_none() && row.family == kNoRef;
}

// Out of the queue in which it stands, unserved.
void stop_waiting(Run& run, Ref ref) {
  Lot& lot = run.state.lots[ref];
  const WorkCentreId id = run.model.operations[lot.operation].centre;
  const WorkCentre& centre = run.model.centres[id];
  WorkCentreState& state = run.state.centres[id];
  if (run.settings.watcher != nullptr) [[unlikely]]
    tell_wait(run, lot, common::WaitsFor::machine);
  Ref* root = &state.root;
  if (centre.has_queues) {
    QueueState& queue = run.state.queues[queue_id_of(run, centre, lot)];
    --queue.waiting;
    queue.pieces -= lot.pieces;
    queue.best = kNoRef;
    root = &queue.root;
  }
  remove_from_list(run.state.lots, *root, ref);
  --state.waiting;
  state.queue.add(run.now(), -1);
  state.queue_work -= lot.ticks;
  state.queue_pieces -= lot.pieces;
}

}  // namespace

void watch_limit(Run& run, Ref ref) {
  const Lot& lot = run.state.lots[ref];
  const OperationId at = run.model.operations[lot.operation].written;
  Ref first = kNoRef;
  for (Ref promise = lot.promises; promise != kNoRef; promise = run.state.promises[promise].next) {
    const Promise& row = run.state.promises[promise];
    if (is_limit(row, at) && (first == kNoRef || row.before < run.state.promises[first].before)) first = promise;
  }
  if (first == kNoRef) return;
  // Too late at its coming, it goes as soon as all has come.
  const core::Instant over = std::max(run.now(), run.state.promises[first].before + core::Duration{1});
  if (!(over < run.settings.end)) return;
  run.state.promises[first].ending = run.sender.send(
      run.model.releases[lot.release].place, over, run.settings.phases.arrival,
      LotArrived{.release = lot.release, .operation = at, .number = lot.number, .lot = ref, .is_late = 1});
}

void give_up(Run& run, Ref ref) {
  stop_waiting(run, ref);
  Lot& lot = run.state.lots[ref];
  const Operation& operation = run.model.operations[lot.operation];
  for (Ref promise = lot.promises; promise != kNoRef; promise = run.state.promises[promise].next) {
    run.state.promises[promise].ending = {};  // the event is this one
  }
  look_at_limits(run, ref, operation);
  const LateWay& way = run.model.late_ways[operation.written];
  if (way.to.is_none()) {
    scrap(run, ref);
  } else {
    go_back(run, ref, way.to);
  }
}

}  // namespace tierworks::factory
