// What customers book ahead, where their stock plans: a ring of buckets as long as bookings reach, and the rule by which they
// consume the forecast (planning/policies/consumption.h). Once policies, levels and MRP are compiled. Cost: streams and stocks.
#pragma once
#include <vector>

#include "models/common/diagnostics.h"
#include "models/world/model.h"
#include "models/world/spec.h"

namespace tierworks::world {

struct ConsumptionRequest {
  common::StockId stock;
  supply::ConsumptionSpec spec;
};

// Also gives all rings of planning their memory.
void compile_bookings(const ScenarioSpec& spec, const std::vector<ConsumptionRequest>& requests, Model& model,
                      common::Diagnostics& diagnostics);

}  // namespace tierworks::world
