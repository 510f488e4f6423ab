#include "scenarios/reader/phrases.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <initializer_list>
#include <utility>

#include "models/common/diagnostics.h"
#include "scenarios/reader/distribution_phrase.h"
#include "scenarios/reader/words.h"

namespace tierworks::reader {
namespace {

// `/ wk`
std::optional<core::Duration> per_time(Words& words) {
  if (!words.take("/")) return words.complain("`/` and a unit of time are missing at the end");
  const auto unit = words.time_unit();
  if (!unit) return std::nullopt;
  return core::Duration{static_cast<std::int64_t>(*unit)};
}

// One of a few words, each with what it stands for.
template <class T>
std::optional<T> one_of(std::string_view text, std::initializer_list<std::pair<std::string_view, T>> words,
                        std::string& expected) {
  std::vector<std::string> names;
  for (const auto& [name, value] : words) {
    if (text == name) return value;
    expected += (names.empty() ? "`" : names.size() + 1 == words.size() ? " or `" : ", `") + std::string(name) + "`";
    names.emplace_back(name);
  }
  expected += common::did_you_mean(text, names);
  return std::nullopt;
}

constexpr std::string_view kDistributionOfTime =
    "a time like `3 d`, `exponential 20 min`, `lognormal 3 d cv 0.4` or `uniform 10 h to 14 h`";
constexpr std::string_view kDistributionOfQuantity =
    "a quantity like `40`, `2 reel`, `poisson 6`, `gamma 50 sd 8` or `discrete 1 60 % or 2 40 %`";

}  // namespace

std::optional<core::Duration> duration_in(Words& words) {
  const auto ticks = words.time();
  if (!ticks) return std::nullopt;
  return whole_duration(*ticks, words);
}

std::optional<double> parse_number(std::string_view text, std::string& expected) {
  Words words(text);
  const auto value = words.number();
  if (value && words.done()) return value;
  return refuse(expected, "a number like `4000` or `3 M`", words);
}

std::optional<std::int64_t> parse_integer(std::string_view text, std::string& expected) {
  constexpr double kExact = 9007199254740992.0;  // 2^53: whole numbers up to it are exact
  Words words(text);
  const auto value = words.number();
  if (!value || !words.done()) return refuse(expected, "an integer", words);
  if (*value != std::floor(*value) || std::abs(*value) > kExact) {
    expected = "an integer";
    return std::nullopt;
  }
  return static_cast<std::int64_t>(*value);
}

std::optional<double> parse_share(std::string_view text, std::string& expected) {
  constexpr std::string_view wanted = "a share between 0 and 1, like `98 %` or `0.98`";
  Words words(text);
  bool percent = false;
  const auto value = words.share(percent);
  if (!value || !words.done()) return refuse(expected, wanted, words);
  if (*value < 0 || *value > 1) {
    expected = wanted;
    return std::nullopt;
  }
  return value;
}

std::optional<bool> parse_bool(std::string_view text, std::string& expected) {
  if (text == "true") return true;
  if (text == "false") return false;
  expected = "`true` or `false`";
  return std::nullopt;
}

std::optional<core::Duration> parse_duration(std::string_view text, std::string& expected) {
  Words words(text);
  const auto duration = duration_in(words);
  if (duration && words.done()) return duration;
  return refuse(expected, "a duration like `8 h` or `1.5 d`", words);
}

std::optional<common::GeoPoint> parse_location(std::string_view latitude, std::string_view longitude,
                                               std::string& expected) {
  constexpr std::string_view wanted = "`[latitude, longitude]` in degrees, like `[48.2, 16.37]`";
  std::string ignored;
  const auto lat = parse_number(latitude, ignored);
  const auto lon = parse_number(longitude, ignored);
  expected = wanted;
  if (!lat || !lon) return std::nullopt;
  if (std::abs(*lat) > 90) {
    expected += "; a latitude lies between -90 and 90";
    return std::nullopt;
  }
  if (std::abs(*lon) > 180) {
    expected += "; a longitude lies between -180 and 180";
    return std::nullopt;
  }
  return common::GeoPoint{*lat, *lon};
}

std::optional<common::Amount> parse_amount(std::string_view text, std::string& expected) {
  constexpr std::string_view wanted = "an amount like `4000`, `0.04 m2` or `1 reel`";
  Words words(text);
  const auto number = words.number();
  if (!number) return refuse(expected, wanted, words);
  common::Amount amount{*number, {}};
  if (auto unit = words.quantity_unit()) amount.unit = std::move(*unit);
  if (!words.done()) return refuse(expected, wanted, words);
  return amount;
}

std::optional<common::AmountRate> parse_amount_rate(std::string_view text, std::string& expected) {
  constexpr std::string_view wanted = "an amount per time like `3 M / wk` or `800 pcs / h`";
  Words words(text);
  const auto number = words.number();
  if (!number) return refuse(expected, wanted, words);
  if (*number <= 0) {
    words.complain("a capacity is positive; leave it out if it is unlimited");
    return refuse(expected, wanted, words);
  }
  common::AmountRate rate;
  rate.amount.number = *number;
  if (auto unit = words.quantity_unit()) rate.amount.unit = std::move(*unit);
  const auto per = per_time(words);
  if (!per || !words.done()) return refuse(expected, wanted, words);
  rate.per = *per;
  return rate;
}

std::optional<common::CarryingRate> parse_carrying_rate(std::string_view text, std::string& expected) {
  constexpr std::string_view wanted =
      "a share of value per time like `18 % / yr`, or money per unit and time like `7 / d`";
  Words words(text);
  common::CarryingRate rate;
  const auto number = words.share(rate.of_value);
  if (!number) return refuse(expected, wanted, words);
  if (*number < 0) {
    words.complain("a cost is never negative");
    return refuse(expected, wanted, words);
  }
  rate.number = *number;
  if (*number == 0 && words.done()) return rate;
  const auto per = per_time(words);
  if (!per || !words.done()) return refuse(expected, wanted, words);
  rate.per = *per;
  return rate;
}

std::optional<common::Growth> parse_growth(std::string_view text, std::string& expected) {
  constexpr std::string_view wanted = "a growth like `+ 3 % / yr` or `-1 % / wk`";
  Words words(text);
  const bool falls = words.take("-");
  if (!falls) words.take("+");
  bool percent = false;
  const auto share = words.share(percent);
  if (!share) return refuse(expected, wanted, words);
  const auto per = per_time(words);
  if (!per || !words.done()) return refuse(expected, wanted, words);
  return common::Growth{falls ? -*share : *share, *per};
}

std::optional<common::Moment> parse_moment(std::string_view text, std::string& expected) {
  common::Moment moment;
  if (const auto date = parse_date(text, expected)) {
    moment.date = *date;
    moment.is_date = true;
    return moment;
  }
  if (text.size() > 4 && text[4] == '-') return std::nullopt;  // meant as a date: that is the remark to make
  Words words(text);
  const auto after = duration_in(words);
  if (!after || !words.done()) {
    return refuse(expected, "a time like `30 d` after the start of the run, or a date like `2025-01-06`", words);
  }
  moment.after_start = *after;
  return moment;
}

std::optional<common::ReviewCalendar> parse_review(std::string_view text, std::string& expected) {
  constexpr std::string_view wanted = "a review like `1 wk`, `1 wk from 2 d` or `mondays`";
  Words words(text);
  const auto every = duration_in(words);
  if (!every) return refuse(expected, wanted, words);
  common::ReviewCalendar calendar{*every, core::Duration{0}};
  if (every->ticks == 0) {
    words.complain("the time between two reviews is positive; leave it out to review continuously");
    return refuse(expected, wanted, words);
  }
  if (words.take("from")) {
    const auto from = duration_in(words);
    if (!from) return refuse(expected, wanted, words);
    calendar.from = *from;
  }
  if (!words.done()) return refuse(expected, wanted, words);
  return calendar;
}

std::optional<common::SafetyStock> parse_safety(std::string_view text, std::string& expected) {
  constexpr std::string_view wanted = "a safety like `98 % cycle_service`, `95 % fill_rate` or `40 pcs`";
  Words words(text);
  common::SafetyStock safety;
  const auto number = words.number();
  if (!number) return refuse(expected, wanted, words);
  const bool percent = words.take("%");
  const bool cycle_service = words.take("cycle_service");
  if (cycle_service || words.take("fill_rate")) {
    safety.kind = cycle_service ? common::SafetyStock::Kind::cycle_service : common::SafetyStock::Kind::fill_rate;
    safety.share = percent ? *number / 100 : *number;
    if (!(safety.share > 0 && safety.share < 1)) {
      words.complain("a service level lies above 0 % and below 100 %");
      return refuse(expected, wanted, words);
    }
  } else if (percent) {
    words.complain(
        "a service level names its kind: `cycle_service` counts cycles without a shortage, `fill_rate` units "
        "served at once");
    return refuse(expected, wanted, words);
  } else {
    if (*number < 0) {
      words.complain("a safety stock is never negative");
      return refuse(expected, wanted, words);
    }
    safety.amount.number = *number;
    if (auto unit = words.quantity_unit()) safety.amount.unit = std::move(*unit);
  }
  if (!words.done()) return refuse(expected, wanted, words);
  return safety;
}

namespace {

struct ForecastWords {
  std::string_view name;
  common::ForecastSpec::Kind kind;
  int constants;
  std::string_view example;
};

constexpr std::array<ForecastWords, 6> kForecasts{{
    {"moving_average", common::ForecastSpec::Kind::moving_average, 0, "`moving_average 4`: the mean of 4 reviews"},
    {"smoothing", common::ForecastSpec::Kind::smoothing, 1, "`smoothing 0.2`"},
    {"holt_winters", common::ForecastSpec::Kind::holt_winters, 3,
     "`holt_winters 0.2 0.1 0.3 season 12`: constants of level, trend and season, reviews in a season"},
    {"croston", common::ForecastSpec::Kind::croston, 1, "`croston 0.1`"},
    {"sba", common::ForecastSpec::Kind::sba, 1, "`sba 0.1`"},
    {"tsb", common::ForecastSpec::Kind::tsb, 2, "`tsb 0.1 0.05`: constants of size and chance"},
}};

// A whole number of reviews, at least one.
bool reviews_in(Words& words, std::int64_t& periods) {
  const auto number = words.number();
  constexpr double kMost = 100000;
  if (!number) return false;
  if (*number < 1 || *number > kMost || *number != std::floor(*number)) {
    words.complain("a number of reviews is a whole one, from 1 to 100000");
    return false;
  }
  periods = static_cast<std::int64_t>(*number);
  return true;
}

}  // namespace

std::optional<common::ForecastSpec> parse_forecast(std::string_view text, std::string& expected) {
  Words words(text);
  const std::string_view name = words.next();
  const auto* method =
      std::find_if(kForecasts.begin(), kForecasts.end(), [&](const auto& f) { return f.name == name; });
  if (method == kForecasts.end()) {
    std::vector<std::string> names;
    for (const ForecastWords& known : kForecasts) names.emplace_back(known.name);
    expected = "a forecast like `moving_average 4`, `smoothing 0.2` or `sba 0.1`" +
               common::did_you_mean(std::string(name), names);
    return std::nullopt;
  }
  common::ForecastSpec forecast{.kind = method->kind};
  const std::array<double*, 3> constants{&forecast.a, &forecast.b, &forecast.c};
  for (int i = 0; i < method->constants; ++i) {
    const auto number = words.number();
    if (!number) return refuse(expected, method->example, words);
    if (!(*number > 0 && *number <= 1)) {
      words.complain("a smoothing constant lies above 0 and is at most 1");
      return refuse(expected, method->example, words);
    }
    *constants[static_cast<std::size_t>(i)] = *number;
  }
  const bool seasonal = method->kind == common::ForecastSpec::Kind::holt_winters;
  if (seasonal && !words.take("season")) return refuse(expected, method->example, words);
  if ((seasonal || method->constants == 0) && !reviews_in(words, forecast.periods))
    return refuse(expected, method->example, words);
  if (!words.done()) return refuse(expected, method->example, words);
  return forecast;
}

std::optional<common::Unmet> parse_unmet(std::string_view text, std::string& expected) {
  constexpr std::string_view wanted = "`backorder`, `lost`, or `wait 3 d`";
  Words words(text);
  common::Unmet unmet;
  if (words.take("wait")) {
    unmet.kind = common::Unmet::Kind::wait;
    const auto patience = duration_in(words);
    if (!patience) return refuse(expected, wanted, words);
    unmet.patience = *patience;
  } else if (words.take("lost")) {
    unmet.kind = common::Unmet::Kind::lost;
  } else if (!words.take("backorder")) {
    expected = wanted;
    expected += common::did_you_mean(words.peek(), {"backorder", "lost", "wait"});
    return std::nullopt;
  }
  if (!words.done()) return refuse(expected, wanted, words);
  return unmet;
}

std::optional<supply::AllocationRule> parse_allocation(std::string_view text, std::string& expected) {
  using Rule = supply::AllocationRule;
  return one_of<Rule>(text,
                      {{"first_come", Rule::first_come},
                       {"priority", Rule::priority},
                       {"successor_order", Rule::successor_order},
                       {"proportional", Rule::proportional},
                       {"equal", Rule::equal},
                       {"margin", Rule::margin}},
                      expected);
}

std::optional<supply::PositionOf> parse_position(std::string_view text, std::string& expected) {
  using Of = supply::PositionOf;
  return one_of<Of>(
      text, {{"local", Of::local}, {"echelon", Of::echelon}, {"echelon_by_orders", Of::echelon_by_orders}}, expected);
}

std::optional<supply::DemandSignal> parse_demand_signal(std::string_view text, std::string& expected) {
  using Signal = supply::DemandSignal;
  return one_of<Signal>(text,
                        {{"orders", Signal::orders},
                         {"customers", Signal::customers},
                         {"forecast", Signal::forecast},
                         {"plans", Signal::plans}},
                        expected);
}

std::optional<supply::SourcingRule> parse_sourcing(std::string_view text, std::string& expected) {
  using Rule = supply::SourcingRule;
  return one_of<Rule>(text,
                      {{"split", Rule::split},
                       {"priority", Rule::priority},
                       {"cheapest", Rule::cheapest},
                       {"fastest", Rule::fastest},
                       {"nearest", Rule::nearest},
                       {"most_stock", Rule::most_stock},
                       {"least_load", Rule::least_load}},
                      expected);
}

std::optional<production::MakesSpec::Per> parse_per(std::string_view text, std::string& expected) {
  if (text == "unit") return production::MakesSpec::Per::unit;
  if (text == "batch") return production::MakesSpec::Per::batch;
  expected = "`unit` or `batch`";
  return std::nullopt;
}

std::optional<common::TimeDistribution> parse_time_distribution(std::string_view text, std::string& expected,
                                                                const ColumnOfFile& column_of_file) {
  Words words(text);
  auto phrase = read_distribution(words, Dimension::time, column_of_file);
  if (!phrase || !words.done()) return refuse(expected, kDistributionOfTime, words);
  return common::TimeDistribution{std::move(phrase->spec)};
}

std::optional<common::QuantityDistribution> parse_quantity_distribution(std::string_view text, std::string& expected,
                                                                        const ColumnOfFile& column_of_file) {
  Words words(text);
  auto phrase = read_distribution(words, Dimension::quantity, column_of_file);
  if (!phrase || !words.done()) return refuse(expected, kDistributionOfQuantity, words);
  return common::QuantityDistribution{std::move(phrase->spec), std::move(phrase->unit)};
}

}  // namespace tierworks::reader
