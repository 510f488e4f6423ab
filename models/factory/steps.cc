#include "models/factory/steps.h"

#include <array>
#include <span>

#include "core/random/philox_lanes.h"
#include "models/factory/times.h"

namespace tierworks::factory {

using core::kNoRef;
using core::Ref;

// Sampled and drawn by operation as written, so that another sequence finds the same times.
void plan_steps(Run& run, Lot& lot) {
  const Release& release = run.model.releases[lot.release];
  const Routing& routing = run.model.routings[release.routing];
  const core::Randomness& random = run.settings.random;
  const std::uint32_t n = routing.operations.size();
  std::array<std::uint64_t, kMostRandomOperations> words;  // of many draws, computed together
  std::array<std::uint32_t, kMostRandomOperations> order;
  if (routing.random_sequence) {
    for (std::uint32_t i = 0; i < n; ++i) order[i] = i;
    core::philox_words_of_draw(random.key(release.sequence), lot.number, random.replication,
                               std::span(words).first(n - 1));
    for (std::uint32_t i = n - 1; i > 0; --i) {
      const auto j = static_cast<std::uint32_t>(core::unit_interval(words[n - 1 - i]) * (i + 1));
      std::swap(order[i], order[j]);
    }
  }
  const std::uint64_t process = random.key(release.process);
  const bool draws = routing.times_known && routing.draws_times;
  const bool together = draws && n <= kMostRandomOperations;
  if (together) core::philox_words_of_visits(process, lot.number, random.replication, std::span(words).first(n));
  Ref last = kNoRef;
  for (std::uint32_t i = 0; i < n; ++i) {
    const std::uint32_t place = routing.random_sequence ? order[i] : i;
    Step step;
    step.operation = OperationId{routing.operations.first + place};
    const Operation& operation = run.model.operations[step.operation];
    const bool passed_by =
        operation.share < 1 && random.draw(release.sampling, lot.number, place).uniform() >= operation.share;
    if (passed_by) continue;
    if (!routing.times_known) {
      step.ticks = mean_of(operation, lot.pieces);
    } else if (operation.time.is_constant()) {
      step.ticks = constant_time(lot, operation) + operation.handling;
    } else if (together && core::takes_one_word(operation.time) && !operation.per_piece) {
      step.ticks = whole(core::sample_by_word(operation.time, *run.model.tables, words[place])) + operation.handling;
    } else {
      core::Draw draw = together
                            ? core::Draw::with_first_word(process, lot.number, random.replication, words[place], place)
                            : core::Draw(process, lot.number, random.replication, place);
      step.ticks = sampled_time(run, lot, operation, draw) + operation.handling;
    }
    const Ref ref = run.state.steps.allocate(run.lane(), step);
    (last == kNoRef ? lot.plan : run.state.steps[last].next) = ref;
    last = ref;
    lot.work += step.ticks;
    ++lot.steps_left;
  }
  lot.work_left = lot.work;
}

OperationId next_operation(const Run& run, const Lot& lot) {
  if (lot.plan != kNoRef) {
    const Ref next = run.state.steps[lot.plan].next;
    return next == kNoRef ? OperationId::none() : run.state.steps[next].operation;
  }
  const Operation& operation = run.model.operations[lot.operation];
  const OperationId next{operation.written.index + 1};
  return next.index < run.model.routings[operation.routing].operations.last ? next : OperationId::none();
}

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

}  // namespace tierworks::factory
