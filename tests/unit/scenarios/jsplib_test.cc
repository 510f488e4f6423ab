// The importer of job shops: one by hand, and every mistake with its words and its place. The makespans of the real ones are
// verified in tests/verification/jsplib_test.cc.
#include "scenarios/importers/jsplib.h"

#include <fstream>
#include <sstream>

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "tests/support/paths.h"
#include "tests/support/simulate.h"

namespace tierworks::importers {
namespace {

using ::testing::ElementsAre;

// "line:word: message"
std::vector<std::string> mistakes(std::string_view text) {
  std::vector<ImportError> errors;
  const auto shop = import_jsplib(text, "small.jsp", errors);
  EXPECT_EQ(shop.has_value(), errors.empty());
  std::vector<std::string> words;
  for (const ImportError& e : errors) words.push_back(fmt::format("{}:{}: {}", e.line, e.column, e.message));
  return words;
}

constexpr const char* kSmall = "2 2\n0 3 1 2\n1 4 0 1\n";

// Job 0: machine 0 for 3 min, then machine 1 for 2; job 1: machine 1 for 4, then machine 0 for 1: 4 + 2.
TEST(Jsplib, GivesEachJobItsOperations) {
  std::vector<ImportError> errors;
  const auto shop = import_jsplib(kSmall, "folder/small.jsp", errors);
  ASSERT_TRUE(shop) << errors.front().message;
  EXPECT_EQ(shop->jobs, 2U);
  EXPECT_EQ(shop->machines, 2U);
  EXPECT_EQ(shop->work_minutes, 10);
  EXPECT_DOUBLE_EQ(tests::simulate_text(shop->yaml)("makespan"), 6.0 / 60);
  const auto windows = import_jsplib("# small\r\n2 2\r\n\r\n0\t3 1 2\r\n1 4 0 1\r\n", "folder/small.jsp", errors);
  ASSERT_TRUE(windows);
  EXPECT_EQ(windows->yaml, shop->yaml);
}

TEST(Jsplib, SaysWhatIsWrong) {
  EXPECT_THAT(mistakes(""), ElementsAre("0:0: it is empty, expected a line with the numbers of jobs and machines"));
  EXPECT_THAT(mistakes("2 2\n0 3 1 2\n"), ElementsAre("2:0: got 1 lines of jobs, expected 2; the file may be cut"));
  EXPECT_THAT(mistakes("2 2\n0 3 2 2\n1 4 0 x\n"), ElementsAre("2:3: got \"2\", expected an integer from 0 to 1",
                                                               "3:4: got \"x\", expected an integer from 0 to "
                                                               "100000000"));
}

TEST(Jsplib, RefusesRowsThatLackAPairOrHaveOneTooMany) {
  const std::string expected = "expected 4, a machine and a duration for each of 2 operations; ";
  EXPECT_THAT(mistakes("2 2\n0 3 1 2\n1 4\n"), ElementsAre("3:3: got 2 numbers, " + expected + "the file may be cut"));
  EXPECT_THAT(mistakes("2 2\n0 3 1 2\n1 4 0\n"),
              ElementsAre("3:4: got 3 numbers, " + expected + "the file may be cut"));
  EXPECT_THAT(mistakes("2 2\n0 3 1 2 0 1\n1 4 0 1\n"),
              ElementsAre("2:5: got 6 numbers, " + expected + "two lines may have run into one"));
}

TEST(Jsplib, ReadsEveryInstanceOfTheDataSet) {
  const auto folder = tests::data_dir() / "jsplib" / "jsplib_instances";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "no data set at " << folder;
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    std::ostringstream text;
    text << std::ifstream(entry.path(), std::ios::binary).rdbuf();
    EXPECT_THAT(mistakes(text.str()), testing::IsEmpty()) << entry.path();
    ++files;
  }
  EXPECT_EQ(files, 162U);
}

}  // namespace
}  // namespace tierworks::importers
