// The suite `models`: a table, or one JSON object. Exit 1 if something that was measured gave a wrong result.
#include <cstdio>
#include <string>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "bench/models/suite.h"

int main(int argc, char** argv) {
  using namespace tierworks::bench;
  CLI::App app("Measures the models of Tierworks on one core");
  Options options;
  bool json = false;
  std::string peak_memory_of;
  app.add_flag("--json", json, "one object instead of a table");
  app.add_option("--only", options.only.beginnings, "figures whose names begin like this: tree")->delimiter(',');
  app.add_option("--pairs", options.pairs, "pairs in alternation, of which the median counts")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  app.add_option("--peak-memory-of", peak_memory_of)->group("");  // what the suite asks a child of its own
  CLI11_PARSE(app, argc, argv);

  try {
    if (!peak_memory_of.empty()) {
      const bool is_file = peak_memory_of.find('/') != std::string::npos;
      (is_file ? print_peak_memory_of_network : print_peak_memory_of_tree)(peak_memory_of);
      return 0;
    }
    Figures figures;
    measure_trees(options, figures);
    measure_network(options, figures);
    measure_shops(options, figures);
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
