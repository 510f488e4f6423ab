// What the user says of replenishment at a site: what it buys and from whom, what it sells from outside the model,
// and how each stock is kept.
#pragma once
#include "models/common/spec.h"

namespace tierworks::supply {

using common::Amount;
using common::Entries;
using common::Field;

// How scarce goods are handed out to those who wait.
enum class AllocationRule : std::uint8_t { first_come, priority, proportional, equal, successor_order };

// Of what a policy looks at the position.
enum class PositionOf : std::uint8_t { local, echelon, echelon_by_orders };

// Which of several suppliers gets an order.
enum class SourcingRule : std::uint8_t { split, priority, cheapest, fastest, nearest };

// One supplier of a bought item. What is left out is taken from the `buys` entry around it.
struct SourceSpec {
  Field<double> share{0.0};
  Field<common::TimeDistribution> transit;
  Field<core::Duration> at_least{core::kMinute};
  Field<core::Duration> order_time{core::kHour};
  Field<Amount> most_open;
  Field<core::Duration> answer_within{core::Duration{0}};
  Field<common::Moment> valid_from;
  Field<common::Moment> valid_until;
};

template <class V>
void describe(V& v, SourceSpec& s) {
  v.optional("share", s.share).share().doc("share of the ordered quantity; equal shares if none is stated");
  v.optional("transit", s.transit).doc("time of the goods on the way from this supplier");
  v.optional("at_least", s.at_least).doc("floor of the transit time");
  v.optional("order_time", s.order_time).doc("time until an order reaches this supplier");
  v.optional("most_open", s.most_open)
      .positive()
      .doc("agreed capacity: with more on order here the next best supplier is asked; unlimited if left out");
  v.optional("answer_within", s.answer_within)
      .doc("no goods for so long, although some are on order: the next best supplier is asked; for ever if left out");
  v.optional("valid_from", s.valid_from).doc("gets orders from then on: `30 d` after the start, or a date");
  v.optional("valid_until", s.valid_until).doc("gets no orders from then on");
}

struct BuysSpec {
  // from: "mill" | [a, b] | {a: 70 %, b: 30 %} | {a: {share: 70 %, transit: 2 d}, b: ...}: always read into `from`.
  Entries<SourceSpec> from;
  Field<SourcingRule> choose;
  Field<common::TimeDistribution> transit;
  Field<core::Duration> at_least{core::kMinute};
  Field<core::Duration> order_time{core::kHour};
  Field<common::CarryingRate> transit_holding;
  Field<common::SafetyStock> safety;
  Field<std::int64_t> order_priority{0};
};

template <class V>
void describe(V& v, BuysSpec& s) {
  v.sources("from", s.from)
      .refers_to(common::Refers::site)
      .doc("the supplier, or several: `[a, b]`, `{a: 70 %, b: 30 %}`, or `{a: {share: 70 %, transit: 2 d}, b: ...}`");
  v.optional("choose", s.choose)
      .doc(
          "which of several suppliers gets an order: `split` by share, `priority` as written, `cheapest`, `fastest` or "
          "`nearest`");
  v.optional("transit", s.transit)
      .doc("time of the goods on the way; from the lane if one joins the two sites, else `at_least`");
  v.optional("at_least", s.at_least)
      .doc("floor of the transit time, to which draws are raised; the lookahead of this link");
  v.optional("order_time", s.order_time)
      .doc("time until an order reaches the supplier; an explicit 0 ties both sites together");
  v.optional("transit_holding", s.transit_holding)
      .doc("cost of goods on the way: `18 % / yr` of value or `2 / d` per unit");
  v.optional("safety", s.safety)
      .doc("the same as `safety` of the item's `stock`, for a stock of which nothing else is said");
  v.optional("order_priority", s.order_priority)
      .at_least(1)
      .doc("rank of these orders at a supplier whose `allocation` is `priority`: 1 first; last if left out");
}

// An item that a site supplies from outside the model: never short, but with a lead time and perhaps a capacity.
struct SellsSpec {
  Field<common::TimeDistribution> quoted;
  Field<common::AmountRate> capacity;
  Field<double> price{0.0};
};

template <class V>
void describe(V& v, SellsSpec& s) {
  v.optional("quoted", s.quoted).doc("lead time that the supplier needs before goods leave; 0 if left out");
  v.optional("capacity", s.capacity)
      .doc("most that it can make: `3 M / wk`; orders beyond it queue; unlimited if left out");
  v.optional("price", s.price).not_negative().doc("money per unit paid by the buyer; the item's value if left out");
}

// How one item is kept at one site. The keys that are stated choose the policy:
//   level                          base stock (S-1,S): order up to `level` whenever the position falls below it
//   reorder_point + level          (s,S)    reorder_point + quantity   (s,Q)
//   any of them with review        (R,S), (R,s,S), (R,s,Q)
//   safety instead of level        (R,S) or base stock with a level that is computed; with quantity: (s,Q) with such an s
//   forecast + review              order up to the forecast over lead time and review, and `safety`
//   none                           to order: a base stock of 0
// All of them act on the inventory position: on hand - reserved + on order - backlog; with `position: echelon` on that of
// the stock and of all stocks below it.
struct StockSpec {
  Field<Amount> level;
  Field<Amount> reorder_point;
  Field<Amount> quantity;
  Field<Amount> initial;
  Field<common::ReviewCalendar> review;
  Field<common::SafetyStock> safety;
  Field<double> demand_cv{0.0};
  Field<common::ForecastSpec> forecast;
  Field<core::Duration> horizon;
  Field<Amount> minimum;
  Field<Amount> multiple;
  Field<Amount> maximum;
  Field<PositionOf> position;
  Field<double> ordering_cost{0.0};
  Field<common::CarryingRate> holding;
  Field<common::CarryingRate> backorder_cost;
  Field<AllocationRule> allocation;
  Field<bool> complete_orders_only{false};
};

template <class V>
void describe(V& v, StockSpec& s) {
  v.optional("level", s.level).not_negative().doc("order-up-to level S");
  v.optional("reorder_point", s.reorder_point).not_negative().doc("s: order when the position is at or below it");
  v.optional("quantity", s.quantity).positive().doc("Q: order this much, or a whole number of times this much");
  v.optional("initial", s.initial).not_negative().doc("on hand at the start; the level (or s + Q) if left out");
  v.optional("review", s.review)
      .doc("`1 wk` or `1 wk from 2 d`: look at the stock only then; continuously if left out");
  v.optional("safety", s.safety)
      .doc(
          "in place of `level` or `reorder_point`, which are then computed: `98 % cycle_service` (cycles without a "
          "shortage), `95 % fill_rate` (units served at once), or `40` units above the expected demand");
  v.optional("demand_cv", s.demand_cv)
      .not_negative()
      .doc("standard deviation / mean of a day's demand, for `safety`; from the demand streams if left out");
  v.optional("forecast", s.forecast)
      .doc(
          "in place of `level`: order up to a forecast of demand per review: `moving_average 4` (reviews), `smoothing "
          "0.2`, `holt_winters 0.2 0.1 0.3 season 12` (level, trend, season), `croston 0.1`, `sba 0.1`, `tsb 0.1 0.05` "
          "(size, chance)");
  v.optional("horizon", s.horizon)
      .positive()
      .doc("time that the forecast looks ahead; lead time and review together if left out");
  v.optional("minimum", s.minimum).positive().doc("least quantity of an order");
  v.optional("multiple", s.multiple).positive().doc("orders are rounded up to a multiple of it");
  v.optional("maximum", s.maximum).positive().doc("most quantity of an order, however much is wanted");
  v.optional("position", s.position)
      .doc(
          "what the policy looks at: `local`, this stock alone; `echelon`, with all stocks below it, as far as they "
          "have "
          "reported with their orders; `echelon_by_orders`, that of the period's start less the orders of the period");
  v.optional("ordering_cost", s.ordering_cost).not_negative().doc("money per order placed, or per production order");
  v.optional("holding", s.holding).doc("cost of holding stock: `18 % / yr` of value or `7 / d` per unit");
  v.optional("backorder_cost", s.backorder_cost)
      .doc("cost of what customers and other sites wait for here: `37 / d` per unit, or a share of value");
  v.optional("allocation", s.allocation)
      .doc(
          "who gets scarce goods: `first_come`, `priority` (of customers and of orders, then first come), "
          "`successor_order` (sites in the order in which they are written, customers last), `proportional` or "
          "`equal`; "
          "that of the site if left out");
  v.optional("complete_orders_only", s.complete_orders_only)
      .doc("orders are shipped whole only; production still takes parts; as the site says if left out");
}

}  // namespace tierworks::supply
