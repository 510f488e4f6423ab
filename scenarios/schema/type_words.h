// The types of spec fields in words, and their defaults as a user would write them.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "models/common/spec.h"
#include "models/factory/spec.h"
#include "models/production/spec.h"
#include "models/supply/spec.h"

namespace tierworks::schema {

// `1 h`, `365 d` as `1 yr`: in the largest unit that divides it.
std::string duration_words(core::Duration duration);

inline std::string type_words(const std::string&) { return "text"; }
inline std::string type_words(const std::vector<std::string>&) { return "list of values, `[100, 120]`"; }
inline std::string type_words(double) { return "number"; }
inline std::string type_words(std::int64_t) { return "integer"; }
inline std::string type_words(bool) { return "`true` or `false`"; }
inline std::string type_words(core::Duration) { return "duration, `8 h`"; }
inline std::string type_words(const common::Date&) { return "date, `2025-01-06`"; }
inline std::string type_words(const common::GeoPoint&) { return "`[latitude, longitude]`"; }
inline std::string type_words(const common::Amount&) { return "amount, `4000`, `1 reel`"; }
inline std::string type_words(const common::AmountRate&) { return "amount per time, `3 M / wk`"; }
inline std::string type_words(const common::CarryingRate&) { return "cost rate, `18 % / yr`, `7 / d`"; }
inline std::string type_words(const common::TimeDistribution&) { return "time, `3 d`, `lognormal 3 d cv 0.4`"; }
inline std::string type_words(const common::QuantityDistribution&) { return "quantity, `40`, `gamma 50 sd 8`"; }
inline std::string type_words(const common::OrderPattern&) { return "orders, `poisson 40 / d`"; }
inline std::string type_words(const common::WeekFactors&) { return "factors by weekday, `{sat: 0.5, sun: 0}`"; }
inline std::string type_words(const common::SeasonFactors&) { return "factors by month, `{jul: 1.4}`"; }
inline std::string type_words(const common::Growth&) { return "growth, `+ 3 % / yr`"; }
inline std::string type_words(const common::Moment&) { return "`30 d` after the start, or a date"; }
inline std::string type_words(const common::ReviewCalendar&) { return "review, `1 wk from 2 d`"; }
inline std::string type_words(const common::OrderDays&) { return "days, `mondays`, `[mondays, fridays at 8 h]`"; }
inline std::string type_words(const common::SafetyStock&) { return "safety, `98 % cycle_service`, `40`"; }
inline std::string type_words(const common::ForecastSpec&) { return "forecast, `moving_average 4`, `sba 0.1`"; }
inline std::string type_words(const common::Unmet&) { return "`backorder`, `lost` or `wait 3 d`"; }
inline std::string type_words(supply::SourcingRule) { return "rule of sourcing, `cheapest`"; }
inline std::string type_words(supply::DemandSignal) { return "`orders`, `customers`, `forecast` or `plans`"; }
inline std::string type_words(supply::AllocationRule) { return "rule of allocation, `priority`"; }
inline std::string type_words(supply::PositionOf) { return "`local`, `echelon` or `echelon_by_orders`"; }
inline std::string type_words(const common::TimeBand&) { return "time before, `1..2 wk`, `3 d`"; }
inline std::string type_words(const supply::CoverDays&) { return "days of cover, `7..14 d`, `4 wk`"; }
inline std::string type_words(const supply::StockBand&) { return "least and most, `40..120`"; }
inline std::string type_words(const supply::OnOrderSpecs&) { return "on order, `20 at 3 d`, `[20 at 3 d, 8 at 1 wk]`"; }
inline std::string type_words(const supply::LotRule&) { return "lot sizes, `fixed 200`, `wagner_whitin`"; }
inline std::string type_words(const supply::KanbanLoop&) { return "kanban loop, `6 cards of 40`"; }
inline std::string type_words(production::MakesSpec::Per) { return "`unit` or `batch`"; }
inline std::string type_words(const production::YieldSpec&) {
  return "yield, `97 %`, `uniform 92 % to 98 %`, `97 % each`";
}
inline std::string type_words(production::WayRule) { return "`priority` or `least_load`"; }
inline std::string type_words(const production::KitStart&) { return "`each_batch`, `full_kit`, `80 % kit` or `any`"; }
inline std::string type_words(const production::Campaign&) { return "campaign, `20 batches`, `8 h`"; }
inline std::string type_words(const production::ChangeOver&) {
  return "change-over times, `20 min`, `{any: {red: 2 h}}`";
}
inline std::string type_words(const production::Shifts&) { return "shifts, `mon-fri 06:00-22:00`"; }
inline std::string type_words(const production::Holidays&) { return "days, `2025-12-24 to 2026-01-01`, `30 d`"; }
inline std::string type_words(const production::Staffing&) { return "`60 % for 1 wk after holidays`"; }

inline std::string type_words(const factory::DispatchRule&) {
  return "rule, `fifo`, `atc k 3`, `[priority, edd]`, `{formula: \"p + WINQ\"}`";
}
inline std::string type_words(const factory::TieBreak&) { return "`[arrival, number]` or `number`"; }
inline std::string type_words(const common::DueDate&) { return "due date, `30 d`, `4 x work`"; }
inline std::string type_words(const factory::Breakdown&) { return "breakdown, `every exponential 40 h for 1 h`"; }
inline std::string type_words(const factory::WeekTimes&) { return "times of the week, `mon-fri 06:00-14:00`"; }
inline std::string type_words(const factory::CrewTimes&) { return "shifts, `mon-fri 06:00-14:00 with 2`"; }
inline std::string type_words(factory::ShiftEnd) { return "`finish`, `pause` or `do_not_start`"; }
inline std::string type_words(factory::OperationSpec::Per) { return "`lot`, `piece` or `equal_piece`"; }
inline std::string type_words(const factory::SetupTimes&) { return "set-up times, `20 min`, `change_over.csv`"; }
inline std::string type_words(factory::MachineChoice) { return "`least_setup`, `fastest` or `longest_idle`"; }
inline std::string type_words(const factory::MaintenanceInterval&) { return "`30 d`, `2500 pieces`, `100 lots`"; }
inline std::string type_words(const factory::FlowInterval&) { return "interval, `0.6 min per piece`"; }
inline std::string type_words(const factory::BatchSize&) {
  return "batch, `4 to 6 lots`, `100 to 125 pieces wait 6 h`";
}
inline std::string type_words(const factory::BufferSize&) { return "lots, `8`, or `200 pieces`"; }
inline std::string type_words(factory::RoutingSpec::Sequence) { return "`written` or `random`"; }

inline std::string type_words(const disruption::Factor&) { return "factor, `150 %`"; }
inline std::string type_words(const disruption::Targets&) { return "what is hit, `site smt`, `[lane sea, item mlcc]`"; }
inline std::string type_words(const disruption::Strike&) {
  return "`100 d`, a date, `spread over 1 yr` or `every exponential 50 d`";
}
inline std::string type_words(const disruption::Recovery&) { return "`at once`, `linear 2 wk`, ..."; }
inline std::string type_words(disruption::OpenOrders) { return "`wait`, `cancel` or `re_place`"; }
inline std::string type_words(const disruption::UnderWay&) { return "`arrives`, `held` or `diverted 5 d`"; }
inline std::string type_words(const disruption::Frequency&) { return "times a year, `0.02..0.1`"; }

inline std::string type_words(const world::LeastShare&) { return "`at least 85 %`"; }
inline std::string type_words(const world::MostTime&) { return "`at most 10 wk`"; }
inline std::string type_words(world::SweepDesign) { return "`grid`, `lhs` or `sobol`"; }

// "" where the default is the absence of a value.
std::string default_words(const std::string& value);
std::string default_words(double value);
std::string default_words(std::int64_t value);
inline std::string default_words(bool value) { return value ? "true" : "false"; }
inline std::string default_words(core::Duration value) { return duration_words(value); }
inline std::string default_words(const common::Unmet&) { return "backorder"; }
inline std::string default_words(supply::SourcingRule) { return "split"; }
inline std::string default_words(supply::DemandSignal) { return "orders"; }
inline std::string default_words(supply::AllocationRule) { return "first_come"; }
inline std::string default_words(disruption::OpenOrders) { return "wait"; }
inline std::string default_words(const disruption::UnderWay&) { return "arrives"; }
inline std::string default_words(supply::PositionOf) { return "local"; }
inline std::string default_words(production::MakesSpec::Per) { return "unit"; }
inline std::string default_words(const factory::DispatchRule&) { return "fifo"; }
inline std::string default_words(const factory::TieBreak&) { return "[arrival, number]"; }
inline std::string default_words(factory::ShiftEnd) { return "finish"; }
inline std::string default_words(factory::OperationSpec::Per) { return "lot"; }
inline std::string default_words(factory::MachineChoice) { return "least_setup"; }
inline std::string default_words(factory::RoutingSpec::Sequence) { return "written"; }
template <class T>
std::string default_words(const T&) {
  return {};
}

}  // namespace tierworks::schema
