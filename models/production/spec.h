// What the user says of production at a site: its lines, and what it makes on them.
#pragma once
#include "models/common/spec.h"
#include "models/production/calendar_spec.h"

namespace tierworks::production {

using common::Amount;
using common::Entries;
using common::Field;

// "97 %" | "uniform 92 % to 98 %" | "triangular 90 % to 97 % to 99 %": share of a batch that is good; "97 % each": the
// chance of each unit by itself.
struct YieldSpec {
  core::DistributionSpec share = core::DistributionSpec::constant(1);
  bool each = false;
};

struct LineSpec {
  Field<std::int64_t> servers{1};
  Field<std::int64_t> room{0};
  Field<double> cost_per_hour{0.0};
  CalendarSpec calendar;
  OvertimeSpec overtime;
};

template <class V>
void describe(V& v, LineSpec& s) {
  v.optional("servers", s.servers).at_least(1).doc("machines or crews that work side by side");
  v.optional("room", s.room)
      .at_least(1)
      .doc(
          "most production orders that the line holds, waiting or in work; an outside order that would need one more "
          "is lost; "
          "unlimited if left out");
  v.optional("cost_per_hour", s.cost_per_hour).not_negative().doc("money per hour of work of one server");
  describe_calendar(v, s.calendar);
  v.section("overtime", s.overtime)
      .doc("hours beyond the shifts that are worked when much work waits: `{hours: sat 06:00-14:00, above: 16 h}`");
}

struct MakesSpec {
  enum class Per { unit, batch };
  Field<std::string> line;
  Field<common::TimeDistribution> time;
  Field<Per> per{Per::unit};
  Field<Amount> batch;
  Field<std::string> routing;
  Field<Amount> lot;
  Field<bool> as_available{false};
  Field<double> cost{0.0};
  Field<YieldSpec> yield;
  Entries<Field<Amount>> also;
};

template <class V>
void describe(V& v, MakesSpec& s) {
  v.optional("routing", s.routing)
      .doc("instead of `line` and `time`: a routing of this site's shop floor, through which orders go in lots");
  v.optional("line", s.line).refers_to(common::Refers::line).doc("a line of this site; unlimited capacity if left out");
  if (s.routing.stated) {
    v.optional("time", s.time);
  } else {
    v.required("time", s.time).doc("process time");
  }
  v.optional("per", s.per).doc("what `time` is for: each `unit` (default), or each `batch` whatever its size");
  v.optional("batch", s.batch)
      .positive()
      .doc(
          "most units that are worked on at once by one server; if left out, 1 unit, or the whole order with `per: "
          "batch`");
  v.optional("lot", s.lot)
      .positive()
      .doc(
          "most units in a lot on the shop floor; a lot starts when there is material for it; the whole order if left "
          "out");
  v.optional("as_available", s.as_available)
      .doc("a batch is as much of its order as there is material for; whole batches only if left out");
  v.optional("cost", s.cost).not_negative().doc("money per unit made, good or not, beside its materials");
  v.optional("yield", s.yield)
      .doc(
          "share of what is made that is good: `97 %` or `uniform 92 % to 98 %` of each batch, rounding carried on to "
          "the next; `97 % each` is the chance of each unit; orders are begun as much larger; all if left out");
  v.map("also", s.also)
      .refers_to(common::Refers::item)
      .positive()
      .doc("co-products and by-products: item and amount that come into stock for each unit made, good or not");
}

}  // namespace tierworks::production
