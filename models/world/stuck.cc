#include "models/world/stuck.h"

#include <algorithm>
#include <unordered_map>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "models/factory/compile.h"
#include "models/factory/kpis.h"

namespace tierworks::world {

namespace {

using factory::OperationId;
using factory::ReleaseId;
using factory::WorkCentreId;

constexpr double kTimesThrough = 3;  // that a lot could have gone through its routing

std::string number(double value) { return value < 0.01 ? "less than 0.01" : fmt::format("{:.3g}", value); }

class Floors {
 public:
  Floors(const Model& model, const std::vector<KpiRow>& rows, const std::vector<double>& means)
      : model_(model), shop_(model.factory) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
      double Moved::*const what = field(*rows[i].kpi);
      if (what != nullptr) moved_[rows[i].scope].*what = means[i];
    }
  }

  std::vector<std::string> notes() {
    std::vector<std::vector<std::uint32_t>> still(shop_.factories.size());
    for (std::uint32_t c = 0; c < shop_.centres.size(); ++c) {
      const Moved& moved = moved_[scope_of(c)];
      if (moved.operations != 0 || !(moved.queue > 0)) continue;
      still[shop_.factory_of_site[shop_.centres[WorkCentreId{c}].site.index]].push_back(c);
    }
    for (std::size_t f = 0; f < still.size(); ++f) site(shop_.factories[f], still[f]);
    return std::move(notes_);
  }

 private:
  struct Moved {
    double operations = -1, queue = 0, lots = -1, wip = 0, pool = 0;
  };
  static double Moved::*field(const common::Kpi& kpi) {
    if (&kpi == &factory::kpi::operations) return &Moved::operations;
    if (&kpi == &factory::kpi::queue_length) return &Moved::queue;
    if (&kpi == &factory::kpi::lots) return &Moved::lots;
    if (&kpi == &factory::kpi::wip) return &Moved::wip;
    if (&kpi == &factory::kpi::pool) return &Moved::pool;
    return nullptr;
  }

  std::string path_of(std::uint32_t centre) const {
    return model_.sites[shop_.centres[WorkCentreId{centre}].site.index].name + "/" + shop_.centre_names[centre];
  }
  std::string scope_of(std::uint32_t centre) const { return "work_centre:" + path_of(centre); }

  // `still` are its work centres at which nothing began.
  void site(const factory::Factory& floor, const std::vector<std::uint32_t>& still) {
    const std::string& name = model_.sites[floor.site.index].name;
    double through = -1;  // worked out when it is wanted
    const auto for_long = [&](double waiting) {
      if (through < 0) through = slowest(floor);
      const double measured = measured_ticks(floor);
      return measured > kTimesThrough * through && waiting * measured > through;
    };
    bool stands = false;
    for (const std::uint32_t c : still) {
      const Moved& moved = moved_[scope_of(c)];
      if (!for_long(moved.queue)) continue;
      stands = true;
      notes_.push_back(fmt::format(
          "work centre {}: no operation was started in the measured time, and on average {} lots waited; look at {}",
          path_of(c), number(moved.queue), fmt::join(causes_at(WorkCentreId{c}), ", ")));
    }
    const Moved& moved = moved_["site:" + name];
    if (moved.lots != 0 || !(moved.wip + moved.pool > 0) || !for_long(moved.wip + moved.pool)) return;
    std::string where = moved.wip > 0 ? fmt::format("{} were in the factory", number(moved.wip)) : "";
    if (moved.pool > 0) {
      where += fmt::format("{}{} waited to be let in", where.empty() ? "" : " and ", number(moved.pool));
    }
    notes_.push_back(fmt::format("site {}: no lot was finished in the measured time, and on average {}; look at {}",
                                 name, where, fmt::join(causes_at(floor, stands), ", ")));
  }

  // From when the first lots are released, if plans say so.
  double measured_ticks(const factory::Factory& floor) const {
    core::Instant first = core::kLastInstant;
    for (ReleaseId id{0}; id.index < shop_.releases.size(); ++id.index) {
      const factory::Release& release = shop_.releases[id];
      if (release.site != floor.site) continue;
      core::Instant from = release.first;
      if (!release.trace.empty()) from = std::max(from, shop_.trace[release.trace.first].at);
      first = std::min(first, from);
    }
    const core::Instant end = core::Instant{0} + model_.warm_up + model_.horizon;
    const core::Instant begin = std::max(core::Instant{0} + model_.warm_up, first);
    return begin < end ? static_cast<double>((end - begin).ticks) : 0;
  }

  // Ticks that a lot of the slowest routing takes if it waits for nothing but batches, shifts and people.
  double slowest(const factory::Factory& floor) const {
    double longest = 0, on_share = 1;
    for (const factory::WorkCentre& centre : shop_.centres) {
      if (centre.site == floor.site) on_share = std::min(on_share, centre.on_share);
    }
    for (const factory::Crew& crew : shop_.crews) {
      if (crew.site == floor.site) on_share = std::min(on_share, crew.on_share);
    }
    const double move = longest_move(floor);
    for (ReleaseId id{0}; id.index < shop_.releases.size(); ++id.index) {
      if (shop_.releases[id].site == floor.site) longest = std::max(longest, time_through(shop_.releases[id], move));
    }
    return longest / on_share;
  }

