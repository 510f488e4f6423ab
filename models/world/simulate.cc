#include "models/world/simulate.h"

#include <limits>

#include "models/world/conservation.h"
#include "models/world/engine.h"
#include "models/world/measure.h"

namespace tierworks::world {

const char* in_words(Outcome outcome) {
  switch (outcome) {
    case Outcome::complete:
      return "complete";
    case Outcome::starved:
      return "starved: customers ordered and nothing was shipped";
    case Outcome::loop_without_delay:
      return "stopped: events cause each other for ever at one instant";
  }
  return "";
}

namespace {

template <class Room, auto member, core::EventKind first>
void fill(core::Dispatch<Engine>& table) {
  core::EventKind kind = first;
  Room::for_each([&]<class E>() {
    static_assert(core::fact_bytes<E>() % 8 == 0, "facts of an event fill whole words");
    table.rows[kind++] = {[](Engine& engine, const core::Event& event) { handle(engine.*member, event.as<E>()); },
                          core::fact_bytes<E>() / 8};
  });
}

std::uint64_t mixed(std::uint64_t hash, std::uint64_t word) {
  return (hash ^ word) * 0x9e3779b97f4a7c15ULL ^ (hash >> 31);
}

// What the stocks hold at the end, stock by stock and then summed, so that the order of stocks does not matter.
std::uint64_t final_counters(const supply::State& state) {
  std::uint64_t sum = 0;
  for (const supply::StockState& s : state.stocks) {
    std::uint64_t h = 1;
    for (const std::int64_t v :
         {s.on_hand, s.reserved, s.on_order, s.backlog, s.flows.made, s.flows.received, s.flows.sold}) {
      h = mixed(h, static_cast<std::uint64_t>(v));
    }
    sum += h;
  }
  return sum;
}

}  // namespace

const core::Dispatch<Engine>& Engine::dispatch() {
  static const core::Dispatch<Engine> table = [] {
    core::Dispatch<Engine> t;
    t.rows.resize(kKinds);
    fill<supply::Events, &Engine::supply, kSupplyKinds>(t);
    fill<production::Events, &Engine::production, kProductionKinds>(t);
    fill<logistics::Events, &Engine::logistics, kLogisticsKinds>(t);
    fill<demand::Events, &Engine::demand, kDemandKinds>(t);
    return t;
  }();
  return table;
}

struct Simulation::Parts {
  const Model& model;
  State state;
  Measure measure;
};

Simulation::Simulation(const Model& model) : parts_(std::make_unique<Parts>(Parts{model, {}, Measure(model)})) {}
Simulation::~Simulation() = default;
Simulation::Simulation(Simulation&&) noexcept = default;

RunResult Simulation::run(std::uint64_t seed, std::uint32_t replication) {
  const Model& model = parts_->model;
  State& state = parts_->state;
  const common::RunSettings settings{.random = {seed, replication},
                                     .measure_from = core::Instant{0} + model.warm_up,
                                     .end = core::Instant{0} + model.warm_up + model.horizon};
  Engine engine(model, state, settings);
  state.kernel.reset(model.sites.size());
  // Rooms start in a fixed order; each sends in the name of the place that an event is for.
  supply::start(engine.supply);
  production::start(engine.production);
  logistics::start(engine.logistics);
  demand::start(engine.demand);

  if (model.warm_up.ticks > 0) {
    state.kernel.run_before(settings.measure_from, engine, Engine::dispatch());
    supply::restart_tallies(engine.supply);
    production::restart_tallies(engine.production);
    logistics::restart_tallies(engine.logistics);
    demand::restart_tallies(engine.demand);
  }
  state.kernel.run_before(settings.end, engine, Engine::dispatch());

  RunResult result;
  result.events = state.kernel.events();
  result.fingerprint = state.kernel.fingerprint() + final_counters(state.supply);
  if (state.kernel.status() == core::RunStatus::loop_without_delay) result.outcome = Outcome::loop_without_delay;
  check_conservation(model, engine);
  result.values = parts_->measure.values(engine, settings);
  // What a stopped run measured is no measure of the scenario.
  if (result.outcome != Outcome::complete) {
    result.values.assign(result.values.size(), std::numeric_limits<double>::quiet_NaN());
  }
  if (result.outcome == Outcome::complete && parts_->measure.starved(engine)) result.outcome = Outcome::starved;
  return result;
}

}  // namespace tierworks::world
