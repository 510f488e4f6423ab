// Phrases of production: `mon-fri 06:00-22:00`, `2025-12-24 to 2026-01-01`, `60 % for 1 wk after holidays`, `uniform 92 % to 98 %`.
#include <array>
#include <charconv>

#include <fmt/format.h>

#include "models/common/diagnostics.h"
#include "scenarios/reader/distribution_phrase.h"
#include "scenarios/reader/phrases.h"
#include "scenarios/reader/words.h"

namespace tierworks::reader {
namespace {

constexpr std::array<std::string_view, 7> kDays{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
constexpr int kMinutesPerDay = 24 * 60;

std::optional<std::size_t> day_named(std::string_view word, Words& words) {
  for (std::size_t i = 0; i < kDays.size(); ++i) {
    if (kDays[i] == word) return i;
  }
  return words.complain(fmt::format("unknown day \"{}\"; days are mon, tue, wed, thu, fri, sat, sun", word));
}

// `mon`, `mon-fri`, `fri-mon`, `daily`.
bool days_in(Words& words, production::Shift& shift) {
  const std::string_view word = words.next();
  if (word == "daily") {
    shift.of_day.fill(true);
    return true;
  }
  const std::size_t dash = word.find('-');
  const auto first = day_named(word.substr(0, dash), words);
  const auto last = dash == std::string_view::npos ? first : day_named(word.substr(dash + 1), words);
  if (!first || !last) return false;
  for (std::size_t day = *first;; day = (day + 1) % 7) {
    shift.of_day[day] = true;
    if (day == *last) return true;
  }
}

// `06:00` as minutes after midnight, up to 24:00.
std::optional<int> time_of_day(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  int hour = 0, minute = 0;
  const char* const begin = text.data();
  const bool whole = std::from_chars(begin, begin + 2, hour).ptr == begin + 2 &&
                     std::from_chars(begin + 3, begin + 5, minute).ptr == begin + 5;
  if (!whole || hour < 0 || minute < 0 || minute > 59 || hour * 60 + minute > kMinutesPerDay) return std::nullopt;
  return hour * 60 + minute;
}

// A date, or a time after the start.
std::optional<common::Moment> day_in(Words& words) {
  common::Moment moment;
  const std::string_view word = words.peek();
  if (word.size() == 10 && word[4] == '-') {
    std::string remedy;
    const auto date = parse_date(words.next(), remedy);
    if (!date) return words.complain(fmt::format("\"{}\" is no day of the calendar", word));
    moment.date = *date;
    moment.is_date = true;
    return moment;
  }
  const auto after = duration_in(words);
  if (!after) return std::nullopt;
  moment.after_start = *after;
  return moment;
}

bool day_range_in(Words& words, production::Days& days) {
  const auto first = day_in(words);
  if (!first) return false;
  days.first = days.last = *first;
  if (!words.take("to")) return true;
  const auto last = day_in(words);
  if (last) days.last = *last;
  return last.has_value();
}

// `97 %` or `0.97`, above 0 and at most 1.
bool good_share_in(Words& words, double& share) {
  bool percent = false;
  const auto value = words.share(percent);
  if (!value) return false;
  if (!(*value > 0 && *value <= 1)) {
    words.complain("a yield lies above 0 % and is at most 100 %");
    return false;
  }
  share = *value;
  return true;
}

}  // namespace

std::optional<production::YieldSpec> parse_yield(std::string_view text, std::string& expected) {
  constexpr std::string_view wanted =
      "a yield like `97 %`, `97 % each`, `uniform 92 % to 98 %` or `triangular 90 % to 97 % to 99 %`";
  using core::DistributionKind;
  Words words(text);
  production::YieldSpec yield;
  core::DistributionSpec& share = yield.share;
  const auto to = [&](double& next) {
    if (words.take("to")) return good_share_in(words, next);
    words.complain("`to` and another share are missing");
    return false;
  };
  bool read = false;
  if (words.take("uniform")) {
    share.kind = DistributionKind::uniform;
    read = good_share_in(words, share.a) && to(share.b);
  } else if (words.take("triangular")) {
    share.kind = DistributionKind::triangular;
    read = good_share_in(words, share.a) && to(share.b) && to(share.c);
  } else {
    read = good_share_in(words, share.a);
    yield.each = read && words.take("each");
  }
  if (read) {
    const std::string fault = core::fault_of(share);
    if (!fault.empty()) words.complain(fault);
    read = fault.empty();
  }
  if (!read || !words.done()) return refuse(expected, wanted, words);
  return yield;
}

std::optional<std::vector<production::Shift>> parse_shift(std::string_view text, std::string& expected) {
  constexpr std::string_view wanted = "a shift like `mon-fri 06:00-22:00` or `daily 22:00-06:00`";
  Words words(text);
  production::Shift shift;
  if (words.done() || !days_in(words, shift)) return refuse(expected, wanted, words);
  std::vector<production::Shift> shifts;
  while (!words.done()) {
    const std::string_view hours = words.next();
    const std::size_t dash = hours.find('-');
    const auto from = time_of_day(hours.substr(0, dash));
    const auto until = time_of_day(dash == std::string_view::npos ? "" : hours.substr(dash + 1));
    if (!from || !until) {
      words.complain(fmt::format("\"{}\" is no time of the day like `06:00-22:00`", hours));
      return refuse(expected, wanted, words);
    }
    shift.from = *from;
    shift.until = *until > *from ? *until : *until + kMinutesPerDay;
    shifts.push_back(shift);
  }
  if (shifts.empty()) {
    words.complain("its hours are missing");
    return refuse(expected, wanted, words);
  }
  return shifts;
}

std::optional<production::Days> parse_days(std::string_view text, std::string& expected) {
  constexpr std::string_view wanted = "days like `2025-05-01`, `2025-12-24 to 2026-01-01` or `30 d` (after the start)";
  Words words(text);
  production::Days days;
  if (!day_range_in(words, days) || !words.done()) return refuse(expected, wanted, words);
  return days;
}

std::optional<production::Staffing::Row> parse_staffing(std::string_view text, std::string& expected) {
  constexpr std::string_view wanted =
      "fewer people like `60 % from 2025-02-05 to 2025-02-19` or `60 % for 1 wk after holidays`";
  Words words(text);
  production::Staffing::Row row;
  bool percent = false;
  const auto share = words.share(percent);
  if (!share) return refuse(expected, wanted, words);
  if (!(*share >= 0 && *share <= 1)) {
    words.complain("it is a share of the people, at most 100 %");
    return refuse(expected, wanted, words);
  }
  row.share = *share;
  bool read = false;
  if (words.take("from")) {
    read = day_range_in(words, row.days);
  } else if (words.take("for")) {
    const auto length = duration_in(words);
    if (length) row.length = *length;
    row.after_holidays = true;
    read = length && words.take("after") && words.take("holidays");
  }
  if (!read || !words.done()) return refuse(expected, wanted, words);
  return row;
}

}  // namespace tierworks::reader
