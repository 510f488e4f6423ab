// The position of an echelon: of a stock and of all stocks below it, down to the customers (Clark & Scarf 1960). A site
// knows of the stocks of other sites only what they reported with their orders; of its own it knows all.
// Position of the echelon = local position + positions of the echelons below. What is on its way to a stock below, or waits
// here for it, stands in that one's position as on order, and what waits here in this one's backlog: it is counted once.
#pragma once
#include "models/supply/events.h"

namespace tierworks::supply {

// Cost: the stocks of this site that draw on this one.
Report echelon_of(const Run& run, StockId id);

// What the policy of a stock looks at.
StockView seen(const Run& run, StockId id);

// At the start of a run, as if all had just reported.
void start_reports(Run& run);

}  // namespace tierworks::supply
