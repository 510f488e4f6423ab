// From what the user wrote of a forecast to the method; mistakes go to the diagnostics.
#pragma once
#include "models/common/compile.h"
#include "models/planning/model.h"

namespace tierworks::planning {

Forecast compile_forecast(const common::ForecastSpec& spec);

// Reviews that the method must have seen before its numbers rest on demand alone; 0 if it has no such number.
std::size_t history_needed(const common::ForecastSpec& spec);

// One stock's plan, with room for its memory; `stocks` is how many there are.
PlanId add_plan(Model& model, std::size_t stocks, StockId stock, Plan plan);

// Of the stock, whatever its policy does with it; none if it does not forecast.
PlanId forecast_of(const Model& model, StockId stock);

// At least so long that it holds what is wanted so much later than now; its memory is given last, by place_rings.
void grow_ring(Model& model, RingId ring, core::Duration ahead);
void place_rings(Model& model);

// One stock's plan without the memory of a level: of MRP or a buffer.
PlanId add_forecast(Model& model, Plan plan);

}  // namespace tierworks::planning
