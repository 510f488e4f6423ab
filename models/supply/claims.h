// Who waits for goods of a stock and who is served, by its rule of allocation, in parts as stock allows.
// Invariant: the backlog of a stock is what its claims wait for. Cost of a newcomer: constant; by rank those before it.
#pragma once
#include "models/supply/events.h"

namespace tierworks::supply {

// What is there goes to those who wait.
void serve_claims(Run& run, StockId stock);

}  // namespace tierworks::supply
