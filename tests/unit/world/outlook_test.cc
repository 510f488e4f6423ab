#include "models/world/outlook.h"

#include <limits>
#include <stdexcept>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "models/world/model.h"
#include "models/world/simulate.h"

namespace tierworks::world {
namespace {

using common::Amount;
using core::DistributionSpec;
using testing::HasSubstr;

template <class T>
common::Field<T> stated(T value) {
  common::Field<T> field(std::move(value));
  field.stated = true;
  return field;
}

template <class T>
T& entry(common::Entries<T>& entries, const std::string& name) {
  for (auto& e : entries.list) {
    if (e.name == name) return e.spec;
  }
  entries.list.push_back({name, {}, {}});
  return entries.list.back().spec;
}

common::TimeDistribution constant(core::Duration d) {
  return {DistributionSpec::constant(static_cast<double>(d.ticks))};
}

common::TimeDistribution exponential(core::Duration mean) {
  common::TimeDistribution time = constant(mean);
  time.distribution.kind = core::DistributionKind::exponential;
  return time;
}

// laminator -> pcb_a, pcb_b -> smt -> lead; boards are sold at 24 a day. Each test changes what it is about.
//   board: 2 pcb, made at smt on a line of 1 server, 30 min each -> 12 h / d: load 50 %
//   pcb at smt: 48 / d from pcb_a (75 %) and pcb_b (25 %), 10 % attrition: 52.8 / d
//   laminate: 0.5 m2 for each pcb, resolution 0.1
struct Cluster {
  ScenarioSpec spec;

  SiteSpec& site(const std::string& name) { return entry(spec.sites, name); }
  supply::BuysSpec& buys(const std::string& at, const std::string& item,
                         std::vector<std::pair<std::string, double>> from, core::Duration transit) {
    auto& buy = entry(site(at).buys, item);
    for (const auto& [supplier, share] : from) entry(buy.from, supplier).share = stated(share);
    buy.transit = stated(constant(transit));
    return buy;
  }
  supply::StockSpec& level(const std::string& at, const std::string& item, double units) {
    auto& stock = entry(site(at).stock, item);
    stock.level = stated(Amount{units, ""});
    return stock;
  }

  Cluster() {
    spec.time.horizon = core::kDay * 100;
    auto& laminate = entry(spec.items, "laminate");
    laminate.unit = stated(std::string("m2"));
    laminate.resolution = stated(0.1);
    auto& pcb = entry(spec.items, "pcb");
    pcb.attrition = stated(0.1);
    entry(pcb.bom, "laminate") = stated(Amount{0.5, ""});
    entry(entry(spec.items, "board").bom, "pcb") = stated(Amount{2, ""});

    auto& offer = entry(site("laminator").sells, "laminate");
    offer.quoted = stated(exponential(core::kDay * 9));
    offer.capacity = stated(common::AmountRate{{33, ""}, core::kDay});
    for (const char* maker : {"pcb_a", "pcb_b"}) {
      buys(maker, "laminate", {{"laminator", 1}}, core::kDay);
      level(maker, "laminate", 400);
      entry(site(maker).makes, "pcb").time = stated(constant(core::kMinute * 6));
      level(maker, "pcb", 50);
    }
    buys("smt", "pcb", {{"pcb_a", 0.75}, {"pcb_b", 0.25}}, core::kDay * 2);
    level("smt", "pcb", 264);
    entry(site("smt").lines, "smt_line");
    auto& makes = entry(site("smt").makes, "board");
    makes.line = stated(std::string("smt_line"));
    makes.time = stated(exponential(core::kMinute * 30));
    level("smt", "board", 10);
    buys("lead", "board", {{"smt", 1}}, core::kHour * 4);
    level("lead", "board", 48);

    auto& demand = entry(spec.demand, "hospitals");
    demand.at = stated(std::string("lead"));
    demand.item = stated(std::string("board"));
    common::OrderPattern orders;
    orders.per_day = 12;
    demand.orders = stated(orders);
    demand.size = stated(common::QuantityDistribution{DistributionSpec::constant(2), ""});
  }

  demand::DemandSpec& demand() { return entry(spec.demand, "hospitals"); }

