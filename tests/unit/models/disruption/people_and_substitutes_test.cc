// Operators who stay away, a work centre that is watched, and substitutes that come as an answer, followed by hand.
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/simulate.h"

namespace tierworks::disruption {
namespace {

using testing::HasSubstr;
using tests::goes_on_alike;
using tests::mistakes_of_text;
using tests::model_of_text;
using tests::simulate_text;

std::string welders(const std::string& disruption) {
  return R"(tierworks: 1
time: {horizon: 20 d}
sites:
  shop:
    operators: {welder: 4}
    work_centres: {bench: {machines: 4}}
    routings: {part: {operations: {weld: {work_centre: bench, operator: welder, time: 1 d}}}}
    releases: {parts: {routing: part, lots: every 6 h}}
disruptions: {flu: {hits: )" +
         disruption + "}}\n";
}

TEST(People, EndWhatTheyAreAtAndStayAway) {
  // All four are at work when two fall ill on day 4, who go as lots end: there and then, and 6 h later. From day 12 on four work again.
  const double usual = 16 - 1.5, ill = 3 * 0.25 + 2 * 7.75, again = 32;
  const std::string all = welders("people shop, capacity: 50 %, for: 8 d, at: 4 d");
  EXPECT_DOUBLE_EQ(simulate_text(all)("operator_use", "operator:shop/welder"), (usual + ill + again) / 80);
  const std::string one = welders("people shop/welder, capacity: 50 %, for: 8 d, at: 4 d");
  EXPECT_DOUBLE_EQ(simulate_text(one)("operator_use", "operator:shop/welder"), (usual + ill + again) / 80);
  EXPECT_EQ(goes_on_alike(*model_of_text(one), core::Instant{5 * core::kDay.ticks}), "");
}

TEST(People, ComeBackStepByStep) {
  // None from day 4 on, when the last go at 4.75 d; two from day 8, four from day 12.
  const std::string text =
      welders("people shop, capacity: 0 %, for: 4 d, at: 4 d, recovery: stepwise 50 % 0 d 100 % 4 d");
  const double usual = 16 - 1.5, going = (3 + 2 + 1) * 0.25, half = 2 * 4, again = 32;
  EXPECT_DOUBLE_EQ(simulate_text(text)("operator_use", "operator:shop/welder"), (usual + going + half + again) / 80);
}

TEST(People, MustBeThere) {
  EXPECT_THAT(mistakes_of_text(welders("people shop/welders, for: 8 d")),
              HasSubstr("no `operators` at the shop floor"));
  EXPECT_THAT(mistakes_of_text(welders("people shop, yield: 50 %, for: 8 d")),
              HasSubstr("it moves nothing of what it hits"));
}

TEST(Watches, LookAtTheLoadOfAWorkCentre) {
  // Half loaded, so more than 40 % at two daily looks: it stands from 2.25 to 3.25 d.
  const auto run = simulate_text(R"(tierworks: 1
time: {horizon: 4 d}
sites:
  shop:
    work_centres: {saw: {}}
    routings: {part: {operations: {cut: {work_centre: saw, time: 6 h}}}}
    releases: {parts: {routing: part, lots: every 12 h}}
disruptions: {worn: {hits: line shop/saw, for: 1 d, when: {of: line shop/saw, above: 40 %, for: 2 d, after: 6 h}}}
)");
  EXPECT_DOUBLE_EQ(run("down", "work_centre:shop/saw"), 0.25);
}

std::string cafe(const std::string& answer) {
  return R"(tierworks: 1
time: {horizon: 20 d}
items: {coffee: {}, tea: {}}
sites:
  mill: {sells: {coffee: {}, tea: {}}}
  shop:
    buys: {coffee: {from: mill, transit: 0, order_time: 0}, tea: {from: mill, transit: 0, order_time: 0}}
    stock: {coffee: {level: 1}, tea: {level: 1}}
demand: {guests: {at: shop, item: coffee, orders: every 1 d, unmet: lost}}
disruptions:
  frost: {hits: item coffee, at: 132 h, for: 10 d, answers: {tea: {)" +
         answer + "}}}\n";
}

TEST(SubstitutesAsAnswers, AreOfferedToCustomersFromTheAnswerOn) {
  // The last coffee goes on day 6. Two guests leave; from 8.5 d to 15.5 d there is tea for seven.
  const std::string text = cafe("substitute: tea, item: coffee, at: demand guests, after: 3 d");
  const auto run = simulate_text(text);
  EXPECT_DOUBLE_EQ(run("substituted"), 7.0 / 20);
  EXPECT_DOUBLE_EQ(run("fill_rate"), 18.0 / 20);
  EXPECT_EQ(goes_on_alike(*model_of_text(text), core::Instant{10 * core::kDay.ticks}), "");
  const auto refused = simulate_text(cafe("substitute: tea, item: coffee, at: demand guests, accepted: 0 %"));
  EXPECT_DOUBLE_EQ(refused("fill_rate"), 11.0 / 20);
}

std::string boards(const std::string& answer, const std::string& makes = "time: 1 h") {
  return R"(tierworks: 1
time: {horizon: 20 d}
items: {board: {bom: {chip: 1}}, chip: {}, other: {}}
sites:
  fab: {sells: {chip: {}, other: {}}}
  plant:
    buys: {chip: {from: fab, transit: 0, order_time: 0}, other: {from: fab, transit: 0, order_time: 0}}
    makes: {board: {)" +
         makes + R"(}}
    stock: {board: {level: 0}, chip: {level: 1}, other: {level: 1}}
demand: {web: {at: plant, item: board, orders: every 1 d}}
disruptions:
  fire: {hits: item chip, at: 132 h, for: 10 d, answers: {swap: {)" +
         answer + "}}}\n";
}

TEST(SubstitutesAsAnswers, AreBuiltInFromTheAnswerOn) {
  // The board of day 7 waits for its chip until 15.5 d; from 7.5 d on others are made with the substitute, each for the customer of
  // the day before. So eight customers wait for 25 h, that of day 15 for 13 h, the others for the hour that a board takes.
  const std::string text = boards("substitute: other, item: chip, at: site plant, after: 2 d");
  EXPECT_DOUBLE_EQ(simulate_text(text)("backorders"), (8 * 25 + 13 + 11) / 480.0);
  EXPECT_EQ(goes_on_alike(*model_of_text(text), core::Instant{9 * core::kDay.ticks}), "");
  // Nobody has them ready: nine customers wait until 15.5 d and an hour.
  const auto never = simulate_text(boards("substitute: other, item: chip, at: item board, qualified_after: 300 d"));
  double hours = 11;
  for (int day = 7; day <= 15; ++day) hours += (15 - day) * 24 + 13;
  EXPECT_DOUBLE_EQ(never("backorders"), hours / 480);
}

TEST(SubstitutesAsAnswers, ThatCannotBeAreRefused) {
  EXPECT_THAT(mistakes_of_text(boards("substitute: other, at: site plant")), HasSubstr("the key \"item\" is missing"));
  EXPECT_THAT(mistakes_of_text(boards("substitute: chip, item: chip, at: site plant")), HasSubstr("the item itself"));
  EXPECT_THAT(mistakes_of_text(boards("substitute: other, item: board, at: site plant")),
              HasSubstr("nobody under `at` builds in, or orders, \"board\""));
  EXPECT_THAT(mistakes_of_text(boards("substitute: other, item: chip, at: site plant, ramp: linear 1 wk")),
              HasSubstr("got `ramp` beside `substitute`"));
  EXPECT_THAT(mistakes_of_text(boards("substitute: other, item: chip")), HasSubstr("expected one of them"));
  std::string elsewhere = boards("substitute: other, item: chip, at: site plant");
  elsewhere.replace(elsewhere.find(", other: {level: 1}"), 19, "");
  elsewhere.replace(elsewhere.find(", other: {from: fab, transit: 0, order_time: 0}"), 47, "");
  EXPECT_THAT(mistakes_of_text(elsewhere), HasSubstr("needs \"other\", which this site neither buys nor makes"));
}

}  // namespace
}  // namespace tierworks::disruption
