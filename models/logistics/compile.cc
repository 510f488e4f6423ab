#include "models/logistics/compile.h"

namespace tierworks::logistics {

Lane compile_lane(const LaneSpec& spec, common::CompileContext& context) {
  Lane lane = own_lane(*spec.transit, *spec.at_least, context);
  lane.capacity = *spec.capacity;
  lane.cost_per_shipment = context.payable(spec.cost_per_shipment);
  lane.cost_per_unit = context.payable(spec.cost_per_unit);
  lane.keep_order = *spec.keep_order;
  lane.shared = true;
  return lane;
}

Lane own_lane(const common::TimeDistribution& transit, core::Duration at_least, common::CompileContext& context) {
  Lane lane;
  lane.transit = context.time(transit);
  lane.at_least = at_least;
  return lane;
}

}  // namespace tierworks::logistics
