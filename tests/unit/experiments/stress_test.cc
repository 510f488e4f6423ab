// What a shock does, worked out on paper: chains whose demand is one a day, on the day. The warm-up is 50 d; a shock strikes
// first thing at its end, before the demand of that day, which is day 0.
#include "experiments/stress/stress.h"

#include <bit>
#include <cmath>
#include <string>
#include <vector>

#include <gmock/gmock.h>

#include "tests/support/simulate.h"

namespace tierworks::experiments {
namespace {

using ::testing::DoubleEq;
using ::testing::DoubleNear;
using ::testing::IsNan;

Outcome struck(const std::string& yaml, Exercise exercise) {
  const auto model = tests::model_of_text(yaml);
  StressOptions options;
  options.exercises = {exercise};
  options.replications = 1;
  const Stressed result = stress(*model, options);
  EXPECT_EQ(result.exercises.at(0).replications, 1U);
  return result.exercises.at(0).outcomes.at(0);
}
Outcome struck(const std::string& yaml, bool answers = true) {
  return struck(yaml, Exercise{.shock = "fire", .length = {}, .lasts = {}, .answers = answers, .spread = {}});
}

// At the price of 15 that all customers pay.
void expect_money(const Outcome& got) { EXPECT_THAT(got.area_value, DoubleNear(15 * got.area, 1e-9)); }

void expect(const Outcome& got, double survived, double restored, double late, double area) {
  EXPECT_THAT(got.survived, DoubleEq(survived));
  EXPECT_THAT(got.recovered, DoubleNear(restored, 1e-9));
  EXPECT_THAT(got.late, DoubleEq(late));
  EXPECT_THAT(got.area, DoubleNear(area, 1e-9));
}

// A shop that keeps a base stock of 12 (10 on hand, 2 on the way) and buys from a mill, which answers at once.
std::string chain(const std::string& shock, const std::string& mill = "{sells: {part: {}}}",
                  const std::string& sites = "") {
  return R"(
tierworks: 1
time: {warm_up: 50 d, horizon: 100 d}
items: {part: {value: 10}}
sites:
  mill: )" +
         mill + R"(
  shop:
    buys: {part: {from: mill, transit: 2 d, order_time: 0}}
    stock: {part: {level: 12}}
)" + sites +
         R"(
demand: {at: shop, item: part, orders: every 1 d, price: 15}
disruptions:
  fire: )" +
         shock + "\n";
}

TEST(StressByHand, AChainLivesOnItsStockForAsManyDays) {
  // 12 units cover days 0 to 11. What was ordered meanwhile leaves on day 30 and arrives on day 32: the demands of days 12 to 31
  // are late, by 20 to 1 days.
  const Outcome got = struck(chain("{hits: site mill, for: 30 d}"));
  expect(got, 12, 32, 20, 210);
  expect_money(got);
  EXPECT_EQ(got.worst_service, 0);
  EXPECT_EQ(got.service_drop, 1);
  EXPECT_EQ(got.lost, 0);
  ASSERT_EQ(got.sites.size(), 1U);
  EXPECT_EQ(got.sites[0].after_days, 12);
}

TEST(StressByHand, AnOutageThatTheStockCoversIsNotFelt) {
  const Outcome got = struck(chain("{hits: site mill, for: 10 d}"));
  EXPECT_THAT(got.survived, IsNan());
  EXPECT_EQ(got.recovered, 0);
  EXPECT_EQ(got.late, 0);
  EXPECT_EQ(got.service_drop, 0);
  EXPECT_EQ(got.loss, 0);
}

TEST(StressByHand, ASecondSourceServesTheBacklogUntilTheFirstIsBack) {
  // From day 15 on orders go to the other mill and take 3 d: its units come on days 18 to 32, each for the customer who has waited
  // for 6 d, from day 12 to day 25: 14 x 6. On day 32 the 15 units come that were ordered on days 0 to 14, and the rest, of
  // days 26 to 31, is served: 6 + 5 + ... + 1.
  const std::string yaml = chain(
      "{hits: site mill, for: 30 d, answers: {second: {add_source: other, item: part, transit: 3 d, qualified_after: "
      "15 d}}}",
      "{sells: {part: {}}}", "  other: {sells: {part: {}}}\n");
  expect(struck(yaml), 12, 32, 20, 84 + 21);
  expect(struck(yaml, false), 12, 32, 20, 210);
  // What the answer costs is part of the loss: once, and for 100 d of a year.
  std::string dear = yaml;
  dear.replace(dear.find("qualified_after"), 0, "cost: 500, cost_per_year: 730, ");
  EXPECT_NEAR(struck(dear).loss - struck(yaml).loss, 500 + 730 * 100.0 / 365, 1e-6);
}

