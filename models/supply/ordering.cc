#include "models/supply/ordering.h"

#include <algorithm>
#include <array>

#include "models/supply/demand_periods.h"
#include "models/supply/echelon.h"
#include "models/supply/order_by_formula.h"
#include "models/supply/policies/sourcing.h"

namespace tierworks::supply {

namespace phase = common::phase;

namespace {

constexpr std::size_t kMostSources = 16;

// What a source takes of one order, as far as the buyer knows.
Quantity room_at(const Run& run, const Stock& stock, SourceId id) {
  const Source& source = run.model.sources[id];
  Quantity room = common::kMostQuantity;
  if (source.most_open > 0) room = source.most_open - run.state.open[id].quantity;
  if (std::holds_alternative<MostStock>(stock.sourcing)) room = std::min(room, run.state.seen[id].stock);
  return room;
}

// Of those that are valid now; the compiler has made sure that there is one. `quantity` is what it should be able to take.
SourceId chosen_source(const Run& run, const Stock& stock, Quantity quantity) {
  if (!stock.always.is_none()) return stock.always;
  std::array<SourceId, kMostSources> ids;
  std::array<SourceShare, kMostSources> shares;
  std::array<SourceView, kMostSources> views;
  std::size_t n = 0, failing = 0;
  for (std::uint32_t i = stock.sources.first; i < stock.sources.last && n < kMostSources; ++i) {
    const SourceId id{i};
    const Source& source = run.model.sources[id];
    if (!source.valid(run.now())) continue;
    if (source.in_reserve && !run.state.news[id].ready) continue;
    ids[n] = id;
    shares[n] = {source.share, run.state.ordered[id]};
    views[n] = source.known;
    views[n].able = run.state.open[id].leave_able(quantity, source.most_open, source.answer_within, run.now());
    if (source.report_every.ticks > 0) {
      views[n].stock = run.state.seen[id].stock;
      views[n].load = run.state.seen[id].load;
    }
    if (stock.splits_orders && room_at(run, stock, id) < quantity) views[n].able = false;
    if (run.model.disrupted && run.state.news[id].fails) {
      views[n].able = false;
      ++failing;
    }
    ++n;
  }
  // Shares are for those who deliver.
  if (failing > 0 && failing < n && std::holds_alternative<FixedSplit>(stock.sourcing)) {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < n; ++i) {
      if (run.state.news[ids[i]].fails) continue;
      ids[kept] = ids[i];
      shares[kept++] = shares[i];
    }
    n = kept;
  }
  return std::visit(
      [&]<class Rule>(const Rule&) {
        if constexpr (std::is_same_v<Rule, FixedSplit>) {
          return ids[Rule::choose({shares.data(), n}, quantity)];
        } else {
          return ids[Rule::choose({views.data(), n}, quantity)];
        }
      },
      stock.sourcing);
}

// The first instant from now on at which the source takes orders.
core::Instant taken_from(const Run& run, const Source& source) {
  core::Instant first = core::kLastInstant;
  for (std::uint32_t i = source.order_days.first; i < source.order_days.last; ++i) {
    const OrderDay& day = run.model.order_days[i];
    const core::Instant from = core::Instant{0} + day.from;
    const std::int64_t since = std::max<std::int64_t>(0, (run.now() - from).ticks);
    const std::int64_t passed = (since + day.every.ticks - 1) / day.every.ticks;
    first = std::min(first, from + day.every * passed);
  }
  return first;
}

void send_order(Run& run, StockId id, SourceId chosen, Quantity quantity, std::uint64_t number) {
  const Source& source = run.model.sources[chosen];
  OpenOrders& open = run.state.open[chosen];
  if (open.quantity == 0) open.quiet_since = run.now();
  open.quantity += quantity;
  if (source.report_every.ticks > 0) {
    run.state.seen[chosen].stock -= quantity;
    run.state.seen[chosen].load += quantity;
  }
  OrderReceived order{.source = chosen, .quantity = quantity, .number = number, .report = {}};
  if (run.model.reports()) order.report = echelon_of(run, id);
  const core::Instant sent = source.order_days.empty() ? run.now() : taken_from(run, source);
  // In periods what was sent earlier is there before anybody is looked at.
  const bool early = run.settings.in_periods() && run.now() < sent + source.order_time;
  run.sender.send(source.supplier_place, sent + source.order_time, early ? phase::demand : phase::order, order);
}

// One order of `quantity` to a source; none if it has to wait.
SourceId order_from(Run& run, StockId id, SourceId chosen, Quantity quantity) {
  const Stock& stock = run.model.stocks[id];
  StockState& state = run.state.stocks[id];
  const Source& source = run.model.sources[chosen];
  if (source.kind == Source::Kind::line && !run.ports.line_has_room(source.product)) {
    // Tried again when the line has room, or at the next review.
    if (stock.continuous() && !state.held) {
      state.held = true;
      state.held_since = run.now();
    }
    return SourceId::none();
  }
  const std::uint64_t number = state.orders++;
  state.on_order += quantity;
  ++state.tally.orders;
  if (stock.continuous()) close_days(state, run.now());
  state.period_ordered += quantity;
  run.state.ordered[chosen] += quantity;
  if (source.kind == Source::Kind::line) {
    run.ports.production_wanted(source.product, quantity, number);
  } else {
    send_order(run, id, chosen, quantity, number);
  }
  return chosen;
}

// Parts of one order: to the best who takes some, as much as it takes; what nobody takes goes to the best of all.
SourceId order_in_parts(Run& run, StockId id, Quantity quantity) {
  const Stock& stock = run.model.stocks[id];
  const Quantity least = std::max({Quantity{1}, stock.limits.minimum, stock.limits.multiple});
  SourceId last = SourceId::none();
  while (quantity > 0) {
    const SourceId chosen = chosen_source(run, stock, std::min(least, quantity));
    Quantity part = std::min(quantity, room_at(run, stock, chosen));
    if (stock.limits.multiple > 1) part = part / stock.limits.multiple * stock.limits.multiple;
    const bool fails = run.model.disrupted && run.state.news[chosen].fails;
    if (part < std::min(least, quantity) || fails) part = quantity;
    last = order_from(run, id, chosen, part);
    quantity -= part;
  }
  return last;
}

SourceId place_order(Run& run, StockId id, Quantity quantity) {
  const Stock& stock = run.model.stocks[id];
  if (stock.splits_orders) return order_in_parts(run, id, quantity);
  return order_from(run, id, chosen_source(run, stock, quantity), quantity);
}

}  // namespace

