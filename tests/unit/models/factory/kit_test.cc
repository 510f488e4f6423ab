// Lots that are picked before they start, by hours that can be followed by hand.
#include "models/factory/kit.h"

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

// A lot at 0 h, a normal one at 1 h and a hot one later; each is pressed for 10 h.
std::string shop(const std::string& press, const std::string& hot_from, const std::string& setups = ", , ") {
  std::string first = setups.substr(0, setups.find(',')), rest = setups.substr(setups.find(',') + 1);
  const std::string normal = rest.substr(0, rest.find(',')), hot = rest.substr(rest.find(',') + 1);
  const auto routing = [](const std::string& name, const std::string& setup) {
    const std::string state = setup.find_first_not_of(' ') == std::string::npos ? "" : ", setup: " + setup;
    return "      " + name + ": {operations: {pressing: {work_centre: press, time: 10 h" + state + "}}}\n";
  };
  return R"(tierworks: 1
time: {horizon: 100 h}
sites:
  shop:
    dispatch: [setup_avoidance, priority, fifo]
    work_centres: {press: )" +
         press + "}\n    routings:\n" + routing("first", first) + routing("normal", normal) + routing("hot", hot) +
         R"(    releases:
      first: {routing: first, count: 1}
      normal: {routing: normal, count: 1, from: 1 h, priority: 2}
      hot: {routing: hot, count: 1, priority: 1, from: )" +
         hot_from + "}\n";
}

TEST(Kit, FixesTheSequenceBeforeTheStart) {
  // The first lot is picked at 0 h and pressed from 4 to 14 h, so the next one is picked at 10 h. A hot lot that has come by then
  // is it; one that comes at 11 h finds the normal lot picked, which is pressed from 14 to 24 h, and is picked itself at 20 h.
  const Ran before = simulate_text(shop("{kit: 4 h}", "9 h")), behind = simulate_text(shop("{kit: 4 h}", "11 h"));
  EXPECT_DOUBLE_EQ(before("cycle_time", "product:hot"), 24 - 9);
  EXPECT_DOUBLE_EQ(before("cycle_time", "product:normal"), 34 - 1);
  EXPECT_DOUBLE_EQ(behind("cycle_time", "product:normal"), 24 - 1);
  EXPECT_DOUBLE_EQ(behind("cycle_time", "product:hot"), 34 - 11);
  EXPECT_DOUBLE_EQ(behind("busy", "work_centre:shop/press"), 0.3);
  EXPECT_NEAR(behind("queue_length", "work_centre:shop/press") * 100, 4 + 13 + 13, 1e-9);
}

TEST(Kit, OfNoTimeIsNone) {
  const Ran none = simulate_text(shop("{}", "9 h")), zero = simulate_text(shop("{kit: 0 h}", "9 h"));
  EXPECT_DOUBLE_EQ(none("cycle_time", "product:hot"), 20 - 9);
  EXPECT_EQ(none.result.fingerprint, zero.result.fingerprint);
}

TEST(Kit, IsPickedForTheMachineThatIsFreeFirst) {
  // The second machine has nothing to do: the normal lot is picked at 1 h, and pressed from 5 h. The first machine is free at 14 h:
  // the hot lot is picked at 10 h.
  const Ran ran = simulate_text(shop("{machines: 2, kit: 4 h}", "2 h"));
  EXPECT_DOUBLE_EQ(ran("cycle_time", "product:normal"), 15 - 1);
  EXPECT_DOUBLE_EQ(ran("cycle_time", "product:hot"), 24 - 2);
}

TEST(Kit, IsChosenForWhatTheMachineWillBeSetUpFor) {
  // The first lot starts at 4 h, is set up for until 6 h and pressed until 16 h. At 12 h the red lot is picked, as the machine will
  // be red; the blue one at 22 h, which is set up for from 26 to 28 h.
  const Ran ran = simulate_text(shop("{kit: 4 h, setup: 2 h}", "2 h", "red, blue, red"));
  EXPECT_DOUBLE_EQ(ran("cycle_time", "product:hot"), 26 - 2);
  EXPECT_DOUBLE_EQ(ran("cycle_time", "product:normal"), 38 - 1);
}

