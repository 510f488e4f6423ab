#include "models/factory/parts.h"

#include <algorithm>

#include "models/factory/queue.h"
#include "models/factory/times.h"
#include "models/factory/watching.h"

namespace tierworks::factory {

using core::kNoRef;
using core::Ref;

namespace {

constexpr std::uint64_t kNumberOfLot = (std::uint64_t{1} << kPartShift) - 1;

// The row that names the parts of a lot that wait for each other; none if it was not divided.
Ref row_of_family(const Run& run, const Lot& lot) {
  for (Ref row = lot.promises; row != kNoRef; row = run.state.promises[row].next) {
    if (run.state.promises[row].family != kNoRef) return row;
  }
  return kNoRef;
}

Ref copy_of_promises(Run& run, Ref first) {
  core::Pool<Promise>& promises = run.state.promises;
  Ref copy = kNoRef;
  for (Ref row = first; row != kNoRef; row = promises[row].next) {
    Promise same = promises[row];
    same.next = copy;
    copy = promises.allocate(run.lane(), same);
  }
  return copy;
}

// The whole has to start by when the first of its parts has to.
void drop_promises(Run& run, Lot& lot, const Lot& whole) {
  while (lot.promises != kNoRef) {
    const Ref row = lot.promises;
    const Promise dropped = run.state.promises[row];
    for (Ref same = whole.promises; same != kNoRef; same = run.state.promises[same].next) {
      Promise& kept = run.state.promises[same];
      if (kept.at == dropped.at && kept.machine == dropped.machine) kept.before = std::min(kept.before, dropped.before);
    }
    lot.promises = run.state.promises[row].next;
    run.state.promises.release(run.lane(), row);
  }
}

void take_out(Run& run, Lot& lot, Ref row) {
  core::Pool<Promise>& promises = run.state.promises;
  Ref* link = &lot.promises;
  while (*link != row) link = &promises[*link].next;
  *link = promises[row].next;
  promises.release(run.lane(), row);
}

QueueState& store_of(Run& run, OperationId at) { return run.state.queues[run.model.operations[at].store]; }

// From an operation on, of so many pieces more.
std::int64_t work_left_of(const Run& run, OperationId at, std::int64_t pieces) {
  return at.is_none() ? 0 : whole(run.model.operations[at].piece_mean_left * static_cast<double>(pieces));
}

// Calls visit(part) for each that waits for the others of its lot.
template <class F>
void for_each_of_family(const Run& run, OperationId at, Ref family, F&& visit) {
  const QueueState& store = run.state.queues[run.model.operations[at].store];
  for (Ref ref = store.root; ref != kNoRef; ref = run.state.lots[ref].next) {
    const Lot& part = run.state.lots[ref];
    if (run.state.promises[row_of_family(run, part)].family == family) visit(part);
  }
}

void tell_that_all_came(const Run& run, OperationId at, Ref family) {
  for_each_of_family(run, at, family, [&](const Lot& part) { tell_wait(run, part, common::WaitsFor::parts); });
  for_each_of_family(run, at, family, [&](const Lot& part) {
    run.settings.watcher->lot_put_together(watched(part), part.arrived, run.now());
  });
}

// All that are left of a lot wait: they become one, which is no more in the store.
Ref join(Run& run, OperationId at, Ref family) {
  core::Pool<Lot>& lots = run.state.lots;
  QueueState& store = store_of(run, at);
  if (run.settings.watcher != nullptr) [[unlikely]]
    tell_that_all_came(run, at, family);
  Ref whole = kNoRef;
  for (Ref ref = store.root; ref != kNoRef;) {
    const Ref next = lots[ref].next;
    const Ref row = row_of_family(run, lots[ref]);
    if (run.state.promises[row].family == family) {
      remove_from_list(lots, store.root, ref);
      --store.waiting;
      take_out(run, lots[ref], row);
      if (whole == kNoRef) {
        whole = ref;
      } else {
        Lot& lot = lots[whole];
        Lot& part = lots[ref];
        lot.pieces += part.pieces;
        lot.quantity += part.quantity;
        lot.work += work_left_of(run, at, part.pieces);
        lot.serial = std::min(lot.serial, part.serial);
        lot.visit = std::max(lot.visit, part.visit);
        drop_promises(run, part, lot);
        const Release& release = run.model.releases[lot.release];
        --run.state.releases[lot.release].inside;
        run.state.types[release.type].wip.add(run.now(), -1);
        ++run.state.factories[run.model.factory_of_site[release.site.index]].joined;
        lots.release(run.lane(), ref);
      }
    }
    ref = next;
  }
  lots[whole].number &= kNumberOfLot;
  run.state.families.release(run.lane(), family);
  return whole;
}

}  // namespace

Ref divide(Run& run, Ref ref, const Operation& done) {
  core::Pool<Lot>& lots = run.state.lots;
  Lot& lot = lots[ref];
  const std::int64_t pieces = lot.pieces, quantity = lot.quantity;
  std::int64_t parts = std::min(done.split, pieces);
  if (lot.order != kNoRef) parts = std::min(parts, quantity);
  if (parts < 2) return kNoRef;
  if (!done.joins_at.is_none()) {
    const Ref family = run.state.families.allocate(run.lane(), Family{.parts = static_cast<std::uint32_t>(parts)});
    const Promise row{.at = done.joins_at,
                      .machine = MachineId::none(),
                      .before = core::kLastInstant,
                      .next = lot.promises,
                      .family = family};
    lot.promises = run.state.promises.allocate(run.lane(), row);
  }
  const Release& release = run.model.releases[lot.release];
  FactoryState& factory = run.state.factories[run.model.factory_of_site[release.site.index]];
  const auto share = [&](std::int64_t all, std::int64_t part) { return all * (part + 1) / parts - all * part / parts; };
  Ref others = kNoRef;
  for (std::int64_t part = parts; part-- > 1;) {
    Lot other = lots[ref];
    other.number |= static_cast<std::uint64_t>(part) << kPartShift;
    other.serial = factory.serial + static_cast<std::uint64_t>(part) - 1;
    other.pieces = share(pieces, part);
    other.work -= work_left_of(run, other.operation, pieces - other.pieces);
    other.quantity = share(quantity, part);
    other.promises = copy_of_promises(run, other.promises);
    other.next = others;
    others = lots.allocate(run.lane(), other);
  }
  factory.serial += static_cast<std::uint64_t>(parts) - 1;
  lots[ref].pieces = share(pieces, 0);
  lots[ref].work -= work_left_of(run, lots[ref].operation, pieces - lots[ref].pieces);
  lots[ref].quantity = share(quantity, 0);
  run.state.releases[lots[ref].release].inside += parts - 1;
  run.state.types[release.type].wip.add(run.now(), parts - 1);
  factory.divided += parts - 1;
  return others;
}

Ref put_together(Run& run, Ref ref) {
  Lot& part = run.state.lots[ref];
  const Ref row = row_of_family(run, part);
  const OperationId at = run.model.operations[part.operation].written;
  if (row == kNoRef || run.state.promises[row].at != at) return ref;
  const Ref id = run.state.promises[row].family;
  Family& family = run.state.families[id];
  QueueState& store = store_of(run, at);
  part.arrived = run.now();
  add_to_list(run.state.lots, store.root, ref);
  ++store.waiting;
  return ++family.waiting == family.parts ? join(run, at, id) : kNoRef;
}

void forget_waiting(Run& run, const Lot& part) {
  --run.state.families[run.state.promises[row_of_family(run, part)].family].waiting;
}

Ref part_lost(Run& run, Lot& part) {
  const Ref row = row_of_family(run, part);
  if (row == kNoRef) return kNoRef;
  const Ref id = run.state.promises[row].family;
  const OperationId at = run.state.promises[row].at;
  Family& family = run.state.families[id];
  if (--family.parts > family.waiting) return kNoRef;
  if (family.waiting > 0) return join(run, at, id);
  run.state.families.release(run.lane(), id);
  return kNoRef;
}

}  // namespace tierworks::factory
