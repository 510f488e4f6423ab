#include "models/planning/events.h"

#include <algorithm>
#include <cmath>

namespace tierworks::planning {

namespace {

Memory memory_of(State& state, const Plan& plan) {
  return {state.memory.vector().data() + plan.memory.first, plan.memory.size()};
}

}  // namespace

void start(Run& run) {
  run.state.memory.assign(run.model.memory_size, 0.0);
  for (const Plan& plan : run.model.plans) {
    std::visit([&](const auto& method) { method.start(memory_of(run.state, plan), plan.first); }, plan.method);
  }
}

Quantity level_after(Run& run, StockId stock, Quantity demand) {
  const Plan& plan = run.model.plans[run.model.of_stock[stock]];
  const Memory memory = memory_of(run.state, plan);
  const double ahead = std::visit(
      [&](const auto& method) {
        method.observe(memory, static_cast<double>(demand));
        return method.ahead(memory, plan.periods);
      },
      plan.method);
  const double level = std::min(ahead, static_cast<double>(common::kMostQuantity));
  return static_cast<Quantity>(std::floor(level + 0.5)) + plan.safety;
}

}  // namespace tierworks::planning
