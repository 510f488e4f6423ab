// Scenarios drawn from a seed, for laws that must hold in any network: random tiers, bills of materials, policies, rules of sourcing
// and allocation, lanes with capacities, attrition, batches, rooms, and customers who wait, leave or give up. Every one of them compiles.
#pragma once
#include <cstdint>
#include <string>

namespace tierworks::tests {

// Three to `most_sites` sites; 15 days of which 5 are warm-up.
std::string random_network(std::uint64_t seed, int most_sites = 30);

}  // namespace tierworks::tests
