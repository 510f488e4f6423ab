// Means and differences of replications with control variates: what chance brought is taken off them.
#pragma once
#include <string>
#include <vector>

#include "core/stats/control_variates.h"

namespace tierworks::experiments {

// Fewer runs than this use the plain controls only.
inline constexpr std::size_t kLeastForBursts = 40;
// How many of the world's controls so many runs use.
std::size_t controls_for(std::size_t runs);

// Of sample - base, pair by pair as far as both go, each with controls beside its samples; those that both share count once.
core::Interval controlled_difference(const std::vector<double>& sample,
                                     const std::vector<core::ControlValues>& controls, const std::vector<double>& base,
                                     const std::vector<core::ControlValues>& of_base, double confidence);

// The words of the world's controls that take more than one value, here or in `known`, which they join.
void add_varying(const std::vector<core::ControlValues>& controls, std::vector<std::string>& known);

}  // namespace tierworks::experiments
