#include "models/supply/events.h"

#include <algorithm>

#include "core/base/prefetch.h"
#include "models/supply/ages.h"
#include "models/supply/claims.h"
#include "models/supply/demand_periods.h"
#include "models/supply/echelon.h"
#include "models/supply/goods.h"
#include "models/supply/ordering.h"
#include "models/supply/periods.h"

namespace tierworks::supply {

using common::Claim;
namespace phase = common::phase;

namespace {

// Planning is asked what it makes of the demand since the last review.
bool asks_planning(const Stock& stock) {
  if (const auto* formula = std::get_if<OrderByFormula>(&stock.policy)) return formula->forecasts;
  return std::holds_alternative<OrderUpToForecast>(stock.policy);
}

void start_shelves_and_reserves(Run& run) {
  for (std::uint32_t i = 0; i < run.model.stocks.size(); ++i) {
    const Stock& stock = run.model.stocks[StockId{i}];
    if (stock.shelf.is_none() && stock.reserves.empty()) continue;
    run.sender.act_as(stock.place);
    if (!stock.shelf.is_none() && stock.initial > 0) {
      put_ages(run, StockId{i}, fresh_goods(run, StockId{i}, stock.initial));
      throw_away(run, StockId{i});
    }
    for (std::uint32_t k = stock.reserves.first; k < stock.reserves.last; ++k) {
      const core::Instant until = run.model.reserves[k].until;
      if (!(until < run.settings.end)) continue;
      run.sender.send(stock.place, until, run.settings.phases.hand_out,
                      ReviewDue{.stock = StockId{i}, .look = ReviewDue::Look::hand_out});
    }
  }
}

void count_on_order(Run& run) {
  for (const OnOrder& on_order : run.model.on_order) {
    run.state.stocks[on_order.stock].on_order += on_order.quantity;
    if (run.model.sources[on_order.source].kind == Source::Kind::line) continue;
    run.state.open[on_order.source].quantity += on_order.quantity;
  }
}

// Goods under way are sent by logistics.
void start_on_order(Run& run) {
  for (std::uint32_t i = 0; i < run.model.on_order.size(); ++i) {
    const OnOrder& on_order = run.model.on_order[i];
    const Source& source = run.model.sources[on_order.source];
    if (on_order.to_supplier) {
      run.sender.act_as(source.supplier_place);
      const core::Phase phase = run.settings.in_periods() ? phase::demand : phase::order;
      run.sender.send(source.supplier_place, on_order.at, phase,
                      OrderReceived{.source = on_order.source,
                                    .quantity = on_order.quantity,
                                    .number = number_before_start(i),
                                    .report = {}});
    } else if (source.kind == Source::Kind::line) {
      const core::PlaceId place = run.model.stocks[on_order.stock].place;
      run.sender.act_as(place);
      run.sender.send(place, on_order.at, run.settings.phases.completion,
                      ReviewDue{.stock = on_order.stock, .look = ReviewDue::Look::done});
    }
  }
}

// What was in work before the start and is done by now, once for each instant.
void work_of_before_done(Run& run, StockId id) {
  const core::Range rows = run.model.stocks[id].on_order;
  for (std::uint32_t i = rows.first; i < rows.last; ++i) {
    const OnOrder& on_order = run.model.on_order[i];
    if (on_order.at == run.now()) goods_made(run, id, on_order.quantity);
  }
}

// As if all had reported at the start.
void start_to_report(Run& run) {
  for (std::uint32_t i = 0; i < run.model.sources.size(); ++i) {
    const Source& source = run.model.sources[SourceId{i}];
    if (source.report_every.ticks == 0) continue;
    if (source.kind == Source::Kind::stock) {
      run.state.seen[SourceId{i}].stock = run.model.stocks[source.supplier_stock].initial;
    }
    run.sender.act_as(source.supplier_place);
    run.sender.send(source.supplier_place, core::Instant{0} + source.report_every, phase::dispatch,
                    ReportDue{.source = SourceId{i}});
  }
}

}  // namespace

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
  state.shelves.assign(run.model.shelves.size(), ShelfState{});
  state.ages.reset(run.sender.lanes());
  state.seen.assign(run.model.listens ? run.model.sources.size() : 0, SupplierSeen{});
  state.managed.assign(run.model.managed ? run.model.sources.size() : 0, Managed{});
  for (std::uint32_t i = 0; i < run.model.stocks.size(); ++i) {
    change_on_hand(run, state.stocks[StockId{i}], run.model.stocks[StockId{i}].initial);
  }
  count_on_order(run);
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
  start_shelves_and_reserves(run);
  start_on_order(run);
  if (run.model.listens) start_to_report(run);
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
  for (ShelfState& shelf : run.state.shelves) shelf.wasted = shelf.used_up = shelf.passed_on = 0;
}

void handle(Run& run, const OrderReceived& event) {
  const Source& source = run.model.sources[event.source];
  if (source.kind == Source::Kind::stock) {
    if (run.model.reports()) run.state.reports[event.source] = event.report;
    Claim claim{.kind = Claim::Kind::site,
                .favoured = source.favoured,
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
  state.ordered += event.quantity;
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
                         .lane = source.lane,
                         .ages = run.model.stocks[source.buyer].shelf.is_none()
                                     ? core::kNoRef
                                     : fresh_goods(run, source.buyer, event.quantity)});
}

SourceId look_at(Run& run, StockId id) {
  const Stock& stock = run.model.stocks[id];
  if (stock.vendor_managed) {
    tell_supplier(run, id);
    close_period(run.state.stocks[id]);
    return SourceId::none();
  }
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
  if (event.look == ReviewDue::Look::done) {
    work_of_before_done(run, event.stock);
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

void goods_expected(const Run& run, StockId id) {
  core::prefetch(run.state.stocks[id]);
  core::prefetch(run.model.stocks[id]);
}

void expect(const Run& run, const ReviewDue& event) {
  goods_expected(run, event.stock);
  const SourceId source = run.model.stocks[event.stock].always;
  if (source.is_none()) return;
  core::prefetch(run.model.sources[source]);
  core::prefetch(run.state.open[source]);
  core::prefetch(run.state.ordered[source]);
}

void expect(const Run& run, const OrderReceived& event) {
  const Source& source = run.model.sources[event.source];
  core::prefetch(source);
  if (!source.lane.is_none()) run.ports.lane_expected(source.lane);
}

common::Position position_of(const Run& run, StockId id) {
  const StockState& state = run.state.stocks[id];
  return {.available = state.available() - state.backlog,
          .on_order = state.on_order,
          .demanded = state.period_demand - state.period_work};
}

}  // namespace tierworks::supply
