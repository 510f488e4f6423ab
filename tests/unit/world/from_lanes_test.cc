// `from: lanes`: a purchase from every site that has the item and a lane to the buyer; and large tables of lanes, which are
// read a short way that must mean the same as the long one.
#include <cmath>
#include <fstream>
#include <set>
#include <string>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "models/world/simulate.h"
#include "scenarios/reader/reader.h"
#include "tests/support/simulate.h"
#include "tests/support/temporary_folder.h"

namespace tierworks::world {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::vector<std::string> suppliers_of(const Model& model, std::string_view site) {
  std::vector<std::string> names;
  for (const supply::Stock& stock : model.supply.stocks) {
    if (model.sites[stock.site.index].name != site) continue;
    for (std::uint32_t s = stock.sources.first; s < stock.sources.last; ++s) {
      names.push_back(model.sites[model.supply.sources[common::SourceId{s}].supplier_place.index].name);
    }
  }
  return names;
}

std::string three_mills(std::string_view purchase) {
  return fmt::format(R"(
tierworks: 1
time: {{horizon: 50 d}}
items: {{steel: {{value: 2}}, coal: {{}}}}
sites:
  near: {{sells: {{steel: {{price: 3}}}}}}
  cheap: {{sells: {{steel: {{price: 1, quoted: 1 d}}}}}}
  far: {{sells: {{steel: {{price: 2}}}}}}
  pit: {{sells: {{coal: {{}}}}}}
  plant:
    buys: {{steel: {{{}}}, coal: {{from: pit}}}}
    stock: {{steel: {{level: 20}}, coal: {{level: 5}}}}
lanes:
  rail: {{from: far, to: plant, transit: 5 d}}
  road: {{from: near, to: plant, transit: 1 d}}
  canal: {{from: cheap, to: plant, transit: 2 d}}
  tip: {{from: pit, to: plant, transit: 1 h}}
demand: {{steel: {{at: plant, item: steel, orders: every 1 d}}, coal: {{at: plant, item: coal, orders: every 1 d}}}}
)",
                     purchase);
}

TEST(FromLanes, IsEverySiteThatHasTheItemAndALane) {
  const auto model = tests::model_of_text(three_mills("from: lanes"));
  EXPECT_THAT(suppliers_of(*model, "plant"), ElementsAre("far", "near", "cheap", "pit"));
  for (std::uint32_t s = 0; s < 3; ++s) EXPECT_DOUBLE_EQ(model->supply.sources[common::SourceId{s}].share, 1.0 / 3);
}

TEST(FromLanes, LetsTheRuleChoose) {
  const auto bought_from = [](std::string_view rule) {
    const auto model = tests::model_of_text(three_mills(fmt::format("from: lanes, choose: {}", rule)));
    const tests::Ran run = tests::simulate_model(*model);
    for (const char* mill : {"rail", "road", "canal"}) {
      if (run("throughput", std::string("lane:") + mill) > 0) return std::string(mill);
    }
    return std::string("nobody");
  };
  EXPECT_EQ(bought_from("priority"), "rail");
  EXPECT_EQ(bought_from("fastest"), "road");  // 1 d, against 1 + 2 d and 5 d
  EXPECT_EQ(bought_from("cheapest"), "canal");
}

TEST(FromLanes, NeedsALane) {
  const std::string text = three_mills("from: [near, cheap, far]");
  std::string without = text;
  without.replace(without.find("coal: {from: pit}"), 17, "coal: {from: lanes}");
  without.replace(without.find("tip: {from: pit"), 15, "tip: {from: near");
  EXPECT_THAT(tests::mistakes_of_text(without), HasSubstr("no lane leads here from a site that has \"coal\""));
}

TEST(FromLanes, MayBeTheNameOfASite) {
  std::string text = three_mills("from: lanes");
  text.replace(text.find("  near: "), 8, "  lanes: ");
  text.replace(text.find("from: near"), 10, "from: lanes");
  for (const char* lane : {"  rail:", "  canal:"}) {
    const std::size_t at = text.find(lane);
    text.erase(at, text.find('\n', at) + 1 - at);
  }
  EXPECT_THAT(suppliers_of(*tests::model_of_text(text), "plant"), ElementsAre("lanes", "pit"));
}

// A network in files: so many depots, each with a lane to each of so many shops.
class LaneFiles : public testing::Test {
 protected:
  static constexpr int kDepots = 60, kShops = 120;

  void SetUp() override {
    std::string lanes = "name,from,to,transit,cost_per_unit\n";
    for (int d = 0; d < kDepots; ++d) {
      for (int s = 0; s < kShops; ++s) {
        lanes += fmt::format("lane_number_{}_{},depot_{},shop_{},{} d,0.{:02}\n", d, s, d + 1, s + 1,
                             1 + (d * 7 + s) % 5, 1 + (d * 31 + s * 17) % 97);
      }
    }
    write("lanes.csv", lanes);
    write(
        "network.yaml",
        fmt::format("tierworks: 1\ntime: {{horizon: 40 d}}\nitems: {{goods: {{value: 3}}}}\nsites:\n"
                    "  depot: {{count: {}, sells: {{goods: {{}}}}}}\n"
                    "  shop: {{count: {}, buys: {{goods: {{from: lanes, choose: cheapest}}}}, stock: {{goods: {{level: "
                    "40, review: 1 d}}}}}}\n"
                    "lanes: {{table: lanes.csv}}\n"
                    "demand: {{d: {{at: shop_*, item: goods, orders: poisson 4 / d}}}}\n",
                    kDepots, kShops));
  }

