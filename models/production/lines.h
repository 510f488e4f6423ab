// What the files of the room share of work on lines: which clock it goes by, what an order has and needs, and how servers go on.
// Invariant: an order stands in its line's row of ready ones while it has material for its next batch, and not otherwise.
// Cost: a look at the components of one order; overtime, change-overs and kits only where lines and products have them.
#pragma once
#include <cmath>

#include "models/production/events.h"

namespace tierworks::production {

// Now, on a clock of work; lines without a calendar pay a comparison.
inline core::Instant now_on(const Run& run, CalendarId calendar) {
  return calendar.is_none() ? run.now() : run.model.clock(calendar).at(run.now());
}

// On which a batch is worked on.
inline WorkClock clock_of(const Run& run, const Line& line, std::uint32_t overtime) {
  return run.model.clock(overtime != 0 ? line.overtime.with_shifts : line.calendar);
}

inline auto clocks(const Run& run) {
  return [&run](const WorkFinished& end) {
    return clock_of(run, run.model.lines[run.model.products[end.product].line], end.overtime);
  };
}

// Ticks of work of one server that so much takes on average.
inline std::int64_t load_of(const Product& product, Quantity quantity) {
  double times = static_cast<double>(quantity) * product.resolution;
  if (!product.per_unit) {
    times = quantity == 0        ? 0
            : product.batch == 0 ? 1
                                 : std::ceil(static_cast<double>(quantity) / static_cast<double>(product.batch));
  }
  return core::rounded(times * product.mean_time).ticks;
}

inline bool stands(const Run& run, ProductId id) {
  return run.model.stoppable && run.state.interruptions[id].pace.stands();
}

// Units whose material is taken: of lots that are kitted it is when they are picked, of others when they start.
inline Quantity taken_for(const Product& product, const ProductionOrder& order) {
  return product.is_kitted ? order.picked : order.started;
}
// Attrition is spread over the units of an order so that all of it is taken with the last one; of so many more `behind` some.
Quantity extra_of(const ProductionOrder& order, const Need& need, Quantity behind, Quantity units);
// Of what is set aside for the order: for lots that are begun and not picked.
Quantity unpicked(const Product& product, const ProductionOrder& order, const Component& component, const Need& need);
// For its next batch, or as much of its kit as it may begin with.
bool has_material(const Run& run, const ProductionOrder& order);
// What is counted of an order with a kit, after its materials or its work changed.
void count_kit(Run& run, core::Ref order);
// All that a batch needs leaves the stocks.
void take_materials(Run& run, const ProductionOrder& order, Quantity batch);
void free_server(Run& run, LineId line, std::uint32_t server, std::uint32_t overtime);
// Idle servers take batches of the orders that are ready; the first ready order goes on as long as it has material.
void start_next(Run& run, LineId line);
void queue_if_ready(Run& run, core::Ref order);

// The product by which an order goes: of the ways valid now whose line has room, by their rule; ways that stand come last.
ProductId way_for(const Run& run, ProductId first, Quantity quantity);

}  // namespace tierworks::production
