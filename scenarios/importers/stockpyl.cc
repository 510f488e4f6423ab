#include "scenarios/importers/stockpyl.h"

#include <algorithm>
#include <cmath>
#include <iterator>

#include <fmt/format.h>

#include "scenarios/importers/plain_text.h"
#include "scenarios/importers/stockpyl_network.h"

namespace tierworks::importers {
namespace {

using Node = StockpylNode;
using Policy = Node::Policy;

// Above every position that a node of this size can have: at each review it orders.
constexpr double kAlways = 4e6;

std::string steps_text(std::int64_t steps) {
  std::string text = fmt::format("{}.{:09}", steps / 1'000'000'000, steps % 1'000'000'000);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text;
}

// A quantity as a whole number of steps of 1e-9.
std::string units(double quantity) { return steps_text(std::llround(quantity * kStockpylSteps)); }

// The name of an instance between double quotes.
std::string quotable(std::string_view text) {
  std::string line(text);
  for (char& c : line) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f || c == '"' || c == '\\') c = ' ';
  }
  return line;
}

class Writer {
 public:
  Writer(const StockpylNetwork& network, std::string_view trace_stem) : network_(network), stem_(trace_stem) {
    find_items();
  }

  // Nodes that make an item would need open production orders as well.
  void what_cannot_be_under_way(std::string_view json_name, std::vector<ImportError>& errors) const {
    for (std::size_t i = 0; i < network_.nodes.size(); ++i) {
      if (!makes_[i] || on_order(i).empty()) continue;
      errors.push_back(
          {std::string(json_name), 0, 0,
           fmt::format("node {}: `initial_shipments` or `initial_orders` of a node that puts several goods "
                       "together, or makes its own of one, are not modelled; expected 0",
                       network_.nodes[i].index)});
    }
  }

  StockpylImported write(std::string_view json_name, std::string_view demand_name) {
    out_.nodes = network_.nodes.size();
    out_.periods = network_.periods;
    out_.remarks = network_.remarks;
    for (const Node& node : network_.nodes) out_.levels.push_back(policy_words(node));
    head(json_name, demand_name);
    add("items:\n");
    for (const std::string& item : items_) add("  {}: {{resolution: 0.000000001{}}}\n", item, bom(item));
    add("sites:\n");
    add("  outside: {{role: outside_supplier, sells: {{{}}}}}\n", sold_outside());
    for (std::size_t i = 0; i < network_.nodes.size(); ++i) site(i);
    add("demand:\n");
    for (const Node& node : network_.nodes) demand(node);
    return std::move(out_);
  }

 private:
  template <class... Args>
  void add(fmt::format_string<Args...> text, Args&&... args) {
    fmt::format_to(std::back_inserter(out_.yaml), text, std::forward<Args>(args)...);
  }

  static std::string name(const Node& node) { return fmt::format("node{}", node.index); }
  const std::string& item(std::size_t node) const { return item_of_[node]; }

  // A node with one supplier passes on what it buys. It makes an item of its own if it puts several together, or if the
  // node that it supplies would otherwise get one item from two sides.
  void find_items() {
    const std::size_t n = network_.nodes.size();
    makes_.assign(n, false);
    for (std::size_t i = 0; i < n; ++i) makes_[i] = network_.nodes[i].predecessors.size() > 1;
    for (bool again = true; again;) {
      name_items();
      again = false;
      for (const Node& node : network_.nodes) {
        for (std::size_t a = 0; a < node.predecessors.size(); ++a) {
          for (std::size_t b = 0; b < a; ++b) {
            const std::size_t first = node.predecessors[b], second = node.predecessors[a];
            if (item(first) != item(second)) continue;
            const std::size_t changed = makes_[second] || network_.nodes[second].predecessors.empty() ? first : second;
            makes_[changed] = again = true;
          }
        }
      }
    }
  }

  void name_items() {
    const std::size_t n = network_.nodes.size();
    item_of_.assign(n, "");
    items_.clear();
    std::size_t named = 0;
    while (named < n) {
      for (std::size_t i = 0; i < n; ++i) {
        const Node& node = network_.nodes[i];
        if (!item_of_[i].empty()) continue;
        if (node.predecessors.empty() || makes_[i]) {
          item_of_[i] = fmt::format("item{}", node.index);
          items_.push_back(item_of_[i]);
        } else if (!item_of_[node.predecessors[0]].empty()) {
          item_of_[i] = item_of_[node.predecessors[0]];
        }
        named += item_of_[i].empty() ? 0 : 1;
      }
    }
  }

