// `tierworks reinforce`: which measures to buy within a budget, so that a stress test hurts least.
#include "experiments/reinforce/reinforce.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <filesystem>
#include <map>
#include <sstream>

#include <fmt/format.h>

#include "apps/cli/commands.h"
#include "apps/cli/exercises.h"
#include "apps/cli/loading.h"
#include "apps/cli/terminal.h"
#include "core/parallel/parallel.h"
#include "experiments/cpu_time.h"
#include "report/reinforce_table.h"
#include "scenarios/reader/phrases.h"

namespace tierworks::cli {

namespace {

using experiments::MeasureSet;
using experiments::SetLoss;

class Reinforcement {
 public:
  explicit Reinforcement(ReinforceOptions options) : options_(std::move(options)) {}
  int run();

 private:
  ScenarioOptions with_measures(const MeasureSet& set) const;
  std::optional<Loaded> load(const MeasureSet& set, AskedExercises& asked, bool with_notes);
  bool plan();
  // Measures that only answer shocks are compiled in where they do nothing before a shock strikes.
  void find_dormant(const world::ScenarioSpec& spec);
  std::string answer_of(std::size_t measure, const world::ScenarioSpec& spec) const;
  std::vector<SetLoss> evaluate(const std::vector<MeasureSet>& sets);
  bool evaluate_together(const MeasureSet& layout, const std::vector<MeasureSet>& sets,
                         const std::vector<std::size_t>& members, std::vector<SetLoss>& losses);
  int report(const experiments::Reinforced& result);

