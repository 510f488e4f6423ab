// Lots that a disruption destroys at a work centre: first all of them are taken out of queues, stores and machines, then each ends
// as scrap, and then the machines that lost theirs are free; what their ends set off finds no lot that is still to be lost.
#include "models/factory/assembly.h"
#include "models/factory/crews.h"
#include "models/factory/dispatch.h"
#include "models/factory/kit.h"
#include "models/factory/leaving.h"
#include "models/factory/machines.h"
#include "models/factory/parts.h"
#include "models/factory/queue.h"
#include "models/factory/watching.h"

namespace tierworks::factory {

namespace {

using core::kNoRef;
using core::Ref;

class Losses {
 public:
  Losses(Run& run, WorkCentreId id)
      : run_(run), id_(id), centre_(run.model.centres[id]), state_(run.state.centres[id]), lots_(run.state.lots) {}

  void lose(double share) {
    const auto wanted = static_cast<std::int64_t>(share * static_cast<double>(count_from(0)) + 0.5);
    if (wanted == 0) return;
    from_ = serial_from_which(wanted);
    take_from_stores();
    take_from_queues();
    take_from_machines();
    while (lost_ != kNoRef) {
      const Ref ref = lost_;
      lost_ = lots_[ref].next;
      scrap(run_, ref);
    }
    free_machines();
    admit(run_, id_);
  }

 private:
  // One without material is an order for one.
  bool is_lost(const Lot& lot) const { return lot.serial >= from_ && !lot.lacks_material; }

  // Those that are lost follow each other by `next`.
  void lose(Ref ref) {
    lots_[ref].next = lost_;
    lost_ = ref;
  }

  // Without memory of its own: a heap makes no use of `previous`.
  template <class F>
  void each_waiting(Ref root, bool heap, F&& visit) {
    if (!heap) {
      for (Ref ref = root; ref != kNoRef; ref = lots_[ref].next) visit(ref);
      return;
    }
    if (root != kNoRef) lots_[root].previous = kNoRef;
    for (Ref open = root; open != kNoRef;) {
      const Ref ref = open;
      open = lots_[ref].previous;
      for (Ref child = lots_[ref].child; child != kNoRef; child = lots_[child].next) {
        lots_[child].previous = open;
        open = child;
      }
      visit(ref);
    }
  }

  // Calls visit(store, heap) for those where lots wait here for others: parts of one lot, lots for what is built into them,
  // and that for the first who takes it.
  template <class F>
  void each_store(F&& visit) {
    if (!run_.model.has_parts && !run_.model.has_assembly) return;
    for (std::uint32_t i = 0; i < run_.model.operations.size(); ++i) {
      const Operation& operation = run_.model.operations[OperationId{i}];
      if (operation.centre != id_ || operation.written != OperationId{i}) continue;
      if (operation.joins || operation.assembles) visit(operation.store, operation.assembles);
    }
    for (const ComponentStore& store : run_.model.component_stores) {
      if (!store.is_used || store.takers.empty()) continue;
      if (run_.model.operations[run_.model.assemblies[store.takers.first]].centre == id_) visit(store.lots, true);
    }
  }

  bool holds_batch(const MachineState& machine) const {
    return !machine.waits_for_room && run_.model.operations[lots_[machine.lot].operation].is_batch;
  }

  std::int64_t count_from(std::uint64_t serial) {
    std::int64_t lots = 0;
    const auto count = [&](Ref ref) { lots += lots_[ref].serial >= serial && !lots_[ref].lacks_material ? 1 : 0; };
    each_store([&](QueueId store, bool heap) { each_waiting(run_.state.queues[store].root, heap, count); });
    each_waiting(state_.root, centre_.dispatching.is_static, count);
    for (std::uint32_t q = 0; q < centre_.queues(); ++q) {
      each_waiting(run_.state.queues[QueueId{centre_.first_queue + q}].root, centre_.dispatching.is_static, count);
    }
    for_each_picked(run_, centre_, count);
    for (std::uint32_t m = centre_.machines.first; m < centre_.machines.last; ++m) {
      const MachineState& machine = run_.state.machines[MachineId{m}];
      const bool is_batch = machine.lot != kNoRef && holds_batch(machine);
      for (Ref ref = machine.lot; ref != kNoRef; ref = is_batch ? lots_[ref].next : kNoRef) count(ref);
    }
    return lots;
  }

  // Those released from then on are so many.
  std::uint64_t serial_from_which(std::int64_t wanted) {
    std::uint64_t least = 0, beyond = run_.state.factories[run_.model.factory_of_site[centre_.site.index]].serial;
    while (beyond - least > 1) {
      const std::uint64_t middle = least + (beyond - least) / 2;
      (count_from(middle) < wanted ? beyond : least) = middle;
    }
    return least;
  }

  // What is not lost stays in the order in which it was.
  template <class F>
  void take_from(Ref& root, bool heap, const Dispatching& dispatching, F&& leave) {
    if (heap) {
      Ref kept = kNoRef;
      while (root != kNoRef) {
        const Ref ref = take_first_of_heap(lots_, root, {dispatching});
        if (is_lost(lots_[ref])) {
          leave(ref);
        } else {
          lots_[ref].previous = kept;
          kept = ref;
        }
      }
      while (kept != kNoRef) {
        const Ref ref = kept;
        kept = lots_[ref].previous;
        add_to_heap(lots_, root, ref, {dispatching});
      }
      return;
    }
    for (Ref ref = root; ref != kNoRef;) {
      const Ref next = lots_[ref].next;
      if (is_lost(lots_[ref])) {
        remove_from_list(lots_, root, ref);
        leave(ref);
      }
      ref = next;
    }
  }