TEST(Kit, IsPickedBeforeTheShift) {
  // Nobody is there until 6 h, so the next lot is picked at 2 h: the hot one, if it has come. It is pressed from 6 to 16 h.
  const std::string press = "{kit: 4 h, shifts: daily 06:00-17:00}";
  EXPECT_DOUBLE_EQ(simulate_text(shop(press, "90 min"))("cycle_time", "product:hot"), 16 - 1.5);
  // One that comes at 3 h finds the normal lot picked, and begins behind it at 16 h, which is within the shift.
  EXPECT_DOUBLE_EQ(simulate_text(shop(press, "3 h"))("cycle_time", "product:hot"), 26 - 3);
}

// Orders of 6 boards, every 10 d, made in lots of 4 and 2 out of 2 chips each, printed for 1 h each board and placed for 10 h.
std::string maker(const std::string& printer, const std::string& more = "") {
  return R"(tierworks: 1
time: {horizon: 95 d}
items: {chip: {}, board: {bom: {chip: 2}}}
sites:
  chips: {sells: {chip: {quoted: 1 d}}}
  smt:
    buys: {chip: {from: chips, transit: 0, order_time: 0}}
    makes: {board: {routing: board, lot: 4}}
    stock: {chip: {level: 40}}
    work_centres: {printer: )" +
         printer + R"(, placer: {}}
    routings:
      board:
        operations:
          printing: {work_centre: printer, time: 1 h, per: piece}
          placing: {work_centre: placer, time: 10 h}
demand: {at: smt, item: board, orders: every 10 d, size: 6}
)" + more;
}

TEST(Kit, PullsMaterialSoLongBeforeTheStart) {
  // The first lot is picked at once and printed from 4 to 8 h, the second picked at 4 h and printed from 8 to 10 h, placed from 18 h
  // to 28 h. Its 4 chips stay in stock for 4 h, ten times.
  const Ran kitted = simulate_text(maker("{kit: 4 h}")), plain = simulate_text(maker("{}"));
  EXPECT_DOUBLE_EQ(kitted("order_lead_time"), 28);
  EXPECT_NEAR(kitted("on_hand", "site:smt/item:chip") - plain("on_hand", "site:smt/item:chip"),
              10 * 4 * 4 / (95 * 24.0), 1e-9);
}

TEST(Kit, ConservesMaterialOfLotsThatAreNotPickedAtTheEnd) {
  // The second lot of the last order, of 90 d, is picked 4 h later.
  for (const char* horizon : {"90.1 d", "90.2 d", "90.5 d"}) {
    const auto model = model_of_text(maker("{kit: 4 h}"), {std::string("time.horizon=") + horizon});
    EXPECT_NO_THROW(tests::simulate_model(*model)) << horizon;
  }
}

TEST(Kit, LosesOnlyLotsThatHaveTheirMaterial) {
  // Of the order of day 10 the first lot has been picked when all lots at the printer are lost at 1 h; it is begun anew behind the
  // second one, which is only a plan then, is picked at once and printed from 5 to 7 h. The first is picked at 3 h, printed from 7 to
  // 11 h, and placed behind the other, from 17 to 27 h.
  const std::string shock =
      "disruptions: {fire: {hits: line smt/printer, capacity: 100 %, at: 241 h, for: 1 h, lost: {work_in_process: 100 "
      "%}}}\n";
  const Ran ran = simulate_text(maker("{kit: 4 h}", shock));
  EXPECT_DOUBLE_EQ(ran("order_lead_time"), (9 * 28.0 + 27) / 10);
}

TEST(Kit, GoesOnAlikeFromAForkAndFromBytes) {
  const std::string press =
      "{machines: 2, kit: 6 h, setup: 1 h, buffer: 9, breakdown: every exponential 30 h for exponential 9 h}";
  std::string text = shop(press, "2 h", "red, blue, green");
  for (std::size_t at; (at = text.find("count: 1")) != std::string::npos;) text.replace(at, 8, "lots: every 25 h");
  text.replace(text.find("100 h"), 5, "90 d");
  EXPECT_EQ(goes_on_alike(*model_of_text(text), core::Instant{0} + core::kDay * 41), "");
}

TEST(Kit, SaysWhatItDoesNotGoTogetherWith) {
  EXPECT_THAT(mistakes_of_text(shop("{kit: 4 h, setup: 1 h, min_run: 2}", "2 h", "red, red, red")),
              HasSubstr("work_centres.press.kit: got `kit` and `min_run`"));
  EXPECT_THAT(mistakes_of_text(shop("{kit: -4 h}", "2 h")), HasSubstr("work_centres.press.kit: got \"-4 h\""));
}

}  // namespace
}  // namespace tierworks::factory
