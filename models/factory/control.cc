#include "models/factory/control.h"

#include "models/factory/assembly.h"
#include "models/factory/control_rules.h"
#include "models/factory/dispatch.h"
#include "models/factory/lots.h"
#include "models/factory/queue.h"
#include "models/factory/times.h"
#include "models/factory/watching.h"
#include "models/factory/ways.h"

namespace tierworks::factory {

using core::kNoRef;
using core::Ref;
using GateRule = Control::Rule;

namespace {

std::uint32_t control_at(const Run& run, common::SiteId site) {
  return run.model.factories[run.model.factory_of_site[site.index]].control;
}
std::uint32_t control_of(const Run& run, const Lot& lot) {
  return control_at(run, run.model.releases[lot.release].site);
}

void request_review(Run& run, std::uint32_t id) {
  ControlState& state = run.state.controls[id];
  if (state.due || state.waiting == 0) return;
  state.due = true;
  const WorkCentreId first{run.model.controls[id].centres.first};
  run.sender.send(run.model.centres[first].place, run.now(), kGatePhase, GateReviewed{.control = id, .is_periodic = 0});
}

core::Instant planned_release(const Control& control, const Lot& lot) {
  return lot.due - core::Duration{lot.work} -
         core::Duration{control.planned_wait.ticks * static_cast<std::int64_t>(lot.steps_left)};
}

QueueState& store_of(Run& run, AccountId account) { return run.state.queues[run.model.accounts[account].store]; }

void join_store(Run& run, std::uint32_t id, AccountId account, Ref ref) {
  const Control& control = run.model.controls[id];
  Lot& lot = run.state.lots[ref];
  switch (control.order) {
    case Control::Order::first_come:
      lot.value = static_cast<double>(lot.arrived.ticks);
      break;
    case Control::Order::due:
      lot.value = static_cast<double>(lot.due.ticks);
      break;
    case Control::Order::planned_release:
      lot.value = static_cast<double>(planned_release(control, lot).ticks);
      break;
    case Control::Order::shortest:
      lot.value = static_cast<double>(lot.work);
      break;
  }
  QueueState& store = store_of(run, account);
  add_to_heap(run.state.lots, store.root, ref, {control.ranking});
  ++store.waiting;
  ++run.state.controls[id].waiting;
  request_review(run, id);
}

Ref take_from_store(Run& run, std::uint32_t id, AccountId account) {
  QueueState& store = store_of(run, account);
  const Ref ref = take_first_of_heap(run.state.lots, store.root, {run.model.controls[id].ranking});
  --store.waiting;
  --run.state.controls[id].waiting;
  return ref;
}

// It has what it needs: into the shop, or on to its next work centre.
void go_on_to_queue(Run& run, Ref ref) {
  Lot& lot = run.state.lots[ref];
  const Release& release = run.model.releases[lot.release];
  if (run.settings.watcher != nullptr) [[unlikely]]
    tell_wait(run, lot, lot.outside ? common::WaitsFor::release : common::WaitsFor::card);
  if (!lot.outside) {
    arrive(run, ref);
    return;
  }
  LotTypeTally& tally = run.state.types[release.type];
  tally.pool.add(run.now(), -1);
  ++tally.let_in;
  tally.pool_ticks += static_cast<double>((run.now() - lot.arrived).ticks);
  tally.wip.add(run.now(), 1);
  lot.outside = false;
  lot.released = run.now();
  if (run.model.has_ways) choose_way(run, lot);
  const ReleaseId id = lot.release;
  // What is built in at its first operation is waited for inside.
  const Ref whole = run.model.operations[lot.operation].assembles ? assemble(run, ref) : ref;
  if (whole != kNoRef) arrive(run, whole);
  if (!release.keeps_one_waiting) return;
  --run.state.releases[id].outside;
  let_in(run, id);
}

void admit(Run& run, const Control& control, AccountId account, Ref ref) {
  Lot& lot = run.state.lots[ref];
  if (control.rule == GateRule::kanban) give_back_all(run, lot);
  take(run, control, lot, account);
  go_on_to_queue(run, ref);
}

// It stands in the store of what it needs.
void stand_in_store(Run& run, std::uint32_t id, Ref ref) {
  const AccountId account = needed(run, run.model.controls[id], run.state.lots[ref]);
  if (account.is_none()) {
    go_on_to_queue(run, ref);
  } else {
    join_store(run, id, account, ref);
  }
}

void review_stores(Run& run, std::uint32_t id) {
  const Control& control = run.model.controls[id];
  // Who goes on may give back what somebody in an earlier store waits for.
  for (bool moved = true; moved;) {
    moved = false;
    for (std::uint32_t i = control.accounts.first; i < control.accounts.last; ++i) {
      const AccountId account{i};
      const QueueState& store = store_of(run, account);
      while (store.root != kNoRef && may_go_on(run, control, account, run.state.lots[store.root])) {
        admit(run, control, account, take_from_store(run, id, account));
        moved = control.accounts.size() > 1;
      }
    }
  }
}

// The first lot that begins at a work centre goes there for each machine that has nothing to do.
void feed_the_idle(Run& run, std::uint32_t id) {
  const Control& control = run.model.controls[id];
  for (std::uint32_t i = control.accounts.first; i < control.accounts.last; ++i) {
    const AccountId account{i};
    const WorkCentreState& centre = run.state.centres[run.model.accounts[account].first];
    while (store_of(run, account).waiting > 0 && centre.idle > centre.waiting) {
      admit(run, control, account, take_from_store(run, id, account));
    }
  }
}

bool keeps_norms(const Run& run, const Lot& lot) {
  for (Ref ref = lot.holdings; ref != kNoRef; ref = run.state.holdings[ref].next) {
    if (!is_within(run, run.state.holdings[ref].account, 0)) return false;
  }
  return true;
}

// All lots of all stores in their order: those that fit go on, the others wait for the next time.
void review_all(Run& run, std::uint32_t id) {
  const Control& control = run.model.controls[id];
  const Order order{control.ranking};
  core::Pool<Lot>& lots = run.state.lots;
  Ref kept = kNoRef;
  while (run.state.controls[id].waiting > 0) {
    AccountId best = AccountId::none();
    for (std::uint32_t i = control.accounts.first; i < control.accounts.last; ++i) {
      const Ref root = store_of(run, AccountId{i}).root;
      if (root != kNoRef && (best.is_none() || order(lots[root], lots[store_of(run, best).root]))) best = AccountId{i};
    }
    const Ref ref = take_from_store(run, id, best);
    take(run, control, lots[ref], best);
    if (keeps_norms(run, lots[ref])) {
      go_on_to_queue(run, ref);
      continue;
    }
    give_back_all(run, lots[ref]);
    lots[ref].previous = kept;
    kept = ref;
  }
  while (kept != kNoRef) {
    const Ref next = lots[kept].previous;
    join_store(run, id, needed(run, control, lots[kept]), kept);
    kept = next;
  }
}

}  // namespace

void start_control(Run& run) {
  run.state.controls.assign(run.model.controls.size(), ControlState{});
  run.state.accounts.assign(run.model.accounts.size(), 0);
  run.state.holdings.reset(run.sender.lanes());
  for (std::uint32_t c = 0; c < run.model.controls.size(); ++c) {
    const Control& control = run.model.controls[c];
    if (control.rule != GateRule::lums_cor) continue;
    const common::PlaceId place = run.model.centres[WorkCentreId{control.centres.first}].place;
    run.sender.act_as(place);
    run.sender.send(place, core::Instant{0} + control.every, kGatePhase, GateReviewed{.control = c, .is_periodic = 1});
  }
}

void come_to_gate(Run& run, Ref ref) {
  Lot& lot = run.state.lots[ref];
  const std::uint32_t id = control_of(run, lot);
  const Control& control = run.model.controls[id];
  const Release& release = run.model.releases[lot.release];
  run.state.types[release.type].pool.add(run.now(), 1);
  lot.arrived = run.now();
  if (lot.plan != kNoRef) lot.operation = run.state.steps[lot.plan].operation;
  const core::Range all = run.model.routings[release.routing].operations;
  if (lot.plan == kNoRef) lot.steps_left = all.last - lot.operation.index;
  if (control.waits_for_plan && run.now() < planned_release(control, lot)) {
    run.sender.send(release.place, planned_release(control, lot), run.settings.phases.arrival,
                    LotArrived{.release = lot.release, .operation = lot.operation, .number = lot.number, .lot = ref});
    return;
  }
  stand_in_store(run, id, ref);
}

void plan_has_come(Run& run, Ref ref) { stand_in_store(run, control_of(run, run.state.lots[ref]), ref); }

void go_past_gate(Run& run, Ref ref) {
  Lot& lot = run.state.lots[ref];
  const std::uint32_t id = control_of(run, lot);
  // What is built into others needs no leave.
  if (id == kNoRef || run.model.component_store(run.model.releases[lot.release].routing) != nullptr) {
    arrive(run, ref);
    return;
  }
  const Control& control = run.model.controls[id];
  if (control.rule == GateRule::starvation_avoidance) note_return(run, control, ref);
  if (control.rule != GateRule::kanban && control.rule != GateRule::polca) {
    arrive(run, ref);
    return;
  }
  lot.arrived = run.now();
  const AccountId account = needed(run, control, lot);
  if (control.rule == GateRule::kanban && lot.holdings != kNoRef) {
    if (account == run.state.holdings[lot.holdings].account) {
      arrive(run, ref);
      return;
    }
    if (account.is_none()) give_back_all(run, lot);
  }
  stand_in_store(run, id, ref);
}

void give_back_after(Run& run, Ref ref, OperationId done) {
  Lot& lot = run.state.lots[ref];
  if (lot.holdings == kNoRef) return;
  const std::uint32_t id = control_of(run, lot);
  const Operation& operation = run.model.operations[done];
  const OperationId next = lot.operation.is_none() ? lot.operation : run.model.operations[lot.operation].written;
  const bool in_order = !run.model.routings[operation.routing].own_steps();
  const bool is_polca = run.model.controls[id].rule == GateRule::polca;
  bool gave = false;
  Ref* link = &lot.holdings;
  while (*link != kNoRef) {
    const Ref row = *link;
    const Holding held = run.state.holdings[row];
    const bool is_done = held.until == operation.written;
    const bool is_passed = in_order && !held.until.is_none() && !next.is_none() && held.until < next;
    const bool goes_elsewhere = is_polca && held.until != next;
    if (held.until.is_none() || !(is_done || is_passed || goes_elsewhere)) {
      link = &run.state.holdings[row].next;
      continue;
    }
    gave = true;
    run.state.accounts[held.account] -= held.amount;
    *link = held.next;
    run.state.holdings.release(run.lane(), row);
  }
  if (gave && run.model.controls[id].rule != GateRule::lums_cor) request_review(run, id);
}

void give_back_all(Run& run, Lot& lot) {
  if (lot.holdings == kNoRef) return;
  while (lot.holdings != kNoRef) {
    const Ref row = lot.holdings;
    const Holding held = run.state.holdings[row];
    run.state.accounts[held.account] -= held.amount;
    lot.holdings = held.next;
    run.state.holdings.release(run.lane(), row);
  }
  const std::uint32_t id = control_of(run, lot);
  if (run.model.controls[id].rule != GateRule::lums_cor) request_review(run, id);
}

void look_at_gate(Run& run, WorkCentreId centre) {
  const std::uint32_t id = control_at(run, run.model.centres[centre].site);
  if (id == kNoRef) return;
  const GateRule rule = run.model.controls[id].rule;
  if (rule == GateRule::lums_cor || (rule == GateRule::starvation_avoidance && run.model.controls[id].drum == centre)) {
    request_review(run, id);
  }
}

void handle(Run& run, const GateReviewed& event) {
  const Control& control = run.model.controls[event.control];
  ControlState& state = run.state.controls[event.control];
  // What is asked for while lots go on is looked at now.
  const bool was_due = state.due;
  state.due = true;
  if (control.rule == GateRule::lums_cor) {
    feed_the_idle(run, event.control);
    if (event.is_periodic != 0) review_all(run, event.control);
  } else {
    review_stores(run, event.control);
  }
  state.due = false;
  if (event.is_periodic == 0) return;
  state.due = was_due;  // the other look is still to come
  run.sender.send(run.model.centres[WorkCentreId{control.centres.first}].place, run.now() + control.every, kGatePhase,
                  GateReviewed{.control = event.control, .is_periodic = 1});
}

void check_control(const Run& run, const std::vector<Ref>& lots) {
  if (run.model.controls.empty()) return;
  std::vector<std::int64_t> held(run.model.accounts.size(), 0);
  for (const Ref ref : lots) {
    for (Ref row = run.state.lots[ref].holdings; row != kNoRef; row = run.state.holdings[row].next) {
      held[run.state.holdings[row].account.index] += run.state.holdings[row].amount;
    }
  }
  for (std::uint32_t i = 0; i < held.size(); ++i) {
    TIERWORKS_CHECK(held[i] == run.state.accounts[AccountId{i}],
                    "what is taken of an account of release control is not what lots hold of it", i, held[i]);
  }
  for (std::uint32_t c = 0; c < run.model.controls.size(); ++c) {
    std::int64_t waiting = 0;
    const core::Range accounts = run.model.controls[c].accounts;
    for (std::uint32_t i = accounts.first; i < accounts.last; ++i) {
      waiting += run.state.queues[run.model.accounts[AccountId{i}].store].waiting;
    }
    TIERWORKS_CHECK(waiting == run.state.controls[c].waiting, "lots that wait for release are not what is counted", c,
                    waiting);
  }
}

}  // namespace tierworks::factory
