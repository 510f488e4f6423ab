// The built command as its users meet it: exit codes, what goes to which stream, and what stays on the disk.
#include "tests/diagnostics/command.h"

#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/support/paths.h"

namespace tierworks::tests {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

TEST_F(Command, ShowsEveryMistakeOfAScenarioAndRunsNothing) {
  folder_.write("broken.yaml",
                "tierworks: 1\nitems: {frame: {value: -1}}\nsites:\n  shop: {stocks: {}}\n"
                "demand: {at: shop, item: frame, orders: poisson 4}\n");
  for (const std::string name : {"check", "run"}) {
    const Ended ended = run({name, "broken.yaml"});
    EXPECT_EQ(ended.code, kUsersInput);
    EXPECT_THAT(ended.out, IsEmpty());
    EXPECT_THAT(
        ended.err,
        StartsWith("broken.yaml:2:24: items.frame.value: got \"-1\", expected a number >= 0 like `4000` or `3 M`\n"
                   "broken.yaml:4:10: sites.shop.stocks: unknown key \"stocks\"; did you mean \"stock\"?"));
    EXPECT_THAT(ended.err, HasSubstr("\nbroken.yaml:5:41: demand.orders: got \"poisson 4\", expected "));
    EXPECT_THAT(ended.err, EndsWith("\nbroken.yaml: 3 mistakes; nothing was run\n"));
  }
}

TEST_F(Command, CountsTheMistakesThatItDoesNotShow) {
  std::string many = "tierworks: 1\nitems:\n";
  for (int i = 0; i < 250; ++i) many += "  part_" + std::to_string(i) + ": {value: -1}\n";
  folder_.write("many.yaml", many);
  refused({"check", "many.yaml"}, EndsWith("\nand 50 more\nmany.yaml: 250 mistakes; nothing was run\n"));
}

TEST_F(Command, NamesTheNearestFile) {
  refused({"run", "shpo.yaml"}, StartsWith("shpo.yaml: no such file; did you mean \"shop.yaml\"?\n"));
  refused({"run", "."}, StartsWith(".: a folder, expected a file\n"));
}

TEST_F(Command, RefusesOptionsThatItDoesNotKnow) {
  refused({"run", "shop.yaml", "--replicatoins", "3"}, HasSubstr("--replicatoins"));
  refused({"run", "shop.yaml", "--replications", "0"}, HasSubstr("--replications: Value 0 not in range 1 to"));
  refused({"run", "shop.yaml", "--replications", "ten"}, HasSubstr("--replications"));
  refused({"run", "shop.yaml", "--threads", "0"}, HasSubstr("--threads: Value 0 not in range 1 to"));
  refused({"run"}, HasSubstr("SCENARIO is required"));
  refused({}, HasSubstr("A subcommand is required"));
  refused({"simulate", "shop.yaml"}, Not(IsEmpty()));
}

TEST_F(Command, RefusesKpisAndSharesThatDoNotExist) {
  refused({"run", "shop.yaml", "--precision", "1%", "--on", "fill_rte"},
          StartsWith("--on: no KPI \"fill_rte\" at world scope; did you mean \"fill_rate\"?; expected one of: "));
  for (const std::string share : {"narrow", "0", "150%", "1%%", "-1%", "nan", "inf", ""}) {
    refused({"run", "shop.yaml", "--precision=" + share}, HasSubstr("--precision"));
    refused({"run", "shop.yaml", "--confidence=" + share}, HasSubstr("--confidence"));
  }
  refused({"run", "shop.yaml", "--precision", "narrow"},
          StartsWith("--precision: got \"narrow\", expected a share above 0 and below 1, such as 1%\n"));
}

TEST_F(Command, NamesTheRulesThatHaveAParameter) {
  const std::string path =
      (source_dir() / "scenarios/catalogue/industry/job_shop.yaml").string();  // first come, first served
  refused({"run", path, "--policy", "dispatch.k=3"},
          HasSubstr("no dispatching rule of this scenario has a parameter k; those with one are `atc`, `covert`, "
                    "`atcs`, `batcs`\n"));
}

TEST_F(Command, SaysWhereAFormulaStandsThatGivesNoNumber) {
  folder_.write("formula.yaml", R"(tierworks: 1
time: {horizon: 100 h}
sites:
  shop:
    work_centres: {mill: {dispatch: {formula: 1 / (t - t)}}}
    routings: {part: {operations: {milling: {work_centre: mill, time: 1 h}}}}
    releases: {parts: {routing: part, count: 3}}
)");
  refused({"run", "formula.yaml", "--quiet"},
          StartsWith("formula.yaml:5:37: sites.shop.work_centres.mill.dispatch: the dispatch formula of shop/mill gave "
                     "no finite number (as a division by 0 does) at 0 h: `1 / (t - t)`\n"));
}

TEST_F(Command, RefusesAJobShopThatIsCut) {
  folder_.write("cut.jsp", "3 3\n0 3 1 2 2 2\n0 2 2 1 1 4\n1 4 2 3\n");
  refused({"import", "jsplib", "cut.jsp", "--out", "cut.yaml"},
          StartsWith("cut.jsp:4:5: got 4 numbers, expected 6, a machine and a duration for each of 3 operations; the "
                     "file may be cut\n"));
}

TEST_F(Command, NamesTheStepOfASettingThatIsWrong) {
  const auto set = [](const std::string& setting) {
    return std::vector<std::string>{"run", "shop.yaml", "--set", setting};
  };
  refused(set("sites.shpo.stock.frame.level=12"),
          StartsWith("--set sites.shpo.stock.frame.level: no \"shpo\" in sites; did you mean \"shop\"?\n"));
  refused(set("sites.shop.stock.frame.levle=12"),
          StartsWith("--set sites.shop.stock.frame.levle: unknown key \"levle\"; did you mean \"level\"?"));
  refused(set("sites.shop.stock.frame.level=many"),
          StartsWith("--set sites.shop.stock.frame.level: got \"many\", expected "));
  refused(set("sites.shop.stock.frame.level.high=12"),
          StartsWith(
              "--set sites.shop.stock.frame.level.high: sites.shop.stock.frame.level is \"20\", and no map with a key "
              "\"high\"\n"));
  refused(set("sites.shop.buys.frame.from=mil"),
          StartsWith("--set sites.shop.buys.frame.from: no site \"mil\"; did you mean \"mill\"?\n"));
  refused(set("sites.shop.stock.frame.level"), HasSubstr("expected `path=value` like `sites.plant.tier=2`\n"));
  refused(set("sites.shop.stock.frame.level="),
          HasSubstr("the value is missing; write `path=value`, or `path=~` to take the key away\n"));
  refused(set("sites..level=12"), HasSubstr("the path has an empty step; write one dot between two steps\n"));
  refused({"run", "shop.yaml", "--horizon", "1 month"},
          HasSubstr("got \"1 month\", expected a duration > 0 like `8 h` or `1.5 d`; a month has no fixed length; "
                    "write days or weeks\n"));
}

TEST_F(Command, WritesNothingButJsonToStdout) {
  const Ended ended = run({"run", "shop.yaml", "--json", "--quiet"});
  ASSERT_EQ(ended.code, kDone) << ended.err;
  EXPECT_THAT(ended.err, IsEmpty());
  const json summary = json::parse(ended.out, nullptr, false);
  ASSERT_FALSE(summary.is_discarded()) << ended.out;
  EXPECT_EQ(summary.at("run").at("replications"), 2);
  ASSERT_FALSE(summary.at("kpis").empty());
  for (const json& kpi : summary.at("kpis")) {
    for (const char* key : {"mean", "half_width", "min", "max"}) {
      const json& value = kpi.at(key);
      EXPECT_TRUE(value.is_null() || (value.is_number() && std::isfinite(value.get<double>()))) << kpi;
    }
  }
}

TEST_F(Command, IsSilentWhenAskedTo) {
  const Ended ended = run({"run", "shop.yaml", "--quiet"});
  EXPECT_EQ(ended.code, kDone);
  EXPECT_THAT(ended.out, IsEmpty());
  EXPECT_THAT(ended.err, IsEmpty());
}

// The fingerprint of a run with these options after the scenario.
std::string fingerprint_of(const Ended& ended) {
  const json summary = json::parse(ended.out, nullptr, false);
  if (ended.code != kDone || summary.is_discarded()) return ended.err;
  return summary.at("run").at("fingerprint").get<std::string>();
}

TEST_F(Command, ARunThatGoesOnFromASnapshotEndsAsTheOneThatWasNeverCut) {
  const std::vector<std::string> plain{"run", "shop.yaml", "--replications", "1", "--seed", "5", "--json", "--quiet"};
  const std::string whole = fingerprint_of(run(plain));
  for (const std::string at : {"0 d", "1 h", "12.5 d", "30 d"}) {
    std::vector<std::string> kept = plain;
    kept.insert(kept.end(), {"--snapshot", "cut.snap", "--snapshot-at", at});
    EXPECT_EQ(fingerprint_of(run(kept)), whole) << at;
    for (const std::string partitions : {"1", "2"}) {
      const Ended resumed =
          run({"run", "shop.yaml", "--resume", "cut.snap", "--partitions", partitions, "--json", "--quiet"});
      EXPECT_EQ(fingerprint_of(resumed), whole) << at;
      EXPECT_EQ(json::parse(resumed.out).at("run").at("seed"), 5);
    }
  }
  EXPECT_THAT(folder_.names(), ElementsAre("cut.snap", "shop.yaml"));
}

TEST_F(Command, RefusesSnapshotsThatAreNotOfThisRun) {
  ASSERT_EQ(run({"run", "shop.yaml", "--snapshot", "cut.snap", "--snapshot-at", "9 d", "--quiet"}).code, kDone);
  const std::string sound = content("cut.snap");
  const auto resume = [](const std::string& file) {
    return std::vector<std::string>{"run", "shop.yaml", "--resume", file};
  };
  refused(resume("none.snap"), StartsWith("--resume none.snap: cannot be read: No such file"));
  folder_.write("shop.snap", kSound);
  refused(resume("shop.snap"), StartsWith("--resume shop.snap: is no snapshot; expected a file that"));
  folder_.write("empty.snap", "");
  refused(resume("empty.snap"), StartsWith("--resume empty.snap: is no snapshot; expected a file that"));
  for (const std::size_t bytes :
       {std::size_t{5}, std::size_t{40}, std::size_t{71}, std::size_t{72}, sound.size() - 1}) {
    folder_.write("short.snap", sound.substr(0, bytes));
    refused(resume("short.snap"), StartsWith("--resume short.snap: is cut short: "));
  }
  folder_.write("long.snap", sound + "x");
  refused(resume("long.snap"), StartsWith("--resume long.snap: is longer than it was: "));
  for (const std::size_t at : {std::size_t{24}, std::size_t{45}, sound.size() / 2, sound.size() - 1}) {
    std::string damaged = sound;
    damaged[at] = static_cast<char>(damaged[at] ^ 1);
    folder_.write("damaged.snap", damaged);
    refused(resume("damaged.snap"), StartsWith("--resume damaged.snap: is damaged: its checksum does not fit; "));
  }
  std::string older = sound;
  older[16] = 9;
  folder_.write("older.snap", older);
  refused(resume("older.snap"),
          StartsWith("--resume older.snap: is written in format 9, and this program reads format 6; "));
  refused({"run", "shop.yaml", "--resume", "cut.snap", "--set", "sites.shop.stock.frame.level=21"},
          StartsWith("--resume cut.snap: is of another scenario, or of this one with other values; "));
  refused({"run", "shop.yaml", "--resume", "cut.snap", "--horizon", "31 d"},
          StartsWith("--resume cut.snap: is of another scenario, or of this one with other values; "));
  // What only people read is no part of the model.
  EXPECT_EQ(run({"run", "shop.yaml", "--resume", "cut.snap", "--set", "title=Another", "--quiet"}).code, kDone);
}

TEST_F(Command, RefusesOptionsThatDoNotGoWithASnapshot) {
  refused({"run", "shop.yaml", "--snapshot", "cut.snap"}, HasSubstr("--snapshot requires --snapshot-at"));
  refused({"run", "shop.yaml", "--snapshot", "cut.snap", "--snapshot-at", "31 d"},
          StartsWith("--snapshot-at: got \"31 d\", expected a time between 0 d, where the run starts, and 30 d"));
  refused({"run", "shop.yaml", "--snapshot", "cut.snap", "--snapshot-at", "soon"},
          StartsWith("--snapshot-at: got \"soon\", expected "));
  refused({"run", "shop.yaml", "--snapshot", "no/cut.snap", "--snapshot-at", "3 d", "--quiet"},
          StartsWith("--snapshot no/cut.snap: cannot be written: No such file"));
  refused({"run", "shop.yaml", "--snapshot", "cut.snap", "--snapshot-at", "3 d", "--replications", "2"},
          StartsWith("--snapshot: got --replications 2; a snapshot holds one run, expected --replications 1"));
  ASSERT_EQ(run({"run", "shop.yaml", "--snapshot", "cut.snap", "--snapshot-at", "9 d", "--quiet"}).code, kDone);
  refused({"run", "shop.yaml", "--resume", "cut.snap", "--seed", "1"},
          StartsWith("--resume: the seed is that of the snapshot; leave --seed out"));
  refused({"run", "shop.yaml", "--resume", "cut.snap", "--snapshot", "cut2.snap", "--snapshot-at", "8 d"},
          StartsWith("--snapshot-at: got \"8 d\", expected a time between 9 d, where the run starts, and 30 d"));
}

TEST_F(Command, SaysHowItSharesTheMachine) {
  const auto said = [&](std::vector<std::string> options) {
    options.insert(options.begin(), {"run", "shop.yaml"});
    const std::string words = run(options).err;
    return words.substr(0, words.find('\n'));
  };
  EXPECT_EQ(said({"--threads", "2"}), "plan: 2 replications on 2 threads, each in one partition");
  EXPECT_THAT(said({"--threads", "1", "--partitions", "2"}),
              StartsWith("plan: 2 replications on 1 thread, each in 2 partitions with a lookahead of 1 h ("));
  EXPECT_THAT(said({"--threads", "2", "--replications", "1"}),
              StartsWith("plan: 1 replication on 2 threads, each in one partition: "));
}

TEST_F(Command, LeavesNothingInItsFolderButTheSummary) {
  ASSERT_EQ(run({"run", "shop.yaml", "--quiet", "--out", "results/first"}).code, kDone);
  EXPECT_THAT(folder_.names(), ElementsAre("results", "shop.yaml"));
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator("results/first")) names.push_back(entry.path().filename().string());
  EXPECT_THAT(names, ElementsAre("summary.json"));
  EXPECT_FALSE(json::parse(content("results/first/summary.json"), nullptr, false).is_discarded());
}

