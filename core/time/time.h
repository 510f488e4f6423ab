// Simulated time: integers of one microsecond. An instant is a point, a duration a length; they do not mix.
// Range: instants from 0 to kLastInstant (about 570 years), so that an instant fits 54 bits of an event's key.
#pragma once
#include <compare>
#include <cstdint>

namespace tierworks::core {

struct Duration {
  std::int64_t ticks = 0;
  constexpr auto operator<=>(const Duration&) const = default;
  constexpr Duration operator+(Duration d) const { return {ticks + d.ticks}; }
  constexpr Duration operator-(Duration d) const { return {ticks - d.ticks}; }
  constexpr Duration operator*(std::int64_t n) const { return {ticks * n}; }
};

struct Instant {
  std::int64_t ticks = 0;  // since the start of the run
  constexpr auto operator<=>(const Instant&) const = default;
  constexpr Instant operator+(Duration d) const { return {ticks + d.ticks}; }
  constexpr Instant operator-(Duration d) const { return {ticks - d.ticks}; }
  constexpr Duration operator-(Instant i) const { return {ticks - i.ticks}; }
};

inline constexpr Duration kMicrosecond{1};
inline constexpr Duration kSecond{1'000'000};
inline constexpr Duration kMinute = kSecond * 60;
inline constexpr Duration kHour = kMinute * 60;
inline constexpr Duration kDay = kHour * 24;
inline constexpr Duration kWeek = kDay * 7;
inline constexpr Duration kYear = kDay * 365;
inline constexpr Instant kLastInstant{(std::int64_t{1} << 54) - 1};

// The whole number of ticks nearest to a sampled length; negative lengths are 0, endless ones end with time itself.
constexpr Duration rounded(double ticks) {
  if (!(ticks > 0)) return {0};
  const auto last = static_cast<double>(kLastInstant.ticks);
  return {ticks < last ? static_cast<std::int64_t>(ticks + 0.5) : kLastInstant.ticks};
}

constexpr Duration hours(double n) { return rounded(n * static_cast<double>(kHour.ticks)); }
constexpr double in_hours(Duration d) { return static_cast<double>(d.ticks) / static_cast<double>(kHour.ticks); }
constexpr double in_days(Duration d) { return static_cast<double>(d.ticks) / static_cast<double>(kDay.ticks); }

}  // namespace tierworks::core
