// `tierworks sweep`: a scenario at many points of a space of parameters.
#include "experiments/sweep/sweep.h"

#include <algorithm>
#include <array>
#include <filesystem>

#include <fmt/format.h>

#include "apps/cli/axes.h"
#include "apps/cli/terminal.h"
#include "core/parallel/parallel.h"
#include "report/sweep_page.h"

namespace tierworks::cli {

namespace {

constexpr std::int64_t kUsualPointsOfARange = 5;
constexpr std::int64_t kUsualPointsForEach = 10;  // parameter (Loeppky, Sacks and Welch, Technometrics 51(4), 2009)

// The options of one sweep, made step by step; a step that fails has said why.
class Sweep {
 public:
  explicit Sweep(SweepOptions options) : options_(std::move(options)) {}
  int run();

 private:
  void take_from_file();
  bool read_space();
  bool choose_points();
  bool choose_options();
  int report(const experiments::Swept& result);

  SweepOptions options_;
  std::vector<Factor> of_file_;        // what its section `sweep` varies
  std::size_t ranges_of_options_ = 0;  // the first ones of `options_.ranges`; the others are of the file
  Space space_;
  std::vector<experiments::Point> points_;
  experiments::SweepOptions how_;
  report::SweepSubject subject_;
};

// What the section `sweep` of the file says; options come first, and if one of them varies something, the file varies nothing.
void Sweep::take_from_file() {
  ranges_of_options_ = options_.ranges.size();
  const auto spec = read_quietly(options_);
  if (!spec) return;  // loading it will say why
  const world::SweepSpec& s = spec->sweep;
  if (!options_.design && s.design.stated) {
    constexpr std::array<const char*, 3> kNames{"grid", "lhs", "sobol"};
    options_.design = kNames[static_cast<std::size_t>(*s.design)];
  }
  if (!options_.points && s.points.stated) options_.points = *s.points;
  if (!options_.decide_on && s.decide_on.stated) options_.decide_on = *s.decide_on;
  if (options_.show.empty()) options_.show = *s.show;
  if (!options_.ranges.empty() || !options_.vary.empty() || !options_.choices.empty()) return;
  const auto take = [&](const auto& entries, const char* option, Factor::Kind kind) {
    for (const auto& entry : entries) {
      of_file_.push_back({.kind = kind, .option = option, .path = entry.name, .label = {}, .values = *entry.spec});
      as_parameter(of_file_.back());
    }
  };
  take(s.vary, "sweep.vary", Factor::Kind::path);
  take(s.policy, "sweep.policy", Factor::Kind::policy);
  for (const auto& range : s.range) options_.ranges.push_back(range.name + "=" + *range.spec);
}

bool Sweep::read_space() {
  std::vector<Factor> factors = of_file_;
  const auto add = [&](const std::vector<std::string>& texts, const char* option, Factor::Kind kind) {
    for (const std::string& text : texts) {
      auto factor = factor_of(option, kind, text);
      if (!factor) return false;
      factors.push_back(std::move(*factor));
    }
    return true;
  };
  if (!add(options_.vary, "--vary", Factor::Kind::path) || !add(options_.choices, "--policy", Factor::Kind::policy)) {
    return false;
  }
  add_factors(space_, factors);
  for (std::size_t r = 0; r < options_.ranges.size(); ++r) {
    auto range = range_of(options_.ranges[r], r < ranges_of_options_ ? "--range" : "sweep.range");
    if (!range) return false;
    space_.factors.push_back(std::move(range->first));
    space_.axes.push_back(std::move(range->second));
  }
  if (space_.axes.empty()) {
    if (!read_quietly(options_)) return load(options_, false).has_value();  // the file says nothing before it is mended
    message(
        "sweep: there is nothing to vary; name a range or values: --range sites.plant.stock.frame.level=80..140, "
        "--vary sites.plant.stock.frame.level=80,100,120, or write them into the file: `sweep: {range: "
        "{sites.plant.stock.frame.level: 80..140}}`");
    return false;
  }
  label(space_.factors);
  for (std::size_t a = 0; a < space_.axes.size(); ++a) space_.axes[a].name = space_.factors[a].label;
  return check_paths(space_) && find_steps(space_, options_, false);
}

bool Sweep::choose_points() {
  using experiments::Design;
  const bool ranges = !options_.ranges.empty();
  const std::string kind = options_.design.value_or(ranges ? "lhs" : "grid");
  const Design design = kind == "sobol" ? Design::sobol : kind == "lhs" ? Design::latin_hypercube : Design::grid;
  if (design == Design::grid) {
    // So many values of each range, spread evenly; all of one with steps of its own.
    for (std::size_t a = 0; a < space_.axes.size(); ++a) {
      experiments::Axis& axis = space_.axes[a];
      const bool stepped = axis.is_range() && options_.ranges[a - (space_.axes.size() - options_.ranges.size())].find(
                                                  " by ") != std::string::npos;
      if (!axis.is_range() || stepped) continue;
      const std::int64_t n = axis.size();
      const std::int64_t wanted = std::min(n, options_.points.value_or(kUsualPointsOfARange));
      std::vector<std::string> values;
      for (std::int64_t i = 0; i < wanted; ++i) {
        values.push_back(axis.text(wanted == 1 ? 0 : (i * (n - 1) + (wanted - 1) / 2) / (wanted - 1)));
      }
      axis.values = std::move(values);
    }
  }
  const auto usual = kUsualPointsForEach * static_cast<std::int64_t>(space_.axes.size());
  const std::int64_t wanted =
      design == Design::grid ? experiments::points_of(space_.axes, kMostVariants) : options_.points.value_or(usual);
  if (wanted > static_cast<std::int64_t>(kMostVariants)) {
    message(fmt::format("sweep: more than {} points; vary less at once, or take fewer: --design lhs --points 100",
                        kMostVariants));
    return false;
  }
  points_ = experiments::points_of_design(design, space_.axes, static_cast<std::size_t>(wanted), how_.plan.seed);
  subject_.design = kind;
  subject_.wanted = static_cast<std::size_t>(wanted);
  return true;
}

// After what the scenario says at the first point that it takes.
bool Sweep::choose_options() {
  const auto spec = read_quietly(options_);
  const world::RunSpec run = spec ? spec->run : world::RunSpec{};
  how_.plan.replications = static_cast<std::size_t>(options_.replications.value_or(*run.replications));
  how_.plan.seed = options_.seed.value_or(static_cast<std::uint64_t>(*run.seed));
  how_.plan.threads = options_.threads > 0 ? static_cast<std::size_t>(options_.threads) : core::hardware_threads();
  how_.confidence = *run.confidence;
  if (options_.confidence) {
    const auto share = share_of(*options_.confidence);
    if (!share) {
      message(fmt::format("--confidence: got \"{}\", expected a share above 0 and below 1, such as 99.9%",
                          *options_.confidence));
      return false;
    }
    how_.confidence = *share;
  }
  how_.decide_on = kpi_at(options_.decide_on.value_or("total_cost"));
  for (const std::string& kpi : options_.show) subject_.shown.push_back(kpi_at(kpi));
  how_.plan.keep = subject_.shown;
  how_.plan.keep.push_back(how_.decide_on);
  if (subject_.shown.empty()) subject_.shown = {{"fill_rate"}, {"inventory_value"}, {"total_cost"}};
  return true;
}

int Sweep::report(const experiments::Swept& result) {
  subject_.parameters = space_.names();
  subject_.paths = space_.paths();
  const std::string json = report::sweep_json(subject_, result);
  if (options_.out) {
    const std::filesystem::path folder(*options_.out);
    for (const auto& [name, text] :
         {std::pair{"summary.json", json}, std::pair{"points.csv", report::sweep_csv(subject_, result)}}) {
      const std::string path = (folder / name).string();
      if (const auto fault = write_whole(path, text)) {
        message(fmt::format("{}: cannot be written: {}", path, *fault));
        return kUsersInput;
      }
    }
  }
  if (options_.json) {
    print(json);
  } else if (!options_.quiet) {
    print(report::sweep_table(subject_, result, {.colour = stdout_is_terminal(), .all = options_.all}));
  }
  return kDone;
}

int Sweep::run() {
  take_from_file();
  if (!choose_options() || !read_space() || !choose_points()) return kUsersInput;
  // The first point that the scenario takes says what is measured.
  const experiments::MakeModel make = model_maker(space_, options_, points_);
  std::unique_ptr<const world::Model> model;
  for (std::size_t p = 0; p < points_.size() && !model; ++p) {
    std::string why;
    model = make(p, why);
  }
  if (!model) {
    tell_mistakes(space_, options_, points_.front());
    if (points_.size() > 1) message(fmt::format("the scenario takes none of {} points", points_.size()));
    return kUsersInput;
  }
  for (const experiments::KpiAt& kpi : how_.plan.keep) {
    if (const std::string why = unknown_kpi(*model, kpi); !why.empty()) {
      message("sweep: " + why);
      return kUsersInput;
    }
  }
  subject_.base = subject_of(options_, *model);
  model.reset();
  if (options_.out && !can_make_folder(*options_.out)) return kUsersInput;
  how_.plan.stop = &catch_interrupt();
  experiments::Swept result;
  {
    Progress progress(options_.quiet);
    how_.plan.progress = [&](std::size_t done, std::size_t planned) { progress.show(done, planned); };
    result = experiments::sweep(space_.axes, points_, make, how_);
  }
  if (result.rows.empty()) {
    message("stopped before all replications of one point were whole; there is nothing to report");
    return kInterrupted;
  }
  return report(result);
}

}  // namespace

int sweep(const SweepOptions& options) { return Sweep(options).run(); }

}  // namespace tierworks::cli
