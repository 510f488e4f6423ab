// `tierworks compare`: several scenarios or policies under common random numbers.
#include "experiments/compare/compare.h"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include "apps/cli/axes.h"
#include "apps/cli/loading.h"
#include "apps/cli/selection.h"
#include "apps/cli/terminal.h"
#include "apps/cli/variants.h"
#include "core/parallel/parallel.h"
#include "experiments/compare/tune.h"
#include "models/common/diagnostics.h"
#include "report/compare_table.h"

namespace tierworks::cli {

namespace {

constexpr std::size_t kMostRefusedShown = 5;

struct Refused {
  std::string name;
  std::vector<std::string> mistakes;
};

// What is wrong with each variant; the same mistakes are told once.
void tell(const std::vector<Refused>& refused, std::size_t all) {
  std::vector<const std::vector<std::string>*> told;
  for (const Refused& r : refused) {
    if (std::any_of(told.begin(), told.end(), [&](const auto* t) { return *t == r.mistakes; })) continue;
    if (told.size() == kMostRefusedShown) break;
    told.push_back(&r.mistakes);
    if (all > 1) message(fmt::format("variant {}:", r.name));
    for (const std::string& line : r.mistakes) message(line);
  }
  if (all > 1) message(fmt::format("{} of {} variants have mistakes; nothing was run", refused.size(), all));
}

// The options and scenarios of one comparison, made step by step; a step that fails has said why.
class Comparison {
 public:
  explicit Comparison(CompareOptions options) : options_(std::move(options)) {}
  int run();

 private:
  void take_from_file();
  bool plan();
  bool load_variants();
  bool load_alternatives();
  bool choose_options();
  bool choose_base();
  int tune();
  bool check(const std::vector<experiments::Variant>& variants) const;
  std::vector<experiments::Variant> variants() const;
  int report(const experiments::Compared& result);

  // One alternative of a variant that is tuned.
  struct Alternative {
    std::size_t variant;
    std::string words;
    Loaded loaded;
  };

