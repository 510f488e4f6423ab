// Dates: `2025-01-06` and `2025-01-06 08:00`, Gregorian, local time without daylight saving.
#include <charconv>

#include "scenarios/reader/phrases.h"

namespace tierworks::reader {
namespace {

// Days since 1970-01-01 of a Gregorian date: years start in March here, so that the leap day is a year's last.
std::int64_t days_since_1970(std::int64_t year, std::int64_t month, std::int64_t day) {
  year -= month <= 2 ? 1 : 0;
  const std::int64_t era = year / 400;  // the year is positive
  const std::int64_t year_of_era = year - era * 400;
  const std::int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  const std::int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + day_of_era - 719468;
}

std::int64_t days_in_month(std::int64_t year, std::int64_t month) {
  if (month == 2) return (year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)) ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

// Exactly `digits` digits, taken from the front.
std::optional<std::int64_t> digits_of(std::string_view& text, std::size_t digits) {
  if (text.size() < digits) return std::nullopt;
  std::int64_t value = 0;
  for (std::size_t i = 0; i < digits; ++i) {
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
    value = value * 10 + (text[i] - '0');
  }
  text.remove_prefix(digits);
  return value;
}

bool take(std::string_view& text, char c) {
  if (text.empty() || text.front() != c) return false;
  text.remove_prefix(1);
  return true;
}

std::optional<common::Date> read(std::string_view text, std::string& remedy) {
  const auto year = digits_of(text, 4);
  if (!year || !take(text, '-')) return std::nullopt;
  const auto month = digits_of(text, 2);
  if (!month || !take(text, '-')) return std::nullopt;
  const auto day = digits_of(text, 2);
  if (!day) return std::nullopt;
  std::int64_t minutes = 0;
  if (!text.empty()) {
    if (!take(text, ' ') && !take(text, 'T')) return std::nullopt;
    const auto hour = digits_of(text, 2);
    if (!hour || !take(text, ':')) return std::nullopt;
    const auto minute = digits_of(text, 2);
    if (!minute || !text.empty()) return std::nullopt;
    if (*hour > 23 || *minute > 59) {
      remedy = "; a day has the times 00:00 to 23:59";
      return std::nullopt;
    }
    minutes = *hour * 60 + *minute;
  }
  if (*year < 1 || *month < 1 || *month > 12 || *day < 1 || *day > days_in_month(*year, *month)) {
    remedy = "; the calendar has no such day";
    return std::nullopt;
  }
  return common::Date{days_since_1970(*year, *month, *day) * 24 * 60 + minutes};
}

}  // namespace

std::optional<common::Date> parse_date(std::string_view text, std::string& expected) {
  std::string remedy;
  const auto date = read(text, remedy);
  if (!date) expected = "a date like `2025-01-06` or `2025-01-06 08:00`" + remedy;
  return date;
}

}  // namespace tierworks::reader
