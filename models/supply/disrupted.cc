// Supply while something is disrupted: outside suppliers that work slower or stand, stocks that are shut or lost, buyers who
// cannot order or know that a supplier fails.
#include <algorithm>

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
  state.flows.destroyed += lost;
  change_on_hand(run, state, -lost);
  if (run.model.stocks[id].continuous()) consider_ordering(run, id);
}

void goods_lost(Run& run, StockId id, SourceId source, Quantity quantity) {
  OpenOrders& open = run.state.open[source];
  open.quantity -= quantity;
  StockState& state = run.state.stocks[id];
  state.on_order -= quantity;
  if (run.model.stocks[id].continuous()) consider_ordering(run, id);
}

}  // namespace tierworks::supply
