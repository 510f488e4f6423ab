// The importer of SMT2020 fabs: a small fab by hand, the published one at hand against its published raw process times, and
// every mistake with its words and its place.
#include "scenarios/importers/smt2020.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <gmock/gmock.h>

#include "models/factory/compile.h"
#include "tests/support/paths.h"
#include "tests/support/simulate.h"

namespace tierworks::importers {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// Two tools and an oven, three steps; one order of two lots of 10 wafers, one lot in process.
std::vector<NamedText> small_fab() {
  return {
      {"tool.txt.1l",
       "STNFAM\tSTN\tFWLRANK\tWAKERESRANK\tLTIME\tLTUNITS\tULTIME\tULTUNITS\tSTNCAP\tSTNQTY\tSTNGRP\tSTNFAMLOC\tACTLIST"
       "\n"
       "Litho\tLitho\trank_HP;rank_RSETUP;rank_FIFO\twake_LeastSetupTime\t1\tmin\t1\tmin\t2.0\t2.0\tLitho\tFab\tx\n"
       "Oven\tOven\trank_HP;rank_RSETUP;rank_FIFO\t\t1\tmin\t1\tmin\t\t1.0\tOvens\tFab\t\n"
       "Rest\tRest\trank_HP;rank_RSETUP;rank_FIFO\t\t0\tmin\t0\tmin\t\t400\tRest\tDelay\t\n"},
      {"part.txt", "PARTFAM\tPART\tROUTEFILE\tROUTE\nfamily\tpart_1\troute_1.txt\tr_1\n"},
      {"route_1.txt",
       "ROUTE\tSTEP\tSTNFAM\tPDIST\tPTIME\tPTIME2\tPTUNITS\tPTPER\tBATCHMN\tBATCHMX\tSETUP\tWHEN\tSTIME\tSTUNITS\tSVEST"
       "N\t"
       "FORSTEP\tPartInterval\tPartIntUnits\tRWKSTEP\tREWORK\tRWKTYPE\tStepPercent\tSTEP_CQT\tCQT\tCQTUNITS\tIGNORE\n"
       "r_1\t1\tLitho\tuniform\t2\t0.1\tmin\tper_piece\t\t\tred\tneed\t8\tmin\tyes\t3\t0."
       "5\tmin\t\t\t\t\t2\t2\thr\tsays nothing\n"
       "r_1\t2\tOven\tuniform\t60\t6\tmin\tper_batch\t20\t30\t\t\t\t\t\t\t\t\t\t\t\t50\t\t\t\t\n"
       "r_1\t3\tLitho\tconstant\t3\t\tmin\tper_piece\t\t\tblue\tneed\t\t\t\t\t\t\t1\t5\tlot\t\t\t\t\t\n"
       "r_1\t4\tRest\tconstant\t1\t\thr\tper_lot\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\n"},
      {"order.txt",
       "LOT\tPART\tPRIOR\tPIECES\tSTART\tRDIST\tREPEAT\tRUNITS\tRPT#\tLOTSPERRPT\tDUE\tHOTLOT\n"
       "Lot_1\tpart_1\t10\t10\t01/01/18 00:00:00\tconstant\t60\tmin\t100\t2\t02/01/18 00:00:10\tno\n"
       "Hot_1\tpart_1\t20\t10\t01/02/18 00:00:00\tconstant\t600\tmin\t10\t1\t01/03/18 00:00:00\tno\n"},
      {"WIP.txt",
       "LOT\tPART\tPRIOR\tPIECES\tSTART\tCURSTEP\tDUE\r\nInit_1\tpart_1\t10\t10\t01/01/18 00:00:00\t3\t01/01/18 "
       "06:00:00\r\n"},
      {"fromto.txt", "FROMLOC\tTOLOC\tDDIST\tDTIME\tDTIME2\tDUNITS\nFab\tFab\tuniform\t7.5\t2.5\tmin\n"},
      {"setup.txt", "CURSETUP\tNEWSETUP\tSTIME\tSTUNITS\nred\tblue\t5\tmin\n\tblue\t12\tmin\n\tgreen\t1\tmin\n"},
      {"setupgrp.txt", "SETUPGRP\tSETUP\tMINRUN\ncolours\tred\t3\n\tblue\t3\n"},
      {"downcal.txt",
       "DOWNCALNAME\tDOWNCALTYPE\tMTTFDIST\tMTTF\tMTTFUNITS\tMTTRDIST\tMTTR\tMTTRUNITS\n"
       "BREAK\tmttf_by_cal\texponential\t10080\tmin\texponential\t60\tmin\n"},
      {"pmcal.txt",
       "PMCALNAME\tPMCALTYPE\tMTBPM\tMTBPMUNITS\tMTTRDIST\tMTTR\tMTTR2\tMTTRUNITS\n"
       "WK\tmtbpm_by_cal\t7\tday\tuniform\t6\t1\thr\nCT\tmtbpm_by_pieces\t500\tpieces\tuniform\t2\t0.5\thr\n"},
      {"attach.txt",
       "CALNAME\tCALTYPE\tRESTYPE\tRESNAME\tFOADIST\tFOA\tFOAUNITS\nBREAK\tdown\tstngrp\tLitho\texponential\t10080\tmin"
       "\n"
       "WK\tpm\tstnfam\tOven\tconstant\t6.9\tday\nCT\tpm\tstnfam\tOven\tconstant\t400\t\n"},
  };
}

NamedText& file(std::vector<NamedText>& files, const std::string& name) {
  return *std::find_if(files.begin(), files.end(), [&](const NamedText& f) { return f.name == name; });
}

void change(std::vector<NamedText>& files, const std::string& name, const std::string& from, const std::string& to) {
  std::string& text = file(files, name).text;
  text.replace(text.find(from), from.size(), to);
}

std::vector<std::string> mistakes(const std::vector<NamedText>& files) {
  std::vector<ImportError> errors;
  EXPECT_FALSE(import_smt2020(files, "fab", errors));
  std::vector<std::string> lines;
  for (const ImportError& e : errors) {
    lines.push_back(e.file + ":" + std::to_string(e.line) + ":" + std::to_string(e.column) + ": " + e.message);
  }
  return lines;
}

TEST(Smt2020, SaysInAScenarioWhatTheTablesSay) {
  std::vector<ImportError> errors;
  const auto fab = import_smt2020(small_fab(), "data/fab", errors);
  ASSERT_TRUE(fab);
  EXPECT_THAT(errors, IsEmpty());
  EXPECT_EQ(fab->tools, 3u);
  EXPECT_EQ(fab->orders, 2u);
  EXPECT_EQ(fab->lots_in_process, 1u);
  for (const char* line : {
           "dispatch: [priority, setup_avoidance, fifo]",
           "Fab_Fab: {from: Fab, to: Fab, time: uniform 5 min to 10 min}",
           "Litho: {machines: 2, location: Fab, load: 1 min, unload: 1 min, setup: {any: {blue: 12 min, red: 8 min}, "
           "red: "
           "{blue: 5 min}}, min_run: 3, breakdown: every exponential 10080 min for exponential 60 min}",
           "Oven: {machines: 1, location: Fab, load: 1 min, unload: 1 min, maintenance: {WK: {every: 10080 min, takes: "
           "uniform "
           "300 min to 420 min, first: 9936 min}, CT: {every: 500 pieces, takes: uniform 90 min to 150 min, first: 400 "
           "pieces}}}",
           "Rest: {delay: true, location: Delay}",
           "s1: {work_centre: Litho, time: uniform 1.9 min to 2.1 min, interval: 0.5 min per piece, setup: red, "
           "start_within: "
           "{s2: 120 min}, same_machine_at: s3}",
           "s2: {work_centre: Oven, time: uniform 54 min to 66 min, batch: 20 to 30 pieces, share: 50 %}",
           "s3: {work_centre: Litho, time: 3 min, per: equal_piece, setup: blue, then: {s1: 5 %}}",
           "s4: {work_centre: Rest, time: 60 min}",
           "Lot_1: {routing: r_1, pieces: 10, priority: 2, due: 2678410 s, lots: every 60 min, at_once: 2, count: 200}",
           "Hot_1: {routing: r_1, pieces: 10, priority: 1, due: 86400 s, from: 86400 s, lots: every 600 min, count: "
           "10}",
           "Init_1: {routing: r_1, pieces: 10, priority: 2, due: 21600 s, product: in_process_part_1, starts_at: s3, "
           "count: 1}",
       }) {
    EXPECT_THAT(fab->yaml, HasSubstr(line));
  }
  // 2 + 9 * 0.5 and 2 + 7.5; half of 60 + 2 + 7.5; 30 and 2 + 7.5; 60.
  EXPECT_DOUBLE_EQ(fab->routes.at(0).raw_process_days, (6.5 + 9.5 + 0.5 * 69.5 + 39.5 + 60) / 1440);
  EXPECT_THAT(fab->remarks, ElementsAre("tool.txt.1l: column ACTLIST is not modelled (1 rows)",
                                        "setup.txt: set-ups that no step asks for are left out"));
}

TEST(Smt2020, TellsOfChangesForWhichNoTableHasATime) {
  std::vector<NamedText> files = small_fab();
  change(files, "setup.txt", "red\tblue\t5\tmin\n\tblue\t12\tmin\n", "");
  std::vector<ImportError> errors;
  const auto fab = import_smt2020(files, "fab", errors);
  ASSERT_TRUE(fab);
  EXPECT_THAT(fab->yaml, HasSubstr("setup: {any: {blue: 0 min, red: 8 min}}"));
  EXPECT_THAT(fab->remarks,
              Contains("Litho: no table gives all times of changes to blue; those that are missing take none"));
  EXPECT_EQ(tests::mistakes_of_text(fab->yaml), "");
}

TEST(Smt2020, GivesAScenarioThatRuns) {
  std::vector<ImportError> errors;
  const auto fab = import_smt2020(small_fab(), "fab", errors);
  ASSERT_TRUE(fab);
  const tests::Ran ran = tests::simulate_text(fab->yaml);
  EXPECT_EQ(ran("lots", "product:in_process_part_1"), 1);
  EXPECT_GT(ran("lots", "product:Lot_1"), 150);
  EXPECT_GT(ran("setups"), 0);
}

TEST(Smt2020, IsTheSameWithWindowsLineEnds) {
  std::vector<NamedText> files = small_fab();
  std::vector<ImportError> errors;
  const std::string yaml = import_smt2020(files, "fab", errors)->yaml;
  for (NamedText& f : files) {
    std::string windows;
    for (const char c : f.text) windows += c == '\n' ? (windows.ends_with('\r') ? "\n" : "\r\n") : std::string(1, c);
    f.text = windows;
  }
  EXPECT_EQ(import_smt2020(files, "fab", errors)->yaml, yaml);
}

TEST(Smt2020, RefusesWhatWasCut) {
  std::vector<NamedText> files = small_fab();
  std::string& route = file(files, "route_1.txt").text;
  route.resize(route.find("r_1\t3"));
  EXPECT_THAT(mistakes(files),
              Contains("route_1.txt:2:16: FORSTEP: got step 3, but this route has 2 steps; the file may be cut"));
  files = small_fab();
  std::string& orders = file(files, "order.txt").text;
  orders.resize(orders.find("constant\t600"));
  EXPECT_THAT(mistakes(files), Contains("order.txt:3:0: the file ends in this row after 6 of 12 cells; it may be cut"));
  files = small_fab();
  std::string& none = file(files, "order.txt").text;
  none.resize(none.find('\n') + 1);
  EXPECT_THAT(mistakes(files), Contains("order.txt:0:0: got no orders, expected at least one"));
  files = small_fab();
  files.erase(files.begin());
  EXPECT_THAT(mistakes(files), Contains("fab:0:0: has no file tool.txt.1l, which every SMT2020 data set has"));
}

TEST(Smt2020, RefusesWhatMakesNoSense) {
  const auto mistake = [](const std::string& name, const std::string& from, const std::string& to) {
    std::vector<NamedText> files = small_fab();
    change(files, name, from, to);
    return mistakes(files);
  };
  EXPECT_THAT(mistake("route_1.txt", "2\tOven", "2\tOvne"),
              Contains("route_1.txt:3:3: no family of tools \"Ovne\" in the table of tools"));
  EXPECT_THAT(mistake("route_1.txt", "20\t30", "40\t30"),
              Contains("route_1.txt:3:9: the smallest batch, 40, is above the greatest, 30"));
  EXPECT_THAT(mistake("route_1.txt", "2\t0.1\tmin", "two\t0.1\tmin"),
              Contains("route_1.txt:2:5: PTIME: got \"two\", expected a number from 0 to 1e+12"));
  EXPECT_THAT(mistake("route_1.txt", "60\t6\tmin", "60\t6\tmon"),
              Contains("route_1.txt:3:7: got the unit \"mon\", expected sec, min, hr or day"));
  EXPECT_THAT(mistake("WIP.txt", "00\t3\t", "00\t9\t"),
              Contains("WIP.txt:2:6: got step 9, but the route r_1 has 4 steps"));
  EXPECT_THAT(mistake("order.txt", "02/01/18", "13/01/18"),
              Contains("order.txt:2:11: DUE: got \"13/01/18 00:00:10\", expected a date like 01/31/18 07:29:20"));
  EXPECT_THAT(mistake("attach.txt", "stnfam\tOven", "stnfam\tOvens"),
              Contains("attach.txt:3:4: no family \"Ovens\" in the table of tools"));
  EXPECT_THAT(mistake("tool.txt.1l", "rank_FIFO", "rank_LIFO"),
              Contains("tool.txt.1l:2:3: got the rank \"rank_LIFO\", which is not known"));
  EXPECT_THAT(mistake("part.txt", "PARTFAM\tPART", "PARTFAM\tPRAT"),
              Contains("part.txt:1:0: the column PART is missing"));
}

TEST(Smt2020, ReadsThePublishedFabWithItsRawProcessTimes) {
  const auto folder = tests::data_dir() / "smt2020" / "HVLM";
  std::vector<NamedText> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    std::ostringstream text;
    text << std::ifstream(entry.path()).rdbuf();
    files.push_back({entry.path().filename().string(), text.str()});
  }
  std::sort(files.begin(), files.end(), [](const NamedText& a, const NamedText& b) { return a.name < b.name; });
  std::vector<ImportError> errors;
  const auto fab = import_smt2020(files, "HVLM", errors);
  ASSERT_TRUE(fab);
  EXPECT_EQ(fab->tools, 1043u);
  EXPECT_EQ(fab->families, 106u);
  EXPECT_EQ(fab->lots_in_process, 2255u);
  ASSERT_EQ(fab->routes.size(), 2u);
  EXPECT_EQ(fab->routes[0].steps, 583u);
  EXPECT_EQ(fab->routes[1].steps, 343u);
  EXPECT_NEAR(fab->routes[0].raw_process_days, 27.27, 0.005);
  EXPECT_NEAR(fab->routes[1].raw_process_days, 16.04, 0.005);
  // What the model knows of a lot's work is the same, but for the ways between the steps.
  const auto model = tests::model_of_text(fab->yaml);
  const factory::Model& shop = model->factory;
  for (std::uint32_t r = 0; r < 2; ++r) {
    const factory::RoutingId id{r};
    double ways = 0;
    const core::Range steps = shop.routings[id].operations;
    for (std::uint32_t i = steps.first; i < steps.last; ++i) {
      const factory::Operation& step = shop.operations[factory::OperationId{i}];
      if (!shop.centres[step.centre].is_delay) ways += step.share * 7.5 / (24 * 60);
    }
    const double days = factory::mean_work(shop, id, 25) / static_cast<double>(core::kDay.ticks);
    EXPECT_NEAR(days + ways, fab->routes[r].raw_process_days, 0.001);
  }
}

}  // namespace
}  // namespace tierworks::importers
