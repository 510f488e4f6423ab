// Reviews on weekdays, by hand: 2025-01-06 is a Monday.
#include "scenarios/reader/weekday_review.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scenarios/reader/phrases.h"
#include "tests/support/simulate.h"

namespace tierworks::reader {
namespace {

using testing::HasSubstr;

// Hours from the start to the first review.
double first(std::string_view review, std::string_view start) {
  std::string expected;
  const auto date = parse_date(start, expected);
  const auto calendar = parse_weekday_review(review, date->minutes, expected);
  EXPECT_EQ(calendar->every, core::kDay * 7);
  return core::in_hours(calendar->from);
}

TEST(WeekdayReview, IsTheFirstSuchDayAtOrAfterTheStart) {
  EXPECT_EQ(first("mondays", "2025-01-06"), 0);
  EXPECT_EQ(first("sundays", "2025-01-06"), 6 * 24);
  EXPECT_EQ(first("mondays", "2025-01-06 08:00"), 7 * 24 - 8);
  EXPECT_EQ(first("mondays at 8 h", "2025-01-06 08:00"), 0);
  EXPECT_EQ(first("mondays at 7 h", "2025-01-06 08:00"), 7 * 24 - 1);
  EXPECT_EQ(first("wednesdays at 30 min", "2025-01-10"), 5 * 24 + 0.5);  // from a Friday
  EXPECT_EQ(first("thursdays", "1969-12-31"), 24);                       // 1970-01-01 was one
}

TEST(WeekdayReview, IsReadByTheStartOfTheRun) {
  const auto reviewed = [](std::string_view time, std::string_view review) {
    const auto model =
        tests::model_of_text("tierworks: 1\ntime: {" + std::string(time) +
                             "horizon: 30 d}\nitems: {box: {}}\nsites:\n  mill: {sells: {box: {}}}\n"
                             "  shop: {buys: {box: {from: mill}}, stock: {box: {level: 9, review: " +
                             std::string(review) + "}}}\ndemand: {at: shop, item: box, orders: every 1 d}\n");
    const supply::Stock& stock = model->supply.stocks[common::StockId{0}];
    EXPECT_EQ(stock.review_every, core::kDay * 7);
    return core::in_days(stock.review_from);
  };
  EXPECT_EQ(reviewed("", "tuesdays"), 1);  // without a date the run starts on a Monday
  EXPECT_EQ(reviewed("start: 2025-01-08, ", "tuesdays"), 6);
  EXPECT_EQ(reviewed("start: 2025-01-08, ", "wednesdays at 12 h"), 0.5);
}

TEST(WeekdayReview, SaysWhatIsWrong) {
  std::string expected;
  EXPECT_FALSE(parse_weekday_review("fridays at 25 h", 0, expected));
  EXPECT_THAT(expected, HasSubstr("a time of the day is below 24 h"));
  EXPECT_FALSE(parse_weekday_review("fridays and mondays", 0, expected));
  EXPECT_THAT(expected, HasSubstr("a weekday like `mondays` or `fridays at 8 h`"));
  EXPECT_TRUE(names_weekday("sundays"));
  EXPECT_FALSE(names_weekday("1 wk"));
}

}  // namespace
}  // namespace tierworks::reader
