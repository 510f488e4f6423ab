// The suite `kernel`: a table, or one JSON object. Exit 1 if something that was measured gave a wrong result.
#include <cstdint>
#include <cstdio>
#include <string>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "bench/kernel/suite.h"

int main(int argc, char** argv) {
  using namespace tierworks::bench;
  CLI::App app("Measures the kernel of Tierworks against the simplest that does the same");
  Options options;
  bool json = false;
  std::size_t peak_memory_of = 0;
  app.add_flag("--json", json, "one object instead of a table");
  app.add_option("--only", options.only.beginnings, "figures whose names begin like this: hold,phold_1")
      ->delimiter(',');
  app.add_option("--pairs", options.pairs, "pairs in alternation, of which the median counts")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  app.add_option("--phold-places", options.phold_places)->check(CLI::Range(2, 1 << 22))->capture_default_str();
  app.add_option("--phold-events", options.phold_events, "at each place")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  app.add_option("--phold-remote", options.phold_remote, "share of events for any place")
      ->check(CLI::Range(0.0, 1.0))
      ->capture_default_str();
  app.add_option("--phold-lookahead", options.phold_lookahead, "in means of the delay beyond it")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  app.add_option("--peak-memory-of", peak_memory_of)->group("");  // what the suite asks children of its own
  CLI11_PARSE(app, argc, argv);

  try {
    if (peak_memory_of > 0) {
      print_peak_memory_of(peak_memory_of);
      return 0;
    }
    Figures figures;
    for (const auto measure :
         {measure_hold, measure_mm1, measure_phold, measure_forks, measure_replications, measure_cluster}) {
      measure(options, figures);
    }
    if (figures.empty()) {
      fmt::print(stderr, "error: no figure has a name that begins with what --only says\n");
      return 2;
    }
    if (json) {
      print_json(figures);
    } else {
      print_table(figures);
    }
  } catch (const std::exception& wrong) {
    fmt::print(stderr, "error: {}\n", wrong.what());
    return 1;
  }
}
