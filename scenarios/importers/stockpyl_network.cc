#include "scenarios/importers/stockpyl_network.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "scenarios/importers/stockpyl_demand.h"

namespace tierworks::importers {
namespace {

using nlohmann::json;

constexpr double kMostUnits = kMostStockpylUnits;
constexpr std::int64_t kMostPeriods = 10'000'000;

class InstanceReader {
 public:
  InstanceReader(std::string_view file, std::vector<ImportError>& errors) : file_(file), errors_(errors) {}

  std::optional<StockpylNetwork> read(std::string_view text) {
    const std::size_t errors_before = errors_.size();
    const json root = parsed(text);
    if (errors_.size() != errors_before) return std::nullopt;
    known_keys(root, "the instance",
               {"name", "note", "periods", "rand_seed", "total_cost", "edges", "nodes", "max_max_replenishment_time"},
               {});
    StockpylNetwork network;
    if (root.contains("name") && root["name"].is_string()) network.name = root["name"].get<std::string>();
    const auto periods = whole(root, "periods", "the instance");
    if (!periods || *periods < 1 || *periods > kMostPeriods) {
      fault(fmt::format("the instance: got no usable `periods`, expected an integer from 1 to {}", kMostPeriods));
    } else {
      network.periods = static_cast<std::size_t>(*periods);
    }
    nodes(root, network);
    if (errors_.size() == errors_before) edges(root, network);
    if (errors_.size() == errors_before) no_cycle(network);
    if (errors_.size() == errors_before) what_fits(network);
    if (errors_.size() != errors_before) return std::nullopt;
    return network;
  }

 private:
  void fault(std::string message, int line = 0, int column = 0) {
    errors_.push_back({file_, line, column, std::move(message)});
  }

  json parsed(std::string_view text) {
    try {
      json root = json::parse(text);
      if (!root.is_object())
        fault("got no object at the top, expected {\"periods\": ..., \"nodes\": [...], ...}", 1, 1);
      return root;
    } catch (const json::parse_error& mistake) {
      const std::string_view before = text.substr(0, std::min(text.size(), mistake.byte));
      const auto line = static_cast<int>(std::count(before.begin(), before.end(), '\n')) + 1;
      const std::size_t start = before.rfind('\n');
      fault("this is no JSON", line,
            static_cast<int>(before.size() - (start == std::string_view::npos ? 0 : start + 1)));
      return {};
    }
  }

  // A key that says something of which nothing is known here must not be dropped.
  void known_keys(const json& object, const std::string& where, const std::set<std::string>& known,
                  const std::set<std::string>& not_modelled) {
    for (const auto& [key, value] : object.items()) {
      if (known.contains(key)) continue;
      const bool says_nothing = value.is_null() || value == 0 || value == false || value == "";
      if (says_nothing) continue;
      fault(fmt::format("{}: `{}` is {}; expected an instance without it", where, key,
                        not_modelled.contains(key) ? "not modelled" : "unknown"));
    }
  }

  std::optional<double> number(const json& object, const char* key, const std::string& where) {
    const auto found = object.find(key);
    if (found == object.end() || found->is_null()) return std::nullopt;
    if (!found->is_number() || !std::isfinite(found->get<double>())) {
      fault(fmt::format("{}: `{}`: got {}, expected a number", where, key, found->dump()));
      return std::nullopt;
    }
    return found->get<double>();
  }

  std::optional<double> amount(const json& object, const char* key, const std::string& where, bool may_be_negative) {
    const auto value = number(object, key, where);
    if (!value) return std::nullopt;
    if (std::abs(*value) > kMostUnits) {
      fault(fmt::format("{}: `{}`: got {:g}, expected at most {:g}, so that it can be counted in steps of 1e-9", where,
                        key, *value, kMostUnits));
      return std::nullopt;
    }
    if (*value < 0 && !may_be_negative) {
      fault(fmt::format("{}: `{}`: got {:g}, expected a number >= 0; less is not modelled", where, key, *value));
      return std::nullopt;
    }
    return value;
  }

