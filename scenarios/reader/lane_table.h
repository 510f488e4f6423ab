// A short way for a large table of lanes: its rows become a compact LaneTable at once instead of millions of nodes. Taken only
// where `lanes` is `{table: FILE}` and nothing else, nothing of it is overridden, and the table has no mistake and nothing
// unusual in it; in all other cases the long way is gone, which knows the place of everything.
// Cost: one pass over the text, some 0.3 us a row.
#pragma once
#include <string>
#include <vector>

#include "models/world/spec.h"
#include "scenarios/reader/context.h"

namespace tierworks::reader {

struct LargeLaneTable {
  std::string file;  // "" if the long way is to be gone
  NodeId named_at = kNoNode;
};

// Takes the table out of the tree if it is one for the short way.
LargeLaneTable take_large_lane_table(Context& context, NodeId root, const std::vector<std::string>& overrides);

// Fills `spec.lane_table`, whose sites are those of the spec. False if there is anything that needs the long way.
bool read_large_lane_table(Context& context, const LargeLaneTable& table, world::ScenarioSpec& spec);

}  // namespace tierworks::reader
