#include "models/factory/leaving.h"

#include <algorithm>

#include "models/factory/assembly.h"
#include "models/factory/control.h"
#include "models/factory/dispatch.h"
#include "models/factory/kit.h"
#include "models/factory/lots.h"
#include "models/factory/parts.h"
#include "models/factory/reserve.h"
#include "models/factory/watching.h"

namespace tierworks::factory {

using core::kNoRef;
using core::Ref;

namespace {

void tell_that_it_left(const Run& run, const Lot& lot, bool lost) {
  run.settings.watcher->lot_left(watched(lot), lot.released, lot.due, run.now(), lost);
}

// Takes away what it has still to keep and to do.
void forget_plans(Run& run, Lot& lot) {
  for (Ref promise = lot.promises; promise != kNoRef;) {
    const Promise& row = run.state.promises[promise];
    const Ref next = row.next;
    if (!row.ending.is_none()) run.sender.cancel(row.ending);
    run.state.promises.release(run.lane(), promise);
    promise = next;
  }
  for (Ref step = lot.plan; step != kNoRef;) {
    const Ref next = run.state.steps[step].next;
    run.state.steps.release(run.lane(), step);
    step = next;
  }
  lot.promises = lot.plan = kNoRef;
  if (lot.holdings != kNoRef) [[unlikely]]
    give_back_all(run, lot);
}

// Who was scrapped as a whole, and its pieces, are counted.
void end_as_scrap(Run& run, Ref ref) {
  Lot& lot = run.state.lots[ref];
  const ReleaseId id = lot.release;
  const Release& release = run.model.releases[id];
  LotTypeTally& tally = run.state.types[release.type];
  if (run.settings.watcher != nullptr) [[unlikely]]
    tell_that_it_left(run, lot, true);
  const Ref whole = run.model.has_parts ? part_lost(run, lot) : kNoRef;
  if (run.model.has_reserves) end_reservation(run, ref);
  forget_plans(run, lot);
  ++run.state.factories[run.model.factory_of_site[release.site.index]].scrapped;
  ++tally.scrapped_lots;
  tally.wip.add(run.now(), -1);
  --run.state.releases[id].inside;
  run.state.lots.release(run.lane(), ref);
  if (whole != kNoRef) arrive(run, whole);
  let_in(run, id);
}

}  // namespace

void leave(Run& run, Ref ref) {
  pull_material(run, run.state.lots[ref]);
  forget_plans(run, run.state.lots[ref]);
  const Lot lot = run.state.lots[ref];
  const Release& release = run.model.releases[lot.release];
  LotTypeTally& tally = run.state.types[release.type];
  if (run.settings.watcher != nullptr) [[unlikely]]
    tell_that_it_left(run, lot, false);
  const std::int64_t cycle = (run.now() - lot.released).ticks;
  ++tally.finished;
  tally.pieces += lot.pieces;
  tally.cycle_ticks += static_cast<double>(cycle);
  if (lot.work > 0) tally.flow_factors += static_cast<double>(cycle) / static_cast<double>(lot.work);
  tally.cycle_times.add(run.state.pages, run.lane(), cycle);
  tally.last_finish = run.now();
  if (release.has_due && lot.due < core::kLastInstant) {
    ++tally.with_due;
    if (lot.due < run.now()) {
      ++tally.tardy;
      tally.tardiness_ticks += static_cast<double>((run.now() - lot.due).ticks);
    }
  }
  if (run.model.has_reserves) [[unlikely]]
    end_reservation(run, ref);
  if (run.model.has_assembly && run.model.component_store(release.routing) != nullptr) [[unlikely]] {
    be_ready(run, ref);
    return;
  }
  ++run.state.factories[run.model.factory_of_site[release.site.index]].finished;
  tally.wip.add(run.now(), -1);
  run.state.lots.release(run.lane(), ref);
  --run.state.releases[lot.release].inside;
  if (lot.order != kNoRef) {
    run.ports.lot_made(lot.order, lot.quantity);
  } else {
    let_in(run, lot.release);
  }
}

bool is_scrapped(Run& run, Ref ref, const Operation& done) {
  Lot& lot = run.state.lots[ref];
  const Release& release = run.model.releases[lot.release];
  core::Draw draw = run.settings.random.draw(release.scrap, lot.number, lot.visit);
  std::int64_t lost = done.scrap > 0 && draw.uniform() < done.scrap ? lot.pieces : 0;
  if (lost == 0 && done.piece_scrap > 0) {
    for (std::int64_t piece = 0; piece < lot.pieces; ++piece) lost += draw.uniform() < done.piece_scrap ? 1 : 0;
  }
  WorkCentreState& centre = run.state.centres[done.centre];
  centre.pieces += lot.pieces;
  centre.scrapped += lost;
  LotTypeTally& tally = run.state.types[release.type];
  tally.scrapped_pieces += lost;
  if (lost == 0) return false;
  // Whoever ordered it begins as much of it anew.
  const Ref order = lot.order;
  const bool whole = lost == lot.pieces;
  const common::Quantity gone = whole ? lot.quantity : std::max<common::Quantity>(1, lot.quantity * lost / lot.pieces);
  if (whole) {
    end_as_scrap(run, ref);
  } else {
    lot.pieces -= lost;
    lot.quantity -= gone;
  }
  if (order != kNoRef) run.ports.lot_lost(order, gone);
  return whole;
}

void scrap(Run& run, Ref ref) {
  const Lot& lot = run.state.lots[ref];
  run.state.types[run.model.releases[lot.release].type].scrapped_pieces += lot.pieces;
  const Ref order = lot.order;
  const common::Quantity quantity = lot.quantity;
  end_as_scrap(run, ref);
  if (order != kNoRef) run.ports.lot_lost(order, quantity);
}

}  // namespace tierworks::factory
