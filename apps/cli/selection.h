// How `tierworks compare` picks the best: a race to a stated confidence, or a budget of replications. Each ends in its own way, so
// one excludes the other.
#pragma once
#include <cstddef>

#include "apps/cli/commands.h"
#include "experiments/compare/compare.h"

namespace tierworks::cli {

// Puts indifference and budget into `how`, whose replications and precision are known. False, and the reason to stderr, if they
// cannot be.
bool choose_selection(const CompareOptions& options, std::size_t variants, experiments::CompareOptions& how);

}  // namespace tierworks::cli
