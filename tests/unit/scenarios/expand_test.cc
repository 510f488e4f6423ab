#include "scenarios/reader/expand.h"

#include "scenarios/reader/extend.h"
#include "scenarios/reader/patterns.h"
#include "tests/unit/scenarios/reading.h"

namespace tierworks::reader {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

TEST(Patterns, MatchWholeNames) {
  EXPECT_TRUE(matches("board_*", "board_a"));
  EXPECT_TRUE(matches("*", ""));
  EXPECT_TRUE(matches("*a*b", "xaaxbxb"));
  EXPECT_TRUE(matches("b?", "b1"));
  EXPECT_TRUE(matches("企?", "企业"));
  EXPECT_FALSE(matches("board_*", "aboard_a"));
  EXPECT_FALSE(matches("b?", "b"));
  EXPECT_FALSE(matches("b?", "b12"));
  EXPECT_FALSE(matches("", "a"));
}

TEST(Like, TakesOverASiblingAndLaysItsOwnKeysOverIt) {
  const auto spec = spec_of(R"(tierworks: 1
items:
  c: {like: b, value: 3}
  b: {like: a, family: B, bom: {x: 2}}
  a: {value: 1, family: A, bom: {x: 1, y: 1}}
  d: {like: a, family: ~}
)");
  const auto& c = entry(spec.items, "c");
  EXPECT_EQ(*c.value, 3.0);
  EXPECT_EQ(*c.family, "B");
  EXPECT_EQ(entry(c.bom, "x")->number, 2.0);
  EXPECT_EQ(entry(c.bom, "y")->number, 1.0);
  EXPECT_FALSE(entry(spec.items, "d").family.stated);
}

TEST(Like, MistakesNameTheNearestSiblingOrTheCycle) {
  EXPECT_THAT(mistakes("tierworks: 1\nitems:\n  board: {value: 1}\n  b: {like: baord}\n"),
              ElementsAre("t.yaml:4:13: items.b.like: no \"baord\" in items; did you mean \"board\"?"));
  EXPECT_THAT(mistakes("tierworks: 1\nitems:\n  a: {like: b}\n  b: {like: a}\n"),
              ElementsAre("t.yaml:4:13: items.b.like: \"a\" is like itself, by way of this entry"));
  EXPECT_THAT(mistakes("tierworks: 1\nitems:\n  a: {like: a}\n"), ElementsAre(HasSubstr("\"a\" is like itself")));
  EXPECT_THAT(mistakes("tierworks: 1\nitems:\n  a: {like: [b]}\n  b: {}\n"),
              ElementsAre("t.yaml:3:13: items.a.like: got a list, expected the name of another entry of items"));
  EXPECT_THAT(
      mistakes("tierworks: 1\nitems:\n  a: {value: 1}\n  b: {like: a, vaule: ~}\n"),
      ElementsAre("t.yaml:4:16: items.b.vaule: `~` takes nothing away: there was no \"vaule\" before; did you mean "
                  "\"value\"?"));
}

TEST(Like, LongChainsNeedNoStack) {
  std::string text = "tierworks: 1\nitems:\n  i0: {value: 7}\n";
  for (int i = 1; i < 20'000; ++i) text += "  i" + std::to_string(i) + ": {like: i" + std::to_string(i - 1) + "}\n";
  // The last one first, so that the whole chain is resolved at once.
  text += "  first: {like: i19999}\n";
  EXPECT_EQ(*entry(spec_of(text).items, "first").value, 7.0);
}

TEST(Count, MakesNumberedCopies) {
  const auto spec =
      spec_of("tierworks: 1\nsites:\n  hub: {tier: 1}\n  shop: {count: 3, tier: 0}\n  big: {like: shop, tier: 2}\n");
  EXPECT_EQ(names_of(spec.sites), (std::vector<std::string>{"hub", "shop_1", "shop_2", "shop_3", "big"}));
  EXPECT_EQ(*entry(spec.sites, "shop_2").tier, 0);
}

TEST(Count, MistakesInACopyAreReportedOnce) {
  EXPECT_THAT(mistakes("tierworks: 1\nsites:\n  shop: {count: 1000, tier: x}\n"),
              ElementsAre("t.yaml:3:29: sites.shop_1.tier: got \"x\", expected an integer >= 0"));
}

TEST(Count, IsAnIntegerAndItsNamesAreNew) {
  EXPECT_THAT(mistakes("tierworks: 1\nsites:\n  shop: {count: 0}\n"),
              ElementsAre("t.yaml:3:17: sites.shop.count: got \"0\", expected an integer from 1 to 1000000"));
  EXPECT_THAT(mistakes("tierworks: 1\nsites:\n  shop: {count: many}\n"), ElementsAre(HasSubstr("got \"many\"")));
  EXPECT_THAT(
      mistakes("tierworks: 1\nsites:\n  shop_2: {}\n  shop: {count: 2}\n"),
      ElementsAre("t.yaml:4:17: sites.shop.count: copy 2 of \"shop\" would be a second site \"shop_2\"; rename one of "
                  "them"));
}

constexpr std::string_view kShops = R"(tierworks: 1
items: {board_a: {}, board_b: {}, case: {}}
sites:
  hub: {buys: {"*": {from: "s*"}}}
  shop:
    count: 2
    stock:
      board_*: {level: 5, holding: 1 / d}
      board_b: {level: 9}
      "?oard_b": {holding: 2 / d, minimum: 3}
  spare: {buys: {case: {from: [hub, "shop_*", shop_1]}}}
demand: {at: "shop_*", item: board_*, orders: every 1 d}
)";

TEST(Patterns, ExplicitEntriesWinFieldByFieldAndLaterPatternsOverEarlier) {
  const auto spec = spec_of(kShops);
  const auto& stock = entry(spec.sites, "shop_1").stock;
  EXPECT_EQ(names_of(stock), (std::vector<std::string>{"board_a", "board_b"}));
  EXPECT_EQ(entry(stock, "board_a").level->number, 5.0);
  EXPECT_EQ(entry(stock, "board_b").level->number, 9.0);
  EXPECT_EQ(entry(stock, "board_b").holding->number, 2.0);
  EXPECT_EQ(entry(stock, "board_b").minimum->number, 3.0);
}

TEST(Patterns, SourcesAreEqualSharesOfTheOthers) {
  const auto spec = spec_of(kShops);
  const auto& hub = entry(entry(spec.sites, "hub").buys, "case").from;
  EXPECT_EQ(names_of(hub), (std::vector<std::string>{"shop_1", "shop_2", "spare"}));
  EXPECT_DOUBLE_EQ(*entry(hub, "spare").share, 1.0 / 3);
  EXPECT_EQ(names_of(entry(entry(spec.sites, "spare").buys, "case").from),
            (std::vector<std::string>{"hub", "shop_2", "shop_1"}));
}

TEST(Patterns, DemandBecomesOneStreamForEachMatch) {
  const auto spec = spec_of(kShops);
  EXPECT_EQ(names_of(spec.demand), (std::vector<std::string>{"demand@shop_1/board_a", "demand@shop_1/board_b",
                                                             "demand@shop_2/board_a", "demand@shop_2/board_b"}));
  EXPECT_EQ(*entry(spec.demand, "demand@shop_2/board_a").at, "shop_2");
  EXPECT_EQ(*entry(spec.demand, "demand@shop_2/board_a").item, "board_a");
}

TEST(Patterns, ThatMatchNothingAreMistakes) {
  EXPECT_THAT(
      mistakes("tierworks: 1\nitems: {board_a: {}}\nsites:\n  s: {count: 5, stock: {bord_*: {level: 1}}}\n"),
      ElementsAre(
          "t.yaml:4:25: sites.s.stock.bord_*: no item matches the pattern \"bord_*\"; did you mean \"board_a\"?"));
  EXPECT_THAT(mistakes("tierworks: 1\nitems: {a: {}}\nsites:\n  s: {buys: {a: {from: shop_*}}}\n"),
              ElementsAre("t.yaml:4:24: sites.s.buys.a.from: no site matches the pattern \"shop_*\""));
  EXPECT_THAT(mistakes("tierworks: 1\nitems: {a: {}}\nsites:\n  shop_1: {buys: {a: {from: shop_*}}}\n"),
              ElementsAre(HasSubstr("the pattern \"shop_*\" matches the buying site only")));
  EXPECT_THAT(mistakes("tierworks: 1\ndemand: {at: x*, item: y, orders: every 1 d}\n"),
              ElementsAre("t.yaml:2:14: demand.at: no site matches the pattern \"x*\""));
  EXPECT_THAT(mistakes("tierworks: 1\nsites:\n  s: {buys: {a: {from: {x*: 1}}}}\n"),
              ElementsAre(StartsWith("t.yaml:3:25: sites.s.buys.a.from.x*: a pattern \"x*\" cannot have a share")));
  EXPECT_THAT(
      mistakes("tierworks: 1\nitems: {a*: {}}\n"),
      ElementsAre(
          "t.yaml:2:9: items.a*: the name \"a*\" holds `*` or `?`, which only patterns do; choose another name"));
}

TEST(Override, SetsReplacesAddsAndTakesAway) {
  const std::string_view text =
      "tierworks: 1\nitems: {a: {value: 1, family: F}, board_1: {}}\nsites:\n  s: {count: 2, tier: 1, stock: {board_*: "
      "{level: 1}}}\n";
  const auto spec =
      spec_of(text, {"run.seed=7", "items.a.value=2 k", "items.a.family=~", "sites.s_2.tier=4", "sites.s.headcount=9",
                     "sites.s_1.stock.board_1.level=8", "sites.s.lines.x={servers: 3}", "title=\"a: b\""});
  EXPECT_EQ(*spec.run.seed, 7);
  EXPECT_EQ(*entry(spec.items, "a").value, 2000.0);
  EXPECT_FALSE(entry(spec.items, "a").family.stated);
  EXPECT_EQ(*entry(spec.sites, "s_1").tier, 1);
  EXPECT_EQ(*entry(spec.sites, "s_2").tier, 4);
  EXPECT_EQ(*entry(spec.sites, "s_2").headcount, 9);
  EXPECT_EQ(entry(entry(spec.sites, "s_1").stock, "board_1").level->number, 8.0);
  EXPECT_EQ(entry(entry(spec.sites, "s_2").stock, "board_1").level->number, 1.0);
  EXPECT_EQ(*entry(entry(spec.sites, "s_1").lines, "x").servers, 3);
}

TEST(Override, ThatFitsNowhereNamesTheStepAndTheNearest) {
  const std::string_view text = "tierworks: 1\nsites: {plant: {role: x, lines: {press: {}}}}\n";
  EXPECT_THAT(mistakes(text, {"sites.plnat.tier=1"}),
              ElementsAre("--set sites.plnat.tier: no \"plnat\" in sites; did you mean \"plant\"?"));
  EXPECT_THAT(
      mistakes(text, {"sites.plant.lines.pres.servers=1"}),
      ElementsAre("--set sites.plant.lines.pres.servers: no \"pres\" in sites.plant.lines; did you mean \"press\"?"));
  EXPECT_THAT(mistakes(text, {"tme.horizon=1 d"}),
              ElementsAre("--set tme.horizon: no \"tme\" in the scenario; did you mean "
                          "\"time\"?"));
  EXPECT_THAT(mistakes(text, {"sites.plant.stock.car.level=1"}),
              ElementsAre("--set sites.plant.stock.car.level: no \"car\" in sites.plant.stock"));
  EXPECT_THAT(mistakes(text, {"sites.plant.role.x=1"}),
              ElementsAre("--set sites.plant.role.x: sites.plant.role is \"x\", and no map with a key \"x\""));
  EXPECT_THAT(mistakes(text, {"sites.plant.tier=x"}),
              ElementsAre("--set sites.plant.tier: got \"x\", expected an integer >= 0"));
  EXPECT_THAT(
      mistakes(text, {"sites.plant={teir: 1}"}),
      ElementsAre(StartsWith("--set sites.plant: sites.plant.teir: unknown key \"teir\"; did you mean \"tier\"?")));
  EXPECT_THAT(mistakes(text, {"sites"}),
              ElementsAre("--set sites: got \"sites\", expected `path=value` like `sites.plant.tier=2`"));
  EXPECT_THAT(mistakes(text, {"a..b=1"}),
              ElementsAre("--set a..b: the path has an empty step; write one dot between two steps"));
  EXPECT_THAT(mistakes(text, {"title="}), ElementsAre(HasSubstr("--set title: the value is missing")));
  EXPECT_THAT(mistakes(text, {"title=[1"}), ElementsAre(StartsWith("--set title: did not find expected ',' or ']'")));
  EXPECT_THAT(mistakes(text, {"sites.plant.teir=~"}),
              ElementsAre("--set sites.plant.teir: `~` takes nothing away: there is no \"teir\""));
}

class ExpandFiles : public FilesTest {};

TEST_F(ExpandFiles, ExtendsMergesMapsAndReplacesTheRest) {
  write("base.yaml",
        "tierworks: 1\ntitle: base\nrun: {seed: 1, replications: 3}\nsites: {a: {location: [1, 2], tier: 1}, b: {}}\n");
  write("variant.yaml",
        "extends: base.yaml\ntitle: variant\nrun: {seed: 2}\nsites: {a: {location: [3, 4]}, b: ~, c: {}}\n");
  const auto spec = spec_in("variant.yaml");
  EXPECT_EQ(spec.name, "variant");
  EXPECT_EQ(*spec.title, "variant");
  EXPECT_EQ(*spec.run.seed, 2);
  EXPECT_EQ(*spec.run.replications, 3);
  EXPECT_EQ(names_of(spec.sites), (std::vector<std::string>{"a", "c"}));
  EXPECT_EQ(entry(spec.sites, "a").location->latitude, 3.0);
  EXPECT_EQ(*entry(spec.sites, "a").tier, 1);
}

TEST_F(ExpandFiles, MistakesStandInTheFileThatMakesThem) {
  write("base.yaml", "tierworks: 1\ntitle: base\nrun: {seed: x}\nsites: {plant: {}}\n");
  write("variant.yaml", "extends: base.yaml\nrun: {replications: y}\nsites: {plnat: ~}\n");
  EXPECT_THAT(
      mistakes_in("variant.yaml"),
      ElementsAre("variant.yaml:2:21: run.replications: got \"y\", expected an integer >= 1",
                  "variant.yaml:3:9: sites.plnat: `~` takes nothing away: there was no \"plnat\" before; did you mean "
                  "\"plant\"?",
                  "base.yaml:3:13: run.seed: got \"x\", expected an integer >= 0"));
}

TEST_F(ExpandFiles, ExtendsHasNoCyclesAndAnEnd) {
  write("a.yaml", "extends: b.yaml\n");
  write("b.yaml", "extends: a.yaml\n");
  EXPECT_THAT(mistakes_in("a.yaml"),
              ElementsAre("b.yaml:1:10: extends: \"a.yaml\" extends itself, by way of this file"));
  write("c.yaml", "extends: none.yaml\n");
  EXPECT_THAT(mistakes_in("c.yaml"), ElementsAre("c.yaml:1:10: extends: \"none.yaml\": no such file"));
  write("d.yaml", "extends: [a]\n");
  EXPECT_THAT(mistakes_in("d.yaml"), ElementsAre(HasSubstr("got a list, expected the name of a scenario file")));
  write("e0.yaml", "tierworks: 1\n");
  for (int i = 1; i <= 17; ++i) {
    write("e" + std::to_string(i) + ".yaml", "extends: e" + std::to_string(i - 1) + ".yaml\n");
  }
  EXPECT_EQ(*spec_in("e16.yaml").version, 1);
  EXPECT_THAT(mistakes_in("e17.yaml"),
              ElementsAre("e1.yaml:1:10: extends: more than 16 files extend each other, which is the "
                          "limit; join some"));
}

TEST_F(ExpandFiles, TablesBecomeEntriesUnderWhatIsWrittenOut) {
  write("s.yaml", "tierworks: 1\nsites:\n  table: sites.csv\n  b: {tier: 5}\n  c: {stock: {table: stock.csv}}\n");
  write("sites.csv",
        "name,tier,stock.frame.level,location,count\na,1,4,\"[48.2, 16.37]\",\nb,2,,,\nshop,3,1 reel,,2\n");
  write("stock.csv", "name,level\nframe,7\n");
  const auto spec = spec_in("s.yaml");
  EXPECT_EQ(names_of(spec.sites), (std::vector<std::string>{"a", "b", "shop_1", "shop_2", "c"}));
  EXPECT_EQ(entry(entry(spec.sites, "a").stock, "frame").level->number, 4.0);
  EXPECT_EQ(entry(spec.sites, "a").location->longitude, 16.37);
  EXPECT_EQ(*entry(spec.sites, "b").tier, 5);
  EXPECT_TRUE(entry(spec.sites, "b").stock.empty());
  EXPECT_EQ(entry(entry(spec.sites, "shop_2").stock, "frame").level->unit, "reel");
  EXPECT_EQ(entry(entry(spec.sites, "c").stock, "frame").level->number, 7.0);
}

TEST_F(ExpandFiles, MistakesInTablesStandAtTheirCell) {
  write("s.yaml", "tierworks: 1\nsites: {table: sites.csv}\n");
  write("sites.csv", "name,tier,teir\na,x,\nb,1,2\nc,1,3\n,1,\na,1,\n");
  EXPECT_THAT(mistakes_in("s.yaml"),
              ElementsAre(StartsWith("sites.csv:1:3: sites.b.teir: unknown key \"teir\"; did you mean \"tier\"?"),
                          "sites.csv:2:2: sites.a.tier: got \"x\", expected an integer >= 0",
                          "sites.csv:5:1: the row has no name",
                          "sites.csv:6:1: the name \"a\" appears twice: on line 2 and on line 6; remove one of them"));
  write("sites.csv", "site,tier\na,1\n");
  EXPECT_THAT(mistakes_in("s.yaml"),
              ElementsAre("sites.csv:1:1: got column \"site\", expected `name` as the first column"));
  write("sites.csv", "name,stock..level\na,1\n");
  EXPECT_THAT(mistakes_in("s.yaml"),
              ElementsAre(StartsWith("sites.csv:1:2: got column \"stock..level\", expected a key")));
  write("sites.csv", "name,stock,stock.a.level\na,1,2\n");
  EXPECT_THAT(mistakes_in("s.yaml"),
              ElementsAre(StartsWith("sites.csv:1:3: column \"stock.a.level\" contradicts another column"),
                          HasSubstr("sites.csv:2:2: sites.a.stock: got \"1\", expected a map")));
  write("sites.csv", "name,location\na,\"[1, 2\"\n");
  EXPECT_THAT(mistakes_in("s.yaml"),
              ::testing::Contains(StartsWith("sites.csv:2:2: got \"[1, 2\", expected a text, or a list")));
  std::filesystem::remove(path("sites.csv"));
  EXPECT_THAT(mistakes_in("s.yaml"), ElementsAre("s.yaml:2:16: sites.table: \"sites.csv\": no such file"));
}

TEST_F(ExpandFiles, ATableMayAlsoBeAnItem) {
  write("s.yaml", "tierworks: 1\nsites: {joiner: {sells: {table: {quoted: 9 d}}}}\n");
  const auto spec = spec_in("s.yaml");
  EXPECT_EQ(names_of(entry(spec.sites, "joiner").sells), (std::vector<std::string>{"table"}));
}

TEST(Size, CopiesStopAtTheLimit) {
  Document document(1000);
  Faults faults(document);
  CsvFiles csv_files(document);
  Context context{document, faults, csv_files};
  const NodeId root =
      load_text(context, "tierworks: 1\nsites:\n  s: {count: 1000000, lines: {l: {servers: 1}}}\n", "t.yaml");
  Overrides none(context, {}, "");
  expand(context, root, none);
  EXPECT_LT(document.size(), 1010U);
  common::Diagnostics diagnostics;
  faults.hand_over(diagnostics);
  ASSERT_EQ(diagnostics.list().size(), 1U);
  EXPECT_EQ(document.describe(diagnostics.list()[0].origin), "t.yaml:3:3: sites.s");
  EXPECT_THAT(diagnostics.list()[0].message,
              HasSubstr("the scenario grows beyond 1000 values, which is the limit; reduce"));
}

}  // namespace
}  // namespace tierworks::reader
