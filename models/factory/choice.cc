#include "models/factory/choice.h"

#include <algorithm>

#include "models/factory/at_machine.h"
#include "models/factory/crews.h"
#include "models/factory/dispatch.h"
#include "models/factory/kit.h"
#include "models/factory/look_ahead.h"
#include "models/factory/lots.h"
#include "models/factory/machines.h"
#include "models/factory/queue.h"
#include "models/factory/reserve.h"
#include "models/factory/times.h"
#include "models/factory/watching.h"

namespace tierworks::factory {

namespace {

using common::HeldBack;
using core::kNoRef;
using core::Ref;

constexpr double kMillion = 1e6;

// A machine that could start a lot now, and what speaks for the pair.
struct Pair {
  MachineId machine;
  QueueId queue;
  BucketId bucket;
  Ref lot = kNoRef;
  std::int64_t setup = 0;  // ticks, mean; 0: it is set up for the lot
  std::int64_t key = 0;    // what the rank list makes of that: the least goes first
  std::int64_t time = 0;   // ticks, where the fastest machine is wanted: set-up and work
  double value = 0;        // of the lot at this machine
};

class Choice {
 public:
  Choice(Run& run, WorkCentreId id)
      : run_(run),
        id_(id),
        centre_(run.model.centres[id]),
        state_(run.state.centres[id]),
        keeps_(centre_.keeps_machines),
        order_{centre_.dispatching} {}

  void make() {
    if (centre_.kits != kNoKits) {
      start_picked();
      pick_due();
      return;
    }
    while (state_.idle > 0 && state_.waiting > 0) {
      forget_order();
      // Starting one lot changes the order of others only where the rule looks at the queue's mean.
      Pair best = find();
      if (best.lot == kNoRef) return;
      while (best.lot != kNoRef) {
        start(best);
        best = state_.idle > 0 && !looks_at_mean() ? find() : Pair{};
      }
    }
  }

 private:
  bool looks_at_mean() const {
    const Dispatching& dispatching = centre_.dispatching;
    return dispatching.rule == Rule::atc || dispatching.rule == Rule::formula || dispatching.by_machine;
  }

  void forget_order() {
    if (centre_.dispatching.is_static) return;
    for (std::uint32_t q = 0; q < centre_.queues(); ++q)
      run_.state.queues[QueueId{centre_.first_queue + q}].best = kNoRef;
  }

  // Those that are picked, in their order.
  void start_picked() {
    while (state_.idle > 0) {
      const Pair best = find_for(first_picked(run_, id_));
      if (best.lot == kNoRef) return;
      start(best);
    }
  }

  // The rule chooses for the machine that is free first, as it will be set up then.
  void pick_due() {
    picks_ = true;
    while (state_.waiting > run_.state.kit_lines[centre_.kits].lots) {
      const PlannedStart next = plan_start(run_, id_);
      if (next.in > run_.model.kits[centre_.kits].time.ticks) {
        look_for_kits(run_, id_, next);
        return;
      }
      forget_order();
      planned_setup_ = next.setup;
      Pair best;
      consider(next.machine, centre_.first_queue, best);
      TIERWORKS_CHECK(best.lot != kNoRef, "no lot can be picked at a work centre where some wait", id_.index);
      pick(run_, id_, take_first_of(run_.state.queues[best.queue], run_.model.buckets[best.bucket], best.setup));
    }
  }

  // The idle machine for a lot that is picked.
  Pair find_for(Ref lot) {
    Pair best;
    if (lot == kNoRef) return best;
    const BucketId id{centre_.buckets.first + run_.model.operations[run_.state.lots[lot].operation].bucket};
    const Bucket& bucket = run_.model.buckets[id];
    for (std::uint32_t m = state_.idle_machines.first; m != kNoRef; m = run_.state.machines[MachineId{m}].next) {
      const std::uint32_t has = run_.state.machines[MachineId{m}].setup;
      const bool changes = bucket.setup != kNoSetup && bucket.setup != has;
      if (!has_hands(bucket)) {
        if (run_.settings.watcher != nullptr) [[unlikely]]
          run_.settings.watcher->lot_held_back(HeldBack::hands, run_.now(), watched(run_.state.lots[lot]));
        continue;
      }
      slowness_ = run_.model.machines[MachineId{m}].slowness;
      Pair pair{.machine = MachineId{m}, .queue = QueueId::none(), .bucket = id, .lot = lot};
      if (changes) pair.setup = centre_.change(run_.model.changes, has, bucket.setup).mean;
      if (changes && !has_setter(pair, bucket)) continue;
      weigh(pair, changes);
      if (best.lot == kNoRef || before(pair, best)) best = pair;
      if (centre_.longest_idle) break;
    }
    return best;
  }

