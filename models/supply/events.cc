#include "models/supply/events.h"

#include <algorithm>
#include <array>

#include "models/supply/echelon.h"
#include "models/supply/order_by_formula.h"
#include "models/supply/periods.h"
#include "models/supply/policies/allocation.h"
#include "models/supply/policies/sourcing.h"

namespace tierworks::supply {

using common::Claim;
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

void change_backlog(Run& run, StockState& stock, Quantity delta) {
  const bool was_short = stock.backlog > 0;
  stock.backlog += delta;
  stock.tally.backlog.add(run.now(), delta);
  if (was_short != (stock.backlog > 0)) stock.tally.falls_short.add(run.now(), was_short ? -1 : 1);
}

// A period ends; one that began before the warm-up ended is not counted.
void close_period(StockState& state) {
  if (state.whole_period) {
    state.tally.demand_per_period.add(static_cast<double>(state.period_demand));
    state.tally.orders_per_period.add(static_cast<double>(state.period_ordered));
  }
  state.whole_period = true;
  state.period_demand = 0;
  state.period_work = 0;
  state.period_ordered = 0;
}

// Days of a continuous policy that have ended by `now`; those without demand and orders all at once.
void close_days(StockState& state, core::Instant now) {
  const std::int64_t days = (now - state.period_from).ticks / core::kDay.ticks;
  if (days < 1) return;
  close_period(state);
  state.tally.demand_per_period.add_zeros(days - 1);
  state.tally.orders_per_period.add_zeros(days - 1);
  state.period_from = state.period_from + core::kDay * days;
}

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

namespace {

// `claim` has already been reduced by `quantity`; nothing of the room's state may be held across this call.
void hand_over(Run& run, StockId id, Claim& claim, Quantity quantity) {
  StockState& state = run.state.stocks[id];
  if (claim.kind != Claim::Kind::work) {
    state.tally.shipped += quantity;
    if (claim.open == 0 && !(claim.arrived < run.settings.measure_from)) {
      state.tally.lead_time.add(core::in_hours(run.now() - claim.arrived));
    }
  }
  switch (claim.kind) {
    case Claim::Kind::customer:
      change_on_hand(run, state, -quantity);
      state.flows.sold += quantity;
      run.ports.customer_served(claim, quantity);
      break;
    case Claim::Kind::site: {
      change_on_hand(run, state, -quantity);
      state.flows.shipped += quantity;
      const SourceId source{claim.who};
      const Source& link = run.model.sources[source];
      run.ports.goods_leave({.to = link.buyer,
                             .source = source,
                             .quantity = quantity,
                             .number = claim.number,
                             .part = claim.shipments,
                             .lane = link.lane});
      ++claim.shipments;
      break;
    }
    case Claim::Kind::work:
      state.reserved += quantity;
      run.ports.materials_ready(claim.who, claim.part, quantity);
      break;
  }
}

// Gives `part` to the claim that waits as `ref`.
void serve(Run& run, StockId id, core::Ref ref, Quantity part) {
  StockState& state = run.state.stocks[id];
  Claim claim = run.state.claims[ref].claim;
  claim.open -= part;
  change_backlog(run, state, -part);
  const Stock& stock = run.model.stocks[id];
  const bool dealt_with_together = stock.in_periods() ? run.now() - claim.arrived < stock.period
                                                      : claim.kind == Claim::Kind::site && claim.arrived == run.now() &&
                                                            stock.allocation != AllocationRule::first_come;
  if (dealt_with_together) {
    (claim.kind == Claim::Kind::work ? state.tally.work_at_once : state.tally.at_once) += part;
  }
  const bool done = claim.open == 0;
  if (done) {
    state.claims.remove(run.state.claims, ref);
    run.state.claims.release(run.lane(), ref);
  } else {
    run.state.claims[ref].claim.open = claim.open;
  }
  hand_over(run, id, claim, part);
  if (!done) run.state.claims[ref].claim = claim;  // it keeps its place in the line
}

// What is there, which is less than what is wanted, to all who wait now; who comes while goods are handed over stands behind
// them and gets nothing.
template <class Rule>
void divide(Run& run, StockId id, Rule rule) {
  const core::Ref last = run.state.stocks[id].claims.last;
  for (core::Ref ref = run.state.stocks[id].claims.first;;) {
    const core::Ref next = run.state.claims[ref].next;
    const Quantity part = rule.next(run.state.claims[ref].claim.open);
    if (part > 0) serve(run, id, ref, part);
    if (ref == last) return;
    ref = next;
  }
}

}  // namespace

void serve_claims(Run& run, StockId id) {
  const Stock& stock = run.model.stocks[id];
  for (;;) {
    const StockState& state = run.state.stocks[id];
    const Quantity available = state.available();
    if (available <= 0 || state.claims.empty() || state.shut) return;
    if (stock.divides() && available < state.backlog) break;
    const Claim& first = run.state.claims[state.claims.first].claim;
    if (stock.complete_orders_only && first.kind != Claim::Kind::work && available < first.open) return;
    serve(run, id, state.claims.first, std::min(available, first.open));
  }
  const StockState& state = run.state.stocks[id];
  if (stock.allocation == AllocationRule::proportional) {
    divide(run, id, Proportional{.available = state.available(), .total = state.backlog});
    return;
  }
  divide(run, id, EqualParts::of(state.available(), [&](auto&& visit) {
           for (core::Ref ref = state.claims.first; ref != core::kNoRef; ref = run.state.claims[ref].next) {
             visit(run.state.claims[ref].claim.open);
           }
         }));
}

namespace {

// Last in line; by priority before all who rank behind it.
void stand_in_line(Run& run, StockId id, core::Ref ref) {
  StockState& state = run.state.stocks[id];
  auto& claims = run.state.claims;
  const std::uint32_t priority = claims[ref].claim.priority;
  const bool behind_all =
      !run.model.stocks[id].ranks() || state.claims.empty() || claims[state.claims.last].claim.priority <= priority;
  if (behind_all) {
    state.claims.push_back(claims, ref);
    return;
  }
  core::Ref before = core::kNoRef, behind = state.claims.first;
  while (claims[behind].claim.priority <= priority) {
    before = behind;
    behind = claims[behind].next;
  }
  claims[ref].next = behind;
  (before == core::kNoRef ? state.claims.first : claims[before].next) = ref;
}

// For the next look, which is now at the start of a period.
void count_inbound(const Stock& stock, StockState& state, const Claim& claim, core::Instant now) {
  const std::int64_t periods = (now.ticks + stock.period.ticks - 1) / stock.period.ticks;
  const core::Instant look = core::Instant{0} + stock.period * periods;
  if (state.counted_at < look) {
    state.counted_at = look;
    state.inbound = state.of_customers = 0;
  }
  state.inbound += claim.open;
  if (claim.kind == Claim::Kind::customer) state.of_customers += claim.open;
}

// What a newcomer gets before it stands in line. `together`: it waits for the others of this instant.
Quantity got_at_once(const Run& run, StockId id, const Claim& claim, bool together) {
  const Stock& stock = run.model.stocks[id];
  const StockState& state = run.state.stocks[id];
  if (stock.in_periods() || state.shut) return 0;
  const Quantity part = std::min(std::max<Quantity>(0, state.available()), claim.open);
  if (stock.allocation == AllocationRule::first_come && !stock.complete_orders_only) return part;
  if (together) return 0;
  if (!state.claims.empty()) {
    const bool first = stock.ranks() && claim.priority < run.state.claims[state.claims.first].claim.priority;
    if (!first) return 0;
  }
  if (stock.complete_orders_only && claim.kind != Claim::Kind::work && part < claim.open) return 0;
  return part;
}

void receive(Run& run, StockId id, Quantity quantity) {
  StockState& state = run.state.stocks[id];
  state.on_order -= quantity;
  TIERWORKS_CHECK(state.on_order >= 0, "more goods arrived than were on order", state.on_order, quantity);
  change_on_hand(run, state, quantity);
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
}

// Would serving `missing` units take another production order than a full line can hold?
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

// Planning is asked what it makes of the demand since the last review.
bool asks_planning(const Stock& stock) {
  if (const auto* formula = std::get_if<OrderByFormula>(&stock.policy)) return formula->forecasts;
  return std::holds_alternative<OrderUpToForecast>(stock.policy);
}

}  // namespace

Periods periods_until(const Stock& stock, const StockState& state, core::Instant end) {
  StockState ended = state;
  if (stock.continuous()) close_days(ended, end);
  return {ended.tally.demand_per_period, ended.tally.orders_per_period};
}

void start(Run& run) {
  State& state = run.state;
  state.stocks.assign(run.model.stocks.size(), StockState{});
  state.ordered.assign(run.model.sources.size(), 0);
  state.open.assign(run.model.sources.size(), OpenOrders{});
  state.offers.assign(run.model.offers.size(), OfferState{});
  state.claims.reset(run.sender.lanes());
  state.formula_faults.assign(run.model.formula_numbers.size(), FormulaFault{});
  state.news.assign(run.model.disrupted ? run.model.sources.size() : 0, SourceNews{});
  for (OfferState& offer : state.offers) offer.pace.millionths.set(run.now(), common::Pace::kWhole);
  state.work.reset(run.sender.lanes());
  for (std::uint32_t i = 0; i < run.model.stocks.size(); ++i) {
    change_on_hand(run, state.stocks[StockId{i}], run.model.stocks[StockId{i}].initial);
  }
  start_reports(run);
  for (std::uint32_t i = 0; i < run.model.stocks.size(); ++i) {
    const StockId id{i};
    const Stock& stock = run.model.stocks[id];
    if (const auto* forecast = std::get_if<OrderUpToForecast>(&stock.policy)) {
      state.stocks[id].target = forecast->first;
      state.stocks[id].order_below = forecast->order_below;
    }
    const auto* formula = std::get_if<OrderByFormula>(&stock.policy);
    if (formula != nullptr) state.stocks[id].target = formula->first;
    state.stocks[id].whole_period = stock.continuous();
    // A continuous policy looks once at the start, then whenever the position falls.
    const bool at_start = stock.continuous() && (formula != nullptr || order_of(stock.policy, seen(run, id)) > 0);
    if (stock.continuous() && !at_start) continue;
    run.sender.act_as(stock.place);
    if (stock.in_periods()) {
      run.sender.send(stock.place, core::Instant{0}, phase::order, ReviewDue{.stock = id});
    } else {
      run.sender.send(stock.place, core::Instant{0} + stock.review_from, phase::review, ReviewDue{.stock = id});
    }
  }
}

void restart_tallies(Run& run) {
  for (OfferState& offer : run.state.offers) offer.pace.millionths.restart(run.now());
  for (std::uint32_t i = 0; i < run.model.stocks.size(); ++i) {
    StockState& stock = run.state.stocks[StockId{i}];
    StockTally anew;
    for (auto level : {&StockTally::on_hand, &StockTally::backlog, &StockTally::ready, &StockTally::falls_short}) {
      anew.*level = stock.tally.*level;
      (anew.*level).restart(run.now());
    }
    stock.tally = anew;
    // Days are counted anew from here; a review period must first end.
    stock.whole_period = run.model.stocks[StockId{i}].continuous();
    if (!stock.whole_period) continue;
    stock.period_from = run.now();
    stock.period_demand = stock.period_ordered = 0;
  }
}

void handle(Run& run, const OrderReceived& event) {
  const Source& source = run.model.sources[event.source];
  if (source.kind == Source::Kind::stock) {
    if (run.model.reports()) run.state.reports[event.source] = event.report;
    Claim claim{.kind = Claim::Kind::site,
                .who = event.source.index,
                .priority = source.priority,
                .number = event.number,
                .open = event.quantity,
                .arrived = run.now()};
    if (event.quantity > 0) goods_wanted(run, source.supplier_stock, claim);
    if (run.settings.in_periods() && source.order_time.ticks == 0) heard(run, source.supplier_stock);
    return;
  }
  const Offer& offer = run.model.offers[source.offer];
  if (offer.stoppable) {
    work_on_order(run, event);
    return;
  }
  OfferState& state = run.state.offers[source.offer];
  core::Instant ready = run.now();
  if (offer.ticks_per_unit > 0) {
    const double making = static_cast<double>(event.quantity) * offer.ticks_per_unit;
    const core::Instant begin = std::max(ready, state.free_at);
    ready = std::min(core::kLastInstant, begin + core::rounded(making));
    state.free_at = ready;
  }
  if (offer.quoted.is_constant()) {
    ready = ready + core::rounded(offer.quoted.p);
  } else {
    core::Draw draw = run.settings.random.draw(source.quoted, event.number);
    ready = ready + core::rounded(core::sample(offer.quoted, *run.model.tables, draw));
  }
  run.sender.send(offer.place, ready, run.settings.phases.completion,
                  OfferReady{.source = event.source, .quantity = event.quantity, .number = event.number});
}

void handle(Run& run, const OfferReady& event) {
  const Source& source = run.model.sources[event.source];
  OfferState& offer = run.state.offers[source.offer];
  offer.bought += event.quantity;
  if (event.work != core::kNoRef) common::paced::end(run.sender, run.state.work, offer.pace, event.work);
  run.ports.goods_leave({.to = source.buyer,
                         .source = event.source,
                         .quantity = event.quantity,
                         .number = event.number,
                         .part = 0,
                         .lane = source.lane});
}

SourceId look_at(Run& run, StockId id) {
  const Stock& stock = run.model.stocks[id];
  // In periods the demand of the first one is known when it is looked at.
  const bool whole = !(run.now() - core::Instant{0} + stock.period < stock.review_every);
  if (asks_planning(stock) && whole) {
    const common::Levels levels = run.ports.levels_after(id, run.state.stocks[id].period_demand);
    run.state.stocks[id].target = levels.up_to;
    run.state.stocks[id].order_below = levels.order_below;
  }
  if (std::holds_alternative<Planned>(stock.policy)) {
    // Planning looks at this and other stocks of the site, so nothing is held across the call.
    const Quantity release = run.ports.release_due(id);
    run.state.stocks[id].target = release;
  }
  const SourceId ordered_from = consider_ordering(run, id);
  if (!stock.continuous()) close_period(run.state.stocks[id]);
  return ordered_from;
}

void handle(Run& run, const ReviewDue& event) {
  const Stock& stock = run.model.stocks[event.stock];
  if (event.look == ReviewDue::Look::hand_out) {
    run.state.stocks[event.stock].hand_out_due = false;
    serve_claims(run, event.stock);
    StockState& state = run.state.stocks[event.stock];
    if (state.backlog > 0) state.short_since_receipt = true;
    return;
  }
  if (stock.in_periods()) {
    run.sender.send(stock.place, run.now() + stock.period, phase::order, event);
    heard(run, event.stock);
    return;
  }
  look_at(run, event.stock);
  if (!stock.continuous()) run.sender.send(stock.place, run.now() + stock.review_every, phase::review, event);
}

core::Ref goods_wanted(Run& run, StockId id, Claim& claim) {
  StockState& state = run.state.stocks[id];
  const bool in_periods = run.model.stocks[id].in_periods();
  const bool together =
      in_periods || (claim.kind == Claim::Kind::site && run.model.stocks[id].allocation != AllocationRule::first_come);
  const Quantity at_once = got_at_once(run, id, claim, together);
  const bool is_work = claim.kind == Claim::Kind::work;
  (is_work ? state.tally.work_demanded : state.tally.demanded) += claim.open;
  (is_work ? state.tally.work_at_once : state.tally.at_once) += at_once;
  if (run.model.stocks[id].continuous()) close_days(state, run.now());
  state.period_demand += claim.open;
  state.flows.wanted += claim.open;
  if (in_periods) count_inbound(run.model.stocks[id], state, claim, run.now());
  if (is_work) state.period_work += claim.open;
  claim.open -= at_once;
  const Quantity missing = claim.open;
  if (missing > 0 && !together) state.short_since_receipt = true;
  bool waits = missing > 0;
  if (claim.kind == Claim::Kind::customer && missing > 0) {
    waits = claim.waits && !line_is_full_for(run, id, at_once + missing);
  }
  core::Ref waiting = core::kNoRef;
  if (waits) {
    // It stands in line before anything else happens; the part at hand is then handed over.
    change_backlog(run, state, missing);
    waiting = run.state.claims.allocate(run.lane(), {claim, core::kNoRef});
    stand_in_line(run, id, waiting);
  }
  if (together && !in_periods && !state.hand_out_due) {
    state.hand_out_due = true;
    run.sender.send(run.model.stocks[id].place, run.now(), phase::review,
                    ReviewDue{.stock = id, .look = ReviewDue::Look::hand_out});
  }
  if (at_once > 0) {
    hand_over(run, id, claim, at_once);
    if (waits) run.state.claims[waiting].claim = claim;
  }
  if (run.model.stocks[id].continuous()) consider_ordering(run, id);
  return waiting;
}

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

void goods_received(Run& run, StockId id, SourceId source, Quantity quantity) {
  OpenOrders& open = run.state.open[source];
  open.quantity -= quantity;
  open.quiet_since = run.now();
  run.state.stocks[id].flows.received += quantity;
  receive(run, id, quantity);
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

common::Position position_of(const Run& run, StockId id) {
  const StockState& state = run.state.stocks[id];
  return {.available = state.available() - state.backlog,
          .on_order = state.on_order,
          .demanded = state.period_demand - state.period_work};
}

Quantity claim_withdrawn(Run& run, StockId id, core::Ref ref) {
  StockState& state = run.state.stocks[id];
  const Quantity open = run.state.claims[ref].claim.open;
  change_backlog(run, state, -open);
  state.claims.remove(run.state.claims, ref);
  run.state.claims.release(run.lane(), ref);
  if (run.model.stocks[id].complete_orders_only) serve_claims(run, id);  // it may have stood in the way of others
  return open;
}

void materials_destroyed(Run& run, StockId id, Quantity quantity) {
  if (quantity == 0) return;
  StockState& state = run.state.stocks[id];
  state.reserved -= quantity;
  state.flows.destroyed += quantity;
  change_on_hand(run, state, -quantity);
}

void claim_patience(Run& run, core::Ref claim, core::EventHandle patience) {
  run.state.claims[claim].claim.patience = patience;
}

}  // namespace tierworks::supply
