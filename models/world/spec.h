// The whole scenario as the user wrote it: the rooms' specs joined.
#pragma once
#include "models/common/spec.h"
#include "models/demand/spec.h"
#include "models/disruption/spec.h"
#include "models/factory/spec.h"
#include "models/logistics/spec.h"
#include "models/production/spec.h"
#include "models/supply/spec.h"

namespace tierworks::world {

using common::Entries;
using common::Field;

struct TimeSpec {
  Field<common::Date> start;
  Field<core::Duration> horizon{core::kYear};
  Field<core::Duration> warm_up{core::Duration{0}};
  Field<core::Duration> period{core::Duration{0}};
};

template <class V>
void describe(V& v, TimeSpec& s) {
  v.optional("start", s.start).doc("local date of time 0, `2025-01-06` or `2025-01-06 08:00`");
  v.optional("horizon", s.horizon)
      .positive_time()
      .doc("length of the measured part of a run; the warm-up comes before it");
  v.optional("warm_up", s.warm_up).doc("time before measuring starts");
  v.optional("period", s.period)
      .positive_time()
      .doc(
          "time goes in periods of this length: at the start of each, demand and orders travel upstream, then goods "
          "arrive and are shipped on, and what is left is charged for the period; everything as it happens if left "
          "out");
}

struct MoneySpec {
  Field<std::string> currency{"EUR"};
  Field<common::CarryingRate> holding;
  Field<common::CarryingRate> transit_holding;
};

template <class V>
void describe(V& v, MoneySpec& s) {
  v.optional("currency", s.currency).doc("name of the unit of money");
  v.optional("holding", s.holding).doc("cost of holding stock, unless a stock says otherwise: `18 % / yr`");
  v.optional("transit_holding", s.transit_holding)
      .doc("cost of goods on the way, unless a purchase says otherwise; 0 if left out");
}

struct RunSpec {
  Field<std::int64_t> replications{10};
  Field<std::int64_t> seed{1};
  Field<double> confidence{0.95};
};

template <class V>
void describe(V& v, RunSpec& s) {
  v.optional("replications", s.replications).at_least(1).doc("independent runs");
  v.optional("seed", s.seed).at_least(0).doc("seed of all randomness");
  v.optional("confidence", s.confidence).share().doc("confidence of the intervals");
}

// Values that a comparison tries in turn, as they would be written in their place.
using Choices = std::vector<std::string>;

struct CompareSpec {
  Entries<Field<Choices>> vary;
  Entries<Field<Choices>> policy;
  Entries<Field<Choices>> tune;
  Field<std::string> decide_on;
  Field<std::string> base;
};

template <class V>
void describe(V& v, CompareSpec& s) {
  v.map("vary", s.vary).doc("values of a path: `{sites.plant.stock.frame.level: [100, 120]}`");
  v.map("policy", s.policy).doc("policies everywhere, by kind: `{allocation: [first_come, priority]}`");
  v.map("tune", s.tune).doc("values of a path of which each variant takes its best");
  v.optional("decide_on", s.decide_on).doc("the KPI that decides; `total_cost` if left out");
  v.optional("base", s.base).doc("the variant from which differences are measured; the first one if left out");
}

// What `tierworks sweep` does with the file; ranges as on its command line.
enum class SweepDesign : std::uint8_t { grid, lhs, sobol };
struct SweepSpec {
  Entries<Field<std::string>> range;
  Entries<Field<Choices>> vary;
  Entries<Field<Choices>> policy;
  Field<SweepDesign> design{SweepDesign::grid};
  Field<std::int64_t> points{0};
  Field<std::string> decide_on;
  Field<Choices> show;
};

template <class V>
void describe(V& v, SweepSpec& s) {
  v.map("range", s.range).doc("numbers of a path, from one to another: `{sites.plant.stock.frame.level: 80..140}`");
  v.map("vary", s.vary).doc("values of a path: `{sites.plant.stock.frame.level: [100, 120]}`");
  v.map("policy", s.policy).doc("policies everywhere, by kind: `{allocation: [first_come, priority]}`");
  v.optional("design", s.design).doc("which points are tried; `lhs` if left out and there are ranges, else `grid`");
  v.optional("points", s.points).between(1, 10'000).doc("how many; of a grid, values of each range");
  v.optional("decide_on", s.decide_on).doc("the KPI whose effects are shown; `total_cost` if left out");
  v.optional("show", s.show).doc("more KPIs: `[fill_rate, inventory_value]`");
}

// "at least 85 %" | "85 %".
struct LeastShare {
  double share = 0;
};
// "at most 10 wk" | "10 wk".
struct MostTime {
  core::Duration time{0};
};

// What a disruption must not do; `tierworks stress` says how probably that holds.
struct TargetsSpec {
  Field<LeastShare> weekly_service;
  Field<MostTime> recovery;
  Field<double> probability{0.95};
};

template <class V>
void describe(V& v, TargetsSpec& s) {
  v.optional("weekly_service", s.weekly_service)
      .doc("minimum service: share of the units due in the worst week that come in time: `at least 85 %`");
  v.optional("recovery", s.recovery)
      .doc("recovery-time objective: from the strike until service is restored: `at most 10 wk`");
  v.optional("probability", s.probability)
      .share()
      .doc("share of the replications in which a target must be met; else it is missed, and the exit code is 3");
}

// Something that could be bought to suffer less; `tierworks reinforce` says which are worth it.
struct MeasureSpec {
  Field<std::string> description;
  Entries<Field<std::string>> set;
  Field<double> cost{0.0};
  Field<double> cost_per_year{0.0};
};

template <class V>
void describe(V& v, MeasureSpec& s) {
  v.optional("description", s.description).doc("what it is; shown in reports");
  v.map("set", s.set).doc("what it changes in the scenario: `{sites.smt.stock.mlcc.level: 90 k}`");
  v.optional("cost", s.cost).not_negative().doc("money, once");
  v.optional("cost_per_year", s.cost_per_year).not_negative().doc("money per year");
}

struct SiteSpec {
  Field<std::string> description;
  Field<std::string> role;
  Field<std::string> ownership;
  Field<std::string> region;
  Field<std::int64_t> headcount{0};
  Field<std::int64_t> tier{-1};
  Field<common::GeoPoint> location;
  Field<supply::AllocationRule> allocation;
  Field<bool> complete_orders_only{false};
  Entries<supply::BuysSpec> buys;
  Entries<production::MakesSpec> makes;
  Entries<supply::SellsSpec> sells;
  Entries<supply::StockSpec> stock;
  Entries<production::LineSpec> lines;
  production::CalendarSpec calendar;
  factory::FactorySpec factory;
};

template <class V>
void describe(V& v, SiteSpec& s) {
  v.optional("description", s.description).doc("what it is; shown in reports");
  v.optional("role", s.role).doc("`lead_firm`, `supplier`, `distributor`, ...: free text");
  v.optional("ownership", s.ownership).doc("`private`, `state`, `foreign`, `joint`, ...: free text");
  v.optional("region", s.region).doc("where it is, by name");
  v.optional("headcount", s.headcount).at_least(0).doc("people employed");
  v.optional("tier", s.tier).at_least(0).doc("distance from the customers; computed from the network if left out");
  v.optional("location", s.location).doc("`[latitude, longitude]` in degrees");
  v.optional("allocation", s.allocation)
      .doc(
          "who gets scarce goods, unless a stock says otherwise: `first_come`, `priority`, `successor_order`, "
          "`proportional` or "
          "`equal`");
  v.optional("complete_orders_only", s.complete_orders_only)
      .doc("orders are shipped whole only, unless a stock says otherwise");
  v.map("buys", s.buys)
      .refers_to(common::Refers::item)
      .doc("purchased items (or patterns like `board_*`) and where they come from");
  v.map("makes", s.makes).refers_to(common::Refers::item).doc("items made here from their bill of materials");
  v.map("sells", s.sells).refers_to(common::Refers::item).doc("items supplied from outside the model");
  v.map("stock", s.stock).refers_to(common::Refers::item).doc("how each stock is kept; to order if left out");
  v.map("lines", s.lines).doc("production lines");
  production::describe_days_off(v, s.calendar);  // its shifts are those of the shop floor
  factory::describe_factory(v, s.factory);
}

struct ScenarioSpec {
  std::string name;  // the file's name without folder and extension
  Field<std::int64_t> version{1};
  Field<std::string> title;
  TimeSpec time;
  MoneySpec money;
  RunSpec run;
  CompareSpec compare;
  SweepSpec sweep;
  Entries<common::ItemSpec> items;
  Entries<SiteSpec> sites;
  Entries<logistics::LaneSpec> lanes;
  logistics::LaneTable lane_table;  // instead of `lanes`, where they are a large table and nothing else
  Entries<demand::DemandSpec> demand;
  Entries<disruption::DisruptionSpec> disruptions;
  TargetsSpec targets;
  Entries<MeasureSpec> measures;
};

template <class V>
void describe(V& v, ScenarioSpec& s) {
  v.required("tierworks", s.version).between(1, 1).doc("version of the language: 1");
  v.optional("title", s.title).doc("one line that says what this is");
  v.section("time", s.time).doc("calendar and length of a run");
  v.section("money", s.money).doc("currency and cost of capital");
  v.section("run", s.run).doc("replications and seed; options of the command override them");
  v.section("compare", s.compare).doc("what `tierworks compare` does with this file; its options come first");
  v.section("sweep", s.sweep).doc("what `tierworks sweep` does with this file; its options come first");
  v.map("items", s.items).doc("what flows");
  v.map("sites", s.sites).doc("who makes, keeps and ships it");
  v.map("lanes", s.lanes).doc("shared transport; sites without a lane between them use the `transit` of the purchase");
  v.streams("demand", s.demand).doc("outside demand: one stream, or several by name");
  v.map("disruptions", s.disruptions).doc("what breaks, and what is done about it");
  v.section("targets", s.targets).doc("what a disruption must not do to the customers; judged by `tierworks stress`");
  v.map("measures", s.measures)
      .doc("what could be bought to suffer less, by name; chosen from by `tierworks reinforce`");
}

}  // namespace tierworks::world