  Pair find() {
    Pair best;
    bool common = true;  // the queues of lots that any machine may take are still to be looked at
    for (std::uint32_t m = state_.idle_machines.first; m != kNoRef; m = run_.state.machines[MachineId{m}].next) {
      if (common) consider(MachineId{m}, centre_.first_queue, best);
      if (centre_.is_dedicated) {
        const std::uint32_t own = 1 + m - centre_.machines.first;
        consider(MachineId{m}, centre_.first_queue + own * centre_.buckets.size(), best);
      }
      if (best.lot != kNoRef && centre_.longest_idle) break;
      if (!centre_.has_setups && !centre_.fastest) {
        if (!centre_.is_dedicated) break;  // all idle machines are alike
        common = common && keeps_ && is_kept(run_, id_, MachineId{m});
      }
    }
    return best;
  }

  void consider(MachineId machine, std::uint32_t first_queue, Pair& best) {
    const MachineState& m = run_.state.machines[machine];
    slowness_ = run_.model.machines[machine].slowness;
    const std::uint32_t has = picks_ ? planned_setup_ : m.setup;
    if (centre_.dispatching.by_machine) setup_mean_ = mean_of_setups(run_, centre_, has);
    for (std::uint32_t b = 0; b < centre_.buckets.size(); ++b) {
      const QueueId queue{first_queue + b};
      QueueState& waiting = run_.state.queues[queue];
      if (waiting.waiting == 0) continue;
      const BucketId id{centre_.buckets.first + b};
      const Bucket& bucket = run_.model.buckets[id];
      Pair pair{.machine = machine, .queue = queue, .bucket = id};
      const bool changes = bucket.setup != kNoSetup && bucket.setup != has;
      if (bucket.is_batch && !is_enough(run_, waiting, bucket)) {
        hold_back(queue, HeldBack::batch);
        continue;
      }
      const bool in_run = changes && m.setup != kNoSetup && m.run_lots < centre_.min_run;
      if (!picks_ && !has_hands(bucket)) {
        hold_back(queue, HeldBack::hands);
        continue;
      }
      if (changes) pair.setup = centre_.change(run_.model.changes, has, bucket.setup).mean;
      pair.lot = first_of(waiting, bucket, pair.setup);
      if (pair.lot == kNoRef) {
        hold_back(queue, HeldBack::shift);
        continue;
      }
      if (!picks_ && changes && !has_setter(pair, bucket)) {
        hold_back(queue, HeldBack::hands);
        continue;
      }
      if (keeps_ && !may_take(run_, id_, machine, run_.state.lots[pair.lot])) {
        hold_back(queue, HeldBack::kept);
        continue;
      }
      pair.value = run_.state.lots[pair.lot].value;
      if (in_run && !is_overdue(run_.state.lots[pair.lot])) {
        hold_back(queue, HeldBack::setup);
        continue;
      }
      if (bucket.looks_ahead && pays_to_wait(pair, waiting, bucket)) {
        hold_back(queue, HeldBack::batch);
        continue;
      }
      weigh(pair, changes);
      if (best.lot == kNoRef || before(pair, best)) best = pair;
    }
  }

  void hold_back(QueueId queue, HeldBack why) const {
    if (run_.settings.watcher != nullptr) [[unlikely]]
      tell_held_back(run_, queue, centre_.dispatching.is_static, why);
  }

  // What speaks for it beside the rule.
  void weigh(Pair& pair, bool changes) const {
    const Lot& lot = run_.state.lots[pair.lot];
    if (centre_.fastest) pair.time = pair.setup + on_machine(lot.ticks);
    switch (centre_.dispatching.setup) {
      case SetupKey::none:
        break;
      case SetupKey::avoid:
        pair.key = is_overdue(lot) ? -1 : (changes ? 1 : 0);
        break;
      case SetupKey::least:
        pair.key = is_overdue(lot) ? -1 : pair.setup;
        break;
    }
  }

  // For the next lot that is known to come, unless one has waited as long as it may.
  bool pays_to_wait(const Pair& pair, QueueState& queue, const Bucket& bucket) {
    if (has_waited(run_, queue, bucket)) return false;
    const std::int64_t busy = pair.setup + on_machine(run_.state.lots[pair.lot].ticks);
    return waits_for_next(run_, {id_, pair.bucket}, queue, busy);
  }

  // Operators and tools are there; else the work centre waits for them.
  bool has_hands(const Bucket& bucket) {
    if (bucket.needs.empty() || are_free(run_, bucket.needs)) return true;
    wait_for(run_, id_, bucket.needs);
    return false;
  }
  // Likewise who sets up, unless nothing of that is left to do.
  bool has_setter(const Pair& pair, const Bucket& bucket) {
    const CrewId crew = centre_.setup_crew;
    if (crew.is_none() || run_.state.crews[crew].free > 0 || is_among(run_, crew, bucket.needs)) return true;
    const MachineState& machine = run_.state.machines[pair.machine];
    const bool is_constant = centre_.change(run_.model.changes, machine.setup, bucket.setup).time.is_constant();
    if (is_constant && pair.setup == prepared(machine, run_.state.lots[pair.lot], pair.setup)) return true;
    wait_for(run_, id_, crew);
    return false;
  }

