// Material requirements planning of a site: at the start of each bucket all its MRP stocks are planned together, parents before
// their components, from one look at their positions; what is to be released now is ordered at each stock's review of that
// instant.
// Needs of a stock: its forecast or known mean demand of customers and other sites, and what the planned releases of its
// parents at the same site take. Another site's orders are demand here; where a stock goes by plans, each site that buys from it
// with a plan of its own tells it what it is going to order, and when that order will be there (distribution requirements
// planning: Martin (1995), DRP: Distribution Resource Planning, ch. 2-3). Only changes are told, so the word of a plan is as
// old as its message (law 4), and an order that has come is none of the plan any more.
// Invariant: a plan depends on the state at its instant alone. Cost: stocks x buckets, Wagner-Whitin stocks x buckets^2.
#pragma once
#include "models/planning/events.h"

namespace tierworks::planning {

// Sets the plans back to the start of a run.
void start_mrp(Run& run);

// The room's side of common::Ports; see there.
Quantity release_due(Run& run, StockId stock);

}  // namespace tierworks::planning
