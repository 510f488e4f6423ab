#include "models/world/conservation.h"

#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "models/world/engine.h"
#include "models/world/simulate.h"
#include "tests/support/random_network.h"
#include "tests/support/simulate.h"

namespace tierworks::world {
namespace {

// A run whose state stays at hand after its end.
class OpenRun {
 public:
  explicit OpenRun(std::string_view yaml, std::uint64_t seed = 1)
      : model(tests::model_of_text(yaml)),
        settings_{.random = {seed, 0}, .measure_from = {0}, .end = core::Instant{0} + model->horizon},
        engine(*model, state, settings_) {
    state.kernel.reset(model->sites.size());
    engine.start();
    state.kernel.run_before(settings_.end, engine, Engine::dispatch());
  }

  // "" or what is broken.
  std::string broken() const {
    try {
      check_conservation(*model, engine);
    } catch (const core::Broken& bug) {
      return bug.what();
    }
    return "";
  }

  std::unique_ptr<const Model> model;
  State state;

 private:
  common::RunSettings settings_;

 public:
  Engine engine;
};

TEST(Conservation, HoldsInTwoHundredRandomNetworks) {
  int complete = 0, starved = 0;
  std::uint64_t events = 0;
  std::set<std::uint64_t> fingerprints;
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    const std::string yaml = tests::random_network(seed);
    try {
      const RunResult result = tests::simulate_text(yaml, seed).result;
      ++(result.outcome == Outcome::complete ? complete : starved);
      ASSERT_NE(result.outcome, Outcome::loop_without_delay) << yaml;
      events += result.events;
      fingerprints.insert(result.fingerprint);
    } catch (const std::exception& broken) {
      FAIL() << "seed " << seed << ": " << broken.what() << "\n" << yaml;
    }
  }
  // The networks do something, and each something else.
  EXPECT_GT(complete, 150);
  EXPECT_GT(events, 50'000U);
  EXPECT_EQ(fingerprints.size(), 200U);
}

// What each bought stock has on order is on its way to the supplier, in line there, being made ready, or under way.
TEST(Conservation, OrdersAreConservedToo) {
  int stocks = 0;
  for (std::uint64_t seed = 201; seed <= 260; ++seed) {
    const OpenRun run(tests::random_network(seed), seed);
    const supply::Model& model = run.model->supply;
    std::vector<common::Quantity> found(model.stocks.size(), 0);
    const auto add = [&](common::SourceId source, common::Quantity quantity) {
      found[model.sources[source].buyer.index] += quantity;
    };
    run.engine.supply.sender.for_each_pending<supply::OrderReceived>([&](const auto& e) { add(e.source, e.quantity); });
    run.engine.supply.sender.for_each_pending<supply::OfferReady>([&](const auto& e) { add(e.source, e.quantity); });
    logistics::for_each_under_way(run.engine.logistics, [&](common::SourceId source, common::Quantity quantity,
                                                            core::Instant) { add(source, quantity); });
    for (const supply::StockState& stock : run.state.supply.stocks) {
      for (core::Ref ref = stock.claims.first; ref != core::kNoRef; ref = run.state.supply.claims[ref].next) {
        const common::Claim& claim = run.state.supply.claims[ref].claim;
        if (claim.kind == common::Claim::Kind::site) add(common::SourceId{claim.who}, claim.open);
      }
    }
    for (std::uint32_t i = 0; i < model.stocks.size(); ++i) {
      const supply::Stock& stock = model.stocks[common::StockId{i}];
      if (stock.sources.empty()) continue;  // it comes as a by-product
      if (model.sources[common::SourceId{stock.sources.first}].kind == supply::Source::Kind::line) continue;
      ASSERT_EQ(run.state.supply.stocks[common::StockId{i}].on_order, found[i]) << "seed " << seed << ", stock " << i;
      ++stocks;
    }
  }
  EXPECT_GT(stocks, 500);
}

// Two days on the way, a day of work, customers who wait: at the end there is something of everything.
constexpr const char* kBusy = R"(
tierworks: 1
time: {horizon: 20 d}
items: {steel: {}, frame: {bom: {steel: 4}}}
sites:
  mill: {sells: {steel: {}}}
  plant:
    buys: {steel: {from: mill, transit: 2 d}}
    lines: {press: {}}
    makes: {frame: {line: press, time: 1 d}}
    stock: {steel: {level: 10}}
demand: {at: plant, item: frame, orders: every 18 h}
)";

TEST(Conservation, NoticesAUnitThatCameFromNowhere) {
  OpenRun run(kBusy);
  EXPECT_EQ(run.broken(), "");
  ++run.state.supply.stocks[common::StockId{0}].on_hand;
  EXPECT_NE(run.broken().find("is not conserved"), std::string::npos) << run.broken();
  --run.state.supply.stocks[common::StockId{0}].on_hand;
  EXPECT_EQ(run.broken(), "");
}

TEST(Conservation, NamesTheItem) {
  OpenRun run(kBusy);
  for (std::uint32_t i = 0; i < run.model->supply.stocks.size(); ++i) {
    const common::StockId stock{i};
    --run.state.supply.stocks[stock].flows.sold;
    const std::string& item = run.model->items[run.model->supply.stocks[stock].item.index].name;
    EXPECT_NE(run.broken().find('"' + item + '"'), std::string::npos) << run.broken();
    ++run.state.supply.stocks[stock].flows.sold;
  }
}

// Goods vanish when the event that stands for them does.
void without_one_event(core::EventKind kind) {
  OpenRun run(kBusy);
  core::Kernel before;
  before.copy_from(run.state.kernel);
  std::vector<core::Event> events;
  run.state.kernel.for_each_pending([&](const core::Event& event) { events.push_back(event); });
  run.state.kernel.reset(run.model->sites.size());
  bool dropped = false;
  for (const core::Event& event : events) {
    if (event.kind == kind && !dropped) {
      dropped = true;
      continue;
    }
    run.state.kernel.loop(0).send(event.to, event.key.at(), event.key.phase(), event.kind, event.payload);
  }
  EXPECT_TRUE(dropped);
  EXPECT_NE(run.broken().find("\"steel\" is not conserved"), std::string::npos) << run.broken();
  run.state.kernel.copy_from(before);
  EXPECT_EQ(run.broken(), "");
}

TEST(Conservation, NoticesGoodsLostOnTheWay) {
  without_one_event(kLogisticsKinds + logistics::Events::index<logistics::GoodsArrived>());
}

TEST(Conservation, NoticesGoodsLostInWork) {
  without_one_event(kProductionKinds + production::Events::index<production::WorkFinished>());
}

TEST(Conservation, NoticesABacklogThatNobodyWaitsFor) {
  OpenRun run(kBusy);
  for (supply::StockState& stock : run.state.supply.stocks) {
    if (stock.backlog == 0) continue;
    ++stock.backlog;
    EXPECT_NE(run.broken().find("the backlog of a stock"), std::string::npos) << run.broken();
    return;
  }
  FAIL() << "nobody waits at the end";
}

}  // namespace
}  // namespace tierworks::world
