#include "core/random/moments.h"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "core/base/normal.h"

namespace tierworks::core {
namespace {

// Deterministic arithmetic against the C library's, for every kind.
TEST(MomentsOfACompiledDistribution, AreThoseOfTheOneThatWasWritten) {
  using enum DistributionKind;
  const std::vector<DistributionSpec> written = {
      DistributionSpec::constant(7),
      {uniform, 2, 6, 0, {}, {}},
      {triangular, 1, 2, 6, {}, {}},
      {exponential, 5, 0, 0, {}, {}},
      {normal, 50, 8, 0, {}, {}},
      {normal, 5, 8, 0, {}, {}},
      {lognormal, 3, 1.2, 0, {}, {}},
      {gamma, 4, 1, 0, {}, {}},
      {gamma, 4, 9, 0, {}, {}},
      {weibull, 4, 0.7, 0, {}, {}},
      {weibull, 4, 3.3, 0, {}, {}},
      {erlang, 6, 3, 0, {}, {}},
      {hyperexponential, 6, 12, 0, {}, {}},
      {poisson, 6, 0, 0, {}, {}},
      {discrete, 0, 0, 0, {1, 2, 10}, {0.5, 0.25, 0.25}},
      {empirical, 0, 0, 0, {1, 2, 10}, {}},
  };
  for (const DistributionSpec& spec : written) {
    DistributionTables tables;
    const Moments m = moments_of(compile(spec, tables), tables);
    const double sd = standard_deviation_of(spec);
    EXPECT_NEAR(m.mean, mean_of(spec), 1e-9 * mean_of(spec)) << static_cast<int>(spec.kind);
    EXPECT_NEAR(m.variance, sd * sd, 1e-9 * (1 + sd * sd)) << static_cast<int>(spec.kind);
  }
}

TEST(TheNormalDistribution, IsThatOfTheCLibrary) {
  for (double z = -9; z <= 9; z += 0.0625) {
    const double above = 0.5 * std::erfc(z / std::sqrt(2.0));
    EXPECT_NEAR(normal_above(z) / above, 1, 1e-11) << z;
  }
  EXPECT_DOUBLE_EQ(normal_density(0), 0.3989422804014327);
  EXPECT_DOUBLE_EQ(normal_loss(0), 0.3989422804014327);
  // G(-z) = G(z) + z, and no step where the series gives way to the continued fraction.
  EXPECT_NEAR(normal_loss(-2), normal_loss(2) + 2, 1e-15);
  EXPECT_NEAR(normal_loss(3.0) / normal_loss(3.0 + 1e-12), 1, 1e-9);
  EXPECT_NEAR(normal_loss(4), 7.14525843e-6, 1e-14);
}

}  // namespace
}  // namespace tierworks::core
