// The page of `tierworks sweep`: the deciding KPI at each point, which parameters matter, and what each of their values does.
// Plain text of at most `width` columns.
#pragma once
#include <string>
#include <vector>

#include "experiments/sweep/sweep.h"
#include "report/summary.h"
#include "report/table_options.h"

namespace tierworks::report {

struct SweepSubject {
  Subject base;                                // of the scenario
  std::vector<std::string> parameters, paths;  // by axis: short names, and what they stand for
  std::string design;                          // "grid", "lhs" or "sobol"
  std::size_t wanted = 0;                      // points of the design, before equal ones fell together
  std::vector<experiments::KpiAt> shown;       // beside the deciding KPI
};

// Requires a result with rows.
std::string sweep_table(const SweepSubject& subject, const experiments::Swept& result, const TableOptions& options);
// The whole result for programs; numbers are finite or null.
std::string sweep_json(const SweepSubject& subject, const experiments::Swept& result);
// A line for each point: its values, then mean and half-width of each KPI of the whole world and of those kept; empty cells
// where there is no number, and why a point was refused.
std::string sweep_csv(const SweepSubject& subject, const experiments::Swept& result);

}  // namespace tierworks::report
