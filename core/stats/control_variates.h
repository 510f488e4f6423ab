// Variance reduction by control variates: of a number whose expectation is known to be 0, and which moves with the samples, a
// multiple is taken off them; what chance did to it falls out. The coefficients are those of the regression of the samples on
// the controls. Lavenberg & Welch, "A perspective on the use of control variables to increase the efficiency of Monte Carlo
// simulations", Management Science 27 (1981): exact if samples and controls are normal together; else the bias is of order 1/n.
// For results, never for state. Cost: a pass over the samples for each pair of controls.
#pragma once
#include <cstddef>
#include <vector>

#include "core/stats/interval.h"

namespace tierworks::core {

// Of one control: its value beside each sample.
using ControlValues = std::vector<double>;

struct Controlled {
  Interval
      interval;  // of the mean, by Student's t with a degree of freedom less for each control; min and max as drawn
  std::vector<double> adjusted;  // the samples less what the controls explain; NaN where they are
  std::size_t controls = 0;      // that were used
};

// Samples that are NaN are left out. A control that does not vary, or that others determine, is not used, nor is one that
// would leave fewer than kLeastFreedom degrees of freedom; without any this is student_interval.
inline constexpr std::size_t kLeastFreedom = 5;
Controlled controlled_interval(const std::vector<double>& samples, const std::vector<ControlValues>& controls,
                               double confidence);

}  // namespace tierworks::core
