#include "experiments/sweep/sweep.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <set>

#include "core/base/check.h"
#include "core/base/hash.h"
#include "experiments/cpu_time.h"
#include "experiments/sweep/design.h"

namespace tierworks::experiments {

namespace {

// Values of a range that hold fewer points than this, or that are more, are looked at in classes of neighbours.
constexpr std::size_t kLeastInClass = 4;
constexpr std::size_t kMostClasses = 8;
constexpr std::size_t kUsualClasses = 5;

// `chosen` are the points that have a value; a class counts them from 0.
std::vector<Class> classes_of(const Axis& axis, std::size_t a, const std::vector<Point>& points,
                              const std::vector<std::size_t>& chosen, bool grid) {
  std::set<std::int64_t> used;
  for (const std::size_t p : chosen) used.insert(points[p][a]);
  std::vector<Class> classes;
  const bool each_by_itself =
      grid || !axis.is_range() || (used.size() <= kMostClasses && used.size() * kLeastInClass <= chosen.size());
  if (each_by_itself) {
    for (const std::int64_t index : used) classes.push_back({axis.text(index), {}});
    for (std::size_t i = 0; i < chosen.size(); ++i) {
      const auto at = std::distance(used.begin(), used.find(points[chosen[i]][a]));
      classes[static_cast<std::size_t>(at)].points.push_back(i);
    }
    return classes;
  }
  // Equal parts of the range, as many as leave a few points to each.
  const std::size_t parts = std::clamp<std::size_t>(chosen.size() / kLeastInClass, 2, kUsualClasses);
  const std::int64_t size = axis.size();
  const auto first_of = [&](std::size_t part) {
    return static_cast<std::int64_t>(part) * size / static_cast<std::int64_t>(parts);
  };
  // Of thousands of decimals the last of one class and the first of the next are the same to the reader.
  const bool fine = axis.range.decimals > 0 && size > 200;
  for (std::size_t part = 0; part < parts; ++part) {
    const std::int64_t next = first_of(part + 1);
    Class made{axis.text(first_of(part), fine && next < size ? next : next - 1), {}};
    for (std::size_t i = 0; i < chosen.size(); ++i) {
      const std::int64_t index = points[chosen[i]][a];
      if (first_of(part) <= index && index < next) made.points.push_back(i);
    }
    if (!made.points.empty()) classes.push_back(std::move(made));
  }
  return classes;
}

void find_effects(const std::vector<Axis>& axes, const std::vector<Point>& points, const PointsResult& ran,
                  Swept& out) {
  std::vector<std::size_t> chosen;
  std::vector<std::vector<double>> samples;
  for (std::size_t p = 0; p < points.size(); ++p) {
    if (!ran.points[p].whole) continue;
    const std::vector<double>& own = ran.points[p].samples[out.decisive];
    if (std::all_of(own.begin(), own.end(), [](double v) { return std::isnan(v); })) continue;
    chosen.push_back(p);
    samples.push_back(own);
  }
  if (chosen.size() < 2) return;
  const auto whole_grid = static_cast<std::size_t>(points_of(axes, static_cast<std::int64_t>(points.size())));
  out.exact = chosen.size() == points.size() && whole_grid == points.size();
  for (std::size_t a = 0; a < axes.size(); ++a) {
    out.effects.push_back(
        effect_of(classes_of(axes[a], a, points, chosen, out.exact), samples, out.exact, out.confidence));
  }
  out.rank = rank_of(out.effects);
}

}  // namespace

std::vector<Point> points_of_design(Design design, const std::vector<Axis>& axes, std::size_t wanted,
                                    std::uint64_t seed) {
  std::vector<Point> points;
  if (design == Design::grid) {
    constexpr std::int64_t kMost = std::int64_t{1} << 32;
    const std::int64_t all = points_of(axes, kMost);
    TIERWORKS_CHECK(all <= kMost, "a grid of more points than anybody could run");
    for (std::int64_t n = 0; n < all; ++n) points.push_back(point_number(axes, n));
    return points;
  }
  const UnitPoints unit =
      design == Design::sobol ? sobol(wanted, axes.size(), seed) : latin_hypercube(wanted, axes.size(), seed);
  std::set<Point> seen;
  for (const auto& coordinates : unit) {
    Point point;
    for (std::size_t a = 0; a < axes.size(); ++a) point.push_back(axes[a].index_at(coordinates[a]));
    if (seen.insert(point).second) points.push_back(std::move(point));
  }
  return points;
}

Swept sweep(const std::vector<Axis>& axes, const std::vector<Point>& points, const MakeModel& make,
            const SweepOptions& options) {
  const auto wall = std::chrono::steady_clock::now();
  const double cpu = cpu_seconds_used();
  const PointsResult ran = run_points(points.size(), make, options.plan);
  Swept out;
  out.rows = ran.rows;
  out.decisive = row_of(ran.rows, options.decide_on);
  out.confidence = options.confidence;
  out.asked = points.size();
  out.replications = options.plan.replications;
  out.seed = options.plan.seed;
  out.threads = options.plan.threads;
  std::size_t whole = 0;
  for (std::size_t p = 0; p < points.size(); ++p) {
    const PointRuns& runs = ran.points[p];
    if (!runs.whole && runs.refused.empty()) continue;
    SweptPoint point{texts(axes, points[p]), runs.refused, {}, runs.events, runs.outcomes};
    for (const auto& samples : runs.samples) point.kpis.push_back(core::student_interval(samples, options.confidence));
    out.fingerprint = core::chained(out.fingerprint, runs.fingerprint);
    out.refused += runs.refused.empty() ? 0 : 1;
    whole += runs.whole ? 1 : 0;
    out.points.push_back(std::move(point));
  }
  out.stopped = out.points.size() < points.size();
  if (whole == 0) out.rows.clear();
  if (out.decisive < out.rows.size()) find_effects(axes, points, ran, out);
  out.wall_seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - wall).count();
  out.cpu_seconds = cpu_seconds_used() - cpu;
  return out;
}

}  // namespace tierworks::experiments
