// A thousand random networks with random policies: whatever is in them, goods are conserved (each run recounts them and
// throws), the run ends, three partitions give the fingerprint of one, and so does a fork at a random instant. RapidCheck
// draws the networks, always the same ones, and shrinks what fails to fewer sites of the same seed.
#include <cstdint>
#include <exception>
#include <functional>
#include <optional>
#include <ostream>
#include <random>
#include <set>
#include <sstream>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "experiments/replicate/plan.h"
#include "models/world/simulate.h"
#include "tests/support/random_network.h"
#include "tests/support/simulate.h"

namespace tierworks {
namespace {

constexpr int kMostSites = 30;
constexpr int kFewestSites = 3;
constexpr int kNetworks = 1000, kShards = 4;

struct Network {
  std::uint64_t seed = 0;
  int most_sites = kMostSites;
  std::string text() const { return tests::random_network(seed, most_sites); }
};

// How RapidCheck shows a counterexample.
void showValue(const Network& network, std::ostream& out) {
  out << "seed " << network.seed << " with at most " << network.most_sites << " sites:\n" << network.text();
}

// Any seed, all sites; smaller ones only to shrink.
rc::Gen<Network> networks() {
  return rc::Gen<Network>([](const rc::Random& random, int) {
    return rc::shrinkable::shrinkRecur(Network{rc::Random(random).next()}, [](const Network& network) {
      return rc::seq::map(rc::shrink::towards(network.most_sites, kFewestSites), [seed = network.seed](int sites) {
        return Network{seed, sites};
      });
    });
  });
}

// "" or what is wrong with this network.
using Property = std::function<std::string(const Network&)>;

std::string fault_of(const Property& property, const Network& network) {
  try {
    return property(network);
  } catch (const std::exception& thrown) {
    return thrown.what();
  }
}

// What of so many networks has a fault, in RapidCheck's words; `smallest` gets it. "" if none has.
std::string counterexample(const Property& property, std::uint64_t seed, int tries,
                           std::optional<Network>* smallest = nullptr) {
  const auto holds = [&] {
    const Network network = *networks();
    const std::string fault = fault_of(property, network);
    if (fault.empty()) return;
    if (smallest != nullptr) *smallest = network;  // the last that fails is the smallest
    RC_FAIL(fault);
  };
  rc::detail::TestParams params;
  params.seed = seed;
  params.maxSuccess = tries;
  const auto result = rc::detail::checkTestable(holds, rc::detail::TestMetadata{}, params);
  if (result.template is<rc::detail::SuccessResult>()) return "";
  std::ostringstream words;
  rc::detail::printResultMessage(result, words);
  return words.str();
}

// What the networks of a shard did between them: a property of runs in which nothing happens would be worth nothing.
struct Seen {
  int complete = 0, split = 0, forked_amid = 0;
  std::uint64_t events = 0;
  std::set<std::uint64_t> fingerprints;
};

std::string difference(const world::RunResult& got, const world::RunResult& expected, std::string_view what) {
  if (got.fingerprint == expected.fingerprint && got.events == expected.events) return "";
  return fmt::format("{}: fingerprint {:016x} after {} events, expected {:016x} after {}", what, got.fingerprint,
                     got.events, expected.fingerprint, expected.events);
}

std::string fault_of_network(const Network& network, Seen& seen) {
  const std::uint64_t seed = network.seed;
  const auto model = tests::model_of_text(network.text());
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
INSTANTIATE_TEST_SUITE_P(Shards, RandomNetworks, testing::Range<std::uint64_t>(1, kShards + 1));

TEST_P(RandomNetworks, ConserveGoodsAndEndAlikeHoweverTheyAreRun) {
  Seen seen;
  EXPECT_EQ(counterexample([&](const Network& network) { return fault_of_network(network, seen); }, GetParam(),
                           kNetworks / kShards),
            "");
  EXPECT_GT(seen.complete, 180);
  EXPECT_GT(seen.split, 180);
  EXPECT_GT(seen.forked_amid, 220);
  EXPECT_GT(seen.events, 100'000U);
  EXPECT_EQ(seen.fingerprints.size(), static_cast<std::size_t>(kNetworks / kShards));
}

TEST(RandomNetworks, ThatFailAreShrunk) {
  const Property at_most_seven = [](const Network& network) -> std::string {
    const auto sites = tests::model_of_text(network.text())->sites.size();
    return sites <= 7 ? "" : fmt::format("{} sites", sites);
  };
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    std::optional<Network> smallest;
    const std::string words = counterexample(at_most_seven, seed, 100, &smallest);
    ASSERT_TRUE(smallest);
    const std::string fault = fault_of(at_most_seven, *smallest);
    EXPECT_NE(fault, "");
    EXPECT_NE(words.find(fault), std::string::npos) << words;
    EXPECT_NE(words.find(fmt::format("with at most {} sites", smallest->most_sites)), std::string::npos) << words;
    EXPECT_GE(smallest->most_sites, 8);
    EXPECT_LT(smallest->most_sites, kMostSites);
    EXPECT_EQ(fault_of(at_most_seven, {smallest->seed, smallest->most_sites - 1}), "");
  }
}

}  // namespace
}  // namespace tierworks
