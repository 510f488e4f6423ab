#include "models/common/compile.h"

#include <string>

#include <gtest/gtest.h>

namespace tierworks::common {
namespace {

class CompileContextTest : public testing::Test {
 protected:
  CompileContextTest() {
    wire.pack.list.push_back({"reel", {}, Field<double>(25.0)});
    context.item_names.add("wire");
    context.item_specs.push_back(&wire);
    Item compiled;
    compiled.name = "wire";
    compiled.unit = "m";
    compiled.resolution = 0.1;
    compiled.value = 4;
    context.items.push_back(compiled);
  }
  std::string mistake() const { return diagnostics.list().empty() ? "" : diagnostics.list().front().message; }

  Diagnostics diagnostics;
  core::DistributionTables tables;
  ItemSpec wire;
  CompileContext context{diagnostics, tables, {}, {}, {}, {}};
  const ItemId item{0};
};

TEST_F(CompileContextTest, CountsAmountsInTheItemsResolution) {
  EXPECT_EQ(context.quantity(Amount{3, ""}, item, {}), 30);
  EXPECT_EQ(context.quantity(Amount{3.7, "m"}, item, {}), 37);
  EXPECT_EQ(context.quantity(Amount{2, "reel"}, item, {}), 500);  // 2 x 25 m in tenths
  EXPECT_TRUE(diagnostics.ok());
}

TEST_F(CompileContextTest, RefusesWhatIsNoMultipleOfTheResolution) {
  EXPECT_EQ(context.quantity(Amount{0.25, ""}, item, {}), 0);
  EXPECT_NE(mistake().find("0.25"), std::string::npos) << mistake();
  EXPECT_NE(mistake().find("resolution"), std::string::npos) << mistake();
}

TEST_F(CompileContextTest, RefusesWhatIsTooLargeToBeCounted) {
  const double most = static_cast<double>(kMostQuantity) * 0.1;
  EXPECT_EQ(context.quantity(Amount{most * 0.99, ""}, item, {}) > 0, true);
  EXPECT_TRUE(diagnostics.ok());
  context.quantity(Amount{most * 1.01, ""}, item, {});
  EXPECT_NE(mistake().find("too large"), std::string::npos) << mistake();
}

TEST_F(CompileContextTest, NamesTheUnitsOfAnItemWhenOneIsUnknown) {
  EXPECT_FALSE(context.units_per("rel", item, {}).has_value());
  EXPECT_EQ(mistake(), "item \"wire\" has no unit \"rel\", expected one of: m, reel; did you mean \"reel\"?");
}

TEST_F(CompileContextTest, NamesTheNearestItem) {
  EXPECT_TRUE(context.item("wire", {}).has_value());
  EXPECT_FALSE(context.item("wires", {}).has_value());
  EXPECT_EQ(mistake(), "no item \"wires\"; did you mean \"wire\"?");
}

TEST_F(CompileContextTest, CarryingCostsAreForASmallestUnitAndATick) {
  // 18 % of 4 money a year for a whole metre, a tenth of it for 0.1 m.
  const double per_year = context.carrying({0.18, true, core::kYear}, item) * static_cast<double>(core::kYear.ticks);
  EXPECT_NEAR(per_year, 0.072, 1e-12);
  const double per_day = context.carrying({7, false, core::kDay}, item) * static_cast<double>(core::kDay.ticks);
  EXPECT_NEAR(per_day, 0.7, 1e-12);
}

TEST_F(CompileContextTest, RandomQuantitiesAreScaledToTheResolution) {
  QuantityDistribution reels;
  reels.distribution.kind = core::DistributionKind::gamma;
  reels.distribution.a = 2;
  reels.distribution.b = 1;
  reels.unit = "reel";
  EXPECT_NEAR(core::mean_of(context.quantity(reels, item, {}), tables), 500, 1e-6);

  // A Poisson number of reels has whole reels only: 0, 250, 500, ... tenths of a metre.
  reels.distribution.kind = core::DistributionKind::poisson;
  const core::Distribution poisson = context.quantity(reels, item, {});
  EXPECT_NEAR(core::mean_of(poisson, tables), 500, 1e-6);
  EXPECT_DOUBLE_EQ(tables.values[poisson.table_first + 3], 750);
}

}  // namespace
}  // namespace tierworks::common
