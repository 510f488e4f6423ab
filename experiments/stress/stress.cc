#include "experiments/stress/stress.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>
#include <mutex>

#include "core/parallel/parallel.h"
#include "experiments/cpu_time.h"
#include "experiments/stress/ripple.h"
#include "models/world/outlook_flow.h"

namespace tierworks::experiments {

namespace {

class Stress {
 public:
  Stress(const world::Model& model, const StressOptions& options)
      : model_(model),
        options_(options),
        measure_(world::measure_of(model)),
        warm_(core::Instant{0} + model.warm_up),
        end_(warm_ + model.horizon),
        outcomes_(options.known) {
    outcomes_.resize(options.exercises.size());
    for (auto& row : outcomes_) row.resize(options.replications);
    // A day's demand: what waits for less, and for a moment, is no shortage that spreads.
    const world::Flow flow = world::flow_of(model);
    for (std::uint32_t i = 0; i < model.supply.stocks.size(); ++i) {
      const double resolution = model.items[model.supply.stocks[common::StockId{i}].item.index].resolution;
      short_units_.push_back(std::max(resolution, flow.stocks[i].rate * resolution));
    }
    for (const demand::Stream& stream : model.demand.streams) {
      prices_.push_back(stream.price / model.items[stream.item.index].resolution);
    }
    const auto& rows = world::kpi_rows(*measure_);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (rows[i].scope == "world" && std::string_view(rows[i].kpi->name) == "profit") profit_row_ = i;
    }
    for (std::uint32_t i = 0; i < model.disruption.shocks.size(); ++i) {
      shock_of_[model.disruption.shocks[disruption::ShockId{i}].name] = disruption::ShockId{i};
    }
  }

  void run() {
    std::size_t known = 0;
    for (const auto& row : outcomes_) {
      known += static_cast<std::size_t>(std::count_if(row.begin(), row.end(), [](const auto& o) { return !!o; }));
    }
    done_ = known;
    const std::size_t workers = std::max<std::size_t>(1, std::min(options_.threads, options_.replications));
    std::vector<std::optional<Worker>> at_work(workers);
    core::for_each_parallel(0, options_.replications, workers, [&](std::size_t i, std::size_t worker) {
      if (!at_work[worker]) at_work[worker].emplace(model_, measure_);
      replicate(*at_work[worker], static_cast<std::uint32_t>(i));
    });
  }

  Stressed fold();

 private:
  // From the strike on, looked at day by day.
  struct Walk {
    Trace trace;
    std::int64_t days = 0;  // looked at
  };

  // A run kept warm, one that is its branches in turn, and one that goes on from where a shorter outage ends.
  struct Worker {
    Worker(const world::Model& model, const std::shared_ptr<const world::Measure>& measure)
        : base(model, {}, measure), branch(model, {}, measure), shorter(model, {}, measure) {}
    world::Simulation base, branch, shorter;
    Walk walk, shorter_walk;
  };

  bool stopped() const { return options_.stop != nullptr && options_.stop->load(std::memory_order_relaxed); }

  core::Instant struck_at(const Exercise& exercise, std::uint32_t replication) const {
    if (!exercise.spread) return warm_ + exercise.after;
    const core::Randomness random{options_.seed, replication};
    core::Draw draw = random.draw(core::stream_name("", exercise.shock, "strikes"), 0);
    return warm_ + core::rounded(draw.uniform() * static_cast<double>(exercise.spread->ticks));
  }

  void warm_up(world::Simulation& simulation, std::uint32_t replication) const {
    simulation.start(options_.seed, replication);
    simulation.run_to(warm_);
  }

  // Goes on to `until`, and looks at each day that begins before.
  static void go_to(world::Simulation& simulation, core::Instant struck, core::Instant until, Walk& walk) {
    for (; struck + core::kDay * walk.days < until; ++walk.days) {
      simulation.run_to(struck + core::kDay * walk.days);
      if (walk.days % 7 == 0) walk.trace.demanded.push_back(simulation.demanded_now());
      simulation.add_waiting_now(walk.trace.waiting);
    }
    simulation.run_to(until);
  }

  void finish(world::Simulation& simulation, core::Instant struck, Walk& walk) {
    go_to(simulation, struck, end_, walk);
    walk.trace.demanded.push_back(simulation.demanded_now());
    simulation.add_waiting_now(walk.trace.waiting);
    walk.trace.add(simulation.unserved(), rules(struck));
    const std::uint64_t events = simulation.events();
    walk.trace.profit = simulation.finish_for(profit_row_) * core::in_days(model_.horizon);
    const std::scoped_lock lock(mutex_);
    events_ += events;
  }

  static void begin(Walk& walk) {
    walk.trace.clear();
    walk.days = 0;
  }

  OutcomeRules rules(core::Instant struck) const { return {struck, end_, options_.band_share, short_units_, prices_}; }

