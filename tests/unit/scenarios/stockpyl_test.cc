// The importer of stockpyl's instances: small ones by hand, and every mistake with its words and its place. Whole traces are
// replayed in tests/verification/stockpyl_test.cc.
#include "scenarios/importers/stockpyl.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tierworks::importers {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

struct Outcome {
  std::optional<StockpylImported> imported;
  std::vector<std::string> errors;  // "file:line:column: message"
};

Outcome import_text(const std::string& json, const std::string& demand) {
  Outcome outcome;
  std::vector<ImportError> errors;
  outcome.imported = import_stockpyl(json, "i.json", demand, "d.csv", "trace", errors);
  for (const ImportError& e : errors) {
    outcome.errors.push_back(e.file + ":" + std::to_string(e.line) + ":" + std::to_string(e.column) + ": " + e.message);
  }
  EXPECT_EQ(outcome.imported.has_value(), errors.empty()) << "either a scenario or errors";
  return outcome;
}

std::string node(int index, const std::string& more, const std::string& policy, bool demand) {
  return R"({"index": )" + std::to_string(index) + more + R"(, "policy": {)" + policy + R"(}, "demand": {"type": )" +
         (demand ? "\"N\"" : "null") + "}}";
}

std::string instance(const std::string& nodes, const std::string& edges = "", const std::string& periods = "2") {
  return R"({"name": "small", "periods": )" + periods + R"(, "edges": [)" + edges + R"(], "nodes": [)" + nodes + "]}";
}

const std::string kBase = R"("type": "BS", "base_stock_level": 7.5)";
const std::string kDemand = "period,node1\n0,5.25\n1,3\n";

TEST(StockpylImport, WritesPolicyCostsAndLeadTimesOfAChain) {
  const std::string upper = node(2, R"(, "local_holding_cost": 2, "shipment_lead_time": 3, "order_lead_time": 1)",
                                 R"("type": "sS", "reorder_point": 4, "order_up_to_level": 10)", false);
  const std::string lower =
      node(1, R"(, "local_holding_cost": 7, "stockout_cost": 37.12, "initial_inventory_level": 0)", kBase, true);
  const Outcome outcome = import_text(instance(upper + "," + lower, "[2, 1]"), kDemand);
  ASSERT_THAT(outcome.errors, IsEmpty());
  EXPECT_THAT(outcome.imported->yaml,
              AllOf(HasSubstr("time: {period: 1 d, horizon: 2 d}"),
                    HasSubstr("item2: {from: outside, order_time: 1 d, transit: 3 d}"),
                    HasSubstr("item2: {reorder_point: 4, level: 10, initial: 10, holding: 2 / d}"),
                    HasSubstr("item2: {from: node2, order_time: 0 d, transit: 0 d, transit_holding: 2 / d}"),
                    HasSubstr("item2: {level: 7.5, initial: 0, holding: 7 / d, backorder_cost: 37.12 / d}")));
  EXPECT_THAT(outcome.imported->levels,
              ElementsAre("node1: base stock 7.5, starts with 0", "node2: (s,S) = (4, 10), starts with 10"));
  ASSERT_EQ(outcome.imported->traces.size(), 1U);
  EXPECT_EQ(outcome.imported->traces[0].file, "trace_node1.csv");
  EXPECT_EQ(outcome.imported->traces[0].csv, "day,quantity\n0,5.25\n1,3\n");
}

