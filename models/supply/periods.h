// A run in periods (`time.period`). At the start of each, demand is taken down and orders travel upstream within the instant:
// a stock is looked at when all who order from it without delay have spoken, so that it knows what is wanted in this
// period; who wants nothing says so. Then goods arrive (common::kInPeriods), and what is there is handed out.
// Invariant: each stock is looked at once in each period. Cost: an event for each stock, one for each purchase without delay,
// and one for each stock where somebody waits.
#pragma once
#include "models/supply/events.h"

namespace tierworks::supply {

// One of Stock::awaits has spoken in this period.
void heard(Run& run, StockId id);

// Defined beside the handlers: the policy looks at its stock and may order; where from, or none.
SourceId look_at(Run& run, StockId id);

}  // namespace tierworks::supply
