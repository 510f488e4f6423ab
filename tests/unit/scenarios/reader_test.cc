#include "scenarios/reader/reader.h"

#include "scenarios/schema/reference.h"
#include "tests/unit/scenarios/reading.h"

namespace tierworks::reader {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

constexpr std::string_view kCar = R"(tierworks: 1
title: one plant
time: {start: 2025-01-06, horizon: 2 yr, warm_up: 13 wk}
money: {currency: CNY, holding: 18 % / yr}
run: {replications: 4, seed: 0}
items:
  steel: {unit: kg, resolution: 0.001, value: 2}
  car: {value: 20 k, bom: {steel: 900 kg}, attrition: 1 %, pack: {trailer: 8}}
sites:
  mill:
    sells: {steel: {quoted: lognormal 3 d cv 0.4, capacity: 3 M / wk, price: 1.5}}
  plant:
    location: [48.2, 16.37]
    buys: {steel: {from: mill, transit: 1 d, order_time: 0}}
    makes: {car: {line: press, time: 20 s, per: batch, batch: 1 trailer}}
    stock:
      steel: {reorder_point: 5, quantity: 100, review: 1 wk from 2 d}
      car: {level: 8, holding: 7 / d}
    lines:
      press: {servers: 2}
      paint:
lanes:
  road: {from: mill, to: plant, transit: uniform 1 d to 2 d, keep_order: true}
demand: {at: plant, item: car, orders: poisson 40 / d, size: gamma 5 sd 2, due: 10 d, unmet: wait 3 d}
)";

// kCar with one text replaced.
std::string car_with(std::string_view text, std::string_view replacement) {
  std::string changed(kCar);
  const std::size_t at = changed.find(text);
  EXPECT_NE(at, std::string::npos) << text;
  return changed.replace(at, text.size(), replacement);
}

