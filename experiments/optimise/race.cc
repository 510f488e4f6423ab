#include "experiments/optimise/race.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "core/base/hash.h"
#include "core/stats/kim_nelson.h"
#include "core/stats/paired.h"

namespace tierworks::experiments {

namespace {

// How often the next best points of the search are tried, if none of those before keeps the constraints.
constexpr std::size_t kMostRounds = 4;
// Finalists of one round are at least this part of some axis apart: neighbours would only share each other's luck.
constexpr std::int64_t kPartsOfAnAxis = 50;

// A point with its runs so far: samples[row][replication].
struct Runner {
  std::size_t tried = 0;  // kAsWritten: the scenario as it is written
  std::vector<std::vector<double>> samples;
  bool gone = false;  // could not be run, or misses a constraint
  bool in_race = true;
  std::size_t replications() const { return samples.empty() ? 0 : samples[0].size(); }
};
constexpr std::size_t kAsWritten = static_cast<std::size_t>(-1);

class Final {
 public:
  Final(const std::vector<Axis>& axes, const Models& models, const OptimiseOptions& options, Optimised& out)
      : axes_(axes), models_(models), options_(options), out_(out), order_(out.tried.size()) {
    std::iota(order_.begin(), order_.end(), std::size_t{0});
    std::erase_if(order_, [&](std::size_t t) { return !out.tried[t].judged.has_value; });
    std::stable_sort(order_.begin(), order_.end(), [&](std::size_t a, std::size_t b) {
      return better(out.tried[a].judged, out.tried[b].judged, options.goal.maximise);
    });
  }

  void run() {
    if (order_.empty()) return;
    for (std::size_t round = 0; round < kMostRounds && !order_.empty() && !stopped(); ++round) {
      if (take_next() > 0) break;
    }
    // The winner is judged by all of its replications; one that misses there leaves, and the others race on.
    while (!stopped() && left() > 0) {
      race();
      const std::size_t winner = best();
      if (judged(winner).feasible) break;
      runners_[winner].gone = true;
    }
    finish();
  }

 private:
  bool stopped() const { return options_.plan.stop != nullptr && options_.plan.stop->load(std::memory_order_relaxed); }
  std::size_t left() const {
    return static_cast<std::size_t>(
        std::count_if(runners_.begin(), runners_.end(), [](const Runner& r) { return !r.gone; }));
  }
  std::size_t goal_row() const { return row_of(out_.rows, options_.goal.kpi); }

  Judged judged(std::size_t runner) const {
    std::vector<std::vector<double>> constrained;
    for (const Constraint& c : options_.constraints) {
      constrained.push_back(runners_[runner].samples[row_of(out_.rows, c.kpi)]);
    }
    return judge(runners_[runner].samples[goal_row()], constrained, options_.constraints, options_.confidence);
  }

  // Runs those up to `target` replications, of which they have equally many. False if it was stopped.
  bool extend(const std::vector<Runner*>& who, std::size_t target) {
    if (who.empty() || who[0]->replications() >= target) return true;
    PointsPlan plan = options_.plan;
    const std::size_t have = who[0]->replications();
    plan.replications = target - have;
    plan.first_replication = kRaceReplications + static_cast<std::uint32_t>(have);
    const MakeModel make = [&](std::size_t p, std::string& why) {
      return who[p]->tried == kAsWritten ? models_.as_written() : models_.at(out_.tried[who[p]->tried].point, why);
    };
    const PointsResult ran = run_points(who.size(), make, plan);
    if (out_.rows.empty()) out_.rows = ran.rows;
    bool whole = true;
    for (std::size_t p = 0; p < who.size(); ++p) {
      const PointRuns& runs = ran.points[p];
      whole = whole && (runs.whole || !runs.refused.empty());
      if (!runs.whole) {
        who[p]->gone = true;
        continue;
      }
      who[p]->samples.resize(out_.rows.size());
      for (std::size_t row = 0; row < out_.rows.size(); ++row) {
        const std::size_t own = row_of(ran.rows, {out_.rows[row].kpi->name, out_.rows[row].scope});
        for (std::size_t r = 0; r < plan.replications; ++r) {
          who[p]->samples[row].push_back(own < ran.rows.size() ? runs.samples[own][r]
                                                               : std::numeric_limits<double>::quiet_NaN());
        }
      }
      out_.events += runs.events;
      out_.fingerprint = core::chained(out_.fingerprint, runs.fingerprint);
    }
    return whole;
  }

  bool neighbours(const Point& a, const Point& b) const {
    for (std::size_t axis = 0; axis < axes_.size(); ++axis) {
      if (std::abs(a[axis] - b[axis]) >= std::max<std::int64_t>(1, axes_[axis].size() / kPartsOfAnAxis)) return false;
    }
    return true;
  }

