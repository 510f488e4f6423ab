// What is searched for: the least or the most of a KPI, among the points at which other KPIs keep a bound. A constraint is
// judged by its mean; reports show the interval beside it.
#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "core/stats/interval.h"
#include "experiments/compare/compare.h"

namespace tierworks::experiments {

struct Goal {
  KpiAt kpi{"total_cost"};
  bool maximise = false;
};

struct Constraint {
  KpiAt kpi;
  bool at_least = true;  // else at most
  double bound = 0;      // in the unit of the KPI
};

// How a point did: the goal, and each constraint's KPI.
struct Judged {
  core::Interval goal;
  std::vector<core::Interval> constraints;
  bool has_value = false;  // of the goal and of all constraints
  bool feasible = false;   // it has, and all constraints hold
  double violation = 0;    // sum over the constraints of what is missing, as a share of the bound (of 1, if it is 0)
};

Judged judge(const std::vector<double>& goal, const std::vector<std::vector<double>>& constrained,
             const std::vector<Constraint>& constraints, double confidence);

// Whether `a` is better than `b`: a feasible one before others, those by their goal, the rest by what is missing.
bool better(const Judged& a, const Judged& b, bool maximise);

}  // namespace tierworks::experiments
