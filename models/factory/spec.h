// What the user says of a shop floor: work centres, the routings of what is made there, and the release of lots.
#pragma once
#include "models/common/urgency_spec.h"
#include "models/factory/release_control_spec.h"
#include "models/factory/work_centre_spec.h"

namespace tierworks::factory {

// "arrival number" | "number": between lots of one value.
struct TieBreak {
  bool by_arrival = true;  // at this queue, before the number
};

// "0.64 min per piece" | "54 min per lot": when a machine takes in the next one before the last is done.
struct FlowInterval {
  core::Duration every{0};
  bool per_piece = false;
};

// "4 to 6 lots" | "100 to 125 pieces wait 6 h" | "6 lots" | "1 to 6 lots look_ahead": what is processed at once.
struct BatchSize {
  std::int64_t least = 1;
  std::int64_t most = 1;
  bool in_pieces = false;
  core::Duration longest_wait{0};  // then a smaller batch starts; 0: never
  bool looks_ahead = false;        // a batch that may start waits for the next lot known to come, if that pays
};

// Another work centre that can do an operation.
struct WaySpec {
  Field<common::TimeDistribution> time;
  Field<std::string> setup;
};

template <class V>
void describe(V& v, WaySpec& s) {
  v.optional("time", s.time).doc("process time there; that of the operation if left out");
  v.optional("setup", s.setup).doc("state for which its machine must be set up; that of the operation if left out");
}

struct OperationSpec {
  enum class Per { lot, piece, equal_piece };
  Field<std::string> work_centre;
  Field<common::TimeDistribution> time;
  common::Entries<WaySpec> alternatives;
  Field<std::string> choose;
  Field<Per> per{Per::lot};
  Field<FlowInterval> interval;
  Field<BatchSize> batch;
  Field<std::string> family;
  Field<std::string> setup;
  Field<double> share{1.0};
  common::Entries<Field<double>> then;
  common::Entries<Field<core::Duration>> start_within;
  Field<std::string> if_late;
  Field<std::vector<std::string>> same_machine_at;
  Field<std::vector<std::string>> operators;
  Field<std::vector<std::string>> tools;
  Field<double> scrap{0.0};
  Field<double> scrap_pieces{0.0};
  Field<std::int64_t> split{1};
  Field<bool> join{false};
  common::Entries<Field<std::int64_t>> assemble;
};

template <class V>
void describe(V& v, OperationSpec& s) {
  v.required("work_centre", s.work_centre).doc("a work centre of this site");
  v.required("time", s.time).doc("process time");
  v.map("alternatives", s.alternatives)
      .doc("other work centres that can do it, with times of their own: `{lathe_2: {time: 12 min}, lathe_3: {}}`");
  v.optional("choose", s.choose)
      .doc(
          "which of them a lot goes to, when the operation before is done: that of the `least_work` that waits and is "
          "in "
          "work there, its own included, by machine; the `fastest`; the `least_setup`; or that of the machine "
          "`longest_idle`; the site's if left out");
  v.optional("per", s.per)
      .doc(
          "what `time` is for: each `lot` (default), each `piece` of it, or each `equal_piece`: one draw for all "
          "pieces of "
          "the lot; of an operation with `batch` it is that of the batch");
  v.optional("interval", s.interval)
      .doc(
          "the machine takes in the next lot before the last is done: `0.64 min per piece` (the lot takes `time` for "
          "its "
          "first piece and an interval for each other; the machine is busy for an interval a piece), or `54 min per "
          "lot`; "
          "none if left out");
  v.optional("batch", s.batch)
      .doc(
          "lots that are processed together: `4 to 6 lots`, `100 to 125 pieces`; behind `wait 6 h` a smaller batch "
          "starts "
          "when its first lot has waited so long; with `look_ahead` behind that, one that may start waits for the next "
          "lot that is known to come, if that costs those that wait less than it spares that one; one lot at a time if "
          "left out");
  v.optional("family", s.family)
      .doc(
          "operations of a work centre with one family may share a batch; if left out, only lots of the same routing "
          "and "
          "operation do");
  v.optional("setup", s.setup).doc("state for which the machine must be set up; any if left out");
  v.optional("share", s.share).share().doc("share of the lots that do this operation; the others pass it by");
  v.map("then", s.then)
      .share()
      .doc(
          "where lots go afterwards, by the name of the operation and the share of the lots: `{repair: 5 %}`; `leave` "
          "is the "
          "end of the routing; the rest goes on to the next operation");
  v.map("start_within", s.start_within)
      .positive_time()
      .doc(
          "queue-time limits: later operations and the time from the end of this one within which they must start, "
          "`{oxide: 2 h}`; violations are counted");
  v.optional("if_late", s.if_late)
      .doc(
          "what becomes of a lot that waits here when an operation before says by when it must have started and that "
          "time "
          "is over: `scrap`, or the operation of the routing that it goes back to; it is only counted if left out");
  v.optional("same_machine_at", s.same_machine_at)
      .doc("later operations of the lot, at the same work centre, that only this operation's machine may do");
  v.optional("operator", s.operators)
      .doc(
          "one of the site's `operators`, or a list of them, who stay with the machine from the set-up to the end of "
          "the "
          "operation");
  v.optional("tool", s.tools).doc("one of the site's `tools`, or a list of them, likewise");
  v.optional("scrap", s.scrap).share().doc("share of the lots that are lost when this operation ends");
  v.optional("scrap_pieces", s.scrap_pieces)
      .share()
      .doc(
          "share of the pieces that are lost when this operation ends, each piece for itself; a lot without pieces is "
          "lost");
  v.optional("split", s.split)
      .between(2, 200)
      .doc(
          "parts into which a lot is divided when this operation ends, lots of their own from then on; none if left "
          "out");
  v.optional("join", s.join)
      .doc("the parts of a lot wait here until all of them have come, and go on as one lot; they do not if left out");
  v.map("assemble", s.assemble)
      .between(1, 1'000)
      .doc(
          "lots of other routings of this site that are built in, `{frame: 1, motor: 2}`: the lot waits until so many "
          "of "
          "each have been through their routing; they end here");
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
  Field<std::string> starts_at;
  Field<common::OrderPattern> lots;
  Field<core::Duration> from{core::Duration{0}};
  Field<std::int64_t> at_once{1};
  Field<std::int64_t> count{0};
  Field<std::int64_t> wip{0};
  Field<std::int64_t> pieces{1};
  common::UrgencySpec urgency;
  Field<core::Duration> reserve{core::Duration{0}};
};

template <class V>
void describe(V& v, ReleaseSpec& s) {
  v.required("routing", s.routing).doc("a routing of this site");
  v.optional("product", s.product).doc("under what name it is reported; that of this release if left out");
  v.optional("starts_at", s.starts_at)
      .doc("the operation that its lots do first, of what is in process at the start; that of the routing if left out");
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
  describe_urgency(
      v, s.urgency,
      "due date: `30 d` after the release, `4 x work`, or `given` by the column `due` of the trace of its `lots`; no "
      "due date if left out");
  v.optional("reserve", s.reserve)
      .positive_time()
      .doc(
          "super-hot lots: a machine of the next work centre takes no other lot from so long before the operation "
          "under way "
          "is expected to end, at most from its start, until the lot comes; none is kept if left out");
}

// From one location to another, or within one.
struct MoveSpec {
  Field<std::string> from;
  Field<std::string> to;
  Field<common::TimeDistribution> time;
};

template <class V>
void describe(V& v, MoveSpec& s) {
  v.required("from", s.from).doc("a `location` of work centres");
  v.required("to", s.to).doc("another, or the same one");
  v.required("time", s.time).doc("time from the end of an operation to the queue of the next");
}

// What a site says beside.
struct FactorySpec {
  common::Entries<WorkCentreSpec> work_centres;
  common::Entries<RoutingSpec> routings;
  common::Entries<ReleaseSpec> releases;
  Field<DispatchRule> dispatch;
  Field<TieBreak> tie;
  Field<common::TimeDistribution> transport;
  common::Entries<MoveSpec> moves;
  common::Entries<AreaSpec> areas;
  Field<WeekTimes> shifts;
  Field<WeekTimes> breaks;
  Field<ShiftEnd> at_shift_end{ShiftEnd::finish};
  common::Entries<Field<std::int64_t>> operators;
  common::Entries<Field<std::int64_t>> tools;
  common::Entries<Field<CrewTimes>> operator_shifts;
  Field<std::string> choose;
  ReleaseControlSpec release_control;
  Field<double> energy_price{0.0};
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
          "behind `priority` if classes come first (`[priority, edd]`), and behind `setup_avoidance` or `least_setup` "
          "(`[priority, setup_avoidance, fifo]`); `fifo` if left out");
  v.optional("tie", s.tie)
      .doc("between lots that a rule holds equal: `[arrival, number]`, or `number`: that of the release");
  v.optional("shifts", s.shifts)
      .doc("when its work centres and lines work, each week: `mon-fri 06:00-14:00`, or a list; always if left out");
  v.optional("breaks", s.breaks).doc("when they stand in their shifts: `daily 10:00-10:15`");
  v.optional("at_shift_end", s.at_shift_end)
      .doc(
          "work that goes beyond a shift, or into a break: `finish` it, `pause` it until the next one, or "
          "`do_not_start` "
          "what is not expected to fit");
  v.map("operators", s.operators)
      .between(1, 100'000)
      .doc("people of the shop floor by what they can do, and how many: `{welder: 3}`");
  v.map("operator_shifts", s.operator_shifts)
      .doc(
          "when those `operators` work, `{welder: mon-fri 06:00-14:00}`, all of them or, with `mon-fri 14:00-22:00 "
          "with 2`, "
          "so many, who finish what they are at; always those who are not named");
  v.map("tools", s.tools)
      .between(1, 100'000)
      .doc("tools and fixtures that machines share, and how many: `{stencil: 2}`");
  v.optional("choose", s.choose)
      .doc("of `alternatives` to an operation, unless it says otherwise; `least_work` if left out");
  v.section("release_control", s.release_control).doc("when lots that wait before the shop floor are let in");
  v.optional("energy_price", s.energy_price)
      .not_negative()
      .doc("money per kWh that its machines take (`power` of work centres); nothing if left out");
  v.optional("transport", s.transport).doc("time from one work centre to the next; none if left out");
  v.map("areas", s.areas).doc("work centres that break down alike, by the name that they give as their `area`");
  v.map("moves", s.moves)
      .doc(
          "times of transport by the `location` of work centres, in place of `transport`; between operations at one "
          "work "
          "centre, too; no time where nothing is said");
}

}  // namespace tierworks::factory
