// Which stock is filled from which: the graph behind supply cycles, tiers and expected loads.
#pragma once
#include <optional>
#include <vector>

#include "models/world/model.h"

namespace tierworks::world {

// The stocks that replenish `stock`: its suppliers' stocks, or the components of what is made for it.
std::vector<common::StockId> filled_from(const Model& model, common::StockId stock);

// Each circle of stocks that fill each other, as the stocks along it; none in a model that compiled.
std::vector<std::vector<common::StockId>> supply_circles(const Model& model);

// Tier of each site: 0 where customers order, else one more than the nearest site that it supplies; nothing where no demand
// leads to.
std::vector<std::optional<int>> tiers(const Model& model, std::size_t sites);

}  // namespace tierworks::world
