// What the user says of a shop floor: work centres, the routings of what is made there, and the release of lots.
#pragma once
#include "models/common/spec.h"
#include "models/factory/policies/rules.h"

namespace tierworks::factory {

using common::Field;

// "fifo" | "atc k 3" | [priority, edd]: which lot goes next.
struct DispatchRule {
  bool by_priority = false;  // classes first, the rule within a class
  Rule rule = Rule::fifo;
  RuleParameters parameters;
};

// "arrival number" | "number": between lots of one value.
struct TieBreak {
  bool by_arrival = true;  // at this queue, before the number
};

// "30 d" | "4 x work": from release to due date.
struct DueDate {
  core::Duration allowance{0};
  double factor = 0;  // of the lot's whole work
  bool by_work = false;
};

// "every exponential 40 h for lognormal 35 min cv 1" | "every exponential 40 h busy for exponential 1 h"
struct Breakdown {
  common::TimeDistribution every;
  common::TimeDistribution repair;
  bool busy_time = false;  // only work brings the next one nearer
};

struct WorkCentreSpec {
  Field<std::int64_t> machines{1};
  Field<DispatchRule> dispatch;
  Field<std::int64_t> buffer{-1};
  Field<Breakdown> breakdown;
  Field<std::int64_t> repair_crew{0};
};

template <class V>
void describe(V& v, WorkCentreSpec& s) {
  v.optional("machines", s.machines).between(1, 100'000).doc("machines that are alike, side by side");
  v.optional("dispatch", s.dispatch)
      .doc("which waiting lot goes next: `fifo`, `atc k 3`, `[priority, edd]`; the site's if left out");
  v.optional("buffer", s.buffer)
      .at_least(0)
      .doc("most lots that wait here; a machine whose lot finds no room stays blocked; unlimited if left out");
  v.optional("breakdown", s.breakdown)
      .doc(
          "each machine for itself: `every exponential 40 h for lognormal 35 min cv 1`; `every 40 h busy for 1 h` "
          "counts "
          "time at work only; what is in work goes on after the repair; none if left out");
  v.optional("repair_crew", s.repair_crew)
      .at_least(1)
      .doc("most machines of this work centre that are repaired at once; unlimited if left out");
}

struct OperationSpec {
  enum class Per { lot, piece };
  Field<std::string> work_centre;
  Field<common::TimeDistribution> time;
  Field<Per> per{Per::lot};
  Field<double> share{1.0};
  common::Entries<Field<double>> then;
};

template <class V>
void describe(V& v, OperationSpec& s) {
  v.required("work_centre", s.work_centre).doc("a work centre of this site");
  v.required("time", s.time).doc("process time");
  v.optional("per", s.per).doc("what `time` is for: each `lot` (default), or each `piece` of it");
  v.optional("share", s.share).share().doc("share of the lots that do this operation; the others pass it by");
  v.map("then", s.then)
      .share()
      .doc(
          "where lots go afterwards, by the name of the operation and the share of the lots: `{repair: 5 %}`; `leave` "
          "is the "
          "end of the routing; the rest goes on to the next operation");
}

struct RoutingSpec {
  enum class Sequence { written, random };
  common::Entries<OperationSpec> operations;
  Field<Sequence> sequence{Sequence::written};
  Field<bool> times_known{false};
};

template <class V>
void describe(V& v, RoutingSpec& s) {
  v.map("operations", s.operations)
      .doc("what is done, by name, in this order; `table: route.csv` reads them from a file");
  v.optional("sequence", s.sequence)
      .doc("`written`, or `random`: each lot goes through all operations in an order of its own");
  v.optional("times_known", s.times_known)
      .doc("dispatching knows the time that each operation of a lot is going to take; else it knows their means");
}

struct ReleaseSpec {
  Field<std::string> routing;
  Field<std::string> product;
  Field<common::OrderPattern> lots;
  Field<core::Duration> from{core::Duration{0}};
  Field<std::int64_t> at_once{1};
  Field<std::int64_t> count{0};
  Field<std::int64_t> wip{0};
  Field<std::int64_t> pieces{1};
  Field<std::int64_t> priority{0};
  Field<double> weight{1.0};
  Field<DueDate> due;
};

template <class V>
void describe(V& v, ReleaseSpec& s) {
  v.required("routing", s.routing).doc("a routing of this site");
  v.optional("product", s.product).doc("under what name it is reported; that of this release if left out");
  v.optional("lots", s.lots)
      .doc(
          "when lots are released: `every 12 h`, `poisson 40 / d`, `every exponential 26 min`; if left out, all of "
          "`count` at "
          "`from`, or, with `wip` or a first work centre with a `buffer`, whenever there is room");
  v.optional("from", s.from).doc("time of the first release, if `lots` is left out or fixed");
  v.optional("at_once", s.at_once).at_least(1).doc("lots in one release");
  v.optional("count", s.count).at_least(1).doc("lots released in all; unlimited if left out");
  v.optional("wip", s.wip)
      .at_least(1)
      .doc("most lots of this release in the factory (CONWIP); the others wait outside; unlimited if left out");
  v.optional("pieces", s.pieces).between(1, 1'000'000'000).doc("pieces in a lot");
  v.optional("priority", s.priority)
      .at_least(1)
      .doc("of its lots: 1 goes first where dispatching looks at it; last if left out");
  v.optional("weight", s.weight).positive().doc("cost of its lots being late, in proportion; for rules with weights");
  v.optional("due", s.due).doc("due date: `30 d` after the release, or `4 x work`; no due date if left out");
}

// What a site says beside.
struct FactorySpec {
  common::Entries<WorkCentreSpec> work_centres;
  common::Entries<RoutingSpec> routings;
  common::Entries<ReleaseSpec> releases;
  Field<DispatchRule> dispatch;
  Field<TieBreak> tie;
  Field<common::TimeDistribution> transport;
  bool empty() const { return work_centres.empty() && routings.empty() && releases.empty(); }
};

// Its keys are the site's own.
template <class V>
void describe_factory(V& v, FactorySpec& s) {
  v.map("work_centres", s.work_centres).doc("groups of machines of the shop floor");
  v.map("routings", s.routings).doc("ways of lots through the work centres");
  v.map("releases", s.releases).doc("lots that are let into the shop floor");
  v.optional("dispatch", s.dispatch)
      .doc(
          "which waiting lot goes next, unless a work centre says otherwise: a rule, with its parameter (`atc k 3`), "
          "behind "
          "`priority` if classes come first (`[priority, edd]`); `fifo` if left out");
  v.optional("tie", s.tie)
      .doc("between lots that a rule holds equal: `[arrival, number]`, or `number`: that of the release");
  v.optional("transport", s.transport).doc("time from one work centre to the next; none if left out");
}

}  // namespace tierworks::factory
