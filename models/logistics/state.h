// Transport while time runs. Goods under way are the pending GoodsArrived events themselves and belong to the receiver.
#pragma once
#include <array>
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

// Kept at the receiving place: the last times at which what was under way had to stand, or to go another way. What stands
// further back than that is forgotten.
struct LaneHolds {
  static constexpr std::uint32_t kKept = 8;
  struct Hold {
    core::Instant since{0};
    core::Duration delay{0};  // of what had left before; not known yet of one that stands
  };
  std::array<Hold, kKept> last{};
  std::uint32_t count = 0;
  bool down = false;
  bool stands = false;  // what was under way when it went down
  core::Fifo parked;    // what was due while it stands
};

// Kept at the receiving place; starts again when the warm-up ends.
struct TransitTally {
  common::Integral unit_ticks = 0;  // of goods that have arrived
  std::int64_t shipments = 0;
  Quantity units = 0;
};

// Kept at the receiving place: what goods cost more than usual while a disruption lasts. Settled when a price moves, so that
// arrivals need not know.
struct PriceTally {
  double price = 1, freight = 1;  // of the usual ones, now
  Quantity units = 0;             // of TransitTally, so far settled
  std::int64_t shipments = 0;     // likewise
  double dear_units = 0;          // units x (factor - 1)
  double dear_freight_units = 0, dear_shipments = 0;
};

struct GoodsArrived {  // at the receiver's place
  static constexpr std::size_t kFactBytes = 32;
  StockId stock;
  SourceId source;
  Quantity quantity = 0;
  std::uint64_t number = 0;
  core::Instant left;             // when the sender gave them out of hand
  core::Ref ages = core::kNoRef;  // memory, not fact
  std::uint32_t holds = 0;        // likewise: of LaneHolds, those that they have waited for
};

struct ParkedGoods {
  GoodsArrived goods;
  core::Duration left{0};  // of the way, from where they stand
  core::Ref next = core::kNoRef;
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
  core::Table<LaneId, LaneHolds> holds;  // empty unless a disruption can hold what is under way
  core::Pool<ParkedGoods> parked;
  core::Table<SourceId, PriceTally> prices;  // empty unless a disruption can move one

  // All of it, in a fixed order: what a fork copies and a snapshot holds.
  auto members() { return std::tie(lanes, tallies, lost, losses, waiting, holds, parked, prices); }
  auto members() const { return std::tie(lanes, tallies, lost, losses, waiting, holds, parked, prices); }
};

}  // namespace tierworks::logistics
