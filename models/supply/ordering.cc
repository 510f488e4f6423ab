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

// Of those that are valid now; the compiler has made sure that there is one.
SourceId chosen_source(const Run& run, const Stock& stock, Quantity quantity) {
  if (stock.sources.size() == 1) return SourceId{stock.sources.first};
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

// One order of `quantity` goes to the source whose turn it is; none if it has to wait.
SourceId place_order(Run& run, StockId id, Quantity quantity) {
  const Stock& stock = run.model.stocks[id];
  StockState& state = run.state.stocks[id];
  const SourceId chosen = chosen_source(run, stock, quantity);
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
    OpenOrders& open = run.state.open[chosen];
    if (open.quantity == 0) open.quiet_since = run.now();
    open.quantity += quantity;
    OrderReceived order{.source = chosen, .quantity = quantity, .number = number, .report = {}};
    if (run.model.reports()) order.report = echelon_of(run, id);
    // In periods what was sent earlier is there before anybody is looked at.
    const bool early = run.settings.in_periods() && source.order_time.ticks > 0;
    run.sender.send(source.supplier_place, run.now() + source.order_time, early ? phase::demand : phase::order, order);
  }
  return chosen;
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
