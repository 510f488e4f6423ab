// The suite `kernel`: a table, or one JSON object. Exit 1 if something that was measured gave a wrong result.
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <string>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "bench/kernel/suite.h"

namespace {

using tierworks::bench::Figure;
using tierworks::bench::Figures;
using tierworks::bench::Options;

// Six digits of what was measured, all of what was counted.
nlohmann::ordered_json number(double x) {
  if (std::isnan(x)) return {};
  if (x == std::round(x) && std::abs(x) < 1e15) return static_cast<std::int64_t>(x);
  return std::stod(fmt::format("{:.6g}", x));
}

nlohmann::ordered_json to_json(const Figures& figures) {
  auto all = nlohmann::ordered_json::object();
  for (const Figure& figure : figures) {
    auto& one = all[figure.key];
    one["value"] = number(figure.value);
    one["unit"] = figure.unit;
    one["ratio"] = number(figure.ratio);
    one["against"] = figure.against.empty() ? nlohmann::ordered_json() : nlohmann::ordered_json(figure.against);
    one["cpu_seconds"] = number(figure.cpu_seconds);
    if (figure.two_threads) {
      one["spin"] = number(figure.spin);
      one["valid"] = figure.valid;
    }
    if (!figure.fingerprint.empty()) one["fingerprint"] = figure.fingerprint;
    for (const auto& [name, value] : figure.more) one[name] = number(value);
  }
  return all;
}

void print_table(const Figures& figures) {
  fmt::print("{:<20} {:>12} {:<28} {:>7} {:<46} {:>7}\n", "figure", "value", "unit", "ratio", "against", "CPU s");
  for (const Figure& figure : figures) {
    const std::string ratio = std::isnan(figure.ratio) ? "" : fmt::format("{:.3f}", figure.ratio);
    fmt::print("{:<20} {:>12.5g} {:<28} {:>7} {:<46} {:>7.1f}\n", figure.key, figure.value, figure.unit, ratio,
               figure.against, figure.cpu_seconds);
    std::string more;
    if (figure.two_threads) {
      more = fmt::format("spin {:.2f}{}", figure.spin, figure.valid ? "" : ": NOT VALID, no two free cores");
    }
    for (const auto& [name, value] : figure.more) {
      more += fmt::format("{}{} {:.10g}", more.empty() ? "" : ", ", name,
                          std::abs(value) < 1e6 ? std::round(value * 1e3) / 1e3 : std::round(value));
    }
    if (!figure.fingerprint.empty())
      more += fmt::format("{}fingerprint {}", more.empty() ? "" : ", ", figure.fingerprint);
    if (!more.empty()) fmt::print("{:<20} {}\n", "", more);
  }
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("Measures the kernel of Tierworks against the simplest that does the same");
  Options options;
  bool json = false;
  std::size_t peak_memory_of = 0;
  app.add_flag("--json", json, "one object instead of a table");
  app.add_option("--only", options.only, "figures whose names begin like this: hold,phold_1")->delimiter(',');
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
  app.add_option("--peak-memory-of", peak_memory_of)->group("");  // what the suite asks a child of its own
  CLI11_PARSE(app, argc, argv);

  try {
    if (peak_memory_of > 0) {
      tierworks::bench::print_peak_memory_of(peak_memory_of);
      return 0;
    }
    Figures figures;
    for (const auto measure :
         {tierworks::bench::measure_hold, tierworks::bench::measure_mm1, tierworks::bench::measure_phold,
          tierworks::bench::measure_forks, tierworks::bench::measure_replications, tierworks::bench::measure_cluster}) {
      measure(options, figures);
    }
    if (figures.empty()) {
      fmt::print(stderr, "error: no figure has a name that begins with what --only says\n");
      return 2;
    }
    if (json) {
      fmt::print("{}\n", to_json(figures).dump(2));
    } else {
      print_table(figures);
    }
  } catch (const std::exception& wrong) {
    fmt::print(stderr, "error: {}\n", wrong.what());
    return 1;
  }
}
