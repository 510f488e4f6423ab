// Under common random numbers the difference of two variants of the electronics cluster is known better than from independent
// runs: the variance of the difference in cost and in stock falls by at least 5 times, also when one of them has a site more
// elsewhere. That of a service cannot always: with standard deviations s and t the variance of a difference is at least (s - t)^2, so
// it falls at most by (s^2 + t^2) / (s - t)^2 times, which is little where one of them has ten times the shortages of the other.
#include <cmath>
#include <cstdio>

#include <gtest/gtest.h>

#include "experiments/compare/compare.h"
#include "models/common/diagnostics.h"
#include "scenarios/reader/reader.h"
#include "tests/support/paths.h"

namespace tierworks::tests {
namespace {

constexpr std::size_t kReplications = 10;

std::string cluster() { return (source_dir() / "scenarios/catalogue/industry/electronics_cluster.yaml").string(); }

// Every level and reorder point times `factor`, in whole units.
std::unique_ptr<const world::Model> cluster_with_levels(double factor, const std::vector<std::string>& settings = {}) {
  common::Diagnostics diagnostics;
  reader::Reading reading = reader::read_scenario(cluster(), settings, diagnostics);
  if (!reading.spec) {
    ADD_FAILURE() << reading.format(diagnostics.list().front());
    return nullptr;
  }
  for (auto& site : reading.spec->sites.list) {
    for (auto& stock : site.spec.stock.list) {
      for (auto* field : {&stock.spec.level, &stock.spec.reorder_point}) {
        if (field->stated) field->value.number = std::round(field->value.number * factor);
      }
    }
  }
  auto model = world::compile(*reading.spec, diagnostics);
  for (const auto& d : diagnostics.list()) ADD_FAILURE() << reading.format(d);
  return model;
}

experiments::Compared compared(const world::Model& base, const world::Model& other) {
  experiments::CompareOptions options;
  options.replications = kReplications;
  options.threads = 2;
  return experiments::compare({{"base", &base}, {"other", &other}}, options);
}

std::size_t row(const experiments::Compared& c, const char* kpi) { return experiments::row_of(c.rows, {kpi}); }

// (variance of one + variance of the other) / variance of the difference, from the half-widths at equal n and t.
double ratio(const experiments::Compared& c, const char* kpi) {
  const auto squared = [](double x) { return x * x; };
  const std::size_t r = row(c, kpi);
  const auto& other = c.variants[1];
  return (squared(c.variants[0].kpis[r].half_width) + squared(other.kpis[r].half_width)) /
         squared(other.differences[r].half_width);
}

// What it would be if the difference varied as little as it can: if one were a straight line of the other.
double most(const experiments::Compared& c, const char* kpi) {
  const std::size_t r = row(c, kpi);
  const double s = c.variants[0].kpis[r].half_width, t = c.variants[1].kpis[r].half_width;
  return (s * s + t * t) / ((s - t) * (s - t));
}

void show(const experiments::Compared& c, const std::string& name) {
  for (const char* kpi : {"total_cost", "order_lead_time", "inventory_value", "fill_rate"}) {
    std::printf("%s, %s: %.1f times, of at most %.1f\n", name.c_str(), kpi, ratio(c, kpi), most(c, kpi));
  }
}

void expect_five_times(const experiments::Compared& c, const std::string& name) {
  show(c, name);
  // Service is what the levels change: how far it can fall there depends on the levels, and half of that is reached.
  EXPECT_GE(ratio(c, "fill_rate"), std::min(5.0, 0.5 * most(c, "fill_rate"))) << name;
  EXPECT_GE(ratio(c, "total_cost"), 5) << name;
  EXPECT_GE(ratio(c, "inventory_value"), 5) << name;
  EXPECT_NEAR(ratio(c, "total_cost"), c.variants[1].variance_ratio, 1e-6 * c.variants[1].variance_ratio);
}

TEST(CommonRandomNumbers, CutTheVarianceOfADifferenceOnTheCluster) {
  const auto base = cluster_with_levels(1), less = cluster_with_levels(0.9), more = cluster_with_levels(1.1);
  ASSERT_TRUE(base && less && more);
  for (const auto& [other, name] : {std::pair{less.get(), "levels - 10 %"}, std::pair{more.get(), "levels + 10 %"}}) {
    const experiments::Compared c = compared(*base, *other);
    EXPECT_EQ(c.variants[1].shared.identical, c.variants[1].shared.orders);
    EXPECT_GT(c.variants[1].shared.orders, 100'000U);
    expect_five_times(c, name);
  }
}

// Where the worlds lie close to each other, service is shared like everything else: nothing is drawn anew because something came
// earlier or in other parts.
TEST(CommonRandomNumbers, CutTheVarianceOfServiceWhereLevelsDifferByLittle) {
  const auto base = cluster_with_levels(1), less = cluster_with_levels(0.98), more = cluster_with_levels(1.02);
  ASSERT_TRUE(base && less && more);
  for (const auto& [other, name] : {std::pair{less.get(), "levels - 2 %"}, std::pair{more.get(), "levels + 2 %"}}) {
    const experiments::Compared c = compared(*base, *other);
    show(c, name);
    EXPECT_GE(ratio(c, "fill_rate"), 5) << name;
    EXPECT_GE(ratio(c, "total_cost"), 100) << name;
  }
}

// A site with customers of its own, fed by the lead firm: its orders are its own, all others stay what they were.
TEST(CommonRandomNumbers, AreSharedWhenASiteIsAddedElsewhere) {
  const auto base = cluster_with_levels(1);
  const auto wider = cluster_with_levels(
      1.1, {"sites.another={buys: {pump_syringe: {from: lead, transit: lognormal 3 d cv 0.3}}, stock: {pump_syringe: "
            "{level: 20}}}",
            "demand.another={at: another, item: pump_syringe, orders: poisson 0.3 / d, price: 3100}"});
  ASSERT_TRUE(base && wider);
  const experiments::Compared c = compared(*base, *wider);
  const experiments::SharedOrders& shared = c.variants[1].shared;
  EXPECT_GT(shared.identical, 100'000U);
  EXPECT_NEAR(static_cast<double>(shared.orders - shared.identical), 0.3 * (365 + 126) * kReplications, 150);  // 4 sd
  expect_five_times(c, "levels + 10 % and a site more");
}

std::unique_ptr<const world::Model> shop(const char* file, const std::vector<std::string>& settings) {
  common::Diagnostics diagnostics;
  const auto path = source_dir() / "scenarios/catalogue/industry" / file;
  reader::Reading reading = reader::read_scenario(path.string(), settings, diagnostics);
  if (!reading.spec) {
    ADD_FAILURE() << reading.format(diagnostics.list().front());
    return nullptr;
  }
  auto model = world::compile(*reading.spec, diagnostics);
  for (const auto& d : diagnostics.list()) ADD_FAILURE() << reading.format(d);
  return model;
}

void expect_fifo_against_edd(const world::Model& fifo, const world::Model& edd, std::size_t replications,
                             std::uint64_t orders, const std::vector<const char*>& kpis) {
  experiments::CompareOptions options;
  options.decide_on = {kpis.front()};
  options.replications = replications;
  options.threads = 2;
  const experiments::Compared c = experiments::compare({{"fifo", &fifo}, {"edd", &edd}}, options);
  EXPECT_EQ(c.variants[1].shared.identical, c.variants[1].shared.orders);
  EXPECT_GT(c.variants[1].shared.orders, orders);
  for (const char* kpi : kpis) {
    std::printf("fifo against edd, %s: %.1f times\n", kpi, ratio(c, kpi));
    EXPECT_GT(std::abs(c.variants[1].differences[row(c, kpi)].mean), 0) << kpi;
    EXPECT_GE(ratio(c, kpi), 5) << kpi;
  }
}

// First come first served against the earliest due date in the dynamic job shop: the same jobs with the same work.
TEST(CommonRandomNumbers, CutTheVarianceOfFifoAgainstEdd) {
  const auto by = [](const char* rule) {
    return shop("job_shop.yaml", {std::string("sites.shop.dispatch=") + rule, "time.horizon=150000 min"});
  };
  const auto fifo = by("fifo"), edd = by("edd");
  ASSERT_TRUE(fifo && edd);
  expect_fifo_against_edd(*fifo, *edd, 60, 60U * 5000, {"tardiness", "cycle_time", "wip"});
}

// Likewise of the cluster with two shop floors, whose lots are due so long after the orders of their stocks.
TEST(CommonRandomNumbers, CutTheVarianceOfFifoAgainstEddOnTheCluster) {
  const auto by = [](const std::string& rule) {
    return shop("electronics_floors.yaml", {"sites.smt_one.dispatch=" + rule, "sites.anodiser.dispatch=" + rule});
  };
  const auto fifo = by("fifo"), edd = by("edd");
  ASSERT_TRUE(fifo && edd);
  expect_fifo_against_edd(*fifo, *edd, 10, 100'000, {"total_cost", "tardy_share", "cycle_time", "flow_factor", "wip"});
}

}  // namespace
}  // namespace tierworks::tests
