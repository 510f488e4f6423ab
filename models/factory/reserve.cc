#include "models/factory/reserve.h"

#include <algorithm>

#include "models/factory/dispatch.h"
#include "models/factory/steps.h"
#include "models/factory/ways.h"

namespace tierworks::factory {

using core::kNoRef;
using core::Ref;

namespace {

std::uint32_t factory_at(const Run& run, SiteId site) { return run.model.factory_of_site[site.index]; }

// Calls visit(reservation) for those of the work centre that hold now.
template <class F>
void for_each_kept(const Run& run, WorkCentreId centre, F&& visit) {
  const std::uint32_t factory = factory_at(run, run.model.centres[centre].site);
  for (Ref ref = run.state.factories[factory].reservations; ref != kNoRef; ref = run.state.reservations[ref].next) {
    const Reservation& row = run.state.reservations[ref];
    if (row.centre == centre && !(run.now() < row.from)) visit(row);
  }
}

// The only machine that may do it, if an operation before says so; this one says `machine`.
MachineId only_machine(const Run& run, const Lot& lot, OperationId next, MachineId machine) {
  const core::Range ties = run.model.operations[lot.operation].ties;
  for (std::uint32_t i = ties.first; i < ties.last; ++i) {
    if (run.model.ties[i].at == next && run.model.ties[i].same_machine) return machine;
  }
  for (Ref ref = lot.promises; ref != kNoRef; ref = run.state.promises[ref].next) {
    const Promise& row = run.state.promises[ref];
    if (row.at == next && !row.machine.is_none()) return row.machine;
  }
  return MachineId::none();
}

}  // namespace

OperationId kept_way(const Run& run, const Lot& lot) {
  const std::uint32_t factory = factory_at(run, run.model.releases[lot.release].site);
  for (Ref ref = run.state.factories[factory].reservations; ref != kNoRef; ref = run.state.reservations[ref].next) {
    const Reservation& row = run.state.reservations[ref];
    const Lot& other = run.state.lots[row.lot];
    if (other.release != lot.release || other.number != lot.number) continue;
    if (run.model.operations[lot.operation].centre == row.centre) return lot.operation;
    const core::Range ways = run.model.operations[lot.operation].ways;
    for (std::uint32_t way = ways.first; way < ways.last; ++way) {
      if (run.model.operations[OperationId{way}].centre == row.centre) return OperationId{way};
    }
  }
  return OperationId::none();
}

void reserve_next(Run& run, Ref ref, MachineId machine, std::int64_t ticks) {
  const Lot& lot = run.state.lots[ref];
  const Release& release = run.model.releases[lot.release];
  const core::Duration reserve = run.model.reserve_of(lot.release);
  if (reserve.ticks == 0) return;
  OperationId next = next_operation(run, lot);
  if (run.model.has_ways && !next.is_none()) {
    Lot ahead = lot;
    ahead.operation = next;
    ahead.plan = kNoRef;  // nothing of it changes yet
    choose_way(run, ahead);
    next = ahead.operation;
  }
  if (next.is_none() || run.model.centres[run.model.operations[next].centre].is_delay) return;
  const core::Instant end = run.now() + core::Duration{ticks};
  FactoryState& factory = run.state.factories[factory_at(run, release.site)];
  factory.reservations = run.state.reservations.allocate(
      run.lane(), Reservation{.lot = ref,
                              .centre = run.model.operations[next].centre,
                              .machine = only_machine(run, lot, next, machine),
                              .next = factory.reservations,
                              .from = std::max(run.now(), end + core::Duration{-reserve.ticks})});
}

void end_reservation(Run& run, Ref ref) {
  const ReleaseId id = run.state.lots[ref].release;
  if (run.model.reserve_of(id).ticks == 0) return;
  const Release& release = run.model.releases[id];
  core::Pool<Reservation>& rows = run.state.reservations;
  Ref* link = &run.state.factories[factory_at(run, release.site)].reservations;
  while (*link != kNoRef && rows[*link].lot != ref) link = &rows[*link].next;
  if (*link == kNoRef) return;
  const Ref row = *link;
  const WorkCentreId centre = rows[row].centre;
  *link = rows[row].next;
  rows.release(run.lane(), row);
  request_dispatch(run, centre);
}

bool is_kept(const Run& run, WorkCentreId centre, MachineId machine) {
  bool kept = false;
  for_each_kept(run, centre, [&](const Reservation& row) { kept = kept || row.machine == machine; });
  return kept;
}

bool may_take(const Run& run, WorkCentreId centre, MachineId machine, const Lot& lot) {
  if (run.model.reserve_of(lot.release).ticks > 0) return true;
  std::uint32_t wanted = 0;  // machines, whichever
  bool kept = false;
  for_each_kept(run, centre, [&](const Reservation& row) {
    kept = kept || row.machine == machine;
    wanted += row.machine.is_none() ? 1 : 0;
  });
  if (kept || wanted == 0) return !kept;
  std::uint32_t free = 0;
  for (std::uint32_t m = run.state.centres[centre].idle_machines.first; m != kNoRef;
       m = run.state.machines[MachineId{m}].next) {
    free += is_kept(run, centre, MachineId{m}) ? 0 : 1;
  }
  return free > wanted;
}

void check_reservations(const Run& run, const std::vector<Ref>& lots) {
  for (const FactoryState& factory : run.state.factories) {
    for (Ref ref = factory.reservations; ref != kNoRef; ref = run.state.reservations[ref].next) {
      const Ref lot = run.state.reservations[ref].lot;
      TIERWORKS_CHECK(std::find(lots.begin(), lots.end(), lot) != lots.end(),
                      "a machine is kept for a lot that is not in the factory",
                      run.state.reservations[ref].centre.index);
    }
  }
}

}  // namespace tierworks::factory
