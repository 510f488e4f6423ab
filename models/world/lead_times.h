// Mean and variance of the time from an order of each stock to its goods: order transmission, what an outside supplier
// quotes and makes, transport, and work; through suppliers and components that are themselves to order, else as if they
// had what is ordered. Waiting for a line, a lane or other orders is not in it. Several sources: a mixture by share.
// Cost: linear in the model.
#pragma once
#include <vector>

#include "core/random/moments.h"
#include "models/world/model.h"
#include "models/world/outlook_flow.h"

namespace tierworks::world {

// By StockId; ticks.
std::vector<core::Moments> lead_times(const Model& model, const Flow& flow);

// Ticks until the supplier takes an order that may come at any time; 0 without order days.
core::Moments wait_for_order_day(const Model& model, const supply::Source& source);

}  // namespace tierworks::world
