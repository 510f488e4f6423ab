// Where lots may go from work centre to work centre, as far as routings say, and circles in that.
#pragma once
#include <cstdint>
#include <functional>
#include <vector>

#include "models/factory/model.h"

namespace tierworks::factory {

// Calls visit(from, to) for the work centres of operations of the site that may follow each other.
void for_each_step(const Model& model, SiteId site, const std::function<void(WorkCentreId, WorkCentreId)>& visit);

// The nodes of a circle along `next`, the first one again at its end; none if there is no circle.
std::vector<std::uint32_t> circle_in(const std::vector<std::vector<std::uint32_t>>& next);

}  // namespace tierworks::factory
