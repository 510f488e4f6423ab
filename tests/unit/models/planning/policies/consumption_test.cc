// A forecast consumed by what is booked, by hand.
#include "models/planning/policies/consumption.h"

#include <vector>

#include <gtest/gtest.h>

namespace tierworks::planning {
namespace {

using Numbers = std::vector<double>;

// What is needed in each bucket.
Numbers needed(const Consumption& rule, Numbers forecast, const Numbers& booked) {
  Numbers left(forecast.size());
  rule.consume(forecast, booked, left);
  for (std::size_t t = 0; t < forecast.size(); ++t) forecast[t] += booked[t];
  return forecast;
}

TEST(Consumption, IsTheGreaterOfForecastAndBookings) {
  EXPECT_EQ(needed({}, {20, 20, 20, 20}, {25, 10, 30, 0}), (Numbers{25, 20, 30, 20}));
}

TEST(Consumption, LooksBackThenAhead) {
  // 10 above the forecast of bucket 2 take the 10 that are left of bucket 1.
  EXPECT_EQ(needed({.back = 1}, {20, 20, 20, 20}, {25, 10, 30, 0}), (Numbers{25, 10, 30, 20}));
  // 5 above that of bucket 0 take 5 of bucket 1; 10 above that of bucket 2 take 10 of bucket 3.
  EXPECT_EQ(needed({.ahead = 1}, {20, 20, 20, 20}, {25, 10, 30, 0}), (Numbers{25, 15, 30, 10}));
  // First 5 of bucket 1 ahead of bucket 0; then the other 5 behind bucket 2, and 5 of bucket 3 ahead of it.
  EXPECT_EQ(needed({.back = 1, .ahead = 1}, {20, 20, 20, 20}, {25, 10, 30, 0}), (Numbers{25, 10, 30, 15}));
  // The nearest first: of bucket 2 all 15, of bucket 1 5 of 20.
  EXPECT_EQ(needed({.back = 3}, {20, 20, 20, 20}, {0, 0, 5, 40}), (Numbers{20, 15, 5, 40}));
}

TEST(Consumption, InsideTheFenceOnlyBookingsCount) {
  EXPECT_EQ(needed({.fence = 2}, {20, 20, 20, 20}, {25, 10, 5, 0}), (Numbers{25, 10, 20, 20}));
  // What is booked inside it still consumes the forecast behind it.
  EXPECT_EQ(needed({.ahead = 2, .fence = 2}, {20, 20, 20, 20}, {0, 45, 0, 0}), (Numbers{0, 45, 0, 15}));
  EXPECT_EQ(needed({.fence = 9}, {20, 20}, {0, 1}), (Numbers{0, 1}));
}

}  // namespace
}  // namespace tierworks::planning
