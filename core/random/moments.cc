#include "core/random/moments.h"

#include <cmath>
#include <numeric>

#include "core/base/gamma.h"
#include "core/base/math.h"
#include "core/base/normal.h"

namespace tierworks::core {

namespace {

double weight_of(const Distribution& d, const DistributionTables& tables, std::uint32_t row) {
  if (d.kind == DistributionKind::empirical) return 1.0 / d.p;
  const double* const cumulative = tables.cumulative.data() + d.table_first;
  return row == 0 ? cumulative[0] : cumulative[row] - cumulative[row - 1];
}

Moments of_table(const Distribution& d, const DistributionTables& tables) {
  const auto weight = [&](std::uint32_t row) { return weight_of(d, tables, row); };
  Moments m;
  for (std::uint32_t row = 0; row < d.table_size; ++row) m.mean += weight(row) * tables.values[d.table_first + row];
  for (std::uint32_t row = 0; row < d.table_size; ++row) {
    const double distance = tables.values[d.table_first + row] - m.mean;
    m.variance += weight(row) * distance * distance;
  }
  return m;
}

double third_of_table(const Distribution& d, const DistributionTables& tables) {
  const double mean = of_table(d, tables).mean;
  double third = 0;
  for (std::uint32_t row = 0; row < d.table_size; ++row) {
    const double distance = tables.values[d.table_first + row] - mean;
    third += weight_of(d, tables, row) * distance * distance * distance;
  }
  return third;
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

double third_moment_of(const Distribution& d, const DistributionTables& tables) {
  switch (d.kind) {
    case DistributionKind::constant:
    case DistributionKind::uniform:
      return 0;
    case DistributionKind::exponential:
      return 2 * d.p * d.p * d.p;
    case DistributionKind::triangular:
      return (d.p + d.r - 2 * d.q) * (2 * d.p - d.r - d.q) * (d.p - 2 * d.r + d.q) / 270;
    case DistributionKind::normal: {
      const double lowest = -d.p / d.q;
      const double hazard = normal_density(lowest) / normal_above(lowest);
      return d.q * d.q * d.q * hazard * ((hazard - lowest) * (2 * hazard - lowest) - 1);
    }
    case DistributionKind::lognormal: {
      const double mean = d.p * det_exp(d.q * d.q / 2), square = det_exp(d.q * d.q);
      return mean * mean * mean * (square - 1) * (square - 1) * (square + 2);
    }
    case DistributionKind::gamma: {
      const double shape = d.q > 0 ? d.p + 1.0 / 3.0 : -1 / d.q;
      return 2 * d.r * d.r * d.r * shape;
    }
    case DistributionKind::weibull: {
      const double first = gamma_function(1 + d.q), second = gamma_function(1 + 2 * d.q);
      return d.p * d.p * d.p * (gamma_function(1 + 3 * d.q) - 3 * first * second + 2 * first * first * first);
    }
    case DistributionKind::erlang:
      return 2 * d.p * d.p * d.p * d.q;
    case DistributionKind::hyperexponential: {
      const double mean = d.p * d.q + (1 - d.p) * d.r, second = 2 * (d.p * d.q * d.q + (1 - d.p) * d.r * d.r);
      const double third = 6 * (d.p * d.q * d.q * d.q + (1 - d.p) * d.r * d.r * d.r);
      return third - 3 * mean * second + 2 * mean * mean * mean;
    }
    case DistributionKind::poisson:
    case DistributionKind::discrete:
    case DistributionKind::empirical:
      return third_of_table(d, tables);
  }
  return 0;
}

double step_of(const Distribution& d, const DistributionTables& tables) {
  if (d.kind == DistributionKind::constant) return d.p == std::floor(d.p) ? d.p : 0;
  if (d.table_size == 0) return 0;
  std::int64_t common = 0;
  for (std::uint32_t row = 0; row < d.table_size && common != 1; ++row) {
    const double value = tables.values[d.table_first + row];
    if (value != std::floor(value) || value >= 9e15) return 0;
    common = std::gcd(common, static_cast<std::int64_t>(value));
  }
  return static_cast<double>(common);
}

}  // namespace tierworks::core
