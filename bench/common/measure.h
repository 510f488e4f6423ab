// How the benchmarks measure: clocks, a sink, and two sides in alternation. A busy machine harms both sides of a pair
// alike, so what is kept is the median of the ratios of pairs, not the ratio of medians.
#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace tierworks::bench {

double thread_cpu_seconds();   // CLOCK_THREAD_CPUTIME_ID
double process_cpu_seconds();  // of all threads
double wall_seconds();

// Whatever goes here was worth computing.
void sink(std::uint64_t value);

double median(std::vector<double> values);

// Cost of one call on this thread, by CPU time.
template <class F>
double cpu_seconds_of(F&& work) {
  const double start = thread_cpu_seconds();
  work();
  return thread_cpu_seconds() - start;
}
template <class F>
double wall_seconds_of(F&& work) {
  const double start = wall_seconds();
  work();
  return wall_seconds() - start;
}

// Medians over the pairs. The ratio is that of ours over the other.
struct Pair {
  double ours = 0;
  double other = 0;
  double ratio = 0;
};

// `ours` and `other` give a cost or a speed, and are called in turn.
template <class Ours, class Other>
Pair alternate(std::size_t pairs, Ours&& ours, Other&& other) {
  std::vector<double> a, b, ratios;
  for (std::size_t i = 0; i < pairs; ++i) {
    a.push_back(ours());
    b.push_back(other());
    ratios.push_back(a.back() / b.back());
  }
  return {median(a), median(b), median(ratios)};
}

// Two threads against one: the speeds, and how far two plain spinning threads came in the same alternation. Below
// kFreeCores the machine had no two free cores, and the figure says nothing.
struct TwoThreads {
  static constexpr double kFreeCores = 1.9;
  double one = 0;
  double two = 0;
  double ratio = 0;
  double spin = 0;
  bool valid() const { return spin >= kFreeCores; }
};

// Speed of two spinning threads over that of one.
double spin_ratio();

template <class One, class Two>
TwoThreads one_and_two(std::size_t pairs, One&& one, Two&& two) {
  std::vector<double> spins;
  const Pair pair = alternate(
      pairs,
      [&] {
        spins.push_back(spin_ratio());
        return two();
      },
      one);
  return {pair.other, pair.ours, pair.ratio, median(spins)};
}

}  // namespace tierworks::bench
