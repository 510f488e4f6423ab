// `tierworks stress`: knocks out one thing after the other, or what the scenario says, and measures what survives.
#include "experiments/stress/stress.h"

#include <algorithm>
#include <filesystem>
#include <sstream>

#include <fmt/format.h>

#include "apps/cli/commands.h"
#include "apps/cli/exercises.h"
#include "apps/cli/loading.h"
#include "apps/cli/stress_log.h"
#include "apps/cli/terminal.h"
#include "core/parallel/parallel.h"
#include "report/stress_table.h"

namespace tierworks::cli {

namespace {

using experiments::Exercise;

class StressTest {
 public:
  explicit StressTest(StressCommandOptions options) : options_(std::move(options)) {}
  int run();

 private:
  bool load();
  bool choose_options();
  bool open_log();
  std::string head() const;
  report::StressSubject subject() const;
  int report(const experiments::Stressed& result);

  StressCommandOptions options_;
  AskedExercises asked_;
  std::optional<Loaded> loaded_;
  experiments::StressOptions how_;
  StressLog log_;
};

bool StressTest::load() {
  std::vector<std::string> mistakes, notes;
  const auto change = [&](world::ScenarioSpec& spec, common::Diagnostics& diagnostics) {
    asked_.take(spec, diagnostics);
  };
  loaded_ = try_load(options_, mistakes, options_.quiet ? nullptr : &notes, change);
  if (!asked_.fault.empty()) {
    message(asked_.fault);
    return false;
  }
  for (const std::string& line : mistakes) message(line);
  for (const std::string& line : notes) message(line);
  how_.exercises = asked_.exercises;
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
  return fmt::format(R"({{"stress":2,"program":"{}","model":"{:016x}","seed":{},"band":{},"exercises":"{}"}})",
                     TIERWORKS_VERSION, loaded_->model->hash, how_.seed, how_.band_share, quoted);
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
    if (asked_.named) s.timelines.push_back(experiments::timeline(*loaded_->model, entry->spec, row));
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
    if (asked_.with_answers.size() > 1 && !row.exercise.answers) continue;
    if (report::targets_met(s.targets, row).all < s.targets.probability) return kTargetMissed;
  }
  return kDone;
}

int StressTest::run() {
  if (!asked_.read(options_) || !load() || !choose_options() || !open_log()) {
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
