// A run in steps: under any plan, cut anywhere, forked and kept as bytes, it ends as the run that none of it happened to.
#include <algorithm>
#include <cmath>
#include <cstring>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "models/world/simulate.h"
#include "tests/support/simulate.h"

namespace tierworks::world {
namespace {

// Four sites whose links all take 2 h or more, with something in every pool: orders in line, materials set aside, lanes
// that are full, customers who wait, give up, and whose lead times are measured.
constexpr const char* kChain = R"(
tierworks: 1
time: {horizon: 60 d, warm_up: 20 d}
money: {holding: 20 % / yr}
items:
  steel: {unit: kg, resolution: 0.1, value: 2, attrition: 2 %}
  frame: {value: 30, bom: {steel: 4 kg}}
sites:
  mill: {sells: {steel: {quoted: lognormal 3 d cv 0.3}}}
  plant:
    buys: {steel: {from: mill, transit: gamma 2 d cv 0.5, at_least: 2 h, order_time: 2 h}}
    lines: {press: {servers: 1}}
    makes: {frame: {line: press, time: lognormal 100 min cv 0.3}}
    stock: {steel: {reorder_point: 500, quantity: 400}, frame: {level: 30}}
  depot:
    buys: {frame: {from: plant, order_time: 4 h}}
    stock: {frame: {reorder_point: 25, quantity: 7}}
  shop:
    buys: {frame: {from: depot, transit: uniform 3 h to 30 h, at_least: 2 h, order_time: 3 h}}
    stock: {frame: {level: 14}}
lanes:
  ferry: {from: plant, to: depot, transit: gamma 20 h cv 0.6, at_least: 5 h, capacity: 2, keep_order: true}
demand:
  customers: {at: shop, item: frame, orders: poisson 8 / d, size: gamma 1.4 sd 1, due: 1 d, price: 55, transit: exponential 4 h}
  builders: {at: plant, item: frame, orders: poisson 0.3 / d, size: uniform 10 to 50, unmet: wait 8 h}
)";

const Model& chain() {
  static const auto model = tests::model_of_text(kChain);
  return *model;
}

RunPlan plan(std::uint32_t parts, std::size_t threads = 1, core::EventSet set = core::EventSet::automatic) {
  // By part count, for mill, plant, depot and shop.
  const std::vector<std::vector<std::uint32_t>> by_site{{}, {0, 0, 0, 0}, {0, 1, 1, 0}, {0, 1, 2, 0}};
  const std::vector<std::string> names{"mill", "plant", "depot", "shop"};
  RunPlan plan{.parts = parts, .part_of = {}, .lookahead = core::kHour * 2, .threads = threads, .event_set = set};
  for (const Site& site : chain().sites) {
    const auto i = std::find(names.begin(), names.end(), site.name) - names.begin();
    if (parts > 1) plan.part_of.push_back(by_site[parts].at(static_cast<std::size_t>(i)));
  }
  return plan;
}

constexpr std::uint64_t kSeed = 5;
constexpr std::uint32_t kReplication = 2;
constexpr core::Instant kWarm = core::Instant{0} + core::kDay * 20;
constexpr core::Instant kEnd = core::Instant{0} + core::kDay * 80;

const RunResult& reference() {
  static const RunResult result = Simulation(chain()).run(kSeed, kReplication);
  return result;
}

void expect_same(const RunResult& result, const RunResult& expected = reference()) {
  EXPECT_EQ(result.outcome, expected.outcome);
  EXPECT_EQ(result.events, expected.events);
  EXPECT_EQ(result.fingerprint, expected.fingerprint);
  ASSERT_EQ(result.values.size(), expected.values.size());
  const auto rows = kpi_rows(chain());
  for (std::size_t i = 0; i < expected.values.size(); ++i) {
    const bool same = std::memcmp(&result.values[i], &expected.values[i], sizeof(double)) == 0;
    EXPECT_TRUE(same || (std::isnan(result.values[i]) && std::isnan(expected.values[i])))
        << rows.at(i).kpi->name << " of " << rows.at(i).scope;
  }
}

constexpr core::EventSet kSets[] = {core::EventSet::automatic, core::EventSet::heap, core::EventSet::radix,
                                    core::EventSet::instants};

core::Instant random_instant(std::mt19937_64& random) {
  return {static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(kEnd.ticks))};
}

