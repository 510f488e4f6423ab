// What the user says of replenishment at a site: what it buys and from whom, what it sells from outside the model,
// and how each stock is kept.
#pragma once
#include "models/common/spec.h"

namespace tierworks::supply {

using common::Amount;
using common::Entries;
using common::Field;

// How scarce goods are handed out to those who wait.
enum class AllocationRule : std::uint8_t { first_come, priority, proportional, equal, successor_order, margin };

// Of what a policy looks at the position.
enum class PositionOf : std::uint8_t { local, echelon, echelon_by_orders };

// By what demand a stock is planned: the orders that it gets, what customers order below it, what the sites that buy from it
// expect to need, or what they plan to order.
enum class DemandSignal : std::uint8_t { orders, customers, forecast, plans };

// Which of several suppliers gets an order.
enum class SourcingRule : std::uint8_t { split, priority, cheapest, fastest, nearest, most_stock, least_load };

// Of what suppliers report.
inline bool by_reports(SourcingRule rule) {
  return rule == SourcingRule::most_stock || rule == SourcingRule::least_load;
}

// "7..14 d": order when the position covers less than `least` of the mean demand, up to `most`; "4 wk": both are the same.
struct CoverDays {
  core::Duration least{0};
  core::Duration most{0};
};

// "6 cards of 40": so many containers in circulation, of so much each.
struct KanbanLoop {
  std::int64_t cards = 0;
  common::Amount container;
  bool when_started = false;  // a card goes back when its container is started; else when it is empty
};

// "40..120": kept by its supplier between so much and so much.
struct StockBand {
  common::Amount least;
  common::Amount most;
};

// "20 at 3 d": goods that come in then; "20 from mill at 3 d": from one of several suppliers. "20 to mill at 1 d": an order that
// the supplier gets then, and fills like any other.
struct OnOrderSpec {
  Amount amount;
  std::string supplier;  // "": the only one
  bool to_supplier = false;
  common::Moment at;
};
struct OnOrderSpecs {
  std::vector<OnOrderSpec> list;
};

// Goods that only some customers get.
struct ReserveSpec {
  Field<Amount> quantity;
  Field<double> share{0.0};
  Field<common::Moment> until;
};

template <class V>
void describe(V& v, ReserveSpec& s) {
  v.optional("quantity", s.quantity).positive().doc("the last so many on hand are for this class alone");
  v.optional("share", s.share)
      .positive()
      .share()
      .doc(
          "instead of `quantity`: that share of the most that the stock's policy orders up to (of `initial`, if it has "
          "no "
          "such level)");
  v.optional("until", s.until).doc("the end of it: `90 d` after the start, or a date; never if left out");
}

// "lot_for_lot" | "fixed 200" | "periods 3" | "wagner_whitin": how MRP makes orders of what is needed.
struct LotRule {
  enum class Kind : std::uint8_t { lot_for_lot, fixed, periods, wagner_whitin };
  Kind kind = Kind::lot_for_lot;
  common::Amount size;       // fixed
  std::int64_t periods = 1;  // periods: reviews
};

// Time-phased planning over the bill of materials; its buckets are the stock's reviews.
struct MrpSpec {
  Field<core::Duration> lead_time;
  Field<LotRule> lot;
  Field<core::Duration> safety_time;
  Field<core::Duration> frozen;
};

template <class V>
void describe(V& v, MrpSpec& s) {
  v.required("lead_time", s.lead_time).doc("planned, from the release of an order to its receipt; whole reviews");
  v.optional("lot", s.lot)
      .doc("`lot_for_lot`, `fixed 200`, `periods 3` (reviews) or `wagner_whitin`; lot for lot if left out");
  v.optional("safety_time", s.safety_time)
      .doc("receipts are planned so long before they are needed; not at all if left out");
  v.optional("frozen", s.frozen).doc("releases of the next so long stay as they were planned; none if left out");
}

// How the orders that customers have booked consume the forecast of a stock.
struct ConsumptionSpec {
  Field<core::Duration> back;
  Field<core::Duration> ahead;
  Field<core::Duration> demand_fence;
};

template <class V>
void describe(V& v, ConsumptionSpec& s) {
  v.optional("back", s.back)
      .doc("what is booked above the forecast of a review consumes that of so long before; none if left out");
  v.optional("ahead", s.ahead).doc("then that of so long after; none if left out");
  v.optional("demand_fence", s.demand_fence)
      .doc(
          "in the next so long only what is booked counts, whatever is forecast; the forecast counts always if left "
          "out");
}

// The buffer of a decoupling point.
struct DdmrpSpec {
  Field<double> lead_time_factor{0.0};
  Field<double> variability_factor{0.0};
  Field<core::Duration> lead_time;
  Field<core::Duration> order_cycle;
  Field<double> spike_threshold{0.5};
  Field<core::Duration> spike_horizon;
};

template <class V>
void describe(V& v, DdmrpSpec& s) {
  v.required("lead_time_factor", s.lead_time_factor)
      .share()
      .doc("red base / use during the lead time; the smaller the longer that is");
  v.required("variability_factor", s.variability_factor).share().doc("red safety / red base");
  v.optional("lead_time", s.lead_time)
      .positive()
      .doc("decoupled lead time; computed, through what is to order, up to the next stock if left out");
  v.optional("order_cycle", s.order_cycle).doc("wanted time between two orders; 0 if left out");
  v.optional("spike_threshold", s.spike_threshold)
      .share()
      .doc("known orders of a review count as a spike from this share of the red zone on; 50 % if left out");
  v.optional("spike_horizon", s.spike_horizon).doc("how far ahead spikes count; the lead time if left out");
}

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
  Field<common::OrderDays> order_days;
  Field<bool> cancellable{true};
  bool in_reserve = false;  // added by an answer to a disruption, not written here
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
  v.optional("order_days", s.order_days).doc("when this supplier takes orders; they wait for the next such day");
  v.optional("cancellable", s.cancellable)
      .doc("orders here can be called back while they are not sent; as the purchase says if left out");
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
  Field<CoverDays> cover;
  Field<std::int64_t> order_priority{0};
  Field<double> order_margin{0.0};
  Field<common::OrderDays> order_days;
  Field<bool> cancellable{true};
  Field<bool> split_orders{false};
  Field<core::Duration> reported_every{core::kDay};
  Field<core::Duration> report_time{core::kHour};
};

