// Shop floors on which nothing moved in the measured time, as their KPIs tell: work centres before which lots waited and none was
// begun, and sites with lots of which none left. Runs too short to say so are left out: three times what the slowest routing
// takes must fit in. Cost: one pass over the rows; more only where something stands still.
#pragma once
#include <string>
#include <vector>

#include "models/world/model.h"
#include "models/world/result.h"

namespace tierworks::world {

// A line for each: its name, how many waited, and what to look at. `means` has the mean of each row over all replications.
std::vector<std::string> stuck_floors(const Model& model, const std::vector<KpiRow>& rows,
                                      const std::vector<double>& means);

}  // namespace tierworks::world
