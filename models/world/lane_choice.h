// `from: lanes`: which of the lanes that lead to a site its purchase may use. Where many do, the rule of sourcing would never
// come to most of them, so only the first few by the rule are kept: the model holds what can happen, not what is on offer.
// Invariant: what is kept stands in the order in which the lanes are written. Cost: once a pass over all lanes, then one over
// those that lead to the buyer.
#pragma once
#include <span>
#include <string>
#include <vector>

#include "models/common/ids.h"
#include "models/logistics/spec.h"
#include "models/supply/spec.h"
#include "models/world/model.h"
#include "models/world/spec.h"

namespace tierworks::world {

// All lanes of a scenario by the site that they lead to, however they were read.
class LanesBySite {
 public:
  // A lane from a site; `lane` counts through `lanes`, or through the rows of `lane_table`.
  struct Way {
    common::SiteId from;
    std::uint32_t lane = 0;
  };

  explicit LanesBySite(const ScenarioSpec& spec) : spec_(spec) {}
  // Of `lanes`, in the order in which they are written.
  void add(common::SiteId from, common::SiteId to, std::uint32_t lane) { written_.push_back({{from, lane}, to}); }
  void settle();

  std::span<const Way> to(common::SiteId site) const;
  const logistics::LaneSpec& spec_of(std::uint32_t lane) const;
  // Mean time on the way, not below its floor; ticks.
  double mean_transit(std::uint32_t lane) const;

 private:
  struct Written {
    Way way;
    common::SiteId to;
  };
  bool is_table() const { return !spec_.lane_table.rows.empty(); }

  const ScenarioSpec& spec_;
  std::vector<Written> written_;
  std::vector<std::uint32_t> first_;  // by site
  std::vector<Way> ways_;
  std::vector<double> mean_transit_;  // by kind of a table
};

// What a rule of sourcing would look at before there is a model.
struct WayValue {
  LanesBySite::Way way;
  double value = 0;  // the least is the best
};

// What a site asks for an item of which it has some, by site.
struct Asked {
  bool has = false;
  double price = 0;   // money per smallest unit
  double quoted = 0;  // mean, ticks
};
std::vector<Asked> what_sites_ask(const Model& model, common::ItemId id, const common::Item& item, std::size_t sites);

// The lanes to a buyer from sites that have the item, as they are written, with what the rule of the purchase looks at:
// mean time, cost of one smallest unit, distance, or nothing.
std::vector<WayValue> ways_to(const ScenarioSpec& spec, const LanesBySite& lanes, common::SiteId buyer,
                              const supply::BuysSpec& buys, std::span<const Asked> asked, double resolution);

// How many ways a purchase keeps: more where a supplier may be passed over because of its orders.
std::size_t ways_kept(const supply::BuysSpec& buys, std::size_t ways);

// The best `most` of them, in the order in which they were.
void keep_best(std::vector<WayValue>& ways, std::size_t most);

}  // namespace tierworks::world