// Goods arrive, and orders reach the supplier, in each period of their lead time.
TEST(StockpylImport, WhatIsUnderWayAtTheStartIsOnOrder) {
  const std::string upper = node(2, R"(, "initial_shipments": 4.5, "shipment_lead_time": 2)", kBase, false);
  const std::string lower = node(1, R"(, "initial_shipments": 3, "shipment_lead_time": 1, "initial_orders": 2,
                                        "order_lead_time": 2)",
                                 kBase, true);
  const Outcome outcome = import_text(instance(upper + "," + lower, "[2, 1]"), kDemand);
  ASSERT_THAT(outcome.errors, IsEmpty());
  EXPECT_THAT(outcome.imported->yaml, AllOf(HasSubstr("initial: 7.5, on_order: [4.5 at 0 d, 4.5 at 1 d]"),
                                            HasSubstr("on_order: [3 at 0 d, 2 to node2 at 0 d, 2 to node2 at 1 d]")));
  const std::string parts = node(3, "", kBase, false) + "," + node(2, "", kBase, false);
  const Outcome assembly =
      import_text(instance(parts + "," + node(1, R"(, "initial_shipments": 3, "shipment_lead_time": 1)", kBase, true),
                           "[2, 1], [3, 1]"),
                  kDemand);
  EXPECT_THAT(assembly.errors,
              ElementsAre(HasSubstr("node 1: `initial_shipments` or `initial_orders` of a node that puts")));
}

TEST(StockpylImport, NeverOrdersMoreThanOneLotNorMoreThanTheCapacity) {
  const std::string lots = R"("type": "rQ", "reorder_point": 12, "order_quantity": 20)";
  EXPECT_THAT(import_text(instance(node(1, "", lots, true)), kDemand).imported->yaml,
              HasSubstr("reorder_point: 12, quantity: 20, maximum: 20, initial: 20"));
  EXPECT_THAT(import_text(instance(node(1, R"(, "order_capacity": 6)", lots, true)), kDemand).imported->yaml,
              HasSubstr("quantity: 20, maximum: 6"));
  EXPECT_THAT(import_text(instance(node(1, R"(, "order_capacity": 6)", kBase, true)), kDemand).imported->yaml,
              HasSubstr("level: 7.5, maximum: 6"));
}

TEST(StockpylImport, AnAssemblyMakesAnItemOfItsOwn) {
  const std::string nodes = node(0, "", kBase, true) + "," + node(1, R"(, "local_holding_cost": 3)", kBase, false) +
                            "," + node(2, "", kBase, false);
  const Outcome outcome = import_text(instance(nodes, "[1, 0], [2, 0]"), "period,node0\n0,1\n1,1\n");
  ASSERT_THAT(outcome.errors, IsEmpty());
  EXPECT_THAT(outcome.imported->yaml, AllOf(HasSubstr("bom: {item1: 1, item2: 1}"), HasSubstr("as_available: true"),
                                            HasSubstr("item1: {holding: 3 / d}")));
}

TEST(StockpylImport, ScarceGoodsGoToSuccessorsInTheOrderOfTheirIndices) {
  const std::string nodes = node(0, "", kBase, false) + "," + node(1, "", kBase, true) + "," + node(2, "", kBase, true);
  const std::string demand = "period,node1,node2\n0,1,2\n1,3,4\n";
  const auto by_index = import_text(instance(nodes, "[0, 1], [0, 2]"), demand);
  EXPECT_THAT(by_index.imported->yaml,
              AllOf(HasSubstr("allocation: successor_order"), Not(HasSubstr("order_priority"))));
  const auto as_listed = import_text(instance(nodes, "[0, 2], [0, 1]"), demand);
  EXPECT_THAT(as_listed.imported->yaml,
              AllOf(HasSubstr("allocation: priority"), HasSubstr("order_priority: 1"), HasSubstr("order_priority: 2")));
}

// 0.4 of a step in each of five periods makes two steps in all.
TEST(StockpylImport, RoundingOfDemandIsCarriedForward) {
  std::string demand = "period,node1\n";
  for (int t = 0; t < 5; ++t) demand += std::to_string(t) + ",0.0000000004\n";
  const auto outcome = import_text(instance(node(1, "", kBase, true), "", "5"), demand);
  ASSERT_THAT(outcome.errors, IsEmpty());
  EXPECT_EQ(outcome.imported->traces[0].csv, "day,quantity\n0,0\n1,0.000000001\n2,0\n3,0.000000001\n4,0\n");
}