  // The next finalists on their first replications; how many of them keep the constraints.
  std::size_t take_next() {
    const std::size_t first = runners_.size();
    std::vector<std::size_t> later;
    for (const std::size_t t : order_) {
      const auto near = [&](const Runner& r) { return neighbours(out_.tried[t].point, out_.tried[r.tried].point); };
      if (runners_.size() - first == options_.finalists ||
          std::any_of(runners_.begin() + static_cast<std::ptrdiff_t>(first), runners_.end(), near)) {
        later.push_back(t);
      } else {
        runners_.push_back({t, {}, false, true});
      }
    }
    order_ = std::move(later);
    std::vector<Runner*> who;
    for (std::size_t r = first; r < runners_.size(); ++r) who.push_back(&runners_[r]);
    if (!extend(who, options_.first_stage)) return 0;
    for (std::size_t r = first; r < runners_.size(); ++r) {
      if (!runners_[r].gone && !judged(r).feasible) runners_[r].gone = true;
    }
    return left();
  }

  // Among those that are left, from their first replication on.
  void race() {
    std::vector<std::size_t> who;
    for (std::size_t r = 0; r < runners_.size(); ++r) {
      runners_[r].in_race = !runners_[r].gone;
      if (!runners_[r].gone) who.push_back(r);
    }
    out_.race = Race::none;
    if (who.size() < 2) return;
    const double mean = core::student_interval(runners_[who[0]].samples[goal_row()], options_.confidence).mean;
    out_.indifference = options_.indifference * std::abs(mean);
    // A confidence that guessing reaches needs no race either.
    if (!(out_.indifference > 0) || 2 * (1 - options_.confidence) >= static_cast<double>(who.size() - 1)) {
      out_.race = Race::impossible;
      return;
    }
    core::KimNelson kn(who.size(), options_.confidence, out_.indifference, options_.first_stage,
                       options_.goal.maximise);
    std::size_t target = options_.first_stage;
    for (std::size_t fed = 0; !kn.decided();) {
      std::vector<double> values(who.size());
      for (; fed < target && !kn.decided(); ++fed) {
        bool known = true;
        for (std::size_t w = 0; w < who.size(); ++w) {
          if (!kn.in_race(w)) continue;
          values[w] = runners_[who[w]].samples[goal_row()][fed];
          known = known && !std::isnan(values[w]);
        }
        if (known) kn.add(values);
      }
      if (kn.decided() || target >= options_.most || stopped()) break;
      target = std::min(options_.most, target + std::max<std::size_t>(2, target / 4));
      // Those that raced longer in an earlier race wait for the others.
      for (std::size_t w = 0; w < who.size(); ++w) {
        if (kn.in_race(w) && !extend({&runners_[who[w]]}, target)) return;
      }
    }
    out_.race = kn.decided() ? Race::decided : Race::undecided;
    for (std::size_t w = 0; w < who.size(); ++w) runners_[who[w]].in_race = kn.in_race(w);
  }

  // Of those in the race the one with the best mean; else the one that misses least.
  std::size_t best() const {
    std::size_t best = runners_.size();
    for (std::size_t r = 0; r < runners_.size(); ++r) {
      if (runners_[r].samples.empty() || (left() > 0 && (runners_[r].gone || !runners_[r].in_race))) continue;
      if (best == runners_.size() || better(judged(r), judged(best), options_.goal.maximise)) best = r;
    }
    return best;
  }

  void finish() {
    const std::size_t winner = best();
    if (winner == runners_.size()) return;
    out_.found = judged(winner).feasible ? Found::best : Found::no_point_meets_all;
    for (std::size_t r = 0; r < runners_.size(); ++r) {
      if (runners_[r].samples.empty()) continue;
      if (r == winner) out_.best = out_.finalists.size();
      const core::Interval difference = core::paired_difference(
          runners_[r].samples[goal_row()], runners_[winner].samples[goal_row()], options_.confidence);
      out_.finalists.push_back({runners_[r].tried, runners_[r].replications(), judged(r), difference,
                                r == winner || (!runners_[r].gone && runners_[r].in_race)});
    }
    const Runner& won = runners_[winner];
    for (const auto& samples : won.samples) {
      out_.kpis.push_back(core::student_interval(samples, options_.confidence));
    }
    Runner written{kAsWritten, {}, false, false};
    if (!models_.as_written || !extend({&written}, won.replications()) || written.gone) return;
    for (std::size_t row = 0; row < out_.rows.size(); ++row) {
      out_.as_written.push_back(core::student_interval(written.samples[row], options_.confidence));
      out_.differences.push_back(core::paired_difference(won.samples[row], written.samples[row], options_.confidence));
    }
  }

  const std::vector<Axis>& axes_;
  const Models& models_;
  const OptimiseOptions& options_;
  Optimised& out_;
  std::vector<std::size_t> order_;  // points of the search that have a value and are no finalists yet, the best first
  std::vector<Runner> runners_;
};

}  // namespace

void race(const std::vector<Axis>& axes, const Models& models, const OptimiseOptions& options, Optimised& out) {
  Final(axes, models, options, out).run();
}

}  // namespace tierworks::experiments