TEST(StressByHand, AStrategicStockLastsForItsUnits) {
  // From day 3 on orders go to a store of ten, whose own goods come from the same mill: ten units come on days 5 to 14 beside
  // the twelve that there are, for the customers of days 0 to 21. The rest of what was ordered, at the mill and at the store,
  // comes on day 32, for those of days 22 to 31, who have waited for 10, 9, ..., 1 days.
  const std::string yaml = chain(
      "{hits: site mill, for: 30 d, answers: {release: {add_source: store, item: part, transit: 2 d, qualified_after: "
      "3 d}}}",
      "{sells: {part: {}}}",
      "  store: {buys: {part: {from: mill, transit: 0, order_time: 0}}, stock: {part: {level: 10}}}\n");
  expect(struck(yaml), 22, 32, 10, 55);
  expect(struck(yaml, false), 12, 32, 20, 210);
}

TEST(StressByHand, ARampWorksOffTheBacklogSlowly) {
  // The mill makes a unit in half a day, to order. Stopped for 20 d, then at half its speed for 10 d: order j leaves it on day
  // 21 + j for j < 10, later every half day, and serves the demand of day 12 + j two days later.
  const std::string mill = "{lines: {press: {}}, makes: {part: {line: press, time: 12 h}}}";
  double area = 0;
  for (int j = 0; j < 10; ++j) area += 23 + j - (12 + j);
  for (int j = 10; j < 31; ++j) area += 32 + 0.5 * (j - 9) - (12 + j);
  expect(struck(chain("{hits: site mill, for: 20 d, recovery: stepwise 50 % 0 d 100 % 10 d}", mill)), 12, 42.5, 31,
         area);
}

TEST(StressByHand, GoodsLostOnTheWayAreOrderedAgain) {
  // The 10 on hand cover days 0 to 9. The 2 that were on the way are missed when they fail to arrive; all that was ordered
  // leaves on day 10 and arrives on day 12.
  expect(struck(chain("{hits: site mill, for: 10 d, lost: {in_transit: 100 %}}")), 10, 12, 2, 2 + 1);
}

TEST(StressByHand, AStockThatBurnsIsMissed) {
  // Only the 2 on the way are left, for days 0 and 1 (one of them arrives on day 1). 10 are ordered at once and come on day 2.
  const Outcome got = struck(chain("{hits: stock shop/part, for: 1 h, lost: {stock: 100 %}}"));
  EXPECT_THAT(got.survived, IsNan());
  expect(struck(chain("{hits: [stock shop/part, site mill], capacity: 0 %, for: 10 d, lost: {stock: 100 %}}")), 0, 12,
         12, 12 + 11 + 10 + 9 + 8 + 7 + 6 + 5 + 4 + 3 + 2 + 1 - 2 * 2);
}

TEST(StressByHand, ADivergentChainFeelsItAtEachShop) {
  // Each shop has 3 units, on hand and on the way. The depot opens on day 5 and all that was ordered arrives on day 6: the
  // demands of days 3, 4 and 5 are late by 3, 2 and 1 days at both.
  const Outcome got = struck(R"(
tierworks: 1
time: {warm_up: 50 d, horizon: 100 d}
items: {part: {}}
sites:
  mill: {sells: {part: {}}}
  depot: {buys: {part: {from: mill, transit: 1 d, order_time: 0}}, stock: {part: {level: 10}}}
  shop_a: {buys: {part: {from: depot, transit: 1 d, order_time: 0}}, stock: {part: {level: 3}}}
  shop_b: {like: shop_a}
demand: {at: shop_*, item: part, orders: every 1 d}
disruptions: {fire: {hits: site depot, for: 5 d}}
)");
  expect(got, 3, 6, 6, 12);
}

