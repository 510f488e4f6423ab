// Laws of whole numbers against their formulas.
#include "scenarios/reader/count_laws.h"

#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/simulate.h"

namespace tierworks::reader {
namespace {

using testing::HasSubstr;

double variance_of(const core::DistributionSpec& spec) {
  const double deviation = core::standard_deviation_of(spec);
  return deviation * deviation;
}

TEST(CountLaws, GeometricHasItsMomentsAndShares) {
  std::string fault;
  const auto spec = geometric(3, fault);
  ASSERT_TRUE(spec);
  EXPECT_EQ(core::fault_of(*spec), "");
  EXPECT_EQ(spec->values.front(), 1);
  EXPECT_EQ(spec->values[4], 5);
  EXPECT_NEAR(core::mean_of(*spec), 3, 1e-12);
  EXPECT_NEAR(variance_of(*spec), 6, 1e-11);  // (1 - p) / p^2
  for (std::size_t k = 0; k < 20; ++k) EXPECT_NEAR(spec->weights[k], std::pow(2 / 3.0, k) / 3, 1e-15) << k;
  EXPECT_EQ(geometric(1, fault)->values.size(), 1U);
}

TEST(CountLaws, NegativeBinomialHasItsMomentsAndShares) {
  std::string fault;
  const auto spec = negative_binomial(4, 3, fault);
  ASSERT_TRUE(spec);
  EXPECT_EQ(core::fault_of(*spec), "");
  EXPECT_NEAR(core::mean_of(*spec), 4, 1e-12);
  EXPECT_NEAR(variance_of(*spec), 9, 1e-11);
  // p = 4 / 9, r = 16 / 5: P(k) = Gamma(k + r) / (Gamma(r) k!) p^r (1 - p)^k
  ASSERT_EQ(spec->values.front(), 0);
  for (std::size_t k = 0; k < 20; ++k) {
    const auto n = static_cast<double>(k);
    const double log_share =
        std::lgamma(n + 3.2) - std::lgamma(3.2) - std::lgamma(n + 1) + 3.2 * std::log(4 / 9.0) + n * std::log(5 / 9.0);
    EXPECT_NEAR(spec->weights[k], std::exp(log_share), 1e-14) << k;
  }
}

TEST(CountLaws, NegativeBinomialWorksWhereItsFirstShareIsNoNumber) {
  std::string fault;
  const auto spec = negative_binomial(5000, 75, fault);  // P(0) is some 10^-2300
  ASSERT_TRUE(spec);
  EXPECT_GT(spec->values.front(), 4000);
  EXPECT_NEAR(core::mean_of(*spec), 5000, 1e-7);
  EXPECT_NEAR(variance_of(*spec), 5625, 1e-5);
  // With r = 1 it is geometric from 0 on.
  const auto one = negative_binomial(2, std::sqrt(6.0), fault);
  for (std::size_t k = 0; k < 10; ++k) EXPECT_NEAR(one->weights[k], std::pow(2 / 3.0, k) / 3, 1e-14);
}

TEST(CountLaws, SayWhatIsWrong) {
  const auto told = [](std::string_view size) {
    return tests::mistakes_of_text(
        "tierworks: 1\ntime: {horizon: 10 d}\nitems: {box: {}}\nsites:\n"
        "  mill: {sells: {box: {quoted: " +
        std::string(size.starts_with("time ") ? size.substr(5) : "1 d") +
        "}}}\n  shop: {buys: {box: {from: mill}}}\n"
        "demand: {at: shop, item: box, orders: every 1 d, size: " +
        std::string(size.starts_with("time ") ? "1" : size) + "}\n");
  };
  EXPECT_EQ(told("geometric 3"), "");
  EXPECT_EQ(told("negative_binomial 4 cv 0.9"), "");
  EXPECT_THAT(told("geometric 0.5"), HasSubstr("the mean 0.5 is below 1, the least value"));
  EXPECT_THAT(told("geometric 50000"), HasSubstr("`gamma` comes close to it"));
  EXPECT_THAT(told("negative_binomial 4 sd 2"), HasSubstr("the variance 4 is not above the mean 4"));
  EXPECT_THAT(told("negative_binomial 4"), HasSubstr("`cv` or `sd` (as in `negative_binomial 4 sd 3`)"));
  EXPECT_THAT(told("geometrik 3"), HasSubstr("did you mean \"geometric\""));
  EXPECT_THAT(told("time geometric 3"), HasSubstr("`geometric` counts things and is no time"));
}

}  // namespace
}  // namespace tierworks::reader
