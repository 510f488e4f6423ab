#include "models/factory/lots.h"

#include <algorithm>

#include "models/factory/assembly.h"
#include "models/factory/control.h"
#include "models/factory/crews.h"
#include "models/factory/dispatch.h"
#include "models/factory/lateness.h"
#include "models/factory/leaving.h"
#include "models/factory/machines.h"
#include "models/factory/maintenance.h"
#include "models/factory/parts.h"
#include "models/factory/reserve.h"
#include "models/factory/steps.h"
#include "models/factory/times.h"
#include "models/factory/watching.h"
#include "models/factory/ways.h"

namespace tierworks::factory {

namespace {

using core::kNoRef;
using core::Ref;

// For a lot of so many pieces. Whoever waits for an idle machine has left the buffer; in pieces it is not known who that
// is before the work centre decides, which then lets others in.
bool has_room(const Run& run, WorkCentreId id, std::int64_t pieces) {
  const WorkCentre& centre = run.model.centres[id];
  if (centre.buffer == kNoLimit) return true;
  const WorkCentreState& state = run.state.centres[id];
  if (!centre.buffer_in_pieces) return state.waiting < centre.buffer + state.idle;
  return state.waiting < state.idle || state.queue_pieces + pieces <= centre.buffer;
}

// What the operation asks of later ones. What it asked at an earlier visit is forgotten.
void promise(Run& run, Lot& lot, const Operation& done, MachineId machine, core::Instant end) {
  core::Pool<Promise>& promises = run.state.promises;
  for (std::uint32_t i = done.ties.first; i < done.ties.last; ++i) {
    const Tie& tie = run.model.ties[i];
    Ref known = lot.promises;
    while (known != kNoRef && !(promises[known].at == tie.at && promises[known].family == kNoRef &&
                                promises[known].machine.is_none() != tie.same_machine)) {
      known = promises[known].next;
    }
    if (known == kNoRef) {
      known = promises.allocate(run.lane(), Promise{});
      promises[known].next = lot.promises;
      lot.promises = known;
    }
    promises[known].at = tie.at;
    promises[known].machine = tie.same_machine ? machine : MachineId::none();
    promises[known].before = tie.same_machine ? core::kLastInstant : end + tie.within;
  }
}

// No machine is kept for it any more; parts wait for each other, and lots for what is built into them. None if it waits.
[[gnu::noinline]] Ref gather(Run& run, Ref ref) {
  if (run.model.has_reserves) end_reservation(run, ref);
  const Operation& operation = run.model.operations[run.state.lots[ref].operation];
  if (operation.joins) return put_together(run, ref);
  return operation.assembles ? assemble(run, ref) : ref;
}

// To its next work centre; under release control it may have to wait for a card, and a part for the others.
inline void come(Run& run, Ref ref) {
  if (run.model.has_comings) [[unlikely]]
    ref = gather(run, ref);
  if (ref == kNoRef) return;
  if (run.model.controls.empty()) {
    arrive(run, ref);
  } else {
    go_past_gate(run, ref);
  }
}

// By the row of the trace that brought it.
core::Instant given_due(const Run& run, const Release& release, std::uint64_t number) {
  const auto rows = run.model.trace.begin();
  const auto behind = std::upper_bound(rows + release.trace.first, rows + release.trace.last, number,
                                       [](std::uint64_t lot, const TraceRow& row) { return lot < row.before; });
  return (behind - 1)->due;
}

// Where its own steps are planned, the first of them is its imminent operation.
void choose_first_way(Run& run, Lot& lot) {
  if (lot.plan != kNoRef) lot.operation = run.state.steps[lot.plan].operation;
  choose_way(run, lot);
}

// What it has to do is known; it stands in its first queue, or leaves if it passes by every operation. It was asked for at
// an instant that need not be the present one: what is due is due so long after it.
void enter(Run& run, Lot lot, core::Instant asked_for) {
  const Release& release = run.model.releases[lot.release];
  const Routing& routing = run.model.routings[release.routing];
  ReleaseState& state = run.state.releases[lot.release];
  const std::uint32_t site = run.model.factory_of_site[release.site.index];
  FactoryState& factory = run.state.factories[site];
  lot.serial = factory.serial++;
  lot.priority = release.priority;
  lot.released = run.now();
  ++state.released;
  ++factory.released;
  ++state.inside;
  if (routing.own_steps()) {
    plan_steps(run, lot);
  } else {
    const Operation& first = run.model.operations[release.starts_at];
    lot.work = whole(first.lot_mean_left + first.piece_mean_left * static_cast<double>(lot.pieces));
    lot.operation =
        release.starts_within ? release.starts_at : sampled(run, lot, release.starts_at.index, routing.operations.last);
  }
  state.works = core::chained(state.works, static_cast<std::uint64_t>(lot.work));
  lot.due = core::kLastInstant;
  if (release.due_given) {
    lot.due = given_due(run, release, lot.number);
  } else if (release.has_due) {
    lot.due = asked_for + (release.due_by_work ? core::rounded(release.due_factor * static_cast<double>(lot.work))
                                               : release.allowance);
  }
  const bool passes_by = lot.plan == kNoRef && (routing.own_steps() || lot.operation.is_none());
  if (passes_by) lot.operation = OperationId::none();
  if (passes_by && release.keeps_one_waiting) --state.outside;
  lot.outside = !passes_by && run.model.factories[site].control != kNoRef &&
                run.model.component_store(release.routing) == nullptr;
  if (!lot.outside) run.state.types[release.type].wip.add(run.now(), 1);
  if (run.model.has_ways && !passes_by && !lot.outside) choose_first_way(run, lot);
  const Ref ref = run.state.lots.allocate(run.lane(), lot);
  if (!passes_by) {
    if (lot.outside) {
      come_to_gate(run, ref);
    } else {
      const Ref whole = run.model.has_comings ? gather(run, ref) : ref;
      if (whole != kNoRef) arrive(run, whole);
    }
    return;
  }
  // Whoever let it in has still to finish what it does, so it leaves by an event.
  run.sender.send(release.place, run.now(), run.settings.phases.arrival,
                  LotArrived{.release = lot.release, .operation = lot.operation, .number = lot.number, .lot = ref});
}

}  // namespace

const core::Distribution* way_between(const Run& run, const Factory& factory, WorkCentreId from, WorkCentreId to) {
  if (factory.locations > 0) {
    const Move& move = run.model.moves[factory.first_move + run.model.centres[from].location * factory.locations +
                                       run.model.centres[to].location];
    return move.takes_time ? &move.time : nullptr;
  }
  return factory.has_transport && from != to ? &factory.transport : nullptr;
}

void look_at_limits(Run& run, Ref ref, const Operation& operation) {
  Lot& lot = run.state.lots[ref];
  core::Pool<Promise>& promises = run.state.promises;
  Ref before = kNoRef;
  for (Ref promise = lot.promises; promise != kNoRef;) {
    const Promise row = promises[promise];
    if (row.at != operation.written || !row.machine.is_none()) {
      before = promise;
    } else {
      if (row.before < run.now()) {
        ++run.state.centres[operation.centre].violations;
        ++run.state.types[run.model.releases[lot.release].type].violations;
      }
      (before == kNoRef ? lot.promises : promises[before].next) = row.next;
      if (!row.ending.is_none()) run.sender.cancel(row.ending);
      promises.release(run.lane(), promise);
    }
    promise = row.next;
  }
}

MachineId promised_machine(const Run& run, const Lot& lot) {
  for (Ref promise = lot.promises; promise != kNoRef; promise = run.state.promises[promise].next) {
    const Promise& row = run.state.promises[promise];
    if (row.at == lot.operation && !row.machine.is_none()) return row.machine;
  }
  return MachineId::none();
}

namespace {

void tell_tail(const Run& run, const Lot& lot, const Operation& done, std::int64_t tail) {
  common::WatchedLot at = watched(lot);
  at.operation = done.written.index;
  run.settings.watcher->lot_worked(done.centre.index, run.now(), run.now() + core::Duration{tail}, at);
}

// It knows its next operation, if there is one.
[[gnu::always_inline]] inline bool go_there(Run& run, Ref ref, const Operation& done, MachineId machine,
                                            std::int64_t tail, bool on_the_way) {
  Lot& lot = run.state.lots[ref];
  const Release& release = run.model.releases[lot.release];
  if (run.model.has_ways && !lot.operation.is_none()) choose_way(run, lot);
  on_the_way = on_the_way || tail > 0;
  if (run.settings.watcher != nullptr && tail > 0) [[unlikely]]
    tell_tail(run, lot, done, tail);
  if (lot.operation.is_none() && !on_the_way) {
    leave(run, ref);
    return true;
  }
  const Factory& factory = run.model.factories[run.model.factory_of_site[release.site.index]];
  core::Instant at = run.now() + core::Duration{tail};
  if ((factory.has_transport || factory.locations > 0) && !lot.operation.is_none()) {
    const core::Distribution* const move =
        way_between(run, factory, done.centre, run.model.operations[lot.operation].centre);
    if (move != nullptr) {
      at = at + core::Duration{drawn_ticks(run, *move, release.moves, lot.number, lot.visit)};
      on_the_way = true;
    }
  }
  if (on_the_way) {
    run.sender.send(factory.place, at, run.settings.phases.arrival,
                    LotArrived{.release = lot.release, .operation = lot.operation, .number = lot.number, .lot = ref});
    return true;
  }
  const Operation& next = run.model.operations[lot.operation];
  if (!has_room(run, next.centre, lot.pieces)) {
    add_to(run.state, run.state.centres[next.centre].blocked, machine);
    return false;
  }
  come(run, ref);
  return true;
}

// All parts but the lot itself.
[[gnu::noinline]] void send_parts(Run& run, Ref ref, const Operation& done, MachineId machine, std::int64_t tail,
                                  bool on_the_way) {
  for (Ref part = divide(run, ref, done); part != kNoRef;) {
    const Ref next = run.state.lots[part].next;
    if (run.settings.watcher != nullptr) [[unlikely]]
      run.settings.watcher->lot_divided(watched(run.state.lots[part]), run.now());
    go_there(run, part, done, machine, tail, on_the_way);
    part = next;
  }
}

}  // namespace

bool go_on(Run& run, Ref ref, MachineId machine, std::int64_t tail, bool on_the_way) {
  Lot& lot = run.state.lots[ref];
  const Release& release = run.model.releases[lot.release];
  const OperationId done_id = lot.operation;
  const Operation& done = run.model.operations[done_id];
  if ((done.scrap > 0 || done.piece_scrap > 0) && is_scrapped(run, ref, done)) return true;
  if (!done.ties.empty()) promise(run, lot, done, machine, run.now() + core::Duration{tail});
  if (lot.plan != kNoRef) {
    const Ref step = lot.plan;
    lot.plan = run.state.steps[step].next;
    lot.work_left -= run.state.steps[step].ticks;
    --lot.steps_left;
    run.state.steps.release(run.lane(), step);
    lot.operation = lot.plan == kNoRef ? OperationId::none() : run.state.steps[lot.plan].operation;
  } else {
    std::uint32_t next = done.written.index + 1;
    bool leaves = false;
    if (!done.branches.empty()) {
      const double u = run.settings.random.draw(release.branching, lot.number, lot.visit).uniform();
      for (std::uint32_t b = done.branches.first; b < done.branches.last; ++b) {
        const Branch& branch = run.model.branches[b];
        if (u >= branch.up_to) continue;
        leaves = branch.to.is_none();
        next = branch.to.index;
        if (!leaves && next <= done.written.index) ++run.state.types[release.type].sent_back;
        break;
      }
    }
    const core::Range all = run.model.routings[done.routing].operations;
    lot.operation = leaves ? OperationId::none() : sampled(run, lot, next, all.last);
  }
  if (!run.model.controls.empty()) [[unlikely]]
    give_back_after(run, ref, done_id);
  if (run.model.has_parts && done.split > 1) [[unlikely]]
    send_parts(run, ref, done, machine, tail, on_the_way);
  return go_there(run, ref, done, machine, tail, on_the_way);
}

void go_back(Run& run, Ref ref, OperationId to) {
  Lot& lot = run.state.lots[ref];
  const Operation& left = run.model.operations[lot.operation];
  lot.operation = to;
  ++lot.visit;  // its way there has a draw of its own
  ++run.state.types[run.model.releases[lot.release].type].sent_back;
  go_there(run, ref, left, MachineId::none(), 0, true);
}

void admit_waiting(Run& run, WorkCentreId id) {
  const WorkCentre& centre = run.model.centres[id];
  WorkCentreState& state = run.state.centres[id];
  const auto pieces_of_first = [&] {
    return run.state.lots[run.state.machines[MachineId{state.blocked.first}].lot].pieces;
  };
  while (state.blocked.first != kNoRef && has_room(run, id, pieces_of_first())) {
    const MachineId freed = take_first(run.state, state.blocked);
    MachineState& machine = run.state.machines[freed];
    const Ref lot = machine.lot;
    if (run.settings.watcher != nullptr) [[unlikely]]
      watch_with_lot(run, freed);
    machine.lot = kNoRef;
    machine.waits_for_room = false;
    arrive(run, lot);
    if (machine.activity == MachineActivity::blocked) come_free(run, freed);
  }
  for (std::uint32_t i = centre.entries.first; i < centre.entries.last; ++i) {
    const ReleaseId release = run.model.entries[i];
    if (has_room(run, id, run.model.releases[release].pieces)) let_in(run, release);
  }
}

void let_in(Run& run, ReleaseId id) {
  const Release& release = run.model.releases[id];
  ReleaseState& state = run.state.releases[id];
  const WorkCentreId first = run.model.operations[release.starts_at].centre;
  const bool endless = release.when == Release::When::room;
  while (endless ? release.count == 0 || state.released < static_cast<std::uint64_t>(release.count)
                 : state.outside > 0) {
    if (release.wip > 0 && state.inside >= release.wip) return;
    if (!has_room(run, first, release.pieces)) return;
    if (release.keeps_one_waiting && state.outside > 0) return;
    state.outside += endless ? (release.keeps_one_waiting ? 1 : 0) : -1;
    Lot lot;
    lot.release = id;
    lot.number = state.released;
    lot.pieces = release.pieces;
    enter(run, lot, run.now());
  }
}

void lot_wanted(Run& run, const common::WantedLot& wanted) {
  // The address of its draws is that of the order, whenever it comes.
  constexpr int kPartBits = 20;
  TIERWORKS_CHECK(wanted.part < (1U << kPartBits), "an order has more lots than can be told apart", wanted.part);
  Lot lot;
  lot.release = ReleaseId{wanted.release};
  lot.number = (wanted.number << kPartBits) | wanted.part;
  lot.pieces = wanted.pieces;
  lot.order = wanted.order;
  lot.quantity = wanted.quantity;
  lot.lacks_material = wanted.is_kitted;
  enter(run, lot, wanted.ordered);
}

void handle(Run& run, const LotArrived& event) {
  if (event.is_late != 0) [[unlikely]] {
    give_up(run, event.lot);
  } else if (event.operation.is_none()) {
    leave(run, event.lot);
  } else if (run.state.lots[event.lot].outside) {
    plan_has_come(run, event.lot);
  } else {
    come(run, event.lot);
  }
}

namespace {

// The lots of a batch go on one by one; none of them can be held back.
void batch_done(Run& run, MachineId id) {
  MachineState& machine = run.state.machines[id];
  const std::int64_t lots = machine.lots;
  std::int64_t pieces = 0;
  for (Ref ref = machine.lot; ref != kNoRef;) {
    const Ref next = run.state.lots[ref].next;
    pieces += run.state.lots[ref].pieces;
    go_on(run, ref, id, machine.tail);
    ref = next;
  }
  machine.lot = kNoRef;
  count_processed(run, id, lots, pieces);
  come_free(run, id);
}

// Where more than one lot, more than clock time, or a count of what was processed matters. False if the machine is free
// already.
bool take_care(Run& run, MachineId id) {
  const WorkCentre& centre = run.model.centres[run.model.machines[id].centre];
  MachineState& machine = run.state.machines[id];
  if (centre.breaks_by_busy_time) machine.until_failure -= (run.now() - machine.resumed).ticks;
  const Lot& lot = run.state.lots[machine.lot];
  give_back(run, run.model.operations[lot.operation].needs);
  if (run.model.operations[lot.operation].is_batch) {
    batch_done(run, id);
    return false;
  }
  count_processed(run, id, 1, lot.pieces);
  return true;
}

// Most often nothing else ends at this instant, and the work centre decides at once.
inline void dispatch_at_once(Run& run, WorkCentreId id) {
  if (wants_dispatch(run, id)) {
    run.state.centres[id].dispatch_due = true;
    const DispatchDue due{id};
    if (run.sender.send_and_take_now(run.model.centres[id].place, common::phase::dispatch, due)) handle(run, due);
  } else if (DispatchDue other; run.sender.take_now(other)) {
    handle(run, other);
  }
}

}  // namespace

void handle(Run& run, const OperationFinished& event) {
  const MachineId id = event.machine;
  MachineState& machine = run.state.machines[id];
  TIERWORKS_CHECK(machine.activity == MachineActivity::busy, "a machine that was not at work finished an operation",
                  id.index);
  if (run.settings.watcher != nullptr) [[unlikely]]
    watch_with_lot(run, id);
  const WorkCentreId centre = run.model.machines[id].centre;
  if (run.model.centres[centre].is_plain || take_care(run, id)) {
    if (go_on(run, machine.lot, id, machine.tail)) {
      machine.lot = kNoRef;
      if (machine.due == 0 && run.model.controls.empty()) [[likely]] {
        become_idle(run, id, centre);
        dispatch_at_once(run, centre);
        return;
      }
      come_free(run, id);
    } else {
      machine.waits_for_room = true;
      become(run, id, MachineActivity::blocked);
    }
  }
  if (DispatchDue due; run.sender.take_now(due)) handle(run, due);
}

}  // namespace tierworks::factory
