// What the tests of the reader share: read a text and see its mistakes as the user would, and folders with small files.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scenarios/reader/reader.h"
#include "tests/support/temporary_folder.h"

namespace tierworks::reader {

inline std::vector<std::string> words_of(const Reading& reading, const common::Diagnostics& diagnostics) {
  std::vector<std::string> words;
  for (const common::Diagnostic& diagnostic : diagnostics.list()) words.push_back(reading.format(diagnostic));
  return words;
}

// All mistakes in a text that is called t.yaml.
inline std::vector<std::string> mistakes(std::string_view text, const std::vector<std::string>& overrides = {}) {
  common::Diagnostics diagnostics;
  const Reading reading = read_scenario_text(text, "t.yaml", overrides, diagnostics);
  EXPECT_EQ(reading.spec.has_value(), diagnostics.ok());
  return words_of(reading, diagnostics);
}

// The spec of a text without mistakes.
inline world::ScenarioSpec spec_of(std::string_view text, const std::vector<std::string>& overrides = {}) {
  common::Diagnostics diagnostics;
  Reading reading = read_scenario_text(text, "t.yaml", overrides, diagnostics);
  EXPECT_THAT(words_of(reading, diagnostics), ::testing::IsEmpty());
  return reading.spec ? *reading.spec : world::ScenarioSpec{};
}

template <class T>
const T& entry(const common::Entries<T>& entries, std::string_view name) {
  static const T none{};
  for (const auto& candidate : entries) {
    if (candidate.name == name) return candidate.spec;
  }
  ADD_FAILURE() << "no entry " << name;
  return none;
}

template <class T>
std::vector<std::string> names_of(const common::Entries<T>& entries) {
  std::vector<std::string> names;
  for (const auto& candidate : entries) names.push_back(candidate.name);
  return names;
}

// A folder of its own for each test, with the files that the test writes; messages show paths without it.
class FilesTest : public ::testing::Test {
 protected:
  void write(const std::string& name, std::string_view text) const { folder_.write(name, text); }
  std::string path(const std::string& name) const { return folder_.file(name); }

  std::vector<std::string> mistakes_in(const std::string& name, const std::vector<std::string>& overrides = {}) const {
    common::Diagnostics diagnostics;
    const Reading reading = read_scenario(path(name), overrides, diagnostics);
    EXPECT_EQ(reading.spec.has_value(), diagnostics.ok());
    std::vector<std::string> words = words_of(reading, diagnostics);
    const std::string prefix = folder_.path().string() + "/";
    for (std::string& line : words) {
      for (std::size_t at = line.find(prefix); at != std::string::npos; at = line.find(prefix))
        line.erase(at, prefix.size());
    }
    return words;
  }

  world::ScenarioSpec spec_in(const std::string& name, const std::vector<std::string>& overrides = {}) const {
    common::Diagnostics diagnostics;
    Reading reading = read_scenario(path(name), overrides, diagnostics);
    EXPECT_THAT(words_of(reading, diagnostics), ::testing::IsEmpty());
    return reading.spec ? *reading.spec : world::ScenarioSpec{};
  }

 private:
  tests::TemporaryFolder folder_;
};

}  // namespace tierworks::reader
