#include "experiments/sweep/sweep.h"

#include <cmath>
#include <limits>
#include <string>

#include <gtest/gtest.h>

#include "core/base/check.h"
#include "experiments/sweep/design.h"
#include "tests/support/simulate.h"

namespace tierworks::experiments {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

Axis range(double low, double high, double step, int decimals) {
  return {.name = "x", .path = "x", .values = {}, .range = {low, high, step, decimals, "smoothing ", " d"}};
}

TEST(Axis, CountsAndWritesTheStepsOfARange) {
  const Axis tenths = range(0.1, 0.7, 0.1, 1);  // 0.6 / 0.1 is a little less than 6
  EXPECT_EQ(tenths.size(), 7);
  EXPECT_EQ(tenths.text(0), "smoothing 0.1 d");
  EXPECT_EQ(tenths.text(6), "smoothing 0.7 d");
  EXPECT_EQ(range(0.5, 2, 0.5, 1).text(1), "smoothing 1 d");
  EXPECT_EQ(range(0.5, 2, 0.5, 1).text(1, 3), "smoothing 1..2 d");
  EXPECT_EQ(range(-3, 3, 1, 0).text(3), "smoothing 0 d");
  EXPECT_EQ(range(100, 100, 7, 0).size(), 1);
  EXPECT_EQ(range(100, 120, 7, 0).size(), 3);
  EXPECT_THROW(range(2, 1, 1, 0).size(), core::Broken);
}

TEST(Axis, GivesEachIndexAnEqualShare) {
  const Axis four = range(10, 40, 10, 0);
  EXPECT_EQ(four.index_at(0), 0);
  EXPECT_EQ(four.index_at(0.2499), 0);
  EXPECT_EQ(four.index_at(0.25), 1);
  EXPECT_EQ(four.index_at(1), 3);
}

TEST(Axis, NumbersThePointsOfAGridWithTheLastAxisFastest) {
  const std::vector<Axis> axes{{.name = "a", .path = "a", .values = {"x", "y"}, .range = {}}, range(1, 3, 1, 0)};
  EXPECT_EQ(points_of(axes, 100), 6);
  EXPECT_EQ(points_of(axes, 5), 6);
  EXPECT_EQ(point_number(axes, 4), (Point{1, 1}));
  EXPECT_EQ(texts(axes, {1, 2}), (std::vector<std::string>{"y", "smoothing 3 d"}));
  const std::vector<Axis> huge(10, range(0, 1e9, 1, 0));
  EXPECT_EQ(points_of(huge, 1000), 1001);
}

// y = 10 a + 4 b on a 3 x 2 grid: variances 200 / 3 and 4, so a explains 200 / 212.
TEST(Sensitivity, OfAGridIsExact) {
  std::vector<std::vector<double>> samples;
  for (const int a : {0, 1, 2}) {
    for (const int b : {0, 1}) {
      // What replications share falls out of the effects.
      samples.push_back({10.0 * a + 4 * b + 100, 10.0 * a + 4 * b - 50, 10.0 * a + 4 * b});
    }
  }
  const ParameterEffect a = effect_of({{"0", {0, 1}}, {"1", {2, 3}}, {"2", {4, 5}}}, samples, true, 0.95);
  const ParameterEffect b = effect_of({{"0", {0, 2, 4}}, {"1", {1, 3, 5}}}, samples, true, 0.95);
  EXPECT_NEAR(a.share, 200.0 / 212, 1e-12);
  EXPECT_NEAR(b.share, 12.0 / 212, 1e-12);
  EXPECT_EQ(a.lowest, 0U);
  EXPECT_EQ(a.highest, 2U);
  EXPECT_DOUBLE_EQ(a.range.mean, 20);
  EXPECT_NEAR(a.range.half_width, 0, 1e-9);
  EXPECT_NEAR(a.classes[1].effect.mean, 0, 1e-12);
  EXPECT_NEAR(b.classes[1].effect.mean, 2, 1e-12);
  EXPECT_GT(b.classes[1].mean.half_width, 100);
  EXPECT_EQ(rank_of({b, a}), (std::vector<std::size_t>{1, 0}));
}

// One that does nothing explains nothing in the mean once corrected, and (k - 1) / (n - 1) before.
TEST(Sensitivity, OfASampleIsCorrectedForTheNumberOfClasses) {
  const std::size_t n = 40, experiments = 400;
  double sum = 0;
  for (std::uint64_t seed = 1; seed <= experiments; ++seed) {
    const UnitPoints points = latin_hypercube(n, 2, seed);
    std::vector<Class> classes(5);
    std::vector<std::vector<double>> samples;
    for (std::size_t p = 0; p < n; ++p) {
      classes[static_cast<std::size_t>(points[p][0] * 5)].points.push_back(p);
      samples.push_back({points[p][1]});
    }
    sum += effect_of(classes, samples, false, 0.95).share;
  }
  // Shares below 0 are shown as 0, so the mean stays a little above it; uncorrected it would be 0.103.
  EXPECT_LT(sum / experiments, 0.06);
}

// y = x + 2 z, both uniform: shares 1/5 and 4/5, of which five equal classes see all but 1/25.
TEST(Sensitivity, OfALinearModelIsThatOfTheory) {
  const std::size_t n = 1024;
  const UnitPoints points = sobol(n, 2, 3);
  std::vector<std::vector<double>> samples;
  std::vector<std::vector<Class>> classes(2, std::vector<Class>(5));
  for (std::size_t p = 0; p < n; ++p) {
    samples.push_back({points[p][0] + 2 * points[p][1]});
    for (std::size_t a = 0; a < 2; ++a) classes[a][static_cast<std::size_t>(points[p][a] * 5)].points.push_back(p);
  }
  EXPECT_NEAR(effect_of(classes[0], samples, false, 0.95).share, 0.2 * 0.96, 0.005);
  EXPECT_NEAR(effect_of(classes[1], samples, false, 0.95).share, 0.8 * 0.96, 0.005);
}

TEST(Sensitivity, HasNoShareWhereNothingDiffers) {
  const ParameterEffect flat = effect_of({{"a", {0}}, {"b", {1}}}, {{3, 4}, {3, 4}}, true, 0.95);
  EXPECT_TRUE(std::isnan(flat.share));
  // A replication in which a point has no value says nothing.
  const ParameterEffect gap = effect_of({{"a", {0}}, {"b", {1}}}, {{3, kNone, 5}, {4, 4, 6}}, true, 0.95);
  EXPECT_EQ(gap.range.n, 2);
  EXPECT_EQ(gap.range.mean, 1);
  EXPECT_EQ(gap.range.half_width, 0);
}

// More stock costs more and serves better; below 1 the scenario refuses the level.
struct Shop {
  std::vector<Axis> axes{{.name = "level", .path = "level", .values = {}, .range = {-1, 12, 1, 0, "", ""}},
                         {.name = "due", .path = "due", .values = {"1 d", "2 d"}, .range = {}}};
  std::vector<Point> points;
  MakeModel make = [this](std::size_t p, std::string& why) -> std::unique_ptr<const world::Model> {
    const std::vector<std::string> values = texts(axes, points[p]);
    if (values[0] == "-1") {
      why = "a level below 0";
      return nullptr;
    }
    return tests::model_of_text(R"(
tierworks: 1
time: {horizon: 50 d, warm_up: 5 d}
money: {holding: 100 % / yr}
items: {box: {value: 365}}
sites:
  mill: {sells: {box: {quoted: exponential 12 h}}}
  shop: {buys: {box: {from: mill}}, stock: {box: {level: )" +
                                values[0] + R"(}}}
demand: {at: shop, item: box, orders: poisson 4 / d, due: )" +
                                values[1] + "}\n");
  };
  SweepOptions options() const {
    SweepOptions o;
    o.decide_on = {"fill_rate"};
    o.plan.replications = 4;
    return o;
  }
};

TEST(Sweep, RunsEveryPointWithTheSameReplications) {
  Shop shop;
  shop.points = {{5, 0}, {5, 1}, {9, 0}};
  SweepOptions options = shop.options();
  const Swept one = sweep(shop.axes, shop.points, shop.make, options);
  ASSERT_EQ(one.points.size(), 3U);
  std::vector<double> direct;
  std::string why;
  for (std::uint32_t r = 0; r < 4; ++r) {
    direct.push_back(tests::simulate_model(*shop.make(0, why), options.plan.seed, r)("fill_rate"));
  }
  EXPECT_EQ(one.points[0].kpis[one.decisive].mean, core::student_interval(direct, 0.95).mean);
  EXPECT_EQ(one.points[0].kpis[one.decisive].half_width, core::student_interval(direct, 0.95).half_width);
  // Due times say nothing about what is shipped at once.
  EXPECT_EQ(one.points[1].kpis[one.decisive].mean, one.points[0].kpis[one.decisive].mean);
  for (const std::size_t threads : {std::size_t{2}, std::size_t{5}}) {
    options.plan.threads = threads;
    const Swept more = sweep(shop.axes, shop.points, shop.make, options);
    EXPECT_EQ(more.fingerprint, one.fingerprint);
    EXPECT_EQ(more.effects[0].range.half_width, one.effects[0].range.half_width);
  }
}

TEST(Sweep, OfAGridFindsTheParameterThatMatters) {
  Shop shop;
  shop.axes[0].range = {4, 8, 2, 0, "", ""};
  shop.points = points_of_design(Design::grid, shop.axes, 0, 1);
  ASSERT_EQ(shop.points.size(), 6U);
  const Swept swept = sweep(shop.axes, shop.points, shop.make, shop.options());
  EXPECT_TRUE(swept.exact);
  EXPECT_EQ(swept.rank, (std::vector<std::size_t>{0, 1}));
  EXPECT_NEAR(swept.effects[0].share, 1, 1e-12);
  EXPECT_NEAR(swept.effects[1].share, 0, 1e-12);
  EXPECT_EQ(swept.effects[0].classes[2].label, "8");
  EXPECT_EQ(swept.effects[0].highest, 2U);
  EXPECT_GT(swept.effects[0].range.mean, 4 * swept.effects[0].range.half_width);
}

TEST(Sweep, LeavesOutWhatTheScenarioRefusesAndSaysWhy) {
  Shop shop;
  shop.points = points_of_design(Design::grid, shop.axes, 0, 1);
  ASSERT_EQ(shop.points.size(), 28U);
  const Swept swept = sweep(shop.axes, shop.points, shop.make, shop.options());
  EXPECT_EQ(swept.refused, 2U);
  EXPECT_EQ(swept.points[1].refused, "a level below 0");
  EXPECT_TRUE(swept.points[1].kpis.empty());
  EXPECT_FALSE(swept.exact);
  EXPECT_EQ(swept.rank[0], 0U);
}

TEST(Sweep, TakesEachPointOfADesignOnce) {
  Shop shop;
  const auto points = points_of_design(Design::latin_hypercube, shop.axes, 60, 7);
  EXPECT_LE(points.size(), 28U);
  EXPECT_GE(points.size(), 20U);
  EXPECT_EQ(points, points_of_design(Design::latin_hypercube, shop.axes, 60, 7));
}

TEST(Sweep, ReportsWholePointsWhenItIsStopped) {
  Shop shop;
  shop.points = points_of_design(Design::sobol, shop.axes, 16, 7);
  std::atomic<bool> stop = false;
  SweepOptions options = shop.options();
  options.plan.stop = &stop;
  options.plan.progress = [&](std::size_t done, std::size_t) { stop = done >= 10; };
  const Swept swept = sweep(shop.axes, shop.points, shop.make, options);
  EXPECT_TRUE(swept.stopped);
  std::size_t whole = 0;
  for (const SweptPoint& p : swept.points) whole += p.refused.empty() ? 1 : 0;
  EXPECT_EQ(whole, 2U);  // 4 replications each
}

}  // namespace
}  // namespace tierworks::experiments
