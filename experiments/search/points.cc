#include "experiments/search/points.h"

#include <algorithm>
#include <limits>
#include <map>
#include <mutex>
#include <optional>

#include "core/base/hash.h"
#include "core/parallel/parallel.h"

namespace tierworks::experiments {

namespace {

// A point that is being run.
struct Made {
  std::unique_ptr<const world::Model> model;
  std::shared_ptr<const world::Measure> measure;
  std::vector<std::size_t> row;  // by PointsResult::rows: the model's own; its number of rows if it has none
};

struct Slot {
  std::mutex making;
  bool tried = false;
  std::shared_ptr<const Made> made;
  std::atomic<std::size_t> left{0};
};

struct Left {
  std::vector<double> values;
  std::uint64_t events = 0, fingerprint = 0;
  world::Outcome outcome = world::Outcome::complete;
};

struct Worker {
  std::shared_ptr<const Made> made;  // outlives the simulation
  std::optional<world::Simulation> simulation;
};

class Points {
 public:
  Points(std::size_t points, const MakeModel& make, const PointsPlan& plan)
      : make_(make), plan_(plan), slots_(points), left_(points * plan.replications) {
    result_.points.resize(points);
    for (Slot& slot : slots_) slot.left = plan.replications;
    workers_.resize(std::max<std::size_t>(1, plan.threads));
    planned_ = left_.size();
  }

  PointsResult run() {
    // The rows of all are those of the first that can be made.
    for (std::size_t p = 0; p < slots_.size() && result_.rows.empty() && !stopped(); ++p) (void)made(p);
    core::for_each_parallel(0, left_.size(), workers_.size(), [&](std::size_t i, std::size_t worker) {
      const std::size_t p = i / plan_.replications;
      if (!stopped()) run_one(i, workers_[worker]);
      if (--slots_[p].left == 0) slots_[p].made.reset();
    });
    for (std::size_t p = 0; p < slots_.size(); ++p) fold(p);
    return std::move(result_);
  }

 private:
  bool stopped() const { return plan_.stop != nullptr && plan_.stop->load(std::memory_order_relaxed); }

  bool wanted(const world::KpiRow& row) const {
    return row.scope == "world" || std::any_of(plan_.keep.begin(), plan_.keep.end(), [&](const KpiAt& k) {
             return row.scope == k.scope && row.kpi->name == k.kpi;
           });
  }

  std::shared_ptr<const Made> made(std::size_t point) {
    Slot& slot = slots_[point];
    const std::scoped_lock lock(slot.making);
    if (slot.tried) return slot.made;
    slot.tried = true;
    auto fresh = std::make_shared<Made>();
    fresh->model = make_(point, result_.points[point].refused);
    if (!fresh->model) {
      if (result_.points[point].refused.empty()) result_.points[point].refused = "the scenario does not take it";
      return nullptr;
    }
    fresh->measure = world::measure_of(*fresh->model);
    const std::vector<world::KpiRow>& own = world::kpi_rows(*fresh->measure);
    if (result_.rows.empty())
      std::copy_if(own.begin(), own.end(), std::back_inserter(result_.rows), [&](auto& row) { return wanted(row); });
    std::map<std::pair<std::string_view, std::string_view>, std::size_t> index;
    for (std::size_t i = 0; i < own.size(); ++i) index[{own[i].scope, own[i].kpi->name}] = i;
    for (const world::KpiRow& row : result_.rows) {
      const auto at = index.find({row.scope, row.kpi->name});
      fresh->row.push_back(at == index.end() ? own.size() : at->second);
    }
    return slot.made = std::move(fresh);
  }

  void run_one(std::size_t i, Worker& worker) {
    const std::size_t point = i / plan_.replications;
    const auto r = static_cast<std::uint32_t>(i % plan_.replications);
    const std::shared_ptr<const Made> made = this->made(point);
    if (made) {
      if (worker.made != made) {
        worker.simulation.reset();
        worker.made = made;
        worker.simulation.emplace(*made->model, world::RunPlan{}, made->measure);
      }
      const world::RunResult run = worker.simulation->run(plan_.seed, plan_.first_replication + r);
      Left left{{}, run.events, run.fingerprint, run.outcome};
      for (const std::size_t row : made->row) {
        left.values.push_back(row < run.values.size() ? run.values[row] : std::numeric_limits<double>::quiet_NaN());
      }
      left_[i] = std::move(left);
    }
    if (plan_.progress) {
      const std::scoped_lock lock(progress_);
      plan_.progress(++done_, planned_);
    }
  }

  void fold(std::size_t point) {
    PointRuns& to = result_.points[point];
    if (!to.refused.empty()) return;
    const auto first = left_.begin() + static_cast<std::ptrdiff_t>(point * plan_.replications);
    const auto last = first + static_cast<std::ptrdiff_t>(plan_.replications);
    to.whole = std::all_of(first, last, [](const auto& l) { return l.has_value(); });
    if (!to.whole) return;
    to.samples.resize(result_.rows.size());
    std::map<world::Outcome, std::size_t> outcomes;
    for (auto l = first; l != last; ++l) {
      for (std::size_t row = 0; row < result_.rows.size(); ++row) to.samples[row].push_back((*l)->values[row]);
      to.events += (*l)->events;
      to.fingerprint = core::chained(to.fingerprint, (*l)->fingerprint);
      if ((*l)->outcome != world::Outcome::complete) ++outcomes[(*l)->outcome];
    }
    to.outcomes.assign(outcomes.begin(), outcomes.end());
  }

  const MakeModel& make_;
  const PointsPlan& plan_;
  std::vector<Slot> slots_;
  std::vector<std::optional<Left>> left_;  // by point and replication
  std::vector<Worker> workers_;
  PointsResult result_;
  std::mutex progress_;
  std::size_t done_ = 0, planned_ = 0;
};

}  // namespace

PointsResult run_points(std::size_t points, const MakeModel& make, const PointsPlan& plan) {
  return Points(points, make, plan).run();
}

}  // namespace tierworks::experiments
