// What the user says of a lane: transport between two sites whose capacity or freight is shared by all goods on it.
#pragma once
#include "models/common/spec.h"

namespace tierworks::logistics {

using common::Field;

struct LaneSpec {
  Field<std::string> from;
  Field<std::string> to;
  Field<common::TimeDistribution> transit;
  Field<core::Duration> at_least{core::kMinute};
  Field<std::int64_t> capacity{0};
  Field<double> cost_per_unit{0.0};
  Field<double> cost_per_shipment{0.0};
  Field<bool> keep_order{false};
};

template <class V>
void describe(V& v, LaneSpec& s) {
  v.required("from", s.from).refers_to(common::Refers::site).doc("the site that sends");
  v.required("to", s.to).refers_to(common::Refers::site).doc("the site that receives");
  v.required("transit", s.transit).doc("time of the goods on the way");
  v.optional("at_least", s.at_least).doc("floor of the transit time, to which draws are raised");
  v.optional("capacity", s.capacity)
      .at_least(1)
      .doc("shipments under way at once; further ones wait; unlimited if left out");
  v.optional("cost_per_unit", s.cost_per_unit).not_negative().doc("freight, money per unit");
  v.optional("cost_per_shipment", s.cost_per_shipment).not_negative().doc("freight, money per shipment");
  v.optional("keep_order", s.keep_order).doc("`true`: goods never overtake each other on this lane");
}

// Many lanes of a few kinds, as a large table is read: lanes that share all but their ends share a kind. All names are
// known and all pairs of ends distinct. Cost: 16 bytes a lane, and its name once.
struct LaneTable {
  struct Row {
    std::uint32_t from = 0, to = 0;  // sites, as the scenario lists them
    std::uint32_t kind = 0;
    std::uint32_t name_end = 0;  // in `names`; it begins where the name of the row before ends
  };
  std::vector<Row> rows;
  std::vector<LaneSpec> kinds;
  std::string names;
  common::Origin origin;  // of the file's name

  std::string name(std::size_t row) const {
    const std::uint32_t first = row == 0 ? 0 : rows[row - 1].name_end;
    return names.substr(first, rows[row].name_end - first);
  }
};

}  // namespace tierworks::logistics