TEST_F(Command, MakesNoFolderForAScenarioThatIsBroken) {
  refused({"run", "shop.yaml", "--set", "run.replications=0", "--out", "results"}, HasSubstr("run.replications"));
  EXPECT_THAT(folder_.names(), ElementsAre("shop.yaml"));
}

TEST_F(Command, RefusesAFolderThatIsAFile) {
  folder_.write("results", "mine\n");
  refused({"run", "shop.yaml", "--out", "results"}, StartsWith("--out results: cannot make this folder: "));
  refused({"run", "shop.yaml", "--out", "results/first"}, StartsWith("--out results/first: cannot make this folder: "));
  EXPECT_EQ(content("results"), "mine\n");
  EXPECT_THAT(folder_.names(), ElementsAre("results", "shop.yaml"));
}

TEST_F(Command, SaysWhenTheDiskIsFull) {
  if (!fs::exists("/dev/full")) GTEST_SKIP() << "no /dev/full here";
  const Ended ended = run({"run", "shop.yaml", "--json", "--quiet"}, "/dev/full");
  EXPECT_EQ(ended.code, kOurFault);
  EXPECT_THAT(ended.err, HasSubstr("No space left on device"));
}

constexpr const char* kStages =
    "Stage Name,stageCost,avgDemand,stdDevDemand,serviceLevel,stageTime,stdDev stageTime,"
    "stageTime_1,stageTime_%_1,stageTime_2,stageTime_%_2,stageTime_3,stageTime_%_3\n"
    "Part,1,,,,5,,,,,,,\n"
    "Retail,2,10,3,0.95,2,,,,,,,\n";
