#include <vector>

#include <gtest/gtest.h>

#include "core/random/distribution.h"

namespace tierworks::core {
namespace {

DistributionSpec spec_of(DistributionKind kind, double a, double b = 0, double c = 0) {
  DistributionSpec spec;
  spec.kind = kind;
  spec.a = a;
  spec.b = b;
  spec.c = c;
  return spec;
}

DistributionSpec table_of(DistributionKind kind, std::vector<double> values, std::vector<double> weights = {}) {
  DistributionSpec spec;
  spec.kind = kind;
  spec.values = std::move(values);
  spec.weights = std::move(weights);
  return spec;
}

std::vector<DistributionSpec> all_kinds() {
  using enum DistributionKind;
  return {spec_of(constant, 7),
          spec_of(uniform, 2, 10),
          spec_of(uniform, 4, 4),
          spec_of(triangular, 1, 2, 6),
          spec_of(exponential, 5),
          spec_of(normal, 10, 3),
          spec_of(normal, 1, 2),
          spec_of(normal, 8, 0),
          spec_of(lognormal, 3, 1.2),
          spec_of(gamma, 50, 8),
          spec_of(gamma, 5, 20),
          spec_of(weibull, 4, 2.5),
          spec_of(weibull, 4, 1),
          spec_of(erlang, 6, 3),
          spec_of(erlang, 6, 40),
          spec_of(hyperexponential, 2, 5),
          spec_of(poisson, 6.5),
          spec_of(poisson, 0),
          table_of(discrete, {1, 2, 10}, {0.6, 0.3, 0.1}),
          table_of(empirical, {3, 3, 4, 9.5})};
}

TEST(DistributionMean, OfTheCompiledFormIsThatOfTheWrittenOne) {
  DistributionTables tables;
  for (const DistributionSpec& spec : all_kinds()) {
    const Distribution compiled = compile(spec, tables);
    const double mean = mean_of(spec);
    EXPECT_NEAR(mean_of(compiled, tables), mean, 1e-12 * (1 + mean)) << "kind " << static_cast<int>(spec.kind);
  }
}

TEST(DistributionMean, NoDrawFallsBelowTheLeast) {
  DistributionTables tables;
  const Randomness randomness({1, 0});
  for (const DistributionSpec& spec : all_kinds()) {
    const Distribution compiled = compile(spec, tables);
    const double least = least_of(compiled, tables);
    for (std::uint64_t i = 0; i < 200; ++i) {
      Draw draw = randomness.draw(stream_name("a", "b", "c"), i);
      EXPECT_GE(sample(compiled, tables, draw), least);
    }
  }
  EXPECT_EQ(least_of(compile(spec_of(DistributionKind::triangular, 1, 2, 6), tables), tables), 1);
  EXPECT_EQ(least_of(compile(table_of(DistributionKind::empirical, {4, 3, 9.5}), tables), tables), 3);
  EXPECT_EQ(least_of(compile(spec_of(DistributionKind::gamma, 50, 8), tables), tables), 0);
}

}  // namespace
}  // namespace tierworks::core
