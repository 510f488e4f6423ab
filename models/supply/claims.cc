#include "models/supply/claims.h"

#include <algorithm>

#include "models/supply/ages.h"
#include "models/supply/demand_periods.h"
#include "models/supply/goods.h"
#include "models/supply/ordering.h"
#include "models/supply/policies/allocation.h"

namespace tierworks::supply {

using common::Claim;
namespace phase = common::phase;

namespace {

// Behind `before`, or first if that is none.
void stand_behind(core::Pool<WaitingClaim>& claims, ClaimLine& line, core::Ref before, core::Ref ref) {
  const core::Ref behind = before == core::kNoRef ? line.first : claims[before].next;
  claims[ref].previous = before;
  claims[ref].next = behind;
  (before == core::kNoRef ? line.first : claims[before].next) = ref;
  (behind == core::kNoRef ? line.last : claims[behind].previous) = ref;
}

void leave(core::Pool<WaitingClaim>& claims, ClaimLine& line, core::Ref ref) {
  const core::Ref before = claims[ref].previous, behind = claims[ref].next;
  (before == core::kNoRef ? line.first : claims[before].next) = behind;
  (behind == core::kNoRef ? line.last : claims[behind].previous) = before;
}

void change_backlog(Run& run, StockState& stock, Quantity delta) {
  const bool was_short = stock.backlog > 0;
  stock.backlog += delta;
  stock.tally.backlog.add(run.now(), delta);
  if (was_short != (stock.backlog > 0)) stock.tally.falls_short.add(run.now(), was_short ? -1 : 1);
}

// `claim` has already been reduced by `quantity`; nothing of the room's state may be held across this call.
void hand_over(Run& run, StockId id, Claim& claim, Quantity quantity) {
  StockState& state = run.state.stocks[id];
  const ShelfId shelf = run.model.stocks[id].shelf;
  core::Ref ages = core::kNoRef;
  if (!shelf.is_none()) {
    ages = take_ages(run, id, quantity);
    if (claim.kind == Claim::Kind::site) {
      run.state.shelves[shelf].passed_on += quantity;
    } else {
      run.state.shelves[shelf].used_up += quantity;
      forget_ages(run, ages);
    }
  }
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
                             .lane = link.lane,
                             .ages = ages});
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
    leave(run.state.claims, state.claims, ref);
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

// Of what is there, what is for others than this group.
Quantity kept_for_others(const Run& run, const Stock& stock, std::uint8_t group) {
  Quantity kept = 0;
  for (std::uint32_t i = stock.reserves.first; i < stock.reserves.last; ++i) {
    const Reserve& reserve = run.model.reserves[i];
    if (i + 1 - stock.reserves.first != group && run.now() < reserve.until) kept += reserve.quantity;
  }
  return kept;
}

// Everybody in line, as far as goods are not kept for others: who gets nothing stands in nobody's way.
void serve_with_reserves(Run& run, StockId id) {
  if (run.state.stocks[id].claims.empty() || run.state.stocks[id].shut) return;
  const core::Ref last = run.state.stocks[id].claims.last;
  for (core::Ref ref = run.state.stocks[id].claims.first;;) {
    const WaitingClaim& waiting = run.state.claims[ref];
    const core::Ref next = waiting.next;
    const Quantity free =
        run.state.stocks[id].available() - kept_for_others(run, run.model.stocks[id], waiting.claim.group);
    const Quantity part = std::min(free, waiting.claim.open);
    if (part > 0) serve(run, id, ref, part);
    if (ref == last) return;
    ref = next;
  }
}

}  // namespace

void serve_claims(Run& run, StockId id) {
  const Stock& stock = run.model.stocks[id];
  if (!stock.reserves.empty()) {
    serve_with_reserves(run, id);
    return;
  }
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

// The least is served first.
std::uint64_t rank_of(const Stock& stock, const StockState& state, const Claim& claim) {
  const std::uint64_t behind_favoured = state.favours && !claim.favoured ? std::uint64_t{1} << 32 : 0;
  return behind_favoured + (stock.ranks() ? claim.priority : 0);
}

// Last in line; by rank before all who rank behind it.
void stand_in_line(Run& run, StockId id, core::Ref ref) {
  const Stock& stock = run.model.stocks[id];
  StockState& state = run.state.stocks[id];
  auto& claims = run.state.claims;
  core::Ref before = state.claims.last;
  if (stock.ranks() || state.favours) {
    const std::uint64_t rank = rank_of(stock, state, claims[ref].claim);
    while (before != core::kNoRef && rank < rank_of(stock, state, claims[before].claim))
      before = claims[before].previous;
  }
  stand_behind(claims, state.claims, before, ref);
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
  Quantity available = state.available();
  if (!stock.reserves.empty()) available -= kept_for_others(run, stock, claim.group);
  const Quantity part = std::min(std::max<Quantity>(0, available), claim.open);
  if (stock.allocation == AllocationRule::first_come && !stock.complete_orders_only) return part;
  if (together) return 0;
  if (!state.claims.empty() && claim.group == 0) {
    const Claim& first = run.state.claims[state.claims.first].claim;
    if (rank_of(stock, state, claim) >= rank_of(stock, state, first)) return 0;
  }
  if (stock.complete_orders_only && claim.kind != Claim::Kind::work && part < claim.open) return 0;
  return part;
}

}  // namespace

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
    waiting = run.state.claims.allocate(run.lane(), {.claim = claim});
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

void set_favours(Run& run, StockId id, bool favours) {
  const Stock& stock = run.model.stocks[id];
  StockState& state = run.state.stocks[id];
  if (state.favours == favours) return;
  auto& claims = run.state.claims;
  // Both kinds stand in the right order among themselves.
  ClaimLine chosen, others;
  while (!state.claims.empty()) {
    const core::Ref ref = state.claims.first;
    leave(claims, state.claims, ref);
    ClaimLine& line = claims[ref].claim.favoured ? chosen : others;
    stand_behind(claims, line, line.last, ref);
  }
  state.favours = favours;
  const auto goes_first = [&](const Claim& a, const Claim& b) {
    const std::uint64_t of_a = rank_of(stock, state, a), of_b = rank_of(stock, state, b);
    return of_a != of_b ? of_a < of_b : !(b.arrived < a.arrived);
  };
  while (!chosen.empty() || !others.empty()) {
    const bool from_chosen =
        others.empty() || (!chosen.empty() && goes_first(claims[chosen.first].claim, claims[others.first].claim));
    ClaimLine& line = from_chosen ? chosen : others;
    const core::Ref ref = line.first;
    leave(claims, line, ref);
    stand_behind(claims, state.claims, state.claims.last, ref);
  }
  serve_claims(run, id);  // who is first now may take what was not enough for who was first before
}

Quantity claim_withdrawn(Run& run, StockId id, core::Ref ref) {
  StockState& state = run.state.stocks[id];
  const Quantity open = run.state.claims[ref].claim.open;
  change_backlog(run, state, -open);
  leave(run.state.claims, state.claims, ref);
  run.state.claims.release(run.lane(), ref);
  if (run.model.stocks[id].complete_orders_only) serve_claims(run, id);  // it may have stood in the way of others
  return open;
}

void claim_patience(Run& run, core::Ref claim, core::EventHandle patience) {
  run.state.claims[claim].claim.patience = patience;
}

}  // namespace tierworks::supply
