// Each scenario in broken/ holds mistakes; the file of the same name with `.expected` says, line by line, what its
// author must be told: place, path, what was found, what is expected, and the nearest right name or a remedy.
// What the scenarios need beside them (tables, traces, files that they extend) is in broken/parts/.
#include <algorithm>
#include <fstream>

#include <gtest/gtest.h>

#include "tests/diagnostics/mistakes.h"
#include "tests/support/paths.h"

namespace tierworks::tests {
namespace {

namespace fs = std::filesystem;

fs::path broken_dir() { return source_dir() / "tests/diagnostics/broken"; }

std::vector<std::string> stems(const std::string& extension) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(broken_dir())) {
    if (entry.path().extension() == extension) names.push_back(entry.path().stem().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

class Broken : public testing::TestWithParam<std::string> {};

TEST_P(Broken, SaysWhatAndWhere) {
  const WorkingFolder in_folder(broken_dir());
  std::ifstream file(GetParam() + ".expected");
  ASSERT_TRUE(file) << "broken/" << GetParam() << ".expected is missing";
  std::vector<std::string> expected;
  for (std::string line; std::getline(file, line);) expected.push_back(line);
  ASSERT_FALSE(expected.empty());

  const Verdict verdict = judge(GetParam() + ".yaml");
  EXPECT_FALSE(verdict.sound) << "this scenario compiles";
  for (std::size_t i = 0; i < std::max(expected.size(), verdict.lines.size()); ++i) {
    const std::string wanted = i < expected.size() ? expected[i] : "nothing more";
    const std::string got = i < verdict.lines.size() ? verdict.lines[i] : "nothing more";
    EXPECT_EQ(got, wanted);
  }
}

INSTANTIATE_TEST_SUITE_P(Scenarios, Broken, testing::ValuesIn(stems(".yaml")),
                         [](const auto& instance) { return instance.param; });

// The other way round: an expectation whose scenario has gone would be believed for ever.
TEST(BrokenFolder, EveryExpectationHasItsScenario) { EXPECT_EQ(stems(".expected"), stems(".yaml")); }

// The scenario that most of the broken ones vary is sound, so it is the variation that is reported.
TEST(BrokenFolder, WhatTheyVaryIsSound) {
  const WorkingFolder in_folder(broken_dir());
  const Verdict verdict = judge("parts/sound.yaml");
  EXPECT_TRUE(verdict.sound);
  EXPECT_EQ(verdict.lines, std::vector<std::string>{});
}

}  // namespace
}  // namespace tierworks::tests
