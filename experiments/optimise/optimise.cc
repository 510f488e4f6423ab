#include "experiments/optimise/optimise.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>

#include "core/base/check.h"
#include "core/base/hash.h"
#include "experiments/cpu_time.h"
#include "experiments/optimise/race.h"

namespace tierworks::experiments {

namespace {

// What a violation of all of a bound costs, in multiples of the goal at the first point: enough that no saving pays for it.
constexpr double kOfViolation = 100;
constexpr double kOfNothing = 1e4;  // a point without a value
// The part of the budget that DIRECT-L has.
constexpr double kDirectShare = 0.5;
// Where both have converged before the budget is used up, a compass search begins with steps of this part of an axis.
constexpr std::int64_t kFirstStep = 16;
// The second phase looks around so many of the best points, and so much of their box beyond it.
constexpr std::size_t kAroundLeast = 8;
constexpr double kWider = 1, kLeastWidth = 0.05;

class Search {
 public:
  Search(const std::vector<Axis>& axes, const Models& models, const OptimiseOptions& options, Optimised& out)
      : axes_(axes), models_(models), options_(options), out_(out) {
    for (std::size_t a = 0; a < axes.size(); ++a) {
      if (axes[a].size() > 1) free_.push_back(a);
    }
  }

  void run() {
    const auto budget = static_cast<std::int64_t>(options_.budget);
    const std::int64_t all = points_of(axes_, budget);
    if (all <= budget) {
      out_.whole_space = true;
      std::vector<Point> points;
      for (std::int64_t n = 0; n < all; ++n) points.push_back(point_number(axes_, n));
      run_all(points, SearchPhase::all);
      return;
    }
    BoxSearch search;
    search.axes = free_.size();
    search.seed = options_.plan.seed;
    search.value = [&](SearchPhase phase, const std::vector<double>& at) { return value(phase, at); };
    search.enough = [&](SearchPhase phase) { return enough(phase); };
    search.around_the_best = [&](BoxSearch::Box& box) { return around_the_best(box); };
    const std::size_t rest = options_.budget - direct_budget();
    const std::size_t usual = 10 * (free_.size() + 1);
    search.population = std::clamp<std::size_t>(rest / 5, free_.size() + 2, usual);
    out_.faults = search_box(search);
    look_around();
  }

  // For who stopped before there was a race: what the search knows of its best point.
  void use_as_it_is() const {
    if (best_ == kNone) return;
    const Judged& judged = out_.tried[best_].judged;
    out_.rows = best_rows_;
    out_.kpis = best_kpis_;
    out_.finalists = {{best_, options_.plan.replications, judged, {}, true}};
    out_.best = 0;
    out_.race = Race::none;
    out_.found = judged.feasible ? Found::best : Found::no_point_meets_all;
  }

 private:
  std::size_t direct_budget() const {
    return std::max<std::size_t>(1, static_cast<std::size_t>(kDirectShare * static_cast<double>(options_.budget)));
  }
  bool stopped() const { return options_.plan.stop != nullptr && options_.plan.stop->load(std::memory_order_relaxed); }
  bool enough(SearchPhase phase) const {
    return stopped() || out_.tried.size() >= (phase == SearchPhase::direct ? direct_budget() : options_.budget);
  }

  Point rounded(const std::vector<double>& at) const {
    Point point(axes_.size(), 0);
    for (std::size_t f = 0; f < free_.size(); ++f) point[free_[f]] = axes_[free_[f]].index_at(at[f]);
    return point;
  }

  // For the search: what it makes less. In multiples of the goal's size at the first point that has one.
  double penalised(const Judged& judged) {
    if (!judged.has_value) return kOfNothing;
    if (scale_ == 0) scale_ = judged.goal.mean == 0 ? 1 : std::abs(judged.goal.mean);
    const double goal = judged.goal.mean / scale_;
    return (options_.goal.maximise ? -goal : goal) + kOfViolation * judged.violation;
  }

  double value(SearchPhase phase, const std::vector<double>& at) {
    const Point point = rounded(at);
    if (const auto known = values_.find(point); known != values_.end()) return known->second;
    if (enough(phase)) return kOfNothing;  // on the way out
    run_all({point}, phase);
    const auto now = values_.find(point);
    return now == values_.end() ? kOfNothing : now->second;
  }

