// The house holds: who may include whom (DESIGN, "The house"), and nothing below apps/ prints.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/architecture/include_rules.h"
#include "tests/support/paths.h"

namespace tierworks::tests {
namespace {

namespace fs = std::filesystem;

struct Source {
  std::string path;  // from the repository's root
  std::string text;
};

std::vector<Source> sources(const std::vector<const char*>& tops = {"core", "models", "experiments", "report",
                                                                    "scenarios", "apps"}) {
  std::vector<Source> found;
  for (const char* top : tops) {
    const fs::path folder = source_dir() / top;
    if (!fs::exists(folder)) continue;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
      const std::string extension = entry.path().extension().string();
      if (extension != ".h" && extension != ".cc") continue;
      std::ostringstream text;
      text << std::ifstream(entry.path()).rdbuf();
      found.push_back({fs::relative(entry.path(), source_dir()).generic_string(), text.str()});
    }
  }
  std::sort(found.begin(), found.end(), [](const Source& a, const Source& b) { return a.path < b.path; });
  return found;
}

// The rule that the one line breaks in the file, or "" if none.
std::string rule_broken_by(const char* path, const std::string& line) {
  const std::vector<Finding> findings = check_source(path, "\n" + line + "\n");
  if (findings.empty()) return "";
  EXPECT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].place, std::string(path) + ":2");
  return findings[0].rule;
}

TEST(House, EveryFileKeepsTheRulesOfItsRoom) {
  const std::vector<Source> all = sources();
  ASSERT_FALSE(all.empty()) << "no sources below " << source_dir();
  for (const Source& source : all) {
    for (const Finding& finding : check_source(source.path, source.text)) {
      ADD_FAILURE() << finding.place << ": " << finding.what << ": " << finding.rule;
    }
  }
}

TEST(House, OneFileOfTheCommandIncludesTheParserOfArguments) {
  std::vector<std::string> users;
  for (const Source& source : sources()) {
    if (includes(source.text, "CLI/")) users.push_back(source.path);
  }
  EXPECT_LE(users.size(), 1U) << users.front() << " and " << users.back() << " both include CLI11";
}

TEST(House, OneFileIncludesTheParserOfFormulas) {
  std::vector<std::string> users;
  for (const Source& source : sources()) {
    if (includes(source.text, "muParser")) users.push_back(source.path);
  }
  EXPECT_EQ(users, std::vector<std::string>{"models/common/formula.cc"});
}

// Tests run at once, each in a process of its own: files under a name that two of them share are overwritten and removed by the other.
TEST(House, TestsWriteInFoldersOfTheirOwn) {
  for (const Source& source : sources({"tests"})) {
    if (source.path == "tests/support/temporary_folder.cc") continue;
    for (const char* shared : {"Temp"
                               "Dir(",
                               "temp_directory"
                               "_path("}) {
      EXPECT_EQ(source.text.find(shared), std::string::npos) << source.path << ": use tests::TemporaryFolder";
    }
  }
}

TEST(Rules, AWrongIncludeIsFound) {
  const std::string sibling = "a room of models includes only core, models/common and itself";
  EXPECT_EQ(rule_broken_by("models/supply/events.cc", "#include \"models/logistics/state.h\""), sibling);
  EXPECT_EQ(rule_broken_by("models/newroom/events.cc", "#  include \"models/supply/spec.h\""), sibling);
  EXPECT_NE(rule_broken_by("models/common/ports.h", "#include \"models/supply/spec.h\""), "");
  EXPECT_NE(rule_broken_by("models/common/ports.h", "#include <muParserBase.h>"), "");
  EXPECT_NE(rule_broken_by("models/supply/events.cc", "#include <muParserBase.h>"), "");
  EXPECT_NE(rule_broken_by("core/event/queue.h", "#include \"models/common/spec.h\""), "");
  EXPECT_NE(rule_broken_by("core/event/queue.h", "#include <tbb/task_group.h>"), "");
  EXPECT_NE(rule_broken_by("core/event/queue.h", "#include <metis.h>"), "");
  EXPECT_NE(rule_broken_by("core/parallel/partition.cc", "#include <metis.h>"), "");
  EXPECT_NE(rule_broken_by("core/parallel/divide_graph.cc", "#include <tbb/parallel_for.h>"), "");
  EXPECT_NE(rule_broken_by("core/stats/tally.h", "#include <boost/math/distributions/students_t.hpp>"), "");
  EXPECT_NE(rule_broken_by("core/base/check.h", "#include <fmt/format.h>"), "");
  EXPECT_NE(rule_broken_by("core/random/stream.cc", "#include <immintrin.h>"), "");
  EXPECT_NE(rule_broken_by("experiments/replicate/replicate.cc", "#include \"report/table.h\""), "");
  EXPECT_NE(rule_broken_by("report/table.cc", "#include \"models/world/state.h\""), "");
  EXPECT_NE(rule_broken_by("scenarios/reader/read.cc", "#include \"models/supply/model.h\""), "");
  EXPECT_NE(rule_broken_by("scenarios/csv/csv.cc", "#include <yaml.h>"), "");
  EXPECT_NE(rule_broken_by("report/table.cc", "#include <CLI/CLI.hpp>"), "");
}

