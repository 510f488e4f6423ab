#include "models/common/date_text.h"

#include <gtest/gtest.h>

namespace tierworks::common {
namespace {

using core::Instant;

TEST(DateText, CountsFromTheStart) {
  const Date start{.minutes = 20'094 * 24 * 60};  // 2025-01-06, so many days after 1970-01-01
  EXPECT_EQ(date_text(start, Instant{0}), "2025-01-06");
  EXPECT_EQ(date_text(start, Instant{0} + core::kDay * 54), "2025-03-01");
  EXPECT_EQ(date_text(start, Instant{0} + core::kDay * 25 + core::kMinute * 485), "2025-01-31 08:05");
}

TEST(DateText, KnowsLeapYearsAndTimesBefore1970) {
  const Date leap{.minutes = 19'782 * 24 * 60};  // 2024-02-29
  EXPECT_EQ(date_text(leap, Instant{0}), "2024-02-29");
  EXPECT_EQ(date_text(leap, Instant{0} + core::kDay * 366), "2025-03-01");
  const Date early{.minutes = -30};
  EXPECT_EQ(date_text(early, Instant{0}), "1969-12-31 23:30");
}

}  // namespace
}  // namespace tierworks::common
