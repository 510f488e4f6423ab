#include "models/planning/compile.h"

#include <algorithm>

namespace tierworks::planning {

using Kind = common::ForecastSpec::Kind;

Forecast compile_forecast(const common::ForecastSpec& spec) {
  const auto periods = static_cast<std::size_t>(spec.periods);
  switch (spec.kind) {
    case Kind::moving_average:
      return MovingAverage{periods};
    case Kind::smoothing:
      return Smoothing{spec.a};
    case Kind::holt_winters:
      return HoltWinters{spec.a, spec.b, spec.c, periods};
    case Kind::croston:
      return Croston{spec.a, false};
    case Kind::sba:
      return Croston{spec.a, true};
    case Kind::tsb:
      return Tsb{spec.a, spec.b};
  }
  return MovingAverage{1};
}

std::size_t history_needed(const common::ForecastSpec& spec) {
  const bool counts = spec.kind == Kind::moving_average || spec.kind == Kind::holt_winters;
  return counts ? static_cast<std::size_t>(spec.periods) : 0;
}

PlanId add_plan(Model& model, std::size_t stocks, StockId stock, Plan plan) {
  if (model.of_stock.empty()) model.of_stock.assign(stocks, PlanId::none());
  return model.of_stock[stock] = add_forecast(model, plan);
}

PlanId forecast_of(const Model& model, StockId stock) {
  const auto in = [&](const auto& table) { return !table.empty() && !table[stock].is_none(); };
  if (in(model.of_stock)) return model.of_stock[stock];
  if (in(model.mrp_of)) return model.mrp_stocks[model.mrp_of[stock]].forecast;
  if (in(model.buffer_of)) return model.buffers[model.buffer_of[stock]].forecast;
  return PlanId::none();
}

PlanId add_forecast(Model& model, Plan plan) {
  const std::size_t size = std::visit([](const auto& method) { return method.memory_size(); }, plan.method);
  plan.memory = {static_cast<std::uint32_t>(model.memory_size), static_cast<std::uint32_t>(model.memory_size + size)};
  model.memory_size += size;
  return model.plans.add(plan);
}

// The bucket of the last look, one that is begun since, and one at the end that is begun; and before the first forecast, which
// follows a whole bucket, one more.
void grow_ring(Model& model, RingId id, core::Duration ahead) {
  Ring& ring = model.rings[id];
  const auto buckets = static_cast<std::uint32_t>((ahead.ticks + ring.bucket.ticks - 1) / ring.bucket.ticks) + 4;
  ring.memory.last = std::max(ring.memory.last, ring.memory.first + buckets);
}

void place_rings(Model& model) {
  for (Ring& ring : model.rings) {
    const std::uint32_t size = ring.memory.size();
    ring.memory = {static_cast<std::uint32_t>(model.memory_size), static_cast<std::uint32_t>(model.memory_size + size)};
    model.memory_size += size;
  }
}

}  // namespace tierworks::planning
