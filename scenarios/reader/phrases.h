// Short phrases of the scenario language, as values: `8 h`, `98 %`, `3 M / wk`, `lognormal 3 d cv 0.4`, ...
// Each function reads the whole text. If it cannot, it gives nothing and says in `expected` what it wanted, with an
// example and a remedy, so that a message reads: got "1 month", expected a duration like `8 h`; a month has no ....
// Nothing is thrown or printed. Units of time end here: all times are ticks.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/time/time.h"
#include "models/common/spec.h"
#include "models/disruption/spec.h"
#include "models/factory/spec.h"
#include "models/production/spec.h"
#include "models/supply/spec.h"
#include "models/world/spec.h"

namespace tierworks::reader {

std::optional<double> parse_number(std::string_view text, std::string& expected);
std::optional<std::int64_t> parse_integer(std::string_view text, std::string& expected);
// Between 0 and 1: `98 %` or `0.98`.
std::optional<double> parse_share(std::string_view text, std::string& expected);
std::optional<bool> parse_bool(std::string_view text, std::string& expected);
std::optional<core::Duration> parse_duration(std::string_view text, std::string& expected);
std::optional<common::Date> parse_date(std::string_view text, std::string& expected);
std::optional<common::GeoPoint> parse_location(std::string_view latitude, std::string_view longitude,
                                               std::string& expected);
std::optional<common::Amount> parse_amount(std::string_view text, std::string& expected);
std::optional<common::AmountRate> parse_amount_rate(std::string_view text, std::string& expected);
std::optional<common::CarryingRate> parse_carrying_rate(std::string_view text, std::string& expected);
std::optional<common::Growth> parse_growth(std::string_view text, std::string& expected);
std::optional<common::Moment> parse_moment(std::string_view text, std::string& expected);
std::optional<common::ReviewCalendar> parse_review(std::string_view text, std::string& expected);
std::optional<common::SafetyStock> parse_safety(std::string_view text, std::string& expected);
std::optional<common::ForecastSpec> parse_forecast(std::string_view text, std::string& expected);
std::optional<common::Unmet> parse_unmet(std::string_view text, std::string& expected);
std::optional<supply::AllocationRule> parse_allocation(std::string_view text, std::string& expected);
std::optional<supply::PositionOf> parse_position(std::string_view text, std::string& expected);
std::optional<common::TimeBand> parse_time_band(std::string_view text, std::string& expected);
std::optional<supply::CoverDays> parse_cover(std::string_view text, std::string& expected);
std::optional<supply::KanbanLoop> parse_kanban(std::string_view text, std::string& expected);
std::optional<supply::StockBand> parse_stock_band(std::string_view text, std::string& expected);
std::optional<supply::OnOrderSpec> parse_on_order(std::string_view text, std::string& expected);
std::optional<supply::LotRule> parse_lot_rule(std::string_view text, std::string& expected);
std::optional<supply::DemandSignal> parse_demand_signal(std::string_view text, std::string& expected);
std::optional<supply::SourcingRule> parse_sourcing(std::string_view text, std::string& expected);
std::optional<production::MakesSpec::Per> parse_per(std::string_view text, std::string& expected);
std::optional<production::YieldSpec> parse_yield(std::string_view text, std::string& expected);
std::optional<production::WayRule> parse_way_rule(std::string_view text, std::string& expected);
std::optional<production::KitStart> parse_kit_start(std::string_view text, std::string& expected);
std::optional<production::Campaign> parse_campaign(std::string_view text, std::string& expected);
// One or several times of the day of the same days: `mon-fri 06:00-14:00 14:30-22:00`.
std::optional<std::vector<production::Shift>> parse_shift(std::string_view text, std::string& expected);
std::optional<production::Days> parse_days(std::string_view text, std::string& expected);
std::optional<production::Staffing::Row> parse_staffing(std::string_view text, std::string& expected);

// Of the shop floor: words of a rule with `priority` in front or not, and with its parameter behind.
std::optional<factory::DispatchRule> parse_dispatch(std::string_view text, std::string& expected);
std::optional<factory::TieBreak> parse_tie(std::string_view text, std::string& expected);
std::optional<common::DueDate> parse_due(std::string_view text, std::string& expected);
std::optional<factory::OperationSpec::Per> parse_per_piece(std::string_view text, std::string& expected);
std::optional<factory::MachineChoice> parse_machine_choice(std::string_view text, std::string& expected);
std::optional<factory::MaintenanceInterval> parse_maintenance_interval(std::string_view text, std::string& expected);
std::optional<factory::FlowInterval> parse_flow_interval(std::string_view text, std::string& expected);
std::optional<factory::BufferSize> parse_buffer_size(std::string_view text, std::string& expected);
std::optional<factory::BatchSize> parse_batch_size(std::string_view text, std::string& expected);
std::optional<factory::RoutingSpec::Sequence> parse_sequence(std::string_view text, std::string& expected);

// Of disruptions.
std::optional<disruption::Factor> parse_factor(std::string_view text, std::string& expected);
std::optional<disruption::Target> parse_target(std::string_view text, std::string& expected);
std::optional<disruption::Recovery> parse_recovery(std::string_view text, std::string& expected);
std::optional<disruption::OpenOrders> parse_open_orders(std::string_view text, std::string& expected);
std::optional<disruption::UnderWay> parse_under_way(std::string_view text, std::string& expected);
std::optional<disruption::Frequency> parse_frequency(std::string_view text, std::string& expected);

std::optional<world::LeastShare> parse_least_share(std::string_view text, std::string& expected);
std::optional<world::MostTime> parse_most_time(std::string_view text, std::string& expected);
std::optional<world::SweepDesign> parse_sweep_design(std::string_view text, std::string& expected);

// The numbers in a column of a file, for `empirical FILE column NAME`; nothing and a remedy if it cannot be read.
using ColumnOfFile = std::function<std::optional<std::vector<double>>(std::string_view file, std::string_view column,
                                                                      std::string& remedy)>;
std::optional<common::TimeDistribution> parse_time_distribution(std::string_view text, std::string& expected,
                                                                const ColumnOfFile& column_of_file = {});
std::optional<common::QuantityDistribution> parse_quantity_distribution(std::string_view text, std::string& expected,
                                                                        const ColumnOfFile& column_of_file = {});
std::optional<factory::Breakdown> parse_breakdown(std::string_view text, std::string& expected,
                                                  const ColumnOfFile& column_of_file = {});
std::optional<disruption::Strike> parse_strike(std::string_view text, std::string& expected,
                                               const ColumnOfFile& column_of_file = {});
// A trace is only named: its file is read by whoever knows the start of time.
std::optional<common::OrderPattern> parse_order_pattern(std::string_view text, std::string& expected,
                                                        const ColumnOfFile& column_of_file = {});

}  // namespace tierworks::reader
