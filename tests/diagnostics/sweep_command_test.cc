// `tierworks sweep` as its users meet it.
#include <nlohmann/json.hpp>

#include "tests/diagnostics/command.h"

namespace tierworks::tests {
namespace {

using nlohmann::json;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

class SweepCommand : public Command {
 protected:
  static std::vector<std::string> sweep(std::vector<std::string> more) {
    more.insert(more.begin(), {"sweep", "shop.yaml"});
    return more;
  }
  json result(std::vector<std::string> more) {
    more.insert(more.end(), {"--json", "--quiet"});
    const Ended ended = run(sweep(std::move(more)));
    EXPECT_EQ(ended.code, kDone) << ended.err;
    return json::parse(ended.out, nullptr, false);
  }
};

TEST_F(SweepCommand, ShowsPointsRankAndEffects) {
  const Ended ended =
      run(sweep({"--range", "sites.shop.stock.frame.level=8..20 by 4", "--vary",
                 "sites.mill.sells.frame.quoted=1 d,3 d", "--design", "grid", "--decide-on", "fill_rate"}));
  ASSERT_EQ(ended.code, kDone) << ended.err;
  EXPECT_THAT(ended.out, HasSubstr("8 points (a full grid), 2 replications each"));
  EXPECT_THAT(ended.out, HasSubstr("varied: sites.mill.sells.frame.quoted, sites.shop.stock.frame.level"));
  EXPECT_THAT(ended.out, HasSubstr("looked at: fill_rate (more is better)"));
  EXPECT_THAT(ended.out, HasSubstr("RANK "));
  EXPECT_THAT(ended.out, HasSubstr("EFFECT OF "));
  EXPECT_THAT(ended.out, HasSubstr("(correlation ratio of a"));
}

TEST_F(SweepCommand, KeepsPointsAsCsvAndTheWholeAsJson) {
  const Ended ended = run(sweep({"--range", "sites.shop.stock.frame.level=8..30", "--design", "sobol", "--points", "6",
                                 "--quiet", "--out", "kept"}));
  ASSERT_EQ(ended.code, kDone) << ended.err;
  EXPECT_THAT(ended.out, IsEmpty());
  const json kept = json::parse(content("kept/summary.json"));
  EXPECT_EQ(kept.at("design").at("kind"), "sobol");
  ASSERT_EQ(kept.at("points").size(), 6U);
  EXPECT_EQ(kept.at("parameters").at(0).at("path"), "sites.shop.stock.frame.level");
  const std::string csv = content("kept/points.csv");
  EXPECT_THAT(csv, StartsWith("sites.shop.stock.frame.level,"));
  EXPECT_EQ(std::count(csv.begin(), csv.end(), '\n'), 7);
  // Levels are whole frames, as the scenario takes them.
  for (const json& point : kept.at("points")) {
    EXPECT_THAT(point.at("values").at("sites.shop.stock.frame.level").get<std::string>(), Not(HasSubstr(".")));
  }
}

TEST_F(SweepCommand, FindsTheFinestStepsThatTheScenarioTakes) {
  const json cost = result({"--range", "sites.mill.sells.frame.price=10..12", "--points", "5"});
  EXPECT_THAT(cost.at("points").at(0).at("values").at("sites.mill.sells.frame.price").get<std::string>(),
              HasSubstr("."));
  const json days = result({"--range", "sites.mill.sells.frame.quoted=1..3 d", "--design", "grid", "--points", "3"});
  EXPECT_EQ(days.at("points").at(1).at("values").at("sites.mill.sells.frame.quoted"), "2 d");
}

TEST_F(SweepCommand, GivesTheSameResultOnAnyNumberOfThreads) {
  const auto on = [&](const char* threads) {
    json j = result({"--range", "sites.shop.stock.frame.level=8..30", "--points", "7", "--threads", threads});
    for (const char* key : {"wall_seconds", "cpu_seconds", "threads"}) j.at("run").erase(key);
    return j;
  };
  EXPECT_EQ(on("1"), on("3"));
}

TEST_F(SweepCommand, LeavesOutWhatTheScenarioRefuses) {
  const Ended ended = run(
      sweep({"--set", "sites.shop.stock.frame.reorder_point=10", "--vary", "sites.shop.stock.frame.level=8,12,20"}));
  ASSERT_EQ(ended.code, kDone) << ended.err;
  EXPECT_THAT(ended.out, HasSubstr("the scenario does not take 1 of 3 points"));
}

TEST_F(SweepCommand, SaysIfNothingThatWasVariedMatters) {
  const Ended ended = run(sweep({"--range", "sites.shop.stock.frame.level=8..30", "--decide-on", "demand"}));
  ASSERT_EQ(ended.code, kDone) << ended.err;
  EXPECT_THAT(ended.out, HasSubstr("nothing that was varied changes demand"));
}

TEST_F(SweepCommand, RefusesWhatCannotBeSwept) {
  const std::string level = "sites.shop.stock.frame.level";
  refused(sweep({}), HasSubstr("there is nothing to vary"));
  refused(sweep({"--range", level + "=20..8"}), HasSubstr("its low end, 20, is above its high end, 8; swap them"));
  refused(sweep({"--range", level + "=20"}), HasSubstr("expected a path and two numbers"));
  refused(sweep({"--range", level + "=8..20 by 0"}), HasSubstr("expected a number above 0 behind `by`"));
  refused(sweep({"--range", "sites.mill.sells.frame.quoted=1 d..3 h"}), HasSubstr("its ends have different units"));
  refused(sweep({"--range", "sites.shop.stock.frmae.level=8..20"}), HasSubstr("did you mean \"frame\"?"));
  refused(sweep({"--range", "sites.shop.stock.frame.levle=8..20"}), HasSubstr("did you mean \"level\"?"));
  refused(sweep({"--range", level + "=8..20", "--vary", level + "=1,2"}), HasSubstr("is varied twice"));
  refused(sweep({"--range", level + "=8..20", "--decide-on", "fillrate"}), HasSubstr("did you mean \"fill_rate\"?"));
  refused(sweep({"--range", "run.seed=1..5"}), HasSubstr("is the same for all points"));
  refused(sweep({"--range", level + "=8..20 by 1", "--range", "sites.mill.sells.frame.quoted=1..900 d by 1", "--design",
                 "grid"}),
          HasSubstr("more than 10000 points"));
  refused(sweep({"--range", level + "=8..20", "--confidence", "2"}), HasSubstr("expected a share"));
}

TEST_F(SweepCommand, DoesWhatTheFileSaysUnlessItIsToldOtherwise) {
  folder_.write("planned.yaml", std::string(kSound) + R"(
sweep:
  range: {sites.shop.stock.frame.level: 8..20 by 4}
  vary: {sites.mill.sells.frame.quoted: [1 d, 3 d]}
  design: grid
  decide_on: fill_rate
  show: [inventory_value]
)");
  const auto swept = [&](std::vector<std::string> more) {
    more.insert(more.begin(), {"sweep", "planned.yaml", "--json", "--quiet"});
    const Ended ended = run(std::move(more));
    EXPECT_EQ(ended.code, kDone) << ended.err;
    return json::parse(ended.out, nullptr, false);
  };
  const json planned = swept({});
  const json told =
      result({"--range", "sites.shop.stock.frame.level=8..20 by 4", "--vary", "sites.mill.sells.frame.quoted=1 d,3 d",
              "--design", "grid", "--decide-on", "fill_rate", "--show", "inventory_value"});
  EXPECT_EQ(planned.at("points").size(), 8U);
  const auto values_of = [](const json& j) {
    json all = json::array();
    for (const json& point : j.at("points")) all.push_back({point.at("values"), point.at("kpis")});
    return all;
  };
  // The file varies its values before its ranges, as options do.
  EXPECT_EQ(values_of(planned), values_of(told));
  // What an option varies stands instead of all that the file varies; the rest of the section still counts.
  const json other = swept({"--vary", "sites.shop.stock.frame.level=9,10"});
  EXPECT_EQ(other.at("points").size(), 2U);
  EXPECT_EQ(other.at("decide_on"), planned.at("decide_on"));
  folder_.write("wrong.yaml", std::string(kSound) + "\nsweep: {range: {sites.shop.stock.frame.level: 20..8}}\n");
  refused({"sweep", "wrong.yaml"},
          HasSubstr("sweep.range: got \"sites.shop.stock.frame.level=20..8\", its low end, 20, is above"));
  folder_.write("broken.yaml", std::string(kSound) + "\nsweep: {design: lsh}\n");
  refused({"sweep", "broken.yaml"},
          HasSubstr("sweep.design: got \"lsh\", expected `grid`, `lhs` or `sobol`; did you mean \"lhs\"?"));
}

}  // namespace
}  // namespace tierworks::tests
