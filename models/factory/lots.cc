#include "models/factory/lots.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "models/factory/machines.h"
#include "models/factory/queue.h"

namespace tierworks::factory {

namespace {

using core::kNoRef;
using core::Ref;

std::int64_t whole(double ticks) { return core::rounded(ticks).ticks; }

std::int64_t mean_of(const Operation& operation, std::int64_t pieces) {
  return whole(operation.lot_mean + operation.piece_mean * static_cast<double>(pieces));
}

bool has_room(const Run& run, WorkCentreId id) {
  const std::int64_t buffer = run.model.centres[id].buffer;
  if (buffer == kNoLimit) return true;
  const WorkCentreState& state = run.state.centres[id];
  return state.waiting < buffer + state.idle;
}

std::int64_t drawn_time(const Run& run, const Lot& lot, const Operation& operation, std::uint32_t visit) {
  const core::DistributionTables& tables = *run.model.tables;
  if (operation.time.is_constant()) {
    return whole(operation.time.p * static_cast<double>(operation.per_piece ? lot.pieces : 1));
  }
  core::Draw draw = run.settings.random.draw(run.model.releases[lot.release].process, lot.number, visit);
  double ticks = core::sample(operation.time, tables, draw);
  for (std::int64_t piece = 1; operation.per_piece && piece < lot.pieces; ++piece) {
    ticks += core::sample(operation.time, tables, draw);
  }
  return whole(ticks);
}

// Its own steps, in the order in which it takes them.
void plan_steps(Run& run, Lot& lot) {
  const Release& release = run.model.releases[lot.release];
  const Routing& routing = run.model.routings[release.routing];
  const std::uint32_t n = routing.operations.size();
  std::array<std::uint32_t, kMostRandomOperations> order;
  if (routing.random_sequence) {
    for (std::uint32_t i = 0; i < n; ++i) order[i] = i;
    core::Draw draw = run.settings.random.draw(release.sequence, lot.number);
    for (std::uint32_t i = n - 1; i > 0; --i) {
      const auto j = static_cast<std::uint32_t>(draw.uniform() * (i + 1));
      std::swap(order[i], order[j]);
    }
  }
  Ref last = kNoRef;
  for (std::uint32_t i = 0; i < n; ++i) {
    // Sampled and drawn by operation as written, so that another sequence finds the same times.
    const std::uint32_t place = routing.random_sequence ? order[i] : i;
    Step step;
    step.operation = OperationId{routing.operations.first + place};
    const Operation& operation = run.model.operations[step.operation];
    const bool passed_by = operation.share < 1 &&
                           run.settings.random.draw(release.sampling, lot.number, place).uniform() >= operation.share;
    if (passed_by) continue;
    step.ticks = routing.times_known ? drawn_time(run, lot, operation, place) : mean_of(operation, lot.pieces);
    const Ref ref = run.state.steps.allocate(run.lane(), step);
    (last == kNoRef ? lot.plan : run.state.steps[last].next) = ref;
    last = ref;
    lot.work += step.ticks;
    ++lot.steps_left;
  }
  lot.work_left = lot.work;
}

// The first operation from this one on that the lot does; none if there is no such.
OperationId sampled(const Run& run, const Lot& lot, std::uint32_t from, std::uint32_t last) {
  if (from >= last || run.model.operations[OperationId{from}].share >= 1) {
    return from < last ? OperationId{from} : OperationId::none();
  }
  core::Draw draw = run.settings.random.draw(run.model.releases[lot.release].sampling, lot.number, lot.visit);
  for (std::uint32_t i = from; i < last; ++i) {
    const double share = run.model.operations[OperationId{i}].share;
    if (share >= 1 || draw.uniform() < share) return OperationId{i};
  }
  return OperationId::none();
}

// What the lot knows of its imminent operation and of what is behind it.
void look_ahead(const Run& run, Lot& lot) {
  lot.next_ticks = 0;
  lot.next_centre = kNoRef;
  if (lot.plan != kNoRef) {
    const Step& step = run.state.steps[lot.plan];
    lot.operation = step.operation;
    lot.ticks = step.ticks;
    if (step.next == kNoRef) return;
    const Step& next = run.state.steps[step.next];
    lot.next_ticks = next.ticks;
    lot.next_centre = run.model.operations[next.operation].centre.index;
    return;
  }
  const Operation& operation = run.model.operations[lot.operation];
  const core::Range all = run.model.routings[operation.routing].operations;
  lot.ticks = mean_of(operation, lot.pieces);
  lot.work_left = whole(operation.lot_mean_left + operation.piece_mean_left * static_cast<double>(lot.pieces));
  lot.steps_left = all.last - lot.operation.index;
  if (lot.steps_left < 2) return;
  const Operation& next = run.model.operations[OperationId{lot.operation.index + 1}];
  lot.next_ticks = mean_of(next, lot.pieces);
  lot.next_centre = next.centre.index;
}

void leave(Run& run, Ref ref) {
  const Lot lot = run.state.lots[ref];
  const Release& release = run.model.releases[lot.release];
  LotTypeTally& tally = run.state.types[release.type];
  ++run.state.factories[run.model.factory_of_site[release.site.index]].finished;
  const std::int64_t cycle = (run.now() - lot.released).ticks;
  tally.wip.add(run.now(), -1);
  ++tally.finished;
  tally.pieces += lot.pieces;
  tally.cycle_ticks += static_cast<double>(cycle);
  if (lot.work > 0) tally.flow_factors += static_cast<double>(cycle) / static_cast<double>(lot.work);
  tally.cycle_times.add(run.state.pages, run.lane(), cycle);
  tally.last_finish = run.now();
  if (release.has_due) {
    ++tally.with_due;
    if (lot.due < run.now()) {
      ++tally.tardy;
      tally.tardiness_ticks += static_cast<double>((run.now() - lot.due).ticks);
    }
  }
  run.state.lots.release(run.lane(), ref);
  --run.state.releases[lot.release].inside;
  if (lot.order != kNoRef) {
    run.ports.lot_made(lot.order, lot.quantity);
  } else {
    let_in(run, lot.release);
  }
}

// What it has to do is known; it stands in its first queue, or leaves if it passes by every operation.
void enter(Run& run, Lot lot) {
  const Release& release = run.model.releases[lot.release];
  const Routing& routing = run.model.routings[release.routing];
  ReleaseState& state = run.state.releases[lot.release];
  FactoryState& factory = run.state.factories[run.model.factory_of_site[release.site.index]];
  lot.serial = factory.serial++;
  lot.released = run.now();
  ++state.released;
  ++factory.released;
  ++state.inside;
  LotTypeTally& tally = run.state.types[release.type];
  tally.wip.add(run.now(), 1);
  if (routing.own_steps()) {
    plan_steps(run, lot);
  } else {
    const Operation& first = run.model.operations[OperationId{routing.operations.first}];
    lot.work = whole(first.lot_mean_left + first.piece_mean_left * static_cast<double>(lot.pieces));
    lot.operation = sampled(run, lot, routing.operations.first, routing.operations.last);
  }
  state.works = core::chained(state.works, static_cast<std::uint64_t>(lot.work));
  lot.due = core::kLastInstant;
  if (release.has_due) {
    lot.due = lot.released + (release.due_by_work ? core::rounded(release.due_factor * static_cast<double>(lot.work))
                                                  : release.allowance);
  }
  const bool passes_by = lot.plan == kNoRef && (routing.own_steps() || lot.operation.is_none());
  if (passes_by) lot.operation = OperationId::none();
  const Ref ref = run.state.lots.allocate(run.lane(), lot);
  if (!passes_by) {
    arrive(run, ref);
    return;
  }
  // Whoever let it in has still to finish what it does, so it leaves by an event.
  run.sender.send(release.place, run.now(), run.settings.phases.arrival,
                  LotArrived{.release = lot.release, .operation = lot.operation, .number = lot.number, .lot = ref});
}

LotView view_of(const Run& run, const Lot& lot, double queue_mean) {
  LotView view;
  view.now = static_cast<double>(run.now().ticks);
  view.arrived = static_cast<double>(lot.arrived.ticks);
  view.released = static_cast<double>(lot.released.ticks);
  view.process_time = static_cast<double>(lot.ticks);
  view.work_left = static_cast<double>(lot.work_left);
  view.operations_left = lot.steps_left;
  view.due = static_cast<double>(lot.due.ticks);
  const double done = static_cast<double>(lot.work - lot.work_left + lot.ticks) /
                      static_cast<double>(std::max<std::int64_t>(lot.work, 1));
  view.operation_due = view.released + (view.due - view.released) * done;
  view.weight = run.model.releases[lot.release].weight;
  view.queue_mean = queue_mean;
  view.next_process_time = static_cast<double>(lot.next_ticks);
  if (lot.next_centre != kNoRef) {
    view.next_queue_work = static_cast<double>(run.state.centres[WorkCentreId{lot.next_centre}].queue_work);
  }
  return view;
}

// Under a static rule, where most of the view is not looked at.
double static_value(const Run& run, const Dispatching& dispatching, const Lot& lot) {
  switch (dispatching.rule) {
    case Rule::fifo:
      return static_cast<double>(lot.arrived.ticks);
    case Rule::spt:
      return static_cast<double>(lot.ticks);
    case Rule::lpt:
      return -static_cast<double>(lot.ticks);
    case Rule::edd:
      return static_cast<double>(lot.due.ticks);
    default:
      break;
  }
  LotView view = view_of(run, lot, 0);
  if (dispatching.rule == Rule::random) {
    view.random = run.settings.random.draw(run.model.releases[lot.release].ranks, lot.number, lot.visit).uniform();
  }
  return value_of(dispatching.rule, dispatching.parameters, view);
}

// Takes the next lot out of the queue.
Ref take_next(Run& run, WorkCentreId id) {
  const WorkCentre& centre = run.model.centres[id];
  WorkCentreState& state = run.state.centres[id];
  core::Pool<Lot>& lots = run.state.lots;
  const Order order{centre.dispatching, run.model};
  if (centre.dispatching.is_static) return take_first_of_heap(lots, state.root, order);
  if (state.waiting > 1) {
    const double mean = static_cast<double>(state.queue_work) / state.waiting;
    Ref best = kNoRef;
    for (Ref ref = state.root; ref != kNoRef; ref = lots[ref].next) {
      lots[ref].value = value_of(centre.dispatching.rule, centre.dispatching.parameters, view_of(run, lots[ref], mean));
      if (best == kNoRef || order(lots[ref], lots[best])) best = ref;
    }
    remove_from_list(lots, state.root, best);
    return best;
  }
  const Ref only = state.root;
  state.root = kNoRef;
  return only;
}

}  // namespace

void request_dispatch(Run& run, WorkCentreId id) {
  WorkCentreState& state = run.state.centres[id];
  if (state.dispatch_due || state.idle == 0 || state.waiting == 0) return;
  state.dispatch_due = true;
  run.sender.send(run.model.centres[id].place, run.now(), common::phase::dispatch, DispatchDue{id});
}

void arrive(Run& run, Ref ref) {
  Lot& lot = run.state.lots[ref];
  look_ahead(run, lot);
  lot.arrived = run.now();
  const WorkCentreId id = run.model.operations[lot.operation].centre;
  const WorkCentre& centre = run.model.centres[id];
  WorkCentreState& state = run.state.centres[id];
  if (centre.dispatching.is_static) {
    lot.value = static_value(run, centre.dispatching, lot);
    add_to_heap(run.state.lots, state.root, ref, {centre.dispatching, run.model});
  } else {
    add_to_list(run.state.lots, state.root, ref);
  }
  ++state.waiting;
  state.queue.add(run.now(), 1);
  state.queue_work += lot.ticks;
  request_dispatch(run, id);
}

bool go_on(Run& run, Ref ref, MachineId machine) {
  Lot& lot = run.state.lots[ref];
  const Release& release = run.model.releases[lot.release];
  const Operation& done = run.model.operations[lot.operation];
  if (lot.plan != kNoRef) {
    const Ref step = lot.plan;
    lot.plan = run.state.steps[step].next;
    lot.work_left -= run.state.steps[step].ticks;
    --lot.steps_left;
    run.state.steps.release(run.lane(), step);
    lot.operation = lot.plan == kNoRef ? OperationId::none() : run.state.steps[lot.plan].operation;
  } else {
    std::uint32_t next = lot.operation.index + 1;
    bool leaves = false;
    if (!done.branches.empty()) {
      const double u = run.settings.random.draw(release.branching, lot.number, lot.visit).uniform();
      for (std::uint32_t b = done.branches.first; b < done.branches.last; ++b) {
        const Branch& branch = run.model.branches[b];
        if (u >= branch.up_to) continue;
        leaves = branch.to.is_none();
        next = branch.to.index;
        break;
      }
    }
    const core::Range all = run.model.routings[done.routing].operations;
    lot.operation = leaves ? OperationId::none() : sampled(run, lot, next, all.last);
  }
  if (lot.operation.is_none()) {
    leave(run, ref);
    return true;
  }
  const Operation& next = run.model.operations[lot.operation];
  const Factory& factory = run.model.factories[run.model.factory_of_site[release.site.index]];
  if (factory.has_transport && next.centre != done.centre) {
    core::Draw draw = run.settings.random.draw(release.moves, lot.number, lot.visit);
    const core::Duration time = core::rounded(core::sample(factory.transport, *run.model.tables, draw));
    run.sender.send(factory.place, run.now() + time, run.settings.phases.arrival,
                    LotArrived{.release = lot.release, .operation = lot.operation, .number = lot.number, .lot = ref});
    return true;
  }
  if (!has_room(run, next.centre)) {
    add_to(run.state, run.state.centres[next.centre].blocked, machine);
    return false;
  }
  arrive(run, ref);
  return true;
}

void admit(Run& run, WorkCentreId id) {
  const WorkCentre& centre = run.model.centres[id];
  if (centre.buffer == kNoLimit) return;
  WorkCentreState& state = run.state.centres[id];
  while (state.blocked.first != kNoRef && has_room(run, id)) {
    const MachineId freed = take_first(run.state, state.blocked);
    MachineState& machine = run.state.machines[freed];
    const Ref lot = machine.lot;
    machine.lot = kNoRef;
    machine.waits_for_room = false;
    arrive(run, lot);
    if (machine.activity == MachineActivity::blocked) become_idle(run, freed);
  }
  for (std::uint32_t i = centre.entries.first; i < centre.entries.last && has_room(run, id); ++i) {
    let_in(run, run.model.entries[i]);
  }
}

void let_in(Run& run, ReleaseId id) {
  const Release& release = run.model.releases[id];
  ReleaseState& state = run.state.releases[id];
  const WorkCentreId first =
      run.model.operations[OperationId{run.model.routings[release.routing].operations.first}].centre;
  const bool endless = release.when == Release::When::room;
  while (endless ? release.count == 0 || state.released < static_cast<std::uint64_t>(release.count)
                 : state.outside > 0) {
    if (release.wip > 0 && state.inside >= release.wip) return;
    if (!has_room(run, first)) return;
    if (!endless) --state.outside;
    Lot lot;
    lot.release = id;
    lot.number = state.released;
    lot.pieces = release.pieces;
    enter(run, lot);
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
  enter(run, lot);
}

void handle(Run& run, const LotArrived& event) {
  if (event.operation.is_none()) {
    leave(run, event.lot);
  } else {
    arrive(run, event.lot);
  }
}

void handle(Run& run, const OperationFinished& event) {
  MachineState& machine = run.state.machines[event.machine];
  TIERWORKS_CHECK(machine.activity == MachineActivity::busy, "a machine that was not at work finished an operation",
                  event.machine.index);
  const Ref lot = machine.lot;
  if (go_on(run, lot, event.machine)) {
    machine.lot = kNoRef;
    become_idle(run, event.machine);
  } else {
    machine.waits_for_room = true;
    become(run, event.machine, MachineActivity::blocked);
  }
}

void handle(Run& run, const DispatchDue& event) {
  WorkCentreState& state = run.state.centres[event.centre];
  state.dispatch_due = false;
  while (state.idle > 0 && state.waiting > 0) {
    const Ref ref = take_next(run, event.centre);
    const MachineId id = take_first(run.state, state.idle_machines);
    Lot& lot = run.state.lots[ref];
    --state.idle;
    --state.waiting;
    state.queue.add(run.now(), -1);
    state.queue_work -= lot.ticks;
    state.queue_ticks += static_cast<double>((run.now() - lot.arrived).ticks);
    ++state.started;
    const Operation& operation = run.model.operations[lot.operation];
    const bool known = run.model.routings[operation.routing].times_known;
    const std::int64_t ticks = known ? lot.ticks : drawn_time(run, lot, operation, lot.visit);
    ++lot.visit;
    run.state.machines[id].lot = ref;
    work_on(run, id, ticks);
  }
}

}  // namespace tierworks::factory
