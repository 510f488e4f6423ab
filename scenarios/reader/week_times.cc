// Times of the week: `mon-fri 06:00-14:00`, `daily 22:00-06:00`, or a list of them; what happens beyond a shift.
#include <array>
#include <charconv>

#include <fmt/format.h>

#include "scenarios/reader/values.h"

namespace tierworks::reader {
namespace {

constexpr std::array<std::string_view, 7> kDays{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
constexpr std::string_view kWanted = "times of the week like `mon-fri 06:00-14:00` or `daily 22:00-06:00`";
constexpr std::string_view kWantedOfCrews =
    "shifts of people like `mon-fri 06:00-14:00` or, if not all of them work, `mon-fri 14:00-22:00 with 2`";

std::optional<int> day_of(std::string_view word) {
  for (std::size_t i = 0; i < kDays.size(); ++i) {
    if (kDays[i] == word) return static_cast<int>(i);
  }
  return std::nullopt;
}

// `06:00`, `24:00`.
std::optional<core::Duration> time_of_day(std::string_view word) {
  const std::size_t colon = word.find(':');
  if (colon != 2 || word.size() != 5) return std::nullopt;
  int hours = 0, minutes = 0;
  const char* const middle = word.data() + colon;
  const auto first = std::from_chars(word.data(), middle, hours);
  const auto second = std::from_chars(middle + 1, word.data() + word.size(), minutes);
  const bool read = first.ec == std::errc{} && first.ptr == middle && second.ec == std::errc{} &&
                    second.ptr == word.data() + word.size();
  if (!read || hours < 0 || minutes < 0 || minutes > 59 || hours * 60 + minutes > 24 * 60) return std::nullopt;
  return core::kHour * hours + core::kMinute * minutes;
}

std::string_view next_word(std::string_view& text) {
  const std::size_t first = std::min(text.find_first_not_of(' '), text.size());
  const std::size_t last = std::min(text.find(' ', first), text.size());
  const std::string_view word = text.substr(first, last - first);
  text.remove_prefix(last);
  return word;
}

// Takes it from the front of the text.
std::optional<factory::WeekTimes::Span> take_span(std::string_view& text, std::string& remedy) {
  factory::WeekTimes::Span span;
  const std::string_view days = next_word(text);
  if (days != "daily") {
    const std::size_t dash = days.find('-');
    const auto first = day_of(days.substr(0, dash));
    const auto last = dash == std::string_view::npos ? first : day_of(days.substr(dash + 1));
    if (!first || !last) {
      remedy = fmt::format("; \"{}\" is no day: `daily`, `mon` or `mon-fri`", days);
      return std::nullopt;
    }
    span.first_day = *first;
    span.last_day = *last;
  }
  const std::string_view times = next_word(text);
  const std::size_t dash = std::min(times.find('-'), times.size());
  const std::string_view begins = times.substr(0, dash), ends = times.substr(std::min(dash + 1, times.size()));
  const auto from = time_of_day(begins), to = time_of_day(ends);
  if (!from || !to) {
    remedy = fmt::format("; \"{}\" is no time of the day from 00:00 to 24:00", from ? ends : begins);
    return std::nullopt;
  }
  span.from = *from;
  span.to = *to;
  return span;
}

std::optional<factory::WeekTimes::Span> parse_span(std::string_view text, std::string& remedy) {
  const auto span = take_span(text, remedy);
  return next_word(text).empty() ? span : std::nullopt;
}

// With `with 2` behind it, or without.
std::optional<factory::CrewTimes::Shift> parse_crew_shift(std::string_view text, std::string& remedy) {
  const auto span = take_span(text, remedy);
  if (!span) return std::nullopt;
  factory::CrewTimes::Shift shift{.span = *span};
  const std::string_view with = next_word(text);
  if (with.empty()) return shift;
  const std::string_view number = next_word(text);
  const char* const end = number.data() + number.size();
  const auto [last, fault] = std::from_chars(number.data(), end, shift.people);
  if (with != "with" || fault != std::errc{} || last != end || shift.people < 1) {
    remedy = fmt::format("; \"{}{}{}\" is not `with` and how many people, 1 or more", with, number.empty() ? "" : " ",
                         number);
    return std::nullopt;
  }
  return next_word(text).empty() ? std::optional(shift) : std::nullopt;
}

bool reject(Context& context, NodeId node, std::string_view expected, std::string_view remedy = {}) {
  context.faults.at_value(node, fmt::format("got {}, expected {}{}", found(context.document, node), expected, remedy));
  return false;
}

// One phrase, or a list of them.
template <class Parse, class Part>
bool read_list(Context& context, NodeId id, std::string_view wanted, Parse&& parse, std::vector<Part>& parts) {
  const Document& document = context.document;
  std::vector<Part> read;
  const auto add = [&](NodeId node) {
    std::string remedy;
    const bool is_text = document.at(node).kind == NodeKind::scalar && !document.at(node).is_empty();
    const auto part = is_text ? parse(document.at(node).text(), remedy) : std::nullopt;
    if (!part) return reject(context, node, wanted, remedy);
    read.push_back(*part);
    return true;
  };
  bool sound = true;
  if (document.at(id).kind == NodeKind::sequence) {
    for (const NodeId child : children(document, id)) sound = add(child) && sound;
  } else {
    sound = add(id);
  }
  if (sound) parts = std::move(read);
  return sound;
}

}  // namespace

bool read_value(Context& context, NodeId id, const Limits&, factory::WeekTimes& value) {
  return read_list(context, id, kWanted, parse_span, value.spans);
}

bool read_value(Context& context, NodeId id, const Limits&, factory::CrewTimes& value) {
  return read_list(context, id, kWantedOfCrews, parse_crew_shift, value.shifts);
}

bool read_value(Context& context, NodeId id, const Limits&, factory::ShiftEnd& value) {
  const std::string_view text = context.document.at(id).text();
  if (text == "finish") {
    value = factory::ShiftEnd::finish;
  } else if (text == "pause") {
    value = factory::ShiftEnd::pause;
  } else if (text == "do_not_start") {
    value = factory::ShiftEnd::do_not_start;
  } else {
    return reject(context, id, "`finish`, `pause` or `do_not_start`");
  }
  return true;
}

}  // namespace tierworks::reader
