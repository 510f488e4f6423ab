#include "experiments/compare/compare.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>
#include <memory>
#include <mutex>

#include "core/base/hash.h"
#include "core/parallel/parallel.h"
#include "core/stats/bootstrap.h"
#include "core/stats/kim_nelson.h"
#include "core/stats/ocba.h"
#include "core/stats/paired.h"
#include "core/stats/tally.h"
#include "experiments/compare/shared_orders.h"
#include "experiments/cpu_time.h"
#include "experiments/replicate/controlled.h"

namespace tierworks::experiments {

namespace {

// What a thread may keep of runs that it is not at: beyond it, a variant's memory is given back before the next one's turn.
constexpr std::size_t kMostKept = std::size_t{512} << 20;

using Rows = std::vector<world::KpiRow>;

class Comparison {
 public:
  Comparison(const std::vector<Variant>& variants, const CompareOptions& options)
      : variants_(variants), options_(options), going_on_(variants.size(), true), runs_(variants.size()) {
    for (const Variant& variant : variants) measures_.push_back(world::measure_of(*variant.model));
    choose_rows();
    workers_.resize(std::max<std::size_t>(1, options.threads));
    for (auto& simulations : workers_) simulations.resize(variants.size());
    decisive_ = row_of(rows_, options.decide_on);
    more_ = rows_[decisive_].kpi->more_is_better;
  }

  void run() {
    if (options_.budget) return share_out(*options_.budget);
    const bool stages = options_.precision || options_.indifference;
    target_ = std::max<std::size_t>(stages ? 2 : 1, options_.replications);
    if (stages) target_ = std::min(target_, std::max<std::size_t>(2, options_.most));
    run_up_to(target_);
    if (options_.indifference) start_race();
    // The stages at which is looked who goes on are fixed, whatever the number of threads.
    while (stages && choose_who_goes_on() && !stopped() && target_ < options_.most) {
      target_ = std::min(options_.most, target_ + std::max<std::size_t>(2, target_ / 4));
      run_up_to(target_);
      feed_race();
    }
  }

  Compared fold() const;

 private:
  struct Left {
    std::vector<double> values;  // by rows_
    std::vector<world::CustomersSeen> seen;
    std::uint64_t events = 0, fingerprint = 0;
    world::Controls controls{};
    world::Outcome outcome = world::Outcome::complete;
  };
  struct Runs {
    std::vector<std::size_t> row;  // by rows_: the model's own
    std::vector<std::optional<Left>> left;
    SharedOrders shared;
    std::size_t size() const { return left.size(); }
  };

  bool stopped() const { return options_.stop != nullptr && options_.stop->load(std::memory_order_relaxed); }

  // The rows of the base that all others have, and where each variant keeps them.
  void choose_rows() {
    std::vector<const Rows*> own;
    for (const auto& measure : measures_) own.push_back(&world::kpi_rows(*measure));
    std::vector<std::vector<std::size_t>> index;
    rows_ = common_rows(own, options_, index);
    for (std::size_t v = 0; v < variants_.size(); ++v) runs_[v].row = std::move(index[v]);
  }

  world::Simulation& simulation(std::size_t worker, std::size_t variant) {
    auto& own = workers_[worker];
    if (!own[variant]) {
      std::size_t kept = 0;
      for (const auto& other : own) kept += other ? other->bytes_used() : 0;
      if (kept > kMostKept) std::for_each(own.begin(), own.end(), [](auto& other) { other.reset(); });
      own[variant].emplace(*variants_[variant].model, world::RunPlan{}, measures_[variant]);
    }
    return *own[variant];
  }

  struct Task {
    std::size_t variant, replication;
  };

  void run_tasks(const std::vector<Task>& tasks) {
    core::for_each_parallel(0, tasks.size(), options_.threads, [&](std::size_t i, std::size_t worker) {
      if (stopped()) return;
      const auto [v, r] = tasks[i];
      world::Simulation& simulation = this->simulation(worker, v);
      const world::RunResult result =
          simulation.run(options_.seed, options_.first_replication + static_cast<std::uint32_t>(r));
      Left left{{}, simulation.customers_seen(), result.events, result.fingerprint, {}, result.outcome};
      if (options_.control_variates) left.controls = simulation.controls();
      left.values.reserve(rows_.size());
      for (const std::size_t row : runs_[v].row) left.values.push_back(result.values[row]);
      runs_[v].left[r] = std::move(left);
      if (options_.progress) {
        const std::scoped_lock lock(progress_);
        options_.progress(++done_, planned_);
      }
    });
  }

