// `tierworks optimise` as its users meet it.
#include <nlohmann/json.hpp>

#include "tests/diagnostics/command.h"

namespace tierworks::tests {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

constexpr int kTargetMissed = 3;
const std::string kLevel = "sites.shop.stock.frame.level";

class OptimiseCommand : public Command {
 protected:
  static std::vector<std::string> optimise(std::vector<std::string> more) {
    more.insert(more.begin(), {"optimise", "shop.yaml"});
    return more;
  }
};

TEST_F(OptimiseCommand, NamesTheBestAndWhatItGives) {
  const Ended ended = run(optimise({"--range", kLevel + "=1..60", "--minimise", "inventory_value", "--subject-to",
                                    "fill_rate >= 90 %", "--budget", "20"}));
  ASSERT_EQ(ended.code, kDone) << ended.err << ended.out;
  EXPECT_THAT(ended.out, HasSubstr("minimise inventory_value, subject to fill_rate >= 90 %"));
  EXPECT_THAT(ended.out, HasSubstr("by DIRECT-L and CRS2"));
  EXPECT_THAT(ended.out, HasSubstr(">= 90.0 %: kept"));
  EXPECT_THAT(ended.out, HasSubstr("BEST SO FAR"));
  EXPECT_THAT(ended.out, HasSubstr("as written"));
}

TEST_F(OptimiseCommand, KeepsTheTrajectory) {
  const Ended ended = run(optimise(
      {"--range", kLevel + "=5..60", "--maximise", "fill_rate", "--budget", "12", "--out", "kept", "--quiet"}));
  ASSERT_EQ(ended.code, kDone) << ended.err;
  EXPECT_THAT(ended.out, IsEmpty());
  const json kept = json::parse(content("kept/summary.json"));
  EXPECT_EQ(kept.at("found"), "best");
  EXPECT_EQ(kept.at("trajectory").size(), 12U);
  EXPECT_TRUE(kept.at("trajectory").at(0).at("best_so_far"));
  EXPECT_TRUE(kept.at("best").at("kpis").at(0).contains("difference"));
  const std::string csv = content("kept/trajectory.csv");
  EXPECT_THAT(csv,
              StartsWith("point,phase," + kLevel + ",fill_rate,fill_rate_half_width,feasible,best_so_far,refused\n"));
  EXPECT_EQ(std::count(csv.begin(), csv.end(), '\n'), 13);
}

TEST_F(OptimiseCommand, RunsAllPointsIfTheyAreFew) {
  const Ended ended = run(optimise({"--range", kLevel + "=10..30 by 5", "--minimise", "inventory_value"}));
  ASSERT_EQ(ended.code, kDone) << ended.err;
  EXPECT_THAT(ended.out, HasSubstr("5 points, which are all there are"));
  EXPECT_THAT(ended.out, HasSubstr("the best may lie beyond it"));
}

TEST_F(OptimiseCommand, EndsWithThreeIfNoPointMeetsTheConstraint) {
  const Ended ended = run(optimise({"--range", kLevel + "=1..6", "--minimise", "inventory_value", "--subject-to",
                                    "fill_rate >= 99 %", "--subject-to", "order_lead_time <= 100 d"}));
  EXPECT_EQ(ended.code, kTargetMissed) << ended.err;
  EXPECT_THAT(ended.out, HasSubstr("no point meets all constraints"));
  EXPECT_THAT(ended.out, HasSubstr("MISSES LEAST"));
  EXPECT_THAT(ended.err, HasSubstr("no point that was tried meets fill_rate >= 99 % and order_lead_time <= 100 d"));
}

TEST_F(OptimiseCommand, GivesTheSameResultOnAnyNumberOfThreads) {
  const auto on = [&](const char* threads) {
    const Ended ended =
        run(optimise({"--range", kLevel + "=1..60", "--minimise", "inventory_value", "--subject-to", "fill_rate >= 0.9",
                      "--budget", "15", "--json", "--quiet", "--threads", threads}));
    json j = json::parse(ended.out, nullptr, false);
    for (const char* key : {"wall_seconds", "cpu_seconds", "threads"}) j.at("run").erase(key);
    return j;
  };
  EXPECT_EQ(on("1"), on("3"));
}

TEST_F(OptimiseCommand, RefusesWhatCannotBeSearched) {
  const std::string range = kLevel + "=5..30";
  refused(optimise({}), HasSubstr("there is nothing to search"));
  refused(optimise({"--range", kLevel + "=30..5"}), HasSubstr("its low end, 30, is above its high end, 5; swap them"));
  refused(optimise({"--range", "sites.shop.stock.frame.levle=5..30"}), HasSubstr("did you mean \"level\"?"));
  refused(optimise({"--range", range, "--minimise", "totalcost"}),
          HasSubstr("--minimise: no KPI \"totalcost\" at scope world; did you mean \"total_cost\"?"));
  refused(optimise({"--range", range, "--maximise", "fill_rate@site:shoop"}), HasSubstr("did you mean \"site:shop\"?"));
  refused(optimise({"--range", range, "--minimise", "total_cost", "--maximise", "fill_rate"}),
          HasSubstr("expected one goal"));
  refused(optimise({"--range", range, "--subject-to", "fill_rate > 95 %"}), HasSubstr("expected a KPI and its bound"));
  refused(optimise({"--range", range, "--subject-to", "fill_rte >= 95 %"}), HasSubstr("did you mean \"fill_rate\"?"));
  refused(optimise({"--range", range, "--subject-to", "fill_rate >= much"}), HasSubstr("expected a share such as"));
  refused(optimise({"--range", range, "--subject-to", "order_lead_time <= 2 %"}), HasSubstr("expected a time such as"));
  refused(optimise({"--range", range, "--indifference", "5"}), HasSubstr("expected a share above 0"));
  refused(optimise({"--range", kLevel + "=5.1..5.9", "--integer"}), HasSubstr("holds no whole number"));
  refused(optimise({"--range", range, "--budget", "0"}), HasSubstr("--budget"));
}

}  // namespace
}  // namespace tierworks::tests
