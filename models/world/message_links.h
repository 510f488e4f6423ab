// How places reach each other: an order goes to the supplier's place, goods come to the buyer's, word of customers' orders to
// who plans by them, each at the earliest after a time that is known before the run. That is what lets one run be split into partitions.
#pragma once
#include <vector>

#include "core/parallel/partition.h"
#include "models/world/outlook_flow.h"

namespace tierworks::world {

struct MessageLink {
  std::uint32_t from = 0, to = 0;  // places
  std::int64_t least_ticks = 0;    // no message takes less
  const char* what = "";           // is sent: "goods"
  double traffic = 0;              // messages a day
};

// In the order of the sources, orders before goods, then what is reported or given back; then word of demand and of disruptions
// that wait for a condition.
std::vector<MessageLink> message_links(const Model& model, const Flow& flow);

// With the events a day that each place is expected to have.
core::PlaceGraph place_graph(const Model& model);

}  // namespace tierworks::world