  Outlook outlook() {
    common::Diagnostics diagnostics;
    const auto model = compile(spec, diagnostics);
    for (const auto& d : diagnostics.list()) ADD_FAILURE() << d.message;
    return model == nullptr ? Outlook{} : world::outlook(*model);
  }
};

const StockOutlook& stock_of(const Outlook& outlook, const std::string& site, const std::string& item) {
  for (const StockOutlook& stock : outlook.stocks) {
    if (stock.site == site && stock.item == item) return stock;
  }
  throw std::out_of_range(site + "/" + item);
}

TEST(Outlook, CarriesDemandThroughSourcesAndBillsOfMaterials) {
  const Outlook o = Cluster().outlook();
  EXPECT_DOUBLE_EQ(o.demand, 24);
  EXPECT_DOUBLE_EQ(stock_of(o, "lead", "board").rate, 24);
  EXPECT_DOUBLE_EQ(stock_of(o, "smt", "board").rate, 24);
  EXPECT_DOUBLE_EQ(stock_of(o, "smt", "pcb").rate, 52.8);
  EXPECT_DOUBLE_EQ(stock_of(o, "pcb_a", "pcb").rate, 39.6);
  EXPECT_DOUBLE_EQ(stock_of(o, "pcb_b", "pcb").rate, 13.2);
  EXPECT_DOUBLE_EQ(stock_of(o, "pcb_a", "laminate").rate, 19.8);
  EXPECT_DOUBLE_EQ(stock_of(o, "smt", "pcb").cover_days, 5);
}

TEST(Outlook, LoadsLinesAndCapacitatedSuppliers) {
  const Outlook o = Cluster().outlook();
  ASSERT_EQ(o.lines.size(), 1U);
  EXPECT_EQ(o.lines[0].name, "smt/smt_line");
  EXPECT_DOUBLE_EQ(o.lines[0].load, 0.5);
  EXPECT_DOUBLE_EQ(o.lines[0].rate, 24);
  ASSERT_EQ(o.offers.size(), 1U);
  EXPECT_EQ(o.offers[0].name, "laminator/laminate");
  EXPECT_DOUBLE_EQ(o.offers[0].load, 0.8);  // (39.6 + 13.2) * 0.5 / 33
  EXPECT_DOUBLE_EQ(o.offers[0].rate, 26.4);
}

TEST(Outlook, ExpectsThePipelineByLittlesLaw) {
  const Outlook o = Cluster().outlook();
  EXPECT_DOUBLE_EQ(stock_of(o, "smt", "pcb").in_transit, 105.6);  // 52.8 / d for 2 d
  EXPECT_DOUBLE_EQ(stock_of(o, "lead", "board").in_transit, 4);   // 24 / d for 4 h
  EXPECT_DOUBLE_EQ(stock_of(o, "smt", "board").in_work, 0.5);     // 24 / d for 30 min
  EXPECT_DOUBLE_EQ(stock_of(o, "pcb_a", "pcb").in_work, 0.165);   // 39.6 / d for 6 min
  EXPECT_NEAR(o.pipeline_stock, 105.6 + 4 + 0.5 + 0.165 + 0.055 + 26.4, 1e-9);
}

TEST(Outlook, AgreesWithARunWhereNothingWaits) {
  Cluster c;
  c.spec.time.horizon = core::kDay * 4000;
  c.spec.time.warm_up = core::kDay * 50;
  c.level("lead", "board", 500);
  c.level("smt", "board", 500);
  c.level("smt", "pcb", 5000);
  c.level("pcb_a", "pcb", 5000);
  c.level("pcb_b", "pcb", 5000);
  common::Diagnostics diagnostics;
  const auto model = compile(c.spec, diagnostics);
  ASSERT_NE(model, nullptr);
  const Outlook o = outlook(*model);
  const RunResult result = Simulation(*model).run(1, 0);
  const auto rows = kpi_rows(*model);
  const auto value = [&](const std::string& kpi, const std::string& scope) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (rows[i].kpi->name == kpi && rows[i].scope == scope) return result.values[i];
    }
    return std::numeric_limits<double>::quiet_NaN();
  };
  EXPECT_NEAR(value("demand", "world"), o.demand, 0.02 * o.demand);
  EXPECT_NEAR(value("pipeline_stock", "world"), o.pipeline_stock, 0.02 * o.pipeline_stock);
  EXPECT_NEAR(value("utilisation", "work_centre:smt/smt_line"), o.lines[0].load, 0.02);
  EXPECT_NEAR(value("pipeline_stock", "site:pcb_a/item:laminate"), 19.8, 0.4);
}