  std::string bom(const std::string& of) const {
    for (std::size_t i = 0; i < network_.nodes.size(); ++i) {
      if (!makes_[i] || item(i) != of) continue;
      std::string parts;
      for (const std::size_t p : network_.nodes[i].predecessors) {
        parts += fmt::format("{}{}: 1", parts.empty() ? "" : ", ", item(p));
      }
      return fmt::format(", bom: {{{}}}", parts);
    }
    return "";
  }

  std::string sold_outside() const {
    std::string sold;
    for (std::size_t i = 0; i < network_.nodes.size(); ++i) {
      if (!network_.nodes[i].predecessors.empty()) continue;
      sold += fmt::format("{}{}: {{}}", sold.empty() ? "" : ", ", item(i));
    }
    return sold;
  }

  void head(std::string_view json_name, std::string_view demand_name) {
    add("# An instance of stockpyl, imported from {} and {}.\n", base_name(json_name), base_name(demand_name));
    add("# In each period demand and orders travel upstream, shipments arrive, goods are shipped on, then costs are\n"
        "# charged (`time.period`). Quantities are counted in steps of 1e-9; demand is rounded so that no difference "
        "lasts.\n"
        "# Costs are those of a period of one day: total_cost a day x {} is the total cost of the instance.\n",
        network_.periods);
    for (const std::string& level : out_.levels) add("# {}\n", level);
    add("tierworks: 1\ntitle: \"stockpyl {}\"\n",
        quotable(network_.name.empty() ? base_name(json_name) : network_.name));
    add("time: {{period: 1 d, horizon: {} d}}\nrun: {{replications: 1}}\n", network_.periods);
  }

  std::string policy_words(const Node& node) const {
    const auto limit = [&] {
      return node.order_capacity ? fmt::format(", at most {} in an order", units(*node.order_capacity)) : "";
    };
    std::string words;
    switch (node.policy) {
      case Policy::base_stock:
        words = fmt::format("base stock {}", units(node.level));
        break;
      case Policy::echelon:
        words = fmt::format("echelon base stock {}", units(node.level));
        break;
      case Policy::s_S:
        words = fmt::format("(s,S) = ({}, {})", units(node.reorder_point), units(node.level));
        break;
      case Policy::r_Q:
        words = fmt::format("(r,Q) = ({}, {})", units(node.reorder_point), units(node.quantity));
        break;
      case Policy::fixed_quantity:
        words = fmt::format("{} in each period", units(node.quantity));
        break;
    }
    return fmt::format("{}: {}{}, starts with {}", name(node), words, limit(), units(node.initial));
  }

  std::string policy(const Node& node) const {
    double most = node.order_capacity.value_or(0);
    std::string keys;
    switch (node.policy) {
      case Policy::base_stock:
        keys = fmt::format("level: {}", units(node.level));
        break;
      case Policy::echelon:
        keys = fmt::format("level: {}, position: echelon_by_orders", units(node.level));
        break;
      case Policy::s_S:
        keys = fmt::format("reorder_point: {}, level: {}", units(node.reorder_point), units(node.level));
        break;
      case Policy::r_Q:
      case Policy::fixed_quantity: {
        // Never more than one lot, however far the position is below.
        const double point = node.policy == Policy::r_Q ? node.reorder_point : kAlways;
        keys = fmt::format("reorder_point: {}, quantity: {}", units(point), units(node.quantity));
        most = most > 0 ? std::min(most, node.quantity) : node.quantity;
        break;
      }
    }
    return most > 0 ? fmt::format("{}, maximum: {}", keys, units(most)) : keys;
  }

  // What each period of the lead times has under way at the start.
  std::string on_order(std::size_t i) const {
    const Node& node = network_.nodes[i];
    std::string list;
    const auto add = [&](double quantity, std::string_view to, std::int64_t periods) {
      if (!(quantity * kStockpylSteps >= 0.5)) return;
      for (std::int64_t t = 0; t < periods; ++t) {
        list += fmt::format("{}{}{} at {} d", list.empty() ? "" : ", ", units(quantity), to, t);
      }
    };
    add(node.initial_shipments, "", node.shipment_lead_time);
    for (const std::size_t p : node.predecessors) {
      add(node.initial_orders, " to " + name(network_.nodes[p]), node.order_lead_time);
    }
    return list.empty() ? "" : fmt::format(", on_order: [{}]", list);
  }

