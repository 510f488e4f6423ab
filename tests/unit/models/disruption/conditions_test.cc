// Shocks that wait for a stock or a load, by hand: looked at once a day, after the demand of that day.
#include <algorithm>
#include <string>

#include <gtest/gtest.h>

#include "models/world/message_links.h"
#include "tests/support/simulate.h"

namespace tierworks::disruption {
namespace {

// Orders of the only stream in the whole run, and units ordered.
std::uint64_t orders_of(const world::Model& model) {
  world::Simulation run(model);
  run.start(1, 0);
  run.finish();
  return run.customers_seen().at(0).orders;
}

// A base stock of 12 (10 on hand, 2 on the way) whose mill stands from day 10 to day 40.
std::string shop(const std::string& panic, const std::string& time = "{horizon: 26 d}") {
  return "\ntierworks: 1\ntime: " + time + R"(
items: {part: {value: 10}}
sites:
  mill: {sells: {part: {}}}
  shop:
    buys: {part: {from: mill, transit: 2 d, order_time: 0}}
    stock: {part: {level: 12}}
demand: {at: shop, item: part, orders: every 1 d}
disruptions:
  fire: {hits: site mill, at: 10 d, for: 30 d}
  panic: )" +
         panic + "\n";
}

TEST(Condition, AStockBelowForTwoDaysStrikesAndStrikesAgain) {
  // What is there is 10 on the evening of day 11, then 9, 8, 7, 6, and 5 on day 16: below 6 on the evenings of days 16, 17 and
  // 18, so it strikes on day 18.5 and lasts until 21.5: three orders on days 19 to 21. On the evening of day 22 it is so again,
  // which strikes at 24.5. So days 19, 20, 21 and 25 order three each.
  const std::string when = "when: {of: stock shop/part, below: 6, for: 2 d, after: 12 h}";
  const auto run = tests::simulate_text(shop("{hits: demand demand, demand: 300 %, for: 3 d, " + when + "}"));
  EXPECT_DOUBLE_EQ(run("demand") * 26, 26 + 4 * 2);
  // Looked at every other day from day 2 on: 16 and 18.
  const auto seldom = tests::simulate_text(shop(
      "{hits: demand demand, demand: 300 %, for: 30 d, when: {of: stock shop/part, below: 6, for: 2 d, every: 2 d}}"));
  EXPECT_DOUBLE_EQ(seldom("demand") * 26, 26 + 7 * 2);
  // From the first look on, if nothing is said: struck an hour later.
  const auto at_once = tests::simulate_text(
      shop("{hits: demand demand, demand: 300 %, for: 30 d, when: {of: stock shop/part, below: 6}}"));
  EXPECT_DOUBLE_EQ(at_once("demand") * 26, 26 + 9 * 2);
  const auto never = tests::simulate_text(
      shop("{hits: demand demand, demand: 300 %, for: 30 d, when: {of: stock shop/part, below: 6, for: 12 d}}"));
  EXPECT_DOUBLE_EQ(never("demand") * 26, 26);
}

// Two cars a day, ten hours each: a load of 20 / 24. Nobody orders while it is thought to be too much.
std::string plant(const std::string& above, const std::string& time) {
  return "\ntierworks: 1\ntime: " + time + R"(
items: {car: {}}
sites:
  plant: {lines: {bench: {}}, makes: {car: {line: bench, time: 10 h}}}
demand: {at: plant, item: car, orders: every 1 d, size: 2}
disruptions:
  too_much: {hits: demand demand, demand: 0 %, for: 3 d, when: {of: line plant/bench, above: )" +
         above + ", for: 2 d}}\n";
}

TEST(Condition, ALoadAboveForTwoDaysStrikes) {
  // Above on days 0 and 1: it strikes at 2 d 1 h until 5 d 1 h, so days 3, 4 and 5 order nothing. Above again on days 6 and 7: days
  // 9, 10 and 11 order nothing.
  EXPECT_EQ(orders_of(*tests::model_of_text(plant("80 %", "{horizon: 12 d}"))), 6U);
  // The load is counted anew when measuring begins, which changes nothing in what is seen of it.
  EXPECT_EQ(orders_of(*tests::model_of_text(plant("80 %", "{warm_up: 36 h, horizon: 252 h}"))), 6U);
  EXPECT_EQ(orders_of(*tests::model_of_text(plant("84 %", "{horizon: 12 d}"))), 12U);
}

TEST(Condition, IsToldFromPlaceToPlace) {
  std::string yaml = shop("{hits: site mill, for: 3 d, when: {of: stock shop/part, below: 6, after: 5 h}}");
  yaml.replace(yaml.find("order_time: 0"), 13, "order_time: 6 h");
  const auto model = tests::model_of_text(yaml);
  const auto links = world::message_links(*model, world::flow_of(*model));
  const auto told = [](const world::MessageLink& link) { return std::string(link.what) == "word of a disruption"; };
  ASSERT_EQ(std::count_if(links.begin(), links.end(), told), 1);
  const auto link = *std::find_if(links.begin(), links.end(), told);
  EXPECT_EQ(link.from, 1U);
  EXPECT_EQ(link.to, 0U);
  EXPECT_EQ(link.least_ticks, (core::kHour * 5).ticks);
  const world::RunResult whole = world::Simulation(*model).run(2, 0);
  const world::RunPlan plan{.parts = 2, .part_of = {0, 1}, .lookahead = core::kHour * 5, .threads = 2};
  EXPECT_EQ(world::Simulation(*model, plan).run(2, 0).fingerprint, whole.fingerprint);
}

TEST(Condition, GoesOnInAForkAndFromBytes) {
  const auto model = tests::model_of_text(
      shop("{hits: demand demand, demand: 300 %, for: 3 d, when: {of: stock shop/part, below: 6, for: 2 d}}"));
  const world::RunResult whole = world::Simulation(*model).run(1, 0);
  world::Simulation base(*model), branch(*model), read(*model);
  base.start(1, 0);
  base.run_to(core::Instant{0} + core::kDay * 18);
  branch.fork_from(base);
  ASSERT_TRUE(read.from_bytes(base.to_bytes()));
  EXPECT_EQ(branch.finish().fingerprint, whole.fingerprint);
  EXPECT_EQ(read.finish().fingerprint, whole.fingerprint);
}

}  // namespace
}  // namespace tierworks::disruption