TEST(Outlook, AddsUpLeadTimes) {
  Cluster c;
  const Outlook o = c.outlook();
  EXPECT_DOUBLE_EQ(stock_of(o, "smt", "pcb").lead_time_hours, 49);   // an order of 1 h, 2 d on the way
  EXPECT_DOUBLE_EQ(stock_of(o, "smt", "board").lead_time_hours, 1);  // two boards of 30 min on one server
  // An order of 1 h, quoted 9 d, on the way 1 d; and 4.4 pcb take 2.2 m2, which are made at 33 m2 / d.
  EXPECT_DOUBLE_EQ(stock_of(o, "pcb_a", "laminate").lead_time_hours, 1 + 240 + 2.2 / 33 * 24);
  // What is to order waits for its materials first.
  entry(c.site("smt").stock, "pcb") = {};
  entry(c.site("smt").stock, "board") = {};
  const Outlook to_order = c.outlook();
  EXPECT_DOUBLE_EQ(stock_of(to_order, "smt", "board").lead_time_hours, 50);
  EXPECT_DOUBLE_EQ(stock_of(to_order, "lead", "board").lead_time_hours, 55);
}

TEST(Outlook, SaysPoliciesInWords) {
  Cluster c;
  EXPECT_EQ(stock_of(c.outlook(), "smt", "board").policy, "order up to 10");
  auto& board = c.level("lead", "board", 80);
  board.reorder_point = stated(Amount{20, ""});
  board.review = stated(common::ReviewCalendar{core::kWeek, {}});
  auto& laminate = entry(c.site("pcb_a").stock, "laminate");
  laminate.level = {};
  laminate.reorder_point = stated(Amount{120, ""});
  laminate.quantity = stated(Amount{60.5, ""});
  laminate.multiple = stated(Amount{4, ""});
  entry(c.site("pcb_a").stock, "pcb") = {};
  const Outlook o = c.outlook();
  EXPECT_EQ(stock_of(o, "lead", "board").policy, "(s,S) = (20, 80), every 1 wk");
  EXPECT_EQ(stock_of(o, "pcb_a", "laminate").policy, "(s,Q) = (120, 60.5), multiples of 4");
  EXPECT_DOUBLE_EQ(stock_of(o, "pcb_a", "laminate").level, 180.5);
  EXPECT_EQ(stock_of(o, "pcb_a", "pcb").policy, "to order");
  EXPECT_TRUE(stock_of(o, "pcb_a", "pcb").to_order);
  EXPECT_DOUBLE_EQ(stock_of(o, "lead", "board").order_quantity, 168);  // a week of 24 a day
  // Each makes smt order 369.6 pcb, each of these takes 184.8 m2: four times 60.5, in multiples of 4.
  EXPECT_DOUBLE_EQ(stock_of(o, "smt", "pcb").order_quantity, 369.6);
  EXPECT_DOUBLE_EQ(stock_of(o, "pcb_a", "laminate").order_quantity, 244);
}

TEST(Outlook, ABatchTakesItsTimeWhetherFullOrNot) {
  Cluster c;
  auto& makes = entry(c.site("smt").makes, "board");
  makes.per = stated(production::MakesSpec::Per::batch);
  makes.time = stated(constant(core::kHour));
  // Orders of 2 boards, each one batch: 12 batches a day.
  EXPECT_DOUBLE_EQ(c.outlook().lines[0].load, 0.5);
  EXPECT_DOUBLE_EQ(stock_of(c.outlook(), "smt", "board").in_work, 1);  // 24 / d for 1 h
  // Orders of 10 boards in batches of 4: three batches each, 2.4 orders a day.
  makes.batch = stated(Amount{4, ""});
  entry(c.site("lead").stock, "board").multiple = stated(Amount{10, ""});
  EXPECT_DOUBLE_EQ(c.outlook().lines[0].load, 0.3);
  EXPECT_DOUBLE_EQ(stock_of(c.outlook(), "smt", "board").lead_time_hours, 3);
}

