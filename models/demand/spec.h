// What the user says of outside demand: who orders what, where, when, how much, and what happens if it cannot be met.
#pragma once
#include "models/common/spec.h"

namespace tierworks::demand {

using common::Entries;
using common::Field;

// A time in which more, or less, is ordered than otherwise.
struct PromotionSpec {
  Field<common::Moment> from;
  Field<common::Moment> until;
  Field<double> factor{1.0};
};

template <class V>
void describe(V& v, PromotionSpec& s) {
  v.required("from", s.from).doc("when it starts: `30 d` after the start of the run, or a date");
  v.required("until", s.until).doc("when it ends");
  v.required("factor", s.factor).not_negative().doc("demand in this time / demand otherwise");
}

// Goods that customers send back.
struct ReturnsSpec {
  Field<double> share{0.0};
  Field<common::TimeDistribution> after;
};

template <class V>
void describe(V& v, ReturnsSpec& s) {
  v.required("share", s.share).share().doc("deliveries that come back whole / deliveries");
  v.optional("after", s.after).doc("time from the delivery until they are in stock again; 0 if left out");
}

// Orders whose date is moved.
struct MovedSpec {
  Field<double> share{0.0};
  Field<core::Duration> by;
};

template <class V>
void describe(V& v, MovedSpec& s) {
  v.required("share", s.share).share().doc("orders whose date is moved / orders");
  v.required("by", s.by).positive().doc("time by which the date moves");
}

// Orders that are known before the goods are wanted, and may change until then.
struct BookedSpec {
  Field<core::Duration> ahead;
  Field<common::TimeBand> window;
  MovedSpec pulled_in;
  MovedSpec pushed_out;
  Field<double> cancelled{0.0};
};

template <class V>
void describe(V& v, BookedSpec& s) {
  v.required("ahead", s.ahead).positive().doc("so long before its date an order is known at the site");
  v.optional("window", s.window)
      .doc(
          "when customers change orders: `3 d` before the date, or at any time from `1..2 wk` before it; at any time "
          "from the "
          "booking on if left out");
  v.section("pulled_in", s.pulled_in).doc("orders that are wanted sooner than booked, at the earliest at once");
  v.section("pushed_out", s.pushed_out).doc("orders that are wanted later than booked");
  v.optional("cancelled", s.cancelled).share().doc("orders that are called off / orders; none if left out");
}

struct DemandSpec {
  Field<std::string> at;
  Field<std::string> item;
  Field<std::string> region;
  Field<std::string> customer_class;
  Field<std::int64_t> priority{0};
  Field<common::OrderPattern> orders;
  Field<common::QuantityDistribution> size;
  Field<common::WeekFactors> profile;
  Field<common::SeasonFactors> season;
  Field<common::Growth> trend;
  Entries<PromotionSpec> promotions;
  Field<core::Duration> due{core::Duration{0}};
  Field<common::Unmet> unmet;
  Field<common::TimeDistribution> transit;
  Field<double> price{0.0};
  Field<double> margin{0.0};
  Field<double> shortage_cost{0.0};
  Field<common::CarryingRate> waiting_cost;
  Field<core::Duration> promise;
  Entries<Field<double>> substitutes;
  Entries<Field<double>> reserve_substitutes;  // added by answers to disruptions, not written here
  ReturnsSpec returns;
  BookedSpec booked;
};

template <class V>
void describe(V& v, DemandSpec& s) {
  v.required("at", s.at)
      .refers_to(common::Refers::site)
      .doc("the site that receives the orders; a pattern (`shop_*`) makes one stream at each");
  v.required("item", s.item)
      .refers_to(common::Refers::item)
      .doc("what is ordered; a pattern makes one stream for each");
  v.optional("region", s.region).doc("the customers' region; KPIs are also given by region");
  v.optional("class", s.customer_class)
      .doc("the class of these customers, by a name of your own; KPIs are also given by class");
  v.optional("priority", s.priority)
      .at_least(1)
      .doc("who waits for scarce goods is served by it where `allocation` is `priority`: 1 first; last if left out");
  v.required("orders", s.orders)
      .doc(
          "`poisson 40 / d`, `every 1 d`, `every 1 d from 8 h`, `every exponential 2 h`, `ar1 mean 50 sd 8 rho 0.6 "
          "every "
          "1 d` (demand of a day that remembers the day before), `intermittent 20 % every 1 d` (an order on one day of "
          "five), or a CSV trace (`orders.csv`) with a column `time`, `date` or `day` and a column `quantity`");
  v.optional("size", s.size)
      .doc("quantity of an order: `1` if left out, `gamma 50 sd 8`, `discrete 1 60 % or 2 40 %`, ...");
  v.optional("profile", s.profile)
      .doc("demand by weekday: `{sat: 0.5, sun: 0}`, or seven factors from Monday on; what is left out is 1");
  v.optional("season", s.season)
      .doc("demand by month: `{jul: 1.4}`, or twelve factors from January on; needs `time.start`");
  v.optional("trend", s.trend).doc("growth of demand along a straight line, day by day: `+ 3 % / yr`");
  v.map("promotions", s.promotions)
      .doc("times with another demand: `{easter: {from: 90 d, until: 97 d, factor: 1.5}}`");
  v.optional("due", s.due).doc("allowance: an order is on time if delivered whole within it");
  v.optional("unmet", s.unmet).doc("what cannot be shipped at once: `backorder` (default), `lost`, or `wait 3 d`");
  v.optional("transit", s.transit).doc("time from the site to the customer; 0 if left out");
  v.optional("price", s.price).not_negative().doc("money per unit; the item's value if left out");
  v.optional("margin", s.margin)
      .doc(
          "money that a unit earns, for a stock whose `allocation` is `margin`; `price` less the item's value if left "
          "out");
  v.optional("shortage_cost", s.shortage_cost)
      .not_negative()
      .doc("money per unit that is lost, or not shipped at once");
  v.optional("waiting_cost", s.waiting_cost)
      .doc("cost of backorders: `0.7 / d` per unit, or `40 % / yr` of the item's value");
  v.optional("promise", s.promise)
      .doc(
          "what is promised, from the order on, to an order that cannot be shipped whole at once; `due` to all if left "
          "out");
  v.map("substitutes", s.substitutes)
      .refers_to(common::Refers::item)
      .share()
      .doc(
          "other items of the site that customers take for what is missing, tried as written, and the share of "
          "customers who do: `{blue: 60 %, green: 30 %}`");
  v.section("returns", s.returns).doc("goods that customers send back, into the stock that they came from");
  v.section("booked", s.booked)
      .doc(
          "orders that are known ahead, to whom plans by `mrp`, `ddmrp` or a `forecast` at the site; `orders` then "
          "says when "
          "their goods are wanted");
}

}  // namespace tierworks::demand
