// The best few points of a search on replications of their own: those that keep the constraints there race for the best mean
// (procedure KN); if none does, the next ones of the search are tried.
#pragma once
#include "experiments/optimise/optimise.h"

namespace tierworks::experiments {

// Fills everything of `out` from the finalists on, by out.tried.
void race(const std::vector<Axis>& axes, const Models& models, const OptimiseOptions& options, Optimised& out);

}  // namespace tierworks::experiments
