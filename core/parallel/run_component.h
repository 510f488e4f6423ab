// A component (core/event/component.h) on several cores: the same result as Runner::until, for any split.
#pragma once
#include "core/event/component.h"
#include "core/parallel/windows.h"

namespace tierworks::core {

// `runner` must be split so that no message between partitions takes less than `lookahead`. False if events cause each other
// for ever at one instant.
template <class Component, class... Events>
bool run_until(Runner<Component, Events...>& runner, Instant end, Duration lookahead, std::size_t threads) {
  run_windows(runner.kernel(), end, lookahead, threads,
              [&](std::uint32_t part, Instant window_end) { runner.run_part(part, window_end); });
  return runner.kernel().status() == RunStatus::running;
}

}  // namespace tierworks::core
