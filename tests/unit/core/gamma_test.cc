#include "core/base/gamma.h"

#include <cmath>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "core/random/moments.h"

namespace tierworks::core {
namespace {

TEST(GammaFunction, OfWholeNumbersIsAFactorial) {
  EXPECT_NEAR(gamma_function(5), 24, 1e-11);
  EXPECT_NEAR(gamma_function(0.5), std::sqrt(M_PI), 1e-12);
  EXPECT_NEAR(log_gamma(11), std::log(3628800.0), 1e-12);
  EXPECT_NEAR(log_gamma(0.5), std::log(M_PI) / 2, 1e-12);
}

TEST(GammaAbove, IsAPoissonSumOfWholeShapesAndAnErrorFunctionOfAHalf) {
  EXPECT_NEAR(gamma_above(1, 3), std::exp(-3.0), 1e-13);
  EXPECT_NEAR(gamma_above(8, 13), 0.05402824839090466, 1e-12);  // P(Poisson(13) <= 7)
  EXPECT_NEAR(gamma_above(8, 4), 0.9488663842071527, 1e-12);
  EXPECT_NEAR(gamma_above(0.5, 2), 0.045500263896358396, 1e-12);  // erfc(sqrt 2)
  EXPECT_NEAR(gamma_above(40000, 40200), 0.1586542492943706, 1e-8);
  EXPECT_NEAR(gamma_above(40000, 39900), 0.6910223338359103, 1e-8);
  EXPECT_EQ(gamma_above(3, 0), 1);
}

TEST(GammaAbove, GrowsByItsStep) {
  for (const double x : {0.3, 4.0, 30.0}) {
    EXPECT_NEAR(gamma_above(5.5, x) - gamma_above(4.5, x), gamma_step(4.5, x), 1e-12) << x;
  }
}

using Kind = DistributionKind;

DistributionSpec law(Kind kind, double a, double b = 0, double c = 0) {
  DistributionSpec spec;
  spec.kind = kind;
  spec.a = a, spec.b = b, spec.c = c;
  return spec;
}

DistributionSpec discrete(std::vector<double> values, std::vector<double> weights) {
  DistributionSpec spec;
  spec.kind = Kind::discrete;
  spec.values = std::move(values), spec.weights = std::move(weights);
  return spec;
}

double third(const DistributionSpec& spec) {
  DistributionTables tables;
  const Distribution compiled = compile(spec, tables);
  return third_moment_of(compiled, tables);
}

TEST(ThirdMoment, IsThatOfTextbooks) {
  EXPECT_EQ(third(law(Kind::uniform, 2, 8)), 0);
  EXPECT_DOUBLE_EQ(third(law(Kind::exponential, 3)), 54);          // 2 m^3
  EXPECT_NEAR(third(law(Kind::gamma, 50, 25)), 15625, 1e-8);       // 2 sd^4 / m
  EXPECT_NEAR(third(law(Kind::erlang, 6, 3)), 48, 1e-10);          // 2 k (m / k)^3
  EXPECT_NEAR(third(law(Kind::triangular, 0, 0, 3)), 0.2, 1e-12);  // density 2 (3 - x) / 9
  EXPECT_NEAR(third(law(Kind::poisson, 4)), 4, 1e-6);
  EXPECT_NEAR(third(law(Kind::normal, 50, 8)), 0, 1e-4);
  // A half normal: sd^3 (4 - pi) / pi sqrt(2 / pi).
  EXPECT_NEAR(third(law(Kind::normal, 0, 2)), 8 * (4 - M_PI) / M_PI * std::sqrt(2 / M_PI), 1e-9);
  // cv 0.5: (w + 2) (w - 1)^2 m^3 with w = 1.25.
  EXPECT_NEAR(third(law(Kind::lognormal, 4, 2)), 3.25 * 0.0625 * 64, 1e-9);
  EXPECT_NEAR(third(law(Kind::weibull, 3, 1)), 54, 1e-9);
  EXPECT_NEAR(third(discrete({1, 2, 5}, {0.5, 0.3, 0.2})), 4.212, 1e-12);
}

TEST(StepOfADistribution, IsWhatAllItsWholeValuesAreMultiplesOf) {
  DistributionTables tables;
  const auto step = [&](const DistributionSpec& spec) { return step_of(compile(spec, tables), tables); };
  EXPECT_EQ(step(DistributionSpec::constant(25)), 25);
  EXPECT_EQ(step(DistributionSpec::constant(2.5)), 0);
  EXPECT_EQ(step(discrete({40, 60, 100}, {0.5, 0.3, 0.2})), 20);
  EXPECT_EQ(step(law(Kind::poisson, 4)), 1);
  EXPECT_EQ(step(law(Kind::gamma, 50, 25)), 0);
}

}  // namespace
}  // namespace tierworks::core
