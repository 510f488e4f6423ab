// Production orders are released, wait for material and a server, are worked on in batches, and end up in stock.
#pragma once
#include "models/common/phases.h"
#include "models/common/ports.h"
#include "models/common/room.h"
#include "models/production/model.h"
#include "models/production/state.h"

namespace tierworks::production {

struct WorkFinished {
  static constexpr std::size_t kFactBytes = 24;
  ProductId product;
  std::uint32_t batch = 0;
  Quantity quantity = 0;
  std::uint64_t number = 0;
  core::Ref order = core::kNoRef;  // memory, not fact
  std::uint32_t unused = 0;
};

using Events = common::EventList<WorkFinished>;

using Run = common::RoomRun<Model, State, Events>;

void start(Run& run);
void restart_tallies(Run& run);

void handle(Run& run, const WorkFinished& event);

// The room's side of common::Ports; see there.
void production_wanted(Run& run, ProductId product, Quantity quantity, std::uint64_t number);
bool line_has_room(const Run& run, ProductId product);
void materials_ready(Run& run, core::Ref order, std::uint8_t part, Quantity quantity);

// A lot of an order has left the shop floor.
void lot_made(Run& run, core::Ref order, Quantity quantity);

// Calls visit(product, quantity) for all that is in work on lines.
template <class F>
void for_each_in_work(const Run& run, F&& visit) {
  run.sender.template for_each_pending<WorkFinished>(
      [&](const WorkFinished& work) { visit(work.product, work.quantity); });
}

}  // namespace tierworks::production
