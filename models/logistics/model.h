// Transport as compiled: each source of bought goods has a lane, of its own or shared. Constant while time runs.
#pragma once
#include <vector>

#include "core/random/distribution.h"
#include "models/common/ids.h"

namespace tierworks::logistics {

using common::LaneId;
using common::PlaceId;
using common::Quantity;
using common::SourceId;
using common::StockId;

struct Lane {
  PlaceId from;
  PlaceId to;
  core::Distribution transit;
  core::Duration at_least{0};
  std::int64_t capacity = 0;     // shipments under way at once; 0: unlimited
  double cost_per_shipment = 0;  // money
  double cost_per_unit = 0;      // money per unit of the item
  bool keep_order = false;
  bool shared = false;       // named in the scenario
  core::Duration detour{0};  // of what is under way when a disruption diverts it; 0: it is held
};

// What logistics needs to know of a source: where its draws are addressed.
struct Link {
  LaneId lane;
  core::StreamName transit;
  double resolution = 1;  // units of the item per smallest unit
};

// Goods that left before the start.
struct UnderWay {
  StockId to;
  SourceId source;
  Quantity quantity = 0;
  core::Instant arrives{0};
  std::uint64_t number = 0;  // of the order that they fill
};

struct Model {
  core::Table<LaneId, Lane> lanes;
  core::Table<SourceId, Link> links;
  std::vector<UnderWay> under_way;  // at the start
  bool disrupted = false;           // some disruption can hit a lane
  bool holds = false;               // and what is under way on it
  bool prices = false;              // some disruption can change what goods or their freight cost
  const core::DistributionTables* tables = nullptr;
};

}  // namespace tierworks::logistics
