// Alternative ways to make something, kits, change-overs and campaigns, by scenarios whose numbers can be followed by hand.
#include <string>

#include <gtest/gtest.h>

#include "models/world/outlook.h"
#include "tests/support/simulate.h"

namespace tierworks::production {
namespace {

using tests::Ran;
using tests::simulate_text;

// A part made by either of two lines, ordered once by each of three customers.
Ran two_lines(const std::string& makes, const std::string& first, const std::string& second, const std::string& third,
              const std::string& more = "") {
  return simulate_text(R"(
tierworks: 1
time: {horizon: 20 d}
items: {part: {}}
sites:
  plant:
    lines: {fast: {}, slow: {}}
    makes: {part: )" + makes +
                       R"(}
demand:
  first: {at: plant, item: part, class: first, orders: every 100 d from )" +
                       first + R"(}
  second: {at: plant, item: part, class: second, orders: every 100 d from )" +
                       second + R"(}
  third: {at: plant, item: part, class: third, orders: every 100 d from )" +
                       third + "}\n" + more);
}

TEST(Alternatives, ByPriorityTakeTheNextLineWhenTheFirstIsBusy) {
  // Fast until 2 h; slow from 1 h to 6 h; then both are busy, and who comes at 1.5 h waits for the first: until 4 h. Goods go to
  // who has waited longest.
  const Ran run =
      two_lines("{line: fast, time: 2 h, alternatives: {old: {line: slow, time: 5 h}}}", "0 h", "1 h", "1.5 h");
  EXPECT_DOUBLE_EQ(run("order_lead_time", "class:first"), 2);
  EXPECT_DOUBLE_EQ(run("order_lead_time", "class:second"), 4 - 1);
  EXPECT_DOUBLE_EQ(run("order_lead_time", "class:third"), 6 - 1.5);
  EXPECT_DOUBLE_EQ(run("utilisation", "work_centre:plant/fast"), 4 / 480.0);
  EXPECT_DOUBLE_EQ(run("utilisation", "work_centre:plant/slow"), 5 / 480.0);
}

TEST(Alternatives, AreTakenWhenALineStands) {
  const Ran run = two_lines("{line: fast, time: 2 h, alternatives: {old: {line: slow, time: 5 h}}}", "1 d", "3 d",
                            "5 d", "disruptions: {fire: {hits: line plant/fast, at: 2 d, for: 2 d}}\n");
  EXPECT_DOUBLE_EQ(run("order_lead_time", "class:first"), 2);
  EXPECT_DOUBLE_EQ(run("order_lead_time", "class:second"), 5);
  EXPECT_DOUBLE_EQ(run("order_lead_time", "class:third"), 2);
}

TEST(Alternatives, HaveTheirDates) {
  const Ran run = two_lines(
      "{line: fast, time: 2 h, valid_until: 4 d, alternatives: {new: {line: slow, time: 5 h, valid_from: 4 d}}}", "1 d",
      "4 d", "6 d");
  EXPECT_DOUBLE_EQ(run("order_lead_time", "class:first"), 2);
  EXPECT_DOUBLE_EQ(run("order_lead_time", "class:second"), 5);
  EXPECT_DOUBLE_EQ(run("order_lead_time", "class:third"), 5);
}

TEST(Alternatives, ByLoadTakeTheLineWithTheLeastWork) {
  // 3 h on the first line; then 1 h against 4 h, 2 h against 4 h and 3 h against 4 h: all three on the second. Units come at 1 h,
  // 2 h and 3 h from the first and at 1.1 h, 2.1 h and 3.1 h from the second, and go to who has waited longest.
  const Ran run = simulate_text(R"(
tierworks: 1
time: {horizon: 10 d}
items: {part: {}}
sites:
  plant:
    lines: {a: {}, b: {}}
    makes: {part: {line: a, time: 1 h, choose: least_load, alternatives: {b: {line: b}}}}
demand:
  large: {at: plant, item: part, orders: every 100 d, size: 3}
  one: {at: plant, item: part, class: one, orders: every 100 d from 6 min}
  two: {at: plant, item: part, class: two, orders: every 100 d from 12 min}
  three: {at: plant, item: part, class: three, orders: every 100 d from 18 min}
)");
  EXPECT_NEAR(run("order_lead_time", "class:one"), 2.1 - 0.1, 1e-9);
  EXPECT_NEAR(run("order_lead_time", "class:two"), 3 - 0.2, 1e-9);
  EXPECT_NEAR(run("order_lead_time", "class:three"), 3.1 - 0.3, 1e-9);
  EXPECT_DOUBLE_EQ(run("utilisation", "work_centre:plant/a"), 3 / 240.0);
  EXPECT_DOUBLE_EQ(run("utilisation", "work_centre:plant/b"), 3 / 240.0);
}

TEST(Alternatives, MayHaveABillOfTheirOwn) {
  // One chip of the new kind is there; who comes second takes two of the old kind, of ten, at 48 h.
  const Ran run = simulate_text(R"(
tierworks: 1
time: {horizon: 10 d}
items: {new_chip: {}, old_chip: {}, box: {bom: {new_chip: 1}}}
sites:
  fab: {sells: {new_chip: {quoted: 100 d}, old_chip: {quoted: 100 d}}}
  plant:
    buys: {new_chip: {from: fab}, old_chip: {from: fab}}
    makes: {box: {time: 1 h, alternatives: {redesign: {bom: {old_chip: 2}, time: 3 h}}}}
    stock: {new_chip: {level: 1}, old_chip: {level: 10}}
demand:
  first: {at: plant, item: box, class: first, orders: every 100 d}
  second: {at: plant, item: box, class: second, orders: every 100 d from 2 d}
)");
  EXPECT_DOUBLE_EQ(run("order_lead_time", "class:first"), 1);
  EXPECT_DOUBLE_EQ(run("order_lead_time", "class:second"), 3);
  EXPECT_DOUBLE_EQ(run("on_hand", "item:old_chip"), (2 * 10 + 8 * 8) / 10.0);
}

// A box of a panel and a screw, an order of `size` at the start; the panels come after 10 h, screws are there.
Ran boxes(const std::string& makes, const std::string& size, const std::string& panels = "{}",
          const std::string& screws_quoted = "100 d", const std::string& more = "") {
  return simulate_text(R"(
tierworks: 1
time: {horizon: 10 d}
items: {panel: {}, screw: {}, box: {bom: {panel: 1, screw: 1}}}
sites:
  near: {sells: {screw: {quoted: )" +
                       screws_quoted + R"(}}}
  far: {sells: {panel: {}}}
  plant:
    buys: {panel: {from: far, transit: 9 h}, screw: {from: near}}
    lines: {bench: {}}
    makes: {box: )" + makes +
                       R"(}
    stock: {screw: {level: 10}, panel: )" +
                       panels + R"(}
demand: {at: plant, item: box, orders: every 100 d, size: )" +
                       size + "}\n" + more);
}

TEST(Kit, OfTheWholeOrderMustBeThere) {
  // Three of five panels are there, and yet nothing is begun before the others come.
  const Ran by_batch = boxes("{line: bench, time: 2 h, start: each_batch}", "5", "{level: 3}");
  EXPECT_DOUBLE_EQ(by_batch("order_lead_time"), 14);
  const Ran run = boxes("{line: bench, time: 2 h, start: full_kit}", "5", "{level: 3}");
  EXPECT_DOUBLE_EQ(run("order_lead_time"), 20);
  EXPECT_DOUBLE_EQ(run("clear_to_build"), 0);
  EXPECT_DOUBLE_EQ(run("short_items"), 1);  // of two components
  EXPECT_DOUBLE_EQ(run("utilisation"), 10 / 240.0);
}

TEST(Kit, APartOfItIsEnoughToBeginButNotToEnd) {
  // Begun at 0: the work of 4 h is done at 4 h, and the server waits for the panel until 10 h.
  const Ran run = boxes("{line: bench, time: 4 h, start: 50 % kit}", "1");
  EXPECT_DOUBLE_EQ(run("order_lead_time"), 10);
  EXPECT_DOUBLE_EQ(run("utilisation"), 10 / 240.0);
  EXPECT_DOUBLE_EQ(run("on_hand", "item:screw"), (10 * 10 + 9 * 230) / 240.0);  // taken when the box is done
  EXPECT_DOUBLE_EQ(boxes("{line: bench, time: 14 h, start: 50 % kit}", "1")("order_lead_time"), 14);
  EXPECT_DOUBLE_EQ(boxes("{line: bench, time: 4 h, start: full_kit}", "1")("order_lead_time"), 14);
  EXPECT_DOUBLE_EQ(boxes("{line: bench, time: 4 h, start: 60 % kit}", "1")("order_lead_time"), 14);  // two of two
  EXPECT_DOUBLE_EQ(boxes("{line: bench, time: 12 h, start: any}", "1", "{}")("order_lead_time"), 12);
  // A whole order at once: 3 x 2 h of work, then the panels are there as well.
  EXPECT_DOUBLE_EQ(boxes("{line: bench, time: 2 h, start: any}", "3")("order_lead_time"), 10);
}

TEST(Kit, ThatIsLostBesideTheLineIsWaitedForOnceMore) {
  // The work is done at 4 h; at 5 h all screws are lost, that of the order too. The next one was ordered at 0 and comes after
  // 1 h + 20 h + 1 min.
  const std::string fire =
      "disruptions: {fire: {hits: site plant, at: 5 h, for: 1 h, lost: {stock: 100 %, work_in_process: 100 %}}}\n";
  const Ran run = boxes("{line: bench, time: 4 h, start: 50 % kit}", "1", "{}", "20 h", fire);
  EXPECT_DOUBLE_EQ(run("order_lead_time"), 21 + 1 / 60.0);
  EXPECT_DOUBLE_EQ(run("utilisation"), (21 + 1 / 60.0) / 240);
  // Still in work at 5 h, it is begun anew when the panel comes at 10 h; the screw is there before the work is done at 22 h.
  const Ran anew = boxes("{line: bench, time: 12 h, start: 50 % kit}", "1", "{}", "20 h", fire);
  EXPECT_DOUBLE_EQ(anew("order_lead_time"), 22);
  EXPECT_DOUBLE_EQ(anew("utilisation"), (5 + 12) / 240.0);
}

TEST(Kit, TellsHowManyWaitingOrdersAreClearToBuild) {
  // Both orders have their kits; the second waits 2 h for the line. A third one, at 100 h, waits 10 h for its panel.
  const Ran run = simulate_text(R"(
tierworks: 1
time: {horizon: 10 d}
items: {panel: {}, screw: {}, box: {bom: {panel: 1, screw: 1}}}
sites:
  near: {sells: {screw: {quoted: 100 d}}}
  far: {sells: {panel: {}}}
  plant:
    buys: {panel: {from: far, transit: 9 h}, screw: {from: near}}
    lines: {bench: {}}
    makes: {box: {line: bench, time: 2 h, start: full_kit}}
    stock: {screw: {level: 10}, panel: {initial: 2, on_demand: true}}
demand:
  a: {at: plant, item: box, orders: every 100 d}
  b: {at: plant, item: box, orders: every 100 d}
)");
  EXPECT_DOUBLE_EQ(run("clear_to_build"), 1);
  EXPECT_DOUBLE_EQ(run("short_items"), 0);
}

// Red and white parts of an hour each, on one line: red at 0, white at 6 min, red at 12 min.
Ran colours(const std::string& line) {
  return simulate_text(R"(
tierworks: 1
time: {horizon: 10 d}
items: {red: {}, white: {}}
sites:
  plant:
    lines: {press: )" + line +
                       R"(}
    makes: {red: {line: press, time: 1 h}, white: {line: press, time: 1 h}}
demand:
  one: {at: plant, item: red, class: one, orders: every 100 d}
  two: {at: plant, item: white, class: two, orders: every 100 d from 6 min}
  three: {at: plant, item: red, class: three, orders: every 100 d from 12 min}
)");
}

TEST(ChangeOver, ComesBetweenBatchesOfTwoProducts) {
  const Ran run = colours("{change_over: 30 min}");
  EXPECT_NEAR(run("order_lead_time", "class:one"), 1, 1e-9);
  EXPECT_NEAR(run("order_lead_time", "class:two"), 2.5 - 0.1, 1e-9);
  EXPECT_NEAR(run("order_lead_time", "class:three"), 4 - 0.2, 1e-9);
  EXPECT_DOUBLE_EQ(run("setups", "work_centre:plant/press"), 2);
  EXPECT_DOUBLE_EQ(run("setup", "work_centre:plant/press"), 1 / 240.0);
  EXPECT_DOUBLE_EQ(run("utilisation"), 4 / 240.0);
}

TEST(ChangeOver, MayDependOnTheProductBefore) {
  const Ran run = colours("{change_over: {red: {white: 2 h}, any: {red: 15 min}}}");
  EXPECT_NEAR(run("order_lead_time", "class:one"), 1.25, 1e-9);
  EXPECT_NEAR(run("order_lead_time", "class:two"), 4.25 - 0.1, 1e-9);
  EXPECT_NEAR(run("order_lead_time", "class:three"), 5.5 - 0.2, 1e-9);
}

TEST(Campaign, GoesOnWithTheProductThatTheLineIsSetUpFor) {
  for (const std::string campaign : {"2 batches", "90 min"}) {
    const Ran run = colours("{change_over: 30 min, campaign: " + campaign + "}");
    EXPECT_NEAR(run("order_lead_time", "class:three"), 2 - 0.2, 1e-9);
    EXPECT_NEAR(run("order_lead_time", "class:two"), 3.5 - 0.1, 1e-9);
    EXPECT_DOUBLE_EQ(run("setups", "work_centre:plant/press"), 1);
  }
}

TEST(ChangeOver, IsOfEachServer) {
  // Two servers: one is set up for red and one for white, so nobody changes over.
  const Ran run = colours("{servers: 2, change_over: 30 min}");
  EXPECT_NEAR(run("order_lead_time", "class:three"), 2 - 0.2, 1e-9);
  EXPECT_DOUBLE_EQ(run("setups", "work_centre:plant/press"), 0);
}

}  // namespace
}  // namespace tierworks::production