  // The first stage of all, then what is left of the budget in steps, each shared out by what is known before it.
  void share_out(std::size_t budget) {
    constexpr std::size_t kSteps = 20;
    const std::size_t n = variants_.size();
    target_ = std::max<std::size_t>(2, options_.replications);
    planned_ = std::max(budget, n * target_);
    std::size_t used = 0;
    std::vector<std::size_t> targets(n, target_);
    const std::size_t step = std::max<std::size_t>(1, (planned_ - n * target_) / kSteps);
    for (;;) {
      std::vector<Task> tasks;
      const std::size_t most = *std::max_element(targets.begin(), targets.end());
      for (std::size_t r = 0; r < most; ++r) {
        for (std::size_t v = 0; v < n; ++v) {
          if (runs_[v].size() <= r && r < targets[v]) tasks.push_back({v, r});
        }
      }
      for (std::size_t v = 0; v < n; ++v) runs_[v].left.resize(targets[v]);
      run_tasks(tasks);
      used += tasks.size();
      if (stopped() || used >= planned_) break;
      std::vector<double> means, variances;
      for (std::size_t v = 0; v < n; ++v) {
        core::Tally tally;
        for (const double value : samples(v, decisive_)) {
          if (!std::isnan(value)) tally.add(value);
        }
        means.push_back(tally.mean());
        variances.push_back(tally.variance());
      }
      targets =
          core::ocba_targets(core::ocba_shares(means, variances, more_), targets, std::min(step, planned_ - used));
    }
    whole_ = SIZE_MAX;
    for (Runs& runs : runs_) {
      const auto gap = std::find_if(runs.left.begin(), runs.left.end(), [](const auto& l) { return !l.has_value(); });
      runs.left.erase(gap, runs.left.end());
      whole_ = std::min(whole_, runs.size());
    }
    std::size_t kept = 0;
    for (const Runs& runs : runs_) kept += runs.size();
    cut_short_ = kept < planned_;
    if (whole_ == 0) return;
    const std::size_t least = whole_;
    whole_ = runs_[options_.base].size();
    count_shared(0);
    whole_ = least;
  }

  // Those that go on run replications until they have `target`, replication by replication, or until the user stops.
  void run_up_to(std::size_t target) {
    std::vector<Task> tasks;
    const std::size_t first = whole_;
    for (std::size_t r = first; r < target; ++r) {
      for (std::size_t v = 0; v < variants_.size(); ++v) {
        if (going_on_[v]) tasks.push_back({v, r});
      }
    }
    for (std::size_t v = 0; v < variants_.size(); ++v) {
      if (going_on_[v]) runs_[v].left.resize(target);
    }
    planned_ += tasks.size();
    run_tasks(tasks);
    // Replications that all who went on have brought to their end, so that the numbers are those of a shorter experiment.
    whole_ = target;
    for (std::size_t v = 0; v < variants_.size(); ++v) {
      if (!going_on_[v]) continue;
      const auto& left = runs_[v].left;
      const auto gap = std::find_if(left.begin(), left.end(), [](const auto& l) { return !l.has_value(); });
      whole_ = std::min(whole_, static_cast<std::size_t>(gap - left.begin()));
    }
    for (std::size_t v = 0; v < variants_.size(); ++v) {
      if (going_on_[v]) runs_[v].left.resize(whole_);
    }
    count_shared(first);
  }

  // What has been counted is forgotten: it could be large.
  void count_shared(std::size_t first) {
    for (std::size_t r = first; r < whole_; ++r) {
      for (std::size_t v = 0; v < variants_.size(); ++v) {
        if (v == options_.base || r >= runs_[v].size() || r >= runs_[options_.base].size()) continue;
        add_shared(runs_[v].left[r]->seen, runs_[options_.base].left[r]->seen, runs_[v].shared);
      }
      for (Runs& runs : runs_) {
        if (r < runs.size()) runs.left[r]->seen = {};
      }
    }
  }