  bool fits(const Lot& lot, std::int64_t setup) const {
    return centre_.beyond_shift != BeyondShift::do_not_start ||
           !(state_.next_change < run_.now() + core::Duration{setup + on_machine(lot.ticks)});
  }

  bool before(const Pair& a, const Pair& b) const {
    const Dispatching& dispatching = centre_.dispatching;
    if (dispatching.setup_first && a.key != b.key) return a.key < b.key;
    if (a.lot != b.lot) {
      const Lot& first = run_.state.lots[a.lot];
      const Lot& second = run_.state.lots[b.lot];
      if (dispatching.by_priority && first.priority != second.priority) return first.priority < second.priority;
      if (a.key != b.key) return a.key < b.key;
      if (!dispatching.by_machine) return order_(first, second);
      if (a.value != b.value) return a.value < b.value;
      return order_.by_ties(first, second);
    }
    if (a.time != b.time) return a.time < b.time;
    return a.key != b.key ? a.key < b.key : a.setup < b.setup;
  }

  // Work of a machine of speed 1, at the one that is looked at.
  std::int64_t on_machine(std::int64_t ticks) const {
    return slowness_ == 1 ? ticks : whole(static_cast<double>(ticks) * slowness_);
  }

  bool is_overdue(const Lot& lot) const {
    const core::Duration most = centre_.dispatching.max_wait;
    return most.ticks > 0 && !(run_.now() - lot.arrived < most);
  }

  // Of the lots of one queue; they all need the same set-up.
  bool goes_before(const Lot& a, const Lot& b) const {
    const Dispatching& dispatching = centre_.dispatching;
    const bool overdue = is_overdue(a), other = is_overdue(b);
    if (overdue != other) {
      const bool classes_first = dispatching.by_priority && !dispatching.setup_first;
      if (!classes_first || a.priority == b.priority) return overdue;
    }
    return order_(a, b);
  }

  // The lot of the queue that goes first at a machine that needs so long a set-up for it.
  Ref first_of(QueueState& queue, const Bucket& bucket, std::int64_t setup) {
    const Dispatching& dispatching = centre_.dispatching;
    if (dispatching.is_static) return queue.root;
    if (dispatching.by_machine || centre_.beyond_shift == BeyondShift::do_not_start) {
      queue.best = kNoRef;
    } else if (queue.best != kNoRef) {
      return queue.best;
    }
    core::Pool<Lot>& lots = run_.state.lots;
    const double mean = static_cast<double>(state_.queue_work) / state_.waiting;
    const AtMachine at = dispatching.by_machine ? at_machine(run_, queue, bucket, setup, setup_mean_) : AtMachine{};
    for (Ref ref = queue.root; ref != kNoRef; ref = lots[ref].next) {
      if (!fits(lots[ref], setup)) continue;
      lots[ref].value = value_now(run_, dispatching, lots[ref], mean, at);
      if (queue.best == kNoRef || goes_before(lots[ref], lots[queue.best])) queue.best = ref;
    }
    return queue.best;
  }

  Ref take_first_of(QueueState& queue, const Bucket& bucket, std::int64_t setup) {
    core::Pool<Lot>& lots = run_.state.lots;
    Ref first = first_of(queue, bucket, setup);
    if (centre_.dispatching.is_static) {
      first = take_first_of_heap(lots, queue.root, order_);
    } else {
      remove_from_list(lots, queue.root, first);
      queue.best = kNoRef;
    }
    --queue.waiting;
    queue.pieces -= lots[first].pieces;
    lots[first].next = kNoRef;
    return first;
  }

