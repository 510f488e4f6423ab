#include "models/factory/watching.h"

#include "models/factory/kit.h"
#include "models/factory/queue.h"

namespace tierworks::factory {

using common::WaitsFor;
using core::kNoRef;
using core::Ref;

void watch(const Run& run, MachineId id) {
  const MachineState& machine = run.state.machines[id];
  if (!(machine.began < run.now())) return;
  common::ShopWatcher& watcher = *run.settings.watcher;
  const auto activity = static_cast<std::uint8_t>(machine.activity);
  // It takes its lot before it stops being idle.
  if (machine.lot == kNoRef || machine.activity == MachineActivity::idle) {
    watcher.machine_did(id.index, activity, machine.began, run.now(), nullptr);
    return;
  }
  const bool is_batch = run.model.operations[run.state.lots[machine.lot].operation].is_batch && !machine.waits_for_room;
  for (Ref ref = machine.lot; ref != kNoRef; ref = is_batch ? run.state.lots[ref].next : kNoRef) {
    const common::WatchedLot lot = watched(run.state.lots[ref]);
    watcher.machine_did(id.index, activity, machine.began, run.now(), &lot);
  }
}

void watch_with_lot(Run& run, MachineId id) {
  watch(run, id);
  run.state.machines[id].began = run.now();
}

void tell_wait(const Run& run, const Lot& lot, WaitsFor what) {
  run.settings.watcher->lot_waited(run.model.operations[lot.operation].centre.index, what, lot.arrived, run.now(),
                                   watched(lot));
}

void tell_held_back(const Run& run, QueueId queue, bool heap, common::HeldBack why) {
  for_each_waiting(run.state.lots, run.state.queues[queue].root, heap,
                   [&](Ref ref) { run.settings.watcher->lot_held_back(why, run.now(), watched(run.state.lots[ref])); });
}

namespace {

void watch_stores(const Run& run) {
  const auto tell = [&](QueueId store, bool heap, WaitsFor what) {
    for_each_waiting(run.state.lots, run.state.queues[store].root, heap,
                     [&](Ref ref) { tell_wait(run, run.state.lots[ref], what); });
  };
  for (std::uint32_t i = 0; i < run.model.operations.size(); ++i) {
    const Operation& operation = run.model.operations[OperationId{i}];
    if (operation.written != OperationId{i}) continue;
    if (operation.joins) tell(operation.store, false, WaitsFor::parts);
    if (operation.assembles) tell(operation.store, true, WaitsFor::components);
  }
  const auto tell_gate = [&](Ref ref) {
    const Lot& lot = run.state.lots[ref];
    tell_wait(run, lot, lot.outside ? WaitsFor::release : WaitsFor::card);
  };
  for (const Account& account : run.model.accounts) {
    for_each_waiting(run.state.lots, run.state.queues[account.store].root, true, tell_gate);
  }
  run.sender.template for_each_pending<LotArrived>([&](const LotArrived& event) {
    if (event.is_late == 0 && run.state.lots[event.lot].outside) tell_gate(event.lot);  // its plan is still to come
  });
}

}  // namespace

void watch_all(const Run& run) {
  for (std::uint32_t m = 0; m < run.model.machines.size(); ++m) watch(run, MachineId{m});
  const auto tell = [&](Ref ref) { tell_wait(run, run.state.lots[ref], WaitsFor::machine); };
  for (std::uint32_t c = 0; c < run.model.centres.size(); ++c) {
    const WorkCentre& centre = run.model.centres[WorkCentreId{c}];
    const bool heap = centre.dispatching.is_static;
    for_each_waiting(run.state.lots, run.state.centres[WorkCentreId{c}].root, heap, tell);
    for (std::uint32_t q = 0; q < centre.queues(); ++q) {
      for_each_waiting(run.state.lots, run.state.queues[QueueId{centre.first_queue + q}].root, heap, tell);
    }
    for_each_picked(run, centre, tell);
  }
  watch_stores(run);
  for (const Ref ref : lots_inside(run)) {
    const Lot& lot = run.state.lots[ref];
    run.settings.watcher->lot_stays(watched(lot), lot.released, lot.due, run.now());
  }
}

}  // namespace tierworks::factory
