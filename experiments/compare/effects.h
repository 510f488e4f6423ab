// What each varied value does to a KPI, averaged over all else that was varied: main effects of a full grid (Law, "Simulation
// Modeling and Analysis", 12.2). Replication by replication, so that what the variants share falls out.
// Cost: one pass over the values.
#pragma once
#include <string>
#include <vector>

#include "core/stats/interval.h"

namespace tierworks::experiments {

struct Effect {
  std::size_t factor = 0;
  std::string level;
  core::Interval mean;    // over all variants with this level
  core::Interval effect;  // that mean less the mean over all variants
};

// levels[variant][factor]; values[variant][replication], of which those are used that all variants have. Factor by factor, and
// levels in the order in which they first occur.
std::vector<Effect> main_effects(const std::vector<std::vector<std::string>>& levels,
                                 const std::vector<std::vector<double>>& values, double confidence);

// Which points no other one beats: better or equal on both, and better on one. `more` says for each axis what is better.
std::vector<bool> pareto_front(const std::vector<double>& first, bool more_of_first, const std::vector<double>& second,
                               bool more_of_second);

}  // namespace tierworks::experiments