  void start(const Pair& pair) {
    core::Pool<Lot>& lots = run_.state.lots;
    const Bucket& bucket = run_.model.buckets[pair.bucket];
    MachineState& machine = run_.state.machines[pair.machine];
    remove_from(run_.state, state_.idle_machines, pair.machine);
    --state_.idle;
    const bool is_picked = pair.queue.is_none();
    const Ref lead =
        is_picked ? take_first_picked(run_, id_) : take_first_of(run_.state.queues[pair.queue], bucket, pair.setup);
    const Lot lot = lots[lead];
    const Operation& operation = run_.model.operations[lot.operation];
    const bool known = run_.model.routings[operation.routing].times_known;
    WorkTime work = known ? WorkTime{.machine = lot.ticks}
                          : work_time(operation, lot.pieces, drawn_time(run_, lot, operation, lot.visit));
    slowness_ = run_.model.machines[pair.machine].slowness;
    work.machine = on_machine(work.machine);
    machine.lot = lead;
    machine.lots = 1;
    if (bucket.is_batch) fill(run_.state.queues[pair.queue], bucket, pair.setup, lead, machine);
    for (Ref ref = lead; ref != kNoRef; ref = lots[ref].next) {
      leave_queue(run_, id_, ref);
      if (keeps_) reserve_next(run_, ref, pair.machine, pair.setup + on_machine(lots[ref].ticks));
    }
    machine.tail = work.tail;
    take(run_, bucket.needs);
    const bool changes = bucket.setup != kNoSetup && bucket.setup != machine.setup;
    if (!changes) {
      machine.run_lots += machine.lots;
      work_on(run_, pair.machine, work.machine);
      return;
    }
    const SetupChange& change = centre_.change(run_.model.changes, machine.setup, bucket.setup);
    std::int64_t ticks =
        change.time.is_constant()
            ? change.mean
            : drawn_ticks(run_, change.time, run_.model.releases[lot.release].setups, lot.number, lot.visit);
    if (centre_.setup_external > 0) ticks -= prepared(machine, lot, ticks);
    const bool needs_setter = ticks > 0 || !change.time.is_constant();
    if (needs_setter && !centre_.setup_crew.is_none() && !is_among(run_, centre_.setup_crew, bucket.needs)) {
      take(run_, centre_.setup_crew);
      machine.sets_up_with_crew = true;
    }
    ++machine.setups;
    machine.setup = bucket.setup;
    machine.run_lots = machine.lots;
    machine.work_after = work.machine;
    set_up(run_, pair.machine, ticks);
  }

  // Of a set-up, from when the lot came until the machine was free.
  std::int64_t prepared(const MachineState& machine, const Lot& lot, std::int64_t ticks) const {
    const std::int64_t beside = whole(static_cast<double>(ticks) * centre_.setup_external / kMillion);
    return std::clamp<std::int64_t>((machine.began - lot.arrived).ticks, 0, beside);
  }

  // As many more as the batch may hold, in the order of the queue.
  void fill(QueueState& queue, const Bucket& bucket, std::int64_t setup, Ref lead, MachineState& machine) {
    core::Pool<Lot>& lots = run_.state.lots;
    std::int64_t size = bucket.in_pieces ? lots[lead].pieces : 1;
    Ref last = lead;
    while (queue.waiting > 0) {
      const Ref next = first_of(queue, bucket, setup);
      const std::int64_t more = next == kNoRef ? bucket.most : bucket.in_pieces ? lots[next].pieces : 1;
      if (size + more > bucket.most) break;
      const Ref ref = take_first_of(queue, bucket, setup);
      lots[last].next = ref;
      last = ref;
      size += more;
      ++machine.lots;
    }
    ++state_.batches;
    state_.batch_fill += static_cast<double>(size) / static_cast<double>(bucket.most);
  }

  Run& run_;
  const WorkCentreId id_;
  const WorkCentre& centre_;
  WorkCentreState& state_;
  const bool keeps_;  // machines for lots that are still to come
  const Order order_;
  bool picks_ = false;  // lots that are not started yet
  std::uint32_t planned_setup_ = kNoSetup;
  double setup_mean_ = 0;  // at the machine that is looked at
  double slowness_ = 1;    // of it
};

}  // namespace

QueueId queue_id_of(const Run& run, const WorkCentre& centre, const Lot& lot) {
  const Operation& operation = run.model.operations[lot.operation];
  std::uint32_t queue = centre.first_queue + operation.bucket;
  if (operation.is_tied) {
    const MachineId machine = promised_machine(run, lot);
    if (!machine.is_none()) queue += (1 + machine.index - centre.machines.first) * centre.buckets.size();
  }
  return QueueId{queue};
}

QueueState& queue_of(Run& run, const WorkCentre& centre, const Lot& lot) {
  const Operation& operation = run.model.operations[lot.operation];
  // When it has waited for too long, more may start than before: a small batch, or what ends a minimum run.
  const auto look_again = [&](core::Duration wait) {
    run.sender.send(centre.place, run.now() + wait, run.settings.phases.completion, WaitEnded{operation.centre});
  };
  const Bucket& bucket = run.model.buckets[BucketId{centre.buckets.first + operation.bucket}];
  if (bucket.longest_wait.ticks > 0) look_again(bucket.longest_wait);
  if (centre.min_run > 0 && centre.dispatching.max_wait.ticks > 0) look_again(centre.dispatching.max_wait);
  return run.state.queues[queue_id_of(run, centre, lot)];
}

void choose(Run& run, WorkCentreId centre) { Choice(run, centre).make(); }

}  // namespace tierworks::factory