  void run_all(const std::vector<Point>& points, SearchPhase phase) {
    const MakeModel make = [&](std::size_t p, std::string& why) { return models_.at(points[p], why); };
    const PointsResult ran = run_points(points.size(), make, options_.plan);
    const std::size_t goal = row_of(ran.rows, options_.goal.kpi);
    for (std::size_t p = 0; p < points.size(); ++p) {
      const PointRuns& runs = ran.points[p];
      if (!runs.whole && runs.refused.empty()) continue;  // stopped in the middle
      Tried tried{points[p], phase, runs.refused, {}, false};
      if (runs.whole) {
        std::vector<std::vector<double>> constrained;
        for (const Constraint& c : options_.constraints) constrained.push_back(runs.samples[row_of(ran.rows, c.kpi)]);
        tried.judged = judge(runs.samples[goal], constrained, options_.constraints, options_.confidence);
        const bool first = best_ == kNone;
        if (tried.judged.has_value &&
            (first || better(tried.judged, out_.tried[best_].judged, options_.goal.maximise))) {
          tried.best_so_far = true;
          best_ = out_.tried.size();
          best_rows_ = ran.rows;
          best_kpis_.clear();
          for (const auto& samples : runs.samples) {
            best_kpis_.push_back(core::student_interval(samples, options_.confidence));
          }
        }
      } else {
        ++out_.refused;
      }
      out_.events += runs.events;
      out_.fingerprint = core::chained(out_.fingerprint, runs.fingerprint);
      values_[points[p]] = penalised(tried.judged);
      out_.tried.push_back(std::move(tried));
    }
    if (options_.searched) options_.searched(out_.tried.size(), options_.budget);
  }

  // Steps along each axis from the best point, halved when none is better (compass search: Kolda, Lewis and Torczon, SIAM
  // Review 45(3), 2003). Ends where no neighbour is better, or with the budget.
  void look_around() {
    const auto over = [&] { return stopped() || best_ == kNone || out_.tried.size() >= options_.budget; };
    for (std::int64_t part = kFirstStep; !over();) {
      const Point centre = out_.tried[best_].point;
      bool smallest = true;
      for (const std::size_t axis : free_) {
        const std::int64_t step = std::max<std::int64_t>(1, axes_[axis].size() / part);
        smallest = smallest && step == 1;
        for (const std::int64_t move : {-step, step}) {
          Point next = centre;
          next[axis] = std::clamp(centre[axis] + move, std::int64_t{0}, axes_[axis].size() - 1);
          if (!over() && !values_.contains(next)) run_all({next}, SearchPhase::compass);
        }
      }
      if (out_.tried[best_].point != centre) continue;
      if (smallest) return;
      part *= 2;
    }
  }

  // The box of the best points, a little wider.
  bool around_the_best(BoxSearch::Box& box) const {
    if (best_ == kNone || out_.tried.size() >= options_.budget || stopped()) return false;
    std::vector<std::pair<double, Point>> order;
    for (const auto& [point, value] : values_) order.emplace_back(value, point);
    std::stable_sort(order.begin(), order.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    order.resize(std::min(order.size(), std::max(kAroundLeast, 4 * free_.size())));
    const auto middle = [&](std::int64_t index, std::size_t axis) {
      return (static_cast<double>(index) + 0.5) / static_cast<double>(axes_[axis].size());
    };
    for (const std::size_t axis : free_) {
      double low = 1, high = 0;
      for (const auto& [value, point] : order) {
        low = std::min(low, middle(point[axis], axis));
        high = std::max(high, middle(point[axis], axis));
      }
      const double step = 1 / static_cast<double>(axes_[axis].size());
      const double wider = kWider * (high - low) + std::max(kLeastWidth, step);
      box.low.push_back(std::max(0.0, low - wider));
      box.high.push_back(std::min(1.0, high + wider));
      box.start.push_back(middle(out_.tried[best_].point[axis], axis));
    }
    return true;
  }

  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

  const std::vector<Axis>& axes_;
  const Models& models_;
  const OptimiseOptions& options_;
  Optimised& out_;
  std::vector<std::size_t> free_;  // axes with more than one value
  std::map<Point, double> values_;
  std::size_t best_ = kNone;
  std::vector<world::KpiRow> best_rows_;
  std::vector<core::Interval> best_kpis_;
  double scale_ = 0;
};

}  // namespace

Optimised optimise(const std::vector<Axis>& axes, const Models& models, const OptimiseOptions& options) {
  TIERWORKS_CHECK(options.budget >= 1 && options.finalists >= 1 && options.first_stage >= 2,
                  "a search of no points, or a race of no finalists or of one replication");
  const auto wall = std::chrono::steady_clock::now();
  const double cpu = cpu_seconds_used();
  OptimiseOptions how = options;
  how.plan.keep.push_back(options.goal.kpi);
  for (const Constraint& c : options.constraints) how.plan.keep.push_back(c.kpi);
  Optimised out;
  out.seed = options.plan.seed;
  out.replications = options.plan.replications;
  out.threads = options.plan.threads;
  out.confidence = options.confidence;
  Search search(axes, models, how, out);
  search.run();
  race(axes, models, how, out);
  out.raced = !out.finalists.empty();
  if (!out.raced) search.use_as_it_is();
  out.stopped = options.plan.stop != nullptr && options.plan.stop->load(std::memory_order_relaxed);
  out.wall_seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - wall).count();
  out.cpu_seconds = cpu_seconds_used() - cpu;
  return out;
}

}  // namespace tierworks::experiments
