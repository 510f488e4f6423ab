// How many of the orders that two runs saw were identical, from the hashes of their streams.
#pragma once
#include <span>

#include "experiments/compare/compare.h"

namespace tierworks::experiments {

// Both by rising stream. Adds to `shared`.
void add_shared(std::span<const world::CustomersSeen> one, std::span<const world::CustomersSeen> other,
                SharedOrders& shared);

}  // namespace tierworks::experiments
