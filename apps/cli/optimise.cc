// `tierworks optimise`: the values of parameters that are best for a goal.
#include "experiments/optimise/optimise.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <filesystem>

#include <fmt/format.h>

#include "apps/cli/axes.h"
#include "apps/cli/terminal.h"
#include "core/parallel/parallel.h"
#include "report/optimise_page.h"

namespace tierworks::cli {

namespace {

std::string trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return "";
  return std::string(text.substr(first, text.find_last_not_of(" \t") - first + 1));
}

// A bound in the unit of a KPI: "95 %" or 0.95 of a share, "2 d" or 48 of hours, a number of anything else.
std::optional<double> bound_of(const std::string& text, common::Unit unit) {
  double value = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (fault != std::errc{} || !std::isfinite(value)) return std::nullopt;
  const std::string rest = trimmed(std::string_view(end, static_cast<std::size_t>(text.data() + text.size() - end)));
  if (rest.empty()) return value;
  if (unit == common::Unit::share && rest == "%") return value / 100;
  if (unit != common::Unit::hours) return std::nullopt;
  for (const auto& [name, hours] : {std::pair{"min", 1.0 / 60}, {"h", 1.0}, {"d", 24.0}, {"wk", 168.0}}) {
    if (rest == name) return value * hours;
  }
  return std::nullopt;
}

// The options of one search, made step by step; a step that fails has said why.
class Optimisation {
 public:
  explicit Optimisation(OptimiseOptions options) : options_(std::move(options)) {}
  int run();

 private:
  bool read_space();
  bool read_goal();
  bool read_constraints(const world::Model& model);
  bool choose_options();
  std::unique_ptr<const world::Model> any_model();
  int report(const experiments::Optimised& result);

