// Computed levels reach the service that was stated, within half a point, where the law of demand says that they must: normal,
// gamma, Poisson and compound Poisson demand, base stocks, lots and reviews, certain lead times and gamma ones. Demand in
// whole units, or in whole cases, can meet a service only from above: `step` is what one more of them makes, at most.
#include <string>

#include <gtest/gtest.h>

#include "core/stats/tally.h"
#include "tests/support/simulate.h"

namespace tierworks::tests {
namespace {

struct ServiceCase {
  const char* name;
  const char* stock;
  const char* demand;
  const char* transit = "5 d";
  const char* resolution = "1";
  double step = 0;
};

void PrintTo(const ServiceCase& c, std::ostream* out) { *out << c.name; }

const char* const kPoisson = "orders: poisson 20 / d";
const char* const kCompound = "orders: poisson 5 / d, size: geometric 4";
const char* const kNormal = "orders: every 1 d, size: normal 50 sd 15";

class ComputedLevel : public testing::TestWithParam<ServiceCase> {};

TEST_P(ComputedLevel, ReachesTheStatedService) {
  const ServiceCase& c = GetParam();
  const std::string text = std::string(R"(
tierworks: 1
time: {horizon: 20000 d, warm_up: 100 d}
items: {p: {resolution: )") +
                           c.resolution + R"(}}
sites:
  up: {sells: {p: {}}}
  shop:
    buys: {p: {from: up, transit: )" +
                           c.transit + R"(, order_time: 0}}
    stock: {p: {)" + c.stock +
                           R"(}}
demand: {at: shop, item: p, )" +
                           c.demand + "}\n";
  const std::string stock = c.stock;
  const double stated = std::stod(stock.substr(stock.find("safety: ") + 8)) / 100;
  const char* const kpi = stock.find("cycle_service") != std::string::npos ? "cycle_service_level" : "fill_rate";
  const auto model = model_of_text(text);
  core::Tally reached;
  for (std::uint32_t r = 0; r < 8; ++r) reached.add(simulate_model(*model, 5, r)(kpi, "site:shop/item:p"));
  EXPECT_GT(reached.mean(), stated - 0.005);
  EXPECT_LT(reached.mean(), stated + 0.005 + c.step);
}

INSTANTIATE_TEST_SUITE_P(
    , ComputedLevel,
    testing::Values(
        ServiceCase{"PoissonFew", "safety: 95 % fill_rate", "orders: poisson 0.4 / d", "5 d", "1", 0.036},
        ServiceCase{"PoissonBaseStock", "safety: 95 % cycle_service", kPoisson, "5 d", "1", 0.011},
        ServiceCase{"PoissonReviewCycles", "safety: 95 % cycle_service, review: 1 wk", kPoisson, "5 d", "1", 0.007},
        ServiceCase{"PoissonReviewFill", "safety: 95 % fill_rate, review: 1 wk", kPoisson},
        ServiceCase{"PoissonLotsCycles", "safety: 95 % cycle_service, quantity: 100", kPoisson, "5 d", "1", 0.011},
        ServiceCase{"PoissonLotsFill", "safety: 95 % fill_rate, quantity: 200", kPoisson},
        ServiceCase{"CompoundBaseStockCycles", "safety: 95 % cycle_service", kCompound},
        ServiceCase{"CompoundBaseStockFill", "safety: 95 % fill_rate", kCompound},
        ServiceCase{"CompoundLotsCycles", "safety: 95 % cycle_service, quantity: 100", kCompound},
        ServiceCase{"CompoundLotsFill", "safety: 90 % fill_rate, quantity: 400", kCompound},
        ServiceCase{"CasesOfTwelve", "safety: 95 % cycle_service, review: 1 wk", "orders: poisson 2 / d, size: 12",
                    "5 d", "1", 0.03},
        ServiceCase{"NormalReviewCycles", "safety: 98 % cycle_service, review: 1 wk", kNormal, "3 d", "0.001"},
        ServiceCase{"NormalLotsCycles", "safety: 90 % cycle_service, quantity: 500", kNormal, "3 d", "0.001"},
        ServiceCase{"NormalLotsFill", "safety: 98 % fill_rate, quantity: 500", kNormal, "3 d", "0.001"},
        ServiceCase{"GammaReviewFill", "safety: 95 % fill_rate, review: 1 d", "orders: every 1 d, size: gamma 50 sd 25",
                    "3 d", "0.001"},
        ServiceCase{"RememberedCycles", "safety: 95 % cycle_service, review: 2 d",
                    "orders: ar1 mean 100 sd 10 rho 0.7 every 1 d", "4 d", "0.001"},
        ServiceCase{"RememberedFill", "safety: 97 % fill_rate", "orders: ar1 mean 100 sd 15 rho -0.5 every 1 d", "4 d",
                    "0.001"},
        ServiceCase{"IntermittentFill", "safety: 95 % fill_rate, review: 1 d",
                    "orders: intermittent 30 % every 1 d, size: gamma 50 sd 20", "5 d", "0.001"},
        ServiceCase{"RandomLeadTimeCycles", "safety: 95 % cycle_service, review: 1 wk", kNormal, "gamma 4 d cv 0.3",
                    "0.001"},
        ServiceCase{"RandomLeadTimeLots", "safety: 95 % fill_rate, quantity: 300", kPoisson, "gamma 4 d cv 0.3"},
        ServiceCase{"MovingAverage", "forecast: moving_average 20, review: 1 d, safety: 95 % cycle_service",
                    "orders: every 1 d, size: normal 50 sd 8", "3 d", "0.001"},
        ServiceCase{"Smoothing", "forecast: smoothing 0.1, review: 1 wk, safety: 95 % fill_rate", kPoisson}),
    [](const auto& named) { return std::string(named.param.name); });

}  // namespace
}  // namespace tierworks::tests
