// Phrases of production that are right; wrong ones stand in tests/diagnostics/broken.
#include <string>

#include <gtest/gtest.h>

#include "scenarios/reader/phrases.h"

namespace tierworks::reader {
namespace {

template <class Parse>
auto value_of(Parse parse, std::string_view text) {
  std::string expected;
  auto value = parse(text, expected);
  EXPECT_TRUE(value) << text << ": expected " << expected;
  return *value;
}

template <class Parse>
bool refuses(Parse parse, std::string_view text) {
  std::string expected;
  return !parse(text, expected) && !expected.empty();
}

TEST(YieldPhrase, IsAShareOrADistributionOfShares) {
  EXPECT_DOUBLE_EQ(value_of(parse_yield, "97 %").share.a, 0.97);
  EXPECT_FALSE(value_of(parse_yield, "97 %").each);
  EXPECT_TRUE(value_of(parse_yield, "0.97 each").each);
  const auto uniform = value_of(parse_yield, "uniform 92 % to 98 %").share;
  EXPECT_EQ(uniform.kind, core::DistributionKind::uniform);
  EXPECT_DOUBLE_EQ(core::mean_of(uniform), 0.95);
  EXPECT_NEAR(core::mean_of(value_of(parse_yield, "triangular 90 % to 95 % to 97 %").share), 0.94, 1e-12);
  for (const char* wrong : {"", "0 %", "101 %", "97", "uniform 92 %", "uniform 98 % to 92 %", "97 % of", "each 97 %"}) {
    EXPECT_TRUE(refuses(parse_yield, wrong)) << wrong;
  }
}

TEST(ShiftPhrase, IsDaysAndTimesOfTheDay) {
  const auto weekdays = value_of(parse_shift, "mon-fri 06:00-14:30");
  ASSERT_EQ(weekdays.size(), 1U);
  EXPECT_EQ(weekdays[0].from, 360);
  EXPECT_EQ(weekdays[0].until, 870);
  EXPECT_TRUE(weekdays[0].of_day[4]);
  EXPECT_FALSE(weekdays[0].of_day[5]);
  const auto around = value_of(parse_shift, "sat-mon 22:00-06:00 12:00-24:00");
  ASSERT_EQ(around.size(), 2U);
  EXPECT_EQ(around[0].until, 30 * 60);
  EXPECT_EQ(around[1].until, 24 * 60);
  EXPECT_EQ(around[1].of_day, (std::array<bool, 7>{true, false, false, false, false, true, true}));
  for (const char* wrong : {"", "mon", "06:00-14:00", "mon 6:00-14:00", "mon 06:00", "mon 06:00-25:00",
                            "mon 06:60-14:00", "mon-fre 06:00-14:00", "daily"}) {
    EXPECT_TRUE(refuses(parse_shift, wrong)) << wrong;
  }
}

TEST(DaysPhrase, IsDatesOrDaysAfterTheStart) {
  const auto dates = value_of(parse_days, "2025-12-24 to 2026-01-01");
  EXPECT_TRUE(dates.first.is_date);
  EXPECT_EQ(dates.last.date.minutes - dates.first.date.minutes, 8 * 24 * 60);
  const auto days = value_of(parse_days, "30 d");
  EXPECT_EQ(days.first.after_start, core::kDay * 30);
  EXPECT_EQ(days.last.after_start, core::kDay * 30);
  for (const char* wrong : {"", "2025-13-01", "30", "30 d to", "2025-12-24 2026-01-01"}) {
    EXPECT_TRUE(refuses(parse_days, wrong)) << wrong;
  }
}

TEST(StaffingPhrase, IsAShareInARangeOrAfterHolidays) {
  const auto after = value_of(parse_staffing, "60 % for 1 wk after holidays");
  EXPECT_DOUBLE_EQ(after.share, 0.6);
  EXPECT_TRUE(after.after_holidays);
  EXPECT_EQ(after.length, core::kWeek);
  EXPECT_FALSE(value_of(parse_staffing, "80 % from 3 d to 5 d").after_holidays);
  for (const char* wrong : {"", "60 %", "60 % for 1 wk", "60 % from", "-10 % from 3 d to 5 d"}) {
    EXPECT_TRUE(refuses(parse_staffing, wrong)) << wrong;
  }
}

TEST(KitPhrase, SaysHowMuchMustBeThere) {
  EXPECT_TRUE(value_of(parse_kit_start, "each_batch").each_batch);
  EXPECT_DOUBLE_EQ(value_of(parse_kit_start, "full_kit").share, 1);
  EXPECT_DOUBLE_EQ(value_of(parse_kit_start, "80 % kit").share, 0.8);
  EXPECT_DOUBLE_EQ(value_of(parse_kit_start, "any").share, 0);
  for (const char* wrong : {"", "80 %", "0 % kit", "120 % kit", "full"}) {
    EXPECT_TRUE(refuses(parse_kit_start, wrong)) << wrong;
  }
}

TEST(CampaignPhrase, IsANumberOfBatchesOrATime) {
  EXPECT_EQ(value_of(parse_campaign, "20 batches").batches, 20);
  EXPECT_EQ(value_of(parse_campaign, "8 h").time, core::kHour * 8);
  for (const char* wrong : {"", "20", "1.5 batches", "0 batches", "20 lots"}) {
    EXPECT_TRUE(refuses(parse_campaign, wrong)) << wrong;
  }
}

}  // namespace
}  // namespace tierworks::reader