  OptimiseOptions options_;
  Space space_;
  experiments::OptimiseOptions how_;
  report::OptimiseSubject subject_;
};

bool Optimisation::read_space() {
  for (const std::string& text : options_.ranges) {
    auto range = range_of(text);
    if (!range) return false;
    space_.factors.push_back(std::move(range->first));
    space_.axes.push_back(std::move(range->second));
  }
  if (space_.axes.empty()) {
    message("optimise: there is nothing to search; name a range: --range sites.plant.stock.frame.level=80..140");
    return false;
  }
  label(space_.factors);
  for (std::size_t a = 0; a < space_.axes.size(); ++a) space_.axes[a].name = space_.factors[a].label;
  return check_paths(space_) && find_steps(space_, options_, options_.integer);
}

bool Optimisation::read_goal() {
  if (options_.minimise && options_.maximise) {
    message(
        "optimise: got both --minimise and --maximise, expected one goal; put the other as a constraint: "
        "--subject-to \"fill_rate >= 95 %\"");
    return false;
  }
  how_.goal.maximise = options_.maximise.has_value();
  how_.goal.kpi = kpi_at(options_.maximise.value_or(options_.minimise.value_or("total_cost")));
  return true;
}

bool Optimisation::read_constraints(const world::Model& model) {
  const auto known = [&](const char* option, const experiments::KpiAt& kpi) {
    const std::string why = unknown_kpi(model, kpi);
    if (!why.empty()) message(fmt::format("{}: {}", option, why));
    return why.empty();
  };
  if (!known(how_.goal.maximise ? "--maximise" : "--minimise", how_.goal.kpi)) return false;
  for (const std::string& kpi : options_.show) {
    subject_.shown.push_back(kpi_at(kpi));
    how_.plan.keep.push_back(subject_.shown.back());
    if (!known("--show", subject_.shown.back())) return false;
  }
  const std::vector<world::KpiRow> rows = world::kpi_rows(model);
  for (const std::string& text : options_.subject_to) {
    const std::size_t at = std::min(text.find(">="), text.find("<="));
    const std::string expected = "expected a KPI and its bound: --subject-to \"fill_rate >= 95 %\"";
    if (at == std::string::npos) {
      message(fmt::format("--subject-to: got \"{}\", {}", text, expected));
      return false;
    }
    experiments::Constraint made{kpi_at(trimmed(std::string_view(text).substr(0, at))), text[at] == '>', 0};
    if (!known("--subject-to", made.kpi)) return false;
    const common::Kpi& kpi = *rows[experiments::row_of(rows, made.kpi)].kpi;
    const std::string number = trimmed(std::string_view(text).substr(at + 2));
    const auto bound = bound_of(number, kpi.unit);
    if (!bound) {
      message(fmt::format("--subject-to \"{}\": got the bound \"{}\", expected {}", text, number,
                          kpi.unit == common::Unit::share   ? "a share such as 95 % or 0.95"
                          : kpi.unit == common::Unit::hours ? "a time such as 48 h or 2 d"
                                                            : "a number in the unit of the KPI"));
      return false;
    }
    made.bound = *bound;
    how_.constraints.push_back(made);
    subject_.constraint_words.push_back(
        fmt::format("{} {} {}", trimmed(std::string_view(text).substr(0, at)), made.at_least ? ">=" : "<=", number));
  }
  return true;
}

bool Optimisation::choose_options() {
  const auto spec = read_quietly(options_);
  const world::RunSpec run = spec ? spec->run : world::RunSpec{};
  how_.plan.replications = static_cast<std::size_t>(options_.replications.value_or(*run.replications));
  how_.plan.seed = options_.seed.value_or(static_cast<std::uint64_t>(*run.seed));
  how_.plan.threads = options_.threads > 0 ? static_cast<std::size_t>(options_.threads) : core::hardware_threads();
  how_.budget = static_cast<std::size_t>(options_.budget);
  how_.finalists = static_cast<std::size_t>(options_.finalists);
  how_.most = static_cast<std::size_t>(options_.most_replications);
  how_.first_stage = std::min(how_.most, std::max<std::size_t>(10, how_.plan.replications));
  how_.confidence = *run.confidence;
  const auto share = [](const char* option, const std::optional<std::string>& text, double& into) {
    if (!text) return true;
    const auto value = share_of(*text);
    if (!value) {
      message(fmt::format("{}: got \"{}\", expected a share above 0 and below 1, such as 1%", option, *text));
      return false;
    }
    into = *value;
    return true;
  };
  return share("--confidence", options_.confidence, how_.confidence) &&
         share("--indifference", options_.indifference, how_.indifference);
}

// Of the first point that the scenario takes, of some spread over the space; told if there is none.
std::unique_ptr<const world::Model> Optimisation::any_model() {
  for (const double at : {0.5, 0.0, 1.0, 0.25, 0.75}) {
    experiments::Point point;
    for (const experiments::Axis& axis : space_.axes) point.push_back(axis.index_at(at));
    std::vector<std::string> mistakes;
    auto loaded = try_load(space_.at(options_, point), mistakes);
    if (loaded) return std::move(loaded->model);
  }
  // Where every other one is refused, as it is written it may be sound.
  std::vector<std::string> mistakes;
  if (auto loaded = try_load(options_, mistakes)) return std::move(loaded->model);
  experiments::Point middle;
  for (const experiments::Axis& axis : space_.axes) middle.push_back(axis.index_at(0.5));
  tell_mistakes(space_, options_, middle);
  return nullptr;
}

int Optimisation::report(const experiments::Optimised& result) {
  subject_.axes = space_.axes;
  subject_.goal = how_.goal;
  subject_.constraints = how_.constraints;
  if (subject_.shown.empty()) subject_.shown = {{"fill_rate"}, {"inventory_value"}, {"total_cost"}};
  const std::string json = report::optimise_json(subject_, result);
  if (options_.out) {
    const std::filesystem::path folder(*options_.out);
    for (const auto& [name, text] :
         {std::pair{"summary.json", json}, std::pair{"trajectory.csv", report::trajectory_csv(subject_, result)}}) {
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
    print(report::optimise_table(subject_, result, {.colour = stdout_is_terminal(), .all = options_.all}));
  }
  if (result.found == experiments::Found::best) return kDone;
  message(fmt::format("no point that was tried meets {}", fmt::join(subject_.constraint_words, " and ")));
  return kTargetMissed;
}

int Optimisation::run() {
  if (!read_goal() || !choose_options() || !read_space()) return kUsersInput;
  const auto model = any_model();
  if (!model || !read_constraints(*model)) return kUsersInput;
  subject_.base = subject_of(options_, *model);
  if (options_.out && !can_make_folder(*options_.out)) return kUsersInput;
  how_.plan.stop = &catch_interrupt();
  const experiments::Models models{
      [&](const experiments::Point& point, std::string& why) -> std::unique_ptr<const world::Model> {
        std::vector<std::string> mistakes;
        auto loaded = try_load(space_.at(options_, point), mistakes);
        if (loaded) return std::move(loaded->model);
        why = mistakes.empty() ? "the scenario does not take it" : mistakes.front();
        return nullptr;
      },
      [&]() -> std::unique_ptr<const world::Model> {
        std::vector<std::string> mistakes;
        auto loaded = try_load(options_, mistakes);
        return loaded ? std::move(loaded->model) : nullptr;
      }};
  experiments::Optimised result;
  {
    Progress progress(options_.quiet, "points");
    how_.searched = [&](std::size_t done, std::size_t budget) { progress.show(done, std::max(done, budget)); };
    result = experiments::optimise(space_.axes, models, how_);
  }
  if (result.found == experiments::Found::nothing_ran) {
    if (result.stopped) {
      message("stopped before there was a best point; there is nothing to report");
      return kInterrupted;
    }
    if (result.refused == result.tried.size() && !result.tried.empty()) {
      tell_mistakes(space_, options_, result.tried.front().point);
      message(fmt::format("the scenario takes none of the {} points that were tried", result.tried.size()));
    } else {
      message(fmt::format("{} has no value at any of {} points", how_.goal.kpi.kpi, result.tried.size()));
    }
    return kUsersInput;
  }
  return report(result);
}

}  // namespace

int optimise(const OptimiseOptions& options) { return Optimisation(options).run(); }

}  // namespace tierworks::cli
