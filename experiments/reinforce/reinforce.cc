#include "experiments/reinforce/reinforce.h"

#include <algorithm>
#include <limits>
#include <map>
#include <numeric>

namespace tierworks::experiments {

namespace {

double mean(const std::vector<double>& values) {
  return values.empty() ? 0 : std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

class Search {
 public:
  explicit Search(const ReinforceOptions& options) : options_(options) {
    out_.expected = std::all_of(options.per_year.begin(), options.per_year.end(),
                                [](const ShockFrequency& f) { return f.most > 0; });
  }

  Reinforced run() {
    std::vector<MeasureSet> first = affordable();
    out_.exact = !first.empty();
    first.insert(first.begin(), MeasureSet(options_.measures.size(), false));
    try_sets(first);
    if (!out_.exact) greedy();
    out_.stopped = halted();
    if (!out_.tried.empty()) choose();
    return std::move(out_);
  }

 private:
  bool halted() const { return options_.stopped && options_.stopped(); }

  double price_of(const MeasureSet& set) const {
    double price = 0;
    for (std::size_t i = 0; i < set.size(); ++i) price += set[i] ? options_.measures[i].price : 0;
    return price;
  }

  // All sets within the budget but the empty one; none if they are more than are tried.
  std::vector<MeasureSet> affordable() const {
    std::vector<MeasureSet> sets{MeasureSet(options_.measures.size(), false)};
    for (std::size_t i = 0; i < options_.measures.size(); ++i) {
      const std::size_t before = sets.size();
      for (std::size_t k = 0; k < before; ++k) {
        MeasureSet with = sets[k];
        with[i] = true;
        if (price_of(with) <= options_.budget) sets.push_back(std::move(with));
      }
      if (sets.size() > options_.most_sets) return {};
    }
    sets.erase(sets.begin());
    return sets;
  }

  // By replication, what is made small; of the worst shock on average where nothing is said of frequencies.
  std::vector<double> goal_of(const SetLoss& loss, std::size_t worst) const {
    if (!out_.expected) return loss.loss[worst];
    std::vector<double> sum(loss.loss.front().size(), 0);
    for (std::size_t k = 0; k < loss.loss.size(); ++k) {
      const double per_year = (options_.per_year[k].least + options_.per_year[k].most) / 2;
      for (std::size_t r = 0; r < sum.size(); ++r) sum[r] += per_year * loss.loss[k][r];
    }
    return sum;
  }

  // Those that are not known.
  void try_sets(const std::vector<MeasureSet>& sets) {
    std::vector<MeasureSet> fresh;
    for (const MeasureSet& set : sets) {
      if (!at_.contains(set)) fresh.push_back(set);
    }
    if (fresh.empty()) return;
    const std::vector<SetLoss> losses = options_.evaluate(fresh);
    for (std::size_t i = 0; i < losses.size(); ++i) keep(fresh[i], losses[i]);
  }

  void keep(const MeasureSet& set, const SetLoss& loss) {
    TriedSet row{.bought = set, .price = price_of(set), .loss = {}, .saved = {}};
    for (const auto& of_shock : loss.loss) row.loss.push_back(mean(of_shock));
    row.worst = static_cast<std::size_t>(std::max_element(row.loss.begin(), row.loss.end()) - row.loss.begin());
    const std::vector<double> goal = goal_of(loss, row.worst);
    row.goal = mean(goal);
    if (out_.tried.empty()) {
      nothing_ = goal;
      usual_ = mean(loss.usual_profit);
    }
    std::vector<double> saved(std::min(goal.size(), nothing_.size()));
    for (std::size_t r = 0; r < saved.size(); ++r) saved[r] = nothing_[r] - goal[r];
    row.saved = core::student_interval(saved, options_.confidence);
    row.forgone = usual_ - mean(loss.usual_profit);
    out_.tried.push_back(std::move(row));
    at_[set] = out_.tried.size() - 1;
  }

  // Adds what saves most for its price, one measure or a pair, as long as something does.
  void greedy() {
    std::size_t at = 0;
    while (!halted() && !out_.tried.empty()) {
      std::size_t best = at;
      double best_ratio = 0;
      const std::vector<MeasureSet> steps = steps_from(out_.tried[at].bought);
      try_sets(steps);
      for (const MeasureSet& next : steps) {
        if (!at_.contains(next)) return;  // stopped
        const std::size_t i = at_.at(next);
        const double saving = out_.tried[at].goal - out_.tried[i].goal;
        const double extra = std::max(1e-9, out_.tried[i].price - out_.tried[at].price);
        if (saving > 0 && saving / extra > best_ratio) {
          best = i;
          best_ratio = saving / extra;
        }
      }
      if (best == at) return;
      at = best;
    }
  }

  std::vector<MeasureSet> steps_from(const MeasureSet& set) const {
    std::vector<MeasureSet> steps;
    for (std::size_t i = 0; i < set.size(); ++i) {
      for (std::size_t k = i; k < set.size(); ++k) {
        MeasureSet next = set;
        if (next[i] || next[k]) continue;
        next[i] = next[k] = true;
        if (price_of(next) <= options_.budget) steps.push_back(std::move(next));
      }
    }
    return steps;
  }

  void choose() {
    std::vector<std::size_t> order(out_.tried.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      return out_.tried[a].price != out_.tried[b].price ? out_.tried[a].price < out_.tried[b].price
                                                        : out_.tried[a].goal < out_.tried[b].goal;
    });
    for (const std::size_t i : order) {
      if (out_.curve.empty() || out_.tried[i].goal < out_.tried[out_.curve.back()].goal) out_.curve.push_back(i);
    }
    out_.best = out_.curve.back();
    const TriedSet &nothing = out_.tried.front(), &best = out_.tried[out_.best];
    const double saved = nothing.loss[nothing.worst] - best.loss[nothing.worst];
    out_.break_even = saved > 0 ? (best.price + best.forgone) / saved : std::numeric_limits<double>::quiet_NaN();
  }

  const ReinforceOptions& options_;
  Reinforced out_;
  std::map<MeasureSet, std::size_t> at_;
  std::vector<double> nothing_;  // goal, by replication
  double usual_ = 0;
};

}  // namespace

Reinforced reinforce(const ReinforceOptions& options) { return Search(options).run(); }

}  // namespace tierworks::experiments
