#include "models/world/simulate.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "core/parallel/windows.h"
#include "models/factory/machines.h"
#include "models/world/conservation.h"
#include "models/world/engine.h"
#include "models/world/measure.h"
#include "models/world/series.h"
#include "models/world/service.h"

namespace tierworks::world {

const char* in_words(Outcome outcome) {
  switch (outcome) {
    case Outcome::complete:
      return "complete";
    case Outcome::starved:
      return "starved: customers ordered and nothing was shipped";
    case Outcome::loop_without_delay:
      return "stopped: events cause each other for ever at one instant";
    case Outcome::no_quantity:
      return "stopped: a formula gave nothing to be used";
  }
  return "";
}

namespace {

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

// The first order formula that gave no quantity, in words; "" if all did.
std::string formula_trouble(const Model& model, const supply::State& state) {
  const supply::FormulaFault* first = nullptr;
  for (const supply::FormulaFault& fault : state.formula_faults) {
    if (fault.happened && (first == nullptr || fault.at < first->at)) first = &fault;
  }
  if (first == nullptr) return "";
  const supply::Stock& stock = model.supply.stocks[first->stock];
  const auto& policy = std::get<supply::OrderByFormula>(stock.policy);
  return fmt::format(
      "the order formula of {}/{} gave {} at {:.6g} d, expected a quantity: `{}`", model.sites[stock.site.index].name,
      model.items[stock.item.index].name,
      std::isfinite(first->got) ? fmt::format("{:g}", first->got) : "no finite number (as a division by 0 does)",
      core::in_days(first->at - core::Instant{0}), model.formulas[policy.formula].text);
}

// The first dispatch formula that gave no number, likewise.
std::string dispatch_trouble(const Model& model, const factory::State& state) {
  std::optional<factory::WorkCentreId> first;
  for (std::uint32_t c = 0; c < model.factory.centres.size(); ++c) {
    const core::Instant at = state.centres[factory::WorkCentreId{c}].no_value;
    if (at < core::kLastInstant && (!first || at < state.centres[*first].no_value)) first = factory::WorkCentreId{c};
  }
  if (!first) return "";
  const factory::WorkCentre& centre = model.factory.centres[*first];
  return fmt::format("the dispatch formula of {}/{} gave no finite number (as a division by 0 does) at {:.6g} h: `{}`",
                     model.sites[centre.site.index].name, model.factory.centre_names[first->index],
                     core::in_hours(state.centres[*first].no_value - core::Instant{0}),
                     model.formulas[centre.dispatching.formula].text);
}

// Many events share an instant: in periods, and where most stocks are looked at by the calendar.
bool in_step(const Model& model) {
  const auto& stocks = model.supply.stocks;
  const auto by_calendar = std::count_if(stocks.begin(), stocks.end(), [](const auto& s) { return !s.continuous(); });
  return model.period.ticks > 0 || 2 * static_cast<std::size_t>(by_calendar) > stocks.size();
}

}  // namespace

struct Simulation::Parts {
  const Model& model;
  RunPlan plan;
  std::shared_ptr<const Measure> measure;
  State state;
  common::RunSettings settings{};
  bool measuring = false;   // the warm-up is over
  bool taken_over = false;  // from another Simulation, perhaps under another plan
  std::vector<std::unique_ptr<Engine>> engines;
  common::ShopWatcher* watcher = nullptr;

  Parts(const Model& m, RunPlan p, std::shared_ptr<const Measure> how)
      : model(m), plan(std::move(p)), measure(how ? std::move(how) : measure_of(m)) {
    if (plan.event_set == core::EventSet::automatic && in_step(model)) plan.event_set = core::EventSet::instants;
    engines.resize(plan.parts);
  }

  void settle(std::uint64_t seed, std::uint32_t replication) {
    settings = {.random = {seed, replication},
                .measure_from = core::Instant{0} + model.warm_up,
                .end = core::Instant{0} + model.warm_up + model.horizon,
                .period = model.period,
                .phases = model.period.ticks > 0 ? common::kInPeriods : common::kAsItHappens,
                .watcher = watcher};
  }

  void start(std::uint64_t seed, std::uint32_t replication) {
    settle(seed, replication);
    state.kernel.reset(model.sites.size(), plan.part_of, plan.parts, plan.event_set);
    Engine(model, state, settings).start();
    measuring = model.warm_up.ticks == 0;
    taken_over = false;
    make_engines();
  }

