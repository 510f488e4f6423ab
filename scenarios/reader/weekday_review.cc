#include "scenarios/reader/weekday_review.h"

#include <array>

#include "scenarios/reader/distribution_phrase.h"
#include "scenarios/reader/phrases.h"
#include "scenarios/reader/words.h"

namespace tierworks::reader {

namespace {

constexpr std::array<std::string_view, 7> kWeekdays{"mondays", "tuesdays",  "wednesdays", "thursdays",
                                                    "fridays", "saturdays", "sundays"};
constexpr std::int64_t kAMonday = 4 * 24 * 60;  // 1970-01-05
constexpr core::Duration kWeek = core::kDay * 7;

std::optional<std::int64_t> weekday_in(std::string_view word) {
  for (std::size_t i = 0; i < kWeekdays.size(); ++i) {
    if (kWeekdays[i] == word) return static_cast<std::int64_t>(i);
  }
  return std::nullopt;
}

}  // namespace

bool names_weekday(std::string_view text) { return weekday_in(Words(text).peek()).has_value(); }

std::int64_t start_of_run(const Context& context, NodeId node) {
  const Document& document = context.document;
  while (document.at(node).parent != kNoNode) node = document.at(node).parent;
  for (const std::string_view key : {"time", "start"}) {
    if (document.at(node).kind != NodeKind::map) return kAMonday;
    node = document.find(node, key);
    if (node == kNoNode) return kAMonday;
  }
  std::string ignored;  // a date that is none is told where it stands
  const auto date = parse_date(document.at(node).text(), ignored);
  return date ? date->minutes : kAMonday;
}

std::optional<common::ReviewCalendar> parse_weekday_review(std::string_view text, std::int64_t start_minutes,
                                                           std::string& expected) {
  constexpr std::string_view wanted = "a weekday like `mondays` or `fridays at 8 h`";
  Words words(text);
  const auto weekday = weekday_in(words.next());
  if (!weekday) return refuse(expected, wanted, words);
  core::Duration at{0};
  if (words.take("at")) {
    const auto time = duration_in(words);
    if (!time) return refuse(expected, wanted, words);
    at = *time;
  }
  if (!(at < core::kDay)) words.complain("a time of the day is below 24 h");
  if (!words.done() || !(at < core::kDay)) return refuse(expected, wanted, words);
  const core::Duration since_monday{(core::kMinute * (start_minutes - kAMonday)).ticks % kWeek.ticks};
  core::Duration from{(core::kDay * *weekday + at - since_monday).ticks % kWeek.ticks};
  if (from.ticks < 0) from = from + kWeek;
  return common::ReviewCalendar{kWeek, from};
}

}  // namespace tierworks::reader
