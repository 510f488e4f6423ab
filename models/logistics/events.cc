#include "models/logistics/events.h"

#include <algorithm>
#include <cmath>

#include "core/base/prefetch.h"

namespace tierworks::logistics {

namespace {

core::Duration transit_of(const Run& run, const Lane& lane, double factor, const common::Shipment& goods) {
  double ticks = lane.transit.p;
  if (!lane.transit.is_constant()) {
    core::Draw draw = run.settings.random.draw(run.model.links[goods.source].transit, goods.number, goods.part);
    ticks = core::sample(lane.transit, *run.model.tables, draw);
  }
  return core::rounded(factor == 1 ? ticks : ticks * factor);
}

void depart(Run& run, LaneId id, const common::Shipment& goods, core::Instant left) {
  const Lane& lane = run.model.lanes[id];
  LaneState& state = run.state.lanes[id];
  const core::Duration transit = std::max(transit_of(run, lane, state.time, goods), lane.at_least);
  core::Instant arrival = run.now() + transit;
  if (lane.keep_order) {
    arrival = std::max(arrival, state.last_arrival);
    state.last_arrival = arrival;
  }
  run.sender.send(lane.to, arrival, run.settings.phases.arrival,
                  GoodsArrived{.stock = goods.to,
                               .source = goods.source,
                               .quantity = goods.quantity,
                               .number = goods.number,
                               .left = left,
                               .ages = goods.ages});
  if (lane.capacity > 0) {
    ++state.under_way;
    run.sender.send(lane.from, arrival, run.settings.phases.completion, LaneFreed{.lane = id});
  }
}

bool has_room(const Lane& lane, const LaneState& state) {
  if (state.room <= 0) return false;
  if (lane.capacity == 0) return true;
  const double share = static_cast<double>(lane.capacity) * state.room;
  return state.under_way < (state.room == 1 ? lane.capacity : std::max<std::int64_t>(1, std::llround(share)));
}

void depart_waiting(Run& run, LaneId id) {
  const Lane& lane = run.model.lanes[id];
  LaneState& state = run.state.lanes[id];
  while (!state.waiting.empty() && has_room(lane, state)) {
    const core::Ref ref = state.waiting.pop_front(run.state.waiting);
    const WaitingShipment next = run.state.waiting[ref];
    run.state.waiting.release(run.lane(), ref);
    depart(run, id, next.shipment, next.since);
  }
}

// They left before anything that is said of the run, disruptions at its start among them.
void start_under_way(Run& run) {
  constexpr core::Instant kBefore{-1};
  for (const UnderWay& goods : run.model.under_way) {
    const LaneId id = run.model.links[goods.source].lane;
    const Lane& lane = run.model.lanes[id];
    LaneState& state = run.state.lanes[id];
    if (lane.keep_order) state.last_arrival = std::max(state.last_arrival, goods.arrives);
    run.sender.act_as(lane.to);
    run.sender.send(lane.to, goods.arrives, run.settings.phases.arrival,
                    GoodsArrived{.stock = goods.to,
                                 .source = goods.source,
                                 .quantity = goods.quantity,
                                 .number = goods.number,
                                 .left = kBefore,
                                 .ages = core::kNoRef});
    if (lane.capacity == 0) continue;
    ++state.under_way;
    run.sender.act_as(lane.from);
    run.sender.send(lane.from, goods.arrives, run.settings.phases.completion, LaneFreed{.lane = id});
  }
}

}  // namespace

void start(Run& run) {
  run.state.lanes.assign(run.model.lanes.size(), LaneState{});
  run.state.tallies.assign(run.model.links.size(), TransitTally{});
  run.state.lost.assign(run.model.disrupted ? run.model.links.size() : 0, 0);
  run.state.losses.assign(run.model.disrupted ? run.model.lanes.size() : 0, LaneLoss{});
  run.state.waiting.reset(run.sender.lanes());
  run.state.holds.assign(run.model.holds ? run.model.lanes.size() : 0, LaneHolds{});
  run.state.parked.reset(run.sender.lanes());
  run.state.prices.assign(run.model.prices ? run.model.links.size() : 0, PriceTally{});
  start_under_way(run);
}

void restart_tallies(Run& run) {
  for (TransitTally& tally : run.state.tallies) tally = {};
  for (PriceTally& prices : run.state.prices) prices = {.price = prices.price, .freight = prices.freight};
}

void goods_leave(Run& run, const common::Shipment& shipment) {
  const Lane& lane = run.model.lanes[shipment.lane];
  LaneState& state = run.state.lanes[shipment.lane];
  if (!has_room(lane, state)) {
    state.waiting.push_back(run.state.waiting,
                            run.state.waiting.allocate(run.lane(), {shipment, run.now(), core::kNoRef}));
    return;
  }
  depart(run, shipment.lane, shipment, run.now());
}

void handle(Run& run, const LaneFreed& event) {
  LaneState& state = run.state.lanes[event.lane];
  --state.under_way;
  depart_waiting(run, event.lane);
}

namespace {

// Goods that are due, but were under way when their lane went down, come as much later as they stood or went round.
bool has_to_wait(Run& run, GoodsArrived goods) {
  const LaneId id = run.model.links[goods.source].lane;
  LaneHolds& holds = run.state.holds[id];
  const std::uint32_t forgotten = holds.count > LaneHolds::kKept ? holds.count - LaneHolds::kKept : 0;
  for (std::uint32_t i = std::max(goods.holds, forgotten); i < holds.count; ++i) {
    const LaneHolds::Hold& hold = holds.last[i % LaneHolds::kKept];
    if (!(goods.left < hold.since)) continue;
    goods.holds = i + 1;
    if (holds.stands && i + 1 == holds.count) {
      const ParkedGoods parked{goods, run.now() - hold.since, core::kNoRef};
      holds.parked.push_back(run.state.parked, run.state.parked.allocate(run.lane(), parked));
    } else {
      run.sender.send(run.model.lanes[id].to, run.now() + hold.delay, run.settings.phases.arrival, goods);
    }
    return true;
  }
  return false;
}

}  // namespace

void set_onward(Run& run, LaneId id, bool goes_on) {
  const Lane& lane = run.model.lanes[id];
  LaneHolds& holds = run.state.holds[id];
  if (!goes_on) {
    if (holds.down) return;
    holds.down = true;
    holds.last[holds.count % LaneHolds::kKept] = {run.now(), lane.detour};
    ++holds.count;
    holds.stands = lane.detour.ticks == 0;
    return;
  }
  holds.down = false;
  if (!holds.stands) return;
  holds.stands = false;
  LaneHolds::Hold& hold = holds.last[(holds.count - 1) % LaneHolds::kKept];
  hold.delay = run.now() - hold.since;
  while (!holds.parked.empty()) {
    const core::Ref ref = holds.parked.pop_front(run.state.parked);
    const ParkedGoods parked = run.state.parked[ref];
    run.state.parked.release(run.lane(), ref);
    run.sender.send(lane.to, run.now() + parked.left, run.settings.phases.arrival, parked.goods);
  }
}

void handle(Run& run, const GoodsArrived& event) {
  if (run.model.holds && has_to_wait(run, event)) return;
  TransitTally& tally = run.state.tallies[event.source];
  const core::Instant from = std::max(event.left, run.settings.measure_from);
  if (from < run.now()) tally.unit_ticks += common::Integral{event.quantity} * (run.now() - from).ticks;
  ++tally.shipments;
  Quantity arrived = event.quantity;
  if (run.model.disrupted) {
    const LaneLoss& loss = run.state.losses[run.model.links[event.source].lane];
    if (loss.share > 0 && event.left < loss.at) {
      const auto lost = static_cast<Quantity>(static_cast<double>(arrived) * loss.share + 0.5);
      arrived -= lost;
      run.state.lost[event.source] += lost;
      run.ports.goods_lost(event.stock, event.source, lost, event.ages);
    }
    if (arrived == 0) return;
  }
  tally.units += arrived;
  run.ports.goods_received(event.stock, event.source, arrived, event.ages);
}

void expect(const Run& run, const GoodsArrived& event) {
  core::prefetch(run.state.tallies[event.source]);
  run.ports.goods_expected(event.stock);
}

void lane_expected(const Run& run, LaneId id) {
  core::prefetch(run.model.lanes[id]);
  core::prefetch(run.state.lanes[id]);
}

void set_room(Run& run, LaneId id, double share) {
  run.state.lanes[id].room = share;
  depart_waiting(run, id);
}

void set_time(Run& run, LaneId id, double factor) { run.state.lanes[id].time = factor; }

PriceTally prices_of(const Run& run, SourceId id) {
  if (run.state.prices.empty()) return {};
  PriceTally prices = run.state.prices[id];
  const TransitTally& tally = run.state.tallies[id];
  const auto units = static_cast<double>(tally.units - prices.units);
  prices.dear_units += units * (prices.price - 1);
  prices.dear_freight_units += units * (prices.freight - 1);
  prices.dear_shipments += static_cast<double>(tally.shipments - prices.shipments) * (prices.freight - 1);
  prices.units = tally.units;
  prices.shipments = tally.shipments;
  return prices;
}

void set_price(Run& run, SourceId id, double factor) {
  run.state.prices[id] = prices_of(run, id);
  run.state.prices[id].price = factor;
}

void set_freight(Run& run, SourceId id, double factor) {
  run.state.prices[id] = prices_of(run, id);
  run.state.prices[id].freight = factor;
}

void lose_under_way(Run& run, LaneId id, double share) { run.state.losses[id] = {run.now(), share}; }

}  // namespace tierworks::logistics
