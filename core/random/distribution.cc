// Compiling and sampling: what affects state, so no libm but sqrt. Meaning of a Distribution's p, q, r:
//   constant          value
//   uniform           low, width, high
//   triangular        low, mode, high
//   exponential       mean
//   normal            mean, standard deviation
//   lognormal         median, standard deviation of the logarithm
//   gamma             d = shape - 1/3, c = 1 / sqrt(9 d), mean / shape; a shape below 1 is drawn as shape + 1 and
//                     corrected: then d is of shape + 1, and q = -1 / shape
//   weibull           scale, 1 / shape
//   erlang            mean / phases, phases
//   hyperexponential  probability of the first phase, its mean, the second phase's mean
//   table kinds       rows of the tables
#include "core/random/distribution.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "core/base/hash.h"
#include "core/base/math.h"
#include "core/random/poisson_table.h"
#include "core/random/ziggurat.h"

namespace tierworks::core {
namespace {

using enum DistributionKind;

// Above this, an Erlang variable is drawn as the gamma variable that it is. Sixteen uniforms of at least 2^-53 have a
// product above the least normal number.
constexpr double kMostPhasesByProduct = 16;
// Above this shape, the log test of the gamma sampler would reject less than one in 10^10, and drown in rounding.
constexpr double kShapeWithoutRejection = 1e10;

Distribution make(DistributionKind kind, double p = 0, double q = 0, double r = 0) {
  Distribution d;
  d.kind = kind;
  d.p = p;
  d.q = q;
  d.r = r;
  return d;
}

// log(1 + x) for x >= 0, accurate for small x: the error of rounding 1 + x cancels in the quotient.
double log_of_one_plus(double x) {
  const double w = 1.0 + x;
  return w == 1.0 ? x : det_log(w) * (x / (w - 1.0));
}

Distribution compile_gamma(double mean, double shape) {
  const double scale = mean / shape;
  if (shape < 1.0) return make(gamma, shape + 1.0 - 1.0 / 3.0, -1.0 / shape, scale);
  const double d = shape - 1.0 / 3.0;
  return make(gamma, d, 1.0 / std::sqrt(9.0 * d), scale);
}

// Two phases with balanced means: each phase contributes half of the mean.
Distribution compile_hyperexponential(double mean, double deviation) {
  const double scv = (deviation / mean) * (deviation / mean);
  const double z = std::sqrt((scv - 1.0) / (scv + 1.0));
  const double p = (1.0 + z) / 2.0;
  const double rest = 1.0 / ((scv + 1.0) * (1.0 + z));  // (1 - z) / 2 without cancellation
  return make(hyperexponential, p, mean / (2.0 * p), mean / (2.0 * rest));
}

// The rows added last are those of an older table: they go again, and `d` gets the older ones.
bool is_there_already(Distribution& d, DistributionTables& tables) {
  const auto bits_of = [](double x) { return std::bit_cast<std::uint64_t>(x); };
  std::uint64_t hash = d.table_size;
  for (std::size_t i = d.table_first; i < tables.values.size(); ++i) {
    hash = chained(chained(hash, bits_of(tables.values[i])), bits_of(tables.cumulative[i]));
  }
  const auto [known, is_new] = tables.by_hash.try_emplace(hash, d.table_first);
  const std::size_t first = known->second;
  if (is_new) return false;
  const auto same = [&](const std::vector<double>& rows) {
    return first + d.table_size <= d.table_first &&
           std::equal(rows.begin() + d.table_first, rows.end(), rows.begin() + static_cast<std::ptrdiff_t>(first));
  };
  if (!same(tables.values) || !same(tables.cumulative)) return false;
  tables.values.resize(d.table_first);
  tables.cumulative.resize(d.table_first);
  d.table_first = known->second;
  return true;
}

Distribution compile_table(DistributionKind kind, const std::vector<double>& values, const std::vector<double>& weights,
                           DistributionTables& tables) {
  if (values.size() == 1) return make(constant, values[0]);
  Distribution d = make(kind);
  d.table_first = static_cast<std::uint32_t>(tables.values.size());
  d.table_size = static_cast<std::uint32_t>(values.size());
  d.p = static_cast<double>(values.size());
  tables.values.insert(tables.values.end(), values.begin(), values.end());
  double total = 0;
  for (std::size_t i = 0; i < values.size(); ++i) total += weights.empty() ? 1.0 : weights[i];
  double sum = 0;
  for (std::size_t i = 0; i + 1 < values.size(); ++i) {
    sum += weights.empty() ? 1.0 : weights[i];
    tables.cumulative.push_back(sum / total);
  }
  tables.cumulative.push_back(1.0);  // above every uniform, whatever the rounding
  if (is_there_already(d, tables)) return d;
  // A uniform times n is rounded as the sums here are, so no row before the guide's is above it.
  const double* const cumulative = tables.cumulative.data() + d.table_first;
  for (std::uint32_t i = 0, row = 0; i < d.table_size; ++i) {
    while (cumulative[row] * d.p < i) ++row;
    tables.guide.push_back(row);
  }
  return d;
}

// Marsaglia and Tsang (2000), "A simple method for generating gamma variables".
double sample_gamma(const Distribution& g, Draw& draw) {
  const double d = g.p;
  const double c = g.q > 0 ? g.q : 1.0 / std::sqrt(9.0 * d);
  for (;;) {
    const double x = standard_normal(draw);
    const double u = draw.uniform();
    const double root = 1.0 + c * x;
    if (root <= 0) continue;
    const double v = root * root * root;
    const double x2 = x * x;
    if (u < 1.0 - 0.0331 * (x2 * x2) || d > kShapeWithoutRejection ||
        det_log(u) < 0.5 * x2 + d * (1.0 - v + det_log(v))) {
      const double value = g.r * (d * v);
      return g.q > 0 ? value : value * det_exp(standard_exponential(draw) * g.q);
    }
  }
}

double sample_triangular(const Distribution& t, double u) {
  const double width = t.r - t.p;
  const double rise = t.q - t.p;
  const double area = u * width;
  return area < rise ? t.p + std::sqrt(area * rise) : t.r - std::sqrt((1.0 - u) * width * (t.r - t.q));
}

double sample_erlang(const Distribution& e, Draw& draw) {
  double product = draw.uniform();
  for (double phases = e.q; phases > 1.0; phases -= 1.0) product *= draw.uniform();
  return -e.p * det_log(product);
}

double sample_table(const Distribution& d, const DistributionTables& tables, double u) {
  const double* const cumulative = tables.cumulative.data() + d.table_first;
  const auto part = static_cast<std::uint32_t>(static_cast<std::int64_t>(u * d.p));
  std::uint32_t row = tables.guide[d.table_first + std::min(part, d.table_size - 1)];
  while (cumulative[row] <= u) ++row;
  return tables.values[d.table_first + row];
}

}  // namespace

DistributionSpec scaled(const DistributionSpec& spec, double factor) {
  DistributionSpec s = spec;
  switch (spec.kind) {
    case constant:
    case exponential:
    case erlang:   // b counts phases
    case weibull:  // b is the shape
      s.a *= factor;
      break;
    case uniform:
    case normal:
    case lognormal:
    case gamma:
    case hyperexponential:
    case triangular:
      s.a *= factor;
      s.b *= factor;
      s.c *= factor;
      break;
    case poisson:  // no longer on whole numbers: its table, written out
      if (factor == 1.0) break;
      s = {};
      s.kind = discrete;
      poisson_table(spec.a, s.values, s.weights);
      for (double& value : s.values) value *= factor;
      break;
    case discrete:
    case empirical:
      for (double& value : s.values) value *= factor;
      break;
  }
  return s;
}

Distribution compile(const DistributionSpec& spec, DistributionTables& tables) {
  const double a = spec.a, b = spec.b, c = spec.c;
  switch (spec.kind) {
    case constant:
      return make(constant, a);
    case uniform:
      return a == b ? make(constant, a) : make(uniform, a, b - a, b);
    case triangular:
      return a == c ? make(constant, a) : make(triangular, a, b, c);
    case exponential:
      return make(exponential, a);
    case normal:
      return b == 0 ? make(constant, a) : make(normal, a, b);
    case lognormal: {
      if (b == 0) return make(constant, a);
      const double variance = log_of_one_plus((b / a) * (b / a));
      return make(lognormal, a * det_exp(-0.5 * variance), std::sqrt(variance));
    }
    case gamma:
      return b == 0 ? make(constant, a) : compile_gamma(a, (a / b) * (a / b));
    case weibull:
      return b == 1 ? make(exponential, a) : make(weibull, a, 1.0 / b);
    case erlang:
      if (b == 1) return make(exponential, a);
      return b > kMostPhasesByProduct ? compile_gamma(a, b) : make(erlang, a / b, b);
    case hyperexponential:
      return compile_hyperexponential(a, b);
    case poisson: {
      std::vector<double> values, weights;
      poisson_table(a, values, weights);
      return compile_table(poisson, values, weights, tables);
    }
    case discrete:
      return compile_table(discrete, spec.values, spec.weights, tables);
    case empirical:
      return compile_table(empirical, spec.values, {}, tables);
  }
  return {};
}

double sample(const Distribution& d, const DistributionTables& tables, Draw& draw) {
  switch (d.kind) {
    case constant:
      return d.p;
    case uniform:
    case empirical:
      return sample_by_word(d, tables, draw.word());
    case triangular:
      return sample_triangular(d, draw.uniform());
    case exponential:
      return d.p * standard_exponential(draw);
    case normal:
      for (;;) {
        const double value = d.p + d.q * standard_normal(draw);
        if (value >= 0) return value;
      }
    case lognormal:
      return d.p * det_exp(d.q * standard_normal(draw));
    case gamma:
      return sample_gamma(d, draw);
    case weibull:
      return d.p * det_pow(standard_exponential(draw), d.q);
    case erlang:
      return sample_erlang(d, draw);
    case hyperexponential: {
      const double mean = draw.uniform() < d.p ? d.q : d.r;
      return mean * standard_exponential(draw);
    }
    case poisson:
    case discrete:
      return sample_table(d, tables, draw.uniform());
  }
  return 0;
}

}  // namespace tierworks::core
