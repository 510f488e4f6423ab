// What a compiled scenario lets one expect before it runs: rates, loads, lead times, cover, and how far it can be cut into
// partitions. Long-run means by arithmetic alone: nothing waits, nothing is lost, every order is filled at once.
// Plain values with names, like a result: reports read these and never the model. Cost: linear in the model.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace tierworks::world {

struct Model;

// NaN where a number makes no sense. Units are those of the item.
struct StockOutlook {
  std::string site;
  std::string item;
  std::string unit;
  std::string policy;  // "order up to 120", "(s,S) = (20, 80), every 1 wk", "to order"
  bool to_order = false;
  double level = 0;            // units; the highest position that the policy orders up to
  double rate = 0;             // units / d taken from it: by customers, other sites and production
  double order_quantity = 0;   // units; mean size of its replenishment orders
  double lead_time_hours = 0;  // from an order to its last goods, mean over sources by share; through suppliers and
                               // components that are themselves to order, else as if they had what is ordered
  double cover_days = 0;       // level / rate
  double in_transit = 0;       // units on the way to it, time average
  double in_work = 0;          // units in process for it, time average
};

// A level or reorder point that follows from a stated service.
struct SafetyOutlook {
  std::string stock;  // "site/item"
  std::string unit;
  std::string asked;            // "98 % cycle_service", "95 % fill_rate", "40 above demand"
  double safety_stock = 0;      // units
  double demand_mean = 0;       // units, from an order to the arrival that ends its cycle
  double demand_deviation = 0;  // units
  double lead_time_hours = 0;
  double lead_time_deviation_hours = 0;
  std::string variability;  // where the deviation of demand comes from
};

struct LoadOutlook {
  enum class Kind : std::uint8_t { line, offer, lane, work_centre };
  Kind kind = Kind::line;
  std::string name;            // line "site/line", offer "site/item", lane "lane", work centre "site/name"
  std::int64_t servers = 0;    // line: servers; lane: shipments under way at most; offer: 0; work centre: machines
  double load = 0;             // share of the capacity that all demand needs; above 1 something is lost or never made
  double load_of_waiting = 0;  // the same of demand that waits for ever
  double rate = 0;             // line and offer: units / d; lane: shipments / d; work centre: operations / d
};

struct TierOutlook {
  int tier = 0;
  std::size_t sites = 0;
  std::size_t stocks = 0;
};

struct Outlook {
  std::vector<StockOutlook> stocks;  // by StockId
  std::vector<SafetyOutlook> safety;
  std::vector<LoadOutlook> lines;         // those that are named; the highest load first
  std::vector<LoadOutlook> work_centres;  // whose lots come at a stated rate; the highest load first
  std::vector<LoadOutlook> offers;        // those with a capacity; the highest load first
  std::vector<LoadOutlook> lanes;         // those with a capacity; the highest load first
  std::vector<TierOutlook> tiers;
  double demand = 0;          // units / d of customers, all items
  double pipeline_stock = 0;  // units in transit and in process, all items
  // Sites that messages without delay tie together are one partition; the lookahead is the least delay between two
  // partitions: of an order, or the floor of goods on the way.
  std::size_t partitions = 0;
  bool has_lookahead = false;
  double lookahead_seconds = 0;
  std::string lookahead_link;  // "an order from lead to smt", "goods from smt to lead"
  std::vector<std::string> warnings;
};

Outlook outlook(const Model& model);

}  // namespace tierworks::world
