// A thousand random networks with random policies: whatever is in them, goods are conserved (each run recounts them and
// throws), the run ends, three partitions give the fingerprint of one, and so does a fork at a random instant. What fails
// is shrunk: the smallest network of the same seed that fails is shown.
#include <cstdint>
#include <exception>
#include <functional>
#include <random>
#include <set>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "experiments/replicate/plan.h"
#include "models/world/simulate.h"
#include "tests/support/random_network.h"
#include "tests/support/simulate.h"

namespace tierworks {
namespace {

constexpr int kMostSites = 30;
constexpr int kFewestSites = 3;
constexpr std::uint64_t kNetworks = 1000, kShards = 4;

// What the networks of a shard did between them: a property of runs in which nothing happens would be worth nothing.
struct Seen {
  int complete = 0, split = 0, forked_amid = 0;
  std::uint64_t events = 0;
  std::set<std::uint64_t> fingerprints;
};

// "" or what is wrong with this network.
using Property = std::function<std::string(std::uint64_t seed, int most_sites)>;

std::string fault_of(const Property& property, std::uint64_t seed, int most_sites) {
  try {
    return property(seed, most_sites);
  } catch (const std::exception& thrown) {
    return thrown.what();
  }
}

// The fewest sites at which the seed still fails, and the words; 0 sites if it does not fail.
struct Counterexample {
  int most_sites = 0;
  std::string fault;
};
Counterexample shrunk(const Property& property, std::uint64_t seed) {
  Counterexample found{0, fault_of(property, seed, kMostSites)};
  if (found.fault.empty()) return found;
  found.most_sites = kMostSites;
  for (int sites = kFewestSites; sites < kMostSites; ++sites) {
    const std::string fault = fault_of(property, seed, sites);
    if (!fault.empty()) return {sites, fault};
  }
  return found;
}

std::string difference(const world::RunResult& got, const world::RunResult& expected, std::string_view what) {
  if (got.fingerprint == expected.fingerprint && got.events == expected.events) return "";
  return fmt::format("{}: fingerprint {:016x} after {} events, expected {:016x} after {}", what, got.fingerprint,
                     got.events, expected.fingerprint, expected.events);
}

std::string fault_of_network(std::uint64_t seed, int most_sites, Seen& seen) {
  const auto model = tests::model_of_text(tests::random_network(seed, most_sites));
  const world::RunResult alone = world::Simulation(*model).run(seed, 0);
  if (alone.outcome == world::Outcome::loop_without_delay) return world::in_words(alone.outcome);
  seen.complete += alone.outcome == world::Outcome::complete ? 1 : 0;
  seen.events += alone.events;
  seen.fingerprints.insert(alone.fingerprint);

  const auto plan = experiments::plan(*model, {.replications = 1, .threads = 1, .partitions = 3});
  seen.split += plan.run.parts == 3 ? 1 : 0;
  world::Simulation parts(*model, plan.run);
  std::mt19937_64 random(seed);
  const auto length = static_cast<std::uint64_t>((model->warm_up + model->horizon).ticks);
  const core::Instant cut{static_cast<std::int64_t>(random() % length)};
  parts.start(seed, 0);
  parts.run_to(cut);
  world::Simulation fork(*model);
  fork.fork_from(parts);
  seen.forked_amid += fork.events() > 0 && fork.events() < alone.events ? 1 : 0;
  std::string fault = difference(parts.finish(), alone, fmt::format("in {} partitions", plan.run.parts));
  if (fault.empty())
    fault = difference(fork.finish(), alone, fmt::format("forked at {:.6g} d", core::in_days(cut - core::Instant{0})));
  return fault;
}

class RandomNetworks : public testing::TestWithParam<std::uint64_t> {};
INSTANTIATE_TEST_SUITE_P(Shards, RandomNetworks, testing::Range<std::uint64_t>(0, kShards));

TEST_P(RandomNetworks, ConserveGoodsAndEndAlikeHoweverTheyAreRun) {
  Seen seen;
  const Property property = [&](std::uint64_t seed, int most_sites) {
    return fault_of_network(seed, most_sites, seen);
  };
  for (std::uint64_t seed = 1000 + GetParam(); seed < 1000 + kNetworks; seed += kShards) {
    const std::string fault = fault_of(property, seed, kMostSites);
    if (fault.empty()) continue;
    const Counterexample smallest = shrunk(property, seed);
    FAIL() << "seed " << seed << " with at most " << smallest.most_sites << " sites: " << smallest.fault << "\n"
           << tests::random_network(seed, smallest.most_sites);
  }
  EXPECT_GT(seen.complete, 180);
  EXPECT_GT(seen.split, 180);
  EXPECT_GT(seen.forked_amid, 220);
  EXPECT_GT(seen.events, 100'000U);
  EXPECT_EQ(seen.fingerprints.size(), kNetworks / kShards);
}

TEST(RandomNetworks, ThatFailAreShrunk) {
  const Property at_most_seven = [](std::uint64_t seed, int most_sites) -> std::string {
    const auto sites = tests::model_of_text(tests::random_network(seed, most_sites))->sites.size();
    return sites <= 7 ? "" : fmt::format("{} sites", sites);
  };
  int failed = 0;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const Counterexample smallest = shrunk(at_most_seven, seed);
    if (smallest.most_sites == 0) continue;
    ++failed;
    EXPECT_GE(smallest.most_sites, 8);
    EXPECT_EQ(fault_of(at_most_seven, seed, smallest.most_sites), smallest.fault);
    for (int fewer = kFewestSites; fewer < smallest.most_sites; ++fewer) {
      EXPECT_EQ(fault_of(at_most_seven, seed, fewer), "");
    }
  }
  EXPECT_GT(failed, 10);
}

}  // namespace
}  // namespace tierworks
