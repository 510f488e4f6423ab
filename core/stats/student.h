// Student's t for intervals whose degrees of freedom are not those of one mean. Cost: a root of an incomplete beta function.
#pragma once

namespace tierworks::core {

// How many standard errors an interval of that confidence, between 0 and 1, reaches to either side.
double student_quantile(double confidence, double degrees_of_freedom);

}  // namespace tierworks::core
