#include "core/parallel/parallel.h"

#include <algorithm>
#include <atomic>

#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/info.h>
#include <oneapi/tbb/task_arena.h>
#include <oneapi/tbb/task_group.h>

namespace tierworks::core {

std::size_t hardware_threads() {
  return static_cast<std::size_t>(std::max(1, oneapi::tbb::info::default_concurrency()));
}

void for_each_parallel(std::size_t first, std::size_t last, std::size_t threads,
                       const std::function<void(std::size_t, std::size_t)>& task) {
  threads = std::max<std::size_t>(1, std::min(threads, last > first ? last - first : 1));
  if (threads == 1) {
    for (std::size_t i = first; i < last; ++i) task(i, 0);
    return;
  }
  // More threads than cores only where the user asks for them.
  const oneapi::tbb::global_control allowed(oneapi::tbb::global_control::max_allowed_parallelism,
                                            std::max(threads, hardware_threads()));
  oneapi::tbb::task_arena arena(static_cast<int>(threads));
  std::atomic<std::size_t> next{first};
  std::atomic<bool> failed{false};
  arena.execute([&] {
    oneapi::tbb::task_group group;
    for (std::size_t worker = 0; worker < threads; ++worker) {
      group.run([&, worker] {
        try {
          for (std::size_t i = next++; i < last && !failed; i = next++) task(i, worker);
        } catch (...) {
          failed = true;
          throw;
        }
      });
    }
    group.wait();
  });
}

}  // namespace tierworks::core
