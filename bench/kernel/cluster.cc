// A cluster of 100,000 places: what an idle place takes, what compiling costs, how fast it runs, and that it has one
// fingerprint however it is split.
#include <cstdint>
#include <cstdio>
#include <memory>
#include <vector>

#include <fmt/format.h>
#include <malloc.h>
#include <unistd.h>

#include "bench/kernel/scenarios.h"
#include "bench/kernel/suite.h"
#include "experiments/replicate/plan.h"
#include "models/world/simulate.h"

namespace tierworks::bench {

namespace {

constexpr std::size_t kPlaces = 100'000;
constexpr core::Duration kHorizon = core::kDay * 4;

double resident_bytes() {
  std::FILE* file = std::fopen("/proc/self/statm", "r");
  long size = 0, resident = 0;
  if (file == nullptr || std::fscanf(file, "%ld %ld", &size, &resident) != 2) resident = 0;
  if (file != nullptr) std::fclose(file);
  return static_cast<double>(resident) * static_cast<double>(sysconf(_SC_PAGESIZE));
}

std::uint64_t check_fingerprints(const world::Model& model) {
  std::vector<std::uint64_t> fingerprints;
  for (const std::uint32_t parts : {1U, 2U, 7U}) {
    const auto plan = experiments::plan(model, {.replications = 1, .threads = 2, .partitions = parts});
    if (plan.run.parts != parts) throw WrongResult(fmt::format("cluster: cannot be split into {} partitions", parts));
    fingerprints.push_back(world::Simulation(model, plan.run).run(1, 0).fingerprint);
    if (fingerprints.back() == fingerprints.front()) continue;
    throw WrongResult(fmt::format("cluster: another fingerprint with {} partitions", parts));
  }
  return fingerprints.front();
}

// CPU seconds per event of a run from its start.
double seconds_per_event(world::Simulation& simulation, core::Instant end) {
  simulation.start(1, 0);
  const std::uint64_t before = simulation.events();
  const double seconds = cpu_seconds_of([&] { simulation.run_to(end); });
  return seconds / static_cast<double>(simulation.events() - before);
}

}  // namespace

void measure_cluster(const Options& options, Figures& figures) {
  const bool events = options.wants("cluster_1e5_events"), bytes = options.wants("cluster_1e5_bytes");
  if (!events && !bytes) return;
  const double start = process_cpu_seconds();
  const auto spec = synthetic_cluster(kPlaces, 1, kHorizon);
  std::unique_ptr<const world::Model> model;
  const double compile_seconds = cpu_seconds_of([&] { model = compiled(spec); });

  malloc_trim(0);  // or the run would first fill what compiling left behind
  const double resident_before = resident_bytes();
  auto simulation = std::make_unique<world::Simulation>(*model);
  const double resident_unstarted = resident_bytes();
  simulation->start(1, 0);
  const double resident_started = resident_bytes();
  const double live = static_cast<double>(simulation->bytes_used()) / static_cast<double>(kPlaces);

  if (events) {
    const core::Instant end = core::Instant{0} + kHorizon;
    const auto other_model = flagship();
    world::Simulation other(*other_model);
    seconds_per_event(*simulation, end);  // once to warm the memory
    const std::uint64_t count = simulation->events();
    const core::Instant other_end = core::Instant{0} + core::kYear;
    seconds_per_event(other, other_end);
    const Pair pair = alternate(
        options.pairs, [&] { return 1 / seconds_per_event(*simulation, end); },
        [&] { return 1 / seconds_per_event(other, other_end); });
    simulation.reset();
    Figure figure{.key = "cluster_1e5_events", .value = pair.ours, .unit = "events per CPU second"};
    figure.ratio = pair.ratio;
    figure.against = "speed of the flagship";
    figure.more = {{"compile_seconds", compile_seconds},
                   {"events", static_cast<double>(count)},
                   {"flagship_events_per_cpu_second", pair.other}};
    figure.fingerprint = fmt::format("{:016x}", check_fingerprints(*model));
    figure.cpu_seconds = process_cpu_seconds() - start;
    figures.push_back(figure);
  }
  if (bytes) {
    Figure figure{.key = "cluster_1e5_bytes", .value = live, .unit = "live bytes per idle place"};
    figure.more = {{"resident_bytes_per_place", (resident_started - resident_before) / static_cast<double>(kPlaces)},
                   {"resident_bytes_per_place_of_the_state",
                    (resident_started - resident_unstarted) / static_cast<double>(kPlaces)}};
    figure.cpu_seconds = process_cpu_seconds() - start;
    figures.push_back(figure);
  }
}

}  // namespace tierworks::bench
