#include "models/common/date_text.h"

#include <chrono>

#include <fmt/format.h>

namespace tierworks::common {

std::string date_text(const Date& start, core::Instant at) {
  using std::chrono::floor;
  const std::chrono::minutes since{start.minutes + at.ticks / core::kMinute.ticks};
  const auto day = floor<std::chrono::days>(since);
  const std::chrono::year_month_day date{std::chrono::sys_days{day}};
  const std::string text = fmt::format("{:04d}-{:02d}-{:02d}", static_cast<int>(date.year()),
                                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  const auto minute = (since - day).count();
  return minute == 0 ? text : fmt::format("{} {:02d}:{:02d}", text, minute / 60, minute % 60);
}

}  // namespace tierworks::common
