#include "experiments/replicate/plan.h"

#include <set>

#include <gtest/gtest.h>

#include "tests/support/paths.h"
#include "tests/support/simulate.h"

namespace tierworks::experiments {
namespace {

const world::Model& network() {
  static const auto model =
      tests::model_of_file((tests::source_dir() / "scenarios/catalogue/industry/appliance_network.yaml").string());
  return *model;
}

Plan plan_of(std::size_t replications, std::size_t threads, std::uint32_t partitions = 0) {
  return plan(network(), {.replications = replications, .threads = threads, .partitions = partitions});
}

TEST(Plan, GivesThreadsToReplicationsFirst) {
  EXPECT_EQ(plan_of(10, 4).side_by_side, 4U);
  EXPECT_EQ(plan_of(10, 4).run.parts, 1U);
  EXPECT_EQ(plan_of(3, 8, 4).side_by_side, 3U);
  EXPECT_EQ(plan_of(3, 8, 4).run.threads, 2U);
  EXPECT_EQ(plan_of(1, 8, 4).run.threads, 4U);
}

TEST(Plan, SplitsAsAskedIntoPartsOfWhichNoneIsEmpty) {
  for (const std::uint32_t parts : {1U, 2U, 7U, 20U}) {
    const Plan p = plan_of(1, 1, parts);
    EXPECT_EQ(p.run.parts, parts);
    if (parts == 1) continue;
    EXPECT_EQ(std::set<std::uint32_t>(p.run.part_of.begin(), p.run.part_of.end()).size(), parts);
    EXPECT_EQ(p.run.part_of.size(), network().sites.size());
  }
  EXPECT_EQ(plan_of(1, 1, 200).run.parts, network().sites.size());
}

TEST(Plan, DoesNotSplitWhatIsTooSmallToPay) {
  const Plan p = plan_of(1, 2);  // 5 events an hour
  EXPECT_EQ(p.run.parts, 1U);
  EXPECT_NE(p.words.find("each in one partition: "), std::string::npos) << p.words;
}

TEST(Plan, SplitsWhatIsLargeEnough) {
  const auto model = tests::model_of_file(
      (tests::source_dir() / "scenarios/catalogue/industry/appliance_network.yaml").string(),
      {"demand.shoppers_east.orders=poisson 8000 / d", "demand.shoppers_west.orders=poisson 8000 / d",
       "demand.shoppers_south.orders=poisson 8000 / d"});
  const Plan p = plan(*model, {.replications = 1, .threads = 2});
  EXPECT_EQ(p.run.parts, 2U);
  EXPECT_EQ(p.run.threads, 2U);
}

// A site without transit time and order time cannot be parted from its supplier.
TEST(Plan, SaysThatNothingCanBeParted) {
  const auto model = tests::model_of_text(R"(
tierworks: 1
time: {horizon: 25 d}
items: {box: {}}
sites:
  mill: {sells: {box: {quoted: 1 d}}}
  shop: {buys: {box: {from: mill, order_time: 0 h}}, stock: {box: {level: 4}}}
demand: {at: shop, item: box, orders: poisson 4 / d}
)");
  const Plan p = plan(*model, {.replications = 1, .threads = 2, .partitions = 2});
  EXPECT_EQ(p.run.parts, 1U);
  EXPECT_NE(p.words.find("no place can be parted from the others"), std::string::npos) << p.words;
}

}  // namespace
}  // namespace tierworks::experiments