TEST(Rules, ARightIncludeIsLeftAlone) {
  EXPECT_EQ(rule_broken_by("models/supply/events.cc", "#include \"models/common/ports.h\""), "");
  EXPECT_EQ(rule_broken_by("models/supply/events.cc", "#include \"models/supply/policies/base_stock.h\""), "");
  EXPECT_EQ(rule_broken_by("models/common/formula.cc", "#include <muParserBase.h>"), "");
  EXPECT_EQ(rule_broken_by("models/world/simulate.cc", "#include \"models/supply/state.h\""), "");
  EXPECT_EQ(rule_broken_by("core/parallel/for_each.cc", "#include <tbb/parallel_for.h>"), "");
  EXPECT_EQ(rule_broken_by("core/parallel/divide_graph.cc", "#include <metis.h>"), "");
  EXPECT_EQ(rule_broken_by("core/random/stream.cc", "#include <Random123/philox.h>"), "");
  EXPECT_EQ(rule_broken_by("core/random/philox_lanes.cc", "#include <immintrin.h>"), "");
  EXPECT_EQ(rule_broken_by("core/stats/interval.cc", "#include <boost/math/distributions/students_t.hpp>"), "");
  EXPECT_EQ(rule_broken_by("scenarios/reader/read.cc", "#include \"models/supply/spec.h\""), "");
  EXPECT_EQ(rule_broken_by("scenarios/reader/gate.cc", "#include <yaml.h>"), "");
  EXPECT_EQ(rule_broken_by("report/table.cc", "#include \"models/world/result.h\""), "");
  EXPECT_EQ(rule_broken_by("apps/cli/main.cc", "#include <iostream>"), "");
  EXPECT_EQ(rule_broken_by("apps/cli/main.cc", "#include <CLI/CLI.hpp>"), "");
}

TEST(Rules, APathIsWrittenFromTheRoot) {
  EXPECT_NE(rule_broken_by("models/supply/events.cc", "#include \"../common/ports.h\""), "");
  EXPECT_NE(rule_broken_by("models/supply/events.cc", "#include \"models/supply/../logistics/state.h\""), "");
  EXPECT_NE(rule_broken_by("models/supply/events.cc", "#include \"state.h\""), "");
}

TEST(Rules, PrintingBelowAppsIsFound) {
  const std::string silent = "nothing below apps/ prints";
  EXPECT_EQ(rule_broken_by("core/base/check.cc", "#include <cstdio>"), silent);
  EXPECT_EQ(rule_broken_by("core/base/check.cc", "#include <iostream>"), silent);
  EXPECT_EQ(rule_broken_by("report/table.cc", "  std::cout << 1;"), silent);
  EXPECT_EQ(rule_broken_by("report/table.cc", "  fmt::print(\"x\");"), silent);
  EXPECT_EQ(rule_broken_by("report/table.cc", "  const int n = 1'000; std::fprintf(stderr, \"x\");"), silent);
  EXPECT_EQ(rule_broken_by("apps/cli/show.cc", "  fmt::print(\"x\");"), "");
}

TEST(Rules, CommentsAndLiteralsAreNotCode) {
  EXPECT_EQ(rule_broken_by("report/table.cc", "// std::cout << 1; #include <iostream>"), "");
  EXPECT_EQ(rule_broken_by("report/table.cc", "/* printf(\"x\") */ int x = 0;"), "");
  EXPECT_EQ(rule_broken_by("report/table.cc", "auto s = \"a \\\" printf(1)\";"), "");
  EXPECT_EQ(rule_broken_by("report/table.cc", "auto s = R\"(\" printf(1) \")\";"), "");
  EXPECT_EQ(rule_broken_by("report/table.cc", "auto s = '\"'; auto t = \" printf(1)\";"), "");
}

TEST(Rules, AFileOutsideEveryRoomIsFound) {
  EXPECT_NE(check_source("scenarios/other/file.cc", "").size(), 0U);
  EXPECT_EQ(check_source("core/other/file.cc", "").size(), 0U);
}

}  // namespace
}  // namespace tierworks::tests
