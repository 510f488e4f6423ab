// Phrases of disruptions: `site smt`, `within 300 km of 34.7 135.5`, `spread over 1 yr`, `stepwise 25 % 1 wk 100 % 3 wk`.
#include <cmath>

#include <fmt/format.h>

#include "models/common/diagnostics.h"
#include "scenarios/reader/distribution_phrase.h"
#include "scenarios/reader/phrases.h"
#include "scenarios/reader/words.h"

namespace tierworks::reader {

using disruption::Recovery;
using disruption::Strike;
using disruption::Target;

std::optional<disruption::Factor> parse_factor(std::string_view text, std::string& expected) {
  constexpr std::string_view wanted = "a factor like `150 %` or `1.5`";
  Words words(text);
  auto number = words.number();
  if (!number) return refuse(expected, wanted, words);
  if (words.take("%")) *number /= 100;
  if (*number < 0) {
    words.complain("it is not negative");
    return refuse(expected, wanted, words);
  }
  if (!words.done()) return refuse(expected, wanted, words);
  return disruption::Factor{*number};
}

namespace {

std::string_view without_blanks_around(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

std::optional<Target> parse_circle(std::string_view text, std::string& expected) {
  constexpr std::string_view wanted = "a circle like `within 300 km of 34.7 135.5` (latitude and longitude in degrees)";
  Words words(text);
  Target target{.kind = Target::Kind::circle, .name = {}, .centre = {}};
  const auto radius = words.number();
  if (!radius || !words.take("km") || !words.take("of")) return refuse(expected, wanted, words);
  const auto latitude = words.number();
  const auto longitude = words.number();
  if (!latitude || !longitude || !words.done()) return refuse(expected, wanted, words);
  if (!(*radius > 0) || std::abs(*latitude) > 90 || std::abs(*longitude) > 180) {
    words.complain("the radius is positive, latitudes lie within 90 and longitudes within 180 degrees");
    return refuse(expected, wanted, words);
  }
  target.kilometres = *radius;
  target.centre = {*latitude, *longitude};
  return target;
}

}  // namespace

std::optional<Target> parse_target(std::string_view text, std::string& expected) {
  using Kind = Target::Kind;
  static const std::vector<std::pair<std::string_view, Kind>> kinds{
      {"site", Kind::site},     {"line", Kind::line},   {"people", Kind::people},
      {"lane", Kind::lane},     {"item", Kind::item},   {"region", Kind::region},
      {"demand", Kind::demand}, {"stock", Kind::stock}, {"orders of", Kind::orders}};
  expected =
      "what is hit, like `site smt`, `line smt/reflow`, `people smt/welder`, `lane sea`, `item mlcc`, `region east`, "
      "`demand web`, "
      "`stock lead/board`, `orders of smt` or `within 300 km of 34.7 135.5`";
  text = without_blanks_around(text);
  if (text.starts_with("within ")) return parse_circle(text.substr(7), expected);
  for (const auto& [word, kind] : kinds) {
    if (!text.starts_with(word) || text.size() <= word.size() || text[word.size()] != ' ') continue;
    Target target{.kind = kind, .name = {}, .centre = {}};
    target.name = without_blanks_around(text.substr(word.size()));
    if (!target.name.empty()) return target;
  }
  std::vector<std::string> names{"within"};
  for (const auto& [word, kind] : kinds) names.emplace_back(word);
  const std::string first(text.substr(0, text.find(' ')));
  if (!first.empty()) expected += common::did_you_mean(first, names);
  return std::nullopt;
}

std::optional<Strike> parse_strike(std::string_view text, std::string& expected, const ColumnOfFile& column_of_file) {
  constexpr std::string_view wanted =
      "when it strikes, like `100 d` (after the start), a date, `spread over 1 yr` or `every exponential 50 d`";
  Strike strike;
  if (text.starts_with("every ")) {
    Words words(text.substr(6));
    auto every = read_distribution(words, Dimension::time, column_of_file);
    if (!every || !words.done()) return refuse(expected, wanted, words);
    strike.kind = Strike::Kind::every;
    strike.every.distribution = std::move(every->spec);
    return strike;
  }
  if (text.starts_with("spread over ")) {
    Words words(text.substr(12));
    if (words.take("a") && words.take("year") && words.done()) {
      strike.kind = Strike::Kind::spread;
      strike.over = core::kYear;
      return strike;
    }
    Words again(text.substr(12));
    const auto over = duration_in(again);
    if (over && over->ticks <= 0) again.complain("it is positive");
    if (!over || over->ticks <= 0 || !again.done()) return refuse(expected, wanted, again);
    strike.kind = Strike::Kind::spread;
    strike.over = *over;
    return strike;
  }
  const auto moment = parse_moment(text, expected);
  if (!moment) {
    expected = wanted;
    return std::nullopt;
  }
  strike.kind = Strike::Kind::moment;
  strike.moment = *moment;
  return strike;
}

std::optional<Recovery> parse_recovery(std::string_view text, std::string& expected) {
  constexpr std::string_view wanted =
      "a recovery like `at once`, `linear 2 wk`, `exponential 1 wk` or `stepwise 25 % 1 wk 100 % 3 wk`";
  Words words(text);
  Recovery recovery;
  if (words.take("at")) {
    if (!words.take("once") || !words.done()) return refuse(expected, wanted, words);
    return recovery;
  }
  const bool linear = words.take("linear");
  if (linear || words.take("exponential")) {
    recovery.kind = linear ? Recovery::Kind::linear : Recovery::Kind::exponential;
    const auto length = duration_in(words);
    if (length && length->ticks <= 0) words.complain("it takes time, or is `at once`");
    if (!length || length->ticks <= 0 || !words.done()) return refuse(expected, wanted, words);
    recovery.length = *length;
    return recovery;
  }
  if (!words.take("stepwise")) return refuse(expected, wanted, words);
  recovery.kind = Recovery::Kind::stepwise;
  while (!words.done()) {
    bool percent = false;
    const auto share = words.share(percent);
    if (!share) return refuse(expected, wanted, words);
    const auto after = duration_in(words);
    if (!after) return refuse(expected, wanted, words);
    const bool rises =
        recovery.steps.empty() || (*share > recovery.steps.back().share && recovery.steps.back().after < *after);
    if (!rises) {
      words.complain("shares and times rise from step to step");
      return refuse(expected, wanted, words);
    }
    recovery.steps.push_back({*share, *after});
  }
  if (recovery.steps.empty() || recovery.steps.back().share != 1) {
    words.complain("the last step is 100 %");
    return refuse(expected, wanted, words);
  }
  return recovery;
}

std::optional<disruption::OpenOrders> parse_open_orders(std::string_view text, std::string& expected) {
  using Orders = disruption::OpenOrders;
  if (text == "wait") return Orders::wait;
  if (text == "cancel") return Orders::cancel;
  if (text == "re_place") return Orders::re_place;
  expected = "`wait`, `cancel` or `re_place`";
  expected += common::did_you_mean(text, {"wait", "cancel", "re_place"});
  return std::nullopt;
}

std::optional<disruption::UnderWay> parse_under_way(std::string_view text, std::string& expected) {
  using Kind = disruption::UnderWay::Kind;
  constexpr std::string_view wanted = "`arrives`, `held` or `diverted 5 d` (so much later)";
  Words words(text);
  disruption::UnderWay what;
  if (words.take("diverted")) {
    what.kind = Kind::diverted;
    const auto detour = duration_in(words);
    if (!detour) return refuse(expected, wanted, words);
    what.detour = *detour;
    if (what.detour.ticks <= 0) words.complain("a detour takes time");
    if (what.detour.ticks <= 0) return refuse(expected, wanted, words);
  } else if (words.take("held")) {
    what.kind = Kind::held;
  } else if (!words.take("arrives")) {
    expected = wanted;
    expected += common::did_you_mean(words.peek(), {"arrives", "held", "diverted"});
    return std::nullopt;
  }
  if (!words.done()) return refuse(expected, wanted, words);
  return what;
}

std::optional<disruption::Frequency> parse_frequency(std::string_view text, std::string& expected) {
  constexpr std::string_view wanted = "how often in a year, like `0.05` or `0.02..0.1`";
  const std::size_t dots = text.find("..");
  Words least_words(text.substr(0, dots));
  const auto least = least_words.number();
  if (!least || !least_words.done()) return refuse(expected, wanted, least_words);
  disruption::Frequency frequency{*least, *least};
  if (dots != std::string_view::npos) {
    Words most_words(text.substr(dots + 2));
    const auto most = most_words.number();
    if (!most || !most_words.done()) return refuse(expected, wanted, most_words);
    frequency.most = *most;
  }
  if (frequency.least < 0 || frequency.most < frequency.least) {
    least_words.complain("it is not negative, and the least comes first");
    return refuse(expected, wanted, least_words);
  }
  return frequency;
}

std::optional<world::LeastShare> parse_least_share(std::string_view text, std::string& expected) {
  constexpr std::string_view wanted = "a target like `at least 85 %`";
  Words words(text);
  if (words.take("at") && !words.take("least")) return refuse(expected, wanted, words);
  bool percent = false;
  const auto share = words.share(percent);
  if (share && *share > 1) words.complain("a share is at most 100 %");
  if (!share || *share > 1 || !words.done()) return refuse(expected, wanted, words);
  return world::LeastShare{*share};
}

std::optional<world::MostTime> parse_most_time(std::string_view text, std::string& expected) {
  constexpr std::string_view wanted = "a target like `at most 10 wk`";
  Words words(text);
  if (words.take("at") && !words.take("most")) return refuse(expected, wanted, words);
  const auto time = duration_in(words);
  if (!time || !words.done()) return refuse(expected, wanted, words);
  return world::MostTime{*time};
}

std::optional<world::SweepDesign> parse_sweep_design(std::string_view text, std::string& expected) {
  using Design = world::SweepDesign;
  if (text == "grid") return Design::grid;
  if (text == "lhs") return Design::lhs;
  if (text == "sobol") return Design::sobol;
  expected = "`grid`, `lhs` or `sobol`";
  expected += common::did_you_mean(text, {"grid", "lhs", "sobol"});
  return std::nullopt;
}

}  // namespace tierworks::reader