TEST(RunPlan, TheChainMakesUseOfAllThatCouldGoWrong) {
  EXPECT_EQ(reference().outcome, Outcome::complete);
  EXPECT_GT(reference().events, 3'000U);
  const tests::Ran run = tests::simulate_model(chain(), kSeed, kReplication);
  EXPECT_GT(run("lost_sales"), 0);
  EXPECT_GT(run("backorders"), 0);
  EXPECT_GT(run("pipeline_stock"), 0);
  EXPECT_GT(run("throughput", "site:shop"), 2);
}

TEST(RunPlan, ChangesNoBitOfTheResult) {
  for (std::uint32_t parts = 1; parts <= 3; ++parts) {
    for (const std::size_t threads : {1U, 2U, 4U}) {
      for (const core::EventSet set : kSets) {
        SCOPED_TRACE(testing::Message() << parts << " parts, " << threads << " threads, set " << static_cast<int>(set));
        Simulation simulation(chain(), plan(parts, threads, set));
        expect_same(simulation.run(kSeed, kReplication));
        simulation.run(1, 1);
        expect_same(simulation.run(kSeed, kReplication));
      }
    }
  }
}

TEST(RunPlan, ALookaheadLongerThanALinkTakesIsOurBug) {
  RunPlan wrong = plan(3);
  wrong.lookahead = core::kDay;
  EXPECT_THROW(Simulation(chain(), wrong).run(kSeed, kReplication), core::Broken);
}

TEST(Simulation, InStepsIsTheSameRun) {
  std::mt19937_64 random(1);
  for (std::uint32_t parts = 1; parts <= 3; ++parts) {
    Simulation simulation(chain(), plan(parts, 2));
    simulation.start(kSeed, kReplication);
    EXPECT_EQ(simulation.now().ticks, 0);
    std::vector<core::Instant> stops{kWarm, kWarm - core::kMicrosecond, kWarm + core::kMicrosecond, kEnd};
    for (int i = 0; i < 30; ++i) stops.push_back(random_instant(random));
    std::sort(stops.begin(), stops.end());
    for (const core::Instant stop : stops) {
      simulation.run_to(stop);
      EXPECT_EQ(simulation.now(), stop);
    }
    simulation.run_to(kEnd + core::kDay);  // no further than the end of the run
    EXPECT_EQ(simulation.now(), kEnd);
    EXPECT_EQ(simulation.events(), reference().events);
    expect_same(simulation.finish());
  }
}

TEST(Simulation, AForkUnderAnyPlanEndsAsTheRunNeverForkedAndLeavesTheOriginalAlone) {
  std::mt19937_64 random(2);
  for (std::uint32_t from = 1; from <= 3; ++from) {
    for (std::uint32_t to = 1; to <= 3; ++to) {
      Simulation original(chain(), plan(from, 2)), fork(chain(), plan(to)), used(chain(), plan(to, 2));
      used.run(9, 9);
      used.start(8, 8);
      used.run_to(random_instant(random));
      original.start(kSeed, kReplication);
      for (const core::Instant at : {random_instant(random), random_instant(random), kWarm}) {
        if (original.now() < at) original.run_to(at);
        for (Simulation* const sim : {&fork, &used}) {
          sim->fork_from(original);
          EXPECT_EQ(sim->now(), original.now());
          EXPECT_EQ(sim->events(), original.events());
          EXPECT_EQ(sim->seed(), kSeed);
          EXPECT_EQ(sim->replication(), kReplication);
          expect_same(sim->finish());
        }
      }
      expect_same(original.finish());
      expect_same(fork.run(kSeed, kReplication));  // and is a Simulation like any other afterwards
      if (HasFailure()) return;
    }
  }
}

TEST(Simulation, AForkOfAForkOfAForkIsStillTheSameRun) {
  Simulation one(chain(), plan(2)), two(chain(), plan(3, 2)), three(chain());
  one.start(kSeed, kReplication);
  one.run_to(core::Instant{0} + core::kDay * 10);
  two.fork_from(one);
  two.run_to(core::Instant{0} + core::kDay * 30);
  three.fork_from(two);
  three.run_to(core::Instant{0} + core::kDay * 50);
  one.fork_from(three);
  expect_same(one.finish());
  expect_same(three.finish());
  expect_same(two.finish());
}

TEST(Simulation, BytesOfAnyInstantMeanTheSameUnderAnyPlan) {
  std::mt19937_64 random(3);
  std::vector<core::Instant> instants{{0}, kWarm - core::kMicrosecond, kWarm, kWarm + core::kMicrosecond, kEnd};
  for (int i = 0; i < 4; ++i) instants.push_back({random_instant(random).ticks / 4});  // in the warm-up
  while (instants.size() < 20) instants.push_back(random_instant(random));
  EXPECT_GE(std::count_if(instants.begin(), instants.end(), [](core::Instant i) { return i < kWarm; }), 6);
  Simulation used(chain(), plan(3, 2));
  for (const core::Instant at : instants) {
    const auto from = static_cast<std::uint32_t>(1 + random() % 3), to = static_cast<std::uint32_t>(1 + random() % 3);
    SCOPED_TRACE(testing::Message() << at.ticks << " ticks, from " << from << " to " << to);
    Simulation original(chain(), plan(from)), fresh(chain(), plan(to, 2, kSets[random() % 3]));
    original.start(kSeed, kReplication);
    original.run_to(at);
    const std::string bytes = original.to_bytes();
    for (Simulation* const sim : {&fresh, &used}) {
      ASSERT_TRUE(sim->from_bytes(bytes));
      EXPECT_EQ(sim->now(), at);
      EXPECT_EQ(sim->events(), original.events());
      EXPECT_EQ(sim->seed(), kSeed);
      EXPECT_EQ(sim->replication(), kReplication);
      expect_same(sim->finish());
    }
    expect_same(original.finish());
    if (HasFailure()) return;
  }
}

TEST(Simulation, TruncatedBytesAreRefusedAndItCanBeStartedAnew) {
  Simulation original(chain(), plan(2)), simulation(chain(), plan(3, 2));
  original.start(kSeed, kReplication);
  original.run_to(kWarm + core::kDay);
  std::string bytes = original.to_bytes();
  for (std::size_t n = 0; n < bytes.size(); n += n < 600 ? 1 : 487) {
    const std::string part(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(n));
    ASSERT_FALSE(simulation.from_bytes(part)) << n;
    if (n % 5 == 0) simulation.start(1, static_cast<std::uint32_t>(n % 7));
  }
  bytes.push_back('\0');
  EXPECT_FALSE(simulation.from_bytes(bytes));
  expect_same(simulation.run(kSeed, kReplication));
  bytes.pop_back();
  EXPECT_TRUE(simulation.from_bytes(bytes));
  expect_same(simulation.finish());
}

TEST(Simulation, AnEqualRunNeedsNoMoreMemory) {
  for (std::uint32_t parts = 1; parts <= 3; ++parts) {
    Simulation simulation(chain(), plan(parts));
    simulation.run(kSeed, kReplication);
    const std::uint64_t growths = simulation.growths();
    EXPECT_GT(growths, 0U);
    EXPECT_GT(simulation.bytes_used(), 1'000U);
    simulation.run(kSeed, kReplication);
    EXPECT_EQ(simulation.growths(), growths);
  }
}

// One server makes unit after unit in no time, too many for one instant; another site is busy meanwhile.
TEST(Simulation, AStoppedRunEndsAsOneUnderAnyPlanForkedOrKept) {
  const auto model = tests::model_of_text(R"(
tierworks: 1
time: {horizon: 20 d, warm_up: 2 d}
items: {part: {}, box: {}}
sites:
  plant: {lines: {press: {}}, makes: {part: {line: press, time: 0 h}}}
  works: {makes: {box: {time: exponential 1 h}}}
demand:
  many: {at: plant, item: part, orders: every 100 d from 4 d, size: 40000}
  some: {at: works, item: box, orders: poisson 50 / d}
)");
  const RunResult expected = Simulation(*model).run(1, 0);
  ASSERT_EQ(expected.outcome, Outcome::loop_without_delay);
  const auto expect_stopped = [&](const RunResult& result) {
    EXPECT_EQ(result.outcome, Outcome::loop_without_delay);
    EXPECT_EQ(result.events, expected.events);
    EXPECT_EQ(result.fingerprint, expected.fingerprint);
    for (const double value : result.values) EXPECT_TRUE(std::isnan(value));
  };
  const RunPlan split{.parts = 2, .part_of = {0, 1}, .lookahead = core::kHour * 7, .threads = 2};
  for (const core::Instant at : {core::Instant{0} + core::kDay * 3, core::Instant{0} + core::kDay * 10}) {
    for (const bool split_first : {false, true}) {
      Simulation original(*model, split_first ? split : RunPlan{}), fork(*model, split_first ? RunPlan{} : split);
      original.start(1, 0);
      original.run_to(at);
      fork.fork_from(original);
      expect_stopped(fork.finish());
      ASSERT_TRUE(fork.from_bytes(original.to_bytes()));
      expect_stopped(fork.finish());
      expect_stopped(original.finish());
    }
  }
}

}  // namespace
}  // namespace tierworks::world
