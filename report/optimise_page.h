// The page of `tierworks optimise`: the best point, what it gives beside the scenario as it is written, the finalists of the race
// and how the search got there. Plain text of at most `width` columns.
#pragma once
#include <string>
#include <vector>

#include "experiments/optimise/optimise.h"
#include "report/summary.h"
#include "report/table_options.h"

namespace tierworks::report {

struct OptimiseSubject {
  Subject base;                         // of the scenario
  std::vector<experiments::Axis> axes;  // with short names
  experiments::Goal goal;
  std::vector<experiments::Constraint> constraints;
  std::vector<std::string> constraint_words;  // as they were given
  std::vector<experiments::KpiAt> shown;      // beside goal and constraints
};

// Requires a result with a best finalist, or one that misses least.
std::string optimise_table(const OptimiseSubject& subject, const experiments::Optimised& result,
                           const TableOptions& options);
// The whole result for programs, with the trajectory of the search; numbers are finite or null.
std::string optimise_json(const OptimiseSubject& subject, const experiments::Optimised& result);
// The trajectory: a line for each point of the search.
std::string trajectory_csv(const OptimiseSubject& subject, const experiments::Optimised& result);

}  // namespace tierworks::report
