// The real chains of Willems (2008): units in transit and in process, simulated, against the sum of lambda * T of each
// chain, within 1 %. Levels and shortages do not matter to it: in the long run all that is demanded flows.
#include "scenarios/importers/willems.h"

#include <cmath>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "scenarios/csv/csv_table.h"
#include "tests/support/paths.h"
#include "tests/verification/run_scenario.h"

namespace tierworks::tests {
namespace {

std::string text_of(const std::filesystem::path& file) {
  std::ostringstream text;
  text << std::ifstream(file, std::ios::binary).rdbuf();
  return text.str();
}

// Column pipeline_units_mean of summary.csv; NaN if the chain is not there.
double published_pipeline(const std::filesystem::path& folder, int chain) {
  std::vector<csv::CsvError> errors;
  const auto table = csv::read_csv(text_of(folder / "summary.csv"), errors);
  if (!table) return std::nan("");
  const auto number = table->column("chain"), units = table->column("pipeline_units_mean");
  if (!number || !units) return std::nan("");
  for (const csv::Row& row : table->rows) {
    if (csv::integer_in(row.cells[*number]) == chain) return csv::number_in(row.cells[*units]).value_or(std::nan(""));
  }
  return std::nan("");
}

class WillemsChain : public ::testing::TestWithParam<int> {};

TEST_P(WillemsChain, HasThePublishedPipelineStock) {
  const auto folder = data_dir() / "willems";
  if (!std::filesystem::exists(folder / "summary.csv")) GTEST_SKIP() << "no data set at " << folder;
  const int chain = GetParam();
  const std::string number = (chain < 10 ? "0" : "") + std::to_string(chain);
  const std::string stages = number + "_SD.csv", links = number + "_LL.csv";
  std::vector<importers::ImportError> errors;
  const auto imported =
      importers::import_willems(text_of(folder / stages), stages, text_of(folder / links), links, errors);
  for (const auto& error : errors) ADD_FAILURE() << error.file << ":" << error.line << ": " << error.message;
  ASSERT_TRUE(imported.has_value());

  const double exact = published_pipeline(folder, chain);
  for (const std::uint64_t seed : {1, 2, 3}) {
    const auto result = run_text(imported->yaml, "chain_" + number + ".yaml", seed);
    const core::Interval found = world_kpi(result, "pipeline_stock");
    const std::string text = show("chain_" + number, seed, "pipeline_stock", exact, found);
    EXPECT_NEAR(found.mean, exact, 0.01 * exact) << text;
  }
}

INSTANTIATE_TEST_SUITE_P(Willems, WillemsChain, ::testing::Values(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 14),
                         [](const auto& test) { return "chain_" + std::to_string(test.param); });

}  // namespace
}  // namespace tierworks::tests
