#include "experiments/replicate/replicate.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <deque>
#include <map>
#include <mutex>
#include <optional>

#include <sys/resource.h>

#include "core/parallel/parallel.h"
#include "experiments/cpu_time.h"
#include "experiments/replicate/controlled.h"
#include "models/world/stuck.h"

namespace tierworks::experiments {

namespace {

std::int64_t peak_memory() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<std::int64_t>(usage.ru_maxrss) * 1024;
}

class Replications {
 public:
  Replications(const world::Model& model, const ReplicateOptions& options, const Plan& plan)
      : model_(model),
        options_(options),
        plan_(plan),
        measure_(world::measure_of(model)),
        rows_(world::kpi_rows(*measure_)),
        simulations_(plan.side_by_side) {}

  // Runs replications until there are `target`, or the user stops.
  void run_up_to(std::size_t target) {
    const std::size_t first = results_.size();
    results_.resize(target);
    const std::size_t rows = columns();
    // One block for all that is planned: what each run leaves behind would otherwise lie between what it only borrows.
    Block& block = blocks_.emplace_back(Block{first, std::vector<double>((target - first) * rows)});
    core::for_each_parallel(first, target, simulations_.size(), [&](std::size_t i, std::size_t worker) {
      if (stopped()) return;
      if (!simulations_[worker]) simulations_[worker].emplace(model_, plan_.run, measure_);
      world::Simulation& simulation = *simulations_[worker];
      const std::uint32_t replication = options_.first_replication + static_cast<std::uint32_t>(i);
      const world::RunResult result = options_.run_one ? options_.run_one(simulation, options_.seed, replication)
                                                       : simulation.run(options_.seed, replication);
      const auto to = block.values.begin() + static_cast<std::ptrdiff_t>((i - first) * rows);
      const auto end = std::copy(result.values.begin(), result.values.end(), to);
      if (options_.control_variates) {
        const world::Controls controls = simulation.controls();
        std::copy(controls.begin(), controls.end(), end);
      }
      results_[i] = Left{result.fingerprint, result.events, result.outcome, result.trouble};
      if (options_.progress) {
        const std::scoped_lock lock(progress_);
        options_.progress(++done_, target);
      }
    });
    // Whole replications only, and without gaps, so that the numbers are those of a shorter experiment.
    const auto gap = std::find_if(results_.begin(), results_.end(), [](const auto& r) { return !r.has_value(); });
    results_.erase(gap, results_.end());
  }

  bool stopped() const { return options_.stop != nullptr && options_.stop->load(std::memory_order_relaxed); }

  std::vector<core::Interval> plain_intervals() const {
    std::vector<core::Interval> intervals;
    for (std::size_t row = 0; row < rows_.size(); ++row) {
      intervals.push_back(core::student_interval(samples(row), options_.confidence));
    }
    return intervals;
  }

  std::vector<core::Interval> intervals() const {
    if (!options_.control_variates) return plain_intervals();
    std::vector<core::Interval> intervals;
    const std::vector<core::ControlValues> controls = this->controls();
    for (std::size_t row = 0; row < rows_.size(); ++row) {
      intervals.push_back(core::controlled_interval(samples(row), controls, options_.confidence).interval);
    }
    return intervals;
  }

  // Every named KPI of the whole world is known to the wanted share of its mean.
  bool precise(const Precision& wanted) const {
    const auto now = intervals();
    for (std::size_t row = 0; row < rows_.size(); ++row) {
      if (rows_[row].scope != "world") continue;
      const bool named = std::find(wanted.kpis.begin(), wanted.kpis.end(), rows_[row].kpi->name) != wanted.kpis.end();
      if (!named || now[row].n == 0) continue;
      const bool exact = now[row].half_width == 0;
      if (!exact && !(now[row].half_width <= wanted.relative * std::abs(now[row].mean))) return false;
    }
    return true;
  }

