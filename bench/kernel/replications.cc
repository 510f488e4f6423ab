// Replications of the flagship on one thread and on two, and what many of them keep in memory.
#include <cstdint>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "bench/kernel/scenarios.h"
#include "bench/kernel/suite.h"
#include "experiments/replicate/replicate.h"

namespace tierworks::bench {

namespace {

constexpr std::size_t kReplications = 20;
constexpr core::Duration kShort = core::kDay * 5;  // for the memory: what matters is how many
constexpr std::size_t kFew = 2, kMany = 1000;

experiments::Replicated replicate(const world::Model& model, std::size_t replications, std::size_t threads) {
  experiments::ReplicateOptions options;
  options.replications = replications;
  options.threads = threads;
  return experiments::replicate(model, options);
}

// Replications per second of wall.
double speed(const world::Model& model, std::size_t threads, std::uint64_t& fingerprint) {
  experiments::Replicated done;
  const double seconds = wall_seconds_of([&] { done = replicate(model, kReplications, threads); });
  if (fingerprint != 0 && done.fingerprint != fingerprint) {
    throw WrongResult(fmt::format("replications: another fingerprint on {} threads", threads));
  }
  fingerprint = done.fingerprint;
  return static_cast<double>(kReplications) / seconds;
}

double peak_memory_of(std::size_t replications) {
  return number_of_child(fmt::format("--peak-memory-of {}", replications));
}

}  // namespace

void print_peak_memory_of(std::size_t replications) {
  const auto model = flagship(kShort);
  const auto done = replicate(*model, replications, 1);
  fmt::print("{}\n", done.peak_memory_bytes);
}

void measure_replications(const Options& options, Figures& figures) {
  if (!options.wants("replications_2")) return;
  const double start = process_cpu_seconds();
  const auto model = flagship(core::kYear);
  std::uint64_t fingerprint = 0;
  Figure figure{.key = "replications_2", .unit = "replications per second"};
  const TwoThreads measured = one_and_two(
      options.pairs, [&] { return speed(*model, 1, fingerprint); }, [&] { return speed(*model, 2, fingerprint); });
  add_two_threads(figure, measured);
  figure.against = "speed on one thread";

  const auto row_bytes = static_cast<double>(world::kpi_rows(*model).size() * sizeof(double));
  const double few = peak_memory_of(kFew), many = peak_memory_of(kMany);
  const auto beyond_rows = [&](double peak, std::size_t n) { return peak - row_bytes * static_cast<double>(n); };
  const std::initializer_list<std::pair<std::string, double>> more = {
      {"on_one_thread", measured.one},
      {"peak_bytes_of_2", few},
      {"peak_bytes_of_1000", many},
      {"kpi_bytes_per_replication", row_bytes},
      {"peak_beyond_kpi_rows_1000_over_2", beyond_rows(many, kMany) / beyond_rows(few, kFew)}};
  figure.more.insert(figure.more.end(), more);
  figure.cpu_seconds = process_cpu_seconds() - start;
  figures.push_back(figure);
}

}  // namespace tierworks::bench