  std::optional<std::int64_t> whole(const json& object, const char* key, const std::string& where) {
    const auto value = number(object, key, where);
    if (!value) return std::nullopt;
    if (*value != std::floor(*value) || std::abs(*value) > 1e9) {
      fault(fmt::format("{}: `{}`: got {:g}, expected an integer", where, key, *value));
      return std::nullopt;
    }
    return static_cast<std::int64_t>(*value);
  }

  double cost(const json& object, const char* key, const std::string& where, double otherwise = 0) {
    const auto value = number(object, key, where);
    if (value && (*value < 0 || *value > 1e12)) {
      fault(fmt::format("{}: `{}`: got {:g}, expected a number from 0 to 1e12", where, key, *value));
    }
    return value.value_or(otherwise);
  }

  void nodes(const json& root, StockpylNetwork& network) {
    const auto list = root.find("nodes");
    if (list == root.end() || !list->is_array() || list->empty()) {
      fault("the instance: got no `nodes`, expected a list of one or more");
      return;
    }
    for (const json& object : *list) {
      if (!object.is_object()) {
        fault("nodes: got something that is no object, expected {\"index\": ...}");
        continue;
      }
      const auto index = whole(object, "index", "a node");
      if (!index || *index < 0) {
        fault("a node: got no usable `index`, expected an integer >= 0");
        continue;
      }
      StockpylNode node;
      node.index = *index;
      read_node(object, fmt::format("node {}", node.index), node);
      network.nodes.push_back(std::move(node));
    }
    std::sort(network.nodes.begin(), network.nodes.end(),
              [](const StockpylNode& a, const StockpylNode& b) { return a.index < b.index; });
    for (std::size_t i = 1; i < network.nodes.size(); ++i) {
      if (network.nodes[i].index != network.nodes[i - 1].index) continue;
      fault(fmt::format("node {}: the index stands twice, expected each once", network.nodes[i].index));
    }
  }

