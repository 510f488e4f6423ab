// Control variates on samples whose regression can be done by hand.
#include "core/stats/control_variates.h"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

namespace tierworks::core {
namespace {

// 97.5 % quantiles of Student's t with 6 and 7 degrees of freedom (tables).
constexpr double kT6 = 2.446911851, kT7 = 2.364624252;

TEST(ControlVariates, TakeOffWhatAControlExplains) {
  // y = 3 + 2 c + e with e = +-1 square to c. The control's mean is 1 instead of 0, so that 2 come off the mean of 5.
  const ControlValues c{0, 2, 0, 2, 0, 2, 0, 2};
  const std::vector<double> y{4, 8, 2, 6, 4, 8, 2, 6};
  const Controlled got = controlled_interval(y, {c}, 0.95);
  EXPECT_EQ(got.controls, 1U);
  EXPECT_DOUBLE_EQ(got.interval.mean, 3);
  // Residual variance 8 / 6; 1 / n + mean^2 / squares of the control = 1 / 8 + 1 / 8.
  EXPECT_NEAR(got.interval.half_width, kT6 * std::sqrt(8.0 / 6 / 4), 1e-8);
  EXPECT_EQ(got.interval.n, 8);
  EXPECT_EQ(got.interval.min, 2);
  EXPECT_EQ(got.interval.max, 8);
  const std::vector<double> adjusted{4, 4, 2, 2, 4, 4, 2, 2};
  for (std::size_t i = 0; i < y.size(); ++i) EXPECT_NEAR(got.adjusted[i], adjusted[i], 1e-12) << i;
}

TEST(ControlVariates, ThatSayTheSameOrNothingCountOnce) {
  const ControlValues c{0, 2, 0, 2, 0, 2, 0, 2}, twice{0, 4, 0, 4, 0, 4, 0, 4}, still(8, 7.0);
  const std::vector<double> y{4, 8, 2, 6, 4, 8, 2, 6};
  const Controlled one = controlled_interval(y, {c}, 0.95), three = controlled_interval(y, {still, c, twice}, 0.95);
  EXPECT_EQ(three.controls, 1U);
  EXPECT_DOUBLE_EQ(three.interval.mean, one.interval.mean);
  EXPECT_DOUBLE_EQ(three.interval.half_width, one.interval.half_width);
  const Controlled none = controlled_interval(y, {still}, 0.95);
  EXPECT_EQ(none.controls, 0U);
  EXPECT_NEAR(none.interval.half_width, kT7 * std::sqrt(40.0 / 7 / 8), 1e-8);
  EXPECT_EQ(none.interval.mean, 5);
}

TEST(ControlVariates, LeaveOutWhatHasNoValueAndKeepEnoughFreedom) {
  const double none = std::numeric_limits<double>::quiet_NaN();
  const ControlValues c{0, 2, 0, 2, 99, 0, 2, 0, 2};
  const std::vector<double> y{4, 8, 2, 6, none, 4, 8, 2, 6};
  const Controlled got = controlled_interval(y, {c}, 0.95);
  EXPECT_DOUBLE_EQ(got.interval.mean, 3);
  EXPECT_EQ(got.interval.n, 8);
  EXPECT_TRUE(std::isnan(got.adjusted[4]));
  // Six samples and one control would leave four degrees of freedom.
  EXPECT_EQ(controlled_interval({4, 8, 2, 6, 4, 8}, {{0, 2, 0, 2, 0, 2}}, 0.95).controls, 0U);
  EXPECT_EQ(controlled_interval({4, 8, 2, 6, 4, 8, 2}, {{0, 2, 0, 2, 0, 2, 0}}, 0.95).controls, 1U);
}

}  // namespace
}  // namespace tierworks::core
