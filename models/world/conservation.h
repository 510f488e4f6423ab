// The law of conservation, recounted from the entities at the end of a run: stocks, pending work, goods on the way.
#pragma once
#include "models/world/engine.h"

namespace tierworks::world {

// For each item: initial + made + bought = sold + consumed + scrapped + on hand + in process + in transit.
// And for lots of shop floors: released = finished + in the factory. Throws core::Broken with the item's name and both sides if it does not hold.
void check_conservation(const Model& model, const Engine& engine);

}  // namespace tierworks::world
