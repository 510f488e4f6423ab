#include "models/supply/goods.h"

#include "models/supply/ages.h"
#include "models/supply/claims.h"
#include "models/supply/ordering.h"

namespace tierworks::supply {

namespace phase = common::phase;

void change_on_hand(Run& run, StockState& stock, Quantity delta) {
  const bool was_ready = stock.on_hand > 0;
  stock.on_hand += delta;
  stock.tally.on_hand.add(run.now(), delta);
  if (was_ready != (stock.on_hand > 0)) stock.tally.ready.add(run.now(), was_ready ? -1 : 1);
  TIERWORKS_CHECK(stock.on_hand >= stock.reserved, "more goods left a stock than it had", stock.on_hand,
                  stock.reserved);
}

namespace {

// `ages` of goods that spoil; none are fresh.
void receive(Run& run, StockId id, Quantity quantity, core::Ref ages = core::kNoRef) {
  StockState& state = run.state.stocks[id];
  if (!run.model.stocks[id].vendor_managed) state.on_order -= quantity;
  TIERWORKS_CHECK(state.on_order >= 0, "more goods arrived than were on order", state.on_order, quantity);
  change_on_hand(run, state, quantity);
  Quantity expired = 0;
  if (!run.model.stocks[id].shelf.is_none()) {
    put_ages(run, id, ages != core::kNoRef ? ages : fresh_goods(run, id, quantity));
    expired = throw_away(run, id);
  }
  ++state.tally.cycles;
  if (state.short_since_receipt) ++state.tally.cycles_short;
  serve_claims(run, id);
  StockState& after = run.state.stocks[id];
  after.short_since_receipt = after.backlog > 0;
  // Goods that went straight to who waited have set cards free.
  const Stock& stock = run.model.stocks[id];
  if (stock.continuous() && std::holds_alternative<Kanban>(stock.policy) && order_of(stock.policy, after.view()) > 0) {
    run.sender.send(stock.place, run.now(), phase::review, ReviewDue{.stock = id});
  }
  if (expired > 0 && stock.continuous()) consider_ordering(run, id);
}

}  // namespace

void materials_taken(Run& run, StockId id, Quantity quantity) {
  StockState& state = run.state.stocks[id];
  state.reserved -= quantity;
  state.flows.used += quantity;
  change_on_hand(run, state, -quantity);
}

void goods_made(Run& run, StockId id, Quantity quantity) {
  run.state.stocks[id].flows.made += quantity;
  receive(run, id, quantity);
}

void made_otherwise(Run& run, StockId id, Quantity more) {
  run.state.stocks[id].on_order += more;
  if (more < 0 && run.model.stocks[id].continuous()) consider_ordering(run, id);
}

void goods_received(Run& run, StockId id, SourceId source, Quantity quantity, core::Ref ages) {
  OpenOrders& open = run.state.open[source];
  open.quantity -= quantity;
  open.quiet_since = run.now();
  run.state.stocks[id].flows.received += quantity;
  receive(run, id, quantity, ages);
}

void materials_destroyed(Run& run, StockId id, Quantity quantity) {
  if (quantity == 0) return;
  StockState& state = run.state.stocks[id];
  state.reserved -= quantity;
  state.flows.destroyed += quantity;
  change_on_hand(run, state, -quantity);
}

}  // namespace tierworks::supply
