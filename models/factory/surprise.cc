#include "models/factory/surprise.h"

#include "core/random/distribution.h"

namespace tierworks::factory {

namespace {

double hours(double ticks) { return ticks / static_cast<double>(core::kHour.ticks); }

double work_of(const Model& model, const Operation& operation, const Release& release) {
  const double mean = core::mean_of(operation.time, *model.tables);
  return operation.per_piece ? mean * static_cast<double>(release.pieces) : mean;
}

// Lots of a plan with random intervals; the interval that ends behind the run has been drawn, too.
double more_lots(const Model& model, const Release& release, const ReleaseState& state,
                 const core::Randomness& random) {
  if (release.when != Release::When::interval || release.interval.is_constant()) return 0;
  const bool is_over = release.count > 0 && state.outside + static_cast<std::int64_t>(state.released) >= release.count;
  const std::uint64_t draws = state.events + (is_over ? 0 : 1);
  const double mean = core::mean_of(release.interval, *model.tables);
  double sum = 0;
  for (std::uint64_t n = 0; n < draws; ++n) {
    core::Draw draw = random.draw(release.arrivals, n);
    sum += mean - core::sample(release.interval, *model.tables, draw);
  }
  double work = 0;
  const core::Range all = model.routings[release.routing].operations;
  for (std::uint32_t i = release.starts_at.index; i < all.last; ++i) {
    const Operation& operation = model.operations[OperationId{i}];
    work += operation.share * work_of(model, operation, release);
  }
  return sum / mean * static_cast<double>(release.at_once) * hours(work);
}

// Each lot does each operation once and in one order, so that a visit is an operation.
bool goes_straight_on(const Model& model, const Routing& routing) {
  if (routing.random_sequence) return false;
  for (std::uint32_t i = routing.operations.first; i < routing.operations.last; ++i) {
    const Operation& operation = model.operations[OperationId{i}];
    if (operation.share < 1 || !operation.branches.empty() || operation.is_batch || operation.split > 1 ||
        !operation.ways.empty()) {
      return false;
    }
  }
  return true;
}

// Drawn as plan_steps and drawn_time draw it.
double more_work(const Model& model, const Release& release, const ReleaseState& state,
                 const core::Randomness& random) {
  const Routing& routing = model.routings[release.routing];
  if (release.when == Release::When::wanted || !routing.draws_times) return 0;
  if (!routing.times_known && !goes_straight_on(model, routing)) return 0;
  const std::uint32_t first = routing.times_known ? routing.operations.first : release.starts_at.index;
  double sum = 0;
  for (std::uint32_t i = first; i < routing.operations.last; ++i) {
    const Operation& operation = model.operations[OperationId{i}];
    const double mean = work_of(model, operation, release);
    const std::int64_t pieces = operation.per_piece && !operation.pieces_alike ? release.pieces : 1;
    const double each = operation.pieces_alike ? static_cast<double>(release.pieces) : 1;
    for (std::uint64_t lot = 0; lot < state.released; ++lot) {
      const bool passed_by =
          operation.share < 1 && random.draw(release.sampling, lot, i - first).uniform() >= operation.share;
      sum -= operation.share * mean;
      if (passed_by) continue;
      core::Draw draw = random.draw(release.process, lot, i - first);
      for (std::int64_t piece = 0; piece < pieces; ++piece) {
        sum += each *
               (operation.time.is_constant() ? operation.time.p : core::sample(operation.time, *model.tables, draw));
      }
    }
  }
  return hours(sum);
}

}  // namespace

Surprise surprise(const Model& model, const State& state, const core::Randomness& random) {
  Surprise all;
  for (std::uint32_t r = 0; r < model.releases.size(); ++r) {
    const Release& release = model.releases[ReleaseId{r}];
    all.lots += more_lots(model, release, state.releases[ReleaseId{r}], random);
    all.work += more_work(model, release, state.releases[ReleaseId{r}], random);
  }
  return all;
}

}  // namespace tierworks::factory
