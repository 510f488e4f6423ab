// What the user wrote, as plain values: the words that every room's spec.h is made of. Units of time are already ticks;
// quantities still carry the unit that was written, because only the item knows its units.
// Invariant: a field that was left out holds its default, `stated == false` and the origin of its parent.
#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "core/random/distribution.h"
#include "core/time/time.h"
#include "models/common/origin.h"

namespace tierworks::common {

template <class T>
struct Field {
  T value{};
  Origin origin{};
  bool stated = false;

  Field() = default;
  Field(T v) : value(std::move(v)) {}  // NOLINT: a default written as a plain value
  const T& operator*() const { return value; }
  const T* operator->() const { return &value; }
};

// A map in the order in which it was written.
template <class T>
struct Entries {
  struct Entry {
    std::string name;
    Origin origin;  // of the key
    T spec;
  };
  std::vector<Entry> list;
  auto begin() const { return list.begin(); }
  auto end() const { return list.end(); }
  bool empty() const { return list.empty(); }
  std::size_t size() const { return list.size(); }
};

// "4000", "0.04 m2", "1 reel": a number and the unit that was written, if any.
struct Amount {
  double number = 0;
  std::string unit;  // "" means the item's own unit
};

// "3 M / wk", "800 pcs / h"; number == 0 means unlimited.
struct AmountRate {
  Amount amount;
  core::Duration per{1};
};

// "18 % / yr": a share of the item's value per time. "7 / d": money per unit and time.
struct CarryingRate {
  double number = 0;  // a share if of_value, else money per item unit
  bool of_value = false;
  core::Duration per = core::kYear;
};

// "lognormal 3 d cv 0.4": parameters of the distribution are in ticks.
struct TimeDistribution {
  core::DistributionSpec distribution;
};

// "gamma 50 sd 8", "2 reel", "poisson 6": parameters of the distribution are in `unit`.
struct QuantityDistribution {
  core::DistributionSpec distribution;
  std::string unit;
};

// "poisson 40 / d" | "every 1 d" | "every 1 d from 8 h" | "every exponential 2 h" | "orders.csv"
// | "ar1 mean 50 sd 8 rho 0.6 every 1 d" | "intermittent 20 % every 1 d".
struct OrderPattern {
  enum class Kind { poisson, every, trace, ar1, intermittent };
  struct TraceRow {
    core::Instant at;
    double amount = 0;
    core::Instant due = core::kLastInstant;  // of lots, if the file says it
  };
  Kind kind = Kind::poisson;
  double per_day = 0;               // poisson
  core::DistributionSpec interval;  // every, ar1, intermittent; ticks
  core::Duration from{0};           // the first order, or period, of a fixed interval
  QuantityDistribution per_period;  // ar1: normal, with the mean and the standard deviation of the demand of a period
  double rho = 0;                   // ar1: correlation of two periods that follow each other
  double chance = 1;                // intermittent: of an order in a period
  std::string file;                 // trace
  std::vector<TraceRow> trace;      // trace, in order of time; amounts in the item's unit
  bool has_due = false;             // its rows have due dates
};

// A factor for each day of the week, Monday first: {sat: 0.5, sun: 0}, or seven numbers.
struct WeekFactors {
  std::array<double, 7> of_day{1, 1, 1, 1, 1, 1, 1};
};

// A factor for each month, January first: {jul: 1.4, aug: 1.2}, or twelve numbers.
struct SeasonFactors {
  std::array<double, 12> of_month{1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
};

// "+ 3 % / yr", "-1 % / wk": of the value at time 0, so growth is along a straight line.
struct Growth {
  double share = 0;
  core::Duration per = core::kYear;
};

// "1 wk" | "1 wk from 2 d": a policy looks at its stock at `from`, `from + every`, ...; every == 0: whenever it changes.
struct ReviewCalendar {
  core::Duration every{0};
  core::Duration from{0};
};

// [mondays, "thursdays at 10 h"]: the next of any of them is meant; none: any time.
struct OrderDays {
  std::vector<ReviewCalendar> days;
};

// "1..2 wk": a time that ends, or lies, so long before something; "3 d": both are the same.
struct TimeBand {
  core::Duration least{0};
  core::Duration most{0};
};

// "98 % cycle_service" | "95 % fill_rate" | "40 pcs": the service that a stock is for, or what it keeps above the demand that
// is expected until goods arrive.
struct SafetyStock {
  enum class Kind { amount, cycle_service, fill_rate };
  Kind kind = Kind::amount;
  Amount amount;
  double share = 0;  // cycle_service, fill_rate: above 0, below 1
};

// "moving_average 4" | "smoothing 0.2" | "holt_winters 0.2 0.1 0.3 season 12" | "croston 0.1" | "sba 0.1" | "tsb 0.1 0.05".
struct ForecastSpec {
  enum class Kind { moving_average, smoothing, holt_winters, croston, sba, tsb };
  Kind kind = Kind::moving_average;
  double a = 0, b = 0, c = 0;  // smoothing constants, above 0 and at most 1, in the order in which they are written
  std::int64_t periods = 1;    // moving_average: reviews in the mean; holt_winters: reviews in a season
};

// "backorder" | "lost" | "wait 3 d".
struct Unmet {
  enum class Kind { backorder, lost, wait };
  Kind kind = Kind::backorder;
  core::Duration patience{0};  // wait
};

// "2025-01-06", "2025-01-06 08:00": minutes since 1970-01-01 00:00, local time without daylight saving.
struct Date {
  std::int64_t minutes = 0;
};

// "30 d": so long after the start of the run; or a date.
struct Moment {
  core::Duration after_start{0};
  Date date;
  bool is_date = false;
};

// "mill" | [a, b] | {a: 70 %, b: 30 %} | {a: {share: 70 %, transit: 2 d}, ...}; shares add up to 1.
struct GeoPoint {
  double latitude = 0;
  double longitude = 0;
};

// What an entry of the scenario may refer to; used by the reference and the schema.
enum class Refers { nothing, item, site, line, lane };

struct ItemSpec {
  Field<std::string> description;
  Field<std::string> family;
  Field<std::string> unit{"pcs"};
  Field<double> resolution{1.0};  // smallest quantity, in `unit`
  Field<double> value{0.0};       // money per unit
  Field<double> attrition{0.0};   // extra share used up wherever the item goes into another
  Field<core::Duration> shelf_life{core::Duration{0}};
  Field<double> disposal_cost{0.0};  // money per unit
  Entries<Field<double>> pack;       // pack unit -> units
  Entries<Field<Amount>> bom;        // component -> amount for one unit
};

template <class V>
void describe(V& v, ItemSpec& s) {
  v.optional("description", s.description).doc("what it is; shown in reports");
  v.optional("family", s.family).doc("a group of items");
  v.optional("unit", s.unit).doc("the unit in which quantities are written");
  v.optional("resolution", s.resolution)
      .positive()
      .doc("the smallest quantity, in units; quantities are counted in it");
  v.optional("value", s.value).not_negative().doc("money per unit; holding cost and inventory value rest on it");
  v.optional("attrition", s.attrition)
      .share()
      .doc("parts lost when used, as a share of the parts needed (1 % takes 101 for 100)");
  v.optional("shelf_life", s.shelf_life)
      .positive_time()
      .doc("goods older than this are thrown away wherever they are; they never spoil if left out");
  v.optional("disposal_cost", s.disposal_cost)
      .not_negative()
      .doc("money per unit that is thrown away as spoilt; 0 if left out");
  v.map("pack", s.pack).positive().doc("pack units: `{reel: 4000}` lets quantities be written as `2 reel`");
  v.map("bom", s.bom).refers_to(Refers::item).positive().doc("bill of materials: component and amount for one unit");
}

}  // namespace tierworks::common
