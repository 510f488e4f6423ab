// The result of a run for people: the whole, then regions, sites, items, lines and lanes, the weakest first and named.
// Plain text of at most `width` columns; a mean of fewer than two replications has no ±, and what was not measured is "-".
// Cost: a few passes over the rows of the result, and a sort of each section.
#pragma once
#include <string>

#include "experiments/replicate/replicate.h"
#include "report/summary.h"
#include "report/table_options.h"

namespace tierworks::report {

std::string table(const Subject& subject, const experiments::Replicated& result, const TableOptions& options);

}  // namespace tierworks::report
