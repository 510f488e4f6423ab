// Independent tasks on several threads. The only part of the house that knows oneTBB.
// The result must not depend on which worker runs which task: give each task its own slot and fold the slots in order.
#pragma once
#include <cstddef>
#include <functional>

namespace tierworks::core {

// Threads that the machine offers.
std::size_t hardware_threads();

// Calls task(index, worker) for index in [first, last) on at most `threads` threads; worker is in [0, threads) and is never
// used by two tasks at once. Tasks start in rising order. What a task throws comes out here; later tasks are then not run.
void for_each_parallel(std::size_t first, std::size_t last, std::size_t threads,
                       const std::function<void(std::size_t index, std::size_t worker)>& task);

}  // namespace tierworks::core
