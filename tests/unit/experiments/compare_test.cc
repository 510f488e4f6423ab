#include "experiments/compare/compare.h"

#include <cmath>
#include <cstring>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "core/stats/paired.h"
#include "experiments/compare/shared_orders.h"
#include "experiments/compare/tune.h"
#include "tests/support/simulate.h"

namespace tierworks::experiments {
namespace {

// A shop with random customers and a slow mill; more stock costs more and serves better.
std::unique_ptr<const world::Model> shop(int level, const std::string& more = "") {
  return tests::model_of_text(R"(
tierworks: 1
time: {horizon: 50 d, warm_up: 5 d}
money: {holding: 100 % / yr}
items: {box: {value: 365}}
sites:
  mill: {sells: {box: {quoted: exponential 12 h}}}
  shop: {buys: {box: {from: mill}}, stock: {box: {level: )" +
                              std::to_string(level) + R"(}}}
)" + more + R"(
demand: {at: shop, item: box, orders: poisson 4 / d, due: 1 d}
)");
}

struct Shops {
  std::vector<std::unique_ptr<const world::Model>> models;
  std::vector<Variant> variants;
  void add(const std::string& name, std::unique_ptr<const world::Model> model, std::vector<std::string> levels = {}) {
    models.push_back(std::move(model));
    variants.push_back({name, models.back().get(), std::move(levels)});
  }
};

Shops shops(const std::vector<int>& levels) {
  Shops s;
  for (const int level : levels) s.add(std::to_string(level), shop(level), {std::to_string(level)});
  return s;
}

CompareOptions on_service(std::size_t replications) {
  CompareOptions options;
  options.decide_on = {"fill_rate"};
  options.replications = replications;
  options.seed = 9;
  return options;
}

bool same_bits(double a, double b) { return std::memcmp(&a, &b, sizeof a) == 0 || (std::isnan(a) && std::isnan(b)); }

void expect_same(const core::Interval& a, const core::Interval& b) {
  EXPECT_TRUE(same_bits(a.mean, b.mean) && same_bits(a.half_width, b.half_width) && a.n == b.n);
}

void expect_same(const Compared& a, const Compared& b) {
  EXPECT_EQ(a.fingerprint, b.fingerprint);
  EXPECT_EQ(a.race, b.race);
  EXPECT_EQ(a.best, b.best);
  ASSERT_EQ(a.variants.size(), b.variants.size());
  for (std::size_t v = 0; v < a.variants.size(); ++v) {
    const ComparedVariant &x = a.variants[v], &y = b.variants[v];
    EXPECT_EQ(x.replications, y.replications);
    EXPECT_EQ(x.in_race, y.in_race);
    EXPECT_EQ(x.shared.identical, y.shared.identical);
    EXPECT_TRUE(same_bits(x.probability_best, y.probability_best));
    for (std::size_t row = 0; row < a.rows.size(); ++row) {
      expect_same(x.kpis[row], y.kpis[row]);
      expect_same(x.differences[row], y.differences[row]);
    }
  }
}

TEST(Compare, FoldsTheRunsThatSingleSimulationsMake) {
  const Shops s = shops({4, 6});
  std::vector<double> four, six;
  for (std::uint32_t r = 0; r < 5; ++r) {
    four.push_back(tests::simulate_model(*s.models[0], 9, r)("fill_rate"));
    six.push_back(tests::simulate_model(*s.models[1], 9, r)("fill_rate"));
  }
  const Compared result = compare(s.variants, on_service(5));
  ASSERT_EQ(result.variants.size(), 2U);
  const ComparedVariant& more = result.variants[1];
  expect_same(more.kpis[result.decisive], core::student_interval(six, 0.95));
  expect_same(more.differences[result.decisive], core::paired_difference(six, four, 0.95));
  EXPECT_DOUBLE_EQ(more.variance_ratio, core::variance_ratio(six, four));
  EXPECT_EQ(result.best, 1U);
  EXPECT_EQ(more.probability_best, 1);
  EXPECT_EQ(more.replications, 5U);
  EXPECT_EQ(result.variants[0].differences[result.decisive].mean, 0);
}

TEST(Compare, CorrectsForAllDifferencesAtOnce) {
  const Shops s = shops({4, 5, 6, 7, 8});
  const Compared result = compare(s.variants, on_service(3));
  EXPECT_DOUBLE_EQ(result.each_confidence, 0.9875);
  EXPECT_EQ(result.variants[2].differences[result.decisive].confidence, result.each_confidence);
  EXPECT_EQ(result.variants[2].kpis[result.decisive].confidence, 0.95);
}

TEST(Compare, SharesOutABudgetWhereItDecides) {
  const Shops s = shops({1, 2, 3, 9, 10});
  CompareOptions options = on_service(10);
  options.decide_on = {"inventory_value"};  // 1 is the best, 2 the next
  options.budget = 120;
  const Compared one = compare(s.variants, options);
  std::size_t all = 0;
  for (const ComparedVariant& v : one.variants) {
    all += v.replications;
    EXPECT_GE(v.replications, 10U);
  }
  EXPECT_EQ(all, 120U);
  EXPECT_EQ(one.budget, 120U);
  EXPECT_EQ(one.best, 0U);
  EXPECT_EQ(one.race, Race::none);
  EXPECT_FALSE(one.stopped);
  EXPECT_EQ(one.variants[4].replications, 10U);  // far off
  EXPECT_GT(one.variants[0].replications + one.variants[1].replications, 60U);
  for (const std::size_t threads : {std::size_t{2}, std::size_t{4}}) {
    options.threads = threads;
    expect_same(one, compare(s.variants, options));
  }
  std::atomic<bool> stop = false;
  options.stop = &stop;
  options.threads = 1;
  options.progress = [&](std::size_t done, std::size_t) { stop = done >= 70; };
  const Compared cut = compare(s.variants, options);
  EXPECT_TRUE(cut.stopped);
  all = 0;
  for (const ComparedVariant& v : cut.variants) all += v.replications;
  EXPECT_EQ(all, 70U);
}

TEST(Compare, GivesTheSameBitsOnAnyNumberOfThreads) {
  const Shops s = shops({4, 5, 6, 9});
  CompareOptions options = on_service(6);
  options.indifference = Indifference{0.01, false};
  options.most = 60;
  const Compared one = compare(s.variants, options);
  for (const std::size_t threads : {std::size_t{2}, std::size_t{4}}) {
    options.threads = threads;
    expect_same(one, compare(s.variants, options));
  }
  options.seed = 10;
  EXPECT_NE(one.fingerprint, compare(s.variants, options).fingerprint);
}

TEST(Compare, SendsReplicationsToThoseStillInTheRace) {
  // 2 is far behind and leaves soon, 8 is near 9 and leaves late.
  const Shops s = shops({2, 8, 9});
  CompareOptions options = on_service(10);
  options.indifference = Indifference{0.002, false};
  options.most = 400;
  const Compared result = compare(s.variants, options);
  EXPECT_EQ(result.race, Race::decided);
  EXPECT_EQ(result.best, 2U);
  EXPECT_FALSE(result.variants[0].in_race);
  EXPECT_TRUE(result.variants[2].in_race);
  EXPECT_LT(result.variants[0].replications, result.variants[1].replications);
  EXPECT_EQ(result.variants[1].replications, result.variants[2].replications);
}

TEST(Compare, SaysThatARaceIsOpenOrCannotBeRun) {
  const Shops s = shops({8, 9});
  CompareOptions options = on_service(4);
  options.most = 8;
  options.indifference = Indifference{1e-7, false};
  EXPECT_EQ(compare(s.variants, options).race, Race::undecided);
  EXPECT_EQ(compare(s.variants, options).variants[0].replications, 8U);
  options.decide_on = {"lost_sales"};  // 0 in all: a share of it is nothing
  options.indifference = Indifference{0.01, true};
  EXPECT_EQ(compare(s.variants, options).race, Race::impossible);
}

TEST(Compare, RunsUntilTheDifferencesArePrecise) {
  const Shops s = shops({4, 5, 6});
  CompareOptions options = on_service(4);
  options.precision = 0.02;
  options.most = 500;
  const Compared result = compare(s.variants, options);
  EXPECT_TRUE(result.precise);
  for (const std::size_t v : {std::size_t{1}, std::size_t{2}}) {
    EXPECT_LE(result.variants[v].differences[result.decisive].half_width,
              0.02 * std::abs(result.variants[0].kpis[result.decisive].mean) * 1.0001);
  }
  EXPECT_GT(result.variants[2].replications, 4U);
  options.most = 5;
  options.precision = 0.0001;
  EXPECT_FALSE(compare(s.variants, options).precise);
}

TEST(Compare, CountsTheOrdersThatBothSaw) {
  Shops s = shops({4, 9});
  const Compared same = compare(s.variants, on_service(4));
  const SharedOrders& all = same.variants[1].shared;
  EXPECT_GT(all.orders, 4U * 150);  // about 4 a day for 55 days, four times
  EXPECT_EQ(all.identical, all.orders);
  EXPECT_EQ(all.same_instants, all.orders);
  EXPECT_EQ(same.variants[0].shared.orders, 0U);  // nothing to share with itself

  // Another rate moves the arrivals; another site moves nothing.
  const auto faster = tests::model_of_text(R"(
tierworks: 1
time: {horizon: 50 d, warm_up: 5 d}
money: {holding: 100 % / yr}
items: {box: {value: 365}}
sites:
  mill: {sells: {box: {quoted: exponential 12 h}}}
  shop: {buys: {box: {from: mill}}, stock: {box: {level: 4}}}
demand: {at: shop, item: box, orders: poisson 5 / d, due: 1 d}
)");
  s.variants = {{"four", s.models[0].get()}, {"faster", faster.get()}};
  EXPECT_EQ(compare(s.variants, on_service(4)).variants[1].shared.identical, 0U);
  const auto wider = shop(4, "  elsewhere: {buys: {box: {from: mill}}, stock: {box: {level: 3}}}");
  s.variants = {{"four", s.models[0].get()}, {"wider", wider.get()}};
  const SharedOrders beside = compare(s.variants, on_service(4)).variants[1].shared;
  EXPECT_GT(beside.orders, 0U);
  EXPECT_EQ(beside.identical, beside.orders);
}

TEST(SharedOrders, CountsStreamByStream) {
  using Seen = std::vector<world::CustomersSeen>;
  SharedOrders shared;
  // Stream 1 is equal, 2 differs in sizes, 3 in instants, 4 in number, 5 and 6 are each of one alone.
  add_shared(Seen{{1, 10, 5, 5}, {2, 20, 6, 6}, {3, 30, 7, 7}, {4, 40, 8, 8}, {5, 50, 9, 9}},
             Seen{{1, 10, 5, 5}, {2, 20, 6, 1}, {3, 30, 1, 7}, {4, 44, 8, 8}, {6, 60, 9, 9}}, shared);
  EXPECT_EQ(shared.orders, 10U + 20 + 30 + 44 + 50 + 60);
  EXPECT_EQ(shared.same_instants, 30U);
  EXPECT_EQ(shared.identical, 10U);
}

TEST(Compare, StoppedGivesReplicationsThatAllHave) {
  const Shops s = shops({4, 6, 8});
  for (const std::size_t threads : {std::size_t{1}, std::size_t{4}}) {
    std::atomic<bool> stop{false};
    CompareOptions options = on_service(200);
    options.threads = threads;
    options.stop = &stop;
    options.progress = [&](std::size_t done, std::size_t planned) {
      EXPECT_EQ(planned, 600U);
      if (done == 20) stop = true;
    };
    const Compared result = compare(s.variants, options);
    EXPECT_TRUE(result.stopped);
    const std::size_t whole = result.variants.at(0).replications;
    EXPECT_GE(whole, 5U);
    EXPECT_LT(whole, 20U);
    expect_same(result, compare(s.variants, on_service(whole)));
  }
}

TEST(Compare, RefusesWhatCannotBeCompared) {
  const Shops s = shops({4, 6});
  CompareOptions options = on_service(3);
  EXPECT_EQ(why_not(s.variants, options), "");
  EXPECT_NE(why_not({s.variants[0]}, options).find("one variant only"), std::string::npos);
  EXPECT_NE(why_not({s.variants[0], s.variants[0]}, options).find("called \"4\""), std::string::npos);
  options.decide_on = {"fil_rate"};
  EXPECT_NE(why_not(s.variants, options).find("did you mean \"fill_rate\"?"), std::string::npos);
  options.decide_on = {"fill_rate", "site:shpo"};
  EXPECT_NE(why_not(s.variants, options).find("no scope \"site:shpo\"; did you mean \"site:shop\"?"),
            std::string::npos);
  options.decide_on = {"fill_rate", "site:shop"};
  EXPECT_EQ(why_not(s.variants, options), "");
  const auto longer = tests::model_of_text(R"(
tierworks: 1
time: {horizon: 60 d, warm_up: 5 d}
items: {box: {}}
sites: {mill: {sells: {box: {}}}, shop: {buys: {box: {from: mill}}}}
demand: {at: shop, item: box, orders: every 1 d}
)");
  EXPECT_NE(why_not({s.variants[0], {"longer", longer.get()}}, on_service(3)).find("--horizon \"50 d\""),
            std::string::npos);
  const auto with_line = tests::model_of_text(R"(
tierworks: 1
time: {horizon: 50 d, warm_up: 5 d}
items: {box: {}, board: {}}
sites:
  mill: {sells: {board: {}}}
  shop: {buys: {board: {from: mill}}, lines: {saw: {}}, makes: {box: {line: saw, time: 1 h}}}
demand: {at: shop, item: box, orders: every 1 d}
)");
  EXPECT_NE(why_not({s.variants[0], {"sawn", with_line.get()}}, on_service(3))
                .find("their KPIs differ: 4 has no utilisation, sawn has"),
            std::string::npos);
}

TEST(Tune, PicksTheBestOfEachGroupInReplicationsOfItsOwn) {
  const Shops s = shops({4, 9, 3, 2});
  const Tuned tuned = tune(s.variants, {0, 0, 1, 1}, on_service(5));
  EXPECT_EQ(tuned.chosen, (std::vector<std::size_t>{1, 2}));
  const double first = tests::simulate_model(*s.models[0], 9, kTuningReplications)("fill_rate");
  CompareOptions one = on_service(1);
  EXPECT_EQ(tune(s.variants, {0, 0, 1, 1}, one).compared.variants[0].kpis[tuned.compared.decisive].mean, first);
  EXPECT_NE(first, tests::simulate_model(*s.models[0], 9, 0)("fill_rate"));
}

TEST(MainEffects, OfAGridAreMeansLessTheMeanOfAll) {
  // y = 10 a + b, plus 100 in the second replication: effects are -5 and 5, -0.5 and 0.5, and sure.
  const std::vector<std::vector<std::string>> levels{{"0", "x"}, {"0", "y"}, {"1", "x"}, {"1", "y"}};
  const auto effects = main_effects(levels, {{0, 100}, {1, 101}, {10, 110}, {11, 111, 999}}, 0.95);
  ASSERT_EQ(effects.size(), 4U);
  EXPECT_EQ(effects[0].level, "0");
  EXPECT_DOUBLE_EQ(effects[0].effect.mean, -5);
  EXPECT_DOUBLE_EQ(effects[1].effect.mean, 5);
  EXPECT_DOUBLE_EQ(effects[2].effect.mean, -0.5);
  EXPECT_DOUBLE_EQ(effects[3].effect.mean, 0.5);
  EXPECT_EQ(effects[3].factor, 1U);
  EXPECT_EQ(effects[3].effect.half_width, 0);
  EXPECT_DOUBLE_EQ(effects[1].mean.mean, 60.5);
}

TEST(ParetoFront, HoldsWhatNothingBeatsOnBoth) {
  // Cost (less) and service (more).
  EXPECT_EQ(pareto_front({1, 2, 3, 3, 2}, false, {0.5, 0.7, 0.9, 0.8, 0.7}, true),
            (std::vector<bool>{true, true, true, false, true}));
  EXPECT_EQ(pareto_front({1, NAN}, false, {0.5, 0.9}, true), (std::vector<bool>{true, false}));
}

}  // namespace
}  // namespace tierworks::experiments
