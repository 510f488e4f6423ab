#include "scenarios/reader/words.h"

#include <array>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "core/time/time.h"
#include "models/common/diagnostics.h"

namespace tierworks::reader {
namespace {

struct TimeUnit {
  std::string_view name;
  core::Duration length;
};

constexpr core::Duration kMillisecond = core::kMicrosecond * 1000;
constexpr std::array<TimeUnit, 26> kTimeUnits{{
    {"us", core::kMicrosecond},
    {"microsecond", core::kMicrosecond},
    {"microseconds", core::kMicrosecond},
    {"ms", kMillisecond},
    {"millisecond", kMillisecond},
    {"milliseconds", kMillisecond},
    {"s", core::kSecond},
    {"sec", core::kSecond},
    {"second", core::kSecond},
    {"seconds", core::kSecond},
    {"min", core::kMinute},
    {"minute", core::kMinute},
    {"minutes", core::kMinute},
    {"h", core::kHour},
    {"hour", core::kHour},
    {"hours", core::kHour},
    {"d", core::kDay},
    {"day", core::kDay},
    {"days", core::kDay},
    {"wk", core::kWeek},
    {"week", core::kWeek},
    {"weeks", core::kWeek},
    {"yr", core::kYear},
    {"year", core::kYear},
    {"years", core::kYear},
    {"mins", core::kMinute},
}};

constexpr std::array<std::string_view, 14> kOwnWords{"rho",   "to",     "+-", "±",  "sd",   "cv",     "scale",
                                                     "shape", "phases", "or", "in", "from", "column", "every"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

bool looks_like_number(std::string_view word) {
  if (!word.empty() && (word.front() == '-' || word.front() == '+')) word.remove_prefix(1);
  if (!word.empty() && word.front() == '.') word.remove_prefix(1);
  return !word.empty() && is_digit(word.front());
}

// The part in front that std::from_chars takes for a decimal number.
std::size_t number_length(std::string_view word, double& value) {
  const auto [stop, fault] = std::from_chars(word.data(), word.data() + word.size(), value);
  return fault == std::errc{} ? static_cast<std::size_t>(stop - word.data()) : 0;
}

bool is_month(std::string_view word) { return word == "month" || word == "months" || word == "mo"; }
bool names_time(std::string_view word) { return is_month(word) || ticks_in_unit(word).has_value(); }

bool has_leading_zero(std::string_view word) {
  if (!word.empty() && word.front() == '-') word.remove_prefix(1);
  return word.size() > 1 && word[0] == '0' && is_digit(word[1]);
}

}  // namespace

std::optional<double> ticks_in_unit(std::string_view unit) {
  for (const TimeUnit& known : kTimeUnits) {
    if (known.name == unit) return static_cast<double>(known.length.ticks);
  }
  return std::nullopt;
}

Words::Words(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    if (is_blank(text[i])) {
      ++i;
      continue;
    }
    const std::size_t first = i;
    while (i < text.size() && !is_blank(text[i])) ++i;
    const std::string_view word = text.substr(first, i - first);
    // A slash parts a word only in front of a unit of time (`40/d`), never in the name of a file.
    const std::size_t slash = word.find('/');
    const bool parts =
        slash != std::string_view::npos && (slash + 1 == word.size() || names_time(word.substr(slash + 1)));
    if (!parts) {
      add(word);
      continue;
    }
    if (slash > 0) add(word.substr(0, slash));
    words_.push_back(word.substr(slash, 1));
    if (slash + 1 < word.size()) words_.push_back(word.substr(slash + 1));
  }
}

void Words::add(std::string_view word) {
  double ignored = 0;
  const std::size_t length = looks_like_number(word) ? number_length(word, ignored) : 0;
  const std::string_view rest = word.substr(length);
  if (length > 0 && (rest == "%" || rest == "k" || rest == "M" || names_time(rest))) {
    words_.push_back(word.substr(0, length));
    words_.push_back(rest);
  } else {
    words_.push_back(word);
  }
}

bool Words::take(std::string_view word) {
  if (done() || words_[at_] != word) return false;
  ++at_;
  return true;
}

std::nullopt_t Words::complain(std::string remedy) {
  if (remedy_.empty()) remedy_ = std::move(remedy);
  return std::nullopt;
}

bool Words::number_follows() const { return looks_like_number(peek()); }

std::optional<double> Words::number() {
  if (done()) return complain("a number is missing at the end");
  const std::string_view word = next();
  double value = 0;
  // Alone it needs no remark: the message already says `got "two", expected a number`.
  const auto no_number = [&]() -> std::nullopt_t {
    if (words_.size() == 1) return std::nullopt;
    return complain(fmt::format("\"{}\" is no number", word));
  };
  if (!looks_like_number(word) || word.front() == '+') return no_number();
  if (has_leading_zero(word)) return complain(fmt::format("\"{}\" starts with a zero; write it without", word));
  if (number_length(word, value) != word.size() || !std::isfinite(value)) {
    if (word.find_first_of("_,'") != std::string_view::npos) {
      return complain(fmt::format("\"{}\" is no number; write its digits without grouping", word));
    }
    return no_number();
  }
  if (take("k")) value *= 1e3;
  if (take("M")) value *= 1e6;
  if (!std::isfinite(value)) return complain("the number is too large");
  return value;
}

std::optional<double> Words::share(bool& percent) {
  const auto value = number();
  if (!value) return std::nullopt;
  percent = take("%");
  return percent ? *value / 100.0 : *value;
}

std::optional<double> Words::time_unit() {
  if (done()) return complain("its unit is missing; units of time are us, ms, s, min, h, d, wk, yr");
  const std::string_view word = next();
  if (const auto ticks = ticks_in_unit(word)) return ticks;
  if (is_month(word)) {
    return complain("a month has no fixed length; write days or weeks");
  }
  if (word.size() < 3) {
    return complain(fmt::format("unknown unit \"{}\"; units of time are us, ms, s, min, h, d, wk, yr", word));
  }
  std::vector<std::string> names;
  for (const TimeUnit& unit : kTimeUnits) names.emplace_back(unit.name);
  std::string guess = common::did_you_mean(word, names);
  if (guess.empty()) guess = "; units of time are us, ms, s, min, h, d, wk, yr";
  return complain(fmt::format("unknown unit \"{}\"{}", word, guess));
}

std::optional<std::string> Words::quantity_unit() {
  const std::string_view word = peek();
  if (word.empty() || word == "/" || word == "%" || looks_like_number(word)) return std::nullopt;
  for (const std::string_view own : kOwnWords) {
    if (word == own) return std::nullopt;
  }
  ++at_;
  return std::string(word);
}

std::optional<double> Words::time() {
  const auto value = number();
  if (!value) return std::nullopt;
  const std::string_view follower = peek();
  if (*value == 0.0 && (done() || (!ticks_in_unit(follower)))) return 0.0;
  const auto unit = time_unit();
  if (!unit) return std::nullopt;
  return *value * *unit;
}

std::nullopt_t refuse(std::string& expected, std::string_view wanted, const Words& words) {
  expected = wanted;
  if (!words.remedy().empty()) {
    expected += "; " + words.remedy();
  } else if (!words.done()) {
    expected += "; \"" + std::string(words.peek()) + "\" is too much";
  }
  return std::nullopt;
}

}  // namespace tierworks::reader
