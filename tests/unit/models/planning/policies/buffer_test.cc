// Zones of demand driven buffers by hand.
#include "models/planning/policies/buffer.h"

#include <gtest/gtest.h>

#include "models/planning/events.h"

namespace tierworks::planning {
namespace {

// 10 a day for 12 days, factors of a half; orders of at least 50.
constexpr BufferProfile kProfile{
    .lead_time = 12, .lead_time_factor = 0.5, .variability_factor = 0.5, .order_cycle = 7, .least_order = 50};

TEST(Zones, FollowFromUseAndLeadTime) {
  const Zones zones = zones_of(kProfile, 10);
  EXPECT_DOUBLE_EQ(zones.yellow, 120);
  EXPECT_DOUBLE_EQ(zones.red_base, 60);
  EXPECT_DOUBLE_EQ(zones.red_safety, 30);
  EXPECT_DOUBLE_EQ(zones.green, 70);  // 7 days of 10
  EXPECT_DOUBLE_EQ(zones.top_of_red(), 90);
  EXPECT_DOUBLE_EQ(zones.top_of_yellow(), 210);
  EXPECT_DOUBLE_EQ(zones.top_of_green(), 280);
}

TEST(Zones, AreGreenForTheLargestOfCycleLeadTimeAndLeastOrder) {
  BufferProfile profile = kProfile;
  profile.order_cycle = 5;
  EXPECT_DOUBLE_EQ(zones_of(profile, 10).green, 60);  // 120 x 0.5
  profile.least_order = 65;
  EXPECT_DOUBLE_EQ(zones_of(profile, 10).green, 65);
}

TEST(NetFlow, IsBroughtToTheTopOfGreenFromTheTopOfYellowOn) {
  const common::Levels levels = levels_of(zones_of(kProfile, 10), 0);
  EXPECT_EQ(levels.order_below, 211);  // at 210 it is ordered
  EXPECT_EQ(levels.up_to, 280);
  const common::Levels with_spike = levels_of(zones_of(kProfile, 10), 55);
  EXPECT_EQ(with_spike.order_below, 266);
  EXPECT_EQ(with_spike.up_to, 335);
}

TEST(ASpike, IsADayThatTakesHalfOfTheRedZone) {
  const Zones zones = zones_of(kProfile, 10);
  EXPECT_EQ(qualified(44, kProfile, zones), 0);
  EXPECT_EQ(qualified(45, kProfile, zones), 45);
}

}  // namespace
}  // namespace tierworks::planning
