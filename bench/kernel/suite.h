// The suite `kernel`: each function measures a few keys and adds them.
// A check that fails (a fingerprint, a mean) throws WrongResult: a fast wrong kernel has no figures.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "bench/common/figures.h"

namespace tierworks::bench {

struct Options {
  Only only;
  std::size_t pairs = 7;
  std::uint32_t phold_places = 4096;
  std::uint32_t phold_events = 8;
  double phold_remote = 0.1;
  double phold_lookahead = 0.1;

  bool wants(const std::string& key) const { return only.wants(key); }
};

void measure_hold(const Options& options, Figures& figures);
void measure_mm1(const Options& options, Figures& figures);
void measure_phold(const Options& options, Figures& figures);
void measure_forks(const Options& options, Figures& figures);
void measure_replications(const Options& options, Figures& figures);
void measure_cluster(const Options& options, Figures& figures);

// In a process of its own, because a process never gives back its peak: prints it in bytes.
void print_peak_memory_of(std::size_t replications);

}  // namespace tierworks::bench
