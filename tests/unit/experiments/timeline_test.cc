// An exercise in words: its moments are means of those replications in which they came.
#include "experiments/stress/timeline.h"

#include <limits>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>

#include "tests/support/simulate.h"

namespace tierworks::experiments {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;

constexpr double kNever = std::numeric_limits<double>::quiet_NaN();

TEST(Timeline, TellsWhenThingsHappenWhereTheyDo) {
  const auto model = tests::model_of_text(R"(
tierworks: 1
time: {warm_up: 10 d, horizon: 200 d}
items: {part: {}}
sites:
  mill: {sells: {part: {}}}
  shop: {buys: {part: {from: mill, transit: 1 d}}, stock: {part: {level: 12}}}
demand: {at: shop, item: part, orders: every 1 d}
disruptions: {fire: {hits: site mill, for: 30 d}}
)");
  ExerciseResult result;
  result.exercise = {.shock = "fire", .length = {}, .lasts = {}, .spread = {}};
  // Felt in two of three, on days 10 and 20; restored in two, on days 35 and 45. A window of 200 days would make it days 76.7 and 93.3.
  for (const auto& [survived, recovered] :
       std::vector<std::pair<double, double>>{{10, 35}, {20, kNever}, {kNever, 45}}) {
    Outcome outcome;
    outcome.survived = survived;
    outcome.recovered = recovered;
    result.outcomes.push_back(outcome);
  }
  result.survived = {.restricted_mean = {.mean = 230 / 3.0, .n = 3}, .share = 1 / 3.0};
  result.recovered = {.restricted_mean = {.mean = 280 / 3.0, .n = 3}, .share = 1 / 3.0};
  std::vector<std::pair<double, std::string>> told;
  for (const Moment& m : timeline(*model, disruption::DisruptionSpec{}, result)) told.emplace_back(m.day, m.words);
  EXPECT_THAT(told, ElementsAre(Pair(0, "fire strikes"), Pair(15, "customers feel it"), Pair(30, "it is over"),
                                Pair(40, "service is restored")));
}

}  // namespace
}  // namespace tierworks::experiments
