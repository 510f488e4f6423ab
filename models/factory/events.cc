#include "models/factory/events.h"

#include "models/factory/assembly.h"
#include "models/factory/control.h"
#include "models/factory/crews.h"
#include "models/factory/kit.h"
#include "models/factory/lots.h"
#include "models/factory/machines.h"
#include "models/factory/maintenance.h"
#include "models/factory/queue.h"
#include "models/factory/reserve.h"
#include "models/factory/shifts.h"

namespace tierworks::factory {

using core::kNoRef;

namespace {

// When the release plan goes on after its events so far; beyond all time if it does not.
core::Instant next_release(const Run& run, ReleaseId id) {
  const Release& release = run.model.releases[id];
  const ReleaseState& state = run.state.releases[id];
  if (release.count > 0 && state.outside + static_cast<std::int64_t>(state.released) >= release.count) {
    return core::kLastInstant;
  }
  switch (release.when) {
    case Release::When::all_at_once:
    case Release::When::room:
      return state.events == 0 ? release.first : core::kLastInstant;
    case Release::When::wanted:
      return core::kLastInstant;
    case Release::When::trace:
      return state.events < release.trace.size() ? run.model.trace[release.trace.first + state.events].at
                                                 : core::kLastInstant;
    case Release::When::interval: {
      if (release.interval.is_constant() && state.events == 0) return release.first;
      core::Draw draw = run.settings.random.draw(release.arrivals, state.events);
      const core::Duration wait = core::rounded(core::sample(release.interval, *run.model.tables, draw));
      return (state.events == 0 ? release.first : run.now()) + wait;
    }
  }
  return core::kLastInstant;
}

void plan_release(Run& run, ReleaseId id) {
  const core::Instant at = next_release(run, id);
  if (!(at < run.settings.end)) return;
  run.sender.send(run.model.releases[id].place, at, common::phase::demand,
                  LotsReleased{.release = id, .event = run.state.releases[id].events});
}

}  // namespace

void start(Run& run) {
  State& state = run.state;
  state.centres.assign(run.model.centres.size(), WorkCentreState{});
  state.machines.assign(run.model.machines.size(), MachineState{});
  state.releases.assign(run.model.releases.size(), ReleaseState{});
  state.types.assign(run.model.types.size(), LotTypeTally{});
  state.factories.assign(run.model.factories.size(), FactoryState{});
  state.lots.reset(run.sender.lanes());
  state.steps.reset(run.sender.lanes());
  state.promises.reset(run.sender.lanes());
  state.families.reset(run.sender.lanes());
  state.reservations.reset(run.sender.lanes());
  state.queues.assign(run.model.queues, QueueState{});
  state.upkeep.assign(run.model.upkeep, Upkeep{});
  state.pages.reset(run.sender.lanes());
  state.kit_lines.assign(run.model.kits.size(), KitLine{});
  state.planned.assign(run.model.planned, PlannedMachine{});
  start_crews(run);
  start_control(run);
  for (std::uint32_t c = 0; c < run.model.centres.size(); ++c) {
    const WorkCentreId id{c};
    const WorkCentre& centre = run.model.centres[id];
    run.sender.act_as(centre.place);
    state.centres[id].idle = centre.machines.size();
    for (std::uint32_t m = centre.machines.first; m < centre.machines.last; ++m) {
      add_to(state, state.centres[id].idle_machines, MachineId{m});
    }
    plan_failures(run, id);
    plan_maintenance(run, id);
    plan_shifts(run, id);
  }
  for (std::uint32_t r = 0; r < run.model.releases.size(); ++r) {
    run.sender.act_as(run.model.releases[ReleaseId{r}].place);
    plan_release(run, ReleaseId{r});
  }
}

void restart_tallies(Run& run) {
  for (WorkCentreState& centre : run.state.centres) {
    centre.queue.restart(run.now());
    centre.started = 0;
    centre.queue_ticks = 0;
    centre.violations = centre.batches = 0;
    centre.pieces = centre.scrapped = 0;
    centre.batch_fill = 0;
  }
  for (CrewState& crew : run.state.crews) {
    crew.used.restart(run.now());
    crew.staffed.restart(run.now());
  }
  for (MachineState& machine : run.state.machines) {
    machine.ticks = {};
    machine.setups = 0;
    machine.since = run.now();
  }
  for (LotTypeTally& tally : run.state.types) {
    const core::TimeWeighted wip = tally.wip, pool = tally.pool;
    tally.cycle_times.clear(run.state.pages, run.lane());
    tally = {};
    tally.wip = wip;
    tally.pool = pool;
    tally.wip.restart(run.now());
    tally.pool.restart(run.now());
  }
}

void handle(Run& run, const LotsReleased& event) {
  const Release& release = run.model.releases[event.release];
  ReleaseState& state = run.state.releases[event.release];
  std::int64_t lots = release.at_once;
  if (release.when == Release::When::trace) lots = run.model.trace[release.trace.first + event.event].lots;
  if (release.when == Release::When::all_at_once) lots = release.count;
  if (release.count > 0) {
    lots = std::min(lots, release.count - state.outside - static_cast<std::int64_t>(state.released));
  }
  ++state.events;
  state.planned += static_cast<std::uint64_t>(lots);
  state.instants = core::chained(state.instants, static_cast<std::uint64_t>(run.now().ticks));
  if (release.when != Release::When::room) state.outside += lots;
  let_in(run, event.release);
  plan_release(run, event.release);
}

std::vector<core::Ref> lots_inside(const Run& run) {
  std::vector<core::Ref> lots;
  for (std::uint32_t c = 0; c < run.model.centres.size(); ++c) {
    const WorkCentre& centre = run.model.centres[WorkCentreId{c}];
    const WorkCentreState& state = run.state.centres[WorkCentreId{c}];
    const std::size_t before = lots.size();
    const auto count = [&](core::Ref lot) { lots.push_back(lot); };
    for_each_waiting(run.state.lots, state.root, centre.dispatching.is_static, count);
    for (std::uint32_t q = 0; q < centre.queues(); ++q) {
      const QueueState& queue = run.state.queues[QueueId{centre.first_queue + q}];
      for_each_waiting(run.state.lots, queue.root, centre.dispatching.is_static, count);
    }
    for_each_picked(run, centre, count);
    TIERWORKS_CHECK(lots.size() - before == state.waiting, "the queue of a work centre is not what it counts", c,
                    static_cast<long long>(lots.size() - before));
  }
  for (const Account& account : run.model.accounts) {
    for_each_waiting(run.state.lots, run.state.queues[account.store].root, true,
                     [&](core::Ref lot) { lots.push_back(lot); });
  }
  for (std::uint32_t i = 0; run.model.has_parts && i < run.model.operations.size(); ++i) {
    const Operation& operation = run.model.operations[OperationId{i}];
    if (!operation.joins || operation.written != OperationId{i}) continue;
    for_each_waiting(run.state.lots, run.state.queues[operation.store].root, false,
                     [&](core::Ref lot) { lots.push_back(lot); });
  }
  if (run.model.has_assembly) lots_of_assembly(run, lots);
  for (const MachineState& machine : run.state.machines) {
    if (machine.lot == kNoRef) continue;
    const bool is_batch =
        run.model.operations[run.state.lots[machine.lot].operation].is_batch && !machine.waits_for_room;
    for (core::Ref lot = machine.lot; lot != kNoRef; lot = is_batch ? run.state.lots[lot].next : kNoRef) {
      lots.push_back(lot);
    }
  }
  run.sender.template for_each_pending<LotArrived>([&](const LotArrived& event) {
    if (event.is_late == 0) lots.push_back(event.lot);  // else it is in a queue
  });
  return lots;
}

void check_lots(const Run& run) {
  std::vector<std::int64_t> inside(run.model.releases.size(), 0);
  const std::vector<core::Ref> lots = lots_inside(run);
  check_control(run, lots);
  for (const core::Ref lot : lots) ++inside[run.state.lots[lot].release.index];
  std::int64_t counted = 0;
  for (std::uint32_t r = 0; r < inside.size(); ++r) {
    TIERWORKS_CHECK(inside[r] == run.state.releases[ReleaseId{r}].inside,
                    "lots of a release are not conserved: inside, recounted", r, inside[r]);
    counted += inside[r];
  }
  std::int64_t balance = 0;
  for (const FactoryState& factory : run.state.factories) {
    balance +=
        factory.released + factory.divided - factory.joined - factory.built_in - factory.finished - factory.scrapped;
  }
  TIERWORKS_CHECK(balance == counted,
                  "lots are not conserved: released and divided less put together, built in, finished and scrapped, "
                  "recounted",
                  balance, counted);
  if (run.model.has_reserves) check_reservations(run, lots);
  check_crews(run);
}

}  // namespace tierworks::factory
