// No allocation in the loop: once the first replication has taken what memory a scenario needs, the events of the next ones
// neither call operator new nor make a pool grow.
#include <algorithm>
#include <cctype>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "models/world/simulate.h"
#include "tests/determinism/counted_new.h"
#include "tests/support/paths.h"
#include "tests/support/simulate.h"

namespace tierworks {
namespace {

std::filesystem::path catalogue() { return tests::source_dir() / "scenarios" / "catalogue"; }

std::vector<std::string> scenarios() {
  std::vector<std::string> files;
  for (const auto& file : std::filesystem::recursive_directory_iterator(catalogue())) {
    if (file.path().extension() == ".yaml")
      files.push_back(std::filesystem::relative(file.path(), catalogue()).string());
  }
  std::sort(files.begin(), files.end());
  return files;
}

struct Taken {
  std::uint64_t allocations;
  std::uint64_t growths;
};

// By the events of one replication; starting it is outside.
Taken taken_by_the_events(world::Simulation& simulation, std::uint32_t replication) {
  simulation.start(1, replication);
  const std::uint64_t growths = simulation.growths(), before = tests::allocations();
  simulation.run_to(core::kLastInstant);
  return {tests::allocations() - before, simulation.growths() - growths};
}

TEST(Allocations, AreCounted) {
  if (!tests::allocations_are_counted()) GTEST_SKIP() << "operator new is the sanitizer's";
  const std::uint64_t before = tests::allocations();
  struct alignas(128) Wide {
    char bytes[128];
  };
  // Seen from outside, or the compiler need not allocate at all.
  char* volatile one = new char;
  char* volatile many = new char[100];
  Wide* volatile wide = new Wide;
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(wide) % 128, 0U);
  delete one;
  delete[] many;
  delete wide;
  EXPECT_EQ(tests::allocations() - before, 3U);
}

TEST(Allocations, AreSeenInAFirstReplication) {
  const auto model = tests::model_of_file((catalogue() / scenarios().front()).string(), {"time.horizon=60 d"});
  world::Simulation simulation(*model);
  EXPECT_GT(taken_by_the_events(simulation, 0).growths, 0U);
}

class AllocationsOf : public testing::TestWithParam<std::string> {};

TEST_P(AllocationsOf, AreNoneAfterTheFirstReplication) {
  const auto model = tests::model_of_file((catalogue() / GetParam()).string());
  world::Simulation simulation(*model);
  simulation.run(1, 0);
  for (const std::uint32_t replication : {1U, 2U}) {
    const Taken taken = taken_by_the_events(simulation, replication);
    EXPECT_EQ(taken.allocations, 0U) << "replication " << replication;
    EXPECT_EQ(taken.growths, 0U) << "replication " << replication;
    EXPECT_GT(simulation.events(), 0U);
  }
}

INSTANTIATE_TEST_SUITE_P(Catalogue, AllocationsOf, testing::ValuesIn(scenarios()), [](const auto& scenario) {
  std::string name = scenario.param.substr(0, scenario.param.size() - 5);
  std::replace_if(
      name.begin(), name.end(), [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
  return name;
});

}  // namespace
}  // namespace tierworks