  Replicated fold() const {
    Replicated out;
    out.rows = rows_;
    out.kpis = intervals();
    if (options_.control_variates) {
      out.plain = plain_intervals();
      add_varying(controls(), out.controls);
    }
    out.replications = results_.size();
    std::map<world::Outcome, std::size_t> outcomes;
    std::uint64_t chain = 0;
    for (const auto& result : results_) {
      out.events += result->events;
      chain = (chain ^ result->fingerprint) * 0x9e3779b97f4a7c15ULL;
      chain ^= chain >> 32;
      if (result->outcome != world::Outcome::complete) ++outcomes[result->outcome];
      if (out.trouble.empty()) out.trouble = result->trouble;
    }
    out.fingerprint = chain;
    std::vector<double> means;
    for (const core::Interval& k : out.kpis) means.push_back(k.mean);
    out.notes = world::stuck_floors(model_, rows_, means);
    out.outcomes.assign(outcomes.begin(), outcomes.end());
    return out;
  }

  std::size_t size() const { return results_.size(); }

 private:
  // What a replication leaves behind beside its KPIs.
  struct Left {
    std::uint64_t fingerprint = 0;
    std::uint64_t events = 0;
    world::Outcome outcome = world::Outcome::complete;
    std::string trouble;
  };
  struct Block {
    std::size_t first;           // replication
    std::vector<double> values;  // row by row, then the controls, replication by replication
  };
  std::size_t columns() const { return rows_.size() + (options_.control_variates ? world::kControlNames.size() : 0); }
  double value(std::size_t replication, std::size_t row) const {
    auto block = blocks_.rbegin();
    while (replication < block->first) ++block;
    return block->values[(replication - block->first) * columns() + row];
  }
  std::vector<double> samples(std::size_t column) const {
    std::vector<double> values(results_.size());
    for (std::size_t i = 0; i < results_.size(); ++i) values[i] = value(i, column);
    return values;
  }
  std::vector<core::ControlValues> controls() const {
    std::vector<core::ControlValues> values;
    const std::size_t used = rows_.size() + controls_for(results_.size());
    for (std::size_t column = rows_.size(); column < used; ++column) values.push_back(samples(column));
    return values;
  }

  const world::Model& model_;
  const ReplicateOptions& options_;
  const Plan& plan_;
  std::shared_ptr<const world::Measure> measure_;
  const std::vector<world::KpiRow>& rows_;
  std::vector<std::optional<world::Simulation>> simulations_;  // by worker, made when first needed
  std::vector<std::optional<Left>> results_;
  std::deque<Block> blocks_;  // by rising first replication
  std::mutex progress_;
  std::size_t done_ = 0;
};

}  // namespace

Replicated replicate(const world::Model& model, const ReplicateOptions& options) {
  const auto wall = std::chrono::steady_clock::now();
  const double cpu = cpu_seconds_used();
  std::size_t target = std::max<std::size_t>(1, options.replications);
  bool precise = true;
  if (options.precision != nullptr) target = std::min(target, options.precision->most);
  const Plan how = plan(model, {.replications = target,
                                .threads = std::max<std::size_t>(1, options.threads),
                                .partitions = options.partitions,
                                .event_set = options.event_set});
  if (options.planned) options.planned(how.words);
  Replications replications(model, options, how);
  replications.run_up_to(target);
  if (options.precision != nullptr) {
    // The stages at which the intervals are looked at are fixed, whatever the number of threads.
    // Looked at before the wish to stop, so that an experiment cut short does not claim a precision that it never had.
    while (!(precise = replications.precise(*options.precision)) && !replications.stopped() &&
           target < options.precision->most) {
      target = std::min(options.precision->most, target + std::max<std::size_t>(2, target / 2));
      replications.run_up_to(target);
    }
  }
  Replicated out = replications.fold();
  out.asked = target;
  out.precise = precise;
  out.stopped = replications.stopped() && replications.size() < target;
  out.seed = options.seed;
  out.threads = options.threads;
  out.partitions = how.run.parts;
  out.confidence = options.confidence;
  out.wall_seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - wall).count();
  out.cpu_seconds = cpu_seconds_used() - cpu;
  out.peak_memory_bytes = peak_memory();
  return out;
}

}  // namespace tierworks::experiments
