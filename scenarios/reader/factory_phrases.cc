// Phrases of the shop floor: `atc k 3`, `priority edd`, `4 x work`, `every exponential 40 h for lognormal 35 min cv 1`.
#include <algorithm>
#include <cctype>

#include <fmt/format.h>

#include "models/common/diagnostics.h"
#include "scenarios/reader/distribution_phrase.h"
#include "scenarios/reader/phrases.h"
#include "scenarios/reader/words.h"

namespace tierworks::reader {
namespace {

// Words part at blanks; `/` is one of its own, so `s/opn` comes in three.
std::string rule_word(Words& words) {
  std::string word(words.next());
  if (words.peek() == "/") {
    words.next();
    word += "/" + std::string(words.next());
  }
  // `2pt+winq+npt` is read as a number and what follows it.
  if (word == "2" && !words.done()) word += std::string(words.next());
  std::transform(word.begin(), word.end(), word.begin(), [](unsigned char c) { return std::tolower(c); });
  return word;
}

std::string unknown_rule(const std::string& word) {
  std::vector<std::string> names{"priority", "setup_avoidance", "least_setup"};
  for (const factory::RuleName& known : factory::kRuleNames) names.emplace_back(known.name);
  std::string guess = common::did_you_mean(word, names);
  if (guess.empty()) guess = fmt::format("; known are {}", fmt::join(names, ", "));
  return fmt::format("unknown rule \"{}\"{}", word, guess);
}

}  // namespace

std::optional<factory::DispatchRule> parse_dispatch(std::string_view text, std::string& expected) {
  constexpr std::string_view wanted = "a dispatching rule like `fifo`, `atc k 3` or `[priority, edd]`";
  Words words(text);
  factory::DispatchRule dispatch;
  bool has_rule = false;
  while (!words.done()) {
    const std::string word = rule_word(words);
    if (word == "priority" && !has_rule && !dispatch.by_priority) {
      dispatch.by_priority = true;
      continue;
    }
    const bool avoids = word == "setup_avoidance";
    if ((avoids || word == "least_setup") && !has_rule && dispatch.setup == factory::SetupKey::none) {
      dispatch.setup = avoids ? factory::SetupKey::avoid : factory::SetupKey::least;
      dispatch.setup_first = !dispatch.by_priority;
      continue;
    }
    if (word == "max_wait" && dispatch.setup != factory::SetupKey::none && dispatch.max_wait.ticks == 0) {
      const auto most = duration_in(words);
      if (!most) return refuse(expected, wanted, words);
      if (most->ticks == 0) {
        words.complain("a lot that waits for no time at all is never held back; leave `max_wait` out for that");
        return refuse(expected, wanted, words);
      }
      dispatch.max_wait = *most;
      continue;
    }
    const bool second = word == "k2" && has_rule && factory::has_second_parameter(dispatch.rule);
    if (second || (word == "k" && has_rule && factory::has_parameter(dispatch.rule))) {
      const auto k = words.number();
      if (!k) return refuse(expected, wanted, words);
      if (*k <= 0) {
        words.complain(fmt::format("{} is {:g}, which is not positive", word, *k));
        return refuse(expected, wanted, words);
      }
      (second ? dispatch.parameters.k2 : dispatch.parameters.k) = *k;
      continue;
    }
    if (has_rule) {
      words.complain(fmt::format("\"{}\" is too much behind `{}`", word, factory::name_of(dispatch.rule)));
      return refuse(expected, wanted, words);
    }
    const auto known = std::find_if(factory::kRuleNames.begin(), factory::kRuleNames.end(),
                                    [&](const factory::RuleName& name) { return name.name == word; });
    if (known == factory::kRuleNames.end()) {
      words.complain(unknown_rule(word));
      return refuse(expected, wanted, words);
    }
    dispatch.rule = known->rule;
    has_rule = true;
  }
  if (!has_rule && !dispatch.by_priority && dispatch.setup == factory::SetupKey::none)
    return refuse(expected, wanted, words);
  return dispatch;
}

std::optional<factory::TieBreak> parse_tie(std::string_view text, std::string& expected) {
  if (text == "number") return factory::TieBreak{.by_arrival = false};
  if (text == "arrival number" || text == "arrival") return factory::TieBreak{.by_arrival = true};
  expected = "`[arrival, number]` or `number`";
  return std::nullopt;
}

std::optional<common::DueDate> parse_due(std::string_view text, std::string& expected) {
  constexpr std::string_view wanted = "a due date like `30 d` (after the release) or `4 x work`, or `given`";
  common::DueDate due;
  due.given = text == "given";
  if (due.given) return due;
  Words as_factor(text);
  if (const auto factor = as_factor.number(); factor && as_factor.take("x") && as_factor.take("work")) {
    if (*factor < 0) as_factor.complain("a due date before the release is late from the start");
    if (!as_factor.done() || !as_factor.remedy().empty()) return refuse(expected, wanted, as_factor);
    due.by_work = true;
    due.factor = *factor;
    return due;
  }
  Words words(text);
  const auto allowance = duration_in(words);
  if (!allowance || !words.done()) return refuse(expected, wanted, words);
  due.allowance = *allowance;
  return due;
}

std::optional<factory::Breakdown> parse_breakdown(std::string_view text, std::string& expected,
                                                  const ColumnOfFile& column_of_file) {
  constexpr std::string_view wanted =
      "a breakdown like `every exponential 40 h for lognormal 35 min cv 1`, or `every 40 h busy for 1 h`";
  Words words(text);
  factory::Breakdown breakdown;
  if (!words.take("every")) return refuse(expected, wanted, words);
  auto every = read_distribution(words, Dimension::time, column_of_file);
  if (!every) return refuse(expected, wanted, words);
  breakdown.busy_time = words.take("busy");
  if (!words.take("for")) {
    words.complain("`for` and the time of the repair are missing");
    return refuse(expected, wanted, words);
  }
  auto repair = read_distribution(words, Dimension::time, column_of_file);
  if (!repair || !words.done()) return refuse(expected, wanted, words);
  breakdown.every.distribution = std::move(every->spec);
  breakdown.repair.distribution = std::move(repair->spec);
  return breakdown;
}

std::optional<factory::OperationSpec::Per> parse_per_piece(std::string_view text, std::string& expected) {
  if (text == "lot") return factory::OperationSpec::Per::lot;
  if (text == "piece") return factory::OperationSpec::Per::piece;
  if (text == "equal_piece") return factory::OperationSpec::Per::equal_piece;
  expected = "`lot`, `piece` or `equal_piece`";
  return std::nullopt;
}

std::optional<factory::RoutingSpec::Sequence> parse_sequence(std::string_view text, std::string& expected) {
  if (text == "written") return factory::RoutingSpec::Sequence::written;
  if (text == "random") return factory::RoutingSpec::Sequence::random;
  expected = "`written` or `random`";
  return std::nullopt;
}

}  // namespace tierworks::reader
