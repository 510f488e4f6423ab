// Means of compiled distributions, for reports: nothing here affects state, so libm is allowed.
#include <cmath>

#include "core/random/distribution.h"

namespace tierworks::core {
namespace {

using enum DistributionKind;

double mean_of_spec(DistributionKind kind, double a, double b) {
  DistributionSpec spec;
  spec.kind = kind;
  spec.a = a;
  spec.b = b;
  return mean_of(spec);
}

double mean_of_table(const Distribution& d, const DistributionTables& tables) {
  double mean = 0, below = 0;
  for (std::uint32_t row = d.table_first; row < d.table_first + d.table_size; ++row) {
    mean += tables.values[row] * (tables.cumulative[row] - below);
    below = tables.cumulative[row];
  }
  return mean;
}

}  // namespace

double mean_of(const Distribution& d, const DistributionTables& tables) {
  switch (d.kind) {
    case constant:
    case exponential:
      return d.p;
    case uniform:
      return d.p + d.q / 2;
    case triangular:
      return (d.p + d.q + d.r) / 3;
    case normal:
      return mean_of_spec(normal, d.p, d.q);
    case lognormal:
      return d.p * std::exp(d.q * d.q / 2);
    case gamma:
      return d.r * (d.q > 0 ? d.p + 1.0 / 3.0 : -1 / d.q);
    case weibull:
      return mean_of_spec(weibull, d.p, 1 / d.q);
    case erlang:
      return d.p * d.q;
    case hyperexponential:
      return d.p * d.q + (1 - d.p) * d.r;
    case poisson:
    case discrete:
    case empirical:
      return mean_of_table(d, tables);
  }
  return 0;
}

double least_of(const Distribution& d, const DistributionTables& tables) {
  switch (d.kind) {
    case constant:
    case uniform:
    case triangular:
      return d.p;
    case poisson:
    case discrete:
    case empirical: {
      double least = tables.values[d.table_first];
      for (std::uint32_t row = 1; row < d.table_size; ++row)
        least = std::fmin(least, tables.values[d.table_first + row]);
      return least;
    }
    default:
      return 0;
  }
}

}  // namespace tierworks::core