  std::vector<double> samples(std::size_t variant, std::size_t row) const {
    std::vector<double> values;
    for (const auto& left : runs_[variant].left) values.push_back(left->values[row]);
    return values;
  }

  // Beside each sample; none unless they are asked for.
  std::vector<core::ControlValues> controls(std::size_t variant) const {
    std::vector<core::ControlValues> all(options_.control_variates ? controls_for(runs_[variant].size()) : 0);
    for (std::size_t c = 0; c < all.size(); ++c) {
      for (const auto& left : runs_[variant].left) all[c].push_back(left->controls[c]);
    }
    return all;
  }
  core::Controlled controlled(std::size_t variant, std::size_t row) const {
    return core::controlled_interval(samples(variant, row), controls(variant), options_.confidence);
  }
  core::Interval difference(std::size_t variant, std::size_t row) const {
    return controlled_difference(samples(variant, row), controls(variant), samples(options_.base, row),
                                 controls(options_.base), each_confidence());
  }

  double base_mean() const { return controlled(options_.base, decisive_).interval.mean; }
  double each_confidence() const { return core::bonferroni(options_.confidence, variants_.size() - 1); }

  void start_race() {
    indifference_ = options_.indifference->amount;
    if (options_.indifference->of_base) indifference_ *= std::abs(base_mean());
    if (!(indifference_ > 0) || whole_ < target_) return;
    race_.emplace(variants_.size(), options_.confidence, indifference_, target_, more_);
    feed_race();
  }

  // Replication by replication, as the procedure has it; one in which somebody has no value says nothing.
  void feed_race() {
    if (!race_) return;
    std::vector<double> values(variants_.size());
    for (; fed_ < whole_ && !race_->decided(); ++fed_) {
      bool known = true;
      for (std::size_t v = 0; v < variants_.size(); ++v) {
        if (!race_->in_race(v)) continue;
        values[v] = runs_[v].left[fed_]->values[decisive_];
        known = known && !std::isnan(values[v]);
      }
      if (known) race_->add(values);
    }
  }

  bool precise(std::size_t variant) const {
    const core::Interval d = difference(variant, decisive_);
    return d.n == 0 || d.half_width == 0 || d.half_width <= *options_.precision * std::abs(base_mean());
  }

  // False if nobody does.
  bool choose_who_goes_on() {
    bool anybody = false;
    const bool race_is_on = race_ && !race_->decided();
    for (std::size_t v = 0; v < variants_.size(); ++v) {
      bool wanted = going_on_[v];
      if (options_.indifference) wanted = wanted && race_is_on && race_->in_race(v);
      if (options_.precision) wanted = wanted && v != options_.base && !precise(v);
      going_on_next_.resize(variants_.size());
      going_on_next_[v] = wanted;
      anybody = anybody || wanted;
    }
    // Whoever is measured against the base needs it.
    if (options_.precision && going_on_[options_.base]) going_on_next_[options_.base] = anybody;
    going_on_ = going_on_next_;
    return anybody;
  }

  void fold_variant(std::size_t v, Compared& out) const;

