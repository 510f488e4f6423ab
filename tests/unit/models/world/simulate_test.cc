// Whole runs: warm-up, common random numbers, chains without delay, outcomes, and that memory is used again without traces.
#include "models/world/simulate.h"

#include <cmath>
#include <cstring>
#include <string>

#include <gtest/gtest.h>

#include "models/world/engine.h"
#include "tests/support/simulate.h"

namespace tierworks::world {
namespace {

using tests::Ran;
using tests::simulate_text;

bool same_bits(double a, double b) { return std::memcmp(&a, &b, sizeof a) == 0 || (std::isnan(a) && std::isnan(b)); }

// A mill, a plant and a shop with everything at random.
std::string chain(const std::string& more_sites = "", const std::string& more_demand = "", int shop_level = 20) {
  return R"(
tierworks: 1
time: {horizon: 200 d, warm_up: 30 d}
money: {holding: 20 % / yr}
items:
  steel: {unit: kg, resolution: 0.1, value: 2, attrition: 2 %}
  frame: {value: 30, bom: {steel: 4 kg}}
sites:
)" + more_sites +
         R"(
  mill: {sells: {steel: {quoted: lognormal 5 d cv 0.3}}}
  plant:
    buys: {steel: {from: mill, transit: gamma 2 d cv 0.5}}
    lines: {press: {servers: 2}}
    makes: {frame: {line: press, time: lognormal 100 min cv 0.3}}
    stock: {steel: {reorder_point: 500, quantity: 400}, frame: {level: 15}}
  shop:
    buys: {frame: {from: plant, transit: uniform 10 h to 30 h}}
    stock: {frame: {level: )" +
         std::to_string(shop_level) + R"(}}
demand:
)" + more_demand +
         R"(
  customers: {at: shop, item: frame, orders: poisson 8 / d, size: gamma 1.4 sd 1, due: 1 d, price: 55, transit: exponential 4 h}
)";
}

constexpr const char* kUnrelatedSites = R"(
  works:
    makes: {steel: {time: exponential 1 h}}
    lines: {saw: {}}
  store:
    buys: {frame: {from: depot, transit: exponential 1 d}}
    stock: {frame: {level: 30}}
  depot:
    sells: {frame: {quoted: exponential 2 d}}
)";
constexpr const char* kUnrelatedDemand =
    "  strangers: {at: store, item: frame, orders: poisson 9 / d, size: uniform 1 to 3}\n"
    "  others: {at: works, item: steel, orders: poisson 2 / d}\n";

TEST(WarmUp, RestartsTalliesAndKeepsTheState) {
  // Ten boxes of the start are sold by day 10, and then each customer waits for 5 days: the measured time knows only these.
  const Ran run = simulate_text(R"(
tierworks: 1
time: {horizon: 20 d, warm_up: 20 d}
items: {box: {}}
sites:
  mill: {sells: {box: {quoted: 5 d}}}
  shop: {buys: {box: {from: mill, transit: 0 h, order_time: 0 h}}, stock: {box: {level: 0, initial: 10}}}
demand: {at: shop, item: box, orders: every 1 d, price: 7, waiting_cost: 1 / d}
)");
  EXPECT_DOUBLE_EQ(run("on_hand"), 0);
  EXPECT_DOUBLE_EQ(run("fill_rate"), 0);
  EXPECT_DOUBLE_EQ(run("demand"), 1);
  EXPECT_DOUBLE_EQ(run("backorders"), 5);
  EXPECT_DOUBLE_EQ(run("cost_shortage"), 5);
  EXPECT_DOUBLE_EQ(run("throughput"), 1);  // five ordered before the warm-up's end are shipped after it
  EXPECT_DOUBLE_EQ(run("revenue"), 7);
  EXPECT_DOUBLE_EQ(run("order_lead_time"), 120);
  EXPECT_DOUBLE_EQ(run("on_time"), 0);
}

TEST(WarmUp, CountsOrdersByTheirArrival) {
  // All five customers of the first days are served on day 6, in the measured time: they are throughput but not orders.
  const Ran run = simulate_text(R"(
tierworks: 1
time: {horizon: 10 d, warm_up: 5 d}
items: {box: {}}
sites:
  mill: {sells: {box: {}}}
  shop: {buys: {box: {from: mill, transit: 0 h, order_time: 0 h}}, stock: {box: {level: 0, review: 100 d from 6 d}}}
demand: {at: shop, item: box, orders: every 1 d}
)");
  EXPECT_DOUBLE_EQ(run("throughput"), 7 / 10.0);             // days 0 .. 6
  EXPECT_DOUBLE_EQ(run("order_lead_time"), (24 + 0) / 2.0);  // days 5 and 6
  EXPECT_DOUBLE_EQ(run("order_lead_time", "site:shop"), (24 + 0) / 2.0);
  EXPECT_DOUBLE_EQ(run("on_time"), 1 / 10.0);  // 5 was late, 7 .. 14 are overdue
  EXPECT_DOUBLE_EQ(run("demand"), 1);
}

