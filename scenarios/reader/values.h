// One value of the scenario out of one node of the tree, checked against the limits that its description states. A value
// that makes no sense gives a fault at its place (`got "two", expected an integer >= 1`) and leaves the default.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "models/common/spec.h"
#include "models/disruption/spec.h"
#include "models/factory/spec.h"
#include "models/production/spec.h"
#include "models/supply/spec.h"
#include "models/world/spec.h"
#include "scenarios/reader/context.h"

namespace tierworks::reader {

struct Limits {
  bool share = false;     // 0 to 1, `%` allowed
  bool positive = false;  // > 0
  bool not_negative = false;
  std::optional<std::int64_t> low;
  std::optional<std::int64_t> high;
};

bool read_value(Context& context, NodeId node, const Limits& limits, std::string& value);
// A list of values as they are written, or one.
bool read_value(Context& context, NodeId node, const Limits& limits, std::vector<std::string>& value);
bool read_value(Context& context, NodeId node, const Limits& limits, double& value);
bool read_value(Context& context, NodeId node, const Limits& limits, std::int64_t& value);
bool read_value(Context& context, NodeId node, const Limits& limits, bool& value);
bool read_value(Context& context, NodeId node, const Limits& limits, core::Duration& value);
bool read_value(Context& context, NodeId node, const Limits& limits, common::Date& value);
bool read_value(Context& context, NodeId node, const Limits& limits, common::GeoPoint& value);
bool read_value(Context& context, NodeId node, const Limits& limits, common::Amount& value);
bool read_value(Context& context, NodeId node, const Limits& limits, common::AmountRate& value);
bool read_value(Context& context, NodeId node, const Limits& limits, common::CarryingRate& value);
bool read_value(Context& context, NodeId node, const Limits& limits, common::TimeDistribution& value);
bool read_value(Context& context, NodeId node, const Limits& limits, common::QuantityDistribution& value);
bool read_value(Context& context, NodeId node, const Limits& limits, common::OrderPattern& value);
bool read_value(Context& context, NodeId node, const Limits& limits, common::WeekFactors& value);
bool read_value(Context& context, NodeId node, const Limits& limits, common::SeasonFactors& value);
bool read_value(Context& context, NodeId node, const Limits& limits, common::Growth& value);
bool read_value(Context& context, NodeId node, const Limits& limits, common::Moment& value);
bool read_value(Context& context, NodeId node, const Limits& limits, common::ReviewCalendar& value);
// One, or a list.
bool read_value(Context& context, NodeId node, const Limits& limits, common::OrderDays& value);
bool read_value(Context& context, NodeId node, const Limits& limits, common::SafetyStock& value);
bool read_value(Context& context, NodeId node, const Limits& limits, common::ForecastSpec& value);
bool read_value(Context& context, NodeId node, const Limits& limits, common::Unmet& value);
bool read_value(Context& context, NodeId node, const Limits& limits, supply::AllocationRule& value);
bool read_value(Context& context, NodeId node, const Limits& limits, supply::PositionOf& value);
bool read_value(Context& context, NodeId node, const Limits& limits, supply::DemandSignal& value);
bool read_value(Context& context, NodeId node, const Limits& limits, supply::SourcingRule& value);
bool read_value(Context& context, NodeId node, const Limits& limits, common::TimeBand& value);
bool read_value(Context& context, NodeId node, const Limits& limits, supply::CoverDays& value);
bool read_value(Context& context, NodeId node, const Limits& limits, supply::StockBand& value);
// One, or a list.
bool read_value(Context& context, NodeId node, const Limits& limits, supply::OnOrderSpecs& value);
bool read_value(Context& context, NodeId node, const Limits& limits, supply::LotRule& value);
bool read_value(Context& context, NodeId node, const Limits& limits, supply::KanbanLoop& value);
bool read_value(Context& context, NodeId node, const Limits& limits, production::MakesSpec::Per& value);
bool read_value(Context& context, NodeId node, const Limits& limits, production::YieldSpec& value);
bool read_value(Context& context, NodeId node, const Limits& limits, production::WayRule& value);
bool read_value(Context& context, NodeId node, const Limits& limits, production::KitStart& value);
bool read_value(Context& context, NodeId node, const Limits& limits, production::Campaign& value);
bool read_value(Context& context, NodeId node, const Limits& limits, production::ChangeOver& value);
bool read_value(Context& context, NodeId node, const Limits& limits, production::Shifts& value);
bool read_value(Context& context, NodeId node, const Limits& limits, production::Holidays& value);
bool read_value(Context& context, NodeId node, const Limits& limits, production::Staffing& value);
bool read_value(Context& context, NodeId node, const Limits& limits, factory::DispatchRule& value);
bool read_value(Context& context, NodeId node, const Limits& limits, factory::TieBreak& value);
bool read_value(Context& context, NodeId node, const Limits& limits, factory::WeekTimes& value);
bool read_value(Context& context, NodeId node, const Limits& limits, factory::CrewTimes& value);
bool read_value(Context& context, NodeId node, const Limits& limits, factory::ShiftEnd& value);
bool read_value(Context& context, NodeId node, const Limits& limits, common::DueDate& value);
bool read_value(Context& context, NodeId node, const Limits& limits, factory::Breakdown& value);
bool read_value(Context& context, NodeId node, const Limits& limits, factory::OperationSpec::Per& value);
bool read_value(Context& context, NodeId node, const Limits& limits, factory::RoutingSpec::Sequence& value);
bool read_value(Context& context, NodeId node, const Limits& limits, disruption::Factor& value);
// One, or a list.
bool read_value(Context& context, NodeId node, const Limits& limits, disruption::Targets& value);
bool read_value(Context& context, NodeId node, const Limits& limits, disruption::Strike& value);
bool read_value(Context& context, NodeId node, const Limits& limits, disruption::Recovery& value);
bool read_value(Context& context, NodeId node, const Limits& limits, disruption::OpenOrders& value);
bool read_value(Context& context, NodeId node, const Limits& limits, disruption::UnderWay& value);
bool read_value(Context& context, NodeId node, const Limits& limits, disruption::Frequency& value);
bool read_value(Context& context, NodeId node, const Limits& limits, world::LeastShare& value);
bool read_value(Context& context, NodeId node, const Limits& limits, world::MostTime& value);
bool read_value(Context& context, NodeId node, const Limits& limits, world::SweepDesign& value);
bool read_value(Context& context, NodeId node, const Limits& limits, factory::MachineChoice& value);
bool read_value(Context& context, NodeId node, const Limits& limits, factory::MaintenanceInterval& value);
bool read_value(Context& context, NodeId node, const Limits& limits, factory::FlowInterval& value);
bool read_value(Context& context, NodeId node, const Limits& limits, factory::BufferSize& value);
bool read_value(Context& context, NodeId node, const Limits& limits, factory::BatchSize& value);
bool read_value(Context& context, NodeId node, const Limits& limits, factory::SetupTimes& value);

}  // namespace tierworks::reader