TEST(Outlook, TheRateOfATraceIsItsTotalOverItsSpan) {
  Cluster c;
  common::OrderPattern orders;
  orders.kind = common::OrderPattern::Kind::trace;
  for (int day = 0; day < 10; ++day) orders.trace.push_back({core::Instant{0} + core::kDay * day, 6.0});
  c.demand().orders = stated(orders);
  c.demand().size = {};
  EXPECT_DOUBLE_EQ(c.outlook().demand, 6);
  // What comes after the end of the run does not count.
  c.spec.time.horizon = core::kDay * 5;
  EXPECT_DOUBLE_EQ(c.outlook().demand, 6);
}

TEST(Outlook, WarnsOfWhatNeverCatchesUp) {
  Cluster c;
  EXPECT_THAT(c.outlook().warnings, testing::IsEmpty());
  entry(c.site("smt").makes, "board").time = stated(exponential(core::kMinute * 58));
  const auto nearly = c.outlook().warnings;
  ASSERT_EQ(nearly.size(), 1U);
  EXPECT_EQ(nearly[0], "line smt/smt_line is loaded 96.7 %: queues will be long, and long to settle");
  entry(c.site("smt").makes, "board").time = stated(exponential(core::kMinute * 75));
  EXPECT_THAT(c.outlook().warnings[0], HasSubstr("line smt/smt_line is loaded 125.0 %: it will never catch up"));
  c.demand().unmet = stated(common::Unmet{common::Unmet::Kind::lost, {}});
  EXPECT_THAT(c.outlook().warnings[0], HasSubstr("125.0 %: part of the demand will be lost"));
}

TEST(Outlook, WarnsOfALevelThatIsShorterThanTheLeadTime) {
  Cluster c;
  c.level("smt", "pcb", 66);
  const auto warnings = c.outlook().warnings;
  ASSERT_EQ(warnings.size(), 1U);
  EXPECT_EQ(warnings[0], "stock smt/pcb: its level of 66 pcs covers 1.25 d, but replenishment takes 2.04 d");
}

TEST(Outlook, LanesWithACapacityAreLoadedByShipmentsUnderWay) {
  Cluster c;
  auto& lane = entry(c.spec.lanes, "van");
  lane.from = stated(std::string("smt"));
  lane.to = stated(std::string("lead"));
  lane.transit = stated(constant(core::kHour * 4));
  lane.capacity = stated<std::int64_t>(4);
  entry(c.site("lead").buys, "board").transit = {};
  const Outlook o = c.outlook();
  ASSERT_EQ(o.lanes.size(), 1U);
  EXPECT_EQ(o.lanes[0].name, "van");
  EXPECT_DOUBLE_EQ(o.lanes[0].rate, 12);
  EXPECT_DOUBLE_EQ(o.lanes[0].load, 0.5);  // 12 / d for 4 h is 2 of 4
}

TEST(Outlook, CountsTiers) {
  const Outlook o = Cluster().outlook();
  ASSERT_EQ(o.tiers.size(), 4U);
  EXPECT_EQ(o.tiers[2].tier, 2);
  EXPECT_EQ(o.tiers[2].sites, 2U);
  EXPECT_EQ(o.tiers[2].stocks, 4U);
}

TEST(Outlook, LookaheadIsTheLeastDelayBetweenPartitions) {
  Cluster c;
  Outlook o = c.outlook();
  EXPECT_EQ(o.partitions, 5U);
  EXPECT_TRUE(o.has_lookahead);
  EXPECT_DOUBLE_EQ(o.lookahead_seconds, 3600);  // orders; goods take longer
  // A random transit is only as long as its floor.
  entry(c.site("lead").buys, "board").transit = stated(exponential(core::kHour * 4));
  entry(c.site("lead").buys, "board").at_least = stated(core::kMinute * 20);
  o = c.outlook();
  EXPECT_DOUBLE_EQ(o.lookahead_seconds, 1200);
  EXPECT_EQ(o.lookahead_link, "goods from smt to lead");
  // An order that takes no time ties both sites together, and their other messages count no more.
  entry(c.site("lead").buys, "board").order_time = stated(core::Duration{0});
  o = c.outlook();
  EXPECT_EQ(o.partitions, 4U);
  EXPECT_DOUBLE_EQ(o.lookahead_seconds, 3600);
}

}  // namespace
}  // namespace tierworks::world
