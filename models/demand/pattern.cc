#include "models/demand/pattern.h"

#include <algorithm>

namespace tierworks::demand {

namespace {

constexpr std::int64_t kMinutesPerDay = 24 * 60;

std::int64_t day_of_minutes(std::int64_t minutes) {
  return minutes >= 0 ? minutes / kMinutesPerDay : -((-minutes + kMinutesPerDay - 1) / kMinutesPerDay);
}

}  // namespace

// 1970-01-01 was a Thursday.
std::uint32_t weekday_of(std::int64_t day) { return static_cast<std::uint32_t>(((day + 3) % 7 + 7) % 7); }

// Years start in March here, so that the leap day is a year's last; 719468 days lie between 0000-03-01 and 1970-01-01.
std::uint8_t month_of(std::int64_t day) {
  const std::int64_t since = day + 719468;
  const std::int64_t era = (since >= 0 ? since : since - 146096) / 146097;
  const std::int64_t of_era = since - era * 146097;
  const std::int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
  const std::int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
  const std::int64_t from_march = (5 * of_year + 2) / 153;
  return static_cast<std::uint8_t>((from_march + 2) % 12);
}

Calendar calendar_of(std::int64_t start_minutes, core::Duration length, bool with_months) {
  Calendar calendar;
  const std::int64_t first = day_of_minutes(start_minutes);
  calendar.since_midnight = core::kMinute * (start_minutes - first * kMinutesPerDay);
  calendar.first_weekday = weekday_of(first);
  if (!with_months) return calendar;
  const std::int64_t days = (calendar.since_midnight + length).ticks / core::kDay.ticks + 1;
  for (std::int64_t day = 0; day < days; ++day) calendar.months.push_back(month_of(first + day));
  return calendar;
}

Factors::Piece Factors::at(core::Instant t) const {
  const std::int64_t day = (t + calendar_.since_midnight).ticks / core::kDay.ticks;
  Piece piece;
  piece.until = core::Instant{(day + 1) * core::kDay.ticks} - calendar_.since_midnight;
  piece.factor = pattern_.of_weekday[(calendar_.first_weekday + static_cast<std::uint64_t>(day)) % 7];
  if (!calendar_.months.empty()) {
    const auto last = static_cast<std::int64_t>(calendar_.months.size()) - 1;
    piece.factor *= pattern_.of_month[calendar_.months[static_cast<std::size_t>(std::min(day, last))]];
  }
  piece.factor *= std::max(0.0, 1 + pattern_.growth_per_day * static_cast<double>(day));
  for (const Promotion& promotion : promotions_) {
    if (t < promotion.from) {
      piece.until = std::min(piece.until, promotion.from);
    } else if (t < promotion.until) {
      piece.factor *= promotion.factor;
      piece.until = std::min(piece.until, promotion.until);
    }
  }
  return piece;
}

core::Instant Factors::after(core::Instant from, double area, core::Instant end) const {
  core::Instant t = from;
  while (t < end) {
    const Piece piece = at(t);
    const double room = static_cast<double>((piece.until - t).ticks) * piece.factor;
    if (area < room) return std::min(end, t + core::rounded(area / piece.factor));
    area -= room;
    t = piece.until;
  }
  return end;
}

double Factors::mean(core::Instant from, core::Instant until) const {
  if (!(from < until)) return 1;
  double area = 0;
  for (core::Instant t = from; t < until;) {
    const Piece piece = at(t);
    const core::Instant next = std::min(piece.until, until);
    area += static_cast<double>((next - t).ticks) * piece.factor;
    t = next;
  }
  return area / static_cast<double>((until - from).ticks);
}

}  // namespace tierworks::demand