  void replicate(Worker& worker, std::uint32_t replication) {
    bool warm = false;
    std::map<std::pair<core::Instant, disruption::ShockId>, Trace> twins;
    std::vector<bool> done(options_.exercises.size());
    for (std::size_t e = 0; e < options_.exercises.size(); ++e) done[e] = outcomes_[e][replication].has_value();
    for (std::size_t e = 0; e < options_.exercises.size(); ++e) {
      if (done[e]) continue;
      if (stopped()) return;
      const core::Instant struck = struck_at(options_.exercises[e], replication);
      if (!(struck < end_)) continue;
      if (!warm && !options_.from_scratch) warm_up(worker.base, replication);
      warm = true;
      const disruption::ShockId silent = strikes_by_itself(shock_of_.at(options_.exercises[e].shock));
      auto twin = twins.find({struck, silent});
      if (twin == twins.end()) {
        branch(worker, replication, silent);
        begin(worker.walk);
        finish(worker.branch, struck, worker.walk);
        twin = twins.emplace(std::pair{struck, silent}, worker.walk.trace).first;
      }
      const std::vector<std::size_t> row = that_begin_alike(e, replication, done);
      branch(worker, replication, silent);
      tried(worker, row, replication, struck, twin->second);
      for (const std::size_t i : row) done[i] = true;
    }
  }

  // How long it is told to last; none: as the scenario says.
  std::optional<core::Duration> told_to_last(const Exercise& exercise, core::Instant struck) const {
    return exercise.whole_window ? std::optional(end_ - struck + core::kDay) : exercise.lasts;
  }

  // The exercise, and those to come that are the same run until the shorter of them is over, by rising length.
  std::vector<std::size_t> that_begin_alike(std::size_t first, std::uint32_t replication,
                                            const std::vector<bool>& done) const {
    const Exercise& exercise = options_.exercises[first];
    const core::Instant struck = struck_at(exercise, replication);
    std::vector<std::size_t> row{first};
    const disruption::Asleep asleep = asleep_in(model_, exercise);
    const auto may_share = [&](std::size_t e) {
      const auto lasts = told_to_last(options_.exercises[e], struck);
      return lasts && disruption::begins_alike(model_.disruption, shock_of_.at(exercise.shock), *lasts, asleep);
    };
    if (options_.from_scratch || !may_share(first)) return row;
    for (std::size_t e = first + 1; e < options_.exercises.size(); ++e) {
      const Exercise& other = options_.exercises[e];
      if (!done[e] && other.shock == exercise.shock && other.after == exercise.after &&
          other.spread == exercise.spread && asleep_in(model_, other) == asleep && may_share(e)) {
        row.push_back(e);
      }
    }
    std::stable_sort(row.begin(), row.end(), [&](std::size_t a, std::size_t b) {
      return told_to_last(options_.exercises[a], struck) < told_to_last(options_.exercises[b], struck);
    });
    return row;
  }

  // In `worker.branch`: one exercise after the other, the next one from where the shock of the last one ends.
  void tried(Worker& worker, const std::vector<std::size_t>& row, std::uint32_t replication, core::Instant struck,
             const Trace& twin) {
    const Exercise& first = options_.exercises[row.front()];
    const disruption::ShockId shock = shock_of_.at(first.shock);
    const disruption::Asleep asleep = asleep_in(model_, first);
    const auto outcome = [&](std::size_t e, const Trace& shaken) {
      Outcome out = outcome_of(model_, shaken, twin, rules(struck));
      out.loss += price_of_answers(shock, asleep);
      keep(e, replication, std::move(out));
    };
    worker.branch.strike(shock, struck, told_to_last(first, struck), asleep);
    begin(worker.walk);
    for (std::size_t i = 0; i + 1 < row.size(); ++i) {
      if (stopped()) return;
      const core::Duration lasts = *told_to_last(options_.exercises[row[i]], struck);
      const core::Instant over = struck + disruption::with_help(model_.disruption.shocks[shock], lasts, asleep);
      go_to(worker.branch, struck, std::min(over, end_), worker.walk);
      worker.shorter.fork_from(worker.branch);
      worker.shorter_walk = worker.walk;
      finish(worker.shorter, struck, worker.shorter_walk);
      outcome(row[i], worker.shorter_walk.trace);
      worker.branch.lengthen(shock, struck, *told_to_last(options_.exercises[row[i + 1]], struck), asleep);
    }
    finish(worker.branch, struck, worker.walk);
    outcome(row.back(), worker.walk.trace);
  }

  // The shock itself, if how things stand can set it off: it must not strike in its own twin, nor twice in the branch. None
  // if it cannot: what comes by chance is the same in both.
  disruption::ShockId strikes_by_itself(disruption::ShockId shock) const {
    const bool waits = model_.disruption.shocks[shock].when == disruption::Shock::When::condition;
    return waits ? shock : disruption::ShockId::none();
  }

