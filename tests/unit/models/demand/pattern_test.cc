// Patterns of demand: factors by hand, and streams that have them against theory, within 99.9 % intervals.
#include "models/demand/pattern.h"

#include <cmath>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "core/stats/interval.h"
#include "models/common/compile.h"
#include "tests/support/simulate.h"

namespace tierworks::demand {
namespace {

using core::Instant;
using core::kDay;
using core::kHour;
using tests::Ran;
using tests::simulate_text;

constexpr Instant at(std::int64_t hours) { return Instant{0} + kHour * hours; }
constexpr double hours(double n) { return n * static_cast<double>(kHour.ticks); }

TEST(Days, HaveTheWeekdaysAndMonthsOfTheCalendar) {
  EXPECT_EQ(weekday_of(0), 3U);      // 1970-01-01, a Thursday
  EXPECT_EQ(weekday_of(-4), 6U);     // a Sunday
  EXPECT_EQ(weekday_of(20094), 0U);  // 2025-01-06, a Monday
  EXPECT_EQ(month_of(20089), 0);     // 2025-01-01
  EXPECT_EQ(month_of(20088), 11);
  EXPECT_EQ(month_of(19782), 1);  // 2024-02-29
  EXPECT_EQ(month_of(19783), 2);
  EXPECT_EQ(month_of(-1), 11);
}

TEST(Days, BeginAtLocalMidnight) {
  // Time 0 is Monday 2025-01-06, 18:00: Tuesday begins 6 h later.
  const Calendar calendar = calendar_of((20094 * 24 + 18) * 60, kDay * 10, false);
  Pattern pattern;
  pattern.of_weekday[1] = 3;
  const Factors factors(pattern, calendar, {});
  EXPECT_EQ(factors.factor(at(5)), 1);
  EXPECT_EQ(factors.at(at(5)).until, at(6));
  EXPECT_EQ(factors.factor(at(6)), 3);
  EXPECT_EQ(factors.factor(at(30)), 1);
}

TEST(Factors, StretchTimeSoThatTheAreaUnderThemIsTheInterval) {
  const Calendar calendar = calendar_of(common::TimeFrame::kAMonday, kDay * 10, false);
  Pattern pattern;
  pattern.of_weekday = {2, 0, 1, 1, 1, 1, 0.5};
  const Factors factors(pattern, calendar, {});
  const Instant end = at(1000);
  EXPECT_EQ(factors.after(at(0), hours(36), end), at(18));
  EXPECT_EQ(factors.after(at(0), hours(60), end), at(60));  // 48 on Monday, none on Tuesday, 12 on Wednesday
  EXPECT_EQ(factors.after(at(0), hours(48), end), at(48));  // nothing on Tuesday
  EXPECT_EQ(factors.after(at(12), hours(24 + 96 + 6), end), at(6 * 24 + 12));
  EXPECT_EQ(factors.after(at(0), hours(1e6), end), end);
  EXPECT_DOUBLE_EQ(factors.mean(at(0), at(168)), 6.5 / 7);
  EXPECT_DOUBLE_EQ(factors.mean(at(12), at(36)), 1);
}

TEST(Factors, OfPromotionsHoldBetweenTheirEdges) {
  const Calendar calendar = calendar_of(common::TimeFrame::kAMonday, kDay * 10, false);
  const std::vector<Promotion> promotions{{at(6), at(12), 3}, {at(10), at(20), 0.5}};
  const Pattern pattern;
  const Factors factors(pattern, calendar, promotions);
  EXPECT_EQ(factors.at(at(0)).until, at(6));
  EXPECT_EQ(factors.factor(at(6)), 3);
  EXPECT_EQ(factors.factor(at(10)), 1.5);
  EXPECT_EQ(factors.factor(at(12)), 0.5);
  EXPECT_EQ(factors.factor(at(20)), 1);
  // 6 + 4 x 3 + 2 x 1.5 + 8 x 0.5 + 4 = 29 in 24 h
  EXPECT_DOUBLE_EQ(factors.mean(at(0), at(24)), 29.0 / 24);
  EXPECT_EQ(factors.after(at(0), hours(12), at(100)), at(8));
}

TEST(Factors, OfATrendGrowDayByDayAndNeverFallBelowZero) {
  const Calendar calendar = calendar_of(common::TimeFrame::kAMonday, kDay * 200, false);
  Pattern pattern;
  pattern.growth_per_day = 0.01;
  EXPECT_DOUBLE_EQ(Factors(pattern, calendar, {}).factor(at(100 * 24 + 5)), 2);
  pattern.growth_per_day = -0.01;
  EXPECT_DOUBLE_EQ(Factors(pattern, calendar, {}).factor(at(50 * 24)), 0.5);
  EXPECT_EQ(Factors(pattern, calendar, {}).factor(at(150 * 24)), 0);
}

TEST(Autoregression, IsRhoTimesTheLastDeviationAndAShock) {
  const Autoregression regression{.mean = 50, .sd = 8, .rho = 0.6, .shock = 6.4};
  EXPECT_DOUBLE_EQ(regression.first(-0.5), -4);
  EXPECT_DOUBLE_EQ(regression.next(10, 1), 12.4);
}

// A shop that always has enough; its demand on the days from `from` on, in units a day.
std::string shop(const std::string& stream, int from, int days, const std::string& start = "") {
  return "tierworks: 1\ntime: {warm_up: " + std::to_string(from) + " d, horizon: " + std::to_string(days) + " d" +
         start +
         R"(}
items: {box: {resolution: 0.001}}
sites:
  mill: {sells: {box: {}}}
  shop: {buys: {box: {from: mill, transit: 0 h, order_time: 0 h}}, stock: {box: {level: 100000}}}
demand: {at: shop, item: box, )" +
         stream + "}\n";
}

// One value for each replication.
std::vector<double> demand_on_days(const std::string& stream, int from, int days, std::uint32_t replications,
                                   const std::string& start = "") {
  const auto model = tests::model_of_text(shop(stream, from, days, start));
  std::vector<double> samples;
  for (std::uint32_t r = 0; r < replications; ++r) samples.push_back(tests::simulate_model(*model, 1, r)("demand"));
  return samples;
}

void expect_mean(const std::vector<double>& samples, double exact, double most) {
  const core::Interval found = core::student_interval(samples, 0.999);
  EXPECT_TRUE(found.covers(exact)) << found.mean << " +- " << found.half_width << ", exact " << exact;
  EXPECT_LE(found.half_width, most);
}

double mean_of(const std::vector<double>& samples) {
  double sum = 0;
  for (const double x : samples) sum += x;
  return sum / static_cast<double>(samples.size());
}

double covariance(const std::vector<double>& a, const std::vector<double>& b) {
  const double mean_a = mean_of(a), mean_b = mean_of(b);
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += (a[i] - mean_a) * (b[i] - mean_b);
  return sum / static_cast<double>(a.size() - 1);
}

constexpr double kZ = 3.2905;  // 99.9 % of a normal variable lie within so many standard deviations

TEST(Profile, MultipliesThePoissonRateOfEachWeekday) {
  const std::string stream = "orders: poisson 40 / d, profile: {mon: 1.5, sat: 0.5, sun: 0}";
  constexpr std::uint32_t n = 500;
  const double factor[] = {1.5, 1, 1, 1, 1, 0.5, 0};
  for (int day = 0; day < 7; ++day) {
    const std::vector<double> samples = demand_on_days(stream, 7 + day, 1, n);
    if (day == 6) {
      EXPECT_DOUBLE_EQ(mean_of(samples), 0);
      continue;
    }
    const double exact = 40 * factor[day];
    expect_mean(samples, exact, 1.3);
    // Poisson: the variance is the mean; the variance of n normal samples has the relative error sqrt(2 / (n - 1)).
    EXPECT_NEAR(covariance(samples, samples) / exact, 1, kZ * std::sqrt(2.0 / (n - 1) + 1 / (n * exact))) << day;
  }
}

TEST(Profile, FollowsTheDateOfTheStart) {
  // 2025-01-04 is a Saturday.
  const std::string stream = "orders: every 1 d, size: 10, profile: [1, 1, 1, 1, 1, 0.5, 0]";
  EXPECT_DOUBLE_EQ(demand_on_days(stream, 0, 1, 1, ", start: 2025-01-04")[0], 5);
  EXPECT_DOUBLE_EQ(demand_on_days(stream, 1, 1, 1, ", start: 2025-01-04")[0], 0);
  EXPECT_DOUBLE_EQ(demand_on_days(stream, 2, 1, 1, ", start: 2025-01-04")[0], 10);
  EXPECT_DOUBLE_EQ(demand_on_days(stream, 0, 1, 1)[0], 10);  // a Monday unless stated
}

TEST(Profile, OfOnesChangesNobodysNumbers) {
  const std::string stream = "orders: poisson 40 / d, size: gamma 5 sd 2";
  const Ran plain = simulate_text(shop(stream, 0, 100));
  const Ran ones = simulate_text(shop(stream + ", profile: [1, 1, 1, 1, 1, 1, 1], trend: + 0 % / yr", 0, 100));
  EXPECT_EQ(plain.result.fingerprint, ones.result.fingerprint);
}

TEST(Profile, OfOneStreamLeavesTheOtherAlone) {
  const auto other = [](const std::string& pattern) {
    return simulate_text(R"(
tierworks: 1
time: {horizon: 50 d}
items: {box: {}}
sites:
  mill: {sells: {box: {}}}
  shop: {buys: {box: {from: mill, transit: 1 d}}, stock: {box: {level: 100000}}}
demand:
  a: {at: shop, item: box, region: north, orders: poisson 40 / d, size: poisson 3)" +
                         pattern + R"(}
  b: {at: shop, item: box, region: south, orders: poisson 40 / d, size: poisson 3}
)");
  };
  const Ran plain = other(""), shaped = other(", profile: {sat: 0}");
  EXPECT_EQ(plain("demand", "region:south"), shaped("demand", "region:south"));
  EXPECT_GT(plain("demand", "region:north"), shaped("demand", "region:north"));
}

TEST(Season, MultipliesByMonth) {
  const std::string stream = "orders: every 1 d, size: 10, season: {feb: 2, mar: 0.5}";
  const std::string start = ", start: 2024-02-01";
  EXPECT_DOUBLE_EQ(demand_on_days(stream, 0, 29, 1, start)[0], 20);  // a leap year
  EXPECT_DOUBLE_EQ(demand_on_days(stream, 29, 31, 1, start)[0], 5);
  EXPECT_DOUBLE_EQ(demand_on_days(stream, 60, 30, 1, start)[0], 10);
  expect_mean(demand_on_days("orders: poisson 40 / d, season: {feb: 2}", 0, 29, 50, start), 80, 2);
}

TEST(Trend, GrowsAlongALine) {
  // 10 (1 + d / 100) on day d: 15.5 on the average of the days 10 to 100.
  EXPECT_NEAR(demand_on_days("orders: every 1 d, size: 10, trend: + 7 % / wk", 10, 91, 1)[0], 15.5, 1e-9);
  EXPECT_NEAR(demand_on_days("orders: every 1 d, size: 10, trend: -365 % / yr", 0, 101, 1)[0], 5, 1e-9);
}

TEST(Promotions, MultiplyInTheirWindow) {
  const std::string stream =
      "orders: every 1 d, size: 10, promotions: {spring: {from: 3 d, until: 5 d, factor: 2}, "
      "fair: {from: 2025-01-10, until: 2025-01-11, factor: 3}}";
  // Days 3 and 4 by 2, and day 4 by 3 as well, from Monday 2025-01-06 on: 10 x (8 + 2 + 6) in 10 days.
  EXPECT_DOUBLE_EQ(demand_on_days(stream, 0, 10, 1, ", start: 2025-01-06")[0], 16);
}

TEST(Ar1, HasTheMeanTheVarianceAndTheCorrelationOfTheory) {
  const std::string stream = "orders: ar1 mean 50 sd 8 rho 0.6 every 1 d";
  constexpr std::uint32_t n = 4000;
  // The same worlds on three days that follow each other.
  const std::vector<double> first = demand_on_days(stream, 0, 1, n), x = demand_on_days(stream, 5, 1, n),
                            y = demand_on_days(stream, 6, 1, n), z = demand_on_days(stream, 7, 1, n);
  const double of_variance = kZ * std::sqrt(2.0 / (n - 1));
  for (const auto* day : {&first, &x, &y}) {
    expect_mean(*day, 50, 0.45);
    EXPECT_NEAR(covariance(*day, *day) / 64, 1, of_variance);
  }
  const auto correlation = [&](const std::vector<double>& a, const std::vector<double>& b) {
    return covariance(a, b) / std::sqrt(covariance(a, a) * covariance(b, b));
  };
  // Fisher's transform has the standard deviation 1 / sqrt(n - 3).
  EXPECT_NEAR(std::atanh(correlation(x, y)), std::atanh(0.6), kZ / std::sqrt(n - 3.0));
  EXPECT_NEAR(std::atanh(correlation(x, z)), std::atanh(0.36), kZ / std::sqrt(n - 3.0));
}

TEST(Ar1, OfNegativeRhoSwings) {
  constexpr std::uint32_t n = 2000;
  const std::string stream = "orders: ar1 50 cv 0.16 rho -0.9";
  // Two days together: variance 2 x 64 x (1 - 0.9), of their mean a quarter of it.
  const std::vector<double> both = demand_on_days(stream, 3, 2, n);
  EXPECT_NEAR(covariance(both, both) / (64 * 0.1 / 2), 1, kZ * std::sqrt(2.0 / (n - 1)));
}

TEST(Intermittent, HasTheMeanAndTheVariationOfTheory) {
  // Probability p = 0.2 and sizes of mean 30 and sd 10: mean p 30 = 6, squared coefficient of variation
  // (30^2 + 10^2) / (p 30^2) - 1 = 41/9.
  constexpr std::uint32_t n = 8000;
  const std::vector<double> samples =
      demand_on_days("orders: intermittent 20 % every 1 d, size: gamma 30 sd 10", 9, 1, n);
  expect_mean(samples, 6, 0.5);
  std::vector<double> squares;
  for (const double x : samples) squares.push_back(x * x / 36 - 1);
  expect_mean(squares, 41.0 / 9, 0.6);
  std::vector<double> zero;
  for (const double x : samples) zero.push_back(x == 0 ? 1 : 0);
  expect_mean(zero, 0.8, 0.015);
}

TEST(Intermittent, ComesAtItsPeriods) {
  // Every second day from 8 h on, always: the same as `every 2 d from 8 h`.
  const Ran always = simulate_text(shop("orders: intermittent 100 % every 2 d from 8 h", 0, 100));
  EXPECT_EQ(always.result.fingerprint, simulate_text(shop("orders: every 2 d from 8 h", 0, 100)).result.fingerprint);
  // The chance of an order does not change the sizes of those that come.
  const Ran rare = simulate_text(shop("orders: intermittent 1 % every 1 h", 0, 3650));
  EXPECT_NEAR(rare("demand"), 0.24, kZ * std::sqrt(0.24 * 0.99 / 3650));
}

}  // namespace
}  // namespace tierworks::demand
