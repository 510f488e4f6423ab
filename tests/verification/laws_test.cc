// Scenarios whose exact results are known, against those results: for seeds 1, 2 and 3 the exact value lies in the
// 99.9 % interval, and the interval's half-width is at most 1 % of it; the mean of the three is within 0.5 % of it. `exact_values.py` computes the values from the
// laws; each scenario names its source; docs/verification.md shows what these runs give.
#include <ostream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/verification/run_scenario.h"

namespace tierworks::tests {
namespace {

struct Known {
  const char* kpi;
  double exact;
  const char* scope = "world";
};

// As the page names it: `order_lead_time`, `order_lead_time@class:gold`.
std::string name_of(const Known& known) {
  const std::string scope = known.scope;
  return scope == "world" ? known.kpi : std::string(known.kpi) + "@" + scope;
}

struct Law {
  const char* scenario;
  std::vector<Known> known;
};

void PrintTo(const Law& law, std::ostream* out) { *out << law.scenario; }

const std::vector<Law>& laws() {
  static const std::vector<Law> all = {
      // M/M/1: W = 1 / (mu - lambda), L = lambda W; 0.8 and 1 per hour
      {"mm1", {{"order_lead_time", 5}, {"backorders", 4}, {"utilisation", 0.8}}},
      // two classes, preemptive: W1 = 1 / (mu - lambda1), W2 = W1 mu / (mu - lambda); 0.3 and 0.5 per hour
      {"mm1_classes",
       {{"order_lead_time", 1 / 0.7, "class:gold"},
        {"order_lead_time", 1 / (0.7 * 0.2), "class:others"},
        {"order_lead_time", 5},
        {"backorders", 4}}},
      // M/M/c: W = C / (c mu - lambda) + 1 / mu with Erlang's C(2, 1.5) = 9/14, C(5, 4) = 0.55411255,
      // C(10, 9) = 0.66873152
      {"mm2", {{"order_lead_time", 16.0 / 7}, {"backorders", 24.0 / 7}}},
      {"mm5", {{"order_lead_time", 1.5541125541}, {"backorders", 6.2164502165}}},
      {"mm10", {{"order_lead_time", 1.6687315241}, {"backorders", 15.018583717}}},
      // M/G/1, Pollaczek-Khinchine: W = 1 + 0.8 (1 + scv) / (2 * 0.2), L = 0.8 W; scv 0, 1/2, 1, 4
      {"mg1_constant", {{"order_lead_time", 3}, {"backorders", 2.4}}},
      {"mg1_erlang2", {{"order_lead_time", 4}, {"backorders", 3.2}}},
      {"mg1_exponential", {{"order_lead_time", 5}, {"backorders", 4}}},
      {"mg1_hyperexponential", {{"order_lead_time", 11}, {"backorders", 8.8}}},
      // E2/H2/1: mean of the stationary quasi-birth-death chain
      {"gi_g1", {{"order_lead_time", 9.8324797584}, {"backorders", 8.8492317826}}},
      // the same M/D/1 made of a lane with one vehicle, and of a supplier of one unit an hour with 2 h of transport
      {"lane_capacity", {{"order_lead_time", 3}, {"backorders", 2.4}}},
      {"supplier_capacity", {{"order_lead_time", 5}, {"backorders", 4}}},
      // M/M/1/5: p_n ~ 0.9^n, n = 0..5; lost p_5, L = sum n p_n, throughput 0.9 (1 - p_5) per hour
      {"mm1_room", {{"lost_share", 0.12602254999}, {"backorders", 2.1947823006}, {"throughput", 18.87791292}}},
      // M/G/10/10: B(10, 8) by Erlang's formula, L = 8 (1 - B)
      {"erlang_loss", {{"lost_share", 0.12166106425}, {"backorders", 7.026711486}}},
      // two stations with b places between them: throughput (b + 2) / (b + 3) per hour
      {"blocking_0", {{"throughput", 16}, {"lost_share", 1.0 / 3}}},
      {"blocking_1", {{"throughput", 18}, {"lost_share", 1.0 / 4}}},
      // machine repair as its dual M/G/5/5: B(5, 5), 5 (1 - B) machines run, (1 - B) / 2 repairs per hour
      {"machine_repair", {{"lost_share", 0.28486782133}, {"backorders", 3.5756608933}, {"throughput", 8.581586144}}},
      // alternating renewal: up 90 / (90 + 10)
      {"availability", {{"utilisation", 0.9}}},
      // lines that disruptions stop by the clock: four states each, by the balance of flow
      {"interrupted_lines",
       {{"lost_share", 0.54347826087, "item:a"},
        {"throughput", 8.7652173913, "item:a"},
        {"lost_share", 0.46012269939, "item:b"},
        {"throughput", 6.4785276074, "item:b"}}},
      // CONWIP: throughput w / (w + 3) per hour; three of the four stations hold 3/4 of the jobs
      {"conwip_1", {{"throughput", 6}, {"backorders", 0.75}, {"order_lead_time", 3}}},
      {"conwip_4", {{"throughput", 24 * 4.0 / 7}, {"backorders", 3}, {"order_lead_time", 5.25}}},
      {"conwip_10", {{"throughput", 24 * 10.0 / 13}, {"backorders", 7.5}, {"order_lead_time", 9.75}}},
      // the shop floor: Cobham's waits 0.8 / 0.7 and 0.8 / (0.7 * 0.2), and an hour of work
      {"shop_priorities",
       {{"cycle_time", 1 + 0.8 / 0.7, "product:hot"}, {"cycle_time", 1 + 0.8 / (0.7 * 0.2), "product:others"}}},
      // machine repair with a crew of one: birth and death
      {"shop_repair", {{"busy", 3.5756608933 / 5}, {"throughput", 24 * 3.5756608933, "product:parts"}}},
      {"shop_blocking_0", {{"throughput", 16, "product:parts"}, {"busy", 2.0 / 3}}},
      {"shop_blocking_1", {{"throughput", 18, "product:parts"}, {"busy", 0.75}}},
      {"shop_conwip_1", {{"throughput", 6, "product:parts"}, {"cycle_time", 4}}},
      {"shop_conwip_4", {{"throughput", 24 * 4.0 / 7, "product:parts"}, {"cycle_time", 7}}},
      {"shop_conwip_10", {{"throughput", 24 * 10.0 / 13, "product:parts"}, {"cycle_time", 13}}},
      // Jackson: rho / (1 - rho) at each of three machines
      {"shop_jackson", {{"cycle_time", 1.4552705798}, {"wip", 1.4552705798}}},
      // breakdowns while busy: E C = 1.1, E C^2 = 2.62
      {"shop_breakdowns", {{"cycle_time", 1.1 + 0.5 * 2.62 / (2 * 0.45)}, {"down", 0.05}, {"busy", 0.5}}},
      // M[2]/M/1: L = 0.6 (1 + 2) / (2 * 0.4)
      {"shop_batch_arrivals", {{"wip", 2.25}, {"cycle_time", 3.75}}},
      // closed network of six by mean value analysis
      {"shop_closed", {{"throughput", 21.765895478, "product:parts"}, {"cycle_time", 6.6158546127}}},
      // M/G/1 of 0.6 h and, for every second lot by chance, 0.4 h of set-up: wait 0.68 / (2 * 0.2)
      {"shop_setups", {{"cycle_time", 2.5}, {"setup", 0.2}, {"busy", 0.6}}},
      // batches of four: E4/M/1, and 3 / (2 * 3.2) h until a batch is full
      {"shop_batches", {{"cycle_time", 3.7361336104}, {"busy", 0.8}}},
      // M/D/1 at the entrance of a track, 3 h for a lot, 2 h of rest
      {"shop_cascade", {{"cycle_time", 6.6}, {"wip", 6.6}, {"busy", 0.8}}},
      // (S-1,S), Palm: on order N ~ Poisson(6), EBO = sum (k - 8) p_k over k > 8, on hand EBO + 2, fill rate P(N < 8)
      {"base_stock", {{"backorders", 0.31402138915}, {"on_hand", 2.3140213892}, {"fill_rate", 0.74397976045}}},
      {"base_stock_random", {{"backorders", 0.31402138915}, {"on_hand", 2.3140213892}, {"fill_rate", 0.74397976045}}},
      // the same with Poisson(3) in work and S = 5
      {"base_stock_made", {{"backorders", 0.13462055627}, {"on_hand", 2.1346205563}, {"fill_rate", 0.81526324452}}},
      // (S-1,S) with lost sales: B(8, 6) by Erlang's formula, on hand 8 - 6 (1 - B)
      {"base_stock_lost", {{"lost_share", 0.12187578367}, {"on_hand", 2.731254702}}},
      // compound Poisson demand of geometric sizes: on order by Panjer's recursion
      {"base_stock_compound", {{"backorders", 0.61771931624}, {"on_hand", 6.6177193162}}},
      // one for one in two echelons: the depot's debt (Poisson(10) - 8)+, split among four bases by chance
      {"two_echelon",
       {{"backorders", 0.24336661618},
        {"on_hand", 8.2433666162},
        {"on_hand", 0.46035096399, "site:depot"},
        {"fill_rate", 0.87810434991}}},
      // newsvendor: (h + p) sigma G(z) + h (S - mu) at S = 56.604; fill rate 1 - sigma G(z) / mu
      {"newsvendor", {{"total_cost", 1.9976051932}, {"backorders", 0.91918771955}, {"fill_rate", 0.98161624561}}},
      // risk pooling: four times that apart, twice that together
      {"pooling_apart", {{"total_cost", 4 * 1.9976051932}}},
      {"pooling_together", {{"total_cost", 2 * 1.9976051932}}},
      // (s,S) = (4, 10): Markov chain of the position; 5 P(order) + E[level+] + 4 E[level-]
      {"min_max", {{"total_cost", 8.0341115615}, {"cost_ordering", 3.4098322083}}},
      // (r,Q) = (3, 5): position uniform on 4..8, minus Poisson(3); cost 100 * 1.5 / 5 + 20 E[level+] + 150 E[level-]
      {"reorder_quantity", {{"total_cost", 107.92358063}, {"on_hand", 3.1054328273}, {"backorders", 0.10543282725}}},
      // (R,S) = (4 d, 12): level 12 - Poisson(2 (2 d + u)), u uniform on [0, 4 d)
      {"periodic_review", {{"on_hand", 4.3180089333}, {"backorders", 0.31800893331}}},
      // goods that last a day: E[(12 - D)+] and E[(D - 12)+], D ~ Poisson(10)
      {"fresh_daily", {{"waste", 2.5309162537}, {"lost_sales", 0.5309162537}}},
      // a critical level: 3, 2, 1 and 0 are there for 0.1, 0.3, 0.45 and 0.15 of the time
      {"critical_level", {{"lost_share", 0.15, "class:clinic"}, {"lost_share", 0.6, "class:shop"}, {"on_hand", 1.35}}},
      // AR(1) demand, lead time 2 d: as the newsvendor, with sigma = 8 sqrt(2 (1 + 0.6))
      {"newsvendor_ar1", {{"total_cost", 3.5734248054}, {"backorders", 1.6442100061}}},
      // M(t)/D/infinity: on order at t Poisson with the area of the rate over 3 d, averaged over the week
      {"base_stock_profile", {{"backorders", 0.20788453892}, {"on_hand", 3.0650273927}, {"demand", 12.0 / 7}}},
      // intermittent demand: 20 - the demand of three days, each 0, 5 or 15 with probability 0.8, 0.1, 0.1
      {"intermittent", {{"backorders", 0.325}, {"on_hand", 14.325}, {"demand", 2}}},
      // Clark-Scarf: B3 = (D(2) - S3)+, B2 = (B3 + D - S2)+, level 1 = S1 - B2 - D; with transit 5 * (2 + 4) more
      {"clark_scarf", {{"total_cost", 17.660181679}}},
      {"clark_scarf_transit", {{"total_cost", 47.660181679}}},
  };
  return all;
}

class Verification : public ::testing::TestWithParam<Law> {};

TEST_P(Verification, ExactValueLiesInANarrowInterval) {
  const Law& law = GetParam();
  std::vector<double> sums(law.known.size(), 0);
  for (const std::uint64_t seed : {1, 2, 3}) {
    const experiments::Replicated result = run_verification(law.scenario, seed);
    ASSERT_GE(result.confidence, 0.999);
    ASSERT_TRUE(result.outcomes.empty()) << "a replication did not run to its end";
    for (std::size_t i = 0; i < law.known.size(); ++i) {
      const Known& known = law.known[i];
      const core::Interval found = kpi_of(result, known.kpi, known.scope);
      sums[i] += found.mean;
      const std::string text = show(law.scenario, seed, name_of(known), known.exact, found);
      EXPECT_TRUE(found.covers(known.exact)) << text;
      EXPECT_LE(found.half_width, 0.01 * known.exact) << text;
    }
  }
  for (std::size_t i = 0; i < law.known.size(); ++i) {
    const Known& known = law.known[i];
    EXPECT_NEAR(sums[i] / 3, known.exact, 0.005 * known.exact)
        << law.scenario << ": " << name_of(known) << ", all seeds";
  }
}

INSTANTIATE_TEST_SUITE_P(Laws, Verification, ::testing::ValuesIn(laws()),
                         [](const auto& test) { return std::string(test.param.scenario); });

// What a planner asks for and what the stock then gives, or how much more orders vary than demand: within half a point of
// the exact value, or 1 % of it, whatever the seed.
struct Planned {
  const char* scenario;
  const char* kpi;
  double exact;
  double within;
  const char* scope = "site:kiosk/item:paper";
};

// The page names a scope only if it is not the usual one.
std::string name_of(const Planned& law) {
  const Planned usual{};
  return law.scope == std::string(usual.scope) ? law.kpi : std::string(law.kpi) + "@" + law.scope;
}

void PrintTo(const Planned& law, std::ostream* out) { *out << law.scenario; }

class Planning : public ::testing::TestWithParam<Planned> {};

TEST_P(Planning, ReachesWhatTheorySays) {
  const Planned& law = GetParam();
  for (const std::uint64_t seed : {1, 2, 3}) {
    const experiments::Replicated result = run_verification(law.scenario, seed);
    ASSERT_TRUE(result.outcomes.empty()) << "a replication did not run to its end";
    const core::Interval found = kpi_of(result, law.kpi, law.scope);
    const std::string text = show(law.scenario, seed, name_of(law), law.exact, found);
    EXPECT_NEAR(found.mean, law.exact, law.within) << text;
    EXPECT_LE(found.half_width, law.within) << text;
  }
}

INSTANTIATE_TEST_SUITE_P(
    Laws, Planning,
    ::testing::Values(
        // a level for the normal demand of the days from an order to the goods of the next: P(D <= S) as asked
        Planned{"safety_cycle_service", "cycle_service_level", 0.95, 0.005},
        // E[(D3 - S)+] - E[(D2 - S)+] = (1 - 0.92) E[D]
        Planned{"safety_fill_rate", "fill_rate", 0.92, 0.005},
        // Chen et al.: 1 + 2 L / n + 2 L^2 / n^2
        Planned{"bullwhip_1_4", "bullwhip", 1.625, 0.01 * 1.625},
        Planned{"bullwhip_2_5", "bullwhip", 2.12, 0.01 * 2.12}, Planned{"bullwhip_4_5", "bullwhip", 3.88, 0.01 * 3.88},
        // 1 + 2 (L1 + L2) / n + 2 (L1 + L2)^2 / n^2, over the same of L1 alone
        Planned{"bullwhip_shared", "bullwhip", 2.5 / 1.625, 0.01 * 2.5 / 1.625, "site:depot/item:paper"},
        // (1 + a (L1 + L2))^2 + a^2 (L1 + L2)^2 a / (2 - a), over the same of L1 alone
        Planned{"bullwhip_forecast", "bullwhip", 3.4 / 2.0, 0.01 * 1.7, "site:depot/item:paper"}),
    [](const auto& test) { return std::string(test.param.scenario); });

struct ByHand {
  const char* scenario;
  std::vector<Known> known;
};

void PrintTo(const ByHand& law, std::ostream* out) { *out << law.scenario; }

const std::vector<ByHand>& by_hand() {
  // Stock that falls by equal steps, half an interval after the nodes of the law's straight line, has the average of
  // that line, because replenishments and zero crossings lie on nodes.
  static const double q_eoq = 23388 * 0.013, q_back = 23909 * 0.013, b = 1030 * 0.013, q_epq = 15568 * 0.011;
  static const std::vector<ByHand> all = {
      // EOQ: on hand Q / 2; cost K lambda / Q + h Q / 2 a year
      {"eoq", {{"on_hand", q_eoq / 2}, {"total_cost", (8 * 1300 / q_eoq + 0.225 * q_eoq / 2) / 365}, {"fill_rate", 1}}},
      // with backorders: on hand (Q - b)^2 / 2Q, backorders b^2 / 2Q, fill rate 1 - b / Q
      {"eoq_backorders",
       {{"on_hand", (q_back - b) * (q_back - b) / (2 * q_back)},
        {"backorders", b * b / (2 * q_back)},
        {"fill_rate", 1 - b / q_back},
        {"total_cost", (8 * 1300 + 0.225 * (q_back - b) * (q_back - b) / 2 + 5 * b * b / 2) / q_back / 365}}},
      // EPQ: on hand Q (1 - d / P) / 2; cost K d / Q + h Q (1 - d / P) / 2 a day; the press works d / P of the time
      {"epq",
       {{"on_hand", q_epq * (1 - 80.0 / 110) / 2},
        {"utilisation", 80.0 / 110},
        {"total_cost", 4 * 80 / q_epq + 0.08 * q_epq / 2 * (1 - 80.0 / 110)}}},
  };
  return all;
}

class HandCalculation : public ::testing::TestWithParam<ByHand> {};

TEST_P(HandCalculation, IsMetToTheLastDigits) {
  const ByHand& law = GetParam();
  const experiments::Replicated result = run_verification(law.scenario, 1);
  for (const Known& known : law.known) {
    const core::Interval found = kpi_of(result, known.kpi, known.scope);
    EXPECT_NEAR(found.mean, known.exact, 1e-9 * known.exact)
        << show(law.scenario, 1, name_of(known), known.exact, found);
    EXPECT_EQ(found.half_width, 0) << known.kpi;
  }
}

INSTANTIATE_TEST_SUITE_P(Laws, HandCalculation, ::testing::ValuesIn(by_hand()),
                         [](const auto& test) { return std::string(test.param.scenario); });

// The square-root law itself: pooling halves the cost of four newsvendors.
TEST(RiskPooling, HalvesTheCostOfFour) {
  const core::Interval apart = world_kpi(run_verification("pooling_apart", 1), "total_cost");
  const core::Interval together = world_kpi(run_verification("pooling_together", 1), "total_cost");
  EXPECT_NEAR(together.mean / apart.mean, 0.5, 0.01 * 0.5);
}

}  // namespace
}  // namespace tierworks::tests
