#include "experiments/optimise/optimise.h"

#include <cmath>
#include <limits>
#include <set>
#include <stdexcept>

#include <gtest/gtest.h>

#include "tests/support/simulate.h"

namespace tierworks::experiments {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

TEST(Goal, JudgesConstraintsByTheirMeans) {
  const std::vector<Constraint> constraints{{{"fill_rate"}, true, 0.9}, {{"backorders"}, false, 20}};
  const Judged kept = judge({5, 7}, {{0.8, 1.0}, {10, 30}}, constraints, 0.95);
  EXPECT_TRUE(kept.feasible);
  EXPECT_EQ(kept.goal.mean, 6);
  const Judged missed = judge({1, 1}, {{0.81, 0.81}, {22, 22}}, constraints, 0.95);
  EXPECT_FALSE(missed.feasible);
  EXPECT_NEAR(missed.violation, 0.1 + 0.1, 1e-12);
  const Judged none = judge({1, 1}, {{kNone, kNone}, {1, 1}}, constraints, 0.95);
  EXPECT_FALSE(none.has_value);
  EXPECT_TRUE(better(kept, missed, false));  // though it costs more
  EXPECT_FALSE(better(missed, kept, false));
  EXPECT_TRUE(better(missed, none, false));
  EXPECT_FALSE(better(none, missed, false));
  const Judged more = judge({8, 8}, {{1, 1}, {1, 1}}, constraints, 0.95);
  EXPECT_TRUE(better(kept, more, false));
  EXPECT_TRUE(better(more, kept, true));
}

// A bowl with its least at (0.3, 0.8), beside a shallower one.
double bowl(const std::vector<double>& x) {
  const auto squared = [](double d) { return d * d; };
  return std::min(squared(x[0] - 0.3) + squared(x[1] - 0.8), 0.05 + squared(x[0] - 0.9) + squared(x[1] - 0.1));
}

struct Bowl {
  int calls = 0, first_phase = 0;
  double least = 1e9;
  std::vector<double> at;
  std::vector<std::string> faults;
  explicit Bowl(std::uint64_t seed) {
    BoxSearch search;
    search.axes = 2;
    search.seed = seed;
    search.value = [&](SearchPhase phase, const std::vector<double>& x) {
      ++calls;
      if (phase == SearchPhase::direct) ++first_phase;
      if (bowl(x) < least) {
        least = bowl(x);
        at = x;
      }
      return bowl(x);
    };
    search.enough = [&](SearchPhase phase) { return calls >= (phase == SearchPhase::direct ? 60 : 200); };
    search.around_the_best = [&](BoxSearch::Box& box) {
      box = {{at[0] - 0.1, at[1] - 0.1}, {at[0] + 0.1, at[1] + 0.1}, at};
      return true;
    };
    search.population = 15;
    faults = search_box(search);
  }
};

TEST(BoxSearch, FindsTheDeeperOfTwoBowls) {
  const Bowl found(4);
  EXPECT_TRUE(found.faults.empty());
  EXPECT_LT(found.least, 1e-4);
  EXPECT_GE(found.calls, 200);
  EXPECT_GE(found.first_phase, 60);
  EXPECT_LT(found.first_phase, 70);
}

TEST(BoxSearch, MakesTheSameCallsForTheSameSeed) {
  EXPECT_EQ(Bowl(4).at, Bowl(4).at);
  EXPECT_NE(Bowl(4).at, Bowl(5).at);
}

TEST(BoxSearch, SaysWhatWentWrongAndLetsExceptionsThrough) {
  BoxSearch search;
  search.value = [](SearchPhase, const std::vector<double>&) -> double { throw std::runtime_error("our own"); };
  search.enough = [](SearchPhase) { return false; };
  search.around_the_best = [](BoxSearch::Box&) { return false; };
  EXPECT_THROW(search_box(search), std::runtime_error);
  // A box whose ends are swapped is none that NLopt takes.
  int calls = 0;
  search.value = [&](SearchPhase, const std::vector<double>& x) { return ++calls, x[0]; };
  search.enough = [&](SearchPhase) { return calls > 5; };
  search.around_the_best = [](BoxSearch::Box& box) {
    box = {{0.9}, {0.1}, {0.5}};
    return true;
  };
  search.population = 5;
  const std::vector<std::string> faults = search_box(search);
  ASSERT_EQ(faults.size(), 1U);
  EXPECT_NE(faults[0].find("NLopt's CRS2 ended with"), std::string::npos) << faults[0];
}

// More stock costs more and serves better. Below 1 the scenario refuses the level.
struct Shop {
  std::vector<Axis> axes{{.name = "level", .path = "level", .values = {}, .range = {-3, 60, 1, 0, "", ""}}};
  static std::unique_ptr<const world::Model> shop(const std::string& level) {
    return tests::model_of_text(R"(
tierworks: 1
time: {horizon: 60 d, warm_up: 5 d}
money: {holding: 100 % / yr}
items: {box: {value: 365}}
sites:
  mill: {sells: {box: {price: 0, quoted: exponential 12 h}}}
  shop: {buys: {box: {from: mill}}, stock: {box: {level: )" +
                                level +
                                R"(}}}
demand: {at: shop, item: box, orders: poisson 4 / d, waiting_cost: 3 / d}
)");
  }
  Models models{[this](const Point& point, std::string& why) -> std::unique_ptr<const world::Model> {
                  if (point[0] < 3) {
                    why = "a level below 0";
                    return nullptr;
                  }
                  return shop(axes[0].text(point[0]));
                },
                [] { return shop("20"); }};
  static OptimiseOptions options(std::size_t budget) {
    OptimiseOptions o;
    o.budget = budget;
    o.plan.replications = 5;
    return o;
  }
  double level(const Optimised& found) const {
    return axes[0].number(found.tried[found.finalists[found.best].tried].point[0]);
  }
};

TEST(Optimise, FindsWhatTryingAllWouldFind) {
  const Shop shop;
  const Optimised all = optimise(shop.axes, shop.models, Shop::options(64));
  const Optimised some = optimise(shop.axes, shop.models, Shop::options(25));
  EXPECT_TRUE(all.whole_space);
  EXPECT_EQ(all.tried.size(), 64U);
  EXPECT_EQ(all.refused, 3U);
  EXPECT_FALSE(some.whole_space);
  EXPECT_LE(some.tried.size(), 25U);
  // A neighbour may be as good, within the race's indifference.
  const auto cost = [](const Optimised& o) { return o.finalists[o.best].judged.goal.mean; };
  EXPECT_NEAR(cost(some), cost(all), 0.02 * cost(all));
  EXPECT_NEAR(shop.level(some), shop.level(all), 1);
  EXPECT_GT(shop.level(all), 1);
  EXPECT_LT(shop.level(all), 20);
  // Each point once, and the last best one is the best of all.
  std::set<Point> points;
  double least = 1e18, last = 0;
  for (const Tried& t : some.tried) {
    EXPECT_TRUE(points.insert(t.point).second);
    if (t.judged.has_value) least = std::min(least, t.judged.goal.mean);
    if (t.best_so_far) last = t.judged.goal.mean;
  }
  EXPECT_EQ(last, least);
}

TEST(Optimise, ShowsWhatTheBestGivesOnReplicationsOfItsOwn) {
  const Shop shop;
  const Optimised found = optimise(shop.axes, shop.models, Shop::options(25));
  const Finalist& best = found.finalists[found.best];
  const std::size_t cost = row_of(found.rows, {"total_cost"});
  std::vector<double> here, there;
  std::string why;
  const auto model = shop.models.at(found.tried[best.tried].point, why), written = shop.models.as_written();
  for (std::uint32_t r = 0; r < best.replications; ++r) {
    here.push_back(tests::simulate_model(*model, 1, kRaceReplications + r)("total_cost"));
    there.push_back(tests::simulate_model(*written, 1, kRaceReplications + r)("total_cost"));
  }
  EXPECT_EQ(found.kpis[cost].mean, core::student_interval(here, 0.95).mean);
  EXPECT_EQ(found.as_written[cost].mean, core::student_interval(there, 0.95).mean);
  EXPECT_LT(found.differences[cost].mean + found.differences[cost].half_width, 0);
  EXPECT_EQ(best.judged.goal.mean, found.kpis[cost].mean);
}

TEST(Optimise, KeepsConstraintsOnTheRacesReplications) {
  const Shop shop;
  OptimiseOptions options = Shop::options(25);
  options.constraints = {{{"fill_rate"}, true, 0.98}};
  const Optimised found = optimise(shop.axes, shop.models, options);
  ASSERT_EQ(found.found, Found::best);
  const Finalist& best = found.finalists[found.best];
  EXPECT_GE(best.judged.constraints[0].mean, 0.98);
  EXPECT_GT(shop.level(found), shop.level(optimise(shop.axes, shop.models, Shop::options(25))));
  // One less would miss it there.
  std::string why;
  Point less = found.tried[best.tried].point;
  less[0] -= 1;
  std::vector<double> fill;
  for (std::uint32_t r = 0; r < best.replications; ++r) {
    fill.push_back(tests::simulate_model(*shop.models.at(less, why), 1, kRaceReplications + r)("fill_rate"));
  }
  EXPECT_LT(core::student_interval(fill, 0.95).mean, 0.98);
}

TEST(Optimise, NamesTheOneThatMissesLeastIfNoPointMeetsAll) {
  Shop shop;
  shop.axes[0].range = {1, 5, 1, 0, "", ""};
  shop.models.at = [&](const Point& point, std::string&) { return Shop::shop(shop.axes[0].text(point[0])); };
  OptimiseOptions options = Shop::options(10);
  options.constraints = {{{"fill_rate"}, true, 0.999}};
  const Optimised found = optimise(shop.axes, shop.models, options);
  EXPECT_EQ(found.found, Found::no_point_meets_all);
  EXPECT_EQ(shop.level(found), 5);
  EXPECT_FALSE(found.finalists[found.best].judged.feasible);
}

TEST(Optimise, MaximisesWhereThatIsTheGoal) {
  Shop shop;
  OptimiseOptions options = Shop::options(25);
  options.goal = {{"fill_rate"}, true};
  const Optimised found = optimise(shop.axes, shop.models, options);
  EXPECT_GE(found.finalists[found.best].judged.goal.mean, 0.999);
}

TEST(Optimise, GivesTheSameBitsOnAnyNumberOfThreads) {
  const Shop shop;
  OptimiseOptions options = Shop::options(25);
  const Optimised one = optimise(shop.axes, shop.models, options);
  for (const std::size_t threads : {std::size_t{2}, std::size_t{4}}) {
    options.plan.threads = threads;
    const Optimised more = optimise(shop.axes, shop.models, options);
    EXPECT_EQ(more.fingerprint, one.fingerprint);
    EXPECT_EQ(more.best, one.best);
    EXPECT_EQ(more.race, one.race);
    EXPECT_EQ(more.tried.size(), one.tried.size());
  }
}

TEST(Optimise, SaysIfNothingCouldBeRun) {
  Shop shop;
  shop.models.at = [](const Point&, std::string& why) -> std::unique_ptr<const world::Model> {
    why = "never";
    return nullptr;
  };
  const Optimised found = optimise(shop.axes, shop.models, Shop::options(10));
  EXPECT_EQ(found.found, Found::nothing_ran);
  EXPECT_EQ(found.refused, found.tried.size());
  EXPECT_TRUE(found.finalists.empty());
}

TEST(Optimise, ReportsWhatItHasWhenItIsStopped) {
  const Shop shop;
  std::atomic<bool> stop = false;
  OptimiseOptions options = Shop::options(25);
  options.plan.stop = &stop;
  options.searched = [&](std::size_t done, std::size_t) { stop = done >= 8; };
  const Optimised found = optimise(shop.axes, shop.models, options);
  EXPECT_TRUE(found.stopped);
  EXPECT_EQ(found.tried.size(), 8U);
  ASSERT_EQ(found.found, Found::best);
  EXPECT_FALSE(found.raced);
  ASSERT_EQ(found.finalists.size(), 1U);
  const Finalist& best = found.finalists[0];
  EXPECT_EQ(best.replications, options.plan.replications);
  EXPECT_EQ(found.kpis[row_of(found.rows, {"total_cost"})].mean, best.judged.goal.mean);
  double least = 1e18;
  for (const Tried& t : found.tried) least = std::min(least, t.judged.has_value ? t.judged.goal.mean : 1e18);
  EXPECT_EQ(best.judged.goal.mean, least);
}

}  // namespace
}  // namespace tierworks::experiments
