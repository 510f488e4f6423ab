#include "models/planning/events.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "models/planning/bookings.h"
#include "models/planning/mrp.h"
#include "models/planning/rings.h"

namespace tierworks::planning {

namespace {

Memory memory_of(State& state, const Plan& plan) {
  return {state.memory.vector().data() + plan.memory.first, plan.memory.size()};
}

double forecast_ahead(Run& run, const Plan& plan, double periods) {
  const Memory memory = memory_of(run.state, plan);
  return std::visit([&](const auto& method) { return method.ahead(memory, periods); }, plan.method);
}

// To those who fill the stock and go by what it expects.
void tell_forecast(Run& run, const Plan& plan) {
  for (std::uint32_t i = plan.tells.first; i < plan.tells.last; ++i) {
    const ForecastLink& link = run.model.forecast_links[i];
    const double units = forecast_ahead(run, plan, link.periods);
    run.sender.send(link.place, run.now() + link.delay, common::phase::demand,
                    ForecastToldOf{.link = i, .units = std::bit_cast<std::uint64_t>(units)});
  }
}

}  // namespace

void start(Run& run) {
  start_mrp(run);
  start_rings(run);
  run.state.memory.assign(run.model.memory_size, 0.0);
  run.state.told.assign(run.model.signals.size(), 0.0);
  run.state.forecasts.assign(run.model.plans.size(), ForecastTally{});
  for (const Plan& plan : run.model.plans) {
    std::visit([&](const auto& method) { method.start(memory_of(run.state, plan), plan.first); }, plan.method);
  }
  for (const ForecastLink& link : run.model.forecast_links) run.state.memory[MemoryId{link.slot}] = link.first;
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
  tell_forecast(run, plan);
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

void handle(Run& run, const PlanToldOf& event) {
  add_to_ring(run, run.model.plan_links[event.link].ring, event.at, static_cast<double>(event.change));
}

void handle(Run& run, const ForecastToldOf& event) {
  const ForecastLink& link = run.model.forecast_links[event.link];
  run.state.memory[MemoryId{link.slot}] = std::bit_cast<double>(event.units) * link.per_unit;
}

void demand_booked(Run& run, StockId stock, core::Instant at, Quantity change) {
  if (run.model.booked_at.empty() || run.model.booked_at[stock].is_none()) return;
  add_to_ring(run, run.model.booked_at[stock], at, static_cast<double>(change));
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
  double booked = 0;
  if (!buffer.bookings.is_none()) {
    const Bookings& bookings = run.model.bookings[buffer.bookings];
    look_at_ring(run, bookings.ring);
    for (std::size_t i = 0; i < buffer.spike_reviews; ++i) {
      booked += qualified(ring_at(run, bookings.ring, i), buffer.profile, zones);
    }
  }
  const auto now = static_cast<std::size_t>((run.now() - buffer.from).ticks / buffer.every.ticks);
  double spikes = booked;
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
  if (!plan.bookings.is_none()) look_at_ring(run, run.model.bookings[plan.bookings].ring);
  const auto ahead = [&](double periods) {
    const double wanted =
        plan.bookings.is_none() ? forecast_ahead(run, plan, periods) : wanted_with_bookings(run, plan, periods);
    return std::min(wanted, static_cast<double>(common::kMostQuantity));
  };
  const Quantity up_to =
      std::max<Quantity>(0, static_cast<Quantity>(std::floor(ahead(plan.periods) + 0.5)) + plan.safety);
  if (plan.least_periods < 0) return common::Levels{up_to, up_to};
  return common::Levels{static_cast<Quantity>(std::ceil(ahead(plan.least_periods) - 1e-6)), up_to};
}

}  // namespace tierworks::planning