  void site(std::size_t i) {
    const Node& node = network_.nodes[i];
    add("  {}:\n", name(node));
    if (ranks(node)) add("    allocation: {}\n", by_index(node) ? "successor_order" : "priority");
    add("    buys:\n");
    if (node.predecessors.empty()) purchase(i, "outside", item(i), 0, 0);
    for (const std::size_t p : node.predecessors) {
      const Node& from = network_.nodes[p];
      const auto rank = std::find(from.successors.begin(), from.successors.end(), i) - from.successors.begin() + 1;
      purchase(i, name(from), item(p), from.in_transit, ranks(from) && !by_index(from) ? rank : 0);
    }
    if (makes_[i]) add("    makes: {{{}: {{time: 0 s, per: batch, as_available: true}}}}\n", item(i));
    add("    stock:\n      {}: {{{}, initial: {}{}{}{}}}\n", item(i), policy(node), units(node.initial), on_order(i),
        rate("holding", node.holding), rate("backorder_cost", node.stockout));
    if (!makes_[i]) return;
    // What waits for its other parts is charged as its maker charges it.
    for (const std::size_t p : node.predecessors) {
      if (network_.nodes[p].holding > 0) {
        add("      {}: {{holding: {} / d}}\n", item(p), plain(network_.nodes[p].holding));
      }
    }
  }

  void purchase(std::size_t i, const std::string& from, const std::string& what, double in_transit,
                std::ptrdiff_t rank) {
    const Node& node = network_.nodes[i];
    add("      {}: {{from: {}, order_time: {} d, transit: {} d{}{}}}\n", what, from, node.order_lead_time,
        node.shipment_lead_time, rate("transit_holding", in_transit),
        rank > 0 ? fmt::format(", order_priority: {}", rank) : "");
  }

  static std::string rate(const char* key, double cost) {
    return cost > 0 ? fmt::format(", {}: {} / d", key, plain(cost)) : "";
  }

  // Several who could be short at once: other nodes first, then customers.
  static bool ranks(const Node& node) { return node.successors.size() + (node.has_demand ? 1 : 0) > 1; }
  static bool by_index(const Node& node) { return std::is_sorted(node.successors.begin(), node.successors.end()); }

  void demand(const Node& node) {
    if (!node.has_demand) return;
    const bool any = std::any_of(node.demand.begin(), node.demand.end(), [](std::int64_t d) { return d > 0; });
    if (!any) {
      out_.remarks.push_back(fmt::format("{}: its demand is 0 in each period, so it has no stream", name(node)));
      return;
    }
    const std::string file = fmt::format("{}_{}.csv", stem_, name(node));
    add("  {0}: {{at: {0}, item: {1}, orders: \"{2}\"}}\n", name(node), item_of(node), file);
    std::string csv = "day,quantity\n";
    for (std::size_t t = 0; t < node.demand.size(); ++t) csv += fmt::format("{},{}\n", t, steps_text(node.demand[t]));
    out_.traces.push_back({file, std::move(csv)});
  }

  const std::string& item_of(const Node& node) const {
    return item(static_cast<std::size_t>(&node - network_.nodes.data()));
  }

  const StockpylNetwork& network_;
  std::string stem_;
  std::vector<bool> makes_;  // by node
  std::vector<std::string> item_of_;
  std::vector<std::string> items_;
  StockpylImported out_;
};

}  // namespace

std::optional<StockpylImported> import_stockpyl(std::string_view json, std::string_view json_name,
                                                std::string_view demand_csv, std::string_view demand_name,
                                                std::string_view trace_stem, std::vector<ImportError>& errors) {
  const auto network = read_stockpyl(json, json_name, demand_csv, demand_name, errors);
  if (!network) return std::nullopt;
  Writer writer(*network, trace_stem);
  const std::size_t errors_before = errors.size();
  writer.what_cannot_be_under_way(json_name, errors);
  if (errors.size() != errors_before) return std::nullopt;
  return writer.write(json_name, demand_name);
}

}  // namespace tierworks::importers
