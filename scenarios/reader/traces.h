// Demand that was recorded: `orders: orders.csv`, with a column `time` (`8 h`), `date` (`2025-01-06 08:00`) or `day` (1.5)
// and a column `quantity`. Rows are in order of time; rows of quantity 0 order nothing and are left out.
#pragma once
#include "models/world/spec.h"
#include "scenarios/reader/context.h"

namespace tierworks::reader {

void read_traces(Context& context, world::ScenarioSpec& scenario);

}  // namespace tierworks::reader