  // Called upon once, and kept ready for the measured time.
  double price_of_answers(disruption::ShockId shock, const disruption::Asleep& asleep) const {
    double once = 0, per_year = 0;
    for (std::uint32_t i = 0; i < model_.disruption.answers.size(); ++i) {
      const disruption::Answer& answer = model_.disruption.answers[disruption::AnswerId{i}];
      if (answer.shock != shock || asleep[i]) continue;
      once += answer.cost;
      per_year += answer.cost_per_year;
    }
    return once + per_year * core::in_days(model_.horizon) / core::in_days(core::kYear);
  }

  void branch(Worker& worker, std::uint32_t replication, disruption::ShockId silent) const {
    if (options_.from_scratch) {
      warm_up(worker.branch, replication);
    } else {
      worker.branch.fork_from(worker.base);
    }
    worker.branch.keep_service();
    if (!silent.is_none()) worker.branch.look_no_more(silent);
  }

  void keep(std::size_t exercise, std::uint32_t replication, Outcome outcome) {
    const std::scoped_lock lock(mutex_);
    if (options_.keep) options_.keep(exercise, replication, outcome);
    outcomes_[exercise][replication] = std::move(outcome);
    if (options_.progress) options_.progress(++done_, options_.exercises.size() * options_.replications);
  }

  const world::Model& model_;
  const StressOptions& options_;
  std::shared_ptr<const world::Measure> measure_;
  core::Instant warm_, end_;
  std::size_t profit_row_ = 0;
  std::vector<double> short_units_, prices_;
  std::map<std::string, disruption::ShockId> shock_of_;
  std::mutex mutex_;
  std::vector<std::vector<std::optional<Outcome>>> outcomes_;
  std::size_t done_ = 0;
  std::uint64_t events_ = 0;
};

// Later than the window counts as the window.
Censored censored(const std::vector<Outcome>& outcomes, double Outcome::*time, double window, double confidence) {
  Censored out;
  std::vector<double> times;
  for (const Outcome& o : outcomes) {
    const bool never = std::isnan(o.*time);
    out.share += never ? 1.0 / static_cast<double>(outcomes.size()) : 0;
    times.push_back(never ? window : std::min(window, o.*time));
  }
  out.restricted_mean = core::student_interval(times, confidence);
  return out;
}

core::Interval interval_of(const std::vector<Outcome>& outcomes, double Outcome::*value, double confidence) {
  std::vector<double> values;
  for (const Outcome& o : outcomes) values.push_back(o.*value);
  return core::student_interval(values, confidence);
}

Stressed Stress::fold() {
  Stressed out;
  out.confidence = options_.confidence;
  out.window_days = core::in_days(model_.horizon);
  out.replications = options_.replications;
  for (std::size_t e = 0; e < options_.exercises.size(); ++e) {
    ExerciseResult result;
    result.exercise = options_.exercises[e];
    for (const auto& outcome : outcomes_[e]) {
      if (outcome) result.outcomes.push_back(*outcome);
    }
    result.replications = result.outcomes.size();
    out.replications = std::min(out.replications, result.replications);
    const auto& all = result.outcomes;
    const double window = out.window_days - core::in_days(result.exercise.after);
    if (!all.empty()) {
      result.survived = censored(all, &Outcome::survived, window, options_.confidence);
      result.recovered = censored(all, &Outcome::recovered, window, options_.confidence);
    }
    result.service_drop = interval_of(all, &Outcome::service_drop, options_.confidence);
    result.worst_service = interval_of(all, &Outcome::worst_service, options_.confidence);
    result.late = interval_of(all, &Outcome::late, options_.confidence);
    result.lost = interval_of(all, &Outcome::lost, options_.confidence);
    result.area = interval_of(all, &Outcome::area, options_.confidence);
    result.loss = interval_of(all, &Outcome::loss, options_.confidence);
    result.area_value = interval_of(all, &Outcome::area_value, options_.confidence);
    result.sites = site_effects(all);
    result.tiers = tier_effects(all, model_);
    result.depth = depth_in_tiers(all, model_, options_.confidence);
    out.exercises.push_back(std::move(result));
  }
  out.stopped = stopped();
  out.events = events_;
  return out;
}

}  // namespace

disruption::Asleep asleep_in(const world::Model& model, const Exercise& exercise) {
  disruption::Asleep asleep;
  for (const disruption::Answer& answer : model.disruption.answers) {
    const std::string name = model.disruption.shocks[answer.shock].name + "/" + answer.name;
    const auto& all = exercise.asleep;
    asleep.push_back(!exercise.answers || std::find(all.begin(), all.end(), name) != all.end());
  }
  return asleep;
}

Stressed stress(const world::Model& model, const StressOptions& options) {
  const auto wall = std::chrono::steady_clock::now();
  const double cpu = cpu_seconds_used();
  Stress experiment(model, options);
  experiment.run();
  Stressed out = experiment.fold();
  out.wall_seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - wall).count();
  out.cpu_seconds = cpu_seconds_used() - cpu;
  return out;
}

}  // namespace tierworks::experiments