TEST(WarmUp, CountsLostOrdersByTheirArrivalToo) {
  // Ordered on days 4, 14 and 24, given up three days later: that of day 4 is not of the measured days 5 to 25, that of day
  // 24 still waits at their end.
  const Ran run = simulate_text(R"(
tierworks: 1
time: {horizon: 20 d, warm_up: 5 d}
items: {box: {}}
sites:
  mill: {sells: {box: {quoted: 100 d}}}
  shop: {buys: {box: {from: mill}}}
demand: {at: shop, item: box, orders: every 10 d from 4 d, unmet: wait 3 d}
)");
  EXPECT_DOUBLE_EQ(run("lost_sales"), 1 / 20.0);
  EXPECT_DOUBLE_EQ(run("lost_share"), 1 / 2.0);
  EXPECT_DOUBLE_EQ(run("backorders"), (2 + 3 + 1) / 20.0);
}

TEST(WarmUp, TheFingerprintIsThatOfTheWholeRun) {
  const Ran whole = tests::simulate_model(*tests::model_of_text(chain(), {"time.warm_up=0 d", "time.horizon=230 d"}));
  const Ran cut = simulate_text(chain());
  EXPECT_EQ(whole.result.fingerprint, cut.result.fingerprint);
  EXPECT_EQ(whole.result.events, cut.result.events);
  EXPECT_NE(whole("fill_rate"), cut("fill_rate"));
}

TEST(CommonRandomNumbers, AddingUnrelatedSitesChangesNoNumberOfTheOthers) {
  const Ran alone = simulate_text(chain(), 4, 2);
  const Ran among_others = simulate_text(chain(kUnrelatedSites, kUnrelatedDemand), 4, 2);
  int compared = 0;
  for (const auto& [row, value] : alone.kpis) {
    const std::string& scope = row.second;
    if (!scope.starts_with("site:") && !scope.starts_with("work_centre:")) continue;
    EXPECT_TRUE(same_bits(value, among_others(row.first, scope))) << row.first << " of " << scope;
    ++compared;
  }
  EXPECT_GT(compared, 60);
  EXPECT_NE(alone("demand"), among_others("demand"));
}

TEST(CommonRandomNumbers, AnotherLevelFacesTheSameCustomers) {
  const Ran low = simulate_text(chain("", "", 15), 4), high = simulate_text(chain("", "", 30), 4);
  EXPECT_TRUE(same_bits(low("demand"), high("demand")));
  EXPECT_TRUE(same_bits(low("demand", "site:shop/item:frame"), high("demand", "site:shop/item:frame")));
  EXPECT_LT(low("fill_rate"), high("fill_rate"));
  EXPECT_NE(low.result.fingerprint, high.result.fingerprint);
}

TEST(CommonRandomNumbers, SeedsAndReplicationsAreDifferentWorlds) {
  const Ran one = simulate_text(chain(), 1, 0), other_seed = simulate_text(chain(), 2, 0);
  const Ran other_replication = simulate_text(chain(), 1, 1), again = simulate_text(chain(), 1, 0);
  EXPECT_NE(one.result.fingerprint, other_seed.result.fingerprint);
  EXPECT_NE(one.result.fingerprint, other_replication.result.fingerprint);
  EXPECT_NE(one("demand"), other_seed("demand"));
  EXPECT_NE(one("demand"), other_replication("demand"));
  EXPECT_EQ(one.result.fingerprint, again.result.fingerprint);
}

TEST(Simulation, UsesItsMemoryAgainWithoutATrace) {
  const auto model = tests::model_of_text(chain(kUnrelatedSites, kUnrelatedDemand));
  Simulation simulation(*model);
  const RunResult first = simulation.run(1, 0);
  simulation.run(2, 7);
  const RunResult again = simulation.run(1, 0);
  EXPECT_EQ(first.fingerprint, again.fingerprint);
  EXPECT_EQ(first.events, again.events);
  ASSERT_EQ(first.values.size(), kpi_rows(*model).size());
  for (std::size_t i = 0; i < first.values.size(); ++i) EXPECT_TRUE(same_bits(first.values[i], again.values[i])) << i;
}

