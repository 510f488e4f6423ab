#include "models/factory/surprise.h"

#include <algorithm>
#include <vector>

#include "core/random/distribution.h"

namespace tierworks::factory {

namespace {

double hours(double ticks) { return ticks / static_cast<double>(core::kHour.ticks); }

double work_of(const Model& model, const Operation& operation, const Release& release) {
  const double mean = core::mean_of(operation.time, *model.tables);
  return operation.per_piece ? mean * static_cast<double>(release.pieces) : mean;
}

bool comes_by_chance(const Release& release) {
  return release.when == Release::When::interval && !release.interval.is_constant();
}

// Draws of intervals; the one that ends behind the run has been drawn, too.
std::uint64_t intervals_drawn(const Release& release, const ReleaseState& state) {
  const bool is_over = release.count > 0 && state.outside + static_cast<std::int64_t>(state.released) >= release.count;
  return state.events + (is_over ? 0 : 1);
}

// Hours that are expected of a lot.
double expected_work(const Model& model, const Release& release) {
  double work = 0;
  const core::Range all = model.routings[release.routing].operations;
  for (std::uint32_t i = release.starts_at.index; i < all.last; ++i) {
    const Operation& operation = model.operations[OperationId{i}];
    work += operation.share * work_of(model, operation, release);
  }
  return hours(work);
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

bool is_known_from_the_start(const Model& model, const Release& release) {
  const Routing& routing = model.routings[release.routing];
  if (release.when == Release::When::wanted || !routing.draws_times) return false;
  return routing.times_known || goes_straight_on(model, routing);
}

// The work of lots beyond what is expected of them, drawn as plan_steps and drawn_time draw it.
class MoreWork {
 public:
  MoreWork(const Model& model, const Release& release, const core::Randomness& random)
      : model_(model), release_(release), random_(random) {
    const Routing& routing = model.routings[release.routing];
    first_ = routing.times_known ? routing.operations.first : release.starts_at.index;
    for (std::uint32_t i = first_; i < routing.operations.last; ++i) {
      const Operation& operation = model.operations[OperationId{i}];
      means_.push_back(operation.share * work_of(model, operation, release));
    }
  }
  // In hours.
  double of(std::uint64_t lot) const {
    double sum = 0;
    for (std::uint32_t visit = 0; visit < means_.size(); ++visit) {
      const Operation& operation = model_.operations[OperationId{first_ + visit}];
      const std::int64_t pieces = operation.per_piece && !operation.pieces_alike ? release_.pieces : 1;
      const double each = operation.pieces_alike ? static_cast<double>(release_.pieces) : 1;
      sum -= means_[visit];
      const bool passed_by =
          operation.share < 1 && random_.draw(release_.sampling, lot, visit).uniform() >= operation.share;
      if (passed_by) continue;
      core::Draw draw = random_.draw(release_.process, lot, visit);
      for (std::int64_t piece = 0; piece < pieces; ++piece) {
        sum += each *
               (operation.time.is_constant() ? operation.time.p : core::sample(operation.time, *model_.tables, draw));
      }
    }
    return hours(sum);
  }

 private:
  const Model& model_;
  const Release& release_;
  const core::Randomness& random_;
  std::uint32_t first_ = 0;
  std::vector<double> means_;  // ticks, by visit
};

// Sums of each term times what the terms before it came to, which fades. A term has the expectation 0 whatever came before, and
// so has the product.
class Bursts {
 public:
  explicit Bursts(double lots_at_once) {
    for (std::size_t i = 0; i < kBurstLots.size(); ++i) keep_[i] = std::max(0.0, 1 - lots_at_once / kBurstLots[i]);
  }
  void add(double term) {
    for (std::size_t i = 0; i < kBurstLots.size(); ++i) {
      sums_[i] += term * level_[i];
      level_[i] = level_[i] * keep_[i] + term;
    }
  }
  double sum(std::size_t i) const { return sums_[i]; }

 private:
  std::array<double, kBurstLots.size()> keep_{}, level_{}, sums_{};
};

void add_release(const Model& model, const Release& release, const ReleaseState& state, const core::Randomness& random,
                 Surprise& all) {
  const bool by_chance = comes_by_chance(release), has_work = is_known_from_the_start(model, release);
  if (!by_chance && !has_work) return;
  const MoreWork more_work(model, release, random);
  Bursts bursts(static_cast<double>(release.at_once));
  std::uint64_t lot = 0;
  const auto work_of_next_lot = [&] {
    const double more = has_work ? more_work.of(lot) : 0;
    ++lot;
    all.work += more;
    return more;
  };
  if (by_chance) {
    const double mean = core::mean_of(release.interval, *model.tables);
    const double per_event = expected_work(model, release) * static_cast<double>(release.at_once);
    const std::uint64_t draws = intervals_drawn(release, state);
    for (std::uint64_t n = 0; n < draws; ++n) {
      core::Draw draw = random.draw(release.arrivals, n);
      double term = (mean - core::sample(release.interval, *model.tables, draw)) / mean * per_event;
      all.lots += term;
      for (std::int64_t i = 0; i < release.at_once && lot < state.released; ++i) term += work_of_next_lot();
      bursts.add(term);
    }
  }
  while (lot < state.released) bursts.add(work_of_next_lot());
  for (std::size_t i = 0; i < kBurstLots.size(); ++i) all.bursts[i] += bursts.sum(i);
}

}  // namespace

Surprise surprise(const Model& model, const State& state, const core::Randomness& random) {
  Surprise all;
  for (std::uint32_t r = 0; r < model.releases.size(); ++r) {
    add_release(model, model.releases[ReleaseId{r}], state.releases[ReleaseId{r}], random, all);
  }
  return all;
}

}  // namespace tierworks::factory
