// What the user says of production at a site: its lines, and what it makes on them.
#pragma once
#include "models/common/spec.h"
#include "models/common/urgency_spec.h"
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

// "20 min" for every change, or a map of maps {red: {white: 2 h}, any: {white: 1 h}} by product.
struct ChangeOver {
  struct Row {
    std::string from, to;  // items; `any` in `from`
    common::TimeDistribution time;
  };
  bool all_alike = false;
  common::TimeDistribution time;
  std::vector<Row> rows;
};

// "20 batches" | "8 h": what a server does of one product before it changes over, as long as there is some to do.
struct Campaign {
  std::int64_t batches = 0;
  core::Duration time{0};
};

// "each_batch" | "full_kit" | "80 % kit" | "any": what must be there for an order to be begun.
struct KitStart {
  bool each_batch = true;
  double share = 1;  // of its components
};

enum class WayRule : std::uint8_t { priority, least_load };

struct LineSpec {
  Field<std::int64_t> servers{1};
  Field<std::int64_t> room{0};
  Field<double> cost_per_hour{0.0};
  CalendarSpec calendar;
  OvertimeSpec overtime;
  Field<ChangeOver> change_over;
  Field<Campaign> campaign;
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
  v.optional("change_over", s.change_over)
      .doc(
          "time of a server between batches of two products: `20 min`, or a map of the product before and the next, "
          "`{red: {white: 2 h}, any: {red: 10 min}}`; none if left out");
  v.optional("campaign", s.campaign)
      .doc(
          "what a server does of one product before it changes over, as long as some of it is ready: `20 batches` or "
          "`8 h`; nothing if left out");
}

// What a process time is for.
enum class Per { unit, batch };

// Another way to make the same product. What is left out is taken from the `makes` entry around it.
struct AlternativeSpec {
  Field<std::string> line;
  Field<common::TimeDistribution> time;
  Field<Per> per{Per::unit};
  Field<Amount> batch;
  Field<double> cost{0.0};
  Field<YieldSpec> yield;
  Entries<Field<Amount>> bom;
  Field<common::Moment> valid_from;
  Field<common::Moment> valid_until;
  bool in_reserve = false;  // added by an answer to a disruption, not written here
};

struct MakesSpec {
  using Per = production::Per;
  Field<std::string> line;
  Field<common::TimeDistribution> time;
  Field<Per> per{Per::unit};
  Field<Amount> batch;
  Field<std::string> routing;
  Field<Amount> lot;
  common::UrgencySpec urgency;
  Field<bool> as_available{false};
  Field<double> cost{0.0};
  Field<YieldSpec> yield;
  Entries<Field<Amount>> also;
  Field<KitStart> start;
  Field<WayRule> choose;
  Field<common::Moment> valid_from;
  Field<common::Moment> valid_until;
  Entries<AlternativeSpec> alternatives;
};

template <class V>
void describe(V& v, AlternativeSpec& s) {
  v.optional("line", s.line).refers_to(common::Refers::line).doc("a line of this site; as above if left out");
  v.optional("time", s.time).doc("process time; as above if left out");
  v.optional("per", s.per).doc("what `time` is for; as above if left out");
  v.optional("batch", s.batch).positive().doc("most units that are worked on at once; as above if left out");
  v.optional("cost", s.cost).not_negative().doc("money per unit made; as above if left out");
  v.optional("yield", s.yield).doc("share that is good; as above if left out");
  v.map("bom", s.bom)
      .refers_to(common::Refers::item)
      .positive()
      .doc("another bill of materials, whole; that of the item if left out");
  v.optional("valid_from", s.valid_from).doc("gets orders from then on: `30 d` after the start, or a date");
  v.optional("valid_until", s.valid_until).doc("gets no orders from then on");
}

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
  describe_urgency(
      v, s.urgency,
      "of lots on the shop floor: due date, `3 d` after the order for them, or `4 x work`; no due date if left out");
  v.optional("as_available", s.as_available)
      .doc("a batch is as much of its order as there is material for; whole batches only if left out");
  v.optional("cost", s.cost).not_negative().doc("money per unit made, good or not, beside its materials");
  v.optional("yield", s.yield)
      .doc(
          "share of what is made that is good: `97 %` or `uniform 92 % to 98 %` of each batch, rounding carried on to "
          "the next; `97 % each` is the chance of each unit; orders are begun as much larger; all if left out");
  v.optional("start", s.start)
      .doc(
          "what must be there for an order to be begun: `full_kit`, the material of the whole order; `80 % kit`, so "
          "many of its components, the others being waited for on the line; `any`; that of its next batch if left out");
  v.map("alternatives", s.alternatives)
      .doc("other ways to make it, by name: another line, another bill of materials, both");
  v.optional("choose", s.choose)
      .doc(
          "which way an order goes: `priority`, the first whose line is free and whose material is there, or "
          "`least_load`, where the least work waits; `priority` if left out");
  v.optional("valid_from", s.valid_from).doc("this way gets orders from then on: `30 d` after the start, or a date");
  v.optional("valid_until", s.valid_until).doc("this way gets no orders from then on");
  v.map("also", s.also)
      .refers_to(common::Refers::item)
      .positive()
      .doc("co-products and by-products: item and amount that come into stock for each unit made, good or not");
}

}  // namespace tierworks::production