  void read_node(const json& object, const std::string& where, StockpylNode& node) {
    known_keys(
        object, where,
        {"index", "name", "local_holding_cost", "echelon_holding_cost", "in_transit_holding_cost", "stockout_cost",
         "shipment_lead_time", "lead_time", "order_lead_time", "initial_inventory_level", "initial_orders",
         "initial_shipments", "order_capacity", "policy", "inventory_policy", "demand", "demand_source", "supply_type"},
        {"revenue", "purchase_cost", "disruption_process", "products", "holding_cost_function",
         "local_holding_cost_function", "stockout_cost_function", "processing_time", "external_inbound_cst",
         "external_outbound_cst"});
    node.holding = cost(object, "local_holding_cost", where);
    node.stockout = cost(object, "stockout_cost", where);
    node.in_transit = cost(object, "in_transit_holding_cost", where, node.holding);
    const auto lead_time = [&](const char* key) -> std::int64_t {
      const auto value = whole(object, key, where);
      if (value && (*value < 0 || *value > 100'000)) {
        fault(fmt::format("{}: `{}`: got {}, expected periods from 0 to 100000", where, key, *value));
      }
      return value.value_or(0);
    };
    node.shipment_lead_time = lead_time(object.contains("shipment_lead_time") ? "shipment_lead_time" : "lead_time");
    node.order_lead_time = lead_time("order_lead_time");
    // A capacity of 0 means none, to stockpyl.
    if (const auto capacity = amount(object, "order_capacity", where, false); capacity && *capacity > 0) {
      node.order_capacity = capacity;
    }
    policy(object, where, node);
    const auto initial = amount(object, "initial_inventory_level", where, false);
    node.initial = initial.value_or(initial_of_policy(node));
    node.initial_shipments = amount(object, "initial_shipments", where, false).value_or(0);
    node.initial_orders = amount(object, "initial_orders", where, false).value_or(0);
    const auto supply = object.find("supply_type");
    node.outside_supply = supply != object.end() && !supply->is_null();
    const auto demand = object.find(object.contains("demand") ? "demand" : "demand_source");
    if (demand == object.end() || !demand->is_object()) return;
    const auto type = demand->find("type");
    node.has_demand = type != demand->end() && !type->is_null();
  }

  // What the policy would order from nothing: that is what stockpyl starts with if nothing is stated.
  static double initial_of_policy(const StockpylNode& node) {
    using Policy = StockpylNode::Policy;
    if (node.policy == Policy::s_S) return 0 <= node.reorder_point ? node.level : 0;
    if (node.policy == Policy::r_Q) return 0 <= node.reorder_point ? node.quantity : 0;
    if (node.policy == Policy::fixed_quantity) return node.quantity;
    return std::max(0.0, node.level);
  }

  void policy(const json& object, const std::string& where, StockpylNode& node) {
    using Policy = StockpylNode::Policy;
    const auto found = object.find(object.contains("policy") ? "policy" : "inventory_policy");
    if (found == object.end() || !found->is_object()) {
      fault(fmt::format("{}: got no `policy`, expected {{\"type\": \"BS\", \"base_stock_level\": ...}}", where));
      return;
    }
    const auto name = found->find("type");
    const std::string type = name != found->end() && name->is_string() ? name->get<std::string>() : "";
    const auto needed = [&](const char* key) {
      if (found->find(key) == found->end() || (*found)[key].is_null()) {
        fault(fmt::format("{}: a policy of type \"{}\" without `{}`, expected a number", where, type, key));
      }
      const bool may_be_negative = std::string_view(key) == "reorder_point";
      return amount(*found, key, where, may_be_negative).value_or(0);
    };
    if (type == "BS" || type == "EBS") {
      node.policy = type == "BS" ? Policy::base_stock : Policy::echelon;
      node.level = needed("base_stock_level");
    } else if (type == "sS") {
      node.policy = Policy::s_S;
      node.reorder_point = needed("reorder_point");
      node.level = needed("order_up_to_level");
      if (node.level <= node.reorder_point) {
        fault(fmt::format("{}: an `order_up_to_level` of {:g} at or below the `reorder_point` of {:g}, expected more",
                          where, node.level, node.reorder_point));
      }
    } else if (type == "rQ") {
      node.policy = Policy::r_Q;
      node.reorder_point = needed("reorder_point");
      node.quantity = needed("order_quantity");
    } else if (type == "FQ") {
      node.policy = Policy::fixed_quantity;
      node.quantity = needed("order_quantity");
    } else {
      fault(fmt::format("{}: a policy of type {} is not modelled, expected one of: BS, EBS, sS, rQ, FQ", where,
                        name != found->end() ? name->dump() : "null"));
      return;
    }
    if (node.reorder_point < 0) {
      fault(fmt::format("{}: a `reorder_point` of {:g} is not modelled, expected a number >= 0", where,
                        node.reorder_point));
    }
    const bool lots = node.policy == Policy::r_Q || node.policy == Policy::fixed_quantity;
    if (lots && !(node.quantity * kStockpylSteps >= 1)) {
      fault(fmt::format("{}: an `order_quantity` of {:g}, expected more than 0", where, node.quantity));
    }
  }

  void edges(const json& root, StockpylNetwork& network) {
    std::map<std::int64_t, std::size_t> at;
    for (std::size_t i = 0; i < network.nodes.size(); ++i) at.emplace(network.nodes[i].index, i);
    const auto list = root.find("edges");
    if (list == root.end() || list->is_null()) return;
    std::set<std::pair<std::size_t, std::size_t>> seen;
    for (const json& edge : *list) {
      const bool pair =
          edge.is_array() && edge.size() == 2 && edge[0].is_number_integer() && edge[1].is_number_integer();
      const auto from = pair ? at.find(edge[0].get<std::int64_t>()) : at.end();
      const auto to = pair ? at.find(edge[1].get<std::int64_t>()) : at.end();
      if (from == at.end() || to == at.end()) {
        fault(fmt::format("edges: got {}, expected [from, to] with indices of nodes", edge.dump()));
      } else if (!seen.insert({from->second, to->second}).second) {
        fault(fmt::format("edges: {} stands twice, expected each once", edge.dump()));
      } else {
        network.nodes[from->second].successors.push_back(to->second);
        network.nodes[to->second].predecessors.push_back(from->second);
      }
    }
  }

  void no_cycle(const StockpylNetwork& network) {
    std::vector<std::size_t> waits_for;
    std::vector<std::size_t> ready;
    for (std::size_t i = 0; i < network.nodes.size(); ++i) {
      waits_for.push_back(network.nodes[i].predecessors.size());
      if (waits_for[i] == 0) ready.push_back(i);
    }
    for (std::size_t k = 0; k < ready.size(); ++k) {
      for (const std::size_t next : network.nodes[ready[k]].successors) {
        if (--waits_for[next] == 0) ready.push_back(next);
      }
    }
    if (ready.size() == network.nodes.size()) return;
    const auto stuck = std::find_if(waits_for.begin(), waits_for.end(), [](std::size_t n) { return n > 0; });
    fault(fmt::format("edges: they form a cycle through node {} or behind it, expected none",
                      network.nodes[static_cast<std::size_t>(stuck - waits_for.begin())].index));
  }

  // On two ways to one node stockpyl counts its stock once, though each of its units takes two of the echelon's.
  void one_way_only(const StockpylNetwork& network, std::size_t from) {
    std::vector<std::size_t> reached{from};
    std::vector<bool> seen(network.nodes.size(), false);
    for (std::size_t k = 0; k < reached.size(); ++k) {
      for (const std::size_t next : network.nodes[reached[k]].successors) {
        if (seen[next]) {
          fault(fmt::format("node {}: an echelon policy above node {}, which goods reach on two ways, is not modelled",
                            network.nodes[from].index, network.nodes[next].index));
          return;
        }
        seen[next] = true;
        reached.push_back(next);
      }
    }
  }

  // What each node alone allows and the network does not.
  void what_fits(const StockpylNetwork& network) {
    const bool echelons = std::any_of(network.nodes.begin(), network.nodes.end(), [](const StockpylNode& node) {
      return node.policy == StockpylNode::Policy::echelon;
    });
    for (const StockpylNode& node : network.nodes) {
      no_order_outside(node);
      if (node.outside_supply && !node.predecessors.empty()) {
        fault(fmt::format("node {}: a `supply_type` beside other nodes that supply it is not modelled", node.index));
      }
      if (node.policy == StockpylNode::Policy::fixed_quantity &&
          node.quantity * static_cast<double>(network.periods) + node.initial > kMostUnits) {
        fault(fmt::format("node {}: an `order_quantity` of {:g} in each of {} periods, expected at most {:g} in all",
                          node.index, node.quantity, network.periods, kMostUnits));
      }
      if (!echelons) continue;
      if (node.policy == StockpylNode::Policy::echelon) {
        one_way_only(network, static_cast<std::size_t>(&node - network.nodes.data()));
      }
      if (!node.successors.empty() && node.has_demand) {
        fault(
            fmt::format("node {}: customers at a node that supplies others, beside echelon policies, are not "
                        "modelled: stockpyl leaves out what they wait for",
                        node.index));
      }
      if (!node.predecessors.empty() && node.order_lead_time > 0) {
        fault(
            fmt::format("node {}: an `order_lead_time` beside echelon policies is not modelled: stockpyl lets them see "
                        "at once what an order has yet to tell",
                        node.index));
      }
    }
  }

  void no_order_outside(const StockpylNode& node) {
    if (node.initial_orders <= 0 || node.order_lead_time == 0 || !node.predecessors.empty()) return;
    fault(fmt::format(
        "node {}: `initial_orders`: got {:g} on the way to the outside supplier, which stockpyl counts as on "
        "order and never delivers; expected 0, or `initial_shipments`",
        node.index, node.initial_orders));
  }

  std::string file_;
  std::vector<ImportError>& errors_;
};

}  // namespace

std::optional<StockpylNetwork> read_stockpyl(std::string_view json_text, std::string_view json_name,
                                             std::string_view demand_csv, std::string_view demand_name,
                                             std::vector<ImportError>& errors) {
  const std::size_t errors_before = errors.size();
  auto network = InstanceReader(json_name, errors).read(json_text);
  Sheet sheet(demand_csv, demand_name, errors);
  if (network && sheet.readable()) {
    read_stockpyl_demand(sheet, demand_csv, *network);
    network->remarks = sheet.remarks();
    const bool any = std::any_of(network->nodes.begin(), network->nodes.end(),
                                 [](const StockpylNode& node) { return node.has_demand; });
    if (!any) errors.push_back({std::string(json_name), 0, 0, "no node has demand, so there is nothing to replay"});
  }
  if (errors.size() != errors_before) return std::nullopt;
  return network;
}

}  // namespace tierworks::importers
