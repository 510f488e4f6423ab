// Control variates on a shop floor whose law is known: M/M/1 at 50 % load, L = 1 lot in the long run (Gross, Shortle, Thompson &
// Harris 2008, ch. 2). 1,000 experiments of 20 replications each: their 95 % intervals hold the exact value as often as they
// say, 93 to 97 % being 2.9 standard errors to either side, and are narrower than plain ones; the controls have mean 0.
#include "core/stats/control_variates.h"

#include <cmath>
#include <cstdio>

#include <gtest/gtest.h>

#include "core/parallel/parallel.h"
#include "core/stats/tally.h"
#include "tests/support/simulate.h"

namespace tierworks::tests {
namespace {

constexpr std::size_t kExperiments = 1000, kEach = 20;

// After 100 h, 17 relaxation times of 1 / (mu (1 - sqrt(rho))^2) = 5.8 h, the start is forgotten; in
// 1,500 h the mean of a run is near enough to normal.
constexpr const char* kShop = R"(
tierworks: 1
time: {horizon: 1500 h, warm_up: 100 h}
sites:
  shop:
    work_centres: {server: {}}
    routings: {part: {operations: {work: {work_centre: server, time: exponential 30 min}}}}
    releases: {parts: {routing: part, lots: poisson 24 / d}}
)";

TEST(ControlVariates, CoverTheExactValueOfAnMM1ShopAsOftenAsTheySay) {
  const auto model = model_of_text(kShop);
  const std::vector<world::KpiRow> rows = world::kpi_rows(*model);
  std::size_t wip = 0;
  while (rows[wip].kpi->name != std::string("wip") || rows[wip].scope != "world") ++wip;
  std::vector<double> values(kExperiments * kEach);
  std::vector<world::Controls> controls(values.size());
  std::vector<world::Simulation> simulations;
  simulations.emplace_back(*model);
  simulations.emplace_back(*model);
  core::for_each_parallel(0, values.size(), 2, [&](std::size_t i, std::size_t worker) {
    values[i] = simulations[worker].run(5, static_cast<std::uint32_t>(i)).values[wip];
    controls[i] = simulations[worker].controls();
  });
  core::Tally lots, work;
  for (const world::Controls& c : controls) {
    lots.add(c[0]);
    work.add(c[1]);
    EXPECT_EQ(c[2], 0);
    EXPECT_EQ(c[3], 0);
  }
  // 1,600 lots of half an hour: the deviation of a sum of so many exponential times is 0.5 sqrt(1600) = 20 h, of either.
  for (const core::Tally* tally : {&lots, &work}) {
    EXPECT_LT(std::abs(tally->mean()), 3.3 * 20 / std::sqrt(static_cast<double>(values.size())));
    EXPECT_NEAR(tally->standard_deviation(), 20, 0.4);
  }
  int plain_holds = 0, holds = 0;
  core::Tally plain_width, width, mean;
  for (std::size_t e = 0; e < kExperiments; ++e) {
    std::vector<double> samples;
    std::vector<core::ControlValues> own(2);
    for (std::size_t i = e * kEach; i < (e + 1) * kEach; ++i) {
      samples.push_back(values[i]);
      own[0].push_back(controls[i][0]);
      own[1].push_back(controls[i][1]);
    }
    const core::Interval plain = core::student_interval(samples, 0.95);
    const core::Interval controlled = core::controlled_interval(samples, own, 0.95).interval;
    plain_holds += plain.covers(1) ? 1 : 0;
    holds += controlled.covers(1) ? 1 : 0;
    plain_width.add(plain.half_width);
    width.add(controlled.half_width);
    mean.add(controlled.mean);
  }
  std::printf("M/M/1, wip: control variates hold %d of %zu (plain %d), half-widths %.4f and %.4f, mean %.5f\n", holds,
              kExperiments, plain_holds, width.mean(), plain_width.mean(), mean.mean());
  EXPECT_GE(holds, 930);
  EXPECT_LE(holds, 970);
  EXPECT_LT(width.mean(), 0.75 * plain_width.mean());
  // The bias that estimated coefficients bring is below a fortieth of an interval.
  EXPECT_NEAR(mean.mean(), 1, width.mean() / 40 + 3.3 * mean.standard_deviation() / std::sqrt(kExperiments));
}

}  // namespace
}  // namespace tierworks::tests