TEST(StockpylImport, WhatIsNotModelledIsAMistake) {
  const auto errors = [](const std::string& more, const std::string& policy = kBase) {
    return import_text(instance(node(1, more, policy, true)), kDemand).errors;
  };
  EXPECT_THAT(errors(R"(, "disruption_process": {"random": "M"})"),
              ElementsAre(HasSubstr("node 1: `disruption_process` is not modelled")));
  EXPECT_THAT(errors(R"(, "colour": "red")"), ElementsAre(HasSubstr("node 1: `colour` is unknown")));
  EXPECT_THAT(errors(R"(, "initial_orders": 4, "order_lead_time": 2)"),
              ElementsAre(HasSubstr("`initial_orders`: got 4 on the way to the outside supplier")));
  EXPECT_THAT(errors(R"(, "initial_inventory_level": -3)"),
              ElementsAre(HasSubstr("`initial_inventory_level`: got -3, expected a number >= 0")));
  EXPECT_THAT(errors(R"(, "shipment_lead_time": 1.5)"),
              ElementsAre(HasSubstr("`shipment_lead_time`: got 1.5, expected an integer")));
  EXPECT_THAT(errors("", R"("type": "BEBS", "base_stock_level": 4)"),
              ElementsAre(HasSubstr("a policy of type \"BEBS\" is not modelled")));
  EXPECT_THAT(
      errors("", R"("type": "rQ", "reorder_point": 4)"),
      ElementsAre(HasSubstr("a policy of type \"rQ\" without `order_quantity`"), HasSubstr("an `order_quantity`")));
  EXPECT_THAT(errors("", R"("type": "sS", "reorder_point": 4, "order_up_to_level": 4)"),
              ElementsAre(HasSubstr("an `order_up_to_level` of 4 at or below")));
}

TEST(StockpylImport, BrokenFilesAreMistakesWithTheirPlace) {
  EXPECT_THAT(import_text("{\n  \"periods\": ,\n}", kDemand).errors, ElementsAre(HasSubstr("i.json:2:")));
  EXPECT_THAT(import_text(instance(node(1, "", kBase, true), "[2, 1]"), kDemand).errors,
              ElementsAre(HasSubstr("edges: got [2,1], expected [from, to] with indices of nodes")));
  const std::string two = node(1, "", kBase, true) + "," + node(2, "", kBase, false);
  const std::string fed = node(1, R"(, "supply_type": "U")", kBase, true) + "," + node(2, "", kBase, false);
  EXPECT_THAT(import_text(instance(fed, "[2, 1]"), kDemand).errors,
              ElementsAre(HasSubstr("node 1: a `supply_type` beside other nodes")));
  EXPECT_THAT(import_text(instance(two, "[2, 1], [1, 2]"), kDemand).errors, ElementsAre(HasSubstr("form a cycle")));
  const std::string one = instance(node(1, "", kBase, true));
  EXPECT_THAT(
      import_text(one, "period,node1\n0,5\n2,3\n").errors,
      ElementsAre("d.csv:3:1: got period \"2\", expected 1: one row for each period, from 0 on and without a gap"));
  EXPECT_THAT(import_text(one, "period,node1\n0,5\n").errors,
              ElementsAre(HasSubstr("got 1 rows, expected one for each of the 2")));
  EXPECT_THAT(import_text(one, "period,node1\n0,5\n1,-2\n").errors,
              ElementsAre("d.csv:3:2: demand of node 1: got -2, expected a number >= 0"));
  EXPECT_THAT(import_text(one, "period,node3\n0,5\n1,2\n").errors,
              ElementsAre(HasSubstr("a column \"node3\", but the instance has no such node"),
                          HasSubstr("no column \"node1\"")));
}

}  // namespace
}  // namespace tierworks::importers
