// How much rests on few suppliers: the Herfindahl-Hirschman index of each item that sites buy, sum of the squared shares of
// what is bought from each supplier (Rhoades, The Herfindahl-Hirschman Index, Federal Reserve Bulletin 79, 1993).
#pragma once
#include <vector>

#include "models/world/model.h"

namespace tierworks::experiments {

struct ItemConcentration {
  std::uint32_t item = 0;
  std::size_t suppliers = 0;  // sites
  double hhi = 1;             // 1: all from one
  double units_per_day = 0;   // bought, by expected rates
};

// Items that some site buys, the most concentrated first, then by item.
std::vector<ItemConcentration> concentration(const world::Model& model);

}  // namespace tierworks::experiments
