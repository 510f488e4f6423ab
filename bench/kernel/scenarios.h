// The two worlds that the suite runs: the flagship of the catalogue, and a synthetic cluster of many places.
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>

#include "core/time/time.h"
#include "models/world/model.h"
#include "models/world/spec.h"

namespace tierworks::bench {

// With another measured time and no warm-up, if one is given.
std::unique_ptr<const world::Model> flagship(std::optional<core::Duration> horizon = {});

// Five tiers of sites. A site makes one kind of goods of 1 to 4 components and buys each of these from a maker that it
// chooses by its number of customers (preferential attachment: hubs, and degrees that follow a power law); the last
// tier sells from outside the model. Lead firms and some of the middle tiers have Poisson demand; base stocks cover the
// expected demand of a lead time and two standard deviations. The same seed gives the same cluster.
world::ScenarioSpec synthetic_cluster(std::size_t places, std::uint64_t seed, core::Duration horizon);

// Throws WrongResult with the mistakes found.
std::unique_ptr<const world::Model> compiled(const world::ScenarioSpec& spec);

}  // namespace tierworks::bench
