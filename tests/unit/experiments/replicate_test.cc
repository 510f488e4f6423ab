#include "experiments/replicate/replicate.h"

#include <cmath>
#include <cstring>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/simulate.h"

namespace tierworks::experiments {
namespace {

// A shop with random customers: its demand is 4 a day, and differs from run to run.
constexpr const char* kShop = R"(
tierworks: 1
time: {horizon: 25 d}
items: {box: {value: 3}}
sites:
  mill: {sells: {box: {quoted: exponential 12 h}}}
  shop: {buys: {box: {from: mill}}, stock: {box: {level: 4}}}
demand: {at: shop, item: box, orders: poisson 4 / d, due: 1 d}
)";

const world::Model& shop() {
  static const auto model = tests::model_of_text(kShop);
  return *model;
}

// `replications` of seed 1 on one thread, unless changed.
struct Options : ReplicateOptions {
  explicit Options(std::size_t n) { replications = n; }
  Options& from(std::uint64_t of) { return seed = of, *this; }
  Options& on(std::size_t of) { return threads = of, *this; }
  Options& until(const Precision& of) { return precision = &of, *this; }
};

std::size_t row_of(const Replicated& result, const std::string& kpi) {
  for (std::size_t i = 0; i < result.rows.size(); ++i) {
    if (result.rows[i].scope == "world" && result.rows[i].kpi->name == kpi) return i;
  }
  throw std::out_of_range(kpi);
}

const core::Interval& world_kpi(const Replicated& result, const std::string& kpi) {
  return result.kpis[row_of(result, kpi)];
}

bool same_bits(double a, double b) { return std::memcmp(&a, &b, sizeof a) == 0 || (std::isnan(a) && std::isnan(b)); }

void expect_same(const Replicated& a, const Replicated& b) {
  EXPECT_EQ(a.fingerprint, b.fingerprint);
  EXPECT_EQ(a.events, b.events);
  EXPECT_EQ(a.replications, b.replications);
  ASSERT_EQ(a.kpis.size(), b.kpis.size());
  for (std::size_t i = 0; i < a.kpis.size(); ++i) {
    const core::Interval &x = a.kpis[i], &y = b.kpis[i];
    EXPECT_TRUE(same_bits(x.mean, y.mean) && same_bits(x.half_width, y.half_width) && same_bits(x.min, y.min) &&
                same_bits(x.max, y.max) && x.n == y.n)
        << a.rows[i].kpi->name << " of " << a.rows[i].scope;
  }
}

TEST(Replicate, FoldsRunsThatAreThoseOfASingleSimulation) {
  std::vector<double> samples;
  std::uint64_t events = 0;
  for (std::uint32_t i = 0; i < 5; ++i) {
    const tests::Ran run = tests::simulate_model(shop(), 9, i);
    samples.push_back(run("demand"));
    events += run.result.events;
  }
  Options options(5);
  options.seed = 9;
  options.confidence = 0.9;
  const Replicated result = replicate(shop(), options);
  const core::Interval expected = core::student_interval(samples, 0.9);
  const core::Interval& demand = world_kpi(result, "demand");
  EXPECT_TRUE(same_bits(demand.mean, expected.mean));
  EXPECT_TRUE(same_bits(demand.half_width, expected.half_width));
  EXPECT_EQ(demand.n, 5);
  EXPECT_EQ(result.events, events);
  EXPECT_EQ(result.replications, 5U);
  EXPECT_EQ(result.asked, 5U);
  EXPECT_FALSE(result.stopped);
  EXPECT_TRUE(result.outcomes.empty());
}

TEST(Replicate, GivesTheSameBitsOnAnyNumberOfThreads) {
  const Replicated one = replicate(shop(), Options(23).from(3));
  for (const std::size_t threads : {std::size_t{2}, std::size_t{4}}) {
    expect_same(one, replicate(shop(), Options(23).from(3).on(threads)));
  }
  EXPECT_NE(one.fingerprint, replicate(shop(), Options(23).from(4)).fingerprint);
  EXPECT_NE(one.fingerprint, replicate(shop(), Options(22).from(3)).fingerprint);
}

TEST(Replicate, StopsAtTheFirstStageThatIsPreciseAndNotBefore) {
  // About 100 orders a run: sd of a run's mean is 10 %, so 3 % by t takes some 45 runs. From 4: 6, 9, 13, 19, 28, 42, 63.
  const std::vector<std::size_t> stages{4, 6, 9, 13, 19, 28, 42, 63, 94, 141};
  const Precision wanted{.relative = 0.03, .kpis = {"demand"}, .most = 1000};
  const Replicated result = replicate(shop(), Options(4).until(wanted));
  EXPECT_TRUE(result.precise);
  bool reached = false;
  for (const std::size_t stage : stages) {
    const core::Interval demand = world_kpi(replicate(shop(), Options(stage)), "demand");
    const bool precise = demand.half_width <= 0.03 * demand.mean;
    if (precise) {
      EXPECT_EQ(result.replications, stage);
      EXPECT_GT(stage, 9U);
      reached = true;
      break;
    }
  }
  EXPECT_TRUE(reached);
  for (const std::size_t threads : {std::size_t{2}, std::size_t{4}}) {
    expect_same(result, replicate(shop(), Options(4).on(threads).until(wanted)));
  }
}

TEST(Replicate, SaysWhenItMayRunNoMoreAndIsNotPrecise) {
  const Precision wanted{.relative = 0.0001, .kpis = {"demand"}, .most = 11};
  const Replicated result = replicate(shop(), Options(4).until(wanted));
  EXPECT_EQ(result.replications, 11U);
  EXPECT_FALSE(result.precise);
  EXPECT_FALSE(result.stopped);
}

TEST(Replicate, StoppedBeforeTheFirstLookDoesNotClaimToBePrecise) {
  const Precision wanted{.relative = 0.0001, .kpis = {"demand"}, .most = 100};
  std::atomic<bool> stop{false};
  const auto progress = [&](std::size_t done, std::size_t) { stop = done >= 3; };
  Options options(10);
  options.until(wanted);
  options.stop = &stop;
  options.progress = progress;
  const Replicated result = replicate(shop(), options);
  EXPECT_TRUE(result.stopped);
  EXPECT_LT(result.replications, 10U);
  EXPECT_FALSE(result.precise);
}

TEST(Replicate, WithEveryRunAlikeIsPreciseAtOnce) {
  const auto model = tests::model_of_text(R"(
tierworks: 1
time: {horizon: 10 d}
items: {box: {}}
sites:
  mill: {sells: {box: {}}}
  shop: {buys: {box: {from: mill}}}
demand: {at: shop, item: box, orders: every 1 d}
)");
  const Precision wanted{.relative = 0.01, .kpis = {"demand", "lost_share"}, .most = 100};
  const Replicated result = replicate(*model, Options(3).until(wanted));
  EXPECT_EQ(result.replications, 3U);
  EXPECT_TRUE(result.precise);
}

TEST(Replicate, StoppedGivesWholeReplicationsWithoutGaps) {
  for (const std::size_t threads : {std::size_t{1}, std::size_t{4}}) {
    std::atomic<bool> stop{false};
    const auto progress = [&](std::size_t done, std::size_t planned) {
      EXPECT_EQ(planned, 200U);
      if (done == 7) stop = true;
    };
    Options options(200);
    options.threads = threads;
    options.progress = progress;
    options.stop = &stop;
    const Replicated result = replicate(shop(), options);
    EXPECT_TRUE(result.stopped);
    EXPECT_EQ(result.asked, 200U);
    EXPECT_LT(result.replications, 20U);
    ASSERT_GE(result.replications, 1U);
    if (threads == 1) {
      EXPECT_EQ(result.replications, 7U);
    }
    // The numbers are those of an experiment of this length.
    expect_same(result, replicate(shop(), Options(result.replications)));
  }
}

TEST(Replicate, ReportsProgressOncePerReplicationAndInOrder) {
  std::size_t last = 0;
  const auto progress = [&](std::size_t done, std::size_t planned) {
    EXPECT_EQ(done, last + 1);
    EXPECT_EQ(planned, 30U);
    last = done;
  };
  Options options(30);
  options.threads = 4;
  options.progress = progress;
  replicate(shop(), options);
  EXPECT_EQ(last, 30U);
}

TEST(Replicate, CountsRunsThatStarved) {
  const auto model = tests::model_of_text(R"(
tierworks: 1
time: {horizon: 10 d}
items: {box: {}}
sites:
  mill: {sells: {box: {quoted: 100 d}}}
  shop: {buys: {box: {from: mill}}}
demand: {at: shop, item: box, orders: every 1 d}
)");
  const Replicated result = replicate(*model, Options(3));
  ASSERT_EQ(result.outcomes.size(), 1U);
  EXPECT_EQ(result.outcomes[0].first, world::Outcome::starved);
  EXPECT_EQ(result.outcomes[0].second, 3U);
}

}  // namespace
}  // namespace tierworks::experiments
