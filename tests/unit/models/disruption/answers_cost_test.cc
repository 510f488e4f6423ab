// What answers to disruptions cost in a run, and what is lost by those that slow nothing, by hand: 100 days are measured from day
// 50 on.
#include <string>

#include <gtest/gtest.h>

#include "tests/support/simulate.h"

namespace tierworks::disruption {
namespace {

tests::Ran with(const std::string& shocks) {
  return tests::simulate_text(R"(
tierworks: 1
time: {warm_up: 50 d, horizon: 100 d}
items: {part: {value: 10}}
sites:
  mill: {sells: {part: {}}}
  other: {sells: {part: {}}}
  shop: {buys: {part: {from: mill, transit: 2 d, order_time: 0}}, stock: {part: {level: 40}}}
demand: {web: {at: shop, item: part, orders: every 1 d, price: 15}}
disruptions:
)" + shocks);
}

std::string fire(const std::string& when, const std::string& costs) {
  return "  fire: {hits: site mill, " + when +
         "for: 2 d, answers: {second: {add_source: other, item: part, transit: 2 d" + costs + "}}}\n";
}

const char* const kCosts = ", cost: 500, cost_per_year: 730";

TEST(CostOfAnswers, IsPaidForEachStrikeAndForTheYear) {
  const tests::Ran paid = with(fire("at: 60 d, ", kCosts)), free = with(fire("at: 60 d, ", ""));
  EXPECT_DOUBLE_EQ(paid("cost_answers"), (500 + 730 * 100 / 365.0) / 100);
  EXPECT_NEAR(paid("total_cost") - free("total_cost"), 7, 1e-9);
  EXPECT_NEAR(paid("profit") - free("profit"), -7, 1e-9);
  EXPECT_EQ(paid.result.fingerprint, free.result.fingerprint);
  EXPECT_ANY_THROW(free("cost_answers"));
  // Before the measured time it is ready all the same.
  EXPECT_DOUBLE_EQ(with(fire("at: 40 d, ", kCosts))("cost_answers"), 2);
  // 30 d from the end of one to the next: on days 30, 62, 94 and 126.
  EXPECT_DOUBLE_EQ(with(fire("at: every 30 d, ", kCosts))("cost_answers"), 3 * 5 + 2);
}

TEST(CostOfAnswers, IsPaidForWhatFollowsAndNotForWhatIsOnlyTried) {
  EXPECT_ANY_THROW(with(fire("", kCosts))("cost_answers"));
  const tests::Ran chained =
      with("  quake: {hits: site shop, at: 70 d, for: 1 d, then: {fire: {after: 3 d}}}\n" + fire("", kCosts));
  EXPECT_DOUBLE_EQ(chained("cost_answers"), 7);
}

TEST(Losses, OfWhatIsNotSlowedAreBegunAnew) {
  // A press makes a box in 10 h, one a day at 0 h. On day 60 the one in work since 0 h is lost at 5 h, and begun anew with another part: it is done
  // at 15 h. The shock slows nothing, or freight only.
  for (const char* how : {"capacity: 100 %", "lead_time: 150 %"}) {
    const tests::Ran ran = tests::simulate_text(R"(
tierworks: 1
time: {warm_up: 50 d, horizon: 100 d}
items: {part: {}, box: {bom: {part: 1}}}
sites:
  mill: {sells: {part: {}}}
  plant:
    buys: {part: {from: mill, transit: 1 d, order_time: 0}}
    lines: {press: {}}
    makes: {box: {line: press, time: 10 h}}
    stock: {part: {level: 9}}
demand: {at: plant, item: box, orders: every 1 d}
disruptions: {jam: {hits: site plant, at: 1445 h, for: 1 h, lost: {work_in_process: 100 %}, )" +
                                                std::string(how) + "}}\n");
    EXPECT_NEAR(ran("order_lead_time"), 10 + 5 / 100.0, 1e-9) << how;
  }
}

}  // namespace
}  // namespace tierworks::disruption