  void write(const char* name, const std::string& text) const { folder_.write(name, text); }
  std::string read(const char* name) const {
    std::ifstream file(folder_.file(name));
    return {std::istreambuf_iterator<char>(file), {}};
  }
  std::string scenario() const { return folder_.file("network.yaml"); }

  std::string mistakes() const {
    common::Diagnostics diagnostics;
    const auto reading = reader::read_scenario(scenario(), {}, diagnostics);
    if (reading.spec) compile(*reading.spec, diagnostics);
    std::string words;
    for (const auto& diagnostic : diagnostics.list()) words += reading.format(diagnostic) + "\n";
    return words;
  }

  tests::TemporaryFolder folder_;
};

TEST_F(LaneFiles, AreReadAShortWayThatMeansTheSame) {
  common::Diagnostics diagnostics;
  const auto reading = reader::read_scenario(scenario(), {}, diagnostics);
  ASSERT_TRUE(reading.spec) << mistakes();
  ASSERT_EQ(reading.spec->lane_table.rows.size(), static_cast<std::size_t>(kDepots * kShops));
  EXPECT_TRUE(reading.spec->lanes.empty());
  EXPECT_EQ(reading.spec->lane_table.name(1), "lane_number_0_1");
  EXPECT_EQ(reading.files().size(), 2U);

  // An override among the lanes makes it go the long way.
  const std::vector<std::string> told{"lanes.lane_number_0_0.keep_order=false"};
  const auto by_long_way = reader::read_scenario(scenario(), told, diagnostics);
  ASSERT_TRUE(by_long_way.spec);
  EXPECT_EQ(by_long_way.spec->lanes.size(), static_cast<std::size_t>(kDepots * kShops));
  EXPECT_TRUE(by_long_way.spec->lane_table.rows.empty());

  const auto model = tests::model_of_file(scenario()), other = tests::model_of_file(scenario(), told);
  std::set<std::string> suppliers;
  for (int s = 1; s <= kShops; ++s) {
    const std::string shop = fmt::format("shop_{}", s);
    EXPECT_EQ(suppliers_of(*model, shop), suppliers_of(*other, shop));
    EXPECT_EQ(suppliers_of(*model, shop).size(), 4U);
    suppliers.insert(suppliers_of(*model, shop).front());
  }
  EXPECT_GT(suppliers.size(), 10U);
  EXPECT_EQ(model->logistics.lanes.size(), static_cast<std::size_t>(kShops) * 4);
  const tests::Ran ours = tests::simulate_model(*model), others = tests::simulate_model(*other);
  // Lanes have other numbers, which is no fact of a run that none of them limits.
  EXPECT_EQ(ours.result.fingerprint, others.result.fingerprint);
  for (const char* kpi : {"fill_rate", "cost_transport", "pipeline_stock", "on_hand"}) {
    EXPECT_DOUBLE_EQ(ours(kpi), others(kpi)) << kpi;
  }
}

TEST_F(LaneFiles, WithMistakesAreReadTheLongWayThatKnowsTheirPlaces) {
  const std::string lanes = read("lanes.csv");
  const auto with = [&](std::string_view what, std::string_view instead) {
    std::string changed = lanes;
    changed.replace(changed.find(what), what.size(), instead);
    write("lanes.csv", changed);
    return mistakes();
  };
  EXPECT_THAT(with("lane_number_0_3,depot_1,shop_4,", "lane_number_0_3,depot_1,shop_4,x"), HasSubstr("lanes.csv:5:4"));
  EXPECT_THAT(with("lane_number_0_3,depot_1,shop_4,", "lane_number_0_3,depo_1,shop_4,"),
              HasSubstr("lanes.csv:5:2: lanes.lane_number_0_3.from: no site \"depo_1\""));
  EXPECT_THAT(with("lane_number_0_3,", "lane_number_0_2,"), HasSubstr("appears twice"));
  EXPECT_THAT(with("lane_number_0_3,depot_1,shop_4,", "lane_number_0_3,depot_1,shop_3,"), HasSubstr("a second lane"));
  EXPECT_THAT(with("cost_per_unit", "cost_per_unti"), HasSubstr("lanes.csv:1:5"));
}

TEST_F(LaneFiles, ThatCarryNothingAreAMistake) {
  std::string text = read("network.yaml");
  text.replace(text.find("from: lanes"), 11, "from: depot_1");
  write("network.yaml", text);
  EXPECT_THAT(mistakes(), HasSubstr("nothing goes by 7080 of the 7200 lanes, the first of them \"lane_number_1_0\""));
}

}  // namespace
}  // namespace tierworks::world
