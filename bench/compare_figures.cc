// Says what moved between kept figures and new ones: ratios and bytes only, because they hold from machine to machine.
//   tierworks_bench_compare KEPT NEW          a table; exit 1 if something moved for the worse
//   tierworks_bench_compare --keep KEPT NEW   writes NEW as the kept figures, with what the machine is like
#include <cmath>
#include <cstdio>
#include <fstream>
#include <stdexcept>
#include <string>
#include <thread>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace {

using Json = nlohmann::ordered_json;

constexpr double kMoved = 0.10;

Json read(const std::string& path) {
  std::ifstream file(path);
  if (!file) throw std::runtime_error("cannot read " + path);
  return Json::parse(file);
}

std::string processor() {
  std::ifstream file("/proc/cpuinfo");
  for (std::string line; std::getline(file, line);) {
    if (line.rfind("model name", 0) == 0) return line.substr(line.find(':') + 2);
  }
  return "unknown";
}

void keep(const std::string& kept, const Json& figures) {
  Json out;
  out["machine"] = {
      {"cores", std::thread::hardware_concurrency()}, {"processor", processor()}, {"compiler", "g++ " __VERSION__}};
  out["figures"] = figures;
  std::ofstream file(kept);
  file << out.dump(2) << '\n';
  if (!file.flush()) throw std::runtime_error("cannot write " + kept);
}

// What is held against each other: the ratio, or the value of a figure in bytes, which no machine changes.
const Json* number_of(const Json& figure) {
  if (figure.contains("ratio") && figure["ratio"].is_number()) return &figure["ratio"];
  return figure.value("unit", "").find("bytes") != std::string::npos ? &figure["value"] : nullptr;
}
// Most are times or bytes, some are speeds.
bool less_is_better(const Json& figure) {
  return !figure.contains("against") || figure["against"].is_null() ||
         figure["against"].get<std::string>().rfind("speed", 0) != 0;
}
bool is_valid(const Json& figure) { return figure.value("valid", true); }

std::string verdict(const Json& was, const Json& is, double change, bool& worse) {
  if (!is_valid(was) || !is_valid(is)) return "not valid: no two free cores";
  if (std::abs(change) <= kMoved) return "as before";
  const bool better = (change < 0) == less_is_better(is);
  worse = worse || !better;
  return better ? "BETTER" : "WORSE";
}

int compare(const Json& kept, const Json& figures) {
  bool worse = false;
  fmt::print("{:<20} {:>9} {:>9} {:>8}\n", "figure", "kept", "now", "change");
  for (const auto& [key, was] : kept.at("figures").items()) {
    const Json* const before = number_of(was);
    if (before == nullptr) continue;
    if (!figures.contains(key)) {
      fmt::print("{:<20} {:>9.4g} {:>9} {:>8}  not measured\n", key, before->get<double>(), "", "");
      continue;
    }
    const Json* const now = number_of(figures[key]);
    if (now == nullptr) throw std::runtime_error(key + " has lost its ratio");
    const double change = now->get<double>() / before->get<double>() - 1;
    fmt::print("{:<20} {:>9.4g} {:>9.4g} {:>+7.1f}%  {}\n", key, before->get<double>(), now->get<double>(),
               100 * change, verdict(was, figures[key], change, worse));
  }
  for (const auto& [key, is] : figures.items()) {
    const Json* const now = number_of(is);
    if (now != nullptr && !kept["figures"].contains(key)) {
      fmt::print("{:<20} {:>9} {:>9.4g} {:>8}  new\n", key, "", now->get<double>(), "");
    }
  }
  return worse ? 1 : 0;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("Says which ratios moved by more than a tenth");
  std::string kept, fresh;
  bool keeping = false;
  app.add_option("kept", kept)->required();
  app.add_option("new", fresh)->required();
  app.add_flag("--keep", keeping, "keep the new figures instead");
  CLI11_PARSE(app, argc, argv);
  try {
    const Json figures = read(fresh);
    if (!keeping) return compare(read(kept), figures);
    keep(kept, figures);
  } catch (const std::exception& wrong) {
    fmt::print(stderr, "error: {}\n", wrong.what());
    return 2;
  }
}
