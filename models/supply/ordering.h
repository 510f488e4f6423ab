// When a stock is looked at: what its policy orders, and from which of its sources.
// Cost: linear in the sources of the stock.
#pragma once
#include "models/supply/events.h"

namespace tierworks::supply {

// The source of the order that was placed (the last, of several), or none.
SourceId consider_ordering(Run& run, StockId stock);

// As much as was given back, whatever the policy says.
void order_again(Run& run, StockId stock, Quantity quantity);

// Would serving `demanded` more units take another production order than a full line can hold?
bool line_is_full_for(Run& run, StockId stock, Quantity demanded);

}  // namespace tierworks::supply