  const std::vector<Variant>& variants_;
  const CompareOptions& options_;
  std::vector<std::shared_ptr<const world::Measure>> measures_;
  Rows rows_;
  std::size_t decisive_ = 0;
  bool more_ = true;
  std::vector<std::vector<std::optional<world::Simulation>>> workers_;  // by worker and variant
  std::vector<bool> going_on_, going_on_next_;
  std::vector<Runs> runs_;
  std::size_t whole_ = 0;   // replications of those that go on
  std::size_t target_ = 0;  // planned for them
  std::optional<core::KimNelson> race_;
  double indifference_ = 0;
  std::size_t fed_ = 0;
  bool cut_short_ = false;  // in the middle of a budget
  std::mutex progress_;
  std::size_t done_ = 0, planned_ = 0;
};

void Comparison::fold_variant(std::size_t v, Compared& out) const {
  ComparedVariant& to = out.variants[v];
  to.name = variants_[v].name;
  to.levels = variants_[v].levels;
  to.replications = runs_[v].size();
  to.shared = runs_[v].shared;
  to.in_race = !race_ || race_->in_race(v);
  for (std::size_t row = 0; row < rows_.size(); ++row) {
    const std::vector<double> own = samples(v, row), base = samples(options_.base, row);
    to.kpis.push_back(controlled(v, row).interval);
    to.differences.push_back(difference(v, row));
    if (options_.control_variates) to.plain.push_back(core::student_interval(own, options_.confidence));
    if (row == decisive_) to.variance_ratio = core::variance_ratio(own, base);
  }
  std::map<world::Outcome, std::size_t> outcomes;
  for (const auto& left : runs_[v].left) {
    to.events += left->events;
    out.fingerprint = core::chained(out.fingerprint, left->fingerprint);
    if (left->outcome != world::Outcome::complete) ++outcomes[left->outcome];
  }
  to.outcomes.assign(outcomes.begin(), outcomes.end());
}

Compared Comparison::fold() const {
  Compared out;
  out.rows = rows_;
  out.decisive = decisive_;
  out.base = options_.base;
  out.confidence = options_.confidence;
  out.each_confidence = each_confidence();
  out.factors = options_.factors;
  out.indifference = indifference_;
  if (whole_ == 0) return out;
  out.variants.resize(variants_.size());
  std::vector<std::vector<double>> deciding;
  std::vector<std::vector<std::string>> levels;
  for (std::size_t v = 0; v < variants_.size(); ++v) {
    fold_variant(v, out);
    deciding.push_back(controlled(v, decisive_).adjusted);
    add_varying(controls(v), out.controls);
    levels.push_back(variants_[v].levels);
  }
  const std::vector<double> probability = core::probability_best(deciding, more_, {.seed = options_.seed});
  for (std::size_t v = 0; v < variants_.size(); ++v) out.variants[v].probability_best = probability[v];
  const auto mean = [&](std::size_t v, std::size_t row) { return out.variants[v].kpis[row].mean; };
  out.best = variants_.size();
  for (std::size_t v = 0; v < variants_.size(); ++v) {
    if (!out.variants[v].in_race || std::isnan(mean(v, decisive_))) continue;
    const bool first = out.best == variants_.size();
    const bool ahead = !first && (more_ ? mean(v, decisive_) > mean(out.best, decisive_)
                                        : mean(v, decisive_) < mean(out.best, decisive_));
    if (first || ahead) out.best = v;
  }
  if (out.best == variants_.size()) out.best = options_.base;
  if (options_.pareto) {
    out.pareto = {row_of(rows_, (*options_.pareto)[0]), row_of(rows_, (*options_.pareto)[1])};
    std::array<std::vector<double>, 2> means;
    for (std::size_t axis = 0; axis < 2; ++axis) {
      for (std::size_t v = 0; v < variants_.size(); ++v) means[axis].push_back(mean(v, (*out.pareto)[axis]));
    }
    const std::vector<bool> front = pareto_front(means[0], rows_[(*out.pareto)[0]].kpi->more_is_better, means[1],
                                                 rows_[(*out.pareto)[1]].kpi->more_is_better);
    for (std::size_t v = 0; v < variants_.size(); ++v) out.variants[v].on_front = front[v];
  }
  if (!options_.factors.empty()) out.effects = main_effects(levels, deciding, options_.confidence);
  if (options_.indifference) {
    const bool known = std::any_of(probability.begin(), probability.end(), [](double p) { return !std::isnan(p); });
    if (!(indifference_ > 0) || !known) {
      out.race = Race::impossible;
    } else {
      out.race = race_ && race_->decided() ? Race::decided : Race::undecided;
    }
  }
  if (options_.precision) {
    for (std::size_t v = 0; v < variants_.size(); ++v) {
      const bool asked_for = v != options_.base && (!race_ || race_->in_race(v));
      if (asked_for && !precise(v)) out.precise = false;
    }
  }
  out.asked = target_;
  out.stopped = options_.budget ? cut_short_ : stopped() && whole_ < target_;
  if (options_.budget) out.budget = planned_;
  return out;
}

}  // namespace

Compared compare(const std::vector<Variant>& variants, const CompareOptions& options) {
  const auto wall = std::chrono::steady_clock::now();
  const double cpu = cpu_seconds_used();
  Comparison comparison(variants, options);
  comparison.run();
  Compared out = comparison.fold();
  out.seed = options.seed;
  out.threads = options.threads;
  out.wall_seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - wall).count();
  out.cpu_seconds = cpu_seconds_used() - cpu;
  return out;
}

}  // namespace tierworks::experiments
