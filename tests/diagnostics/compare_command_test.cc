// `tierworks compare` as its users meet it.
#include <nlohmann/json.hpp>

#include "tests/diagnostics/command.h"

namespace tierworks::tests {
namespace {

using nlohmann::json;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

constexpr const char* kLevels = "sites.shop.stock.frame.level=8,12,20";

class CompareCommand : public Command {
 protected:
  static std::vector<std::string> compare(std::vector<std::string> more) {
    more.insert(more.begin(), {"compare", "shop.yaml"});
    return more;
  }
  json result(std::vector<std::string> more) {
    more.insert(more.end(), {"--json", "--quiet"});
    const Ended ended = run(compare(std::move(more)));
    EXPECT_EQ(ended.code, kDone) << ended.err;
    return json::parse(ended.out, nullptr, false);
  }
};

TEST_F(CompareCommand, ShowsDifferencesWithTheirCorrectionAndWhatWasShared) {
  const Ended ended = run(compare({"--vary", kLevels, "--decide-on", "fill_rate", "--replications", "4"}));
  ASSERT_EQ(ended.code, kDone) << ended.err;
  EXPECT_THAT(ended.out, HasSubstr("3 variants, 4 replications each"));
  EXPECT_THAT(ended.out, HasSubstr("varied: sites.shop.stock.frame.level"));
  EXPECT_THAT(ended.out, HasSubstr("decides: fill_rate (more is better)"));
  EXPECT_THAT(ended.out, HasSubstr("for all 2 together (Bonferroni: 97.5 % each)"));
  EXPECT_THAT(ended.out, HasSubstr("\nlevel "));
  EXPECT_THAT(ended.out, HasSubstr(" better "));
  const json whole = result({"--vary", kLevels, "--decide-on", "fill_rate", "--replications", "4"});
  const auto orders = whole.at("variants").at(1).at("orders");
  EXPECT_GT(orders.at("seen"), 4 * 80);
  EXPECT_EQ(orders.at("identical"), orders.at("seen"));
  EXPECT_EQ(whole.at("best"), "20");
  EXPECT_EQ(whole.at("confidence").at("of_each_difference"), 0.975);
  EXPECT_FALSE(whole.at("variants").at(0).contains("orders"));
}

TEST_F(CompareCommand, GivesTheSameResultOnAnyNumberOfThreads) {
  const auto without_times = [](json j) {
    for (const char* key : {"wall_seconds", "cpu_seconds", "threads"}) j.at("run").erase(key);
    return j;
  };
  const auto on = [&](const char* threads) {
    return without_times(result({"--vary", kLevels, "--replications", "5", "--indifference", "1%", "--max-replications",
                                 "30", "--threads", threads}));
  };
  const json one = on("1");
  EXPECT_EQ(one, on("2"));
  EXPECT_EQ(one, on("5"));
}

TEST_F(CompareCommand, ComparesFilesAndKeepsTheResult) {
  folder_.write("more.yaml", "extends: shop.yaml\nsites: {shop: {stock: {frame: {level: 30}}}}\n");
  const Ended ended = run({"compare", "shop.yaml", "more.yaml", "--base", "more.yaml", "--out", "kept", "--quiet"});
  ASSERT_EQ(ended.code, kDone) << ended.err;
  EXPECT_THAT(ended.out, IsEmpty());
  const json kept = json::parse(content("kept/summary.json"));
  EXPECT_EQ(kept.at("base"), "more");
  EXPECT_EQ(kept.at("variants").at(0).at("name"), "shop");
  EXPECT_EQ(kept.at("scenarios"), (std::vector<std::string>{"shop.yaml", "more.yaml"}));
  EXPECT_TRUE(kept.at("variants").at(0).at("kpis").at(0).contains("difference"));
}

TEST_F(CompareCommand, SharesOutABudget) {
  const json whole = result({"--vary", kLevels, "--decide-on", "fill_rate", "--select", "ocba", "--budget", "40"});
  EXPECT_EQ(whole.at("selection").at("budget"), 40);
  std::size_t all = 0;
  for (const json& v : whole.at("variants")) all += v.at("replications").get<std::size_t>();
  EXPECT_EQ(all, 40U);
  EXPECT_THAT(run(compare({"--vary", kLevels, "--budget", "40"})).out, HasSubstr("(OCBA)"));
  refused(compare({"--vary", kLevels, "--select", "ocba"}), HasSubstr("--budget 500"));
  refused(compare({"--vary", kLevels, "--select", "kn"}), HasSubstr("--indifference 1%"));
  refused(compare({"--vary", kLevels, "--budget", "40", "--precision", "1%"}), HasSubstr("leave one of the two out"));
  refused(compare({"--vary", kLevels, "--budget", "5"}), HasSubstr("expected at least 6"));
}

TEST_F(CompareCommand, MakesTheWholeGridAndItsEffects) {
  const json whole = result(
      {"--vary", kLevels, "--vary", "sites.mill.sells.frame.quoted=1 d,3 d", "--pareto", "fill_rate,inventory_value"});
  EXPECT_EQ(whole.at("variants").size(), 6U);
  EXPECT_EQ(whole.at("variants").at(3).at("name"), "level=12 quoted=3 d");
  EXPECT_EQ(whole.at("variants").at(3).at("levels").at("quoted"), "3 d");
  EXPECT_EQ(whole.at("effects").size(), 5U);
  EXPECT_TRUE(whole.at("variants").at(4).at("on_front"));  // most stock, shortest time
}

TEST_F(CompareCommand, TunesEachVariantOnOtherReplications) {
  const json whole = result({"--vary", "sites.mill.sells.frame.quoted=1 d,3 d", "--tune", kLevels, "--decide-on",
                             "fill_rate", "--replications", "3"});
  EXPECT_EQ(whole.at("variants").at(0).at("tuned"), "level=20");
  EXPECT_EQ(whole.at("variants").at(1).at("tuned"), "level=20");
  const json direct = result({"--vary", "sites.mill.sells.frame.quoted=1 d,3 d", "--set",
                              "sites.shop.stock.frame.level=20", "--decide-on", "fill_rate", "--replications", "3"});
  EXPECT_EQ(whole.at("run").at("fingerprint"), direct.at("run").at("fingerprint"));
}

TEST_F(CompareCommand, TakesWhatTheFileSaysUnlessAnOptionSaysOtherwise) {
  folder_.write(
      "levels.yaml",
      "extends: shop.yaml\ncompare:\n  vary: {sites.shop.stock.frame.level: [8, 12]}\n  decide_on: fill_rate\n"
      "  base: 12\n");
  const auto of_file = [&](std::vector<std::string> more) {
    more.insert(more.begin(), {"compare", "levels.yaml", "--json", "--quiet"});
    const Ended ended = run(more);
    EXPECT_EQ(ended.code, kDone) << ended.err;
    return json::parse(ended.out, nullptr, false);
  };
  const json whole = of_file({});
  EXPECT_EQ(whole.at("base"), "12");
  EXPECT_EQ(whole.at("decide_on").at("kpi"), "fill_rate");
  EXPECT_EQ(whole.at("variants").size(), 2U);
  EXPECT_EQ(of_file({"--vary", "sites.shop.stock.frame.level=12,16,18"}).at("variants").size(), 3U);
  folder_.write("wrong.yaml", "extends: shop.yaml\ncompare: {vary: {sites.shop.stock.frame.levle: [8, 12]}}\n");
  refused({"compare", "wrong.yaml"},
          HasSubstr("compare.vary sites.shop.stock.frame.levle: unknown key \"levle\"; did you "
                    "mean \"level\"?"));
  folder_.write("empty.yaml", "extends: shop.yaml\ncompare: {vary: {sites.shop.stock.frame.level: {a: 1}}}\n");
  refused({"compare", "empty.yaml"}, HasSubstr("expected values like `[100, 120]`"));
}

TEST_F(CompareCommand, RefusesWhatCannotBeCompared) {
  refused(compare({}), StartsWith("compare: there is one variant only"));
  refused({"compare", "shop.yaml", "shpo.yaml"}, HasSubstr("shpo.yaml: no such file; did you mean \"shop.yaml\"?\n"));
  refused({"compare", "shop.yaml", "shop.yaml"}, StartsWith("compare: two variants are called \"shop.yaml\""));
  folder_.write("dollars.yaml", "extends: shop.yaml\nmoney: {currency: USD}\n");
  refused({"compare", "shop.yaml", "dollars.yaml"}, StartsWith("compare: dollars counts money in USD and shop in EUR"));
  folder_.write("short.yaml", "extends: shop.yaml\ntime: {horizon: 10 d}\n");
  refused({"compare", "shop.yaml", "short.yaml"},
          AllOf(StartsWith("compare: short measures 10 d"), HasSubstr("--horizon \"30 d\"")));
}

TEST_F(CompareCommand, NamesThePathOrValueThatIsWrong) {
  refused(compare({"--vary", "sites.shop.stock.frame.levle=8,12"}),
          AllOf(HasSubstr("--vary sites.shop.stock.frame.levle: unknown key \"levle\"; did you mean \"level\"?"),
                EndsWith("2 of 2 variants have mistakes; nothing was run\n")));
  refused(compare({"--vary", "sites.shop.stock.frame.level=8,many"}),
          AllOf(StartsWith("variant many:\n--vary sites.shop.stock.frame.level: got \"many\", expected "),
                EndsWith("1 of 2 variants have mistakes; nothing was run\n")));
  refused(compare({"--vary", "sites.shop.stock.frame.level"}),
          StartsWith("--vary: got \"sites.shop.stock.frame.level\""));
  refused(compare({"--vary", "sites.shop.stock.frame.level=8,,9"}), StartsWith("--vary: got "));
  refused(compare({"--vary", "sites.shop.stock.frame.level=8,8"}), HasSubstr("\"8\" is given twice"));
  refused(compare({"--vary", kLevels, "--tune", "sites.shop.stock.frame.levle=1,2"}),
          HasSubstr("--tune sites.shop.stock.frame.levle: unknown key"));
}

TEST_F(CompareCommand, RefusesOptionsThatMakeNoSense) {
  const auto with = [](std::vector<std::string> more) {
    more.insert(more.begin(), {"--vary", kLevels});
    return compare(more);
  };
  refused(with({"--decide-on", "fil_rate"}),
          HasSubstr("no KPI \"fil_rate\" at scope world; did you mean \"fill_rate\"?"));
  refused(with({"--decide-on", "fill_rate@site:shpo"}), HasSubstr("did you mean \"site:shop\"?"));
  refused(with({"--base", "13"}), AllOf(StartsWith("--base: no variant \"13\""), HasSubstr("8, 12, 20")));
  refused(with({"--precision", "2"}), StartsWith("--precision: got \"2\""));
  refused(with({"--indifference", "0"}), StartsWith("--indifference: got \"0\""));
  refused(with({"--indifference", "1%", "--replications", "1"}),
          StartsWith("--replications: got 1, expected at least 2"));
  refused(with({"--pareto", "fill_rate"}), StartsWith("--pareto: got fill_rate, expected two KPIs"));
  refused(with({"--show", "fill_rte"}), HasSubstr("did you mean \"fill_rate\"?"));
  refused(compare({"--vary", "run.seed=1,2"}), StartsWith("--vary run.seed: is the same for all variants"));
  refused(compare({"--policy", "dispach=fifo"}), HasSubstr("expected KIND=NAME with one of the kinds dispatch"));
  refused(compare({"--policy", "allocation=first_come,equl"}), HasSubstr("did you mean \"equal\"?"));
  refused(compare({"--policy", "sourcing=split,cheapest"}), HasSubstr("no purchase names several suppliers"));
}

TEST_F(CompareCommand, AppliesAPolicyWhereverItCouldBeWritten) {
  folder_.write("two.yaml",
                "extends: shop.yaml\nsites:\n  mill_2: {sells: {frame: {quoted: 1 d, price: 40}}}\n"
                "  shop: {buys: {frame: {from: {mill: 70 %, mill_2: {share: 30 %, transit: 2 d}}, transit: 1 d}}}\n");
  const Ended ended = run({"compare", "two.yaml", "--policy", "sourcing=split,cheapest", "--json", "--quiet"});
  ASSERT_EQ(ended.code, kDone) << ended.err;
  folder_.write(
      "cheapest.yaml",
      "extends: shop.yaml\nsites:\n  mill_2: {sells: {frame: {quoted: 1 d, price: 40}}}\n  shop: {buys: {frame: "
      "{from: {mill: {}, mill_2: {transit: 2 d}}, choose: cheapest, transit: 1 d}}}\n");
  const auto cost = [](const json& variant) { return variant.at("kpis").at(0); };
  const json by_policy = json::parse(ended.out).at("variants").at(1);
  const json by_hand =
      json::parse(run({"compare", "two.yaml", "cheapest.yaml", "--json", "--quiet"}).out).at("variants");
  EXPECT_EQ(cost(by_policy), cost(by_hand.at(1)));
  EXPECT_EQ(by_policy.at("events"), by_hand.at(1).at("events"));
  EXPECT_NE(by_policy.at("events"), by_hand.at(0).at("events"));
  EXPECT_EQ(run({"run", "two.yaml", "--policy", "sourcing=cheapest", "--quiet"}).code, kDone);
}

}  // namespace
}  // namespace tierworks::tests