TEST(Reader, ReadsAWholeScenario) {
  const auto spec = spec_of(kCar);
  EXPECT_EQ(spec.name, "t");
  EXPECT_EQ(*spec.title, "one plant");
  EXPECT_EQ(*spec.time.horizon, core::kYear * 2);
  EXPECT_DOUBLE_EQ(spec.money.holding->number, 0.18);
  EXPECT_EQ(*spec.run.seed, 0);
  const auto& car = entry(spec.items, "car");
  EXPECT_EQ(*car.value, 20'000.0);
  EXPECT_DOUBLE_EQ(*car.attrition, 0.01);
  EXPECT_EQ(entry(car.bom, "steel")->unit, "kg");
  EXPECT_EQ(*entry(car.pack, "trailer"), 8.0);
  const auto& plant = entry(spec.sites, "plant");
  EXPECT_EQ(plant.location->longitude, 16.37);
  const auto& steel = entry(plant.buys, "steel");
  EXPECT_EQ(*entry(steel.from, "mill").share, 1.0);
  EXPECT_FALSE(entry(steel.from, "mill").share.stated);
  EXPECT_TRUE(steel.order_time.stated);
  EXPECT_EQ(steel.order_time->ticks, 0);
  EXPECT_EQ(*entry(plant.makes, "car").per, production::MakesSpec::Per::batch);
  EXPECT_EQ(entry(plant.stock, "steel").review->from, core::kDay * 2);
  EXPECT_EQ(*entry(plant.lines, "press").servers, 2);
  EXPECT_EQ(*entry(plant.lines, "paint").servers, 1);
  EXPECT_EQ(entry(entry(spec.sites, "mill").sells, "steel").capacity->per, core::kWeek);
  EXPECT_TRUE(*entry(spec.lanes, "road").keep_order);
  EXPECT_DOUBLE_EQ(entry(spec.demand, "demand").orders->per_day, 40.0);
}

TEST(Reader, OriginsLeadBackToTheFileEvenForWhatIsLeftOut) {
  common::Diagnostics diagnostics;
  const Reading reading = read_scenario_text(kCar, "in/car.yaml", {}, diagnostics);
  ASSERT_TRUE(reading.spec.has_value());
  EXPECT_EQ(reading.spec->name, "car");
  const auto& plant = reading.spec->sites.list[1];
  EXPECT_EQ(reading.place(plant.origin), "in/car.yaml:12:3: sites.plant");
  EXPECT_EQ(reading.place(plant.spec.location.origin), "in/car.yaml:13:15: sites.plant.location");
  EXPECT_EQ(reading.place(plant.spec.tier.origin), "in/car.yaml:12:3: sites.plant");
  EXPECT_FALSE(plant.spec.tier.stated);
  EXPECT_EQ(reading.place({}), "");
  EXPECT_EQ(reading.format({plant.spec.makes.list[0].spec.line.origin, "no line"}),
            "in/car.yaml:15:25: sites.plant.makes.car.line: no line");
}

TEST(Reader, SourcesHaveFourForms) {
  const auto list = spec_of(car_with("from: mill,", "from: [mill, shop],"));
  EXPECT_EQ(*entry(entry(entry(list.sites, "plant").buys, "steel").from, "shop").share, 0.5);
  const auto shares = spec_of(car_with("from: mill,", "from: {mill: 70 %, shop: 0.3},"));
  EXPECT_DOUBLE_EQ(*entry(entry(entry(shares.sites, "plant").buys, "steel").from, "shop").share, 0.3);
  const auto full = spec_of(car_with("from: mill,", "from: {mill: {share: 60 %, transit: 2 d}, shop: {share: 40 %}},"));
  const auto& from = entry(entry(full.sites, "plant").buys, "steel").from;
  EXPECT_EQ(entry(from, "mill").transit->distribution.a, 2.0 * 86400e6);
  EXPECT_FALSE(entry(from, "shop").transit.stated);
}

TEST(Reader, SourcesThatDoNotAddUpAreRefused) {
  EXPECT_THAT(mistakes(car_with("from: mill,", "from: {mill: 70 %, plant: 20 %},")),
              ElementsAre("t.yaml:14:20: sites.plant.buys.steel.from: the shares add up to 0.9, expected 1 (100 %)"));
  EXPECT_THAT(mistakes(car_with("from: mill,", "from: {mill: 70 %, plant: {transit: 1 d}},")),
              ElementsAre(HasSubstr("state the share of each supplier, or of none for equal shares")));
  EXPECT_THAT(mistakes(car_with("from: mill,", "from: [mill, mill],")),
              ElementsAre("t.yaml:14:33: sites.plant.buys.steel.from[1]: the supplier \"mill\" is named twice"));
  EXPECT_THAT(mistakes(car_with("from: mill,", "from: [],")), ElementsAre(HasSubstr("the list of suppliers is empty")));
  EXPECT_THAT(
      mistakes(car_with("from: mill,", "from: {mill: 170 %},")),
      ElementsAre("t.yaml:14:33: sites.plant.buys.steel.from.mill: got \"170 %\", expected a share between 0 and 1, "
                  "like `98 %` or `0.98`"));
}

TEST(Reader, WrongIntegersSayWhatWasFoundAndExpected) {
  EXPECT_THAT(mistakes(car_with("servers: 2", "servers: two")),
              ElementsAre("t.yaml:20:24: sites.plant.lines.press.servers: got \"two\", expected an integer >= 1"));
  EXPECT_THAT(mistakes(car_with("servers: 2", "servers: 0")),
              ElementsAre("t.yaml:20:24: sites.plant.lines.press.servers: got \"0\", expected an integer >= 1"));
  EXPECT_THAT(mistakes(car_with("servers: 2", "servers: 1.5")),
              ElementsAre(HasSubstr("got \"1.5\", expected an integer >= 1")));
  EXPECT_THAT(mistakes(car_with("servers: 2", "servers: [2]")),
              ElementsAre(HasSubstr("got a list, expected an integer >= 1")));
  EXPECT_THAT(mistakes(car_with("servers: 2", "servers: ")),
              ElementsAre(HasSubstr("got nothing, expected an integer >= 1")));
  EXPECT_THAT(mistakes(car_with("tierworks: 1", "tierworks: 2")),
              ElementsAre("t.yaml:1:12: tierworks: got \"2\", expected an integer equal to 1"));
}

TEST(Reader, WrongNumbersAndShares) {
  EXPECT_THAT(mistakes(car_with("value: 2}", "value: -2}")),
              ElementsAre("t.yaml:7:47: items.steel.value: got \"-2\", expected a number >= 0 like `4000` or `3 M`"));
  EXPECT_THAT(mistakes(car_with("value: 2}", "value: .nan}")),
              ElementsAre(HasSubstr("got \".nan\", expected a number >= 0")));
  EXPECT_THAT(mistakes(car_with("value: 2}", "value: 010}")), ElementsAre(HasSubstr("\"010\" starts with a zero")));
  EXPECT_THAT(mistakes(car_with("resolution: 0.001", "resolution: 0")),
              ElementsAre(HasSubstr("got \"0\", expected a number > 0")));
  EXPECT_THAT(mistakes(car_with("attrition: 1 %", "attrition: 120 %")),
              ElementsAre(HasSubstr("a share between 0 and 1")));
  EXPECT_THAT(
      mistakes(car_with("bom: {steel: 900 kg}", "bom: {steel: 0 kg}")),
      ElementsAre("t.yaml:8:35: items.car.bom.steel: got \"0 kg\", expected an amount > 0 like `4000`, `0.04 m2` or "
                  "`1 reel`"));
}

TEST(Reader, WrongPhrases) {
  EXPECT_THAT(
      mistakes(car_with("horizon: 2 yr", "horizon: 24 months")),
      ElementsAre(
          "t.yaml:3:36: time.horizon: got \"24 months\", expected a duration > 0 like `8 h` or `1.5 d`; a month "
          "has no fixed length; write days or weeks"));
  EXPECT_THAT(mistakes(car_with("horizon: 2 yr", "horizon: 0")),
              ElementsAre(HasSubstr("got \"0\", expected a duration > 0 like")));
  EXPECT_THAT(mistakes(car_with("2025-01-06", "2025-02-30")), ElementsAre(HasSubstr("the calendar has no such day")));
  EXPECT_THAT(
      mistakes(car_with("time: 20 s", "time: {mean: 20 s}")),
      ElementsAre(StartsWith("t.yaml:15:38: sites.plant.makes.car.time: got a map, expected a time like `3 d`")));
  EXPECT_THAT(mistakes(car_with("per: batch", "per: lot")),
              ElementsAre(HasSubstr("got \"lot\", expected `unit` or `batch`")));
  EXPECT_THAT(mistakes(car_with("keep_order: true", "keep_order: yes")),
              ElementsAre("t.yaml:23:74: lanes.road.keep_order: got \"yes\", expected `true` or `false`"));
  EXPECT_THAT(mistakes(car_with("[48.2, 16.37]", "[98.2, 16.37]")),
              ElementsAre(HasSubstr("a latitude lies between -90 and 90")));
  EXPECT_THAT(mistakes(car_with("[48.2, 16.37]", "Vienna")),
              ElementsAre(HasSubstr("got \"Vienna\", expected `[latitude, longitude]` in degrees")));
  EXPECT_THAT(mistakes(car_with("poisson 40 / d", "sometimes")),
              ElementsAre(HasSubstr("it starts with `poisson`, `every`")));
}

TEST(Reader, UnknownKeysGetTheNearestName) {
  EXPECT_THAT(
      mistakes(car_with("servers: 2", "servres: 2")),
      ElementsAre(
          "t.yaml:20:15: sites.plant.lines.press.servres: unknown key \"servres\"; did you mean \"servers\"? "
          "(known keys: servers, room, cost_per_hour, shifts, holidays, staffing, overtime, change_over, campaign)"));
  EXPECT_THAT(mistakes(car_with("title: one plant", "author: me")),
              ElementsAre(StartsWith("t.yaml:2:1: author: unknown key \"author\" (known keys: tierworks, title,")));
  EXPECT_THAT(
      mistakes(car_with("resolution: 0.001", "count: 3")),
      ElementsAre("t.yaml:7:21: items.steel.count: unknown key \"count\"; `count` belongs to an entry of `sites`"));
}

TEST(Reader, MissingKeysAreReportedAtTheirParent) {
  EXPECT_THAT(mistakes(car_with("time: 20 s, ", "")),
              ElementsAre("t.yaml:15:13: sites.plant.makes.car: the key \"time\" is missing: process time"));
  EXPECT_THAT(mistakes(car_with("tierworks: 1\n", "")),
              ElementsAre("t.yaml:1:1: the key \"tierworks\" is missing: version of the language: 1"));
  EXPECT_THAT(mistakes(car_with("orders: poisson 40 / d, ", "")),
              ElementsAre(StartsWith("t.yaml:24:1: demand: the key \"orders\"")));
}

TEST(Reader, WrongKindsAreReportedOnce) {
  EXPECT_THAT(mistakes(car_with("{servers: 2}", "two")),
              ElementsAre("t.yaml:20:14: sites.plant.lines.press: got \"two\", expected a map (`key: value`)"));
  EXPECT_THAT(mistakes("tierworks: 1\nsites: [a, b]\n"),
              ElementsAre("t.yaml:2:8: sites: got a list, expected a map (`key: value`)"));
  EXPECT_THAT(mistakes("- a\n- b\n"),
              ElementsAre("t.yaml:1:1: got a list, expected a map that starts with `tierworks: 1`"));
  EXPECT_THAT(mistakes("hello\n"), ElementsAre(HasSubstr("got \"hello\", expected a map")));
  EXPECT_THAT(mistakes("tierworks: 1\ntitle: {a: b}\n"), ElementsAre("t.yaml:2:8: title: got a map, expected a text"));
  EXPECT_THAT(mistakes("tierworks: 1\ntime: ~\n"),
              ElementsAre("t.yaml:2:7: time: got \"~\", expected a map (`key: value`)"));
}

TEST(Reader, AllMistakesAreFoundAndSorted) {
  const auto found = mistakes(
      "tierworks: 1\ndemand: {at: a, item: b, orders: x}\nitems: {a: {value: x, vlaue: 1}}\ntime: {warm_up: 1}\n");
  EXPECT_THAT(found, ElementsAre("t.yaml:2:23: demand.item: no item \"b\"; did you mean \"a\"?",
                                 StartsWith("t.yaml:2:34: demand.orders"), StartsWith("t.yaml:3:20: items.a.value"),
                                 StartsWith("t.yaml:3:23: items.a.vlaue"), StartsWith("t.yaml:4:17: time.warm_up")));
}

TEST(Reader, LongAndStrangeTextsAreShownShort) {
  const auto found = mistakes("tierworks: 1\ntime: {horizon: \"" + std::string(500, 'x') + "\\n\"}\n");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_LT(found[0].size(), 400U);
  EXPECT_THAT(found[0], HasSubstr("xxx...\", expected a duration"));
}

class ReaderFiles : public FilesTest {
 protected:
  void scenario(std::string_view start, std::string_view orders) const {
    write("s.yaml",
          "tierworks: 1\n" + std::string(start) + "demand: {at: a, item: b, orders: " + std::string(orders) + "}\n");
  }
};

TEST_F(ReaderFiles, TracesComeAsTimesDatesOrDays) {
  scenario("", "orders.csv");
  write("orders.csv", "time,quantity\n8 h,2\n1 d,0\n1.5 d,3.5\n");
  const auto times = spec_in("s.yaml").demand.list[0].spec.orders->trace;
  ASSERT_EQ(times.size(), 2U);
  EXPECT_EQ(times[0].at.ticks, core::kHour.ticks * 8);
  EXPECT_EQ(times[1].amount, 3.5);
  write("orders.csv", "quantity,day\n2,0.5\n3,0.5\n");
  EXPECT_EQ(spec_in("s.yaml").demand.list[0].spec.orders->trace[1].at.ticks, core::kHour.ticks * 12);
  scenario("time: {start: 2025-01-06 06:00}\n", "orders.csv");
  write("orders.csv", "date,quantity\n2025-01-06 08:00,2\n2025-01-07,3\n");
  const auto dates = spec_in("s.yaml").demand.list[0].spec.orders->trace;
  EXPECT_EQ(dates[0].at.ticks, core::kHour.ticks * 2);
  EXPECT_EQ(dates[1].at.ticks, core::kHour.ticks * 18);
}

TEST_F(ReaderFiles, BrokenTracesAreReportedInTheirOwnFile) {
  scenario("", "orders.csv");
  write("orders.csv", "time,quantity\n2 d,1\n1 d,1\n3 d,-1\n4,1\n5 d,many\n");
  EXPECT_THAT(mistakes_in("s.yaml"),
              ElementsAre(StartsWith("orders.csv:3:1: \"1 d\" lies before the row above it (line 2)"),
                          "orders.csv:4:2: got \"-1\", expected a number >= 0",
                          StartsWith("orders.csv:5:1: got \"4\", expected a duration like `8 h`"),
                          "orders.csv:6:2: got \"many\", expected a number >= 0"));
  write("orders.csv", "when,quantity\n");
  EXPECT_THAT(mistakes_in("s.yaml"),
              ElementsAre(StartsWith("orders.csv:1:1: 0 of the columns `time`, `date` and `day`")));
  write("orders.csv", "day,amount\n1,1\n");
  EXPECT_THAT(mistakes_in("s.yaml"), ElementsAre("orders.csv:1:1: the column `quantity` is missing"));
  write("orders.csv", "day,quantity\n1,1,1\n");
  EXPECT_THAT(mistakes_in("s.yaml"), ElementsAre("orders.csv:2:3: the row has 3 cells, expected 2 as in the header"));
  write("orders.csv", "day,quantity\n");
  EXPECT_THAT(mistakes_in("s.yaml"), ElementsAre("s.yaml:2:34: demand.orders: \"orders.csv\" orders nothing"));
}

TEST_F(ReaderFiles, DatesNeedAStartAndFilesMustExist) {
  scenario("", "orders.csv");
  EXPECT_THAT(mistakes_in("s.yaml"), ElementsAre("s.yaml:2:34: demand.orders: \"orders.csv\": no such file"));
  write("orders.csv", "date,quantity\n2025-01-06,2\n");
  EXPECT_THAT(mistakes_in("s.yaml"),
              ElementsAre(AllOf(StartsWith("s.yaml:2:34: demand.orders:"), HasSubstr("need `time: {start: ...}`"))));
  scenario("time: {start: 2025-02-01}\n", "orders.csv");
  EXPECT_THAT(mistakes_in("s.yaml"),
              ElementsAre(StartsWith("orders.csv:2:1: got \"2025-01-06\", expected a date between")));
}

TEST_F(ReaderFiles, EmpiricalDistributionsReadTheirColumn) {
  write("s.yaml", "tierworks: 1\nsites: {a: {sells: {b: {quoted: empirical repair.csv column hours}}}}\n");
  write("repair.csv", "hours\n2\n4\n");
  const auto spec = spec_in("s.yaml");
  EXPECT_EQ(entry(entry(spec.sites, "a").sells, "b").quoted->distribution.values[1], 4.0 * 3600e6);
  write("repair.csv", "hours\n2\nfour\n");
  EXPECT_THAT(mistakes_in("s.yaml"),
              ElementsAre(AllOf(StartsWith("s.yaml:2:33: sites.a.sells.b.quoted:"),
                                HasSubstr("repair.csv:3:1: got \"four\", expected a number >= 0"))));
  write("repair.csv", "hour\n2\n");
  EXPECT_THAT(mistakes_in("s.yaml"),
              ElementsAre(HasSubstr("repair.csv has no column \"hours\"; did you mean \"hour\"?")));
}

TEST(Reference, NamesEveryKindOfMapWithTypeAndDefault) {
  const std::string page = schema::reference_markdown();
  EXPECT_THAT(page, HasSubstr("## `sites.NAME.lines.NAME`"));
  EXPECT_THAT(page, HasSubstr("| `servers` | integer >= 1 | `1` | machines or crews that work side by side |"));
  EXPECT_THAT(page, HasSubstr("| `tierworks` | integer = 1 | required | version of the language: 1 |"));
  EXPECT_THAT(page, HasSubstr("| `horizon` | duration > 0, `8 h` | `1 yr` |"));
}

}  // namespace
}  // namespace tierworks::reader
