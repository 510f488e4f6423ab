// A tree of 20 stocks in periodic review: each node orders up to its level from the node above it, the root from outside;
// the leaves have normal demand every day. Two readings of "periodic": reviews by the calendar, where orders take an hour
// up the tree, and runs in periods (`time.period`), where they travel within the instant.
#include <cstdint>
#include <string>

#include <fmt/format.h>
#include <sys/resource.h>

#include "bench/common/yardstick.h"
#include "bench/models/suite.h"
#include "models/world/simulate.h"
#include "scenarios/reader/reader.h"

namespace tierworks::bench {

namespace {

constexpr int kNodes = 20, kBranches = 3;
constexpr int kDays = 20'000;
constexpr std::uint64_t kSeed = 1;

struct Reading {
  const char* key;
  const char* time;
  const char* review;
};
constexpr Reading kReadings[] = {{"tree_20_reviews", "", "review: 1 d, "}, {"tree_20_periods", "period: 1 d, ", ""}};

int parent_of(int node) { return (node - 1) / kBranches; }
bool is_leaf(int node) { return node * kBranches + 1 >= kNodes; }

int leaves_below(int node) {
  if (node >= kNodes) return 0;
  if (is_leaf(node)) return 1;
  int sum = 0;
  for (int child = node * kBranches + 1; child <= node * kBranches + kBranches; ++child) sum += leaves_below(child);
  return sum;
}

// Levels cover three days of mean demand and some more, so that now and then somebody waits.
std::string tree(const Reading& reading) {
  std::string sites, demand;
  for (int node = 0; node < kNodes; ++node) {
    const std::string from = node == 0 ? std::string("mill") : fmt::format("node_{}", parent_of(node));
    sites += fmt::format(
        "  node_{}:\n    buys: {{part: {{from: {}, transit: 2 d}}}}\n    stock: {{part: {{{}level: {}, holding: 1 / "
        "d}}}}\n",
        node, from, reading.review, 150 * leaves_below(node) + 20);
    if (is_leaf(node)) {
      demand +=
          fmt::format("  customers_{0}: {{at: node_{0}, item: part, orders: every 1 d, size: normal 50 sd 8}}\n", node);
    }
  }
  return fmt::format(
      "tierworks: 1\ntime: {{{}horizon: {} d}}\nitems: {{part: {{}}}}\nsites:\n  mill: {{sells: {{part: "
      "{{}}}}}}\n{}demand:\n{}",
      reading.time, kDays, sites, demand);
}

std::unique_ptr<const world::Model> compiled_tree(const Reading& reading) {
  common::Diagnostics diagnostics;
  auto read = reader::read_scenario_text(tree(reading), reading.key, {}, diagnostics);
  auto model = read.spec ? world::compile(*read.spec, diagnostics) : nullptr;
  if (model) return model;
  std::string words = std::string(reading.key) + " does not compile";
  for (const common::Diagnostic& diagnostic : diagnostics.list()) words += "\n  " + read.format(diagnostic);
  throw WrongResult(words);
}

// Node-periods per CPU second of one run with a warm memory.
double speed(world::Simulation& simulation, std::uint64_t& fingerprint) {
  world::RunResult result;
  const double seconds = cpu_seconds_of([&] { result = simulation.run(kSeed, 0); });
  if (fingerprint != 0 && result.fingerprint != fingerprint) throw WrongResult("tree: another fingerprint");
  fingerprint = result.fingerprint;
  return kNodes * static_cast<double>(kDays) / seconds;
}

void measure_tree(const Reading& reading, const Options& options, Figures& figures) {
  const double start = process_cpu_seconds();
  const auto model = compiled_tree(reading);
  world::RunPlan heap;
  heap.event_set = core::EventSet::heap;
  world::Simulation ours(*model), by_heap(*model, heap);
  std::uint64_t fingerprint = 0;
  speed(ours, fingerprint);
  speed(by_heap, fingerprint);
  const std::uint64_t events = ours.events();
  Yardstick yardstick;
  const Pair pair = alternate(
      options.pairs,
      [&] {
        const double ours_now = speed(ours, fingerprint);
        yardstick.beside(1 / ours_now);
        return ours_now;
      },
      [&] { return speed(by_heap, fingerprint); });
  Figure figure{.key = reading.key, .value = pair.ours, .unit = "node-periods per CPU second"};
  figure.ratio = pair.ratio;
  figure.against = "speed with all events in one heap";
  figure.fingerprint = fmt::format("{:016x}", fingerprint);
  figure.more = {{"events_per_node_period", static_cast<double>(events) / (kNodes * static_cast<double>(kDays))},
                 {"peak_bytes", number_of_child(fmt::format("--peak-memory-of {}", reading.key))}};
  yardstick.add_to(figure);
  figure.cpu_seconds = process_cpu_seconds() - start;
  figures.push_back(figure);
}

}  // namespace

void measure_trees(const Options& options, Figures& figures) {
  for (const Reading& reading : kReadings) {
    if (options.only.wants(reading.key)) measure_tree(reading, options, figures);
  }
}

void print_peak_memory_of_tree(const std::string& key) {
  for (const Reading& reading : kReadings) {
    if (key != reading.key) continue;
    const auto model = compiled_tree(reading);
    world::Simulation(*model).run(kSeed, 0);
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    fmt::print("{}\n", usage.ru_maxrss * 1024);
  }
}

}  // namespace tierworks::bench
