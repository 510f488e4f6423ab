#include "core/random/moments.h"

#include "core/base/math.h"
#include "core/base/normal.h"

namespace tierworks::core {

namespace {

// Gamma(x) for x > 0: Stirling's series above 12, to which x is raised by Gamma(x + 1) = x Gamma(x).
double gamma_function(double x) {
  double below = 1;
  while (x < 12) below *= x++;
  const double i = 1 / x, i2 = i * i;
  const double series = i * (1.0 / 12 - i2 * (1.0 / 360 - i2 * (1.0 / 1260 - i2 * (1.0 / 1680 - i2 / 1188))));
  return det_exp((x - 0.5) * det_log(x) - x + 0.91893853320467274178 + series) / below;
}

Moments of_table(const Distribution& d, const DistributionTables& tables) {
  const bool equal = d.kind == DistributionKind::empirical;
  const auto weight = [&](std::uint32_t row) {
    if (equal) return 1.0 / d.p;
    const double* const cumulative = tables.cumulative.data() + d.table_first;
    return row == 0 ? cumulative[0] : cumulative[row] - cumulative[row - 1];
  };
  Moments m;
  for (std::uint32_t row = 0; row < d.table_size; ++row) m.mean += weight(row) * tables.values[d.table_first + row];
  for (std::uint32_t row = 0; row < d.table_size; ++row) {
    const double distance = tables.values[d.table_first + row] - m.mean;
    m.variance += weight(row) * distance * distance;
  }
  return m;
}

}  // namespace

Moments moments_of(const Distribution& d, const DistributionTables& tables) {
  switch (d.kind) {
    case DistributionKind::constant:
      return {d.p, 0};
    case DistributionKind::exponential:
      return {d.p, d.p * d.p};
    case DistributionKind::uniform:
      return {d.p + d.q / 2, d.q * d.q / 12};
    case DistributionKind::triangular:
      return {(d.p + d.q + d.r) / 3, (d.p * d.p + d.q * d.q + d.r * d.r - d.p * d.q - d.p * d.r - d.q * d.r) / 18};
    case DistributionKind::normal: {
      const double lowest = -d.p / d.q;
      const double hazard = normal_density(lowest) / normal_above(lowest);
      return {d.p + d.q * hazard, d.q * d.q * (1 + lowest * hazard - hazard * hazard)};
    }
    case DistributionKind::lognormal: {
      const double square = det_exp(d.q * d.q);
      return {d.p * det_exp(d.q * d.q / 2), d.p * d.p * square * (square - 1)};
    }
    case DistributionKind::gamma: {
      const double shape = d.q > 0 ? d.p + 1.0 / 3.0 : -1 / d.q;
      return {d.r * shape, d.r * d.r * shape};
    }
    case DistributionKind::weibull: {
      const double first = gamma_function(1 + d.q);
      return {d.p * first, d.p * d.p * (gamma_function(1 + 2 * d.q) - first * first)};
    }
    case DistributionKind::erlang:
      return {d.p * d.q, d.p * d.p * d.q};
    case DistributionKind::hyperexponential: {
      const double mean = d.p * d.q + (1 - d.p) * d.r;
      return {mean, 2 * (d.p * d.q * d.q + (1 - d.p) * d.r * d.r) - mean * mean};
    }
    case DistributionKind::poisson:
    case DistributionKind::discrete:
    case DistributionKind::empirical:
      return of_table(d, tables);
  }
  return {};
}

}  // namespace tierworks::core
