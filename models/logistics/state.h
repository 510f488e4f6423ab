// Transport while time runs. Goods under way are the pending GoodsArrived events themselves and belong to the receiver.
#pragma once
#include <tuple>

#include "core/base/pool.h"
#include "core/stats/time_weighted.h"
#include "models/common/ports.h"
#include "models/logistics/model.h"

namespace tierworks::logistics {

struct LaneState {
  std::int64_t under_way = 0;
  core::Instant last_arrival{0};
  core::Fifo waiting;
  // What disruptions make of it; both 1 as usual.
  double room = 1;
  double time = 1;
};

// Kept at the receiving place: what has left before this instant is lost.
struct LaneLoss {
  core::Instant at{0};
  double share = 0;
};

// Kept at the receiving place; starts again when the warm-up ends.
struct TransitTally {
  common::Integral unit_ticks = 0;  // of goods that have arrived
  std::int64_t shipments = 0;
  Quantity units = 0;
};

struct WaitingShipment {
  common::Shipment shipment;
  core::Instant since;
  core::Ref next = core::kNoRef;
};

struct State {
  core::Table<LaneId, LaneState> lanes;
  core::Table<SourceId, TransitTally> tallies;
  core::Table<SourceId, Quantity> lost;  // since the start of the run; empty unless a disruption can hit a lane
  core::Table<LaneId, LaneLoss> losses;  // likewise
  core::Pool<WaitingShipment> waiting;

  // All of it, in a fixed order: what a fork copies and a snapshot holds.
  auto members() { return std::tie(lanes, tallies, lost, losses, waiting); }
  auto members() const { return std::tie(lanes, tallies, lost, losses, waiting); }
};

}  // namespace tierworks::logistics
