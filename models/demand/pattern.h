// How demand changes over the calendar: factors by weekday, month, trend and promotion, multiplied. They are constant
// between midnights and the edges of promotions. Streams whose times between orders are random have their rate
// multiplied: time is stretched so that the n-th order comes when the area under the factor reaches the sum of the first n
// intervals, which a renewal process turns into one with rate x factor (for Poisson orders: a Poisson process with that
// rate; Cinlar, Introduction to Stochastic Processes, 1975, ch. 4.7). Each order keeps its own draws, so nobody's numbers
// move. Streams with periods have the quantity of the period multiplied.
// Cost: one look at each day between two orders.
#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "core/base/id.h"
#include "core/time/time.h"

namespace tierworks::demand {

struct Promotion {
  core::Instant from, until;
  double factor = 1;
};

// As compiled, of one stream.
struct Pattern {
  std::array<double, 7> of_weekday{1, 1, 1, 1, 1, 1, 1};  // Monday first
  std::array<double, 12> of_month{1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
  double growth_per_day = 0;  // of the value on the day of time 0; what would fall below 0 is 0
  core::Range promotions;     // of Model::promotions
};

// What a day of the run is in local time; day 0 is that of time 0.
struct Calendar {
  core::Duration since_midnight{0};  // of time 0
  std::uint32_t first_weekday = 0;   // of day 0; Monday is 0
  std::vector<std::uint8_t> months;  // by day, January is 0; empty if no stream has a season
};

// Local days from 1970-01-01 on: weekday (Monday is 0) and month (January is 0), Gregorian.
std::uint32_t weekday_of(std::int64_t day);
std::uint8_t month_of(std::int64_t day);
Calendar calendar_of(std::int64_t start_minutes, core::Duration length, bool with_months);

class Factors {
 public:
  Factors(const Pattern& pattern, const Calendar& calendar, std::span<const Promotion> promotions)
      : pattern_(pattern), calendar_(calendar), promotions_(promotions) {}

  struct Piece {
    double factor = 1;
    core::Instant until;  // it holds before this instant
  };
  Piece at(core::Instant t) const;
  double factor(core::Instant t) const { return at(t).factor; }
  // When the area under the factor from `from` on reaches `area` ticks; `end` if not before it.
  core::Instant after(core::Instant from, double area, core::Instant end) const;
  // Its average from `from` to `until`.
  double mean(core::Instant from, core::Instant until) const;

 private:
  const Pattern& pattern_;
  const Calendar& calendar_;
  std::span<const Promotion> promotions_;  // of this stream
};

// Demand of a period that remembers the period before: deviation(n) = rho deviation(n - 1) + shock, stationary from the
// first period on, with standard deviation sd and correlation rho^k of periods k apart (Box & Jenkins 1970, ch. 3).
// `normal` is a standard normal variate.
struct Autoregression {
  double mean = 0;
  double sd = 0;  // of the demand of a period
  double rho = 0;
  double shock = 0;  // standard deviation of the shocks, sd sqrt(1 - rho^2)

  double first(double normal) const { return sd * normal; }
  double next(double deviation, double normal) const { return rho * deviation + shock * normal; }
};

}  // namespace tierworks::demand