  void take_from_stores() {
    each_store([&](QueueId id, bool heap) {
      QueueState& store = run_.state.queues[id];
      take_from(store.root, heap, kClassesFirst, [&](Ref ref) {
        --store.waiting;
        const bool is_component = lots_[ref].operation.is_none();
        if (run_.settings.watcher != nullptr && !is_component) [[unlikely]]
          tell_wait(run_, lots_[ref], heap ? common::WaitsFor::components : common::WaitsFor::parts);
        if (!heap) forget_waiting(run_, lots_[ref]);
        lose(ref);
      });
    });
  }

  void take_from_queues() {
    const auto leave = [&](Ref ref) {
      const Lot& lot = lots_[ref];
      if (run_.settings.watcher != nullptr) [[unlikely]]
        tell_wait(run_, lot, common::WaitsFor::machine);
      --state_.waiting;
      state_.queue.add(run_.now(), -1);
      state_.queue_work -= lot.ticks;
      state_.queue_pieces -= lot.pieces;
      lose(ref);
    };
    take_from(state_.root, centre_.dispatching.is_static, centre_.dispatching, leave);
    for (std::uint32_t q = 0; q < centre_.queues(); ++q) {
      QueueState& queue = run_.state.queues[QueueId{centre_.first_queue + q}];
      take_from(queue.root, centre_.dispatching.is_static, centre_.dispatching, [&](Ref ref) {
        --queue.waiting;
        queue.pieces -= lots_[ref].pieces;
        queue.best = kNoRef;
        leave(ref);
      });
    }
    for_each_picked(run_, centre_, [&](Ref ref) {
      if (!is_lost(lots_[ref])) return;
      KitLine& line = run_.state.kit_lines[centre_.kits];
      line.picked.remove(lots_, ref);
      --line.lots;
      leave(ref);
    });
  }

  void take_from_machines() {
    for (std::uint32_t m = centre_.machines.first; m < centre_.machines.last; ++m) {
      const MachineState& machine = run_.state.machines[MachineId{m}];
      if (machine.lot != kNoRef) take_from_machine(MachineId{m});
    }
  }

  // The rest of a batch goes on.
  void take_from_machine(MachineId id) {
    MachineState& machine = run_.state.machines[id];
    if (run_.settings.watcher != nullptr) [[unlikely]]
      watch_with_lot(run_, id);
    const core::Range needs = run_.model.operations[lots_[machine.lot].operation].needs;
    const WorkCentreId next_centre = run_.model.operations[lots_[machine.lot].operation].centre;
    const bool is_batch = holds_batch(machine);
    Ref* link = &machine.lot;
    while (*link != kNoRef) {
      const Ref ref = *link;
      const Ref next = is_batch ? lots_[ref].next : kNoRef;
      if (is_lost(lots_[ref])) {
        *link = next;
        if (is_batch) --machine.lots;
        lose(ref);
      } else if (next == kNoRef) {
        break;
      } else {
        link = &lots_[ref].next;
      }
    }
    if (machine.lot != kNoRef) return;
    if (machine.waits_for_room) {
      remove_from(run_.state, run_.state.centres[next_centre].blocked, id);
      machine.waits_for_room = false;
    } else {
      break_off(machine, needs);
    }
    if (machine.stops > 0) machine.interrupted = MachineActivity::idle;
    if (!machine.returns) return;
    forget_return(run_, id);
    machine.off = false;
    go_on_after_stop(run_, id);
  }

  // Work or a set-up; what was being set up has to be set up anew.
  void break_off(MachineState& machine, core::Range needs) {
    const MachineActivity does = machine.stops > 0 ? machine.interrupted : machine.activity;
    if (machine.stops == 0) {
      run_.sender.cancel(machine.finishing);
      if (does == MachineActivity::busy) machine.until_failure -= (run_.now() - machine.resumed).ticks;
    }
    machine.finishing = {};
    if (does == MachineActivity::setup) machine.setup = kNoSetup;
    for (std::uint32_t i = needs.first; i < needs.last; ++i) let_go(machine, run_.model.needs[i]);
    if (machine.sets_up_with_crew) let_go(machine, centre_.setup_crew);
    machine.sets_up_with_crew = machine.lacks_people = false;
  }

  // Who went home while it pauses is there no more.
  void let_go(const MachineState& machine, CrewId crew) {
    if (!machine.lacks_people || run_.model.crews[crew].is_tool) give_back(run_, crew);
  }

  void free_machines() {
    for (std::uint32_t m = centre_.machines.first; m < centre_.machines.last; ++m) {
      const MachineState& machine = run_.state.machines[MachineId{m}];
      const bool works = machine.activity == MachineActivity::busy || machine.activity == MachineActivity::setup ||
                         machine.activity == MachineActivity::blocked;
      if (works && machine.lot == kNoRef) come_free(run_, MachineId{m});
    }
  }

  Run& run_;
  const WorkCentreId id_;
  const WorkCentre& centre_;
  WorkCentreState& state_;
  core::Pool<Lot>& lots_;
  std::uint64_t from_ = 0;
  Ref lost_ = kNoRef;
};

}  // namespace

void lose_lots(Run& run, WorkCentreId centre, double share) { Losses(run, centre).lose(share); }

}  // namespace tierworks::factory