  // Anew each time: a kernel that was split otherwise meanwhile has other loops.
  void make_engines() {
    for (std::uint32_t part = 0; part < plan.parts; ++part) {
      engines[part] = std::make_unique<Engine>(model, state, settings, part);
    }
  }

  void run_before(core::Instant at) {
    if (plan.parts == 1) {
      state.kernel.run_before(at, *engines.front(), Engine::dispatch());
      return;
    }
    core::run_windows(state.kernel, at, plan.lookahead, plan.threads, [&](std::uint32_t part, core::Instant end) {
      state.kernel.loop(part).run_before(end, *engines[part], Engine::dispatch());
    });
  }

  void run_to(core::Instant at) {
    at = std::min(at, settings.end);
    if (!measuring && !(at < settings.measure_from)) {
      run_before(settings.measure_from);
      if (state.kernel.status() != core::RunStatus::running) return;
      engines.front()->restart_tallies();
      measuring = true;
    }
    if (state.kernel.status() == core::RunStatus::running && state.kernel.now() < at) run_before(at);
  }

  RunResult finish();
  double finish_for(std::size_t row);
};

double Simulation::Parts::finish_for(std::size_t row) {
  run_to(settings.end);
  const Engine& engine = *engines.front();
  const bool stopped = state.kernel.status() != core::RunStatus::running;
  check_conservation(model, engine);
  const bool no_quantity =
      !formula_trouble(model, state.supply).empty() || !dispatch_trouble(model, state.factory).empty();
  return stopped || no_quantity ? std::numeric_limits<double>::quiet_NaN() : measure->value(engine, settings, row);
}

RunResult Simulation::Parts::finish() {
  run_to(settings.end);
  const bool stopped = state.kernel.status() != core::RunStatus::running;
  if (stopped && (plan.parts > 1 || taken_over)) {
    // How far other partitions came depends on the windows: it ends as one partition ends it.
    return Simulation(model, {}, measure).run(settings.random.seed, settings.random.replication);
  }
  const Engine& engine = *engines.front();
  if (watcher != nullptr) factory::watch_all(engine.factory);
  RunResult result;
  result.events = state.kernel.events();
  result.fingerprint = state.kernel.fingerprint() + final_counters(state.supply);
  if (stopped) result.outcome = Outcome::loop_without_delay;
  result.trouble = formula_trouble(model, state.supply);
  if (result.trouble.empty()) result.trouble = dispatch_trouble(model, state.factory);
  if (!stopped && !result.trouble.empty()) result.outcome = Outcome::no_quantity;
  check_conservation(model, engine);
  result.values = measure->values(engine, settings);
  // What a stopped run measured is no measure of the scenario.
  if (result.outcome != Outcome::complete) {
    result.values.assign(result.values.size(), std::numeric_limits<double>::quiet_NaN());
  }
  if (result.outcome == Outcome::complete && measure->starved(engine)) result.outcome = Outcome::starved;
  return result;
}

std::shared_ptr<const Measure> measure_of(const Model& model) { return std::make_shared<const Measure>(model); }

Simulation::Simulation(const Model& model, RunPlan plan, std::shared_ptr<const Measure> measure)
    : parts_(std::make_unique<Parts>(model, std::move(plan), std::move(measure))) {}
Simulation::~Simulation() = default;
Simulation::Simulation(Simulation&&) noexcept = default;

RunResult Simulation::run(std::uint64_t seed, std::uint32_t replication) {
  parts_->start(seed, replication);
  return parts_->finish();
}

void Simulation::start(std::uint64_t seed, std::uint32_t replication) { parts_->start(seed, replication); }
void Simulation::watch(common::ShopWatcher* watcher) {
  TIERWORKS_CHECK(parts_->plan.parts == 1, "a run in several partitions cannot be watched", parts_->plan.parts);
  parts_->watcher = watcher;
}
void Simulation::run_to(core::Instant at) { parts_->run_to(at); }
RunResult Simulation::finish() { return parts_->finish(); }
double Simulation::finish_for(std::size_t row) { return parts_->finish_for(row); }

std::vector<StockNow> Simulation::stocks_now() const {
  return world::stocks_now(parts_->model, *parts_->engines.front());
}
void Simulation::keep_service() { parts_->settings.keeps_gaps = true; }
std::vector<Unserved> Simulation::unserved() const { return world::unserved(parts_->model, *parts_->engines.front()); }
double Simulation::demanded_now() const { return world::demanded_now(parts_->model, *parts_->engines.front()); }
void Simulation::add_waiting_now(std::vector<double>& waiting) const {
  world::add_waiting_now(parts_->model, *parts_->engines.front(), waiting);
}

void Simulation::strike(disruption::ShockId shock, core::Instant at, std::optional<core::Duration> lasts,
                        const disruption::Asleep& asleep) {
  // An engine of its own: it sends in the name of other places.
  Engine engine(parts_->model, parts_->state, parts_->settings);
  disruption::strike(engine.disruption, shock, at, lasts, asleep);
}

void Simulation::lengthen(disruption::ShockId shock, core::Instant struck, core::Duration lasts,
                          const disruption::Asleep& asleep) {
  disruption::lengthen(parts_->engines.front()->disruption, shock, struck, lasts, asleep);
}

void Simulation::look_no_more(disruption::ShockId shock) {
  disruption::look_no_more(parts_->engines.front()->disruption, shock);
}

core::Instant Simulation::now() const { return parts_->state.kernel.now(); }
std::uint64_t Simulation::events() const { return parts_->state.kernel.events(); }
std::uint64_t Simulation::seed() const { return parts_->settings.random.seed; }
std::uint32_t Simulation::replication() const { return parts_->settings.random.replication; }

std::vector<CustomersSeen> Simulation::customers_seen() const {
  const demand::Model& model = parts_->model.demand;
  const auto& states = parts_->state.demand.streams;
  std::vector<CustomersSeen> seen;
  seen.reserve(model.streams.size());
  for (std::uint32_t i = 0; i < model.streams.size(); ++i) {
    const demand::OrdersSeen& orders = states[demand::StreamId{i}].seen;
    seen.push_back({model.streams[demand::StreamId{i}].arrivals.hash, orders.orders, orders.instants, orders.sizes});
  }
  const factory::Model& shops = parts_->model.factory;
  for (std::uint32_t i = 0; i < shops.releases.size(); ++i) {
    const factory::ReleaseState& release = parts_->state.factory.releases[factory::ReleaseId{i}];
    seen.push_back(
        {shops.releases[factory::ReleaseId{i}].arrivals.hash, release.planned, release.instants, release.works});
  }
  std::sort(seen.begin(), seen.end(), [](const auto& a, const auto& b) { return a.stream < b.stream; });
  return seen;
}

Controls Simulation::controls() const { return controls_of(parts_->model, parts_->state, parts_->settings.random); }

void Simulation::fork_from(const Simulation& other) {
  Parts& to = *parts_;
  const Parts& from = *other.parts_;
  to.settings = from.settings;
  to.measuring = from.measuring;
  to.taken_over = true;
  to.state.copy_from(from.state);
  const bool split_alike = to.plan.parts == from.plan.parts && to.plan.part_of == from.plan.part_of;
  if (!split_alike) to.state.change_partitions(to.plan.part_of, to.plan.parts);
  to.make_engines();
}

std::string Simulation::to_bytes(std::size_t head_bytes) {
  core::Transfer transfer = core::Transfer::writer(bytes_used() + bytes_used() / 8 + 4096, head_bytes);
  transfer.value(parts_->measuring);
  transfer.value(parts_->settings.random);
  parts_->state.transfer(transfer);
  return transfer.take();
}

bool Simulation::from_bytes(std::string_view bytes) {
  Parts& p = *parts_;
  core::Transfer transfer = core::Transfer::reader(bytes);
  core::Randomness random;
  transfer.value(p.measuring);
  transfer.value(random);
  p.settle(random.seed, random.replication);
  p.taken_over = true;
  p.state.kernel.reset(0, {}, 1, p.plan.event_set);
  p.state.transfer(transfer);
  if (!transfer.finished()) return false;
  if (p.plan.parts > 1) p.state.change_partitions(p.plan.part_of, p.plan.parts);
  p.make_engines();
  return true;
}

std::uint64_t Simulation::growths() const { return parts_->state.growths(); }
std::size_t Simulation::bytes_used() const { return parts_->state.bytes_used(); }

}  // namespace tierworks::world
