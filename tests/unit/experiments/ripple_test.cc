// How a shock spreads from tier to tier, from outcomes made up by hand.
#include "experiments/stress/ripple.h"

#include <vector>

#include <gtest/gtest.h>

#include "tests/support/simulate.h"

namespace tierworks::experiments {
namespace {

TEST(Ripple, IsTheFirstSiteOfEachTier) {
  // Two shops serve customers (tier 0), a depot serves them (1), and a mill the depot (2).
  const auto model = tests::model_of_text(R"(
tierworks: 1
time: {horizon: 100 d}
items: {part: {}}
sites:
  mill: {sells: {part: {}}}
  depot: {buys: {part: {from: mill, transit: 1 d}}, stock: {part: {level: 10}}}
  shop_a: {buys: {part: {from: depot, transit: 1 d}}, stock: {part: {level: 3}}}
  shop_b: {like: shop_a}
demand: {at: shop_*, item: part, orders: every 1 d}
)");
  std::vector<Outcome> outcomes(2);
  outcomes[0].sites = {{1, 3}, {3, 7}, {2, 8}};
  outcomes[1].sites = {{1, 5}};
  const auto tiers = tier_effects(outcomes, *model);
  ASSERT_EQ(tiers.size(), 2U);
  EXPECT_EQ(tiers[0].tier, 1);
  EXPECT_EQ(tiers[0].sites, 1U);
  EXPECT_EQ(tiers[0].share, 1);
  EXPECT_EQ(tiers[0].after_days, 4);
  EXPECT_EQ(tiers[1].tier, 0);
  EXPECT_EQ(tiers[1].sites, 2U);
  EXPECT_EQ(tiers[1].share, 0.5);
  EXPECT_EQ(tiers[1].after_days, 7);
  EXPECT_EQ(depth_in_tiers(outcomes, *model, 0.95).mean, 1.5);
}

}  // namespace
}  // namespace tierworks::experiments
