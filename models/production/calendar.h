// Working time as compiled: a table of the instants at which the pace of work changes. Work follows the clock of its line, on
// which gaps take no time, so a shift that ends costs no event: the end of a piece of work is looked up when it begins.
// Invariant: stretches rise in time, the first begins at 0, and the last goes on for ever at a pace above 0.
// Cost: 24 bytes for each change; two binary searches for each piece of work.
#pragma once
#include <cstdint>
#include <span>

#include "core/time/time.h"

namespace tierworks::production {

// At this pace until the next one begins.
struct Stretch {
  static constexpr std::int64_t kWhole = 1'000'000;
  core::Instant from;
  std::int64_t millionths = kWhole;  // of the usual pace
  std::int64_t worked = 0;           // ticks of work from the start of the run to `from`
};

// Round the clock if it has no stretches.
class WorkClock {
 public:
  WorkClock() = default;
  explicit WorkClock(std::span<const Stretch> stretches) : stretches_(stretches) {}

  // Ticks of work that one server has time for until `t`, as a point on the clock of work.
  core::Instant at(core::Instant t) const;
  // When so much work that begins at `from` is done.
  core::Instant after(core::Instant from, core::Duration work) const;
  core::Duration between(core::Instant from, core::Instant until) const { return at(until) - at(from); }

 private:
  std::span<const Stretch> stretches_;
};

}  // namespace tierworks::production
