// Sharing out a budget of replications over several systems so that the best one is picked as often as can be: optimal
// computing budget allocation (Chen, Lin, Yücesan and Chick, Discrete Event Dynamic Systems 10, 2000). Most go to those whose
// mean is near the best one's, and to those that vary much; few to those that are far off.
// Derived for samples that are normal and independent between systems; where systems share their randomness it still is a sensible
// way to share, though not the best one.
// For results, never for state. Cost: a pass over the systems.
#pragma once
#include <cstddef>
#include <vector>

namespace tierworks::core {

// The share of all replications that each system should have; they add up to 1. Equal shares if nothing tells the systems apart
// (fewer than two, none varies). NaN means count as the worst.
std::vector<double> ocba_shares(const std::vector<double>& means, const std::vector<double>& variances,
                                bool more_is_better);

// How many each system should have in all once `more` are given out, one by one, each to the system that is furthest below its
// share; nobody loses what it has.
std::vector<std::size_t> ocba_targets(const std::vector<double>& shares, std::vector<std::size_t> counts,
                                      std::size_t more);

}  // namespace tierworks::core
