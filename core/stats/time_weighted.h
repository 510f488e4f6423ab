// An integer level that changes at instants, and its exact integral over time: stock, work in process, machines busy.
// Invariant: `integral` is that of the level up to `since`, in units x ticks, without rounding: |level| <= 2^62 over 2^54
// ticks fits 128 bits. Time never runs backwards. Cost of a change: one wide multiplication; 48 bytes, no heap.
#pragma once
#include <cstdint>
#include <limits>

#include "core/base/check.h"
#include "core/base/int128.h"
#include "core/time/time.h"

namespace tierworks::core {

struct TimeWeighted {
  std::int64_t level = 0;
  Instant since;
  Int128 integral = 0;

  void set(Instant now, std::int64_t new_level) {
    integral = integral_until(now);
    since = now;
    level = new_level;
  }
  void add(Instant now, std::int64_t delta) { set(now, level + delta); }

  // Forgets the past and keeps the level: the cut of a warm-up.
  void restart(Instant now) {
    integral = 0;
    since = now;
  }

  Int128 integral_until(Instant now) const {
    TIERWORKS_CHECK(now >= since, "time runs backwards in a time-weighted level", now.ticks, since.ticks);
    return integral + Int128{level} * (now - since).ticks;
  }

  // Average level over [start, now], in the level's units, where `start` is the last restart or the start of the run.
  // NaN if no time has passed.
  double average(Instant start, Instant now) const {
    if (now <= start) return std::numeric_limits<double>::quiet_NaN();
    return static_cast<double>(integral_until(now)) / static_cast<double>((now - start).ticks);
  }
};

}  // namespace tierworks::core
