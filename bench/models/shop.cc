// Shop floors on one core: the dynamic job shop of the catalogue under three rules, a long queue against a short one, and,
// where its data are at hand, the fab SMT2020 HVLM.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>

#include <fmt/format.h>

#include "bench/common/yardstick.h"
#include "bench/models/suite.h"
#include "models/world/simulate.h"
#include "scenarios/importers/smt2020.h"
#include "scenarios/reader/reader.h"

namespace tierworks::bench {

namespace {

constexpr std::uint64_t kSeed = 1;

std::unique_ptr<const world::Model> compiled(reader::Reading read, common::Diagnostics& diagnostics) {
  auto model = read.spec ? world::compile(*read.spec, diagnostics) : nullptr;
  if (model) return model;
  std::string words = "a shop floor does not compile";
  for (const common::Diagnostic& diagnostic : diagnostics.list()) words += "\n  " + read.format(diagnostic);
  throw WrongResult(words);
}

std::unique_ptr<const world::Model> of_text(const std::string& text, const char* name) {
  common::Diagnostics diagnostics;
  auto read = reader::read_scenario_text(text, name, {}, diagnostics);
  return compiled(std::move(read), diagnostics);
}

// Operations started in the measured time.
double operations_of(const world::Model& model, const world::RunResult& result) {
  const auto rows = world::kpi_rows(model);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (std::string_view(rows[i].kpi->name) == "operations" && rows[i].scope == "world") return result.values[i];
  }
  throw WrongResult("a shop floor counts no operations");
}

// Operations per CPU second of one run with a warm memory.
double speed(world::Simulation& simulation, const world::Model& model, std::uint64_t& fingerprint) {
  world::RunResult result;
  const double seconds = cpu_seconds_of([&] { result = simulation.run(kSeed, 0); });
  if (fingerprint != 0 && result.fingerprint != fingerprint) throw WrongResult("shop: another fingerprint");
  fingerprint = result.fingerprint;
  return operations_of(model, result) / seconds;
}

void measure_runs(const world::Model& model, std::size_t runs, Figure& figure) {
  std::uint64_t fingerprint = 0;
  world::Simulation simulation(model);
  speed(simulation, model, fingerprint);
  std::vector<double> speeds;
  Yardstick yardstick;
  for (std::size_t i = 0; i < runs; ++i) {
    speeds.push_back(speed(simulation, model, fingerprint));
    yardstick.beside(1 / speeds.back());
  }
  figure.value = median(speeds);
  figure.fingerprint = fmt::format("{:016x}", fingerprint);
  yardstick.rate(figure);
}

void measure_job_shop(const char* key, const char* rule, const Options& options, Figures& figures) {
  const double start = process_cpu_seconds();
  const std::string path = std::string(TIERWORKS_SOURCE_DIR) + "/scenarios/catalogue/industry/job_shop.yaml";
  common::Diagnostics diagnostics;
  auto read = reader::read_scenario(
      path, {fmt::format("sites.shop.dispatch={}", rule), "time.horizon=633158 min", "time.warm_up=0 min"},
      diagnostics);
  const auto model = compiled(std::move(read), diagnostics);
  Figure figure{.key = key, .unit = "operations per CPU second"};
  measure_runs(*model, options.pairs, figure);
  figure.cpu_seconds = process_cpu_seconds() - start;
  figures.push_back(figure);
}

// One machine under spt, in front of which stand so many lots: each lot that leaves lets the next one in (CONWIP).
std::string long_queue(int lots) {
  return fmt::format(
      "tierworks: 1\ntime: {{horizon: 200000 min, warm_up: {} min}}\nsites:\n  shop:\n    dispatch: spt\n"
      "    work_centres: {{mill: {{}}}}\n    routings: {{part: {{times_known: true, operations: {{milling: "
      "{{work_centre: "
      "mill, time: uniform 0.5 min to 1.5 min}}}}}}}}\n    releases: {{parts: {{routing: part, wip: {}}}}}\n",
      lots / 10, lots);
}

// A dispatch is all of a lot's way here: in, chosen, worked on, out.
void measure_queue(const Options& options, Figures& figures) {
  constexpr int kLong = 10'000, kShort = 100;
  const double start = process_cpu_seconds();
  const auto longer = of_text(long_queue(kLong), "long queue"), shorter = of_text(long_queue(kShort), "short queue");
  world::Simulation a(*longer), b(*shorter);
  std::uint64_t in_a = 0, in_b = 0;
  const auto cost = [&](world::Simulation& simulation, const world::Model& model, std::uint64_t& fingerprint) {
    return 1e9 / speed(simulation, model, fingerprint);
  };
  cost(a, *longer, in_a);
  cost(b, *shorter, in_b);
  const Pair pair = alternate(
      options.pairs, [&] { return cost(a, *longer, in_a); }, [&] { return cost(b, *shorter, in_b); });
  Figure figure{.key = "dispatch_10000_waiting", .value = pair.ours, .unit = "CPU ns a lot"};
  figure.ratio = pair.ratio;
  figure.against = "100 waiting";
  figure.fingerprint = fmt::format("{:016x}", in_a);
  figure.cpu_seconds = process_cpu_seconds() - start;
  figures.push_back(figure);
}

// 60 days of the fab from an empty start's work in process.
void measure_fab(const Options& options, Figures& figures) {
  const char* const data = std::getenv("TIERWORKS_DATA");
  const std::string folder = std::string(data != nullptr ? data : "") + "/smt2020/HVLM";
  if (data == nullptr || !std::filesystem::exists(folder)) return;
  const double start = process_cpu_seconds();
  std::vector<importers::NamedText> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    std::ostringstream text;
    text << std::ifstream(entry.path()).rdbuf();
    files.push_back({entry.path().filename().string(), text.str()});
  }
  std::sort(files.begin(), files.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  std::vector<importers::ImportError> errors;
  const auto fab = importers::import_smt2020(files, folder, errors);
  if (!fab) throw WrongResult("the fab cannot be read: " + errors.front().message);
  common::Diagnostics diagnostics;
  auto read = reader::read_scenario_text(fab->yaml, "hvlm", {"time.horizon=60 d"}, diagnostics);
  const auto model = compiled(std::move(read), diagnostics);
  Figure figure{.key = "fab_hvlm", .unit = "lot-steps per CPU second"};
  measure_runs(*model, std::min<std::size_t>(options.pairs, 3), figure);
  figure.cpu_seconds = process_cpu_seconds() - start;
  figures.push_back(figure);
}

}  // namespace

void measure_shops(const Options& options, Figures& figures) {
  struct Rule {
    const char* key;
    const char* words;
  };
  for (const Rule& rule : {Rule{"shop_spt", "spt"}, Rule{"shop_fifo", "fifo"}, Rule{"shop_atc", "atc k 3"}}) {
    if (options.only.wants(rule.key)) measure_job_shop(rule.key, rule.words, options, figures);
  }
  if (options.only.wants("dispatch_10000_waiting")) measure_queue(options, figures);
  if (options.only.wants("fab_hvlm")) measure_fab(options, figures);
}

}  // namespace tierworks::bench
