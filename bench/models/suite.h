// The suite `models`: what planning, supply and shop floors take on one core. Each function measures a few keys and adds them; what is
// measured must have one fingerprint however it is run.
#pragma once
#include <cstddef>
#include <string>

#include "bench/common/figures.h"

namespace tierworks::bench {

struct Options {
  Only only;
  std::size_t pairs = 7;
};

void measure_trees(const Options& options, Figures& figures);
void measure_network(const Options& options, Figures& figures);
void measure_shops(const Options& options, Figures& figures);

// In a process of its own: prints the peak of memory of one run, in bytes.
void print_peak_memory_of_tree(const std::string& key);
void print_peak_memory_of_network(const std::string& path);

}  // namespace tierworks::bench
