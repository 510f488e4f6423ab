// The importer of Willems' chains: all published ones at hand against their published pipeline stock, small chains by
// hand, and every mistake with its words and its place.
#include "scenarios/importers/willems.h"

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scenarios/csv/csv_table.h"
#include "tests/support/paths.h"

namespace tierworks::importers {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr const char* kHeader =
    "Stage Name,stageCost,avgDemand,stdDevDemand,serviceLevel,stageTime,stdDev stageTime,"
    "stageTime_1,stageTime_%_1,stageTime_2,stageTime_%_2,stageTime_3,stageTime_%_3\n";
constexpr const char* kLinks = "sourceStage,destinationStage\n";

struct Outcome {
  std::optional<Imported> imported;
  std::vector<std::string> errors;  // "file:line:column: message"
};

Outcome import_tables(const std::string& stages, const std::string& links) {
  Outcome outcome;
  std::vector<ImportError> errors;
  outcome.imported = import_willems(stages, "SD.csv", links, "LL.csv", errors);
  for (const ImportError& e : errors) {
    outcome.errors.push_back(e.file + ":" + std::to_string(e.line) + ":" + std::to_string(e.column) + ": " + e.message);
  }
  EXPECT_EQ(outcome.imported.has_value(), errors.empty()) << "either a scenario or errors";
  return outcome;
}

// The rows of a stage table under kHeader, and the rows of a link table.
Outcome import_rows(const std::string& stages, const std::string& links = "") {
  return import_tables(kHeader + stages, kLinks + links);
}

std::string yaml_of(const std::string& stages, const std::string& links = "") {
  const Outcome outcome = import_rows(stages, links);
  EXPECT_THAT(outcome.errors, IsEmpty());
  return outcome.imported ? outcome.imported->yaml : "";
}

std::string content(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

// --- the published chains

std::filesystem::path willems_folder() { return tests::data_dir() / "willems"; }

class PublishedChain : public ::testing::TestWithParam<int> {};

TEST_P(PublishedChain, HasThePublishedSizeAndPipelineStock) {
  const std::filesystem::path folder = willems_folder();
  if (!std::filesystem::exists(folder / "summary.csv")) {
    GTEST_SKIP() << "no data set in " << folder << "; set TIERWORKS_DATA to the folder that holds willems/";
  }
  std::vector<csv::CsvError> faults;
  const auto summary = csv::read_csv(content(folder / "summary.csv"), faults);
  ASSERT_TRUE(summary);
  const std::string number = std::to_string(GetParam());
  const std::string stem = (number.size() < 2 ? "0" : "") + number;
  std::map<std::string, double> published;
  for (const csv::Row& row : summary->rows) {
    if (row.cells[*summary->column("chain")] != number) continue;
    for (const char* column : {"stages", "arcs", "pipeline_units_mean"}) {
      published[column] = csv::number_in(row.cells[*summary->column(column)]).value();
    }
  }
  ASSERT_FALSE(published.empty()) << "chain " << number << " is not in summary.csv";

  const Outcome outcome = import_tables(content(folder / (stem + "_SD.csv")), content(folder / (stem + "_LL.csv")));
  ASSERT_THAT(outcome.errors, IsEmpty());
  EXPECT_EQ(static_cast<double>(outcome.imported->stages), published["stages"]);
  EXPECT_EQ(static_cast<double>(outcome.imported->links), published["arcs"]);
  EXPECT_NEAR(outcome.imported->pipeline_units, published["pipeline_units_mean"],
              0.001 * published["pipeline_units_mean"]);
}

INSTANTIATE_TEST_SUITE_P(Willems, PublishedChain, ::testing::Values(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 14));

// --- chains by hand

TEST(WillemsImport, WritesAStageWithoutSuppliersAsAPurchaseAndTheOthersAsProduction) {
  const std::string yaml = yaml_of("mill,2,,,,5,,,,,,,\nplant,10,10,0,0.95,3,,,,,,,\n", "mill,plant\n");
  EXPECT_THAT(yaml, HasSubstr("  mill: {resolution: 0.001, value: 2}\n"
                              "  plant: {resolution: 0.001, value: 12, bom: {mill: 1}}\n"));
  EXPECT_THAT(yaml, HasSubstr("  mill_source: {role: outside_supplier, sells: {mill: {}}}\n"
                              "  mill:\n"
                              "    buys: {mill: {from: mill_source, transit: 5 d}}\n"));
  EXPECT_THAT(yaml, HasSubstr("  plant:\n"
                              "    buys: {mill: {from: mill}}\n"
                              "    makes: {plant: {time: 3 d, per: batch, cost: 10}}\n"));
  EXPECT_THAT(yaml, HasSubstr("  plant: {at: plant, item: plant, orders: every 1 d, size: 10, unmet: backorder}\n"));
}

// Ten units a day without variance. An order of the mill is under way 5 d 1 h, one of the plant 3 d 1 h 1 min: just
// after an order 6 and 4 days' orders are open.
TEST(WillemsImport, CoversTheLeadTimeRoundedUpToWholeDays) {
  const std::string yaml = yaml_of("mill,2,,,,5,,,,,,,\nplant,10,10,0,0.95,3,,,,,,,\n", "mill,plant\n");
  EXPECT_THAT(yaml, HasSubstr("stock: {mill: {level: 60}}"));
  EXPECT_THAT(yaml, HasSubstr("stock: {plant: {level: 40}}"));
}

// 4 days: 400 + 1.959964 * sqrt(4 * 10^2) = 439.1993.
TEST(WillemsImport, AddsSafetyStockForTheStatedServiceLevelRoundedUp) {
  EXPECT_THAT(yaml_of("shop,1,100,10,0.975,3,,,,,,,\n"), HasSubstr("stock: {shop: {level: 439.2}}"));
  EXPECT_THAT(yaml_of("shop,1,100,10,97.5,3,,,,,,,\n"), HasSubstr("stock: {shop: {level: 439.2}}"));
  EXPECT_THAT(yaml_of("shop,1,100,10,97.5%,3,,,,,,,\n"), HasSubstr("stock: {shop: {level: 439.2}}"));
}

// z(0.95) = 1.644854: 400 + 1.644854 * 20 = 432.8971.
TEST(WillemsImport, TakesNinetyFivePercentWhereNoServiceLevelIsStated) {
  EXPECT_THAT(yaml_of("shop,1,100,10,,3,,,,,,,\n"), HasSubstr("stock: {shop: {level: 432.898}}"));
}

// The depot feeds 100 +- 30 and 50 +- 40 a day: 150 +- 50, one day's cover, the higher service level of the two shops.
TEST(WillemsImport, PoolsTheDemandOfCustomersAndTakesTheHighestServiceLevel) {
  const std::string yaml = yaml_of("depot,1,,,,0,,,,,,,\neast,1,100,30,0.9,1,,,,,,,\nwest,1,50,40,0.975,1,,,,,,,\n",
                                   "depot,east\ndepot,west\n");
  EXPECT_THAT(yaml, HasSubstr("stock: {depot: {level: 247.999}}"));
}

TEST(WillemsImport, AddsAStagesOwnDemandToThatOfItsCustomers) {
  const Outcome outcome = import_rows("depot,1,5,0,,2,,,,,,,\nshop,1,10,0,,4,,,,,,,\n", "depot,shop\n");
  ASSERT_TRUE(outcome.imported);
  EXPECT_DOUBLE_EQ(outcome.imported->pipeline_units, 15 * 2 + 10 * 4);
  EXPECT_THAT(outcome.imported->yaml, AllOf(HasSubstr("  depot: {at: depot,"), HasSubstr("  shop: {at: shop,"),
                                            HasSubstr("stock: {depot: {level: 45}}")));
}

// Mean 28 and standard deviation 11.22497; whole days 21, 26, 51 have mean 29.
// 290 + 1.959964 * 10 * 11.22497 = 510.0054.
TEST(WillemsImport, KeepsDiscreteStageTimes) {
  const Outcome outcome = import_rows("part,1,10,0,0.975,28,11.2,20,0.4,25,0.4,50,0.2\n");
  ASSERT_TRUE(outcome.imported);
  EXPECT_DOUBLE_EQ(outcome.imported->pipeline_units, 280);
  EXPECT_THAT(outcome.imported->yaml, HasSubstr("transit: discrete 20 d 40 % or 25 d 40 % or 50 d 20 %}"));
  EXPECT_THAT(outcome.imported->yaml, HasSubstr("level: 510.006}"));
}

TEST(WillemsImport, ScalesWeightsAndWritesTheLastAsTheRemainder) {
  const std::string thirds = "part,1,10,0,,25,,20,0.33333333333,25,0.33333333333,30,0.33333333333\n";
  EXPECT_THAT(yaml_of(thirds),
              HasSubstr("discrete 20 d 33.3333333333 % or 25 d 33.3333333333 % or 30 d 33.3333333334 %"));
  EXPECT_THAT(yaml_of("part,1,10,0,,28,,20,40,25,40,50,20\n"), HasSubstr("20 d 40 % or 25 d 40 % or 50 d 20 %"));
  EXPECT_THAT(yaml_of("part,1,10,0,,28,,20,40%,25,40%,50,20%\n"), HasSubstr("20 d 40 % or 25 d 40 % or 50 d 20 %"));
  EXPECT_THAT(yaml_of("part,1,10,0,,20,,20,1,,,50,0\n"), HasSubstr("transit: 20 d}"));
}

TEST(WillemsImport, TakesGammaWhereOnlyAStandardDeviationIsGiven) {
  EXPECT_THAT(yaml_of("part,1,10,0,,9.5,2.25,,,,,,\n"), HasSubstr("transit: gamma 9.5 d sd 2.25 d}"));
}

// In chain 08 a stage time of 42.5 d is also given as 1 d or 45 d, which has mean 23.
TEST(WillemsImport, PrefersTheStatedMeanToDiscreteTimesThatContradictIt) {
  const Outcome outcome = import_rows("part,1,10,0,,42.5,2.5,1,0.5,45,0.5,,\n");
  ASSERT_TRUE(outcome.imported);
  EXPECT_THAT(outcome.imported->yaml, HasSubstr("transit: gamma 42.5 d sd 2.5 d}"));
  EXPECT_THAT(outcome.imported->remarks, Contains(HasSubstr("stage part: the discrete stage times have mean 23 d")));
}

TEST(WillemsImport, SaysWhatItTakesForDemandAndWritesIt) {
  const Outcome outcome = import_rows("shop,1,253,36.62,,3,,,,,,,\n");
  ASSERT_TRUE(outcome.imported);
  EXPECT_THAT(outcome.imported->yaml, HasSubstr("size: gamma 253 sd 36.62,"));
  EXPECT_THAT(outcome.imported->yaml,
              HasSubstr("# Demand of each day: gamma with the stated mean and standard deviation"));
  EXPECT_THAT(outcome.imported->remarks, Contains(HasSubstr("demand of each day: gamma with the stated mean")));
}

TEST(WillemsImport, WritesSmallAndLargeNumbersWithoutAnExponent) {
  EXPECT_THAT(yaml_of("shop,1,0.00001,0,,3,,,,,,,\n"), HasSubstr("size: 0.00001,"));
  EXPECT_THAT(yaml_of("shop,1e9,0.5,0,,3,,,,,,,\n"), HasSubstr("value: 1000000000}"));
}

TEST(WillemsImport, PromisesTheServiceTimeAsDueTime) {
  const Outcome outcome = import_tables("Stage Name,avgDemand,stageTime,maxServiceTime\nshop,4,1,20\n", kLinks);
  ASSERT_TRUE(outcome.imported);
  EXPECT_THAT(outcome.imported->yaml, HasSubstr("due: 20 d,"));
}

// 10 d and 3 d with sd 2 d: (10 + 3 + 2 * 2) * 1.1 = 18.7 d, so 3 wk.
TEST(WillemsImport, WarmsUpForTheLongestWay) {
  EXPECT_THAT(yaml_of("mill,2,,,,10,,,,,,,\nplant,10,10,0,0.95,3,2,,,,,,\n", "mill,plant\n"),
              HasSubstr("time: {warm_up: 3 wk, horizon: 2 yr}"));
  EXPECT_THAT(yaml_of("shop,1,1,0,,0,,,,,,,\n"), HasSubstr("warm_up: 1 wk"));
}

// sd 5 of 10 a day: relative error 0.5 / sqrt(days) = 0.0025 takes 40,000 days, 5.5 yr in each of 20 replications.
TEST(WillemsImport, MeasuresLongEnoughToKnowThePipeline) {
  EXPECT_THAT(yaml_of("shop,1,10,5,0.95,3,,,,,,,\n"), HasSubstr("horizon: 6 yr"));
}

TEST(WillemsImport, LetsAStageTimeOfZeroTakeNoTime) {
  EXPECT_THAT(yaml_of("shop,1,1,0,,0,,,,,,,\n"), HasSubstr("transit: 0 d, at_least: 0 s}"));
}

TEST(WillemsImport, WritesSitesWithSuppliersFirstWhateverTheOrderOfTheFile) {
  const std::string links = "b,c\na,b\n";
  const std::string rows[] = {"c,1,1,0,,1,,,,,,,\n", "b,1,,,,1,,,,,,,\n", "a,1,,,,1,,,,,,,\n"};
  const std::string yaml = yaml_of(rows[0] + rows[1] + rows[2], links);
  EXPECT_LT(yaml.find("\n  a:"), yaml.find("\n  b:"));
  EXPECT_LT(yaml.find("\n  b:"), yaml.find("\n  c:"));
  EXPECT_EQ(yaml, yaml_of(rows[2] + rows[0] + rows[1], links));
}

TEST(WillemsImport, QuotesNamesThatYamlWouldMangle) {
  const std::string yaml =
      yaml_of("Part: 1,1,,,,1,,,,,,,\n\"a, \"\"b\"\"\",1,,,,1,,,,,,,\nyes,1,,,,1,,,,,,,\n12,1,3,0,,1,,,,,,,\n",
              "Part: 1,12\n\"a, \"\"b\"\"\",12\nyes,12\n");
  EXPECT_THAT(yaml, HasSubstr("  \"Part: 1_source\": {role: outside_supplier, sells: {\"Part: 1\": {}}}\n"));
  EXPECT_THAT(yaml, HasSubstr("bom: {\"Part: 1\": 1, \"a, \\\"b\\\"\": 1, \"yes\": 1}"));
  EXPECT_THAT(yaml, HasSubstr("  \"12\": {at: \"12\", item: \"12\","));
}

TEST(WillemsImport, FindsAFreeNameForTheOutsideSupplier) {
  EXPECT_THAT(yaml_of("a,1,1,0,,1,,,,,,,\na_source,1,1,0,,1,,,,,,,\n"), HasSubstr("from: a_source_, transit"));
}

TEST(WillemsImport, ReadsWhatSpreadsheetsExport) {
  // CRLF, another order and spelling of columns, blank columns at the right, blank rows, blanks around cells.
  const Outcome outcome =
      import_tables("STAGETIME, avg demand ,stage_name,,\r\n5,,mill,,\r\n\r\n,,,,\r\n 3 ,10, shop \r\n",
                    "sourceStage,destinationStage,\r\nmill , shop,\r\n,,\r\n");
  EXPECT_THAT(outcome.errors, IsEmpty());
  ASSERT_TRUE(outcome.imported);
  EXPECT_DOUBLE_EQ(outcome.imported->pipeline_units, 80);
}

// Chain 05 has a stray figure under a blank cell of the header.
TEST(WillemsImport, LeavesOutColumnsWithoutANameAndSaysSo) {
  const Outcome outcome = import_tables("Stage Name,avgDemand,stageTime,\nshop,4,1,395.78\n", kLinks);
  ASSERT_TRUE(outcome.imported);
  EXPECT_THAT(outcome.imported->remarks,
              Contains("SD.csv, line 2: what stands in a column without a name was left out"));
  EXPECT_THAT(import_tables("Stage Name,avgDemand,stageTime\nshop,4,1,395.78\n", kLinks).errors,
              ElementsAre("SD.csv:2:4: the row has 4 cells, expected 3 as in the header"));
}

TEST(WillemsImport, RemarksOnStagesThatNobodyOrdersFrom) {
  const Outcome outcome = import_rows(
      "mill,1,,,,1,,,,,,,\nshop,1,1,0,,1,,,,,,,\nend,1,,,,1,,,,,,,\nalone,1,,,,1,,,,,,,\n", "mill,shop\nmill,end\n");
  ASSERT_TRUE(outcome.imported);
  EXPECT_THAT(outcome.imported->remarks,
              Contains("stage end: no customers and no demand; nothing will ever be ordered from it"));
  EXPECT_THAT(outcome.imported->remarks, Contains(AllOf(HasSubstr("stage alone"), HasSubstr("no suppliers either"))));
  EXPECT_THAT(outcome.imported->yaml, HasSubstr("stock: {alone: {level: 0}}"));
}

TEST(WillemsImport, RemarksOnWhatItHadToAssume) {
  const auto remarks = [](const std::string& row) { return import_rows(row + "\n").imported.value().remarks; };
  EXPECT_THAT(remarks("s,1,1,0,1,3,,,,,,,"), Contains(HasSubstr("stage s: the service level was lowered to 0.9999")));
  EXPECT_THAT(remarks("s,1,1,0,0,3,,,,,,,"), Contains("stage s: a service level of 0 was taken as not stated"));
  EXPECT_THAT(remarks("s,1,1,0,,,,,,,,,"), Contains("stage s: no stage time, taken as 0"));
  EXPECT_THAT(remarks("s,1,1,0,,0,3,,,,,,"), Contains(HasSubstr("stage s: a standard deviation of a stage time of 0")));
  EXPECT_THAT(remarks("s,1,1,0,,3,,,,,,,\nt,1,,2,,3,,,,,,,"),
              Contains(HasSubstr("stage t: a standard deviation of demand")));
  EXPECT_THAT(remarks("s,1,1,0,,3,,2,0.495,4,0.495,,"),
              Contains(HasSubstr("stage s: the weights of its stage times add up to 0.99")));
}

// --- mistakes

struct Mistake {
  std::string stages;
  std::string links;
  std::string error;
};

class WillemsMistake : public ::testing::TestWithParam<Mistake> {};

TEST_P(WillemsMistake, IsToldWithItsPlace) {
  EXPECT_THAT(import_rows(GetParam().stages, GetParam().links).errors, ElementsAre(GetParam().error));
}

const std::string kTwo = "mill,1,,,,1,,,,,,,\nshop,1,1,0,,1,,,,,,,\n";

INSTANTIATE_TEST_SUITE_P(
    Willems, WillemsMistake,
    ::testing::Values(
        Mistake{"s,-1,1,0,,1,,,,,,,\n", "", "SD.csv:2:2: stageCost of s: got -1, expected a number >= 0"},
        Mistake{"s,1,-1,0,,1,,,,,,,\n", "", "SD.csv:2:3: avgDemand of s: got -1, expected a number >= 0"},
        Mistake{"s,1,1,-2,,1,,,,,,,\n", "", "SD.csv:2:4: stdDevDemand of s: got -2, expected a number >= 0"},
        Mistake{"s,1,1,0,150,1,,,,,,,\n", "", "SD.csv:2:5: serviceLevel of s: got 150, expected at most 100"},
        Mistake{"s,1,1,0,,two,,,,,,,\n", "", "SD.csv:2:6: stageTime of s: got \"two\", expected a number"},
        Mistake{"s,1,1,0,,nan,,,,,,,\n", "", "SD.csv:2:6: stageTime of s: got \"nan\", expected a number"},
        Mistake{"s,1,1,0,,1e9,,,,,,,\n", "", "SD.csv:2:6: stageTime of s: got 1e9, expected at most 36500"},
        Mistake{"s,1,1,0,,1,-0.5,,,,,,\n", "", "SD.csv:2:7: stdDev stageTime of s: got -0.5, expected a number >= 0"},
        Mistake{"s,1,0.001,2,,1,,,,,,,\n", "",
                "SD.csv:2:4: stdDevDemand of s: got 2, expected at most 1000 times the mean 0.001"},
        Mistake{"s,1,1,0,,0.001,2,,,,,,\n", "",
                "SD.csv:2:7: stdDev stageTime of s: got 2, expected at most 1000 times the mean 0.001"},
        Mistake{"s,1,1,0,,1,,1,,,,,\n", "", "SD.csv:2:8: stageTime_1 of s: a time without its weight stageTime_%_1"},
        Mistake{"s,1,1,0,,1,,,,,0.5,,\n", "", "SD.csv:2:11: stageTime_%_2 of s: a weight without its time stageTime_2"},
        Mistake{"s,1,1,0,,1,,1,0.4,2,0.3,,\n", "",
                "SD.csv:2:9: stageTime_% of s: the weights add up to 0.7, expected 1 (or 100)"},
        Mistake{"s,1,1,0,,1,,,,,,,\n,1,1,0,,1,,,,,,,\n", "", "SD.csv:3:1: a stage without a name"},
        Mistake{"s*,1,1,0,,1,,,,,,,\n", "", "SD.csv:2:1: stage \"s*\": a name cannot hold `*`, which means a pattern"},
        Mistake{"s,1,1,0,,1,,,,,,,\ns,1,,,,1,,,,,,,\n", "", "SD.csv:3:1: stage \"s\" was already given in line 2"},
        Mistake{"s,1,1,0\n", "", "SD.csv:2:5: the row has 4 cells, expected 13 as in the header"},
        Mistake{"s,1,,,,1,,,,,,,\n", "",
                "SD.csv:1:1: no stage has demand: column \"avgDemand\" is blank or 0 everywhere"},
        Mistake{kTwo, "mil,shop\n", "LL.csv:2:1: sourceStage: no stage \"mil\"; did you mean \"mill\"?"},
        Mistake{kTwo, "mill,\n", "LL.csv:2:2: destinationStage: blank, expected the name of a stage"},
        Mistake{kTwo, "mill,shop\nmill,shop\n", "LL.csv:3:1: the link mill -> shop was already given in line 2"},
        Mistake{kTwo, "shop,shop\n", "LL.csv:2:1: the links form a cycle: shop -> shop"},
        Mistake{kTwo + "end,1,,,,1,,,,,,,\n", "mill,shop\nshop,mill\nshop,end\n",
                "LL.csv:2:1: the links form a cycle: mill -> shop -> mill"}));

TEST(WillemsMistakes, MissingColumnsAreAllNamed) {
  EXPECT_THAT(import_tables("name,cost\nmill,1\n", "from,to\nmill,shop\n").errors,
              ElementsAre("SD.csv:1:1: no column \"Stage Name\"", "SD.csv:1:1: no column \"stageTime\"",
                          "SD.csv:1:1: no column \"avgDemand\"", "LL.csv:1:1: no column \"sourceStage\"",
                          "LL.csv:1:1: no column \"destinationStage\""));
}

TEST(WillemsMistakes, EmptyTablesAreTold) {
  EXPECT_THAT(import_tables("", "").errors, ElementsAre("SD.csv:1:1: the table is empty, expected a header",
                                                        "LL.csv:1:1: the table is empty, expected a header"));
  EXPECT_THAT(import_tables(kHeader, kLinks).errors, ElementsAre("SD.csv:1:1: the table has no stages"));
}

TEST(WillemsMistakes, AreReportedAllAtOnceInBothFiles) {
  EXPECT_THAT(import_rows("mill,-1,,,,x,,,,,,,\nshop,1,1,0,,-1,,,,,,,\n", "mill,shp\n").errors,
              ElementsAre(HasSubstr("SD.csv:2:2: stageCost of mill"), HasSubstr("SD.csv:2:6: stageTime of mill"),
                          HasSubstr("SD.csv:3:6: stageTime of shop"),
                          HasSubstr("LL.csv:2:2: destinationStage: no stage \"shp\"")));
}

}  // namespace
}  // namespace tierworks::importers
