// What the user says of outside demand: who orders what, where, when, how much, and what happens if it cannot be met.
#pragma once
#include "models/common/spec.h"

namespace tierworks::demand {

using common::Field;

struct DemandSpec {
  Field<std::string> at;
  Field<std::string> item;
  Field<std::string> region;
  Field<common::OrderPattern> orders;
  Field<common::QuantityDistribution> size;
  Field<core::Duration> due{core::Duration{0}};
  Field<common::Unmet> unmet;
  Field<common::TimeDistribution> transit;
  Field<double> price{0.0};
  Field<double> shortage_cost{0.0};
  Field<common::CarryingRate> waiting_cost;
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
  v.required("orders", s.orders)
      .doc(
          "`poisson 40 / d`, `every 1 d`, `every 1 d from 8 h`, `every exponential 2 h`, or a CSV trace (`orders.csv`) "
          "with a column `time`, `date` or `day` and a column `quantity`");
  v.optional("size", s.size)
      .doc("quantity of an order: `1` if left out, `gamma 50 sd 8`, `discrete 1 60 % or 2 40 %`, ...");
  v.optional("due", s.due).doc("allowance: an order is on time if delivered whole within it");
  v.optional("unmet", s.unmet).doc("what cannot be shipped at once: `backorder` (default), `lost`, or `wait 3 d`");
  v.optional("transit", s.transit).doc("time from the site to the customer; 0 if left out");
  v.optional("price", s.price).not_negative().doc("money per unit; the item's value if left out");
  v.optional("shortage_cost", s.shortage_cost)
      .not_negative()
      .doc("money per unit that is lost, or not shipped at once");
  v.optional("waiting_cost", s.waiting_cost)
      .doc("cost of backorders: `0.7 / d` per unit, or `40 % / yr` of the item's value");
}

}  // namespace tierworks::demand