  CompareOptions options_;
  Grid grid_;
  std::vector<Factor> factors_, tuned_;
  std::vector<Loaded> loaded_;  // by variant
  std::vector<Alternative> alternatives_;
  experiments::CompareOptions how_;
  report::ComparisonSubject subject_;
};

// What the section `compare` of the only, or first, file says; options come first.
void Comparison::take_from_file() {
  ScenarioOptions first = options_;
  first.scenario = options_.scenarios.front();
  const auto spec = read_quietly(first);
  if (!spec) return;  // loading it will say why
  const world::CompareSpec& s = spec->compare;
  if (!options_.decide_on && s.decide_on.stated) options_.decide_on = *s.decide_on;
  if (!options_.base && s.base.stated) options_.base = *s.base;
  if (options_.scenarios.size() > 1) return;
  const auto take = [](const auto& entries, const char* option, Factor::Kind kind, std::vector<Factor>& factors) {
    for (const auto& entry : entries) {
      factors.push_back({.kind = kind, .option = option, .path = entry.name, .label = {}, .values = *entry.spec});
      as_parameter(factors.back());
    }
  };
  if (options_.vary.empty() && options_.choices.empty()) {
    take(s.vary, "compare.vary", Factor::Kind::path, factors_);
    take(s.policy, "compare.policy", Factor::Kind::policy, factors_);
  }
  if (options_.tune.empty()) take(s.tune, "compare.tune", Factor::Kind::path, tuned_);
}

bool Comparison::plan() {
  take_from_file();
  for (const std::string& text : options_.vary) {
    auto factor = factor_of("--vary", Factor::Kind::path, text);
    if (!factor) return false;
    factors_.push_back(std::move(*factor));
  }
  for (const std::string& text : options_.choices) {
    auto factor = factor_of("--policy", Factor::Kind::policy, text);
    if (!factor) return false;
    factors_.push_back(std::move(*factor));
  }
  for (const std::string& text : options_.tune) {
    auto factor = factor_of("--tune", Factor::Kind::path, text);
    if (!factor) return false;
    tuned_.push_back(std::move(*factor));
  }
  label(tuned_);
  for (const std::vector<Factor>* list : {&factors_, &tuned_}) {
    for (const Factor& f : *list) {
      if (!f.path.starts_with("run.") && !f.path.starts_with("compare.")) continue;
      message(
          fmt::format("{} {}: is the same for all variants, which share seed and replications; use --seed, "
                      "--replications and the other options",
                      f.option, f.path));
      return false;
    }
  }
  auto grid = grid_of(options_, factors_);
  if (!grid) return false;
  grid_ = std::move(*grid);
  label(factors_);
  for (const Factor& f : factors_) subject_.varied.push_back(f.path);
  if (factors_.size() == 1 && options_.scenarios.size() == 1) subject_.head = factors_[0].label;
  if (factors_.empty()) subject_.head = "scenario";
  return true;
}

bool Comparison::load_variants() {
  std::vector<Refused> refused;
  for (const PlannedVariant& variant : grid_.variants) {
    std::vector<std::string> mistakes, notes;
    const bool first = loaded_.empty() && refused.empty();
    auto loaded = try_load(variant.options, mistakes, first && !options_.quiet ? &notes : nullptr);
    for (const std::string& note : notes) message(note);
    if (loaded) {
      loaded_.push_back(std::move(*loaded));
    } else {
      refused.push_back({variant.name, std::move(mistakes)});
    }
  }
  if (refused.empty()) return true;
  tell(refused, grid_.variants.size());
  return false;
}

bool Comparison::load_alternatives() {
  if (tuned_.empty()) return true;
  const std::size_t each = combinations(tuned_);
  if (each * grid_.variants.size() > kMostVariants) {
    message(fmt::format("--tune: more than {} alternatives; tune less at once", kMostVariants));
    return false;
  }
  std::vector<std::string> not_tuned, last_mistakes;
  for (std::size_t v = 0; v < grid_.variants.size(); ++v) {
    std::vector<Refused> refused;
    for (std::size_t c = 0; c < each; ++c) {
      ScenarioOptions options = grid_.variants[v].options;
      const std::string words = level_words(tuned_, choose(tuned_, c, options));
      std::vector<std::string> mistakes;
      auto loaded = try_load(options, mistakes);
      if (loaded) {
        alternatives_.push_back({v, words, std::move(*loaded)});
      } else {
        refused.push_back({grid_.variants[v].name + " " + words, std::move(mistakes)});
      }
    }
    if (refused.empty()) continue;
    if (refused.size() < each) {
      tell(refused, each);
      return false;
    }
    // A rule may have nothing to tune; it is compared as it is.
    not_tuned.push_back(grid_.variants[v].name);
    last_mistakes = refused.front().mistakes;
  }
  if (alternatives_.empty()) {
    for (const std::string& line : last_mistakes) message(line);
    return false;
  }
  for (const std::string& name : not_tuned) {
    message(fmt::format("note: {} is not tuned, because it takes none of the values: {}", name, last_mistakes.front()));
  }
  return true;
}

bool Comparison::choose_base() {
  how_.base = 0;
  if (!options_.base) return true;
  std::vector<std::string> names;
  std::vector<std::size_t> with_level;
  for (std::size_t v = 0; v < grid_.variants.size(); ++v) {
    const PlannedVariant& variant = grid_.variants[v];
    names.push_back(variant.name);
    if (variant.name == *options_.base || variant.options.scenario == *options_.base) {
      how_.base = v;
      return true;
    }
    if (std::find(variant.levels.begin(), variant.levels.end(), *options_.base) != variant.levels.end()) {
      with_level.push_back(v);
    }
  }
  if (with_level.size() == 1) {
    how_.base = with_level[0];
    return true;
  }
  const std::string hint = common::did_you_mean(*options_.base, names);
  if (names.size() > 12) names.resize(12);
  message(
      fmt::format("--base: no variant \"{}\"{}; expected one of: {}", *options_.base, hint, fmt::join(names, ", ")));
  return false;
}

bool Comparison::choose_options() {
  if (!choose_base()) return false;
  const world::RunSpec& run = loaded_[how_.base].spec.run;
  how_.replications = static_cast<std::size_t>(options_.replications.value_or(*run.replications));
  how_.most = static_cast<std::size_t>(options_.most_replications);
  how_.seed = options_.seed.value_or(static_cast<std::uint64_t>(*run.seed));
  how_.threads = options_.threads > 0 ? static_cast<std::size_t>(options_.threads) : core::hardware_threads();
  how_.confidence = *run.confidence;
  how_.factors = grid_.factors;
  how_.all_scopes = options_.all;
  how_.control_variates = options_.control_variates;
  how_.decide_on = kpi_at(options_.decide_on.value_or("total_cost"));
  for (const std::string& kpi : options_.show) how_.keep.push_back(kpi_at(kpi));
  subject_.shown = how_.keep;
  if (subject_.shown.empty())
    subject_.shown = {{"fill_rate"}, {"order_lead_time"}, {"inventory_value"}, {"total_cost"}};
  const auto share = [&](const char* option, const std::string& text, const char* example) {
    const auto value = share_of(text);
    if (!value) {
      message(fmt::format("{}: got \"{}\", expected a share above 0 and below 1, such as {}", option, text, example));
    }
    return value;
  };
  if (options_.confidence) {
    const auto confidence = share("--confidence", *options_.confidence, "99.9%");
    if (!confidence) return false;
    how_.confidence = *confidence;
  }
  if (options_.precision && !(how_.precision = share("--precision", *options_.precision, "1%"))) return false;
  if (!options_.pareto.empty()) {
    if (options_.pareto.size() != 2) {
      message(fmt::format("--pareto: got {}, expected two KPIs: --pareto total_cost,fill_rate",
                          fmt::join(options_.pareto, ",")));
      return false;
    }
    how_.pareto = {kpi_at(options_.pareto[0]), kpi_at(options_.pareto[1])};
  }
  if (!choose_selection(options_, loaded_.size(), how_)) return false;
  const bool stages = how_.precision || how_.indifference || how_.budget;
  if (stages && how_.replications < 2) {
    message("--replications: got 1, expected at least 2 for a first stage; 10 or more are usual");
    return false;
  }
  if (stages && !how_.budget && how_.most < how_.replications) how_.replications = how_.most;
  return true;
}

std::vector<experiments::Variant> Comparison::variants() const {
  std::vector<experiments::Variant> list;
  for (std::size_t v = 0; v < loaded_.size(); ++v) {
    list.push_back({grid_.variants[v].name, loaded_[v].model.get(), grid_.variants[v].levels});
  }
  return list;
}

bool Comparison::check(const std::vector<experiments::Variant>& variants) const {
  const std::string why = experiments::why_not(variants, how_);
  if (!why.empty()) message("compare: " + why);
  return why.empty();
}

// Afterwards each variant that can be tuned is its best alternative.
int Comparison::tune() {
  if (alternatives_.empty()) return kDone;
  std::vector<experiments::Variant> list;
  std::vector<std::size_t> variant_of_group, group_of;
  for (const Alternative& a : alternatives_) {
    if (variant_of_group.empty() || variant_of_group.back() != a.variant) variant_of_group.push_back(a.variant);
    group_of.push_back(variant_of_group.size() - 1);
    list.push_back({fmt::format("{} {}", grid_.variants[a.variant].name, a.words), a.loaded.model.get()});
  }
  if (list.size() > 1 && !check(list)) return kUsersInput;
  Progress progress(options_.quiet);
  experiments::CompareOptions how = how_;
  how.progress = [&](std::size_t done, std::size_t planned) { progress.show(done, planned); };
  const experiments::Tuned tuned = experiments::tune(list, group_of, how);
  if (tuned.chosen.empty() || tuned.compared.stopped) {
    message("stopped while tuning; there is nothing to report");
    return kInterrupted;
  }
  for (std::size_t g = 0; g < tuned.chosen.size(); ++g) {
    Alternative& best = alternatives_[tuned.chosen[g]];
    subject_.tuned.push_back({best.variant, best.words});
    loaded_[best.variant] = std::move(best.loaded);
  }
  subject_.tuning_replications = how_.replications;
  alternatives_.clear();
  return kDone;
}

int Comparison::report(const experiments::Compared& result) {
  subject_.base = subject_of(grid_.variants[how_.base].options, *loaded_[how_.base].model);
  subject_.scenarios = options_.scenarios;
  const std::string json = report::comparison_json(subject_, result);
  if (options_.out) {
    const std::string path = (std::filesystem::path(*options_.out) / "summary.json").string();
    if (const auto fault = write_whole(path, json)) {
      message(fmt::format("{}: cannot be written: {}", path, *fault));
      return kUsersInput;
    }
  }
  if (options_.json) {
    print(json);
  } else if (!options_.quiet) {
    print(report::comparison_table(subject_, result, {.colour = stdout_is_terminal(), .all = options_.all}));
  }
  return kDone;
}

int Comparison::run() {
  if (!plan() || !load_variants() || !choose_options()) return kUsersInput;
  if (!check(variants()) || !load_alternatives()) return kUsersInput;
  if (options_.out && !can_make_folder(*options_.out)) return kUsersInput;
  how_.stop = &catch_interrupt();
  if (const int code = tune(); code != kDone) return code;
  experiments::Compared result;
  {
    Progress progress(options_.quiet);
    how_.progress = [&](std::size_t done, std::size_t planned) { progress.show(done, planned); };
    result = experiments::compare(variants(), how_);
  }
  if (result.variants.empty()) {
    message("stopped before one replication of every variant was whole; there is nothing to report");
    return kInterrupted;
  }
  for (const experiments::ComparedVariant& v : result.variants) {
    for (const auto& [outcome, count] : v.outcomes) {
      if (outcome != world::Outcome::loop_without_delay || count < v.replications) continue;
      message(fmt::format("{}: every replication {}; look for work, transport and orders that all take no time", v.name,
                          world::in_words(outcome)));
      return kUsersInput;
    }
  }
  return report(result);
}

}  // namespace

int compare(const CompareOptions& options) { return Comparison(options).run(); }

}  // namespace tierworks::cli
