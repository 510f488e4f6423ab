#include "report/table.h"

#include <cmath>
#include <limits>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "models/demand/kpis.h"
#include "models/logistics/kpis.h"
#include "models/production/kpis.h"
#include "models/supply/kpis.h"
#include "models/world/kpis.h"
#include "report/text.h"

namespace tierworks::report {
namespace {

using common::Kpi;
using experiments::Replicated;
using testing::HasSubstr;
using testing::Not;

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

struct Fake {
  Replicated result;
  Subject subject{
      .scenario = "cluster.yaml", .title = "A cluster", .currency = "CNY", .horizon_days = 365, .warm_up_days = 91};

  Fake() {
    result.replications = result.asked = 30;
    result.seed = 7;
    result.events = 12345678;
    result.fingerprint = 0xabcdef;
    result.wall_seconds = 4.5;
    result.cpu_seconds = 8.8;
    result.peak_memory_bytes = 123'000'000;
  }
  void add(const Kpi& kpi, std::string scope, double mean, double half_width = 0.1) {
    result.rows.push_back({&kpi, std::move(scope)});
    const std::int64_t n = std::isnan(mean) ? 0 : 30;
    result.kpis.push_back({mean, n == 0 ? kNan : half_width, 0.95, n, mean, mean});
  }
  void stock(const std::string& site, const std::string& item, double fill_rate, double demand = 10) {
    const std::string scope = "site:" + site + "/item:" + item;
    add(supply::kpi::fill_rate, scope, fill_rate, 0.01);
    add(demand::kpi::demand, scope, demand);
  }
  std::string text(TableOptions options = {}) const { return table(subject, result, options); }
};

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

// The first line with the word, several blanks as one.
std::string line_with(const std::string& text, const std::string& word) {
  for (std::string line : lines_of(text)) {
    if (line.find(word) == std::string::npos) continue;
    for (std::size_t at; (at = line.find("  ")) != std::string::npos;) line.erase(at, 1);
    return line;
  }
  return "";
}

std::size_t place_of(const std::string& text, const std::string& word) {
  const std::size_t at = text.find(word);
  EXPECT_NE(at, std::string::npos) << word << " in\n" << text;
  return at;
}

// A cluster of many sites with every KPI at every scope; `scale` makes numbers huge.
Fake cluster(std::size_t sites, const std::string& name, double scale) {
  Fake f;
  const auto wave = [](std::size_t i, double low, double high) {
    return low + (high - low) * (0.5 + 0.5 * std::sin(static_cast<double>(i) * 2.7));
  };
  const auto all = [&](const std::string& scope, std::size_t i, double size) {
    f.add(supply::kpi::fill_rate, scope, wave(i, 0.71, 1), 0.0043);
    f.add(supply::kpi::cycle_service_level, scope, wave(i + 3, 0.6, 1), 0.01);
    f.add(supply::kpi::on_hand, scope, wave(i, 50, 9000) * size, 12);
    f.add(supply::kpi::backorders, scope, wave(i, 0, 300) * size, 0.7);
    f.add(logistics::kpi::pipeline_stock, scope, wave(i, 100, 800) * size, 3);
    f.add(supply::kpi::inventory_value, scope, wave(i, 1e4, 9e6) * size, 1e3);
    f.add(supply::kpi::turns, scope, wave(i, 3, 60), 0.3);
    f.add(demand::kpi::demand, scope, wave(i, 3, 5000) * size, 31);
    f.add(world::kpi::total_cost, scope, wave(i, 3e3, 5e5) * size, 310);
  };
  const auto outside = [&](const std::string& scope, std::size_t i, double size) {
    f.add(demand::kpi::on_time, scope, wave(i, 0.8, 0.99), 0.002);
    f.add(demand::kpi::order_lead_time, scope, wave(i, 10, 200), 1.4);
    f.add(demand::kpi::order_lead_time_p95, scope, wave(i, 40, 400), 2.5);
    f.add(demand::kpi::lost_sales, scope, wave(i, 0, 12) * size, 0.4);
    f.add(demand::kpi::revenue, scope, wave(i, 1e5, 2e6) * size, 3e3);
  };
  all("world", 1, 60 * scale);
  outside("world", 1, 8 * scale);
  f.add(production::kpi::utilisation, "world", 0.713, 0.002);
  f.add(supply::kpi::cost_ordering, "world", 0, 0);
  f.add(world::kpi::profit, "world", -123456 * scale, 2300 * scale);
  for (const char* region : {"north", "south", "华东"}) {
    f.add(supply::kpi::fill_rate, std::string("region:") + region, wave(f.result.rows.size(), 0.8, 1), 0.004);
    outside(std::string("region:") + region, f.result.rows.size(), scale);
    f.add(demand::kpi::demand, std::string("region:") + region, 40 * scale, 1);
  }
  for (std::size_t i = 0; i < sites; ++i) {
    const std::string site = name + std::to_string(i);
    all("site:" + site, i, scale);
    if (i % 3 == 0) f.add(production::kpi::utilisation, "site:" + site, 0.4);
    if (i % 3 == 0) f.add(production::kpi::utilisation, "work_centre:" + site + "/line_1", wave(i, 0.3, 0.97), 0.003);
    if (i % 3 == 0) f.add(supply::kpi::throughput, "work_centre:" + site + "/line_1", wave(i, 30, 9e5) * scale, 21);
    if (i % 3 == 0) f.add(production::kpi::cost_production, "work_centre:" + site + "/line_1", 1e4 * scale, 21);
  }
  for (std::size_t i = 0; i < sites / 2; ++i) all("item:" + name + std::to_string(i), i + 5, scale);
  for (std::size_t i = 0; i < sites; ++i) all("site:" + name + std::to_string(i) + "/item:pcb", i, scale);
  for (const char* lane : {"sea_freight", "rail"}) {
    f.add(logistics::kpi::pipeline_stock, std::string("lane:") + lane, 4000 * scale, 35);
    f.add(supply::kpi::throughput, std::string("lane:") + lane, 210 * scale, 3);
    f.add(logistics::kpi::cost_transport, std::string("lane:") + lane, 2100 * scale, 30);
  }
  return f;
}

TEST(Table, FitsItsWidthWhateverNamesAndNumbersAre) {
  const std::string long_name = "an_extraordinarily_long_name_of_a_site_that_goes_on_and_on_for_";
  const std::string wide_name = "珠江三角洲电子产业集群协同制造平台的专精特新供应商企业之一号";
  for (const std::string& name : {std::string("s"), long_name, wide_name}) {
    for (const double scale : {1e-7, 1.0, 1e9, 1e18, 1e40}) {
      Fake f = cluster(60, name, scale);
      f.subject.title = long_name + long_name;
      f.subject.currency = long_name;
      for (const std::size_t width : {60U, 80U, 100U}) {
        for (const std::string& line : lines_of(f.text({.width = width, .all = true}))) {
          ASSERT_LE(columns(line), width) << line;
          ASSERT_FALSE(line.ends_with(' ')) << line;
        }
      }
    }
  }
}

TEST(Table, LongNamesLoseTheirMiddle) {
  const std::string text = cluster(60, "an_extraordinarily_long_name_of_a_site_that_goes_on_and_on_for_", 1).text();
  EXPECT_THAT(text, HasSubstr("an_extra"));
  EXPECT_THAT(text, HasSubstr("…"));
  EXPECT_THAT(line_with(text, "SITES"), HasSubstr("cost / d"));
}

TEST(Table, ShowsTwoSignificantDigitsOfTheHalfWidth) {
  Fake f;
  f.add(supply::kpi::fill_rate, "world", 0.94123, 0.00432);
  f.add(supply::kpi::on_hand, "world", 1234.567, 31.4);
  f.add(supply::kpi::backorders, "world", 3.14159, 0.0996);
  f.add(supply::kpi::inventory_value, "world", 8'234'567, 31'234);
  f.add(world::kpi::total_cost, "world", 9'876, 123);
  f.add(demand::kpi::order_lead_time, "world", 72, 1.23);
  f.add(demand::kpi::order_lead_time_p95, "world", 73, 1.2);
  f.add(supply::kpi::turns, "world", 12, 0);
  const std::string text = f.text();
  EXPECT_THAT(line_with(text, "fill_rate"), HasSubstr("94.12 ± 0.43 %"));
  EXPECT_THAT(line_with(text, "on_hand"), HasSubstr("1235 ± 31"));
  EXPECT_THAT(line_with(text, "backorders"), HasSubstr("3.14 ± 0.10"));
  EXPECT_THAT(line_with(text, "inventory_value"), HasSubstr("8.235 ± 0.031 M CNY"));
  EXPECT_THAT(line_with(text, "total_cost"), HasSubstr("9876 ± 123 CNY / d"));
  EXPECT_THAT(line_with(text, "order_lead_time "), HasSubstr("72.0 ± 1.2 h"));
  EXPECT_THAT(line_with(text, "order_lead_time_p95"), HasSubstr("3.042 ± 0.050 d"));
  EXPECT_THAT(line_with(text, "turns"), HasSubstr("12.00 ± 0"));
}

TEST(Table, OneReplicationHasNoHalfWidthAndNothingMeasuredIsADash) {
  Fake f;
  f.result.replications = f.result.asked = 1;
  f.add(supply::kpi::fill_rate, "world", 0.5);
  f.add(supply::kpi::turns, "world", kNan);
  f.result.kpis[0].n = 1;
  f.result.kpis[0].half_width = kNan;
  const std::string text = f.text();
  EXPECT_THAT(text, Not(HasSubstr("±")));
  EXPECT_THAT(text, HasSubstr("365 d measured after a warm-up of 91 d, 1 replication, seed 7\n"));
  EXPECT_THAT(line_with(text, "fill_rate"), HasSubstr("50.00"));
  EXPECT_THAT(line_with(text, "turns"), HasSubstr(" - "));
}

TEST(Table, NamesTheWorstStockOfTheFillRate) {
  Fake f;
  f.add(supply::kpi::fill_rate, "world", 0.9);
  f.stock("smt", "pcb", 0.812);
  f.stock("lead", "board", 0.95);
  f.stock("shop", "board", 0.0);
  f.stock("idle", "board", kNan);
  EXPECT_THAT(line_with(f.text(), "fill_rate"), HasSubstr("shop/board 0.0 %"));
  // A stock that is empty by design is not weak.
  EXPECT_THAT(line_with(f.text({.to_order = {"site:shop/item:board"}}), "fill_rate"), HasSubstr("smt/pcb 81.2 %"));
}

TEST(Table, NamesTheHighestWhereLessIsBetterAndTheLargestPartOfASum) {
  Fake f;
  f.add(demand::kpi::order_lead_time, "world", 30);
  f.add(production::kpi::utilisation, "world", 0.5);
  f.add(world::kpi::total_cost, "world", 1000);
  f.add(supply::kpi::cost_ordering, "world", 0, 0);
  f.add(world::kpi::profit, "world", 10);
  f.add(demand::kpi::order_lead_time, "region:north", 20);
  f.add(demand::kpi::order_lead_time, "region:south", 120);
  f.add(world::kpi::total_cost, "site:a", 660);
  f.add(world::kpi::total_cost, "site:b", 340);
  f.add(supply::kpi::cost_ordering, "site:a", 0);
  f.add(supply::kpi::cost_ordering, "site:b", 0);
  f.add(world::kpi::profit, "site:a", -660);
  f.add(world::kpi::profit, "site:b", 700);
  f.add(production::kpi::utilisation, "work_centre:a/press", 0.5);
  f.add(production::kpi::utilisation, "work_centre:b/mill", 0.91);
  const std::string text = f.text();
  EXPECT_THAT(line_with(text, "order_lead_time"), HasSubstr("south 5 d"));
  EXPECT_THAT(line_with(text, "utilisation "), HasSubstr("b/mill 91.0 %"));
  EXPECT_THAT(line_with(text, "total_cost"), HasSubstr("a 66 % of it"));
  EXPECT_TRUE(line_with(text, "cost_ordering").ends_with("CNY / d"));
  EXPECT_TRUE(line_with(text, "profit").ends_with("CNY / d"));
}

TEST(Table, PutsTheWeakestSiteFirstThenThoseToOrderThenTheIdle) {
  Fake f;
  for (const auto& [site, rate] : {std::pair{"good", 0.99}, {"idle", kNan}, {"maker", 0.0}, {"poor", 0.4}}) {
    f.add(supply::kpi::fill_rate, std::string("site:") + site, rate);
    f.stock(site, "x", rate);
  }
  const std::string text = f.text({.to_order = {"site:maker/item:x"}});
  EXPECT_LT(place_of(text, "\npoor"), place_of(text, "\ngood"));
  EXPECT_LT(place_of(text, "\ngood"), place_of(text, "\nmaker"));
  EXPECT_LT(place_of(text, "\nmaker"), place_of(text, "\nidle"));
  EXPECT_THAT(line_with(text, "maker"), HasSubstr("to order"));
  EXPECT_THAT(line_with(text, "idle"), HasSubstr("-"));
}

TEST(Table, LimitsItsRowsAndCountsTheRest) {
  const Fake f = cluster(60, "site", 1);
  EXPECT_THAT(f.text(), HasSubstr("... and 48 more (--all shows them)"));
  EXPECT_THAT(f.text({.rows = 9}), HasSubstr("... and 51 more (--all shows them)"));
  EXPECT_THAT(f.text({.all = true}), Not(HasSubstr("more (--all")));
}

TEST(Table, LeavesOutColumnsWithoutAnyValue) {
  Fake f;
  f.add(supply::kpi::fill_rate, "site:a", 0.4);
  f.add(supply::kpi::turns, "site:a", kNan);
  EXPECT_THAT(line_with(f.text(), "SITES"), HasSubstr("fill rate"));
  EXPECT_THAT(line_with(f.text(), "SITES"), Not(HasSubstr("turns")));
  f.add(production::kpi::utilisation, "work_centre:a/b", 0.77);
  EXPECT_THAT(line_with(f.text(), "a  "), HasSubstr("77.0 %"));
}

TEST(Table, WarnsOfWhatIsNotAsAsked) {
  Fake f;
  f.add(supply::kpi::fill_rate, "world", 0.4);
  EXPECT_THAT(f.text(), Not(HasSubstr("warning")));
  f.result.outcomes = {{world::Outcome::starved, 3}};
  f.result.stopped = true;
  f.result.asked = 50;
  f.result.precise = false;
  f.result.notes = {"site shop: no lot was finished"};
  const std::string text = f.text();
  EXPECT_THAT(text, HasSubstr("warning: 3 of 30 replications starved: customers ordered"));
  EXPECT_THAT(text, HasSubstr("warning: ended early: 30 of 50 replications ran, whole ones only"));
  EXPECT_THAT(text, HasSubstr("warning: the precision asked for was not reached in 30 replications"));
  EXPECT_THAT(text, HasSubstr("warning: site shop: no lot was finished"));
}

TEST(Table, ColoursOnlyByRenditionAndKeepsItsColumns) {
  const Fake f = cluster(60, "site", 1);
  std::string coloured = f.text({.colour = true});
  for (const std::string code : {"\x1b[1m", "\x1b[31m", "\x1b[0m"}) {
    EXPECT_THAT(coloured, HasSubstr(code));
    for (std::size_t at; (at = coloured.find(code)) != std::string::npos;) coloured.erase(at, code.size());
  }
  EXPECT_EQ(coloured, f.text());
  EXPECT_THAT(coloured, Not(HasSubstr("\x1b")));
}

TEST(Table, NamesCannotSteerTheTerminal) {
  Fake f;
  f.subject.title = "a\x1b[2Jb\nc\xff";
  f.add(supply::kpi::fill_rate, "site:evil\x1b]0;x\x07", 0.4);
  const std::string text = f.text();
  EXPECT_TRUE(text.starts_with("a?[2Jb?c? (cluster.yaml)\n"));
  EXPECT_THAT(text, HasSubstr("evil?]0;x?"));
}

TEST(Table, EndsWithWhatTheRunCost) {
  EXPECT_THAT(Fake().text(), HasSubstr("\n12.3 M events, 4.50 s wall, 8.80 s CPU (1.40 M events / s), 123 MB, "
                                       "fingerprint 0000000000abcdef\n"));
}

TEST(Text, CountsColumnsNotBytes) {
  EXPECT_EQ(columns("a±b"), 3U);
  EXPECT_EQ(columns("链主"), 4U);
  EXPECT_EQ(columns("e\xcc\x81"), 1U);  // a combining accent
  EXPECT_EQ(columns("\xff\xc3"), 2U);
  EXPECT_EQ(cut_middle("abcdefghij", 7), "abc…hij");
  EXPECT_EQ(cut_middle("abcdefghij", 10), "abcdefghij");
  EXPECT_EQ(cut_middle("链主链主链主", 7), "链…主");
  EXPECT_EQ(cut_end("abcdef", 4), "abc…");
  EXPECT_EQ(wrapped("one two three", 8, 2), "one two\n  three\n");
}

}  // namespace
}  // namespace tierworks::report
