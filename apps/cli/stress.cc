// `tierworks stress`: knocks out one thing after the other, or what the scenario says, and measures what survives.
#include "experiments/stress/stress.h"

#include <algorithm>
#include <filesystem>
#include <sstream>

#include <fmt/format.h>

#include "apps/cli/commands.h"
#include "apps/cli/loading.h"
#include "apps/cli/stress_log.h"
#include "apps/cli/terminal.h"
#include "core/parallel/parallel.h"
#include "experiments/stress/shocks.h"
#include "models/common/diagnostics.h"
#include "report/stress_table.h"
#include "scenarios/reader/phrases.h"

namespace tierworks::cli {

namespace {

using experiments::Exercise;
using experiments::ShockedKind;

class StressTest {
 public:
  explicit StressTest(StressCommandOptions options) : options_(std::move(options)) {}
  int run();

 private:
  bool choose_kinds();
  bool choose_durations();
  bool choose_answers();
  bool load();
  bool choose_options();
  bool open_log();
  std::string head() const;
  report::StressSubject subject() const;
  int report(const experiments::Stressed& result);

  struct Length {
    std::string words;
    std::optional<core::Duration> time;
  };

  StressCommandOptions options_;
  std::vector<ShockedKind> kinds_;  // of the catalogue
  std::vector<Length> lengths_;     // none: as the scenario says
  std::vector<bool> with_answers_;
  std::optional<Loaded> loaded_;
  experiments::StressOptions how_;
  StressLog log_;
  bool named_ = false;  // shocks of the scenario rather than the catalogue
};

bool StressTest::choose_kinds() {
  const std::vector<std::pair<std::string, ShockedKind>> known{{"sites", ShockedKind::sites},
                                                               {"lanes", ShockedKind::lanes},
                                                               {"items", ShockedKind::items},
                                                               {"regions", ShockedKind::regions}};
  for (const std::string& word : options_.on) {
    const auto kind = std::find_if(known.begin(), known.end(), [&](const auto& k) { return k.first == word; });
    if (kind == known.end()) {
      message(fmt::format("--on: got \"{}\"{}; expected some of: sites, lanes, items, regions", word,
                          common::did_you_mean(word, {"sites", "lanes", "items", "regions"})));
      return false;
    }
    kinds_.push_back(kind->second);
  }
  return true;
}

bool StressTest::choose_durations() {
  for (const std::string& words : options_.durations) {
    std::string expected;
    const auto time = reader::parse_duration(words, expected);
    if (!time || time->ticks <= 0) {
      message(fmt::format("--durations: got \"{}\", expected {}", words,
                          expected.empty() ? "durations above 0 like 1wk,2wk,8wk" : expected));
      return false;
    }
    lengths_.push_back({words, time});
  }
  return true;
}

bool StressTest::choose_answers() {
  for (const std::string& word : options_.with) {
    if (word != "answers" && word != "none") {
      message(fmt::format("--with: got \"{}\"; expected answers, none or both of them", word));
      return false;
    }
    with_answers_.push_back(word == "answers");
  }
  if (with_answers_.empty()) with_answers_.push_back(true);
  return true;
}

// Reads, adds the shocks of the catalogue, and lists the exercises.
bool StressTest::load() {
  std::vector<std::string> mistakes, notes;
  std::string fault;
  const auto change = [&](world::ScenarioSpec& spec) {
    std::vector<std::string> shocks = options_.shocks;
    const bool catalogue = !kinds_.empty() || (shocks.empty() && (!lengths_.empty() || spec.disruptions.empty()));
    named_ = !catalogue;
    if (catalogue && !shocks.empty()) {
      fault = "--on: goes with the catalogue of shocks, --shock with those of the scenario; give one of them";
      return;
    }
    if (!catalogue && shocks.empty()) {
      for (const auto& entry : spec.disruptions) shocks.push_back(entry.name);
    }
    std::vector<Exercise> ones;
    for (const std::string& shock : shocks) {
      Exercise one{.shock = shock, .length = {}, .lasts = {}, .spread = {}};
      fault = experiments::take_strike(spec, shock, one);
      if (!fault.empty()) {
        fault = "--shock: " + fault;
        return;
      }
      ones.push_back(std::move(one));
    }
    experiments::calm(spec);
    if (catalogue) {
      if (kinds_.empty()) kinds_ = {ShockedKind::sites, ShockedKind::lanes, ShockedKind::items, ShockedKind::regions};
      if (lengths_.empty()) lengths_.push_back({"2 wk", core::kDay * 14});
      for (const std::string& shock : experiments::add_catalogue(spec, kinds_)) {
        ones.push_back({.shock = shock, .length = {}, .lasts = {}, .spread = {}});
      }
    }
    for (const Exercise& one : ones) {
      const auto& all = spec.disruptions.list;
      const auto entry = std::find_if(all.begin(), all.end(), [&](const auto& e) { return e.name == one.shock; });
      for (const bool answers : with_answers_) {
        // What has no answers is the same with and without them.
        if (!answers && with_answers_.size() > 1 && entry->spec.answers.empty()) continue;
        Exercise exercise = one;
        exercise.answers = answers;
        if (lengths_.empty()) how_.exercises.push_back(exercise);
        for (const Length& length : lengths_) {
          exercise.length = length.words;
          exercise.lasts = length.time;
          how_.exercises.push_back(exercise);
        }
        if (!catalogue) continue;
        exercise.length = "whole window";
        exercise.lasts = {};
        exercise.whole_window = true;
        how_.exercises.push_back(exercise);
      }
    }
  };
  loaded_ = try_load(options_, mistakes, options_.quiet ? nullptr : &notes, change);
  if (!fault.empty()) {
    message(fault);
    return false;
  }
  for (const std::string& line : mistakes) message(line);
  for (const std::string& line : notes) message(line);
  if (loaded_ && how_.exercises.empty()) {
    message(fmt::format("{}: nothing to try; expected sites, lanes, items or regions as --on says", options_.scenario));
    return false;
  }
  return loaded_.has_value();
}

bool StressTest::choose_options() {
  const world::RunSpec& run = loaded_->spec.run;
  how_.replications = static_cast<std::size_t>(options_.replications.value_or(*run.replications));
  how_.seed = options_.seed.value_or(static_cast<std::uint64_t>(*run.seed));
  how_.threads = options_.threads > 0 ? static_cast<std::size_t>(options_.threads) : core::hardware_threads();
  how_.confidence = *run.confidence;
  how_.from_scratch = options_.from_scratch;
  const auto share = [](const char* option, const std::string& text, const char* example, double& value) {
    const auto got = share_of(text);
    if (got) {
      value = *got;
      return true;
    }
    message(fmt::format("{}: got \"{}\", expected a share above 0 and below 1, such as {}", option, text, example));
    return false;
  };
  if (options_.confidence && !share("--confidence", *options_.confidence, "99%", how_.confidence)) return false;
  return !options_.band || share("--band", *options_.band, "1%", how_.band_share);
}

std::string StressTest::head() const {
  std::string exercises;
  for (const Exercise& e : how_.exercises) {
    exercises += fmt::format("{}|{}|{};", e.shock, e.length, e.answers ? 1 : 0);
  }
  std::string quoted;
  for (const char c : exercises) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c == '\n' ? ' ' : c;
  }
  return fmt::format(R"({{"stress":1,"model":"{:016x}","seed":{},"band":{},"exercises":"{}"}})", loaded_->model->hash,
                     how_.seed, how_.band_share, quoted);
}

bool StressTest::open_log() {
  if (options_.resume && !options_.out) {
    message("--resume: needs the --out of the run that was cut");
    return false;
  }
  if (!options_.out) return true;
  if (!can_make_folder(*options_.out)) return false;
  const std::string path = (std::filesystem::path(*options_.out) / "branches.jsonl").string();
  if (const auto fault = log_.open(path, head(), options_.resume, how_)) {
    message(*fault);
    return false;
  }
  how_.known = log_.known;
  how_.keep = [this, path](std::size_t e, std::uint32_t r, const experiments::Outcome& outcome) {
    if (!log_.add(e, r, outcome)) throw CannotWrite(fmt::format("{}: cannot be written", path));
  };
  return true;
}

report::StressSubject StressTest::subject() const {
  const world::Model& model = *loaded_->model;
  report::StressSubject s;
  s.base = subject_of(options_, model);
  s.seed = how_.seed;
  s.band_share = how_.band_share;
  const world::TargetsSpec& targets = loaded_->spec.targets;
  if (targets.weekly_service.stated) s.targets.weekly_service = targets.weekly_service->share;
  if (targets.recovery.stated) s.targets.recovery_days = core::in_days(targets.recovery->time);
  s.targets.probability = *targets.probability;
  for (const world::Site& site : model.sites) s.sites.push_back(site.name);
  for (const common::Item& item : model.items) s.items.push_back(item.name);
  s.concentration = experiments::concentration(model);
  return s;
}

int StressTest::report(const experiments::Stressed& result) {
  report::StressSubject s = subject();
  for (const auto& row : result.exercises) {
    const auto& shocks = loaded_->spec.disruptions.list;
    const auto entry =
        std::find_if(shocks.begin(), shocks.end(), [&](const auto& e) { return e.name == row.exercise.shock; });
    s.per_year.push_back({entry->spec.per_year->least, entry->spec.per_year->most});
    if (named_) s.timelines.push_back(experiments::timeline(*loaded_->model, entry->spec, row));
  }
  const std::string json = report::stress_json(s, result);
  if (options_.out) {
    const std::string path = (std::filesystem::path(*options_.out) / "stress.json").string();
    if (const auto fault = write_whole(path, json)) {
      message(fmt::format("{}: cannot be written: {}", path, *fault));
      return kUsersInput;
    }
  }
  if (options_.json) {
    print(json);
  } else if (!options_.quiet) {
    print(report::stress_table(s, result, {.colour = stdout_is_terminal(), .all = options_.all}));
  }
  if (result.stopped) return kInterrupted;
  for (const auto& row : result.exercises) {
    if (!s.targets.any() || row.exercise.whole_window) continue;
    // What is judged is the plan with its answers, if there is one.
    if (with_answers_.size() > 1 && !row.exercise.answers) continue;
    if (report::targets_met(s.targets, row).all < s.targets.probability) return kTargetMissed;
  }
  return kDone;
}

int StressTest::run() {
  if (!choose_kinds() || !choose_durations() || !choose_answers() || !load() || !choose_options() || !open_log()) {
    return kUsersInput;
  }
  if (!options_.quiet) {
    message(fmt::format("plan: {} exercises x {} replications on {} threads, each replication warmed up once",
                        how_.exercises.size(), how_.replications, how_.threads));
  }
  how_.stop = &catch_interrupt();
  experiments::Stressed result;
  try {
    Progress progress(options_.quiet);
    how_.progress = [&](std::size_t done, std::size_t all) { progress.show(done, all); };
    result = experiments::stress(*loaded_->model, how_);
  } catch (const CannotWrite& fault) {
    message(fault.what());
    return kUsersInput;
  }
  const bool nothing =
      std::all_of(result.exercises.begin(), result.exercises.end(), [](const auto& e) { return e.replications == 0; });
  if (nothing) {
    message(result.stopped ? "stopped before the first branch was whole; there is nothing to report"
                           : "every exercise strikes after the end of the run; lengthen time.horizon");
    return result.stopped ? kInterrupted : kUsersInput;
  }
  return report(result);
}

}  // namespace

int stress(const StressCommandOptions& options) { return StressTest(options).run(); }

}  // namespace tierworks::cli