template <class V>
void describe(V& v, BuysSpec& s) {
  v.sources("from", s.from)
      .refers_to(common::Refers::site)
      .doc(
          "the supplier, or several: `[a, b]`, `{a: 70 %, b: 30 %}`, or `{a: {share: 70 %, transit: 2 d}, b: ...}`; "
          "`lanes`: every site that has the item and a lane to here");
  v.optional("choose", s.choose)
      .doc(
          "which of several suppliers gets an order: `split` by share, `priority` as written, `cheapest`, `fastest`, "
          "`nearest`, `most_stock` or `least_load` (as last reported)");
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
  v.optional("cover", s.cover)
      .doc("the same as `cover` of the item's `stock`, for a stock of which nothing else is said");
  v.optional("order_priority", s.order_priority)
      .at_least(1)
      .doc("rank of these orders at a supplier whose `allocation` is `priority`: 1 first; last if left out");
  v.optional("order_margin", s.order_margin)
      .doc("money that a unit of these orders earns, at a supplier whose `allocation` is `margin`; 0 if left out");
  v.optional("order_days", s.order_days)
      .doc(
          "when suppliers take orders, which wait for the next such day: `mondays`, `[mondays, thursdays at 10 h]`, "
          "`1 wk from 2 d`; at any time if left out");
  v.optional("cancellable", s.cancellable)
      .doc("orders can be called back while they are not sent (`open_orders` of a disruption); `true` if left out");
  v.optional("split_orders", s.split_orders)
      .doc(
          "an order that is more than `most_open` (or with `most_stock` the reported stock) of one supplier allows "
          "goes "
          "in parts to several; to one if left out");
  v.optional("reported_every", s.reported_every)
      .positive_time()
      .doc("how often suppliers report their stock and load, for `most_stock` and `least_load`; 1 d if left out");
  v.optional("report_time", s.report_time)
      .doc("time until a report reaches the buyer; an explicit 0 ties both sites together; 1 h if left out");
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
//   cover                          min-max in days of mean demand; with forecast + review of forecast demand
//   kanban                         so many cards, each an order of one container
//   order_formula                  the user's own quantity
//   mrp + review + horizon         what a time-phased plan over the bill of materials releases now
//   ddmrp + review                 a buffer with red, yellow and green zones by the net flow position
//   vendor_managed + review        the supplier, told at each review, keeps it between two limits
//   on_demand                      lot for lot: what is demanded is ordered, as it comes or at reviews
//   none                           to order: a base stock of 0
// All of them act on the inventory position: on hand - reserved + on order - backlog; with `position: echelon` on that of
// the stock and of all stocks below it.
struct StockSpec {
  Field<Amount> level;
  Field<Amount> reorder_point;
  Field<Amount> quantity;
  Field<Amount> initial;
  Field<OnOrderSpecs> on_order;
  Field<common::ReviewCalendar> review;
  Field<common::SafetyStock> safety;
  Field<double> demand_cv{0.0};
  Field<common::ForecastSpec> forecast;
  Field<core::Duration> horizon;
  Field<DemandSignal> demand_signal;
  Field<core::Duration> signal_delay{core::Duration{0}};
  Field<CoverDays> cover;
  Field<KanbanLoop> kanban;
  Field<bool> on_demand{false};
  Field<std::string> order_formula;
  Field<StockBand> vendor_managed;
  MrpSpec mrp;
  DdmrpSpec ddmrp;
  ConsumptionSpec consumption;
  Field<Amount> minimum;
  Field<Amount> multiple;
  Field<Amount> maximum;
  Field<PositionOf> position;
  Field<double> ordering_cost{0.0};
  Field<common::CarryingRate> holding;
  Field<common::CarryingRate> backorder_cost;
  Field<AllocationRule> allocation;
  Field<bool> complete_orders_only{false};
  Entries<ReserveSpec> reserve;
};

template <class V>
void describe(V& v, StockSpec& s) {
  v.optional("level", s.level).not_negative().doc("order-up-to level S");
  v.optional("reorder_point", s.reorder_point).not_negative().doc("s: order when the position is at or below it");
  v.optional("quantity", s.quantity).positive().doc("Q: order this much, or a whole number of times this much");
  v.optional("initial", s.initial).not_negative().doc("on hand at the start; the level (or s + Q) if left out");
  v.optional("on_order", s.on_order)
      .doc(
          "ordered before the start: `20 at 3 d` (goods that come in then), `[20 from mill at 3 d, 8 from forge at 1 "
          "wk]` "
          "with several suppliers, `20 to mill at 1 d` (an order that the supplier gets then); none if left out");
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
      .doc(
          "time that the forecast looks ahead, lead time and review together if left out; of `mrp` that which is "
          "planned");
  v.optional("demand_signal", s.demand_signal)
      .doc(
          "what a `forecast` goes by: `orders`, those that the stock gets; `customers`, what customers of all sites "
          "below "
          "order of what it goes into, so that orders on the way are not taken for demand; or instead of a forecast of "
          "its own "
          "`forecast`, those of the stocks that are filled from it; with `mrp` also `plans`, what sites that buy from "
          "it "
          "plan to order by their `mrp`; `orders` if left out");
  v.optional("signal_delay", s.signal_delay)
      .doc(
          "time until the stock is told: 0 of what customers ordered, and the `order_time` of a forecast or a plan, if "
          "left out");
  v.optional("cover", s.cover)
      .doc(
          "in place of `level`: `7..14 d` orders up to 14 d of mean demand when the position covers less than 7 d; `4 "
          "wk` keeps 4 wk; with `forecast` and `review` of the demand that is forecast");
  v.optional("kanban", s.kanban)
      .doc(
          "in place of `level`: `6 cards of 40`: an order of one container for each card that has come back, when its "
          "container is empty, or with `when started` behind it when its first unit is taken");
  v.optional("on_demand", s.on_demand)
      .doc(
          "lot for lot: each demand is ordered as it comes, or what came since the last `review`; `initial` stays; not "
          "so if left out");
  v.optional("order_formula", s.order_formula)
      .doc(
          "in place of `level`: the quantity to order, in units, whenever something is taken or at reviews: `\"max(0, "
          "demand_rate * (lead_time + 2) - position)\"`; its names are on_hand, reserved, on_order, backorders, "
          "position, "
          "demand_rate and demand_sd (of a day), forecast (over `horizon`), period_demand (since the last review), "
          "lead_time and review (days)");
  v.optional("vendor_managed", s.vendor_managed)
      .doc(
          "in place of `level`: `40..120`: at each `review` the supplier is told what is here, and sends what fills it "
          "up "
          "to the most once it is below the least; nothing is ordered");
  v.section("mrp", s.mrp)
      .doc(
          "in place of `level`: material requirements planning in buckets of one `review` over the planning `horizon`, "
          "netted "
          "against stock and open orders, and passed on to components with `mrp` at the same site");
  v.section("ddmrp", s.ddmrp)
      .doc(
          "in place of `level`: a demand driven buffer, whose zones follow from the mean use of a day, or its "
          "`forecast`");
  v.section("consumption", s.consumption)
      .doc(
          "how orders that customers have `booked` consume the `forecast` of the stock, or what `mrp` knows of its "
          "demand");
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
          "who gets scarce goods: `first_come`, `priority` (of customers and of orders, then first come), `margin` "
          "(the "
          "highest a unit first), "
          "`successor_order` (sites in the order in which they are written, customers last), `proportional` or "
          "`equal`; "
          "that of the site if left out");
  v.optional("complete_orders_only", s.complete_orders_only)
      .doc("orders are shipped whole only; production still takes parts; as the site says if left out");
  v.map("reserve", s.reserve)
      .doc("goods kept for customers of a class: `{clinic: {quantity: 40, until: 90 d}}`, `{clinic: {share: 30 %}}`");
}

}  // namespace tierworks::supply
