// Distributions of one real variable: as written (DistributionSpec), and compiled (Distribution: flat, constant, sampled
// without libm). All are non-negative in use. Every sampler is a pure function of its Draw.
#pragma once
#include <algorithm>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/random/stream.h"

namespace tierworks::core {

enum class DistributionKind : std::uint8_t {
  constant,          // a = value
  uniform,           // a = low, b = high
  triangular,        // a = low, b = mode, c = high
  exponential,       // a = mean
  normal,            // a = mean, b = standard deviation; conditional on >= 0 (drawn again until it is)
  lognormal,         // a = mean, b = standard deviation (of the variable itself, not of its logarithm)
  gamma,             // a = mean, b = standard deviation
  weibull,           // a = scale, b = shape
  erlang,            // a = mean, b = number of phases
  hyperexponential,  // a = mean, b = standard deviation > mean; two phases with balanced means
  poisson,           // a = mean; whole numbers, by a table
  discrete,          // values and weights
  empirical,         // values, each as likely
};

struct DistributionSpec {
  DistributionKind kind = DistributionKind::constant;
  double a = 0, b = 0, c = 0;
  std::vector<double> values;   // discrete, empirical
  std::vector<double> weights;  // discrete; positive, add up to 1

  static DistributionSpec constant(double value);
};

// Mean and standard deviation of the variable that `sample` draws. They are exact but for `normal`, where they are those
// of the distribution conditional on >= 0. May use libm: for reports and checks, never for state.
double mean_of(const DistributionSpec& spec);
double standard_deviation_of(const DistributionSpec& spec);
// "" if the parameters make sense, else what is wrong, in words: `standard deviation -1 is negative`.
std::string fault_of(const DistributionSpec& spec);
// The same distribution of x * factor (factor > 0).
DistributionSpec scaled(const DistributionSpec& spec, double factor);

// Values and cumulative weights of all table distributions of a model, one after the other.
struct DistributionTables {
  std::vector<double> values;
  std::vector<double> cumulative;
  // Row i of a table's n: the first row that a uniform in [i / n, (i + 1) / n) can mean (Chen & Asau, "On generating random
  // variates from an empirical distribution", AIIE Transactions 6, 1974).
  std::vector<std::uint32_t> guide;
  // First rows of tables by a hash of what they hold: equal ones are kept once, as thousands of streams may share one.
  std::unordered_map<std::uint64_t, std::uint32_t> by_hash;
};

struct Distribution {
  DistributionKind kind = DistributionKind::constant;
  std::uint32_t table_first = 0;  // discrete, empirical, poisson: rows of DistributionTables
  std::uint32_t table_size = 0;
  double p = 0, q = 0, r = 0;  // meaning depends on kind; see distribution.cc
  bool is_constant() const { return kind == DistributionKind::constant; }
};

// Requires fault_of(spec).empty().
Distribution compile(const DistributionSpec& spec, DistributionTables& tables);

double sample(const Distribution& distribution, const DistributionTables& tables, Draw& draw);
// The same of a draw whose first word is known, for distributions that need no other.
inline bool takes_one_word(const Distribution& distribution) {
  return distribution.kind == DistributionKind::uniform || distribution.kind == DistributionKind::empirical;
}
inline double sample_by_word(const Distribution& d, const DistributionTables& tables, std::uint64_t word) {
  const double u = unit_interval(word);
  if (d.kind == DistributionKind::uniform) return std::min(d.p + d.q * u, d.r);
  const auto row = static_cast<std::uint32_t>(static_cast<std::int64_t>(u * d.p));
  return tables.values[d.table_first + std::min(row, d.table_size - 1)];
}

// Mean of what `sample` draws, and a bound that no draw falls below (0 if none is known). For reports, never for state.
double mean_of(const Distribution& distribution, const DistributionTables& tables);
double least_of(const Distribution& distribution, const DistributionTables& tables);

}  // namespace tierworks::core
