// What a suite measured, and how it is shown: a table, or one JSON object by key. A check that fails throws WrongResult:
// what is fast and wrong has no figures.
#pragma once
#include <limits>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "bench/common/measure.h"

namespace tierworks::bench {

struct WrongResult : std::runtime_error {
  using std::runtime_error::runtime_error;
};

struct Figure {
  static constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
  std::string key;
  double value = 0;
  std::string unit;
  double ratio = kNone;
  std::string against{};                               // what the ratio is to; empty without one
  double cpu_seconds = 0;                              // that measuring took
  std::vector<std::pair<std::string, double>> more{};  // further numbers by name
  std::string fingerprint{};                           // where one was checked
  bool two_threads = false;
  double spin = kNone;  // of a two-thread figure
  bool valid = true;
};

using Figures = std::vector<Figure>;

// Beginnings of keys, as --only gives them; all if empty.
struct Only {
  std::vector<std::string> beginnings;
  bool wants(const std::string& key) const {
    if (beginnings.empty()) return true;
    for (const std::string& beginning : beginnings) {
      if (key.rfind(beginning, 0) == 0) return true;
    }
    return false;
  }
};

void print_json(const Figures& figures);
void print_table(const Figures& figures);

// A number that this program, started anew with these arguments, prints: of a process of its own, because a process never
// gives back its peak of memory.
double number_of_child(const std::string& arguments);

inline void add_two_threads(Figure& figure, const TwoThreads& measured) {
  figure.value = measured.two;
  figure.ratio = measured.ratio;
  figure.two_threads = true;
  figure.spin = measured.spin;
  figure.valid = measured.valid;
  figure.more = {{"wide_spin", measured.wide_spin},
                 {"pairs_counted", static_cast<double>(measured.counted)},
                 {"pairs_tried", static_cast<double>(measured.tried)}};
}

}  // namespace tierworks::bench