  double time_through(const factory::Release& release, double move) const {
    const std::vector<double> visits = factory::expected_visits(shop_, release.routing, release.starts_at);
    const core::Range rows = shop_.routings[release.routing].operations;
    double ticks = 0;
    for (std::uint32_t i = 0; i < rows.size(); ++i) {
      const factory::Operation& operation = shop_.operations[OperationId{rows.first + i}];
      const factory::WorkCentre& centre = shop_.centres[operation.centre];
      double once = operation.lot_mean + operation.piece_mean * static_cast<double>(release.pieces) + move;
      if (operation.is_batch) {
        once += static_cast<double>(
            shop_.buckets[factory::BucketId{centre.buckets.first + operation.bucket}].longest_wait.ticks);
      }
      ticks += visits[i] * once;
    }
    return ticks;
  }

  double longest_move(const factory::Factory& floor) const {
    double longest = floor.has_transport ? core::mean_of(floor.transport, *shop_.tables) : 0;
    for (std::uint32_t m = 0; m < floor.locations * floor.locations; ++m) {
      const factory::Move& move = shop_.moves[floor.first_move + m];
      if (move.takes_time) longest = std::max(longest, core::mean_of(move.time, *shop_.tables));
    }
    return longest;
  }

  std::vector<std::string> causes_at(WorkCentreId id) const {
    const factory::WorkCentre& centre = shop_.centres[id];
    std::vector<std::string> causes;
    const auto add = [&](bool is_there, std::string_view words) {
      if (is_there && std::find(causes.begin(), causes.end(), words) == causes.end()) causes.emplace_back(words);
    };
    for (std::uint32_t b = centre.buckets.first; b < centre.buckets.last; ++b) {
      const factory::Bucket& bucket = shop_.buckets[factory::BucketId{b}];
      add(bucket.is_batch && bucket.least > 1 && bucket.longest_wait.ticks == 0,
          "whether enough lots for the least `batch` ever come together");
    }
    bool has_people = !centre.setup_crew.is_none(), assembles = false, acts_if_late = false;
    for (const factory::Operation& operation : shop_.operations) {
      if (operation.centre != id) continue;
      has_people = has_people || !operation.needs.empty();
      assembles = assembles || operation.assembles;
      acts_if_late = acts_if_late || shop_.acts_if_late(operation.written);
    }
    const bool does_not_start = !centre.shifts.empty() && centre.beyond_shift == factory::BeyondShift::do_not_start;
    add(has_people, "whether the shifts of its operators, or tools, meet its own");
    add(assembles, "whether what is built in (`assemble`) comes");
    add(acts_if_late, "`if_late`, which takes lots away before they start");
    add(does_not_start, "whether its work fits into a shift (`at_shift_end: do_not_start`)");
    add(has_buffers(centre.site), "`buffer`s whose lots wait for each other");
    add(causes.empty(), "its `shifts`, breakdowns and maintenance");
    return causes;
  }

  std::vector<std::string> causes_at(const factory::Factory& floor, bool stands) const {
    std::vector<std::string> causes;
    bool acts_if_late = false;
    for (const factory::Operation& operation : shop_.operations) {
      acts_if_late = acts_if_late ||
                     (shop_.routings[operation.routing].site == floor.site && shop_.acts_if_late(operation.written));
    }
    if (floor.control < shop_.controls.size()) {
      causes.emplace_back("the limits of `release_control`");
    }
    if (acts_if_late) causes.emplace_back("`if_late`, which may send lots back, or scrap them, each time");
    const bool has_repairers = std::any_of(
        shop_.centres.begin(), shop_.centres.end(),
        [&](const factory::WorkCentre& centre) { return centre.site == floor.site && !centre.repairers.is_none(); });
    if (has_repairers) causes.emplace_back("`repair_operator`s who stay with work that waits for the repair");
    if (has_buffers(floor.site)) causes.emplace_back("`buffer`s whose lots wait for each other");
    if (stands) causes.emplace_back("the work centres that started nothing");
    if (causes.empty()) causes.emplace_back("the queues of its work centres, and `scrap` and `then` of its routings");
    return causes;
  }

  bool has_buffers(common::SiteId site) const {
    return std::any_of(shop_.centres.begin(), shop_.centres.end(), [&](const factory::WorkCentre& centre) {
      return centre.site == site && centre.buffer != factory::kNoLimit;
    });
  }

  const Model& model_;
  const factory::Model& shop_;
  std::unordered_map<std::string, Moved> moved_;
  std::vector<std::string> notes_;
};

}  // namespace

std::vector<std::string> stuck_floors(const Model& model, const std::vector<KpiRow>& rows,
                                      const std::vector<double>& means) {
  if (model.factory.factories.empty()) return {};
  return Floors(model, rows, means).notes();
}

}  // namespace tierworks::world
