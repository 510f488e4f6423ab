// The figures of the suite and what makes them: each function measures a few keys and adds them.
// A check that fails (a fingerprint, a mean) throws WrongResult: a fast wrong kernel has no figures.
#pragma once
#include <cstddef>
#include <cstdint>
#include <limits>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "bench/kernel/measure.h"

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

struct Options {
  std::vector<std::string> only;  // beginnings of keys; all if empty
  std::size_t pairs = 7;
  std::uint32_t phold_places = 4096;
  std::uint32_t phold_events = 8;
  double phold_remote = 0.1;
  double phold_lookahead = 0.1;

  bool wants(const std::string& key) const {
    if (only.empty()) return true;
    for (const std::string& beginning : only) {
      if (key.rfind(beginning, 0) == 0) return true;
    }
    return false;
  }
};

using Figures = std::vector<Figure>;

void measure_hold(const Options& options, Figures& figures);
void measure_mm1(const Options& options, Figures& figures);
void measure_phold(const Options& options, Figures& figures);
void measure_forks(const Options& options, Figures& figures);
void measure_replications(const Options& options, Figures& figures);
void measure_cluster(const Options& options, Figures& figures);

// In a process of its own, because a process never gives back its peak: prints it in bytes.
void print_peak_memory_of(std::size_t replications);

inline void add_two_threads(Figure& figure, const TwoThreads& measured) {
  figure.value = measured.two;
  figure.ratio = measured.ratio;
  figure.two_threads = true;
  figure.spin = measured.spin;
  figure.valid = measured.valid();
}

}  // namespace tierworks::bench
