// Control variates on a shop floor whose law is known: M/M/1 at 50 % load, L = 1 lot in the long run (Gross, Shortle, Thompson &
// Harris 2008, ch. 2). 1,000 experiments of 20 replications each: their 95 % intervals hold the exact value as often as they
// say, 93 to 97 % being 2.9 standard errors to either side, and are narrower than plain ones; the controls have mean 0.
#include "core/stats/control_variates.h"

#include <array>
#include <cmath>
#include <cstdio>

#include <gtest/gtest.h>

#include "core/parallel/parallel.h"
#include "core/stats/tally.h"
#include "models/factory/surprise.h"
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

// Lots inside, over what they are in the long run.
struct Runs {
  std::vector<double> values;
  std::vector<world::Controls> controls;
};
Runs runs_of(const world::Model& model, std::size_t n, double in_the_long_run) {
  const std::vector<world::KpiRow> rows = world::kpi_rows(model);
  std::size_t wip = 0;
  while (rows[wip].kpi->name != std::string("wip") || rows[wip].scope != "world") ++wip;
  Runs out{std::vector<double>(n), std::vector<world::Controls>(n)};
  std::vector<world::Simulation> simulations;
  simulations.emplace_back(model);
  simulations.emplace_back(model);
  core::for_each_parallel(0, n, 2, [&](std::size_t i, std::size_t worker) {
    out.values[i] = simulations[worker].run(5, static_cast<std::uint32_t>(i)).values[wip] / in_the_long_run;
    out.controls[i] = simulations[worker].controls();
  });
  return out;
}

// Of experiments of so many replications each, which of the controls they use.
struct Held {
  int times = 0;  // the interval held the exact value, 1
  core::Tally width, mean;
};
Held held(const Runs& runs, std::size_t each, const std::vector<std::size_t>& used) {
  const auto& [values, controls] = runs;
  Held out;
  for (std::size_t from = 0; from < values.size(); from += each) {
    const std::vector<double> samples(values.begin() + static_cast<std::ptrdiff_t>(from),
                                      values.begin() + static_cast<std::ptrdiff_t>(from + each));
    std::vector<core::ControlValues> own(used.size());
    for (std::size_t c = 0; c < used.size(); ++c) {
      for (std::size_t i = from; i < from + each; ++i) own[c].push_back(controls[i][used[c]]);
    }
    const core::Interval interval = core::controlled_interval(samples, own, 0.95).interval;
    out.times += interval.covers(1) ? 1 : 0;
    out.width.add(interval.half_width);
    out.mean.add(interval.mean);
  }
  return out;
}

// At 80 % load L = 4, and a burst is felt for 1 / (mu (1 - sqrt(rho))^2) = 45 h, in which 72 lots come. 60 experiments, 2.9
// standard errors of which are 5.
TEST(ControlVariates, OfBurstsNarrowIntervalsWhereQueuesRememberThem) {
  constexpr std::size_t kRuns = 60 * 80;
  const auto model = model_of_text(R"(
tierworks: 1
time: {horizon: 8000 h, warm_up: 760 h}
sites:
  shop:
    work_centres: {server: {}}
    routings: {part: {operations: {work: {work_centre: server, time: exponential 30 min}}}}
    releases: {parts: {routing: part, lots: poisson 38.4 / d}}
)");
  const Runs runs = runs_of(*model, kRuns, 4);
  const Held of_lots = held(runs, 80, {0, 1}), with_bursts = held(runs, 80, {0, 1, 4, 5, 6});
  std::printf("M/M/1 at 80 %%: with bursts they hold %d of 60, half-widths %.4f and %.4f, mean %.5f\n",
              with_bursts.times, with_bursts.width.mean(), of_lots.width.mean(), 4 * with_bursts.mean.mean());
  EXPECT_GE(with_bursts.times, 52);
  EXPECT_LT(with_bursts.width.mean(), 0.8 * of_lots.width.mean());
  EXPECT_NEAR(with_bursts.mean.mean(), 1,
              with_bursts.width.mean() / 20 + 3.3 * with_bursts.mean.standard_deviation() / std::sqrt(60));
}