constexpr const char* kLinks = "sourceStage,destinationStage\nPart,Retail\n";

TEST_F(Command, ImportsAChainThatRuns) {
  folder_.write("SD.csv", kStages);
  folder_.write("LL.csv", kLinks);
  const Ended ended = run({"import", "willems", "SD.csv", "LL.csv", "--out", "chain.yaml"});
  ASSERT_EQ(ended.code, kDone) << ended.err;
  EXPECT_THAT(folder_.names(), ElementsAre("LL.csv", "SD.csv", "chain.yaml", "shop.yaml"));
  EXPECT_EQ(run({"check", "chain.yaml"}).code, kDone);
}

TEST_F(Command, ImportsNothingFromTablesThatAreBroken) {
  std::string stages = kStages;
  stages.replace(stages.find("0.95"), 4, "most");
  folder_.write("SD.csv", stages);
  folder_.write("LL.csv", "sourceStage,destinationStage\nPart,Retial\n");
  const std::vector<std::string> import{"import", "willems", "SD.csv", "LL.csv", "--out", "chain.yaml"};
  refused(import, HasSubstr("SD.csv:3:5: "));
  refused(import, HasSubstr("LL.csv:2:2: "));
  EXPECT_THAT(folder_.names(), ElementsAre("LL.csv", "SD.csv", "shop.yaml"));

  folder_.write("chain.yaml", "mine\n");
  refused(import, HasSubstr("SD.csv:3:5: "));
  EXPECT_EQ(content("chain.yaml"), "mine\n");
  EXPECT_THAT(folder_.names(), ElementsAre("LL.csv", "SD.csv", "chain.yaml", "shop.yaml"));

  refused({"import", "willems", "DS.csv", "LL.csv", "--out", "other.yaml"}, StartsWith("DS.csv: cannot be read: "));
}

