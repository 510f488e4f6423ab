#include "models/world/controls.h"

#include "core/random/distribution.h"
#include "models/factory/surprise.h"
#include "models/world/engine.h"

namespace tierworks::world {

namespace {

struct Orders {
  double more = 0, larger = 0;
};

// In money where items have a value, so that those of different items can be added; else in units. Streams whose orders do not
// come one independent interval after the other, or whose sizes remember, have no such number.
Orders more_orders(const Model& model, const demand::State& state, const core::Randomness& random) {
  Orders all;
  for (std::uint32_t s = 0; s < model.demand.streams.size(); ++s) {
    const demand::Stream& stream = model.demand.streams[demand::StreamId{s}];
    if (!stream.trace.empty() || stream.chance < 1 || stream.is_booked()) continue;
    const common::Item& item = model.items[stream.item.index];
    const double worth = item.value > 0 ? item.value * item.resolution : item.resolution;
    const core::DistributionTables& tables = *model.demand.tables;
    const double size = stream.remembers ? 0 : core::mean_of(stream.size, tables);
    const std::uint64_t orders = state.streams[demand::StreamId{s}].next_order;
    if (!stream.interval.is_constant() && stream.pattern == demand::kNoPattern) {
      const double mean = core::mean_of(stream.interval, tables);
      double sum = 0;
      for (std::uint64_t n = 0; n <= orders; ++n) {
        core::Draw draw = random.draw(stream.arrivals, n);
        sum += mean - core::sample(stream.interval, tables, draw);
      }
      all.more += sum / mean * size * worth;
    }
    if (stream.remembers || stream.size.is_constant()) continue;
    for (std::uint64_t n = 0; n < orders; ++n) {
      core::Draw draw = random.draw(stream.sizes, n);
      all.larger += (core::sample(stream.size, tables, draw) - size) * worth;
    }
  }
  return all;
}

}  // namespace

Controls controls_of(const Model& model, const State& state, const core::Randomness& random) {
  const factory::Surprise shops = factory::surprise(model.factory, state.factory, random);
  const Orders orders = more_orders(model, state.demand, random);
  return {shops.lots, shops.work, orders.more, orders.larger, shops.bursts[0], shops.bursts[1], shops.bursts[2]};
}

}  // namespace tierworks::world
