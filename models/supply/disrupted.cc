// Supply while something is disrupted: outside suppliers that work slower or stand, stocks that are shut or lost, buyers who
// cannot order or know that a supplier fails.
#include <algorithm>

#include "models/supply/ages.h"
#include "models/supply/claims.h"
#include "models/supply/goods.h"
#include "models/supply/ordering.h"

namespace tierworks::supply {

namespace {

core::Duration ahead_of(const OfferState& state, core::Instant now) {
  const core::Duration passed = now - state.ahead_at;
  const core::Duration done =
      state.pace.pace == 1 ? passed : core::rounded(static_cast<double>(passed.ticks) * state.pace.pace);
  return std::max(core::Duration{0}, state.ahead - done);
}

core::Duration making_of(const Offer& offer, Quantity quantity) {
  if (offer.ticks_per_unit <= 0) return {0};
  return core::rounded(static_cast<double>(quantity) * offer.ticks_per_unit);
}

}  // namespace

void work_on_order(Run& run, const OrderReceived& order) {
  const Source& source = run.model.sources[order.source];
  const Offer& offer = run.model.offers[source.offer];
  OfferState& state = run.state.offers[source.offer];
  const core::Duration making = making_of(offer, order.quantity);
  const core::Duration ahead = ahead_of(state, run.now());
  state.ahead = ahead + making;
  state.ordered += order.quantity;
  state.ahead_at = run.now();
  core::Draw draw = run.settings.random.draw(source.quoted, order.number);
  const core::Duration time = making + core::rounded(core::sample(offer.quoted, *run.model.tables, draw));
  common::paced::begin(run.sender, run.state.work, state.pace, offer.place, run.settings.phases.completion,
                       OfferReady{.source = order.source, .quantity = order.quantity, .number = order.number}, time,
                       ahead);
}

void set_offer_pace(Run& run, OfferId id, double pace) {
  OfferState& state = run.state.offers[id];
  state.ahead = ahead_of(state, run.now());
  state.ahead_at = run.now();
  common::paced::change(run.sender, run.state.work, state.pace, run.model.offers[id].place,
                        run.settings.phases.completion, pace);
}

void begin_anew(Run& run, OfferId id) {
  const Offer& offer = run.model.offers[id];
  OfferState& state = run.state.offers[id];
  core::Duration made{0};
  common::paced::begin_anew(run.sender, run.state.work, state.pace, offer.place, run.settings.phases.completion,
                            [&](const auto& row) {
                              const core::Duration making = making_of(offer, row.end.quantity);
                              made = made + making;
                              return made - making + row.whole;
                            });
  state.ahead = made;
  state.ahead_at = run.now();
}

void set_open(Run& run, StockId id, bool open) {
  run.state.stocks[id].shut = !open;
  if (!open) return;
  serve_claims(run, id);
}

void set_sight(Run& run, StockId id, bool sees) {
  run.state.stocks[id].blind = !sees;
  // A policy with reviews waits for the next one.
  if (sees && run.model.stocks[id].continuous()) consider_ordering(run, id);
}

void set_known_to_fail(Run& run, SourceId id, bool fails) { run.state.news[id].fails = fails; }

void set_ready(Run& run, SourceId id, bool ready) { run.state.news[id].ready = ready; }

void lose_stock(Run& run, StockId id, double share) {
  StockState& state = run.state.stocks[id];
  const auto lost = static_cast<Quantity>(static_cast<double>(std::max<Quantity>(0, state.available())) * share + 0.5);
  if (lost == 0) return;
  if (!run.model.stocks[id].shelf.is_none()) lose_ages_of(run, id, lost);
  state.flows.destroyed += lost;
  change_on_hand(run, state, -lost);
  if (run.model.stocks[id].continuous()) consider_ordering(run, id);
}

void goods_lost(Run& run, StockId id, SourceId source, Quantity quantity, core::Ref ages) {
  if (ages != core::kNoRef) lose_ages(run, ages, quantity);
  OpenOrders& open = run.state.open[source];
  open.quantity -= quantity;
  StockState& state = run.state.stocks[id];
  if (!run.model.stocks[id].vendor_managed) state.on_order -= quantity;
  if (run.model.stocks[id].continuous()) consider_ordering(run, id);
}

void call_orders_back(Run& run, SourceId id, bool move) {
  const Source& source = run.model.sources[id];
  if (run.state.open[id].quantity == 0) return;
  run.sender.send(source.supplier_place, run.now() + source.order_time, common::phase::order,
                  OrdersCalledBack{.source = id, .ordered_elsewhere = move ? 1U : 0U});
}

namespace {

// From an outside supplier that a disruption can hit; who stands behind comes so much earlier.
Quantity given_back_by_offer(Run& run, SourceId id) {
  const Source& source = run.model.sources[id];
  const Offer& offer = run.model.offers[source.offer];
  OfferState& state = run.state.offers[source.offer];
  const auto settle = [&] {
    common::paced::change(run.sender, run.state.work, state.pace, offer.place, run.settings.phases.completion,
                          state.pace.pace);
  };
  settle();  // what is left of each is as of now
  core::Duration ahead = ahead_of(state, run.now());
  core::Duration spared{0};  // of the making in front of those that come next
  Quantity quantity = 0;
  for (core::Ref ref = state.pace.first; ref != core::kNoRef;) {
    auto& row = run.state.work[ref];
    const core::Ref next = row.next;
    row.left = row.left - spared;
    if (row.end.source == id) {
      const core::Duration making = making_of(offer, row.end.quantity);
      const core::Duration quoted = row.whole - making;
      spared = spared + std::clamp(row.left - quoted, core::Duration{0}, making);
      quantity += row.end.quantity;
      if (!state.pace.stands()) run.sender.cancel(row.handle);
      common::paced::end(run.sender, run.state.work, state.pace, ref);
    }
    ref = next;
  }
  state.ahead = std::max(core::Duration{0}, ahead - spared);
  state.ahead_at = run.now();
  state.ordered -= quantity;
  settle();
  return quantity;
}

Quantity given_back_by_stock(Run& run, SourceId id) {
  const StockId stock = run.model.sources[id].supplier_stock;
  const auto waiting = [&] {
    core::Ref ref = run.state.stocks[stock].claims.first;
    while (ref != core::kNoRef) {
      const common::Claim& claim = run.state.claims[ref].claim;
      if (claim.kind == common::Claim::Kind::site && claim.who == id.index) break;
      ref = run.state.claims[ref].next;
    }
    return ref;
  };
  Quantity quantity = 0;
  for (core::Ref ref = waiting(); ref != core::kNoRef; ref = waiting()) quantity += claim_withdrawn(run, stock, ref);
  return quantity;
}

}  // namespace

void handle(Run& run, const OrdersCalledBack& event) {
  const Source& source = run.model.sources[event.source];
  const Quantity quantity = source.kind == Source::Kind::stock ? given_back_by_stock(run, event.source)
                                                               : given_back_by_offer(run, event.source);
  if (quantity == 0) return;
  run.sender.send(
      run.model.stocks[source.buyer].place, run.now() + source.order_time, common::phase::order,
      OrdersGivenBack{.source = event.source, .ordered_elsewhere = event.ordered_elsewhere, .quantity = quantity});
}

void handle(Run& run, const OrdersGivenBack& event) {
  const StockId id = run.model.sources[event.source].buyer;
  run.state.open[event.source].quantity -= event.quantity;
  run.state.ordered[event.source] -= event.quantity;
  run.state.stocks[id].on_order -= event.quantity;
  if (event.ordered_elsewhere != 0) {
    order_again(run, id, event.quantity);
  } else if (run.model.stocks[id].continuous()) {
    consider_ordering(run, id);
  }
}

}  // namespace tierworks::supply
