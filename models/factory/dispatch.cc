#include "models/factory/dispatch.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "models/factory/choice.h"
#include "models/factory/kit.h"
#include "models/factory/lateness.h"
#include "models/factory/look_ahead.h"
#include "models/factory/lots.h"
#include "models/factory/machines.h"
#include "models/factory/queue.h"
#include "models/factory/reserve.h"
#include "models/factory/shifts.h"
#include "models/factory/times.h"

namespace tierworks::factory {

namespace {

using core::kNoRef;
using core::Ref;

// What the lot knows of the operation behind its imminent one.
[[gnu::noinline]] void look_ahead(const Run& run, Lot& lot) {
  lot.next_ticks = 0;
  lot.next_centre = kNoRef;
  if (lot.plan != kNoRef) {
    const Ref behind = run.state.steps[lot.plan].next;
    if (behind == kNoRef) return;
    const Step& next = run.state.steps[behind];
    lot.next_ticks = next.ticks;
    lot.next_centre = run.model.operations[next.operation].centre.index;
    return;
  }
  if (lot.steps_left < 2) return;
  const OperationId written = run.model.operations[lot.operation].written;
  const Operation& next = run.model.operations[OperationId{written.index + 1}];
  lot.next_ticks = mean_of(next, lot.pieces);
  lot.next_centre = next.centre.index;
}

// And of that one, and of all that is left to do.
void look_at_operation(const Run& run, Lot& lot) {
  if (lot.plan != kNoRef) {
    const Step& step = run.state.steps[lot.plan];
    lot.operation = step.operation;
    lot.ticks = step.ticks;
  } else {
    const Operation& operation = run.model.operations[lot.operation];
    lot.ticks = mean_of(operation, lot.pieces);
    lot.work_left = whole(operation.lot_mean_left + operation.piece_mean_left * static_cast<double>(lot.pieces));
    lot.steps_left = run.model.routings[operation.routing].operations.last - operation.written.index;
  }
  if (run.model.looks_ahead) look_ahead(run, lot);
}

// The due date of the imminent operation: the allowance split in proportion to process times.
double operation_due(const Lot& lot) {
  const double done = static_cast<double>(lot.work - lot.work_left + lot.ticks) /
                      static_cast<double>(std::max<std::int64_t>(lot.work, 1));
  const auto released = static_cast<double>(lot.released.ticks), due = static_cast<double>(lot.due.ticks);
  return released + (due - released) * done;
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
  view.operation_due = lot.operation_due;
  view.pieces = static_cast<double>(lot.pieces);
  view.weight = run.model.releases[lot.release].weight;
  view.queue_mean = queue_mean;
  view.next_process_time = static_cast<double>(lot.next_ticks);
  if (lot.next_centre != kNoRef) {
    view.next_queue_work = static_cast<double>(run.state.centres[WorkCentreId{lot.next_centre}].queue_work);
  }
  return view;
}

double rank_of(const Run& run, const Lot& lot) {
  return run.settings.random.draw(run.model.releases[lot.release].ranks, lot.number, lot.visit).uniform();
}

// Under a static rule, where most of the view is not looked at.
double static_value(const Run& run, const Dispatching& dispatching, Lot& lot) {
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
  lot.operation_due = operation_due(lot);
  LotView view = view_of(run, lot, 0);
  if (dispatching.rule == Rule::random) view.random = rank_of(run, lot);
  return value_of(dispatching.rule, dispatching.parameters, view);
}

// Of several lots in a list.
Ref first_of_list(Run& run, const Dispatching& dispatching, Ref root, double mean, const Order& order) {
  core::Pool<Lot>& lots = run.state.lots;
  Ref best = kNoRef;
  if (dispatching.rule == Rule::atc) {
    const Atc atc(static_cast<double>(run.now().ticks), dispatching.parameters.k, mean);
    for (Ref ref = root; ref != kNoRef; ref = lots[ref].next) {
      Lot& lot = lots[ref];
      if (best != kNoRef) {
        const Lot& other = lots[best];
        if (-lot.urgency > other.value && !(dispatching.by_priority && lot.priority < other.priority)) continue;
      }
      lot.value = atc.value(static_cast<double>(lot.ticks), lot.operation_due, lot.urgency);
      if (best == kNoRef || order(lot, lots[best])) best = ref;
    }
    return best;
  }
  AtMachine any;
  if (dispatching.by_machine) {
    const WorkCentreState& state = run.state.centres[run.model.operations[lots[root].operation].centre];
    any.family_lots = state.waiting;
    any.family_work = static_cast<double>(state.queue_work);
  }
  for (Ref ref = root; ref != kNoRef; ref = lots[ref].next) {
    lots[ref].value = value_now(run, dispatching, lots[ref], mean, any);
    if (best == kNoRef || order(lots[ref], lots[best])) best = ref;
  }
  return best;
}

// Takes the next lot out of the queue.
Ref take_next(Run& run, WorkCentreId id) {
  const WorkCentre& centre = run.model.centres[id];
  WorkCentreState& state = run.state.centres[id];
  core::Pool<Lot>& lots = run.state.lots;
  const Order order{centre.dispatching};
  if (centre.dispatching.is_static) return take_first_of_heap(lots, state.root, order);
  if (state.waiting > 1) {
    const double mean = static_cast<double>(state.queue_work) / state.waiting;
    const Ref best = first_of_list(run, centre.dispatching, state.root, mean, order);
    remove_from_list(lots, state.root, best);
    return best;
  }
  const Ref only = state.root;
  state.root = kNoRef;
  return only;
}

// It waits for a machine.
inline void join_queue(Run& run, WorkCentreId id, Ref ref) {
  Lot& lot = run.state.lots[ref];
  const WorkCentre& centre = run.model.centres[id];
  WorkCentreState& state = run.state.centres[id];
  Ref* root = &state.root;
  if (centre.has_queues) {
    QueueState& queue = queue_of(run, centre, lot);
    ++queue.waiting;
    queue.pieces += lot.pieces;
    root = &queue.root;
  }
  if (centre.dispatching.is_static) {
    lot.value = static_value(run, centre.dispatching, lot);
    add_to_heap(run.state.lots, *root, ref, {centre.dispatching});
  } else {
    lot.operation_due = operation_due(lot);
    lot.urgency = Atc::urgency(run.model.releases[lot.release].weight, static_cast<double>(lot.ticks));
    add_to_list(run.state.lots, *root, ref);
  }
  ++state.waiting;
  state.queue.add(run.now(), 1);
  state.queue_work += lot.ticks;
  state.queue_pieces += lot.pieces;
  request_dispatch(run, id);
}

}  // namespace

double value_now(const Run& run, const Dispatching& dispatching, const Lot& lot, double queue_mean,
                 const AtMachine& machine) {
  LotView view = view_of(run, lot, queue_mean);
  if (dispatching.rule == Rule::random) view.random = rank_of(run, lot);  // a longest wait has made it a list
  if (!dispatching.by_machine && dispatching.rule != Rule::formula) {
    return value_of(dispatching.rule, dispatching.parameters, view);
  }
  view.setup = machine.setup;
  view.setup_mean = machine.setup_mean;
  view.family_lots = machine.family_lots;
  view.family_work = machine.family_work;
  view.batch = machine.batch;
  if (dispatching.rule != Rule::formula) return value_of(dispatching.rule, dispatching.parameters, view);
  const double got = run.ports.formula(dispatching.formula, formula_values(dispatching.parameters, view));
  if (std::isfinite(got)) return dispatching.largest_first ? -got : got;
  Instant& failed = run.state.centres[run.model.operations[lot.operation].centre].no_value;
  failed = std::min(failed, run.now());
  return std::numeric_limits<double>::max();  // last; the run ends in trouble
}

void arrive(Run& run, Ref ref) {
  Lot& lot = run.state.lots[ref];
  look_at_operation(run, lot);
  lot.arrived = run.now();
  const Operation& operation = run.model.operations[lot.operation];
  if (lot.lacks_material && run.model.centres[operation.centre].kits == kNoKits) [[unlikely]]
    pull_material(run, lot);
  if (!run.model.centres[operation.centre].is_delay) {
    join_queue(run, operation.centre, ref);
    if (operation.is_limited && run.model.acts_if_late(operation.written)) [[unlikely]]
      watch_limit(run, ref);
    return;
  }
  // Nothing to wait for: it is known now when it goes on.
  ++run.state.centres[operation.centre].started;
  start_operation(run, ref, operation);
  const std::int64_t process_time = run.model.routings[operation.routing].times_known
                                        ? lot.ticks - operation.handling
                                        : drawn_time(run, lot, operation, lot.visit);
  ++lot.visit;
  if (run.model.has_reserves) [[unlikely]]
    reserve_next(run, ref, MachineId::none(), lot.ticks);
  go_on(run, ref, MachineId::none(), process_time + operation.handling, true);
}

void handle(Run& run, const DispatchDue& event) {
  WorkCentreState& state = run.state.centres[event.centre];
  if (!run.model.sources.empty() && event.is_last == 0 && looks_ahead(run.model, event.centre)) [[unlikely]] {
    run.sender.send_now(run.model.centres[event.centre].place, common::phase::dispatch,
                        DispatchDue{.centre = event.centre, .is_last = 1});
    return;
  }
  state.dispatch_due = false;
  if (run.model.centres[event.centre].has_queues) {
    choose(run, event.centre);
    if (run.model.centres[event.centre].buffer_in_pieces) admit_waiting(run, event.centre);
    return;
  }
  while (state.idle > 0 && state.waiting > 0) {
    const Ref ref = take_next(run, event.centre);
    const MachineId id = take_first(run.state, state.idle_machines);
    --state.idle;
    const Lot& lot = run.state.lots[ref];
    const Operation& operation = run.model.operations[lot.operation];
    const bool known = run.model.routings[operation.routing].times_known;
    const WorkTime work = known ? WorkTime{.machine = lot.ticks}
                                : work_time(operation, lot.pieces, drawn_time(run, lot, operation, lot.visit));
    leave_queue(run, event.centre, ref);
    MachineState& machine = run.state.machines[id];
    machine.lot = ref;
    machine.tail = work.tail;
    work_on(run, id, work.machine);
  }
  if (run.model.centres[event.centre].buffer_in_pieces) admit_waiting(run, event.centre);
}

void handle(Run& run, const WaitEnded& event) {
  if (event.is_shift != 0) {
    change_shift(run, event.centre);
  } else {
    request_dispatch(run, event.centre);
  }
}

}  // namespace tierworks::factory
