// One run on several cores: all partitions of a kernel run up to the same instant, at most one lookahead after the earliest
// event, then hand over their messages, and so on (conservative time windows; Nicol, "The cost of conservative
// synchronization in parallel discrete event simulations", J. ACM 1993). The result is that of one thread and one
// partition, bit for bit.
// Cost: one barrier a window (threads spin, then yield), so it pays if windows hold many events: hundreds at least.
#pragma once
#include <cstdint>
#include <functional>

#include "core/event/kernel.h"
#include "core/time/time.h"

namespace tierworks::core {

struct WindowCounts {
  std::uint64_t windows = 0;
};

// Runs all events before `end` on at most `threads` threads; `run_part(part, window_end)` must run the loop of that
// partition, and is called for a partition by one thread at a time. `lookahead`: the least time that a message between
// partitions takes, at least one tick. Ends early if a partition's status is no longer running. What run_part throws comes
// out here, of the first partition that threw.
WindowCounts run_windows(Kernel& kernel, Instant end, Duration lookahead, std::size_t threads,
                         const std::function<void(std::uint32_t part, Instant window_end)>& run_part);

}  // namespace tierworks::core
