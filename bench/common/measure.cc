#include "bench/common/measure.h"

#include <algorithm>
#include <chrono>
#include <ctime>
#include <thread>
#include <utility>

namespace tierworks::bench {

namespace {

double seconds(clockid_t clock) {
  timespec now{};
  clock_gettime(clock, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

// A chain of multiplications: no memory, nothing that two threads could share, but most of the core waits.
void spin() {
  std::uint64_t x = 1;
  for (int i = 0; i < 25'000'000; ++i) x = x * 6364136223846793005U + 1442695040888963407U;
  sink(x);
}

// Eight sums that hardly wait for each other: what a core can do at most.
void wide_spin() {
  std::uint64_t a = 1, b = 2, c = 3, d = 4, e = 5, f = 6, g = 7, h = 8;
  for (std::uint64_t i = 0; i < 20'000'000; ++i) {
    asm volatile("" : "+r"(a), "+r"(b), "+r"(c), "+r"(d), "+r"(e), "+r"(f), "+r"(g), "+r"(h));  // not as one vector
    a += b ^ i;
    c += d ^ i;
    e += f ^ i;
    g += h ^ i;
    b += i;
    d ^= i;
    f += i;
    h ^= i;
    a ^= c;
    e ^= g;
  }
  sink(a ^ b ^ c ^ d ^ e ^ f ^ g ^ h);
}

double two_over_one(void (*work)()) {
  const double alone = wall_seconds_of(work);
  const double both = wall_seconds_of([&] {
    std::thread other(work);
    work();
    other.join();
  });
  return 2 * alone / both;
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

Spins spins() { return {two_over_one(spin), two_over_one(wide_spin)}; }

Spins wait_for_free_cores(Spins seen, double& patience) {
  while (!seen.free() && patience > 0) {
    const double start = wall_seconds();
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    seen = spins();
    patience -= wall_seconds() - start;
  }
  return seen;
}

void TwoThreadPairs::add(double two, double one, const Spins& slowest) {
  all_.push_back({two, one, slowest});
  if (all_.back().spins.free()) free_.push_back(all_.back());
}

TwoThreads TwoThreadPairs::result(std::size_t wanted) const {
  TwoThreads out;
  out.counted = free_.size();
  out.tried = all_.size();
  out.valid = free_.size() >= (wanted + 1) / 2;
  const auto& taken = out.valid ? free_ : all_;
  const auto middle = [&](auto&& of) {
    std::vector<double> values;
    for (const Taken& pair : taken) values.push_back(of(pair));
    return median(std::move(values));
  };
  out.one = middle([](const Taken& pair) { return pair.one; });
  out.two = middle([](const Taken& pair) { return pair.two; });
  out.ratio = middle([](const Taken& pair) { return pair.two / pair.one; });
  out.spin = middle([](const Taken& pair) { return pair.spins.chain; });
  out.wide_spin = middle([](const Taken& pair) { return pair.spins.wide; });
  return out;
}

}  // namespace tierworks::bench
