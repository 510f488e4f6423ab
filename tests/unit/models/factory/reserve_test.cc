// Machines that are kept free for super-hot lots, by hours that can be followed by hand.
#include "models/factory/reserve.h"

#include <string>

#include <gmock/gmock.h>

#include "tests/support/simulate.h"

namespace tierworks::factory {
namespace {

using testing::HasSubstr;
using tests::goes_on_alike;
using tests::mistakes_of_text;
using tests::model_of_text;
using tests::Ran;
using tests::simulate_text;

// A hot lot is sawn for 2 h and then milled for 1 h; another lot, milled for 4 h, comes to the mill an hour after the hot one
// came to the saw.
std::string shop(const std::string& reserve, const std::string& mill = "{}", const std::string& site = "",
                 const std::string& others = "count: 1, from: 1 h") {
  return R"(tierworks: 1
time: {horizon: 20 h}
sites:
  shop:
    dispatch: [priority, fifo]
)" + site +
         "    work_centres: {saw: {}, mill: " + mill + R"(}
    routings:
      hot: {operations: {sawing: {work_centre: saw, time: 2 h}, milling: {work_centre: mill, time: 1 h}}}
      other: {operations: {milling: {work_centre: mill, time: 4 h}}}
    releases:
      hot: {routing: hot, count: 1, priority: 1)" +
         reserve + "}\n      other: {routing: other, " + others + "}\n";
}

TEST(Reserve, KeepsTheNextMachineForAHotLot) {
  // Kept by nobody: the other lot is milled from 1 to 5 h, the hot one from 5 to 6 h.
  const Ran plain = simulate_text(shop(""));
  EXPECT_DOUBLE_EQ(plain("cycle_time", "product:hot"), 6);
  EXPECT_DOUBLE_EQ(plain("cycle_time", "product:other"), 4);
  // Kept from 0.5 h on: the hot one is milled from 2 to 3 h, the other one from 3 to 7 h.
  const Ran kept = simulate_text(shop(", reserve: 1.5 h"));
  EXPECT_DOUBLE_EQ(kept("cycle_time", "product:hot"), 3);
  EXPECT_DOUBLE_EQ(kept("cycle_time", "product:other"), 6);
  EXPECT_DOUBLE_EQ(kept("queue_time", "work_centre:shop/mill"), 1);  // 2 h of the other lot, by two
  EXPECT_DOUBLE_EQ(kept("starved", "work_centre:shop/mill"), 15.0 / 20);
  // From 1.5 h on is too late: the machine has begun with the other lot.
  EXPECT_DOUBLE_EQ(simulate_text(shop(", reserve: 30 min"))("cycle_time", "product:hot"), 6);
  // From before the operation began is from its begin.
  EXPECT_DOUBLE_EQ(simulate_text(shop(", reserve: 10 d"))("cycle_time", "product:hot"), 3);
}

TEST(Reserve, KeepsAsManyMachinesAsLotsCome) {
  // Of two mills one is kept: one of two others goes at 1 h, the second at 3 h behind the hot lot.
  const Ran kept = simulate_text(shop(", reserve: 2 h", "{machines: 2}", "", "count: 2, from: 1 h"));
  EXPECT_DOUBLE_EQ(kept("cycle_time", "product:hot"), 3);
  EXPECT_DOUBLE_EQ(kept("cycle_time", "product:other"), (4.0 + 6) / 2);
}

TEST(Reserve, LastsThroughTransport) {
  // The hot lot comes at 4 h; the other one is milled behind it, from 5 to 9 h.
  const Ran kept = simulate_text(shop(", reserve: 2 h", "{}", "    transport: 2 h\n"));
  EXPECT_DOUBLE_EQ(kept("cycle_time", "product:hot"), 5);
  EXPECT_DOUBLE_EQ(kept("cycle_time", "product:other"), 8);
}

TEST(Reserve, EndsWhereTheLotIsLostOrGoesElsewhere) {
  const auto ways = [](const std::string& sawing) {
    std::string text = shop(", reserve: 2 h");
    text.replace(text.find("time: 2 h}"), 10, "time: 2 h, " + sawing + "}");
    return simulate_text(text);
  };
  // It leaves at 2 h, and the other one is milled from 2 to 6 h.
  EXPECT_DOUBLE_EQ(ways("then: {leave: 100 %}")("cycle_time", "product:other"), 5);
  EXPECT_DOUBLE_EQ(ways("scrap: 99.99999999 %")("cycle_time", "product:other"), 5);
}

TEST(Reserve, IsOfTheOnlyMachineThatMayDoIt) {
  // The hot lot comes back to its own mill, here the first one, after an hour at the saw; the second mill is free for others.
  const auto shop_of = [](const std::string& reserve) {
    return simulate_text(R"(tierworks: 1
time: {horizon: 20 h}
sites:
  shop:
    dispatch: [priority, fifo]
    work_centres: {saw: {}, mill: {machines: 2}}
    routings:
      hot:
        operations:
          first: {work_centre: mill, time: 1 h, same_machine_at: [second]}
          sawing: {work_centre: saw, time: 2 h}
          second: {work_centre: mill, time: 1 h}
      other: {operations: {milling: {work_centre: mill, time: 3 h}}}
    releases:
      hot: {routing: hot, count: 1, priority: 1)" +
                         reserve + R"(}
      other: {routing: other, count: 3, from: 2 h}
)");
  };
  // Others from 2 to 5 h at both mills, and the third from 5 h to 8 h behind the hot lot at the one or at the other mill.
  EXPECT_DOUBLE_EQ(shop_of("")("cycle_time", "product:hot"), 6);
  EXPECT_DOUBLE_EQ(shop_of("")("cycle_time", "product:other"), (3.0 + 3 + 6) / 3);
  // Kept, the first mill stands until 3 h and is done at 4 h; then it takes an other lot until 7 h; the second mill does the
  // others from 2 to 5 and 5 to 8 h.
  const Ran kept = shop_of(", reserve: 2 h");
  EXPECT_DOUBLE_EQ(kept("cycle_time", "product:hot"), 4);
  EXPECT_DOUBLE_EQ(kept("cycle_time", "product:other"), (3.0 + 5 + 6) / 3);
}

TEST(Reserve, NeedsClassesThatGoFirst) {
  const auto mistakes = [](const std::string& from, const std::string& to) {
    std::string text = shop(", reserve: 2 h");
    text.replace(text.find(from), from.size(), to);
    return mistakes_of_text(text);
  };
  EXPECT_THAT(mistakes("[priority, fifo]", "fifo"),
              HasSubstr("got `reserve`, but work centre \"saw\" does not put classes first; expected `dispatch: "
                        "[priority, ...]` there"));
  EXPECT_THAT(mistakes(", priority: 1", ""), HasSubstr("got `reserve` without a `priority`"));
  EXPECT_THAT(mistakes("from: 1 h}", "from: 1 h, priority: 1}"),
              HasSubstr("got `reserve` for lots of priority 1, but those of \"other\" have 1"));
  EXPECT_THAT(mistakes("mill: {}", "mill: {buffer: 3}"), HasSubstr("got `reserve` and a `buffer`"));
  EXPECT_THAT(mistakes("saw, time: 2 h", "saw, time: 2 h, split: 2"),
              HasSubstr("got `reserve` and a routing with `split`"));
}

TEST(Reserve, ChoosesAmongOtherWaysWhenAMachineIsKept) {
  // The hot lot can be milled for 1 h or turned for 90 min. When it is sawn, both have nothing to do, so that a mill is kept from
  // then on; the other lot waits for it from 1 h to 3 h, is milled until 7 h, and the lathe does nothing.
  const auto text = [](const std::string& reserve) {
    std::string shop_text = shop(reserve, "{}");
    const auto put = [&](const std::string& from, const std::string& to) {
      shop_text.replace(shop_text.find(from), from.size(), to);
    };
    put("mill: {}", "mill: {}, lathe: {}");
    put("work_centre: mill, time: 1 h", "work_centre: mill, time: 1 h, alternatives: {lathe: {time: 90 min}}");
    return shop_text;
  };
  const Ran kept = simulate_text(text(", reserve: 10 h"));
  EXPECT_DOUBLE_EQ(kept("cycle_time", "product:hot"), 3);
  EXPECT_DOUBLE_EQ(kept("cycle_time", "product:other"), 6);
  EXPECT_DOUBLE_EQ(kept("busy", "work_centre:shop/lathe"), 0);
  // Nothing kept: at 2 h the mill has still 3 h to do, so that the lathe takes the hot lot.
  const Ran plain = simulate_text(text(""));
  EXPECT_DOUBLE_EQ(plain("cycle_time", "product:hot"), 3.5);
  EXPECT_DOUBLE_EQ(plain("cycle_time", "product:other"), 4);
  EXPECT_DOUBLE_EQ(plain("busy", "work_centre:shop/lathe"), 1.5 / 20);
}

TEST(Reserve, GoesOnTheSameAfterAForkAndFromBytes) {
  const auto model = model_of_text(R"(tierworks: 1
time: {horizon: 3000 h}
sites:
  shop:
    dispatch: [priority, setup_avoidance, spt]
    transport: uniform 5 min to 30 min
    work_centres: {saw: {machines: 2}, mill: {machines: 3, setup: 20 min}, dry: {delay: true}, bench: {machines: 2}}
    routings:
      part:
        operations:
          cutting: {work_centre: saw, time: exponential 1 h}
          milling: {work_centre: mill, time: exponential 80 min, setup: a, scrap: 5 %, same_machine_at: [again]}
          drying: {work_centre: dry, time: 3 h}
          again: {work_centre: mill, time: exponential 30 min, setup: b, then: {cutting: 10 %}}
          packing: {work_centre: bench, time: 40 min, share: 80 %, alternatives: {saw: {time: 1 h}}}
    releases:
      parts: {routing: part, lots: poisson 20 / d}
      hot: {routing: part, lots: poisson 2 / d, priority: 1, reserve: 1 h}
)");
  EXPECT_EQ(goes_on_alike(*model, core::Instant{41 * core::kDay.ticks}), "");
}

}  // namespace
}  // namespace tierworks::factory
