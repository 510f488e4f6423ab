#include "models/logistics/events.h"

#include <algorithm>

namespace tierworks::logistics {

namespace {

void depart(Run& run, LaneId id, const common::Shipment& goods, core::Instant left) {
  const Lane& lane = run.model.lanes[id];
  LaneState& state = run.state.lanes[id];
  core::Draw draw = run.settings.random.draw(run.model.links[goods.source].transit, goods.number, goods.part);
  const core::Duration drawn = core::rounded(core::sample(lane.transit, *run.model.tables, draw));
  const core::Duration transit = std::max(drawn, lane.at_least);
  core::Instant arrival = run.now() + transit;
  if (lane.keep_order) {
    arrival = std::max(arrival, state.last_arrival);
    state.last_arrival = arrival;
  }
  run.sender.send(
      lane.to, arrival, run.settings.phases.arrival,
      GoodsArrived{
          .stock = goods.to, .source = goods.source, .quantity = goods.quantity, .number = goods.number, .left = left});
  if (lane.capacity > 0) {
    ++state.under_way;
    run.sender.send(lane.from, arrival, run.settings.phases.completion, LaneFreed{.lane = id});
  }
}

}  // namespace

void start(Run& run) {
  run.state.lanes.assign(run.model.lanes.size(), LaneState{});
  run.state.tallies.assign(run.model.links.size(), TransitTally{});
  run.state.waiting.reset(run.sender.lanes());
}

void restart_tallies(Run& run) {
  for (TransitTally& tally : run.state.tallies) tally = {};
}

void goods_leave(Run& run, const common::Shipment& shipment) {
  const Lane& lane = run.model.lanes[shipment.lane];
  LaneState& state = run.state.lanes[shipment.lane];
  if (lane.capacity > 0 && state.under_way >= lane.capacity) {
    state.waiting.push_back(run.state.waiting,
                            run.state.waiting.allocate(run.lane(), {shipment, run.now(), core::kNoRef}));
    return;
  }
  depart(run, shipment.lane, shipment, run.now());
}

void handle(Run& run, const LaneFreed& event) {
  LaneState& state = run.state.lanes[event.lane];
  --state.under_way;
  if (state.waiting.empty()) return;
  const core::Ref ref = state.waiting.pop_front(run.state.waiting);
  const WaitingShipment next = run.state.waiting[ref];
  run.state.waiting.release(run.lane(), ref);
  depart(run, event.lane, next.shipment, next.since);
}

void handle(Run& run, const GoodsArrived& event) {
  TransitTally& tally = run.state.tallies[event.source];
  const core::Instant from = std::max(event.left, run.settings.measure_from);
  if (from < run.now()) tally.unit_ticks += common::Integral{event.quantity} * (run.now() - from).ticks;
  ++tally.shipments;
  tally.units += event.quantity;
  run.ports.goods_received(event.stock, event.source, event.quantity);
}

}  // namespace tierworks::logistics