TEST_F(Command, SaysWhenItCannotWriteWhatItImported) {
  folder_.write("SD.csv", kStages);
  folder_.write("LL.csv", kLinks);
  refused({"import", "willems", "SD.csv", "LL.csv", "--out", "nowhere/chain.yaml"},
          StartsWith("--out nowhere/chain.yaml: cannot be written: No such file or directory"));
  fs::create_directory("folder");
  refused({"import", "willems", "SD.csv", "LL.csv", "--out", "folder"},
          StartsWith("--out folder: cannot be written: "));
  EXPECT_THAT(folder_.names(), ElementsAre("LL.csv", "SD.csv", "folder", "shop.yaml"));
  EXPECT_TRUE(fs::is_empty("folder"));
}

constexpr const char* kInstance = R"({"name": "small", "periods": 3, "edges": [], "nodes": [{"index": 1,
  "local_holding_cost": 2, "stockout_cost": 9, "shipment_lead_time": 1,
  "policy": {"type": "BS", "base_stock_level": 8}, "demand": {"type": "N"}}]})";

// 5, 6 and 7 are wanted from 8: 3 are left, then 8 - 6 = 2, then 1.
TEST_F(Command, ImportsAnInstanceThatReplaysWeekByWeek) {
  folder_.write("small.json", kInstance);
  folder_.write("small_demand.csv", "period,node1\n0,5\n1,6\n2,7\n");
  const Ended ended = run({"import", "stockpyl", "small.json", "small_demand.csv", "-o", "small.yaml"});
  ASSERT_EQ(ended.code, kDone) << ended.err;
  EXPECT_EQ(ended.out, "node1: base stock 8, starts with 8\n");
  EXPECT_THAT(folder_.names(),
              ElementsAre("shop.yaml", "small.json", "small.yaml", "small_demand.csv", "small_demand_node1.csv"));
  ASSERT_EQ(run({"run", "small.yaml", "--quiet", "--series", "small_series.csv"}).code, kDone);
  EXPECT_EQ(content("small_series.csv"),
            "day,site,item,on_hand,backorders,in_transit,on_order,ordered,demanded,received\n"
            "0,node1,item1,3,0,5,5,5,5,0\n"
            "1,node1,item1,2,0,6,6,6,6,5\n"
            "2,node1,item1,1,0,7,7,7,7,6\n");
}

TEST_F(Command, ImportsNothingFromAnInstanceThatIsNotModelled) {
  std::string instance = kInstance;
  instance.replace(instance.find("\"BS\""), 4, "\"BEBS\"");
  folder_.write("small.json", instance);
  folder_.write("small_demand.csv", "period,node1\n0,5\n1,6\n2,7\n");
  const std::vector<std::string> import{"import", "stockpyl", "small.json", "small_demand.csv", "-o", "small.yaml"};
  refused(import, HasSubstr("small.json: node 1: a policy of type \"BEBS\" is not modelled"));
  EXPECT_THAT(folder_.names(), ElementsAre("shop.yaml", "small.json", "small_demand.csv"));
}

TEST_F(Command, RefusesASeriesThatCannotBe) {
  refused({"run", "shop.yaml", "--series", "s.csv", "--series-every", "2 moons"},
          StartsWith("--series-every: got \"2 moons\", expected "));
  refused({"run", "shop.yaml", "--series", "nowhere/s.csv"}, HasSubstr("--series nowhere/s.csv: cannot be written"));
  EXPECT_THAT(folder_.names(), ElementsAre("shop.yaml"));
}

}  // namespace
}  // namespace tierworks::tests
