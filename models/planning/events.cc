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
  run.state.told.assign(run.model.signals.size(), 0.0);
  run.state.forecasts.assign(run.model.plans.size(), ForecastTally{});
  for (const Plan& plan : run.model.plans) {
    std::visit([&](const auto& method) { method.start(memory_of(run.state, plan), plan.first); }, plan.method);
  }
}

void restart_tallies(Run& run) {
  for (ForecastTally& tally : run.state.forecasts) tally = {};
}

void observe(Run& run, PlanId id, Quantity demand) {
  const Plan& plan = run.model.plans[id];
  const Memory memory = memory_of(run.state, plan);
  const auto came = static_cast<double>(demand);
  std::visit(
      [&](const auto& method) {
        const double forecast = method.ahead(memory, 1);
        ForecastTally& tally = run.state.forecasts[id];
        tally.forecast += forecast;
        tally.came += came;
        tally.off += std::abs(forecast - came);
        method.observe(memory, came);
      },
      plan.method);
}

void customers_ordered(Run& run, common::StreamId stream, Quantity quantity) {
  const core::Range parts = run.model.parts_of_stream[stream.index];
  for (std::uint32_t i = parts.first; i < parts.last; ++i) {
    const Signal& signal = run.model.signals[run.model.signal_parts[i].signal];
    run.sender.send(signal.place, run.now() + signal.delay, common::phase::demand,
                    CustomersToldOf{.part = i, .quantity = quantity});
  }
}

void handle(Run& run, const CustomersToldOf& event) {
  const SignalPart& part = run.model.signal_parts[event.part];
  run.state.told[part.signal] += static_cast<double>(event.quantity) * part.per_unit;
}

Quantity demand_seen(Run& run, StockId stock, Quantity own) {
  if (run.model.signal_of.empty() || run.model.signal_of[stock].is_none()) return own;
  double& told = run.state.told[run.model.signal_of[stock]];
  // What rounding leaves over is told with the next.
  const auto whole =
      static_cast<Quantity>(std::floor(std::min(told, static_cast<double>(common::kMostQuantity)) + 0.5));
  told -= static_cast<double>(whole);
  return whole;
}

namespace {

common::Levels levels_of_buffer(Run& run, const Buffer& buffer, Quantity demand) {
  double use = buffer.use;
  if (!buffer.forecast.is_none()) {
    const Plan& plan = run.model.plans[buffer.forecast];
    observe(run, buffer.forecast, demand);
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

common::Levels levels_after(Run& run, StockId stock, Quantity own) {
  const Quantity demand = demand_seen(run, stock, own);
  if (!run.model.buffer_of.empty() && !run.model.buffer_of[stock].is_none()) {
    return levels_of_buffer(run, run.model.buffers[run.model.buffer_of[stock]], demand);
  }
  const PlanId id = run.model.of_stock[stock];
  const Plan& plan = run.model.plans[id];
  observe(run, id, demand);
  const Memory memory = memory_of(run.state, plan);
  return std::visit(
      [&](const auto& method) {
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
