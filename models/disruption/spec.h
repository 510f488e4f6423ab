// What the user says of disruptions: what is hit, how hard, when, for how long, how it recovers, and what answers it.
#pragma once
#include "models/common/spec.h"

namespace tierworks::disruption {

using common::Entries;
using common::Field;

// "site smt" | "line smt/reflow" | "people smt/welder" | "lane sea" | "item mlcc" | "region east" | "demand east"
// | "stock lead/board" | "orders of smt" | "within 300 km of 34.7 135.5"; several in a list.
struct Target {
  enum class Kind : std::uint8_t { site, line, people, lane, item, region, demand, stock, orders, circle };
  Kind kind = Kind::site;
  std::string name;
  double kilometres = 0;  // circle
  common::GeoPoint centre;
};
struct Targets {
  std::vector<Target> list;
};

// "150 %" | "1.5": of what is usual.
struct Factor {
  double share = 1;
};

// "100 d" | "2025-03-01" | "spread over 1 yr" | "every exponential 50 d".
struct Strike {
  enum class Kind : std::uint8_t { never, moment, spread, every };
  Kind kind = Kind::never;
  common::Moment moment;
  core::Duration over{0};
  common::TimeDistribution every;
};

// "at once" | "linear 2 wk" | "exponential 1 wk" | "stepwise 25 % 1 wk 60 % 2 wk": from the full blow to nothing.
struct Recovery {
  enum class Kind : std::uint8_t { at_once, linear, exponential, stepwise };
  struct Step {
    double share = 0;  // of what was lost, back
    core::Duration after{0};
  };
  Kind kind = Kind::at_once;
  core::Duration length{0};
  std::vector<Step> steps;
};

// What becomes of orders at what stands, once that is known.
enum class OpenOrders : std::uint8_t { wait, cancel, re_place };

// "arrives" | "held" | "diverted 5 d": what becomes of what is under way on a lane that is hit.
struct UnderWay {
  enum class Kind : std::uint8_t { arrives, held, diverted };
  Kind kind = Kind::arrives;
  core::Duration detour{0};
};

// "0.05" | "0.02..0.1".
struct Frequency {
  double least = 0, most = 0;
};

// A shock that nothing sets off but how things stand.
struct ConditionSpec {
  Field<Targets> of;
  Field<common::Amount> below;
  Field<double> above{0.0};
  Field<core::Duration> lasts{core::Duration{0}};
  Field<core::Duration> every{core::kDay};
  Field<core::Duration> after{core::kHour};
};

template <class V>
void describe(V& v, ConditionSpec& s) {
  v.optional("of", s.of).doc("whose state it is: `stock smt/mlcc`, or `line smt/reflow`, a work centre perhaps");
  v.optional("below", s.below).doc("of a stock: what is there, less what waits for it, is less than this");
  v.optional("above", s.above)
      .share()
      .doc("of a line or work centre: the mean load from look to look is more than this: `95 %`");
  v.optional("for", s.lasts).doc("how long it must have been so, at every look");
  v.optional("every", s.every).positive_time().doc("how often somebody looks");
  v.optional("after", s.after).positive_time().doc("from then until it strikes");
}

struct LostSpec {
  Field<double> stock{0.0};
  Field<double> work_in_process{0.0};
  Field<double> in_transit{0.0};
};

template <class V>
void describe(V& v, LostSpec& s) {
  v.optional("stock", s.stock).share().doc("share of the stock on hand, with what is set aside for production");
  v.optional("work_in_process", s.work_in_process)
      .share()
      .doc("share of what is in work, in whole batches; an outside supplier begins its open orders anew");
  v.optional("in_transit", s.in_transit)
      .share()
      .doc("share of what has left the site, or is on the lane; known when it fails to arrive");
}

struct AnswerSpec {
  Field<std::string> add_source;
  Field<std::string> substitute;
  Field<std::string> item;
  Field<double> accepted{1.0};
  Field<common::TimeDistribution> transit;
  Field<Targets> at;
  Field<Factor> capacity;
  Field<Factor> lead_time;
  Field<Targets> first;
  Field<double> shortens{0.0};
  Field<core::Duration> after{core::Duration{0}};
  Field<core::Duration> qualified_after{core::Duration{0}};
  Field<Recovery> ramp;
  Field<double> cost{0.0};
  Field<double> cost_per_year{0.0};
};

template <class V>
void describe(V& v, AnswerSpec& s) {
  v.optional("add_source", s.add_source)
      .refers_to(common::Refers::site)
      .doc(
          "a site that then also supplies `item` to those who buy it from what is hit; it gets the orders of sources "
          "known to fail");
  v.optional("substitute", s.substitute)
      .refers_to(common::Refers::item)
      .doc(
          "an item that makers under `at` then build in instead of `item` where that is missing, and customers (`at: "
          "demand web`) are offered; each site must have it in `stock`");
  v.optional("item", s.item)
      .refers_to(common::Refers::item)
      .doc("what `add_source` supplies, or `substitute` stands for");
  v.optional("accepted", s.accepted).share().doc("of customers: share that takes the `substitute`; all if left out");
  v.optional("transit", s.transit).doc("time from the added source; that of the first source if left out");
  v.optional("at", s.at)
      .doc(
          "instead of `add_source`: what works otherwise, like `line smt/reflow` or `lane sea`; where there is a "
          "`substitute`");
  v.optional("capacity", s.capacity)
      .not_negative()
      .doc("speed of production, or number of `people`, of what stands under `at` (overtime, reserve): `130 %`");
  v.optional("lead_time", s.lead_time).positive().doc("transit of the lanes under `at` (expediting): `50 %`");
  v.optional("first", s.first)
      .doc("who is served first by the stocks under `at`: `[demand hospitals, region east, site dc_east]`");
  v.optional("shortens", s.shortens)
      .share()
      .doc(
          "instead of `add_source` or `at`: share of the time down still left that early payment, or people and parts "
          "sent there, spare: `40 %`");
  v.optional("after", s.after).doc("from when the shock is known until this takes effect");
  v.optional("qualified_after", s.qualified_after).doc("the same, for `add_source` and `substitute`");
  v.optional("ramp", s.ramp).doc("how it comes into effect: at once if left out, or `linear 3 wk`");
  v.optional("cost", s.cost).not_negative().doc("money, once for each shock that it answers");
  v.optional("cost_per_year", s.cost_per_year).not_negative().doc("money per year for keeping it ready");
}

struct ChainSpec {
  Field<double> probability{1.0};
  Field<core::Duration> after{core::Duration{0}};
};

template <class V>
void describe(V& v, ChainSpec& s) {
  v.optional("probability", s.probability).share().doc("that it follows");
  v.optional("after", s.after).doc("from strike to strike");
}

struct DisruptionSpec {
  Field<std::string> description;
  Field<Targets> hits;
  Field<Factor> capacity;
  Field<Factor> lead_time;
  Field<Factor> demand;
  Field<Factor> yield;
  Field<Factor> price;
  Field<Strike> at;
  ConditionSpec when;
  Field<core::Duration> known_after{core::Duration{0}};
  Field<OpenOrders> open_orders;
  Field<UnderWay> under_way;
  Field<common::TimeDistribution> lasts;
  Field<Recovery> recovery;
  Field<Frequency> per_year;
  LostSpec lost;
  Entries<ChainSpec> then;
  Entries<AnswerSpec> answers;
};

template <class V>
void describe(V& v, DisruptionSpec& s) {
  v.optional("description", s.description).doc("what it is; shown in reports");
  v.required("hits", s.hits)
      .doc(
          "`site mlcc_one`, `line smt/reflow`, `people smt/welder` (operators of a shop floor), `lane sea`, `item "
          "mlcc`, `region east`, `demand controllers`, `stock "
          "lead/board`, "
          "`orders of smt` (they cannot be sent), `within 300 km of 34.7 135.5`; or several in a list");
  v.optional("capacity", s.capacity)
      .not_negative()
      .doc(
          "what is left of the speed of production, of outside suppliers, of the room of lanes and of people; `0 %` if "
          "left out, "
          "or all "
          "of it if only `lead_time`, `demand`, `yield` or `price` is stated");
  v.optional("lead_time", s.lead_time)
      .positive()
      .doc("transit of the lanes that are hit, and of those into and out of the sites, / usual: `150 %`");
  v.optional("demand", s.demand).not_negative().doc("sizes of the orders of the demand that is hit / usual: `140 %`");
  v.optional("yield", s.yield).not_negative().doc("yield of what is made on what is hit / usual: `80 %`");
  v.optional("price", s.price)
      .not_negative()
      .doc(
          "of what outside suppliers that are hit sell, of the freight of lanes and of what customers of a demand buy "
          "/ "
          "usual: `140 %`; goods cost what they cost on the day when they arrive");
  v.optional("at", s.at)
      .doc(
          "when it strikes: `100 d` after the start of the run, a date, `spread over 1 yr` (after the warm-up), or "
          "again and again "
          "`every exponential 50 d` (from the end of one to the next); only under `tierworks stress` if left out");
  v.section("when", s.when).doc("instead of `at`: when things stand so");
  v.optional("known_after", s.known_after).doc("until buyers, and answers, know of it; at once if left out");
  v.optional("open_orders", s.open_orders)
      .doc(
          "what those who have another supplier do, once they know, with orders that are not sent yet: `wait`, "
          "`cancel` "
          "(their policy then orders anew), or `re_place` (as much is ordered at once elsewhere)");
  v.optional("under_way", s.under_way)
      .doc(
          "what is under way on the lanes that are hit: `arrives`, is `held` as long as they are down, or is `diverted "
          "5 "
          "d` and comes so much later");
  v.required("for", s.lasts).doc("how long it lasts until recovery begins: `6 wk`, `exponential 5 d`");
  v.optional("recovery", s.recovery)
      .doc(
          "`at once` (default), `linear 2 wk`, `exponential 1 wk` (mean; over after five), or `stepwise 25 % 1 wk 60 % "
          "2 wk 100 % 3 wk` (of "
          "what was lost, back so long after)");
  v.optional("per_year", s.per_year).doc("how often it is expected: `0.05` or `0.02..0.1`; for expected losses only");
  v.section("lost", s.lost).doc("what it destroys when it strikes");
  v.map("then", s.then).doc("other disruptions that follow: `{blackout: {probability: 30 %, after: 2 d}}`");
  v.map("answers", s.answers)
      .doc("what is done about it: `{second: {add_source: mlcc_two, item: mlcc, qualified_after: 3 wk}}`");
}

}  // namespace tierworks::disruption
