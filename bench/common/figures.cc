#include "bench/common/figures.h"

#include <cmath>
#include <cstdint>
#include <cstdio>

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

namespace tierworks::bench {

namespace {

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

}  // namespace

void print_json(const Figures& figures) { fmt::print("{}\n", to_json(figures).dump(2)); }

void print_table(const Figures& figures) {
  fmt::print("{:<20} {:>12} {:<28} {:>7} {:<46} {:>7}\n", "figure", "value", "unit", "ratio", "against", "CPU s");
  for (const Figure& figure : figures) {
    const std::string ratio = std::isnan(figure.ratio) ? "" : fmt::format("{:.3f}", figure.ratio);
    fmt::print("{:<20} {:>12.5g} {:<28} {:>7} {:<46} {:>7.1f}\n", figure.key, figure.value, figure.unit, ratio,
               figure.against, figure.cpu_seconds);
    std::string more;
    if (figure.two_threads) {
      more = fmt::format("spin {:.2f}{}", figure.spin, figure.valid ? "" : ": NOT VALID, no two whole cores");
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

double number_of_child(const std::string& arguments) {
  char self[4096];
  const ssize_t n = ::readlink("/proc/self/exe", self, sizeof self);
  if (n <= 0) throw WrongResult("this program's own path is not known");
  const std::string command = fmt::format("'{}' {}", std::string_view(self, static_cast<std::size_t>(n)), arguments);
  std::FILE* child = ::popen(command.c_str(), "r");
  double number = 0;
  const bool read = child != nullptr && std::fscanf(child, "%lf", &number) == 1;
  if (child == nullptr || ::pclose(child) != 0 || !read) throw WrongResult("a child process failed: " + command);
  return number;
}

}  // namespace tierworks::bench
