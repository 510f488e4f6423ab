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

// Two threads against one. A machine that lends its processors lends halves of cores as well: two threads then slow each
// other whatever they do, and one thread alone has a core and a half. So there is a look at the machine before, between and
// after the two runs of a pair, and it counts only if each time two spinning threads came to kFreeCores times the speed of one: a chain of
// multiplications, which runs as fast on half a core, and a wide spin that fills a core. A pair waits for such a look while
// there is patience left. Where too few pairs count, the medians are those of all, and the figure says nothing.
struct TwoThreads {
  static constexpr double kFreeCores = 1.9;
  static constexpr std::size_t kTries = 4;  // for each pair that is asked for
  static constexpr double kPatience = 60;   // seconds that the pairs of a figure wait for free cores, together
  double one = 0;
  double two = 0;
  double ratio = 0;
  double spin = 0;  // of the pairs that count
  double wide_spin = 0;
  std::size_t counted = 0;
  std::size_t tried = 0;
  bool valid = false;
};

// Speed of two spinning threads over that of one.
struct Spins {
  double chain = 0;
  double wide = 0;
  Spins slower(const Spins& other) const { return {std::min(chain, other.chain), std::min(wide, other.wide)}; }
  bool free() const { return chain >= TwoThreads::kFreeCores && wide >= TwoThreads::kFreeCores; }
};
Spins spins();

// Looks again until the cores are free or `patience` [s] is used up, which it counts down. The last look.
Spins wait_for_free_cores(Spins seen, double& patience);

// Pairs of speeds, taken one after the other, and which of them count.
class TwoThreadPairs {
 public:
  void add(double two, double one, const Spins& slowest);
  TwoThreads result(std::size_t wanted) const;
  std::size_t counted() const { return free_.size(); }
  std::size_t tried() const { return all_.size(); }

 private:
  struct Taken {
    double two;
    double one;
    Spins spins;  // the slowest look
  };
  std::vector<Taken> all_, free_;
};

template <class One, class Two>
TwoThreads one_and_two(std::size_t pairs, One&& one, Two&& two) {
  TwoThreadPairs taken;
  double patience = TwoThreads::kPatience;
  Spins before = spins();
  while (taken.counted() < pairs && taken.tried() < TwoThreads::kTries * pairs) {
    before = wait_for_free_cores(before, patience);
    const double fast = two();
    const Spins between = spins();
    const double slow = one();
    const Spins after = spins();
    taken.add(fast, slow, before.slower(between).slower(after));
    before = after;
  }
  return taken.result(pairs);
}

}  // namespace tierworks::bench
