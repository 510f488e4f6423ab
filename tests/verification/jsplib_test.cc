// Non-delay schedules of the job shops of JSPLIB under six dispatching rules: the makespan of each instance is that of
// rules_verified.csv to the minute. SPT, LPT, MWKR and MOPNR were computed there by two independent programs.
#include "scenarios/importers/jsplib.h"

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "scenarios/csv/csv_table.h"
#include "tests/support/paths.h"
#include "tests/support/simulate.h"

namespace tierworks::tests {
namespace {

std::string text_of(const std::filesystem::path& file) {
  std::ostringstream text;
  text << std::ifstream(file, std::ios::binary).rdbuf();
  return text.str();
}

struct Column {
  const char* name;
  const char* rule;
};
constexpr Column kColumns[] = {{"SPT", "spt"},
                               {"LPT", "lpt"},
                               {"MWKR", "mwkr"},
                               {"MOPNR", "mopnr"},
                               {"FIFO(own only)", "fifo"},
                               {"LWKR(own only)", "lwkr"}};

class Jsplib : public ::testing::TestWithParam<Column> {};

TEST_P(Jsplib, MakespansAreThoseOfTheTable) {
  const auto folder = data_dir() / "jsplib";
  if (!std::filesystem::exists(folder / "rules_verified.csv")) GTEST_SKIP() << "no data set at " << folder;
  std::vector<csv::CsvError> faults;
  const auto table = csv::read_csv(text_of(folder / "rules_verified.csv"), faults);
  ASSERT_TRUE(table.has_value());
  const auto instance = table->column("instance"), column = table->column(GetParam().name);
  ASSERT_TRUE(instance && column);
  std::size_t compared = 0;
  for (const csv::Row& row : table->rows) {
    const std::string name = row.cells[*instance];
    std::vector<importers::ImportError> errors;
    const auto imported = importers::import_jsplib(text_of(folder / "jsplib_instances" / name), name, errors);
    ASSERT_TRUE(imported.has_value()) << name;
    const auto model = model_of_text(imported->yaml, {std::string("sites.shop.dispatch=") + GetParam().rule});
    const Ran ran = simulate_model(*model);
    EXPECT_NEAR(ran("makespan") * 60, csv::number_in(row.cells[*column]).value_or(-1), 1e-6) << name;
    EXPECT_EQ(ran("lots"), static_cast<double>(imported->jobs)) << name;
    ++compared;
  }
  EXPECT_EQ(compared, table->rows.size());
  EXPECT_GE(compared, 45u);
}

INSTANTIATE_TEST_SUITE_P(Rules, Jsplib, ::testing::ValuesIn(kColumns),
                         [](const auto& test) { return std::string(test.param.rule); });

}  // namespace
}  // namespace tierworks::tests
