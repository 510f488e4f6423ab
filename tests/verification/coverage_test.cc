// How often 95 % intervals hold the truth in a supply chain: the beer game with random customers (normal, 4 +- 1 cases a week),
// 1,000 experiments of ten replications each. 93 to 97 % are 2.9 standard errors to either side. The truth is the mean of
// 10,000 other replications; what it errs by is a thirtieth of an interval.
#include <cstdio>

#include <gtest/gtest.h>

#include "core/parallel/parallel.h"
#include "core/stats/batch_means.h"
#include "core/stats/paired.h"
#include "core/stats/tally.h"
#include "experiments/search/points.h"
#include "models/common/diagnostics.h"
#include "models/world/series.h"
#include "scenarios/reader/reader.h"
#include "tests/support/paths.h"

namespace tierworks::tests {
namespace {

constexpr std::size_t kExperiments = 1000, kEach = 10, kTruth = 10'000;

// Everybody's forecast calm or nervous.
std::unique_ptr<const world::Model> beer_game(const std::string& forecast, std::vector<std::string> settings) {
  settings.push_back("demand.customers.size=normal 4 sd 1");
  for (const char* site : {"retailer", "wholesaler", "distributor", "brewery"}) {
    settings.push_back(std::string("sites.") + site + ".stock.beer.forecast=" + forecast);
  }
  common::Diagnostics diagnostics;
  const auto file = source_dir() / "scenarios/catalogue/industry/beer_game.yaml";
  reader::Reading reading = reader::read_scenario(file.string(), settings, diagnostics);
  std::unique_ptr<const world::Model> model;
  if (reading.spec) model = world::compile(*reading.spec, diagnostics);
  for (const auto& d : diagnostics.list()) ADD_FAILURE() << reading.format(d);
  return model;
}

double mean_of(const std::vector<double>& samples, std::size_t first) {
  double sum = 0;
  for (std::size_t i = first; i < samples.size(); ++i) sum += samples[i];
  return sum / static_cast<double>(samples.size() - first);
}

TEST(Coverage, OfTheBeerGamesMeansAndDifferencesIsWhatTheySay) {
  const experiments::MakeModel make = [](std::size_t p, std::string&) {
    return beer_game(p == 0 ? "smoothing 0.3" : "smoothing 0.1", {"time.warm_up=10 wk", "time.horizon=40 wk"});
  };
  experiments::PointsPlan plan;
  plan.replications = kExperiments * kEach + kTruth;
  plan.threads = 2;
  const experiments::PointsResult ran = experiments::run_points(2, make, plan);
  ASSERT_TRUE(ran.points[0].whole && ran.points[1].whole);
  for (const char* kpi : {"total_cost", "on_hand"}) {
    const std::size_t row = experiments::row_of(ran.rows, {kpi});
    ASSERT_LT(row, ran.rows.size());
    const std::vector<double>&nervous = ran.points[0].samples[row], &calm = ran.points[1].samples[row];
    const double truth = mean_of(nervous, kExperiments * kEach);
    const double difference = mean_of(calm, kExperiments * kEach) - truth;
    int means = 0, differences = 0;
    double ratio = 0;
    for (std::size_t e = 0; e < kExperiments; ++e) {
      const auto part = [&](const std::vector<double>& all) {
        const auto first = all.begin() + static_cast<std::ptrdiff_t>(e * kEach);
        return std::vector<double>(first, first + kEach);
      };
      means += core::student_interval(part(nervous), 0.95).covers(truth) ? 1 : 0;
      differences += core::paired_difference(part(calm), part(nervous), 0.95).covers(difference) ? 1 : 0;
      ratio += core::variance_ratio(part(calm), part(nervous)) / kExperiments;
    }
    std::printf("beer game, %s: means %d, differences %d of %zu; independent runs: %.1f times the variance\n", kpi,
                means, differences, kExperiments, ratio);
    EXPECT_GE(means, 930) << kpi;
    EXPECT_LE(means, 970) << kpi;
    EXPECT_GE(differences, 930) << kpi;
    EXPECT_LE(differences, 970) << kpi;
  }
}

// One long run instead of ten: cases on hand in the chain in each week, in 20 batches of 50 weeks after 50 of warm-up. Customers
// stay as they are all the time: batches of a step of demand differ by what they are.
TEST(Coverage, OfBatchMeansOfTheBeerGameIsWhatTheySay) {
  constexpr std::int64_t kFirst = 50, kWeeks = 1000;
  const auto model = beer_game("smoothing 0.3", {"time.warm_up=50 wk", "time.horizon=1000 wk",
                                                 "demand.customers.promotions.more_thirst.factor=1"});
  ASSERT_TRUE(model);
  std::vector<std::vector<double>> series(kExperiments);
  core::for_each_parallel(0, kExperiments, 2, [&](std::size_t e, std::size_t) {
    world::Simulation simulation(*model);
    simulation.start(1 + e, 0);
    // A day after the instant at which a week begins; until the next one nothing happens.
    for (std::int64_t week = kFirst; week < kFirst + kWeeks; ++week) {
      simulation.run_to(core::Instant{(week * 7 + 1) * core::kDay.ticks});
      double on_hand = 0;
      for (const world::StockNow& stock : simulation.stocks_now()) on_hand += static_cast<double>(stock.on_hand) / 1000;
      series[e].push_back(on_hand);
    }
  });
  core::Tally truth;
  for (const auto& s : series) {
    for (const double x : s) truth.add(x);
  }
  int covered = 0;
  for (const auto& s : series) covered += core::batch_means(s, 20, 0.95).interval.covers(truth.mean()) ? 1 : 0;
  std::printf("beer game, on hand: batch means %d of %zu, mean %.2f cases\n", covered, kExperiments, truth.mean());
  EXPECT_GE(covered, 930);
  EXPECT_LE(covered, 970);
}

}  // namespace
}  // namespace tierworks::tests
