// A data race on purpose: every task adds to one counter without a lock. tests/threads/expect_race.sh demands that the
// thread sanitizer reports it, so that its silence about the tests of this house says something.
#include <atomic>
#include <cstddef>

#include "core/parallel/parallel.h"

int main() {
  std::size_t unguarded = 0;
  std::atomic<int> inside{0};
  tierworks::core::for_each_parallel(0, 2, 2, [&](std::size_t, std::size_t) {
    // Both tasks run before either adds, else one thread could take both and there would be no race.
    inside.fetch_add(1, std::memory_order_relaxed);
    while (inside.load(std::memory_order_relaxed) < 2) {
    }
    ++unguarded;
  });
  return unguarded == 0 ? 1 : 0;
}
