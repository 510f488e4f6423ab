#include "experiments/optimise/goal.h"

#include <algorithm>
#include <cmath>

namespace tierworks::experiments {

Judged judge(const std::vector<double>& goal, const std::vector<std::vector<double>>& constrained,
             const std::vector<Constraint>& constraints, double confidence) {
  Judged out;
  out.goal = core::student_interval(goal, confidence);
  out.has_value = out.goal.n > 0;
  for (std::size_t c = 0; c < constraints.size(); ++c) {
    out.constraints.push_back(core::student_interval(constrained[c], confidence));
    const core::Interval& kpi = out.constraints.back();
    if (kpi.n == 0) {
      out.has_value = false;
      continue;
    }
    const double bound = constraints[c].bound;
    const double missing = constraints[c].at_least ? bound - kpi.mean : kpi.mean - bound;
    out.violation += std::max(0.0, missing) / (bound == 0 ? 1 : std::abs(bound));
  }
  out.feasible = out.has_value && out.violation == 0;
  return out;
}

bool better(const Judged& a, const Judged& b, bool maximise) {
  if (a.has_value != b.has_value) return a.has_value;
  if (!a.has_value) return false;
  if (a.feasible != b.feasible) return a.feasible;
  if (!a.feasible) return a.violation < b.violation;
  return maximise ? a.goal.mean > b.goal.mean : a.goal.mean < b.goal.mean;
}

}  // namespace tierworks::experiments
