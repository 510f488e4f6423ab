// Which rows there are, and that the KPIs of a scope are those of its parts.
#include "models/world/measure.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "models/world/sums.h"
#include "tests/support/simulate.h"

namespace tierworks::world {
namespace {

using tests::Ran;
using tests::simulate_text;

// Two plants make parts of the same steel and supply one shop; a second item comes from outside.
constexpr const char* kScenario = R"(
tierworks: 1
time: {horizon: 300 d, warm_up: 20 d}
money: {holding: 20 % / yr, transit_holding: 10 % / yr}
items:
  steel: {unit: kg, resolution: 0.5, value: 2}
  part: {value: 30, bom: {steel: 2.5 kg}}
  glove: {value: 4}
sites:
  mill: {sells: {steel: {quoted: gamma 4 d cv 0.4, price: 1.5}, glove: {}}}
  east:
    buys: {steel: {from: mill, transit: 1 d}}
    lines: {press: {cost_per_hour: 12}}
    makes: {part: {line: press, time: exponential 2 h, cost: 3}}
    stock: {steel: {level: 150, ordering_cost: 5}, part: {level: 6}}
  west:
    buys: {steel: {from: mill}}
    makes: {part: {time: 5 h, cost: 4}}
    stock: {steel: {level: 100}, part: {level: 4}}
  shop:
    buys: {part: {from: {east: 60 %, west: 40 %}, transit: 8 h}, glove: {from: mill}}
    stock: {part: {level: 5}, glove: {level: 3}}
lanes:
  mill_to_west: {from: mill, to: west, transit: 36 h, cost_per_unit: 0.2}
demand:
  a: {at: shop, item: part, region: north, orders: poisson 5 / d, due: 1 h, price: 70, shortage_cost: 2}
  b: {at: shop, item: part, region: south, orders: poisson 3 / d, due: 1 h, unmet: lost, price: 80}
  c: {at: shop, item: glove, orders: poisson 6 / d, unmet: wait 30 min}
)";

TEST(Measure, RowsAreUniqueAndInTheOrderOfTheirScopes) {
  const auto rows = kpi_rows(*tests::model_of_text(kScenario));
  std::set<std::pair<std::string, std::string>> seen;
  for (const KpiRow& row : rows)
    EXPECT_TRUE(seen.emplace(row.kpi->name, row.scope).second) << row.kpi->name << row.scope;
  ASSERT_FALSE(rows.empty());
  EXPECT_EQ(rows.front().scope, "world");
  for (const char* scope : {"world", "tier:0", "region:north", "site:east", "item:steel", "site:west/item:part",
                            "lane:mill_to_west", "work_centre:east/press"}) {
    EXPECT_TRUE(std::any_of(rows.begin(), rows.end(), [&](const KpiRow& row) { return row.scope == scope; })) << scope;
  }
  EXPECT_FALSE(seen.contains({"fill_rate", "site:mill"}));    // it keeps no stock
  EXPECT_FALSE(seen.contains({"utilisation", "site:west"}));  // it has no named line
  EXPECT_FALSE(seen.contains({"revenue", "site:east"}));      // no customers there
  EXPECT_FALSE(seen.contains({"order_lead_time", "item:steel"}));
}

TEST(Measure, TheWholeIsTheSumOfItsParts) {
  const Ran run = simulate_text(kScenario);
  const auto sum = [&](const std::string& kpi, const std::string& prefix) {
    double total = 0;
    for (const auto& [row, value] : run.kpis) {
      if (row.first == kpi && row.second.starts_with(prefix) && row.second.find('/') == std::string::npos)
        total += value;
    }
    return total;
  };
  for (const char* kpi : {"on_hand", "inventory_value", "pipeline_stock", "cost_holding"}) {
    for (const char* parts : {"site:", "item:", "tier:"}) {
      EXPECT_NEAR(sum(kpi, parts), run(kpi), 1e-9 * run(kpi)) << kpi << " by " << parts;
    }
  }
  for (const char* kpi : {"cost_ordering", "cost_purchase", "cost_transport", "cost_production", "cost_shortage",
                          "revenue", "total_cost", "profit"}) {
    EXPECT_NEAR(sum(kpi, "site:"), run(kpi), 1e-9 * std::abs(run(kpi))) << kpi;
    EXPECT_NE(run(kpi), 0) << kpi;
  }
  double total = 0;
  for (const char* kpi :
       {"cost_holding", "cost_ordering", "cost_purchase", "cost_transport", "cost_production", "cost_shortage"}) {
    total += run(kpi);
  }
  EXPECT_NEAR(run("total_cost"), total, 1e-9 * total);
  EXPECT_NEAR(run("profit"), run("revenue") - total, 1e-9 * total);
  // Customers of gloves stand in no region, and nobody else wants gloves.
  EXPECT_NEAR(run("demand"),
              run("demand", "region:north") + run("demand", "region:south") + run("demand", "item:glove"), 1e-9);
}

TEST(Measure, FlowsAgreeAlongTheChain) {
  const Ran run = simulate_text(kScenario);
  // What the shop sells comes from both plants, 60 to 40; in the long run within the few that the shop keeps.
  const double east = run("throughput", "site:east"), west = run("throughput", "site:west");
  EXPECT_NEAR(east / (east + west), 0.6, 0.003);
  EXPECT_NEAR(east + west, run("throughput", "site:shop/item:part"), 20 / 300.0);
  // 2.5 kg a part, at 1.5 each; freight of west's.
  EXPECT_NEAR(run("cost_purchase", "site:west"), west * 2.5 * 1.5, 0.02 * run("cost_purchase", "site:west"));
  EXPECT_NEAR(run("cost_transport", "lane:mill_to_west"), run("throughput", "lane:mill_to_west") * 0.2, 1e-9);
  EXPECT_NEAR(run("cost_production", "work_centre:east/press"),
              run("throughput", "work_centre:east/press") * 3 + run("utilisation", "work_centre:east/press") * 24 * 12,
              1e-6);
  // Goods on the way to west: 36 h for each kilogram. Parts in work there: 5 h each.
  EXPECT_NEAR(run("pipeline_stock", "site:west/item:steel"), west * 2.5 * 36 / 24, 0.02 * west * 2.5 * 36 / 24);
  EXPECT_NEAR(run("pipeline_stock", "site:west/item:part"), west * 5 / 24, 0.02 * west * 5 / 24);
}

TEST(Measure, WhatThereIsNothingOfIsNaNOrZero) {
  const Ran run = simulate_text(R"(
tierworks: 1
time: {horizon: 10 d}
items: {box: {value: 1}}
sites:
  mill: {sells: {box: {}}}
  shop: {buys: {box: {from: mill}}}
demand: {at: shop, item: box, orders: every 100 d from 50 d}
)");
  for (const char* kpi : {"fill_rate", "on_time", "order_lead_time", "order_lead_time_p95", "lost_share", "turns"}) {
    EXPECT_TRUE(std::isnan(run(kpi))) << kpi;
  }
  for (const char* kpi : {"demand", "throughput", "on_hand", "backorders", "cost_holding", "revenue", "profit"}) {
    EXPECT_EQ(run(kpi), 0) << kpi;
  }
}

TEST(Measure, EveryKpiHasANameAndAMeaning) {
  std::set<std::string> names;
  for (const KpiFormula& formula : kpi_formulas()) {
    EXPECT_TRUE(names.insert(formula.kpi->name).second) << formula.kpi->name;
    EXPECT_GT(std::string(formula.kpi->meaning).size(), 10U) << formula.kpi->name;
    EXPECT_NE(formula.scopes, 0U) << formula.kpi->name;
  }
  EXPECT_GE(names.size(), 20U);
}

}  // namespace
}  // namespace tierworks::world
