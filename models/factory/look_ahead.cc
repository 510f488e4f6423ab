#include "models/factory/look_ahead.h"

#include <limits>

#include "models/factory/lots.h"
#include "models/factory/machines.h"
#include "models/factory/steps.h"
#include "models/factory/times.h"

namespace tierworks::factory {

namespace {

using core::kNoRef;
using core::Ref;

struct NextLots {
  std::int64_t in = std::numeric_limits<std::int64_t>::max();  // ticks
  std::int64_t lots = 0;
};

// Ticks until its lots are done; none if it has none, or stands.
std::int64_t done_in(const Run& run, const MachineState& machine) {
  const bool works = machine.activity == MachineActivity::busy || machine.activity == MachineActivity::setup;
  return works && machine.lot != kNoRef ? ticks_left(run, machine) + machine.tail : 0;
}

bool comes_to(const Run& run, const Lot& lot, BatchQueue at) {
  const OperationId next = next_operation(run, lot);
  if (next.is_none()) return false;
  const Operation& operation = run.model.operations[next];
  return operation.centre == at.centre &&
         run.model.centres[at.centre].buckets.first + operation.bucket == at.bucket.index;
}

NextLots next_lots(const Run& run, BatchQueue at, std::int64_t room) {
  const Bucket& bucket = run.model.buckets[at.bucket];
  const Factory& factory = run.model.factories[run.model.factory_of_site[run.model.centres[at.centre].site.index]];
  NextLots next;
  std::int64_t left = room;
  for (std::uint32_t s = bucket.sources.first; s < bucket.sources.last; ++s) {
    const WorkCentreId source = run.model.sources[s];
    const core::Distribution* const move = way_between(run, factory, source, at.centre);
    const std::int64_t moving = move == nullptr ? 0 : whole(core::mean_of(*move, *run.model.tables));
    const core::Range machines = run.model.centres[source].machines;
    for (std::uint32_t m = machines.first; m < machines.last; ++m) {
      const MachineState& machine = run.state.machines[MachineId{m}];
      const std::int64_t in = done_in(run, machine) + moving;
      if (in <= moving || in > next.in) continue;
      const bool is_batch = run.model.operations[run.state.lots[machine.lot].operation].is_batch;
      for (Ref ref = machine.lot; ref != kNoRef; ref = is_batch ? run.state.lots[ref].next : kNoRef) {
        const Lot& lot = run.state.lots[ref];
        if (!comes_to(run, lot, at)) continue;
        if (in < next.in) {
          next = {.in = in, .lots = 0};
          left = room;
        }
        left -= bucket.in_pieces ? lot.pieces : 1;
        if (left >= 0) ++next.lots;
      }
    }
  }
  return next;
}

}  // namespace

bool looks_ahead(const Model& model, WorkCentreId id) {
  const core::Range buckets = model.centres[id].buckets;
  for (std::uint32_t b = buckets.first; b < buckets.last; ++b) {
    if (model.buckets[BucketId{b}].looks_ahead) return true;
  }
  return false;
}

bool waits_for_next(Run& run, BatchQueue at, QueueState& queue, std::int64_t busy) {
  const Bucket& bucket = run.model.buckets[at.bucket];
  const std::int64_t room = bucket.most - (bucket.in_pieces ? queue.pieces : queue.waiting);
  if (room <= 0) return false;
  const NextLots next = next_lots(run, at, room);
  if (next.lots == 0 || next.in >= busy) return false;
  const auto cost = static_cast<core::Int128>(queue.waiting) * next.in;
  if (cost >= static_cast<core::Int128>(next.lots) * (busy - next.in)) return false;
  const Instant look = run.now() + core::Duration{next.in};
  if (queue.look != look) {
    queue.look = look;
    run.sender.send(run.model.centres[at.centre].place, look, run.settings.phases.completion, WaitEnded{at.centre});
  }
  return true;
}

}  // namespace tierworks::factory
