// The importer of flexible job shops: one by hand, and every mistake with its words and its place.
#include "scenarios/importers/fjsp.h"

#include <gmock/gmock.h>

#include "tests/support/simulate.h"

namespace tierworks::importers {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::vector<std::string> mistakes(std::string_view text) {
  std::vector<ImportError> errors;
  const auto shop = import_fjsp(text, "small.fjs", errors);
  EXPECT_EQ(shop.has_value(), errors.empty());
  std::vector<std::string> words;
  for (const ImportError& e : errors) words.push_back(e.message);
  return words;
}

// Job 0: 5 min at machine 1 or 4 at machine 2, then 3 at machine 2; job 1: 2 at machine 1.
constexpr const char* kSmall = "2 2 1.5\n2 2 1 5 2 4 1 2 3\n1 1 1 2\n";

TEST(Fjsp, GivesEachOperationItsWays) {
  std::vector<ImportError> errors;
  const auto shop = import_fjsp(kSmall, "folder/small.fjs", errors);
  ASSERT_TRUE(shop) << errors.front().message;
  EXPECT_EQ(shop->jobs, 2U);
  EXPECT_EQ(shop->machines, 2U);
  EXPECT_EQ(shop->operations, 3U);
  EXPECT_EQ(shop->ways, 4U);
  EXPECT_EQ(shop->work_minutes, 5 + 3 + 2);
  const tests::Ran least_work = tests::simulate_text(shop->yaml);
  EXPECT_DOUBLE_EQ(least_work("makespan"), 7.0 / 60);  // at machine 2 all the time
  EXPECT_DOUBLE_EQ(least_work("cycle_time", "product:j1"), 2.0 / 60);
}

TEST(Fjsp, ReadsCommentsBlankLinesAndLineEndsOfWindows) {
  std::vector<ImportError> errors;
  const auto plain = import_fjsp(kSmall, "a", errors);
  const auto windows = import_fjsp("# small\r\n2 2\r\n\r\n2\t2 1 5 2 4 1 2 3\r\n1 1 1 2\r\n", "a", errors);
  ASSERT_TRUE(plain && windows);
  EXPECT_EQ(plain->yaml, windows->yaml);
}

TEST(Fjsp, SaysWhatIsWrong) {
  EXPECT_THAT(mistakes(""), ElementsAre("it is empty, expected a line with the numbers of jobs and machines"));
  EXPECT_THAT(mistakes("<?xml version?>\n<a/>\n"), SizeIs(2));
  EXPECT_THAT(mistakes("2 2\n1 1 1 2\n"), ElementsAre("got 1 lines of jobs, expected 2; the file may be cut"));
  EXPECT_THAT(mistakes("1 2\n2 2 1 5 2 4 1 2\n"),
              ElementsAre("the line ends, expected an integer from 0 to 100000000; the file may be cut"));
  EXPECT_THAT(mistakes("2 2\n1 1 3 5\n1 1 1 x\n"), ElementsAre("got \"3\", expected an integer from 1 to 2",
                                                               "got \"x\", expected an integer from 0 to 100000000"));
  EXPECT_THAT(mistakes("1 2\n1 2 1 5 1 4\n"),
              ElementsAre("machine 1 is named twice for one operation, expected each once"));
  EXPECT_THAT(mistakes("1 2\n1 1 1 5 7\n"), ElementsAre("got 1 numbers behind the last operation, expected none"));
  EXPECT_THAT(mistakes(kSmall), IsEmpty());
}

}  // namespace
}  // namespace tierworks::importers
