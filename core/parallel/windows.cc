#include "core/parallel/windows.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <memory>
#include <thread>

#include "core/parallel/parallel.h"

namespace tierworks::core {

namespace {

constexpr int kSpins = 4000;  // some ten microseconds

// Whoever is there works: a partition is claimed by the first thread that comes, each thread begins with partitions of its
// own, and the one that finishes the last partition opens the next window. So nothing depends on how many threads the
// scheduler really gives us.
class Windows {
 public:
  Windows(Kernel& kernel, Instant end, Duration lookahead, std::size_t threads,
          const std::function<void(std::uint32_t, Instant)>& run_part)
      : kernel_(kernel),
        end_(end),
        lookahead_(lookahead),
        threads_(threads),
        run_part_(run_part),
        parts_(std::make_unique<Part[]>(kernel.parts())) {
    open_next();
  }

  void work(std::size_t thread) {
    const std::uint32_t parts = kernel_.parts();
    const auto first = static_cast<std::uint32_t>(thread * parts / threads_);
    for (std::uint64_t window = 1;; ++window) {
      if (!await(window)) return;
      for (std::uint32_t i = 0; i < parts; ++i) {
        const std::uint32_t part = first + i < parts ? first + i : first + i - parts;
        std::uint64_t before = window - 1;
        // Seen without a claim first: most are taken by the time one comes by.
        if (parts_[part].claimed.load(std::memory_order_relaxed) != before ||
            !parts_[part].claimed.compare_exchange_strong(before, window, std::memory_order_acq_rel)) {
          continue;
        }
        run(part);
        if (finished_.fetch_add(1, std::memory_order_acq_rel) + 1 == parts) open_next();
      }
    }
  }

  WindowCounts finish() {
    for (std::uint32_t part = 0; part < kernel_.parts(); ++part) {
      if (parts_[part].error) std::rethrow_exception(parts_[part].error);
    }
    kernel_.end_windows();
    return {windows_};
  }

 private:
  struct alignas(64) Part {
    std::atomic<std::uint64_t> claimed{0};
    std::exception_ptr error;
  };

  void run(std::uint32_t part) {
    try {
      const Instant window_end = window_end_;  // stays as long as a claimed partition has not finished
      kernel_.begin_window(part, window_end);
      run_part_(part, window_end);
    } catch (...) {
      parts_[part].error = std::current_exception();
      failed_.store(true, std::memory_order_relaxed);
    }
  }

  // By one thread at a time, when all partitions stand at the end of a window.
  void open_next() {
    const std::uint64_t next = open_.load(std::memory_order_relaxed) + 1;
    const Instant first = kernel_.least_time();
    const bool over =
        failed_.load(std::memory_order_relaxed) || kernel_.status() != RunStatus::running || window_end_ == end_;
    if (over) {
      open_.store(kOver, std::memory_order_release);
      return;
    }
    ++windows_;
    // Nothing before the end: one last window brings all clocks there.
    window_end_ = !(first < end_) || end_ - first <= lookahead_ ? end_ : first + lookahead_;
    finished_.store(0, std::memory_order_relaxed);
    open_.store(next, std::memory_order_release);
  }

  // False if there is no such window.
  bool await(std::uint64_t window) const {
    for (int spin = 0;; ++spin) {
      const std::uint64_t open = open_.load(std::memory_order_acquire);
      if (open == kOver) return false;
      if (open >= window) return true;
      if (spin < kSpins) {
        __builtin_ia32_pause();
      } else {
        std::this_thread::yield();
      }
    }
  }

  static constexpr std::uint64_t kOver = ~std::uint64_t{0};

  Kernel& kernel_;
  const Instant end_;
  const Duration lookahead_;
  const std::size_t threads_;
  const std::function<void(std::uint32_t, Instant)>& run_part_;
  std::unique_ptr<Part[]> parts_;
  Instant window_end_{-1};
  std::uint64_t windows_ = 0;
  std::atomic<bool> failed_{false};
  alignas(64) std::atomic<std::uint64_t> open_{0};
  alignas(64) std::atomic<std::uint32_t> finished_{0};
};

}  // namespace

WindowCounts run_windows(Kernel& kernel, Instant end, Duration lookahead, std::size_t threads,
                         const std::function<void(std::uint32_t, Instant)>& run_part) {
  TIERWORKS_CHECK(lookahead.ticks > 0, "windows need a lookahead", lookahead.ticks);
  threads = std::clamp<std::size_t>(threads, 1, kernel.parts());
  Windows windows(kernel, end, lookahead, threads, run_part);
  for_each_parallel(0, threads, threads, [&](std::size_t thread, std::size_t) { windows.work(thread); });
  return windows.finish();
}

}  // namespace tierworks::core