TEST(ControlVariates, CoverTheExactValueOfAnMM1ShopAsOftenAsTheySay) {
  const auto model = model_of_text(kShop);
  const Runs runs = runs_of(*model, kExperiments * kEach, 1);
  const auto& [values, controls] = runs;
  core::Tally lots, work;
  std::array<core::Tally, factory::kBurstLots.size()> bursts;
  for (const world::Controls& c : controls) {
    lots.add(c[0]);
    work.add(c[1]);
    EXPECT_EQ(c[2], 0);
    EXPECT_EQ(c[3], 0);
    for (std::size_t i = 0; i < bursts.size(); ++i) bursts[i].add(c[4 + i]);
  }
  // 1,600 lots of half an hour: the deviation of a sum of so many exponential times is 0.5 sqrt(1600) = 20 h, of either.
  for (const core::Tally* tally : {&lots, &work}) {
    EXPECT_LT(std::abs(tally->mean()), 3.3 * 20 / std::sqrt(static_cast<double>(values.size())));
    EXPECT_NEAR(tally->standard_deviation(), 20, 0.4);
  }
  // A term of 1,600 is the difference of two exponential times of half an hour, its square 0.5; what precedes it, fading by 1 / m,
  // comes to a square of 0.5 (1 - (1 - 1 / m)^(2 n)) / (1 - (1 - 1 / m)^2).
  for (std::size_t i = 0; i < bursts.size(); ++i) {
    const double keep = std::pow(1 - 1 / factory::kBurstLots[i], 2);
    double sum = 0;
    for (int n = 0; n < 1600; ++n) sum += 0.5 * 0.5 * (1 - std::pow(keep, n)) / (1 - keep);
    EXPECT_NEAR(bursts[i].standard_deviation(), std::sqrt(sum), 0.05 * std::sqrt(sum)) << i;
    EXPECT_LT(std::abs(bursts[i].mean()), 3.3 * std::sqrt(sum / static_cast<double>(values.size()))) << i;
  }

  const Held plain = held(runs, kEach, {});
  const Held two = held(runs, kEach, {0, 1});
  std::printf("M/M/1, wip: control variates hold %d of %zu (plain %d), half-widths %.4f and %.4f, mean %.5f\n",
              two.times, kExperiments, plain.times, two.width.mean(), plain.width.mean(), two.mean.mean());
  EXPECT_GE(two.times, 930);
  EXPECT_LE(two.times, 970);
  EXPECT_LT(two.width.mean(), 0.75 * plain.width.mean());
  // The bias that estimated coefficients bring is below a fortieth of an interval.
  EXPECT_NEAR(two.mean.mean(), 1,
              two.width.mean() / 40 + 3.3 * two.mean.standard_deviation() / std::sqrt(kExperiments));

  // With bursts, of four times as many runs: 250 experiments, of which 2.9 standard errors are 10.
  const Held of_many = held(runs, 4 * kEach, {0, 1});
  const Held with_bursts = held(runs, 4 * kEach, {0, 1, 4, 5, 6});
  std::printf("with bursts they hold %d of 250, half-widths %.4f and %.4f, mean %.5f\n", with_bursts.times,
              with_bursts.width.mean(), of_many.width.mean(), with_bursts.mean.mean());
  EXPECT_GE(with_bursts.times, 227);
  EXPECT_LE(with_bursts.times, 247);
  EXPECT_LT(with_bursts.width.mean(), 1.01 * of_many.width.mean());  // so short are bursts that matter here
  EXPECT_NEAR(with_bursts.mean.mean(), 1,
              with_bursts.width.mean() / 40 + 3.3 * with_bursts.mean.standard_deviation() / std::sqrt(250));
}

}  // namespace
}  // namespace tierworks::tests
