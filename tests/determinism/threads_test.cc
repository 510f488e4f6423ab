// Every scenario of the catalogue gives the same bits on any number of threads and in memory that was used before.
#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "experiments/replicate/replicate.h"
#include "tests/support/paths.h"
#include "tests/support/simulate.h"

namespace tierworks {
namespace {

std::vector<std::string> scenarios() {
  std::vector<std::string> files;
  const auto catalogue = tests::source_dir() / "scenarios" / "catalogue";
  for (const char* folder : {"tutorial", "industry"}) {
    if (!std::filesystem::is_directory(catalogue / folder)) continue;
    for (const auto& file : std::filesystem::recursive_directory_iterator(catalogue / folder)) {
      if (file.path().extension() == ".yaml")
        files.push_back(std::filesystem::relative(file.path(), catalogue).string());
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

experiments::Replicated six_replications(const world::Model& model, std::size_t threads) {
  experiments::ReplicateOptions options;
  options.replications = 6;
  options.threads = threads;
  return experiments::replicate(model, options);
}

class Scenario : public testing::TestWithParam<std::string> {
 protected:
  std::unique_ptr<const world::Model> model_ =
      tests::model_of_file((tests::source_dir() / "scenarios" / "catalogue" / GetParam()).string(),
                           {"time.horizon=60 d", "time.warm_up=0 d"});
};

bool same_bits(double a, double b) { return std::memcmp(&a, &b, sizeof a) == 0 || (std::isnan(a) && std::isnan(b)); }

TEST_P(Scenario, GivesTheSameBitsOnAnyNumberOfThreads) {
  const auto one = six_replications(*model_, 1);
  ASSERT_GT(one.events, 0U);
  for (const std::size_t threads : {std::size_t{2}, std::size_t{4}}) {
    const auto several = six_replications(*model_, threads);
    EXPECT_EQ(several.fingerprint, one.fingerprint) << threads;
    EXPECT_EQ(several.events, one.events) << threads;
    ASSERT_EQ(several.kpis.size(), one.kpis.size());
    for (std::size_t i = 0; i < one.kpis.size(); ++i) {
      EXPECT_TRUE(same_bits(several.kpis[i].mean, one.kpis[i].mean))
          << one.rows[i].kpi->name << " of " << one.rows[i].scope;
    }
  }
}

TEST_P(Scenario, LeavesNoTraceInTheMemoryOfASimulation) {
  world::Simulation simulation(*model_);
  const world::RunResult first = simulation.run(1, 0);
  const world::RunResult other = simulation.run(2, 0);
  const world::RunResult again = simulation.run(1, 0);
  // A scenario without any chance in it is the same under every seed; the ledger's others are not.
  const bool by_chance = GetParam() != "industry/beer_game.yaml";
  EXPECT_EQ(other.fingerprint != first.fingerprint, by_chance);
  EXPECT_EQ(again.fingerprint, first.fingerprint);
  EXPECT_EQ(again.events, first.events);
  EXPECT_EQ(again.outcome, first.outcome);
  ASSERT_EQ(again.values.size(), first.values.size());
  const auto rows = world::kpi_rows(*model_);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    EXPECT_TRUE(same_bits(again.values[i], first.values[i])) << rows[i].kpi->name << " of " << rows[i].scope;
  }
}

std::string test_name(const testing::TestParamInfo<std::string>& scenario) {
  std::string name = scenario.param.substr(0, scenario.param.size() - std::string(".yaml").size());
  std::replace_if(
      name.begin(), name.end(), [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Catalogue, Scenario, testing::ValuesIn(scenarios()), test_name);

}  // namespace
}  // namespace tierworks