TEST(Simulation, AForkOfTheStateEndsAsTheOriginal) {
  const auto model = tests::model_of_text(chain());
  const common::RunSettings settings{.random = {3, 1}, .measure_from = {0}, .end = core::Instant{0} + core::kDay * 100};
  State state;
  state.kernel.reset(model->sites.size());
  Engine engine(*model, state, settings);
  engine.start();
  state.kernel.run_before(core::Instant{0} + core::kDay * 40, engine, Engine::dispatch());
  State fork;
  fork.copy_from(state);
  Engine fork_engine(*model, fork, settings);
  fork.kernel.run_before(settings.end, fork_engine, Engine::dispatch());
  EXPECT_NE(fork.kernel.fingerprint(), state.kernel.fingerprint());
  state.kernel.run_before(settings.end, engine, Engine::dispatch());
  EXPECT_EQ(fork.kernel.fingerprint(), state.kernel.fingerprint());
  EXPECT_EQ(fork.kernel.events(), state.kernel.events());
}

TEST(Outcome, IsStarvedIfCustomersOrderedAndNothingWasShipped) {
  const auto outcome = [](const std::string& stock, const std::string& orders) {
    return simulate_text(
               "tierworks: 1\ntime: {horizon: 20 d}\nitems: {box: {}}\nsites:\n"
               "  mill: {sells: {box: {quoted: 1000 d}}}\n  shop: {buys: {box: {from: mill}}, stock: {box: {level: " +
               stock + "}}}\ndemand: {at: shop, item: box, orders: " + orders + "}\n")
        .result.outcome;
  };
  EXPECT_EQ(outcome("0", "every 1 d"), Outcome::starved);
  EXPECT_EQ(outcome("1", "every 1 d"), Outcome::complete);
  EXPECT_EQ(outcome("0", "every 100 d from 50 d"), Outcome::complete);  // nobody ordered
}

TEST(Outcome, IsALoopIfEventsFollowEachOtherTooOftenAtOneInstant) {
  // One server makes unit after unit in no time, more of them than an instant can hold (EventKey::kMaxDepth); 30,000 are still fine. The run
  // stops in its warm-up or after it; what it leaves behind is conserved but says nothing of the scenario.
  const auto run = [](int size, const std::string& warm_up) {
    return simulate_text(
        "tierworks: 1\ntime: {horizon: 20 d, warm_up: " + warm_up +
        "}\nitems: {part: {}}\nsites:\n  plant: {lines: {press: {}}, makes: {part: {line: press, time: 0 h}}}\n"
        "demand: {at: plant, item: part, orders: every 100 d from 4 d, size: " +
        std::to_string(size) + "}\n");
  };
  EXPECT_EQ(run(30'000, "0 d").result.outcome, Outcome::complete);
  EXPECT_EQ(run(40'000, "9 d").result.outcome, Outcome::loop_without_delay);
  const Ran stopped = run(40'000, "2 d");
  EXPECT_EQ(stopped.result.outcome, Outcome::loop_without_delay);
  for (const auto& [row, value] : stopped.kpis) EXPECT_TRUE(std::isnan(value)) << row.first << " of " << row.second;
}

TEST(ChainsWithoutDelay, AreServedAtTheInstantOfTheOrder) {
  const Ran run = simulate_text(R"(
tierworks: 1
time: {horizon: 50 d}
items: {raw: {}, part: {bom: {raw: 3}}}
sites:
  mine: {sells: {raw: {}}}
  plant:
    buys: {raw: {from: mine, transit: 0 h, order_time: 0 h}}
    makes: {part: {time: 0 h}}
  depot: {buys: {part: {from: plant, transit: 0 h, order_time: 0 h}}}
  shop: {buys: {part: {from: depot, transit: 0 h, order_time: 0 h}}}
demand: {at: shop, item: part, orders: every 6 h, size: 2}
)");
  EXPECT_EQ(run.result.outcome, Outcome::complete);
  EXPECT_EQ(run("order_lead_time"), 0);
  EXPECT_EQ(run("on_time"), 1);
  EXPECT_EQ(run("fill_rate"), 0);
  EXPECT_EQ(run("backorders"), 0);
  EXPECT_DOUBLE_EQ(run("throughput"), 8);
  EXPECT_EQ(run("pipeline_stock"), 0);
}

}  // namespace
}  // namespace tierworks::world