TEST(StressByHand, AnAssemblyStopsForThePartThatIsMissing) {
  const auto plant = [](const char* shock) {
    return std::string(R"(
tierworks: 1
time: {warm_up: 50 d, horizon: 100 d}
items: {a: {}, b: {}, car: {bom: {a: 1, b: 1}}}
sites:
  mill_a: {sells: {a: {}}}
  mill_b: {sells: {b: {}}}
  plant:
    buys: {a: {from: mill_a, transit: 1 d, order_time: 0}, b: {from: mill_b, transit: 1 d, order_time: 0}}
    makes: {car: {time: 6 h}}
    stock: {a: {level: 8}, b: {level: 5}}
demand: {at: plant, item: car, orders: every 1 d, due: 1 d}
disruptions: {fire: {for: 20 d, hits: )") +
           shock + "}}\n";
  };
  // 8 of a are for the customers of days 0 to 7; the next ones are due a day after they order and served at 21.25, when the a
  // of day 20's restart have come and 6 h have passed: the customers of days 8 to 20.
  expect(struck(plant("site mill_a")), 9, 21.25, 13, 13 * 12.25 - 78);
  // Of b there are 5: the customers of days 5 to 20.
  expect(struck(plant("site mill_b")), 6, 21.25, 16, 16 * 15.25 - 120);
}

TEST(StressByHand, CustomersWhoDoNotWaitAreLost) {
  std::string yaml = chain("{hits: site mill, for: 30 d}");
  yaml.replace(yaml.find("price: 15"), 9, "price: 15, unmet: lost");
  const Outcome got = struck(yaml);
  // The base stock fills up with orders of 12 units, which arrive on day 32: those of days 12 to 31 leave.
  expect(got, 12, 31, 0, 0);
  EXPECT_EQ(got.lost, 20);
  // 20 sales of 15 less 20 purchases of 10.
  EXPECT_NEAR(got.loss, 20 * (15 - 10), 1e-6);
}

TEST(StressByHand, ADownTimeOfTheWholeWindowNeverEnds) {
  Exercise whole{.shock = "fire", .length = {}, .lasts = {}, .whole_window = true, .spread = {}};
  const Outcome got = struck(chain("{hits: site mill, for: 1 d}"), whole);
  EXPECT_EQ(got.survived, 12);
  EXPECT_THAT(got.recovered, IsNan());
}

// A cluster with everything that can be hit, and shocks that hit it at once.
const char* const kCluster = R"(
tierworks: 1
time: {warm_up: 60 d, horizon: 120 d}
items: {ore: {}, part: {bom: {ore: 2}}, car: {bom: {part: 3}}}
sites:
  mine: {region: north, location: [10, 10], sells: {ore: {quoted: lognormal 4 d cv 0.4, capacity: 60 / d}}}
  mine_two: {sells: {ore: {quoted: 6 d}}}
  works:
    region: north
    location: [10, 10.5]
    buys: {ore: {from: mine, transit: lognormal 2 d cv 0.3}}
    lines: {press: {servers: 2}}
    makes: {part: {line: press, time: gamma 40 min cv 0.5, batch: 4}}
    stock: {ore: {level: 400}, part: {reorder_point: 60, quantity: 20}}
  plant:
    buys: {part: {from: works, transit: lognormal 1 d cv 0.3}}
    lines: {bench: {}}
    makes: {car: {line: bench, time: lognormal 2 h cv 0.4}}
    stock: {part: {level: 70}, car: {level: 12}}
  shop: {buys: {car: {from: plant}}, stock: {car: {level: 8}}}
lanes: {road: {from: plant, to: shop, transit: uniform 1 d to 2 d, capacity: 12}}
demand:
  web: {at: shop, item: car, orders: poisson 4 / d, unmet: wait 6 d, due: 1 d}
  local: {at: plant, item: car, orders: poisson 2 / d, unmet: lost}
disruptions:
  quake:
    hits: within 80 km of 10 10
    capacity: 20 %
    lead_time: 140 %
    for: lognormal 9 d cv 0.3
    recovery: linear 6 d
    known_after: 12 h
    lost: {stock: 30 %, work_in_process: 60 %, in_transit: 50 %}
    then: {closed: {after: 2 d}}
    answers: {overtime: {at: line plant/bench, capacity: 150 %, after: 1 d, ramp: linear 2 d}}
  closed: {hits: lane road, for: 4 d, lost: {in_transit: 100 %}}
  fire:
    hits: site mine
    for: 15 d
    recovery: exponential 2 d
    lost: {work_in_process: 100 %}
    answers: {second: {add_source: mine_two, item: ore, qualified_after: 3 d, ramp: linear 3 d}}
  rush: {hits: demand web, demand: 180 %, for: 10 d}
  hacked: {hits: orders of plant, for: 5 d}
  trips: {hits: line works/press, at: every exponential 12 d, for: exponential 1 d, lost: {work_in_process: 100 %}}
)";

// A KPI without a sample is no number, and equal to itself.
std::vector<std::uint64_t> bits(const std::vector<double>& values) {
  std::vector<std::uint64_t> words;
  for (const double v : values) words.push_back(std::bit_cast<std::uint64_t>(v));
  return words;
}

std::string striking_at(const char* shock, const char* when) {
  std::string yaml = kCluster;
  const std::string key = std::string("  ") + shock + ":";
  const std::size_t at = yaml.find("hits:", yaml.find(key));
  return yaml.insert(at, std::string("at: ") + when + (yaml[at - 1] == '{' ? ", " : "\n    "));
}

TEST(Stress, ABranchIsTheRunThatTheScenarioWouldHaveGiven) {
  for (const char* shock : {"quake", "fire", "rush", "hacked", "closed"}) {
    const auto model = tests::model_of_text(kCluster), written = tests::model_of_text(striking_at(shock, "70 d"));
    const world::RunResult whole = world::Simulation(*written).run(3, 1);
    world::Simulation base(*model), branch(*model);
    base.start(3, 1);
    base.run_to(core::Instant{0} + model->warm_up);
    branch.fork_from(base);
    disruption::ShockId id{0};
    while (model->disruption.shocks[id].name != shock) id = disruption::ShockId{id.index + 1};
    branch.strike(id, core::Instant{0} + core::kDay * 70, std::nullopt);
    const world::RunResult branched = branch.finish();
    EXPECT_EQ(bits(branched.values), bits(whole.values)) << shock;
    EXPECT_NE(branched.fingerprint, base.finish().fingerprint) << shock;
  }
}

TEST(Stress, KeepsGoodsAndBitsInPartsAndFromBytes) {
  for (const char* shock : {"quake", "fire", "closed"}) {
    const auto model = tests::model_of_text(striking_at(shock, "70 d"));
    for (std::uint32_t replication = 0; replication < 4; ++replication) {
      const world::RunResult whole = world::Simulation(*model).run(5, replication);
      world::RunPlan plan{.parts = 2, .part_of = {0, 0, 0, 1, 1}, .lookahead = core::kMinute, .threads = 2};
      EXPECT_EQ(world::Simulation(*model, plan).run(5, replication).fingerprint, whole.fingerprint) << shock;
      world::Simulation first(*model), second(*model);
      first.start(5, replication);
      first.run_to(core::Instant{0} + core::kDay * 74);  // work stands, goods wait
      ASSERT_TRUE(second.from_bytes(first.to_bytes()));
      EXPECT_EQ(second.finish().fingerprint, whole.fingerprint) << shock;
    }
  }
}

TEST(Stress, GivesTheSameFromScratchAndOnAnyNumberOfThreads) {
  const auto model = tests::model_of_text(kCluster);
  StressOptions options;
  for (const char* shock : {"quake", "fire"}) {
    options.exercises.push_back({.shock = shock, .length = {}, .lasts = core::kDay * 12, .spread = {}});
  }
  options.exercises.push_back(
      {.shock = "fire", .length = {}, .lasts = {}, .answers = false, .spread = core::kDay * 30});
  options.replications = 4;
  const Stressed branched = stress(*model, options);
  options.from_scratch = true;
  options.threads = 3;
  const Stressed scratch = stress(*model, options);
  for (std::size_t e = 0; e < options.exercises.size(); ++e) {
    ASSERT_EQ(branched.exercises[e].outcomes.size(), 4U);
    for (std::size_t r = 0; r < 4; ++r) {
      const Outcome &a = branched.exercises[e].outcomes[r], &b = scratch.exercises[e].outcomes[r];
      EXPECT_EQ(a.late, b.late);
      EXPECT_EQ(a.lost, b.lost);
      EXPECT_EQ(a.area, b.area);
      EXPECT_EQ(a.loss, b.loss);
      EXPECT_EQ(a.worst_service, b.worst_service);
    }
  }
  EXPECT_GT(branched.exercises[0].late.mean, 0);
}

TEST(Stress, WhatCanBeHitRunsAsIfItCouldNot) {
  // Rows of interrupted work are kept for what a shock may hit: they change nothing as long as none strikes.
  std::string calm = kCluster;
  calm.erase(calm.find("disruptions:"));
  std::string never = kCluster;
  never.erase(never.find("  trips:"));
  const auto with = tests::model_of_text(never);
  const world::RunResult a = tests::simulate_text(calm).result;
  const world::RunResult b = world::Simulation(*with).run(1, 0);
  EXPECT_EQ(bits(a.values), bits(b.values));
  EXPECT_EQ(a.events, b.events);
}

}  // namespace
}  // namespace tierworks::experiments
