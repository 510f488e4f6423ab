#include "bench/common/measure.h"

#include <ctime>
#include <thread>

namespace tierworks::bench {

namespace {

double seconds(clockid_t clock) {
  timespec now{};
  clock_gettime(clock, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

// A chain of multiplications: no memory, nothing that two threads could share.
void spin() {
  std::uint64_t x = 1;
  for (int i = 0; i < 50'000'000; ++i) x = x * 6364136223846793005U + 1442695040888963407U;
  sink(x);
}

volatile std::uint64_t sunk;

}  // namespace

double thread_cpu_seconds() { return seconds(CLOCK_THREAD_CPUTIME_ID); }
double process_cpu_seconds() { return seconds(CLOCK_PROCESS_CPUTIME_ID); }
double wall_seconds() { return seconds(CLOCK_MONOTONIC); }

void sink(std::uint64_t value) { sunk = value; }

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const std::size_t n = values.size();
  return n % 2 == 1 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2;
}

double spin_ratio() {
  const double alone = wall_seconds_of([] { spin(); });
  const double both = wall_seconds_of([] {
    std::thread other(spin);
    spin();
    other.join();
  });
  return 2 * alone / both;
}

}  // namespace tierworks::bench
