#include "core/stats/warm_up.h"

#include <vector>

#include <gtest/gtest.h>

#include "core/random/counted_stream.h"

namespace tierworks::core {
namespace {

TEST(Mser5, CutsExactlyWhatIsOfAnotherLevel) {
  // 50 observations at 10, then 150 that alternate 0, 1 within each five: the means of five are 0.4 and 0.6.
  std::vector<double> series(50, 10.0);
  for (int i = 0; i < 150; ++i) series.push_back(i % 2);
  const WarmUp warm_up = mser_5(series);
  EXPECT_EQ(warm_up.cut, 50U);
  EXPECT_TRUE(warm_up.found);
}

TEST(Mser5, CutsWholeFivesOnly) {
  std::vector<double> series(52, 10.0);
  for (int i = 0; i < 150; ++i) series.push_back(i % 2);
  EXPECT_EQ(mser_5(series).cut, 55U);
}

TEST(Mser5, CutsNothingOfASeriesThatIsSteady) {
  EXPECT_EQ(mser_5(std::vector<double>(100, 3.0)).cut, 0U);
  EXPECT_TRUE(mser_5(std::vector<double>(100, 3.0)).found);
}

TEST(Mser5, SaysThatASeriesThatGrowsNeverIsSteady) {
  std::vector<double> series;
  for (int i = 0; i < 200; ++i) series.push_back(i);
  EXPECT_FALSE(mser_5(series).found);
}

TEST(Mser5, NeedsFourMeansOfFive) {
  EXPECT_FALSE(mser_5(std::vector<double>(19, 1.0)).found);
  EXPECT_TRUE(mser_5(std::vector<double>(20, 1.0)).found);
}

// A transient exp(-t / 100) of ten standard deviations is below a tenth of one after 100 ln 100 = 460 observations.
TEST(Mser5, FindsTheEndOfATransientInNoise) {
  int within = 0;
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    CountedStream noise(seed, "noise");
    std::vector<double> series;
    double transient = 10;
    for (int i = 0; i < 4000; ++i, transient *= 0.99) series.push_back(transient + noise.normal());
    const WarmUp warm_up = mser_5(series);
    within += warm_up.found && warm_up.cut >= 250 && warm_up.cut <= 700 ? 1 : 0;
  }
  EXPECT_GE(within, 190);
}

}  // namespace
}  // namespace tierworks::core
