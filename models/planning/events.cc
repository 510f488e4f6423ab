#include "models/planning/events.h"

#include <algorithm>
#include <cmath>

#include "models/planning/mrp.h"

namespace tierworks::planning {

namespace {

Memory memory_of(State& state, const Plan& plan) {
  return {state.memory.vector().data() + plan.memory.first, plan.memory.size()};
}

}  // namespace

void start(Run& run) {
  start_mrp(run);
  run.state.memory.assign(run.model.memory_size, 0.0);
  for (const Plan& plan : run.model.plans) {
    std::visit([&](const auto& method) { method.start(memory_of(run.state, plan), plan.first); }, plan.method);
  }
}

void observe(Run& run, const Plan& plan, Quantity demand) {
  const Memory memory = memory_of(run.state, plan);
  std::visit([&](const auto& method) { method.observe(memory, static_cast<double>(demand)); }, plan.method);
}

namespace {

common::Levels levels_of_buffer(Run& run, const Buffer& buffer, Quantity demand) {
  double use = buffer.use;
  if (!buffer.forecast.is_none()) {
    const Plan& plan = run.model.plans[buffer.forecast];
    observe(run, plan, demand);
    const Memory memory = memory_of(run.state, plan);
    use = std::visit([&](const auto& method) { return method.ahead(memory, 1); }, plan.method) / buffer.review;
  }
  const Zones zones = zones_of(buffer.profile, use);
  const auto now = static_cast<std::size_t>((run.now() - buffer.from).ticks / buffer.every.ticks);
  double spikes = 0;
  for (std::size_t i = 0; i < buffer.spike_reviews; ++i) {
    const std::size_t row = buffer.known.first + now + i;
    if (row < buffer.known.last) spikes += qualified(run.model.schedule[row], buffer.profile, zones);
  }
  return levels_of(zones, spikes);
}

}  // namespace

common::Levels levels_of(const Zones& zones, double spikes) {
  const auto whole = [](double x) {
    return static_cast<Quantity>(std::floor(std::min(x, static_cast<double>(common::kMostQuantity)) + 1e-6));
  };
  return {.order_below = whole(zones.top_of_yellow() + spikes) + 1,
          .up_to = whole(zones.top_of_green() + spikes + 0.5)};
}

common::Levels levels_after(Run& run, StockId stock, Quantity demand) {
  if (!run.model.buffer_of.empty() && !run.model.buffer_of[stock].is_none()) {
    return levels_of_buffer(run, run.model.buffers[run.model.buffer_of[stock]], demand);
  }
  const Plan& plan = run.model.plans[run.model.of_stock[stock]];
  const Memory memory = memory_of(run.state, plan);
  return std::visit(
      [&](const auto& method) {
        method.observe(memory, static_cast<double>(demand));
        const auto ahead = [&](double periods) {
          return std::min(method.ahead(memory, periods), static_cast<double>(common::kMostQuantity));
        };
        const Quantity up_to = static_cast<Quantity>(std::floor(ahead(plan.periods) + 0.5)) + plan.safety;
        if (plan.least_periods < 0) return common::Levels{up_to, up_to};
        return common::Levels{static_cast<Quantity>(std::ceil(ahead(plan.least_periods) - 1e-6)), up_to};
      },
      plan.method);
}

}  // namespace tierworks::planning