  ReinforceOptions options_;
  AskedExercises asked_;
  common::Entries<world::MeasureSpec> measures_;
  experiments::StressOptions stress_;
  experiments::ReinforceOptions how_;
  report::ReinforceSubject subject_;
  const std::atomic<bool>* stop_ = nullptr;
  bool failed_ = false;
  std::size_t sets_ = 0;
  std::vector<std::string> dormant_;  // by measure: "SHOCK/ANSWER"; "": it is none
};

// The scenario with the measures of the set.
ScenarioOptions Reinforcement::with_measures(const MeasureSet& set) const {
  ScenarioOptions options = options_;
  for (std::size_t m = 0; m < set.size(); ++m) {
    if (!set[m]) continue;
    for (const auto& change : measures_.list[m].spec.set) {
      options.overrides.push_back(change.name + "=" + *change.spec);
      options.told_by.push_back({change.name, fmt::format("measures.{}.set.{}", measures_.list[m].name, change.name)});
    }
  }
  return options;
}

std::optional<Loaded> Reinforcement::load(const MeasureSet& set, AskedExercises& asked, bool with_notes) {
  std::vector<std::string> mistakes, notes;
  auto loaded =
      try_load(with_measures(set), mistakes, with_notes ? &notes : nullptr,
               [&](world::ScenarioSpec& spec, common::Diagnostics& diagnostics) { asked.take(spec, diagnostics); });
  if (!asked.fault.empty()) {
    message(asked.fault);
    return std::nullopt;
  }
  for (const std::string& line : mistakes) message(line);
  for (const std::string& line : notes) message(line);
  return loaded;
}

bool Reinforcement::plan() {
  std::string expected;
  const auto budget = reader::parse_number(options_.budget, expected);
  if (!budget || *budget < 0) {
    message(fmt::format("--budget: got \"{}\", expected an amount of money like 2 M", options_.budget));
    return false;
  }
  if (!(options_.years > 0)) {
    message(fmt::format("--years: got {:g}, expected more than 0", options_.years));
    return false;
  }
  asked_.whole_window = false;
  if (!asked_.read(options_)) return false;
  auto loaded = load({}, asked_, !options_.quiet);
  if (!loaded) return false;
  measures_ = loaded->spec.measures;
  if (measures_.empty()) {
    message(
        fmt::format("{}: got no `measures`, expected at least one: `measures: {{buffer: {{set: "
                    "{{sites.plant.stock.part.level: 200}}, cost: 40 k}}}}`",
                    options_.scenario));
    return false;
  }
  for (const auto& entry : measures_) {
    if (entry.spec.set.empty()) {
      message(fmt::format("{}: measures.{}: changes nothing; expected `set` with a path and its value",
                          options_.scenario, entry.name));
      return false;
    }
    how_.measures.push_back({entry.name, *entry.spec.cost + *entry.spec.cost_per_year * options_.years});
  }
  const auto cheapest = std::min_element(how_.measures.begin(), how_.measures.end(),
                                         [](const auto& a, const auto& b) { return a.price < b.price; });
  if (cheapest->price > *budget) {
    message(fmt::format("--budget: got {:g}, which buys nothing; the cheapest measure, {}, costs {:g} in {:g} yr",
                        *budget, cheapest->name, cheapest->price, options_.years));
    return false;
  }
  how_.budget = *budget;
  how_.confidence = *loaded->spec.run.confidence;
  stress_.replications = static_cast<std::size_t>(options_.replications.value_or(*loaded->spec.run.replications));
  stress_.seed = options_.seed.value_or(static_cast<std::uint64_t>(*loaded->spec.run.seed));
  stress_.threads = options_.threads > 0 ? static_cast<std::size_t>(options_.threads) : core::hardware_threads();
  stress_.confidence = how_.confidence;
  for (const experiments::Exercise& e : asked_.exercises) {
    const auto& all = loaded->spec.disruptions.list;
    const auto entry = std::find_if(all.begin(), all.end(), [&](const auto& d) { return d.name == e.shock; });
    how_.per_year.push_back({entry->spec.per_year->least, entry->spec.per_year->most});
    subject_.shocks.push_back(e.shock + (e.length.empty() ? "" : ", " + e.length));
  }
  // Each measure by itself must be a sound scenario before anything runs.
  for (std::size_t m = 0; m < how_.measures.size(); ++m) {
    MeasureSet one(how_.measures.size(), false);
    one[m] = true;
    AskedExercises asked = asked_;
    if (!load(one, asked, false)) return false;
  }
  find_dormant(loaded->spec);
  for (const std::string& answer : dormant_) subject_.dormant.push_back(!answer.empty());
  subject_.base = subject_of(options_, *loaded->model);
  subject_.seed = stress_.seed;
  subject_.replications = stress_.replications;
  subject_.budget = how_.budget;
  subject_.years = options_.years;
  subject_.measures = how_.measures;
  subject_.per_year = how_.per_year;
  return true;
}

// "SHOCK/ANSWER" if all that a measure does is to add an answer to a shock that strikes only when it is told to; else "".
std::string Reinforcement::answer_of(std::size_t measure, const world::ScenarioSpec& spec) const {
  const auto& changes = measures_.list[measure].spec.set;
  if (changes.size() != 1) return "";
  std::vector<std::string> steps;
  std::istringstream path(changes.list.front().name);
  for (std::string step; std::getline(path, step, '.');) steps.push_back(step);
  if (steps.size() != 4 || steps[0] != "disruptions" || steps[2] != "answers") return "";
  const auto& all = spec.disruptions.list;
  const auto shock = std::find_if(all.begin(), all.end(), [&](const auto& d) { return d.name == steps[1]; });
  if (shock == all.end() || shock->spec.at->kind == disruption::Strike::Kind::every || shock->spec.when.of.stated)
    return "";
  // Who has another supplier, be it in reserve, calls orders back.
  if (*shock->spec.open_orders != disruption::OpenOrders::wait) return "";
  const auto& answers = shock->spec.answers.list;
  const bool known = std::any_of(answers.begin(), answers.end(), [&](const auto& a) { return a.name == steps[3]; });
  return known ? "" : steps[1] + "/" + steps[3];
}

void Reinforcement::find_dormant(const world::ScenarioSpec& spec) {
  MeasureSet together(how_.measures.size(), false);
  for (std::size_t m = 0; m < how_.measures.size(); ++m) {
    std::string answer = answer_of(m, spec);
    const bool twice = std::find(dormant_.begin(), dormant_.end(), answer) != dormant_.end();
    together[m] = !answer.empty() && !twice;
    dormant_.push_back(together[m] ? std::move(answer) : "");
  }
  // Answers that cannot stand beside each other are tried one by one.
  std::vector<std::string> mistakes;
  AskedExercises asked = asked_;
  const auto change = [&](world::ScenarioSpec& changed, common::Diagnostics& diagnostics) {
    asked.take(changed, diagnostics);
  };
  if (!try_load(with_measures(together), mistakes, nullptr, change)) {
    dormant_.assign(how_.measures.size(), "");
  }
}

// Sets that differ in dormant measures only share a model, and the warm-up and the twin of each replication.
bool Reinforcement::evaluate_together(const MeasureSet& layout, const std::vector<MeasureSet>& sets,
                                      const std::vector<std::size_t>& members, std::vector<SetLoss>& losses) {
  AskedExercises asked = asked_;
  const auto loaded = load(layout, asked, false);
  if (!loaded) return false;
  stress_.exercises.clear();
  for (const std::size_t set : members) {
    for (experiments::Exercise exercise : asked_.exercises) {
      for (std::size_t m = 0; m < dormant_.size(); ++m) {
        if (!dormant_[m].empty() && !sets[set][m]) exercise.asleep.push_back(dormant_[m]);
      }
      stress_.exercises.push_back(std::move(exercise));
    }
  }
  const experiments::Stressed stressed = experiments::stress(*loaded->model, stress_);
  const std::size_t shocks = asked_.exercises.size();
  for (std::size_t i = 0; i < members.size(); ++i) {
    SetLoss& out = losses[members[i]];
    for (std::size_t k = 0; k < shocks; ++k) {
      std::vector<double> loss;
      for (const experiments::Outcome& o : stressed.exercises[i * shocks + k].outcomes) loss.push_back(o.loss);
      loss.resize(stress_.replications, 0);
      out.loss.push_back(std::move(loss));
    }
    for (const experiments::Outcome& o : stressed.exercises[i * shocks].outcomes) {
      out.usual_profit.push_back(o.usual_profit);
    }
  }
  return true;
}

std::vector<SetLoss> Reinforcement::evaluate(const std::vector<MeasureSet>& sets) {
  std::vector<MeasureSet> layouts;
  std::map<MeasureSet, std::vector<std::size_t>> members;
  for (std::size_t i = 0; i < sets.size(); ++i) {
    MeasureSet layout = sets[i];
    for (std::size_t m = 0; m < layout.size(); ++m) layout[m] = layout[m] || !dormant_[m].empty();
    auto& group = members[layout];
    if (group.empty()) layouts.push_back(layout);
    group.push_back(i);
  }
  std::vector<SetLoss> losses(sets.size());
  for (const MeasureSet& layout : layouts) {
    failed_ = failed_ || !evaluate_together(layout, sets, members[layout], losses);
    if (failed_ || stop_->load()) return {};
    for (std::size_t i = 0; i < members[layout].size(); ++i) {
      if (!options_.quiet) message(fmt::format("set {}: done", ++sets_));
    }
  }
  return losses;
}

int Reinforcement::report(const experiments::Reinforced& result) {
  const std::string json = report::reinforce_json(subject_, result);
  if (options_.out) {
    const std::string path = (std::filesystem::path(*options_.out) / "reinforce.json").string();
    if (const auto fault = write_whole(path, json)) {
      message(fmt::format("{}: cannot be written: {}", path, *fault));
      return kUsersInput;
    }
  }
  if (options_.json) {
    print(json);
  } else if (!options_.quiet) {
    print(report::reinforce_table(subject_, result, {.colour = stdout_is_terminal(), .all = options_.all}));
  }
  return kDone;
}

int Reinforcement::run() {
  if (!plan()) return kUsersInput;
  if (options_.out && !can_make_folder(*options_.out)) return kUsersInput;
  stop_ = &catch_interrupt();
  stress_.stop = stop_;
  how_.evaluate = [this](const std::vector<MeasureSet>& sets) { return evaluate(sets); };
  how_.stopped = [this] { return failed_ || stop_->load(std::memory_order_relaxed); };
  const auto wall = std::chrono::steady_clock::now();
  const double cpu = experiments::cpu_seconds_used();
  const experiments::Reinforced result = experiments::reinforce(how_);
  subject_.wall_seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - wall).count();
  subject_.cpu_seconds = experiments::cpu_seconds_used() - cpu;
  if (failed_) return kUsersInput;
  if (result.stopped) {
    message("stopped before all sets were tried; there is nothing to report");
    return kInterrupted;
  }
  return report(result);
}

}  // namespace

int reinforce(const ReinforceOptions& options) { return Reinforcement(options).run(); }

}  // namespace tierworks::cli
