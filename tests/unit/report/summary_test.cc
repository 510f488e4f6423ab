#include "report/summary.h"

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "models/demand/kpis.h"
#include "models/supply/kpis.h"

namespace tierworks::report {
namespace {

using nlohmann::ordered_json;

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

experiments::Replicated made_up_result() {
  experiments::Replicated result;
  result.rows = {{&supply::kpi::fill_rate, "world"}, {&demand::kpi::revenue, "site:shop"}};
  result.kpis = {{.mean = 0.95, .half_width = 0.01, .confidence = 0.9, .n = 7, .min = 0.9, .max = 0.99},
                 {.mean = kNone, .half_width = kNone, .confidence = 0.9, .n = 0, .min = kNone, .max = kNone}};
  result.replications = 7;
  result.seed = 42;
  result.threads = 2;
  result.events = 123456;
  result.fingerprint = 0xab;
  result.outcomes = {{world::Outcome::starved, 3}};
  result.wall_seconds = 1.5;
  result.cpu_seconds = 2.5;
  result.peak_memory_bytes = 1 << 20;
  return result;
}

ordered_json parsed(const experiments::Replicated& result) {
  const Subject subject{.scenario = "a/shop.yaml",
                        .title = "A \"shop\"",
                        .currency = "CNY",
                        .horizon_days = 365,
                        .warm_up_days = 28,
                        .sites = 2,
                        .items = 1,
                        .stocks = 1,
                        .lines = 0,
                        .lanes = 3,
                        .streams = 4};
  return ordered_json::parse(summary_json(subject, result));
}

std::vector<std::string> keys(const ordered_json& json) {
  std::vector<std::string> names;
  for (const auto& [key, value] : json.items()) names.push_back(key);
  return names;
}

TEST(Summary, HasExactlyTheDocumentedKeys) {
  using Names = std::vector<std::string>;
  const ordered_json json = parsed(made_up_result());
  EXPECT_EQ(keys(json), (Names{"scenario", "model", "run", "kpis"}));
  EXPECT_EQ(keys(json["scenario"]), (Names{"file", "title", "currency"}));
  EXPECT_EQ(keys(json["model"]), (Names{"sites", "items", "stocks", "lines", "lanes", "streams"}));
  EXPECT_EQ(keys(json["run"]), (Names{"seed", "replications", "threads", "partitions", "horizon_days", "warm_up_days",
                                      "events", "wall_seconds", "cpu_seconds", "peak_memory_bytes", "stopped_early",
                                      "precision_reached", "outcomes", "fingerprint"}));
  ASSERT_EQ(json["kpis"].size(), 2U);
  for (const ordered_json& kpi : json["kpis"]) {
    EXPECT_EQ(keys(kpi), (Names{"kpi", "unit", "scope", "mean", "half_width", "confidence", "n", "min", "max"}));
  }
}

TEST(Summary, HoldsTheNumbersOfTheResult) {
  const ordered_json json = parsed(made_up_result());
  EXPECT_EQ(json["scenario"]["title"], "A \"shop\"");
  EXPECT_EQ(json["model"]["lanes"], 3);
  EXPECT_EQ(json["model"]["streams"], 4);
  EXPECT_EQ(json["run"]["seed"], 42);
  EXPECT_EQ(json["run"]["replications"], 7);
  EXPECT_EQ(json["run"]["threads"], 2);
  EXPECT_EQ(json["run"]["horizon_days"], 365);
  EXPECT_EQ(json["run"]["warm_up_days"], 28);
  EXPECT_EQ(json["run"]["events"], 123456);
  EXPECT_EQ(json["run"]["stopped_early"], false);
  const ordered_json& kpi = json["kpis"][0];
  EXPECT_EQ(kpi["kpi"], "fill_rate");
  EXPECT_EQ(kpi["unit"], "share");
  EXPECT_EQ(kpi["scope"], "world");
  EXPECT_EQ(kpi["mean"], 0.95);
  EXPECT_EQ(kpi["half_width"], 0.01);
  EXPECT_EQ(kpi["confidence"], 0.9);
  EXPECT_EQ(kpi["n"], 7);
  EXPECT_EQ(kpi["min"], 0.9);
  EXPECT_EQ(kpi["max"], 0.99);
  EXPECT_EQ(json["kpis"][1]["unit"], "CNY / d");
}

TEST(Summary, WritesNullForWhatIsNoNumber) {
  experiments::Replicated result = made_up_result();
  result.kpis[0].max = std::numeric_limits<double>::infinity();
  const ordered_json json = parsed(result);
  for (const char* field : {"mean", "half_width", "min", "max"}) EXPECT_TRUE(json["kpis"][1][field].is_null()) << field;
  EXPECT_EQ(json["kpis"][1]["n"], 0);
  EXPECT_TRUE(json["kpis"][0]["max"].is_null());
}

TEST(Summary, WritesTheFingerprintAsSixteenHexDigits) {
  EXPECT_EQ(parsed(made_up_result())["run"]["fingerprint"], "00000000000000ab");
  experiments::Replicated result = made_up_result();
  result.fingerprint = 0xfedcba9876543210;
  EXPECT_EQ(parsed(result)["run"]["fingerprint"], "fedcba9876543210");
}

TEST(Summary, CountsOutcomesAndTheRestIsComplete) {
  const ordered_json outcomes = parsed(made_up_result())["run"]["outcomes"];
  EXPECT_EQ(outcomes.size(), 2U);
  EXPECT_EQ(outcomes["complete"], 4);
  EXPECT_EQ(outcomes[world::in_words(world::Outcome::starved)], 3);
}

TEST(Summary, HoldsNotesWhereThereAreSome) {
  experiments::Replicated result = made_up_result();
  EXPECT_FALSE(parsed(result)["run"].contains("notes"));
  result.notes = {"site shop: no lot was finished"};
  EXPECT_EQ(parsed(result)["run"]["notes"], ordered_json({"site shop: no lot was finished"}));
}

TEST(Summary, SurvivesATitleThatIsNoText) {
  Subject subject;
  subject.title = "\xff\xfe";
  EXPECT_TRUE(ordered_json::accept(summary_json(subject, made_up_result())));
}

TEST(UnitName, IsWhatReportsWrite) {
  EXPECT_EQ(unit_name(common::Unit::share, "EUR"), "share");
  EXPECT_EQ(unit_name(common::Unit::hours, "EUR"), "h");
  EXPECT_EQ(unit_name(common::Unit::units, "EUR"), "units");
  EXPECT_EQ(unit_name(common::Unit::units_per_day, "EUR"), "units / d");
  EXPECT_EQ(unit_name(common::Unit::money, "EUR"), "EUR");
  EXPECT_EQ(unit_name(common::Unit::money_per_day, "EUR"), "EUR / d");
  EXPECT_EQ(unit_name(common::Unit::per_year, "EUR"), "1 / yr");
  EXPECT_EQ(unit_name(common::Unit::orders_per_day, "EUR"), "orders / d");
  EXPECT_EQ(unit_name(common::Unit::squared_units, "EUR"), "units^2");
  EXPECT_EQ(unit_name(common::Unit::ratio, "EUR"), "ratio");
}

}  // namespace
}  // namespace tierworks::report
