// A stockpyl instance as read and checked, before it becomes a scenario.
// Invariant: indices are unique, edges join known nodes and form no cycle, each node has a policy with its parameters,
// numbers are finite and fit the resolution, and every node with demand has one value for each period.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/importers/willems.h"

namespace tierworks::importers {

inline constexpr double kStockpylSteps = 1e9;  // smallest quantities in a unit

struct StockpylNode {
  enum class Policy { base_stock, s_S, r_Q, fixed_quantity, echelon };
  std::int64_t index = 0;
  double holding = 0, stockout = 0, in_transit = 0;  // money per unit and period
  std::int64_t shipment_lead_time = 0, order_lead_time = 0;
  double initial = 0;
  double initial_shipments = 0, initial_orders = 0;  // in each period of the lead time
  std::optional<double> order_capacity;
  Policy policy = Policy::base_stock;
  double level = 0;                                   // base stock and echelon: S; (s,S): S
  double reorder_point = 0;                           // (s,S): s; (r,Q): r
  double quantity = 0;                                // (r,Q), fixed quantity: Q
  std::vector<std::size_t> predecessors, successors;  // in the order of edges
  bool has_demand = false;
  bool outside_supply = false;       // stated; a node without predecessors always has it
  std::vector<std::int64_t> demand;  // by period, in smallest quantities
};

struct StockpylNetwork {
  std::string name;
  std::size_t periods = 0;
  std::vector<StockpylNode> nodes;  // by index
  std::vector<std::string> remarks;
};

std::optional<StockpylNetwork> read_stockpyl(std::string_view json, std::string_view json_name,
                                             std::string_view demand_csv, std::string_view demand_name,
                                             std::vector<ImportError>& errors);

}  // namespace tierworks::importers
