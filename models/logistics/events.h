// Goods leave, travel, arrive; a lane with a capacity makes shipments wait for their turn.
#pragma once
#include "models/common/phases.h"
#include "models/common/ports.h"
#include "models/common/room.h"
#include "models/logistics/model.h"
#include "models/logistics/state.h"

namespace tierworks::logistics {

struct LaneFreed {  // at the sender's place
  LaneId lane;
  std::uint32_t unused = 0;
};

using Events = common::EventList<GoodsArrived, LaneFreed>;

using Run = common::RoomRun<Model, State, Events>;

void start(Run& run);
void restart_tallies(Run& run);

// Fetches what such an event will touch; see core::Dispatch.
void expect(const Run& run, const GoodsArrived& event);
void lane_expected(const Run& run, LaneId lane);

void handle(Run& run, const GoodsArrived& event);
void handle(Run& run, const LaneFreed& event);

// The room's side of common::Ports; see there.
void goods_leave(Run& run, const common::Shipment& shipment);

// From disruptions; see common::Lever and common::Loss.
void set_room(Run& run, LaneId lane, double share);
void set_time(Run& run, LaneId lane, double factor);
// What is under way stands, or goes on; on a lane with a detour it is diverted instead.
void set_onward(Run& run, LaneId lane, bool goes_on);
// What goods of the source, or their freight, cost from now on; and what they cost more than usual since measuring began.
void set_price(Run& run, SourceId source, double factor);
void set_freight(Run& run, SourceId source, double factor);
PriceTally prices_of(const Run& run, SourceId source);
// Known when the goods fail to arrive.
void lose_under_way(Run& run, LaneId lane, double share);

// Calls visit(source, quantity, left) for all goods that have left a sender and not arrived.
template <class F>
void for_each_under_way(const Run& run, F&& visit) {
  run.sender.template for_each_pending<GoodsArrived>(
      [&](const GoodsArrived& goods) { visit(goods.source, goods.quantity, goods.left); });
  for (const LaneState& lane : run.state.lanes) {
    for (core::Ref ref = lane.waiting.first; ref != core::kNoRef; ref = run.state.waiting[ref].next) {
      visit(run.state.waiting[ref].shipment.source, run.state.waiting[ref].shipment.quantity,
            run.state.waiting[ref].since);
    }
  }
  for (const LaneHolds& holds : run.state.holds) {
    for (core::Ref ref = holds.parked.first; ref != core::kNoRef; ref = run.state.parked[ref].next) {
      const GoodsArrived& goods = run.state.parked[ref].goods;
      visit(goods.source, goods.quantity, goods.left);
    }
  }
}

}  // namespace tierworks::logistics
