#include "scenarios/reader/phrases.h"

#include <type_traits>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tierworks::reader {
namespace {

using core::DistributionKind;
using ::testing::HasSubstr;

// The value of a phrase that must be readable.
template <class Parse>
auto value_of(Parse parse, std::string_view text) {
  std::string expected;
  const auto value = parse(text, expected);
  EXPECT_TRUE(value.has_value()) << text << ": expected " << expected;
  return value.value_or(typename std::decay_t<decltype(value)>::value_type{});
}

// What is said of a phrase that must not be readable.
template <class Parse>
std::string refusal_of(Parse parse, std::string_view text) {
  std::string expected;
  EXPECT_FALSE(parse(text, expected).has_value()) << text;
  EXPECT_FALSE(expected.empty()) << text;
  return expected;
}

core::DistributionSpec time_of(std::string_view text) {
  return value_of([](auto t, auto& e) { return parse_time_distribution(t, e); }, text).distribution;
}
common::QuantityDistribution quantity_of(std::string_view text) {
  return value_of([](auto t, auto& e) { return parse_quantity_distribution(t, e); }, text);
}
std::string time_refusal(std::string_view text) {
  return refusal_of([](auto t, auto& e) { return parse_time_distribution(t, e); }, text);
}
std::string quantity_refusal(std::string_view text) {
  return refusal_of([](auto t, auto& e) { return parse_quantity_distribution(t, e); }, text);
}
common::OrderPattern orders_of(std::string_view text) {
  return value_of([](auto t, auto& e) { return parse_order_pattern(t, e); }, text);
}
std::string orders_refusal(std::string_view text) {
  return refusal_of([](auto t, auto& e) { return parse_order_pattern(t, e); }, text);
}

constexpr double kHour = 3.6e9;
constexpr double kDay = 24 * kHour;

TEST(Phrases, DurationsHaveUnits) {
  EXPECT_EQ(value_of(parse_duration, "8 h"), core::kHour * 8);
  EXPECT_EQ(value_of(parse_duration, "8h"), core::kHour * 8);
  EXPECT_EQ(value_of(parse_duration, "1.5 d"), core::kHour * 36);
  EXPECT_EQ(value_of(parse_duration, "0.3 d"), core::Duration{25'920'000'000});
  EXPECT_EQ(value_of(parse_duration, "2 weeks"), core::kWeek * 2);
  EXPECT_EQ(value_of(parse_duration, "1 yr"), core::kDay * 365);
  EXPECT_EQ(value_of(parse_duration, "90 minutes"), core::kMinute * 90);
  EXPECT_EQ(value_of(parse_duration, "7 us"), core::Duration{7});
  EXPECT_EQ(value_of(parse_duration, "0"), core::Duration{0});
  EXPECT_EQ(value_of(parse_duration, "2 k h"), core::kHour * 2000);
}

TEST(Phrases, DurationsThatMeanNothingAreRefusedWithARemedy) {
  EXPECT_EQ(refusal_of(parse_duration, "1 month"),
            "a duration like `8 h` or `1.5 d`; a month has no fixed length; write days or weeks");
  EXPECT_THAT(refusal_of(parse_duration, "8"), HasSubstr("its unit is missing; units of time are us, ms, s, min"));
  EXPECT_THAT(refusal_of(parse_duration, "8 horus"), HasSubstr("unknown unit \"horus\"; did you mean \"hours\"?"));
  EXPECT_THAT(refusal_of(parse_duration, "5 m"), HasSubstr("unknown unit \"m\"; units of time are"));
  EXPECT_THAT(refusal_of(parse_duration, "-1 h"), HasSubstr("never negative"));
  EXPECT_THAT(refusal_of(parse_duration, "0.5 us"), HasSubstr("whole microseconds"));
  EXPECT_THAT(refusal_of(parse_duration, "572 yr"), HasSubstr("cannot be represented"));
  EXPECT_THAT(refusal_of(parse_duration, "1e300 yr"), HasSubstr("cannot be represented"));
  EXPECT_THAT(refusal_of(parse_duration, "8 h 5 min"), HasSubstr("\"5\" is too much"));
  EXPECT_THAT(refusal_of(parse_duration, ""), HasSubstr("a duration like `8 h`"));
}

TEST(Phrases, NumbersAreDecimalAndFinite) {
  EXPECT_EQ(value_of(parse_number, "4000"), 4000.0);
  EXPECT_EQ(value_of(parse_number, "-0.5"), -0.5);
  EXPECT_EQ(value_of(parse_number, "3 M"), 3e6);
  EXPECT_EQ(value_of(parse_number, "2.5k"), 2500.0);
  EXPECT_EQ(value_of(parse_number, "1e3"), 1000.0);
  for (const char* text : {".nan", "nan", ".inf", "inf", "0x10", "1e999", "+5", "two", "1 2", "5 %", ""}) {
    EXPECT_THAT(refusal_of(parse_number, text), HasSubstr("a number like `4000` or `3 M`")) << text;
  }
  EXPECT_THAT(refusal_of(parse_number, "010"), HasSubstr("starts with a zero; write it without"));
  EXPECT_THAT(refusal_of(parse_number, "1_000"), HasSubstr("a number"));
  EXPECT_THAT(refusal_of(parse_amount, "1,000 pcs"), HasSubstr("write its digits without grouping"));
}

TEST(Phrases, IntegersAreWhole) {
  EXPECT_EQ(value_of(parse_integer, "12"), 12);
  EXPECT_EQ(value_of(parse_integer, "3 M"), 3'000'000);
  for (const char* text : {"1.5", "two", "1e300", "", "4 pcs"})
    EXPECT_THAT(refusal_of(parse_integer, text), HasSubstr("an integer")) << text;
}

TEST(Phrases, SharesLieBetweenZeroAndOne) {
  EXPECT_DOUBLE_EQ(value_of(parse_share, "98 %"), 0.98);
  EXPECT_DOUBLE_EQ(value_of(parse_share, "98%"), 0.98);
  EXPECT_DOUBLE_EQ(value_of(parse_share, "0.98"), 0.98);
  EXPECT_EQ(refusal_of(parse_share, "98"), "a share between 0 and 1, like `98 %` or `0.98`");
  EXPECT_THAT(refusal_of(parse_share, "-1 %"), HasSubstr("between 0 and 1"));
}

TEST(Phrases, TruthIsTrueOrFalse) {
  EXPECT_TRUE(value_of(parse_bool, "true"));
  for (const char* text : {"yes", "on", "True", "1"}) EXPECT_EQ(refusal_of(parse_bool, text), "`true` or `false`");
}

TEST(Phrases, AmountsAndRates) {
  EXPECT_EQ(value_of(parse_amount, "0.04 m2").unit, "m2");
  EXPECT_EQ(value_of(parse_amount, "4000").unit, "");
  const auto capacity = value_of(parse_amount_rate, "3 M / wk");
  EXPECT_EQ(capacity.amount.number, 3e6);
  EXPECT_EQ(capacity.per, core::kWeek);
  EXPECT_EQ(value_of(parse_amount_rate, "800 pcs/h").amount.unit, "pcs");
  EXPECT_THAT(refusal_of(parse_amount_rate, "3 M"), HasSubstr("`/` and a unit of time are missing"));
  EXPECT_THAT(refusal_of(parse_amount_rate, "3 / month"), HasSubstr("a month has no fixed length"));
  EXPECT_THAT(refusal_of(parse_amount_rate, "0 / d"), HasSubstr("a capacity is positive"));
  EXPECT_THAT(refusal_of(parse_amount, "4 reel extra"), HasSubstr("\"extra\" is too much"));
  const auto holding = value_of(parse_carrying_rate, "18 % / yr");
  EXPECT_DOUBLE_EQ(holding.number, 0.18);
  EXPECT_TRUE(holding.of_value);
  const auto money = value_of(parse_carrying_rate, "7 / d");
  EXPECT_EQ(money.number, 7.0);
  EXPECT_FALSE(money.of_value);
  EXPECT_EQ(money.per, core::kDay);
  EXPECT_THAT(refusal_of(parse_carrying_rate, "18 %"), HasSubstr("are missing at the end"));
}

TEST(Phrases, DistributionsOfTime) {
  EXPECT_EQ(time_of("3 d").a, 3 * kDay);
  EXPECT_EQ(time_of("constant 3 d").kind, DistributionKind::constant);
  const auto uniform = time_of("uniform 10 h to 14 h");
  EXPECT_EQ(uniform.kind, DistributionKind::uniform);
  EXPECT_EQ(uniform.a, 10 * kHour);
  EXPECT_EQ(uniform.b, 14 * kHour);
  EXPECT_EQ(time_of("uniform 10 to 14 h").a, 10 * kHour);
  EXPECT_EQ(time_of("uniform 12 h +- 2 h").b, 14 * kHour);
  const auto triangular = time_of("triangular 1 h to 2 h to 5 h");
  EXPECT_EQ(triangular.b, 2 * kHour);
  EXPECT_EQ(triangular.c, 5 * kHour);
  EXPECT_EQ(time_of("exponential 20 min").a, kHour / 3);
  EXPECT_DOUBLE_EQ(time_of("lognormal 3 d cv 0.4").b, 1.2 * kDay);
  EXPECT_EQ(time_of("lognormal 3 d sd 1 d").b, kDay);
  EXPECT_EQ(time_of("gamma 3 sd 1 d").a, 3 * kDay);
  EXPECT_EQ(time_of("weibull scale 3 d shape 1.5").b, 1.5);
  EXPECT_EQ(time_of("erlang 3 d phases 2").b, 2.0);
  EXPECT_EQ(time_of("hyperexponential 1 h cv 2").b, 2 * kHour);
  const auto discrete = time_of("discrete 20 d 40 % or 25 d 40 % or 50 d 20 %");
  EXPECT_EQ(discrete.values, (std::vector<double>{20 * kDay, 25 * kDay, 50 * kDay}));
  EXPECT_DOUBLE_EQ(discrete.weights[2], 0.2);
}

TEST(Phrases, DistributionsOfQuantity) {
  EXPECT_EQ(quantity_of("40").distribution.a, 40.0);
  EXPECT_EQ(quantity_of("2 reel").unit, "reel");
  EXPECT_EQ(quantity_of("normal 50 sd 8").distribution.b, 8.0);
  EXPECT_EQ(quantity_of("poisson 6").distribution.kind, DistributionKind::poisson);
  EXPECT_EQ(quantity_of("uniform 1 to 3 reel").unit, "reel");
  const auto discrete = quantity_of("discrete 1 60 % or 2 0.4").distribution;
  EXPECT_EQ(discrete.values, (std::vector<double>{1, 2}));
  EXPECT_DOUBLE_EQ(discrete.weights[0], 0.6);
}

TEST(Phrases, DistributionsThatMakeNoSenseAreRefusedInWords) {
  EXPECT_THAT(time_refusal("lognormul 3 d cv 1"),
              HasSubstr("unknown distribution \"lognormul\"; did you mean \"lognormal\"?"));
  EXPECT_THAT(time_refusal("beta 3 d"), HasSubstr("known are constant, uniform, triangular"));
  EXPECT_THAT(time_refusal("lognormal 3 d"), HasSubstr("`cv` or `sd` (as in `lognormal 3 d cv 0.4`) is missing"));
  EXPECT_THAT(time_refusal("uniform 10 h"), HasSubstr("`to` (as in `uniform 10 h to 14 h`) is missing"));
  EXPECT_THAT(time_refusal("uniform 10 h to 14"), HasSubstr("the unit of 14 is missing"));
  EXPECT_THAT(time_refusal("uniform 14 h to 10 h"), HasSubstr("14"));
  EXPECT_THAT(time_refusal("uniform 1 h +- 2 h"), HasSubstr("-1"));
  EXPECT_THAT(time_refusal("normal 3 d sd -1 d"), HasSubstr("-1 is negative"));
  EXPECT_THAT(time_refusal("erlang 3 d phases 1.5"), HasSubstr("phases"));
  EXPECT_THAT(time_refusal("poisson 6"), HasSubstr("`poisson` counts things and is no time"));
  EXPECT_THAT(time_refusal("discrete 1 d 50 % or 2 d 40 %"), HasSubstr("the shares add up to 0.9, expected 1"));
  EXPECT_THAT(time_refusal("discrete 1 d"), HasSubstr("a share (as in"));
  EXPECT_THAT(time_refusal("3 months"), HasSubstr("a month has no fixed length"));
  EXPECT_THAT(time_refusal("exponential 600 yr"), HasSubstr("cannot be represented"));
  EXPECT_THAT(time_refusal("3 d later"), HasSubstr("\"later\" is too much"));
  EXPECT_THAT(quantity_refusal("uniform 2 reel to 4 box"), HasSubstr("write one unit"));
  EXPECT_THAT(quantity_refusal("gamma .nan sd 2"), HasSubstr("\".nan\" is no number"));
}

TEST(Phrases, EmpiricalValuesComeFromAColumn) {
  const ColumnOfFile columns = [](std::string_view file, std::string_view column,
                                  std::string& remedy) -> std::optional<std::vector<double>> {
    if (file == "repair.csv" && column == "hours") return std::vector<double>{1, 2.5};
    remedy = "no such file";
    return std::nullopt;
  };
  std::string expected;
  const auto hours = parse_time_distribution("empirical repair.csv column hours", expected, columns);
  ASSERT_TRUE(hours.has_value());
  EXPECT_EQ(hours->distribution.values, (std::vector<double>{kHour, 2.5 * kHour}));
  const auto days = parse_time_distribution("empirical repair.csv column hours in d", expected, columns);
  ASSERT_TRUE(days.has_value());
  EXPECT_EQ(days->distribution.values[0], kDay);
  EXPECT_FALSE(parse_time_distribution("empirical other.csv column hours", expected, columns).has_value());
  EXPECT_THAT(expected, HasSubstr("no such file"));
}

TEST(Phrases, OrderPatterns) {
  EXPECT_DOUBLE_EQ(orders_of("poisson 40 / d").per_day, 40.0);
  EXPECT_DOUBLE_EQ(orders_of("poisson 70 / wk").per_day, 10.0);
  const auto every = orders_of("every 1 d from 8 h");
  EXPECT_EQ(every.interval.a, kDay);
  EXPECT_EQ(every.from, core::kHour * 8);
  EXPECT_EQ(orders_of("every exponential 2 h").interval.kind, DistributionKind::exponential);
  EXPECT_EQ(orders_of("data/orders.csv").file, "data/orders.csv");
  EXPECT_THAT(orders_refusal("poisson 40"), HasSubstr("`/` and a unit of time are missing"));
  EXPECT_THAT(orders_refusal("poisson 0 / d"), HasSubstr("a rate is positive"));
  EXPECT_THAT(orders_refusal("every 0 h"), HasSubstr("the time between two orders is positive"));
  EXPECT_THAT(orders_refusal("every exponential 2 h from 8 h"), HasSubstr("`from` goes with a fixed interval only"));
  EXPECT_THAT(orders_refusal("40 / d"), HasSubstr("it starts with `poisson`, `every`"));
}

TEST(Phrases, ReviewsPatienceAndBatches) {
  EXPECT_EQ(value_of(parse_review, "1 wk from 2 d").from, core::kDay * 2);
  EXPECT_THAT(refusal_of(parse_review, "0"), HasSubstr("leave it out to review continuously"));
  EXPECT_EQ(value_of(parse_unmet, "wait 3 d").patience, core::kDay * 3);
  EXPECT_EQ(value_of(parse_unmet, "lost").kind, common::Unmet::Kind::lost);
  EXPECT_THAT(refusal_of(parse_unmet, "backlog"), HasSubstr("`backorder`, `lost`, or `wait 3 d`"));
  EXPECT_EQ(value_of(parse_per, "batch"), production::MakesSpec::Per::batch);
  EXPECT_EQ(refusal_of(parse_per, "lot"), "`unit` or `batch`");
}

TEST(Safety, NamesItsKindOrIsAnAmount) {
  const common::SafetyStock cycles = value_of(parse_safety, "98 % cycle_service");
  EXPECT_EQ(cycles.kind, common::SafetyStock::Kind::cycle_service);
  EXPECT_DOUBLE_EQ(cycles.share, 0.98);
  EXPECT_EQ(value_of(parse_safety, "0.95 fill_rate").kind, common::SafetyStock::Kind::fill_rate);
  EXPECT_EQ(value_of(parse_safety, "2 reel").amount.unit, "reel");
  EXPECT_THAT(refusal_of(parse_safety, "98 %"), HasSubstr("names its kind"));
  EXPECT_THAT(refusal_of(parse_safety, "1 fill_rate"), HasSubstr("below 100 %"));
}

TEST(Forecast, NamesItsMethodAndConstants) {
  EXPECT_EQ(value_of(parse_forecast, "moving_average 4").periods, 4);
  const common::ForecastSpec winters = value_of(parse_forecast, "holt_winters 0.2 0.1 0.3 season 12");
  EXPECT_EQ(winters.periods, 12);
  EXPECT_DOUBLE_EQ(winters.c, 0.3);
  EXPECT_DOUBLE_EQ(value_of(parse_forecast, "tsb 0.1 0.05").b, 0.05);
  EXPECT_THAT(refusal_of(parse_forecast, "moving_average 2.5"), HasSubstr("whole"));
  EXPECT_THAT(refusal_of(parse_forecast, "sba 0"), HasSubstr("above 0"));
  EXPECT_THAT(refusal_of(parse_forecast, "winters 0.1"), HasSubstr("a forecast like"));
}

TEST(Phrases, DatesAreChecked) {
  EXPECT_EQ(value_of(parse_date, "1970-01-01").minutes, 0);
  EXPECT_EQ(value_of(parse_date, "1970-03-01 01:05").minutes, 59 * 1440 + 65);
  EXPECT_EQ(value_of(parse_date, "2025-01-06").minutes, std::int64_t{20094} * 1440);
  EXPECT_EQ(value_of(parse_date, "2024-02-29").minutes, std::int64_t{19782} * 1440);
  EXPECT_THAT(refusal_of(parse_date, "2025-02-29"), HasSubstr("the calendar has no such day"));
  EXPECT_THAT(refusal_of(parse_date, "2025-13-01"), HasSubstr("the calendar has no such day"));
  EXPECT_THAT(refusal_of(parse_date, "2025-01-06 24:00"), HasSubstr("00:00 to 23:59"));
  EXPECT_THAT(refusal_of(parse_date, "6.1.2025"), HasSubstr("a date like `2025-01-06`"));
}

TEST(Phrases, PlacesOnEarth) {
  std::string expected;
  EXPECT_TRUE(parse_location("48.2", "16.37", expected).has_value());
  EXPECT_FALSE(parse_location("98.2", "16.37", expected).has_value());
  EXPECT_THAT(expected, HasSubstr("a latitude lies between -90 and 90"));
}

}  // namespace
}  // namespace tierworks::reader
