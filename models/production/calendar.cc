#include "models/production/calendar.h"

#include <algorithm>

#include "core/base/int128.h"

namespace tierworks::production {

core::Instant WorkClock::at(core::Instant t) const {
  if (stretches_.empty()) return t;
  const auto next = std::upper_bound(stretches_.begin(), stretches_.end(), t,
                                     [](core::Instant now, const Stretch& s) { return now < s.from; });
  const Stretch& s = *(next - 1);
  const core::Int128 ticks = core::Int128{(t - s.from).ticks} * s.millionths / Stretch::kWhole;
  return {s.worked + static_cast<std::int64_t>(ticks)};
}

core::Instant WorkClock::after(core::Instant from, core::Duration work) const {
  if (stretches_.empty()) return from + work;
  if (work.ticks <= 0) return from;
  const std::int64_t done = at(from).ticks + work.ticks;
  // The first stretch that begins with all of it done; the one before does the last of it.
  const auto next = std::lower_bound(stretches_.begin() + 1, stretches_.end(), done,
                                     [](const Stretch& s, std::int64_t ticks) { return s.worked < ticks; });
  const Stretch& s = *(next - 1);
  const core::Int128 left = core::Int128{done - s.worked} * Stretch::kWhole;
  const core::Int128 ticks = (left + s.millionths - 1) / s.millionths;
  const core::Int128 end = core::Int128{s.from.ticks} + ticks;
  return {end < core::kLastInstant.ticks ? static_cast<std::int64_t>(end) : core::kLastInstant.ticks};
}

}  // namespace tierworks::production
