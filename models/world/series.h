// The stocks of a run at one instant: what a series of them over time is made of. Read between steps of a run
// (Simulation::run_to), so that a run of which nobody wants a series pays nothing. Cost: linear in stocks and pending events.
#pragma once
#include <vector>

#include "models/world/engine.h"

namespace tierworks::world {

// Smallest units of the stock's item.
struct StockNow {
  common::Quantity on_hand = 0;
  common::Quantity backorders = 0;
  common::Quantity in_transit = 0;
  common::Quantity on_order = 0;
  // Since the start of the run:
  common::Quantity ordered = 0, demanded = 0, received = 0;
};

// By StockId.
std::vector<StockNow> stocks_now(const Model& model, const Engine& engine);

}  // namespace tierworks::world