SourceId consider_ordering(Run& run, StockId id) {
  const Stock& stock = run.model.stocks[id];
  if (run.state.stocks[id].blind || stock.sources.empty()) return SourceId::none();
  const Quantity wanted = order_of(stock.policy, with_formula(run, id, seen(run, id)));
  if (const auto* kanban = std::get_if<Kanban>(&stock.policy)) {
    // Each card is an order of its own.
    SourceId last = SourceId::none();
    for (Quantity card = 0; card < wanted; card += kanban->container) last = place_order(run, id, kanban->container);
    return last;
  }
  return wanted > 0 ? place_order(run, id, stock.limits.apply(wanted)) : SourceId::none();
}

void order_again(Run& run, StockId id, Quantity quantity) {
  if (!run.state.stocks[id].blind) place_order(run, id, quantity);
}

bool line_is_full_for(Run& run, StockId id, Quantity demanded) {
  const Stock& stock = run.model.stocks[id];
  if (stock.sources.empty()) return false;  // it comes as a by-product
  const Source& source = run.model.sources[SourceId{stock.sources.first}];
  if (!stock.continuous()) return false;  // nothing is ordered before the next review
  if (source.kind != Source::Kind::line || run.ports.line_has_room(source.product)) return false;
  StockView view = seen(run, id);
  view.backlog += demanded;
  return order_of(stock.policy, with_formula(run, id, view)) > 0;
}

void line_room_freed(Run& run, LineId line) {
  const core::Range range = run.model.stocks_of_line[line.index];
  for (;;) {
    // Who was held first orders first; of those held at one instant the first written.
    StockId first = StockId::none();
    for (std::uint32_t i = range.first; i < range.last; ++i) {
      const StockId id = run.model.line_stocks[i];
      const StockState& state = run.state.stocks[id];
      if (!state.held) continue;
      if (first.is_none() || state.held_since < run.state.stocks[first].held_since) first = id;
    }
    if (first.is_none()) return;
    StockState& state = run.state.stocks[first];
    const core::Instant since = state.held_since;
    state.held = false;
    consider_ordering(run, first);
    if (!state.held) continue;
    state.held_since = since;  // no room after all: it keeps its turn
    return;
  }
}

}  // namespace tierworks::supply
