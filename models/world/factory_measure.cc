#include "models/world/factory_measure.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>

#include "core/stats/log_histogram.h"
#include "models/demand/kpis.h"
#include "models/factory/kpis.h"
#include "models/production/kpis.h"
#include "models/supply/kpis.h"

namespace tierworks::world {

namespace {

using factory::MachineActivity;

enum class Level : std::uint8_t { world, site, product, work_centre, machine, crew, tool };
constexpr std::array<const char*, 7> kLevelNames{"world",   "site",     "product", "work_centre",
                                                 "machine", "operator", "tool"};
constexpr unsigned bit(Level level) { return 1U << static_cast<unsigned>(level); }
constexpr unsigned kLots = bit(Level::world) | bit(Level::site) | bit(Level::product);
constexpr unsigned kMachines = bit(Level::world) | bit(Level::site) | bit(Level::work_centre) | bit(Level::machine);
constexpr unsigned kQueues = bit(Level::world) | bit(Level::site) | bit(Level::work_centre);

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

// Times in ticks.
struct LotSums {
  double ticks = 0;  // measured time
  double lots = 0, pieces = 0, with_due = 0, tardy = 0;
  double cycle = 0, tardiness = 0, flow_factors = 0, wip = 0;
  std::int64_t last_finish = 0;
  core::LogHistogram* cycle_times = nullptr;
  double machines = 0;
  std::array<double, factory::kActivities> activity{};
  double queue = 0, queue_ticks = 0, started = 0;
  double setups = 0, violations = 0, batches = 0, batch_fill = 0;
  double scrapped = 0, sent_back = 0, processed = 0, lost = 0;  // the last two at a work centre
  double used = 0, crew = 0;
  double pool = 0, pool_ticks = 0, let_in = 0;
  double energy = 0, energy_cost = 0;  // kWh, money
  double rank = kNone;                 // of a work centre

  // Share of the time in shifts in which machines can take no lot; those that are blocked wait for others.
  double occupied() const;
  double share(MachineActivity a) const;
};

double ratio(double part, double whole) { return whole > 0 ? part / whole : kNone; }
double hours(double ticks) { return ticks / static_cast<double>(core::kHour.ticks); }
double LotSums::share(MachineActivity a) const {
  return ratio(activity[static_cast<std::size_t>(a)], machines * ticks);
}
double LotSums::occupied() const {
  const double stands =
      share(MachineActivity::setup) + share(MachineActivity::maintenance) + share(MachineActivity::down);
  return ratio(share(MachineActivity::busy) + stands, 1 - share(MachineActivity::off));
}

// What a model must have for a KPI to say something.
enum class Has : std::uint8_t { nothing, control, power, energy_price };

struct Formula {
  const common::Kpi* kpi;
  double (*value)(const LotSums&);
  unsigned levels;
  Has needs = Has::nothing;
};

namespace kpi = factory::kpi;

constexpr std::array kFormulas{
    Formula{&kpi::lots, [](const LotSums& s) { return s.lots; }, kLots},
    Formula{&supply::kpi::throughput,
            [](const LotSums& s) { return ratio(s.pieces * static_cast<double>(core::kDay.ticks), s.ticks); },
            bit(Level::product)},
    Formula{&kpi::cycle_time, [](const LotSums& s) { return hours(ratio(s.cycle, s.lots)); }, kLots},
    Formula{&kpi::cycle_time_p95,
            [](const LotSums& s) {
              return s.cycle_times == nullptr ? kNone : hours(static_cast<double>(s.cycle_times->quantile(0.95)));
            },
            kLots},
    Formula{&kpi::flow_factor, [](const LotSums& s) { return ratio(s.flow_factors, s.lots); }, kLots},
    Formula{&kpi::wip, [](const LotSums& s) { return s.wip; }, kLots},
    Formula{&demand::kpi::on_time, [](const LotSums& s) { return ratio(s.with_due - s.tardy, s.with_due); },
            bit(Level::product)},
    Formula{&kpi::tardiness, [](const LotSums& s) { return hours(ratio(s.tardiness, s.with_due)); }, kLots},
    Formula{&kpi::tardy_share, [](const LotSums& s) { return ratio(s.tardy, s.with_due); }, kLots},
    Formula{&kpi::makespan,
            [](const LotSums& s) { return s.lots > 0 ? hours(static_cast<double>(s.last_finish)) : kNone; }, kLots},
    Formula{&production::kpi::utilisation,
            [](const LotSums& s) { return ratio(s.share(MachineActivity::busy), 1 - s.share(MachineActivity::off)); },
            bit(Level::work_centre) | bit(Level::machine)},
    Formula{&kpi::busy, [](const LotSums& s) { return s.share(MachineActivity::busy); }, kMachines},
    Formula{&kpi::down, [](const LotSums& s) { return s.share(MachineActivity::down); }, kMachines},
    Formula{&kpi::blocked, [](const LotSums& s) { return s.share(MachineActivity::blocked); }, kMachines},
    Formula{&kpi::setup, [](const LotSums& s) { return s.share(MachineActivity::setup); }, kMachines},
    Formula{&kpi::maintenance, [](const LotSums& s) { return s.share(MachineActivity::maintenance); }, kMachines},
    Formula{&kpi::off, [](const LotSums& s) { return s.share(MachineActivity::off); }, kMachines},
    Formula{&kpi::oee,
            [](const LotSums& s) {
              const double lost = s.processed > 0 ? s.lost / s.processed : 0;
              return ratio(s.share(MachineActivity::busy), 1 - s.share(MachineActivity::off)) * (1 - lost);
            },
            bit(Level::work_centre)},
    Formula{&kpi::scrap_share, [](const LotSums& s) { return ratio(s.scrapped, s.scrapped + s.pieces); }, kLots},
    Formula{&kpi::rework, [](const LotSums& s) { return ratio(s.sent_back, s.lots); }, kLots},
    Formula{&kpi::operator_use, [](const LotSums& s) { return ratio(s.used, s.crew); },
            bit(Level::crew) | bit(Level::tool)},
    Formula{&kpi::bottleneck_rank, [](const LotSums& s) { return s.rank; }, bit(Level::work_centre)},
    Formula{&kpi::starved, [](const LotSums& s) { return s.share(MachineActivity::idle); }, kMachines},
    Formula{&kpi::queue_time, [](const LotSums& s) { return hours(ratio(s.queue_ticks, s.started)); }, kQueues},
    Formula{&kpi::queue_length, [](const LotSums& s) { return s.queue; }, kQueues},
    Formula{&kpi::operations, [](const LotSums& s) { return s.started; }, kQueues},
    Formula{&kpi::setups, [](const LotSums& s) { return s.setups; }, kMachines},
    Formula{&kpi::batch_fill, [](const LotSums& s) { return ratio(s.batch_fill, s.batches); }, kQueues},
    Formula{&kpi::queue_time_violations, [](const LotSums& s) { return s.violations; }, kQueues | bit(Level::product)},
    Formula{&kpi::pool, [](const LotSums& s) { return s.pool; }, kLots, Has::control},
    Formula{&kpi::pool_time, [](const LotSums& s) { return hours(ratio(s.pool_ticks, s.let_in)); }, kLots,
            Has::control},
    Formula{&kpi::energy, [](const LotSums& s) { return s.energy; }, kMachines, Has::power},
    Formula{&kpi::cost_energy, [](const LotSums& s) { return s.energy_cost; }, kMachines, Has::energy_price},
};

bool has(const factory::Model& model, Has feature) {
  switch (feature) {
    case Has::nothing:
      break;
    case Has::control:
      return !model.controls.empty();
    case Has::power:
      return model.has_power;
    case Has::energy_price:
      return std::any_of(model.factories.begin(), model.factories.end(),
                         [](const factory::Factory& factory) { return factory.energy_price > 0; });
  }
  return true;
}

// kWh, until `end`.
double energy_of(const factory::MachineState& machine, const factory::WorkCentre& centre, core::Instant end) {
  double energy = hours(static_cast<double>((end - machine.since).ticks)) *
                  centre.power[static_cast<std::size_t>(machine.activity)];
  for (std::size_t a = 0; a < factory::kActivities; ++a) {
    energy += hours(static_cast<double>(machine.ticks[a])) * centre.power[a];
  }
  return energy;
}

// Work centres of each site by how much of their time they can take no lot; without machines, or without time, they have none.
void rank_centres(const factory::Model& m, const std::vector<std::uint32_t>& scopes, std::vector<LotSums>& sums) {
  const auto goes_before = [&](std::uint32_t a, std::uint32_t b) {
    const LotSums &first = sums[scopes[a]], &second = sums[scopes[b]];
    if (first.occupied() != second.occupied()) return first.occupied() > second.occupied();
    const double wait = first.queue_ticks * second.started, other = second.queue_ticks * first.started;
    return wait != other ? wait > other : a < b;
  };
  std::vector<std::vector<std::uint32_t>> of_site(m.factories.size());
  for (std::uint32_t c = 0; c < m.centres.size(); ++c) {
    const common::SiteId site = m.centres[factory::WorkCentreId{c}].site;
    if (std::isfinite(sums[scopes[c]].occupied())) of_site[m.factory_of_site[site.index]].push_back(c);
  }
  for (std::vector<std::uint32_t>& centres : of_site) {
    std::sort(centres.begin(), centres.end(), goes_before);
    for (std::size_t i = 0; i < centres.size(); ++i) sums[scopes[centres[i]]].rank = static_cast<double>(i + 1);
  }
}

}  // namespace

struct FactoryMeasure::Layout {
  const Model* model;
  struct Scope {
    Level level;
    std::string name;
  };
  std::vector<Scope> scopes;
  std::vector<std::uint32_t> of_site;  // by place in Model::factories
  std::vector<std::uint32_t> of_type;  // product
  std::vector<std::uint32_t> of_centre;
  std::uint32_t first_machine = 0;  // machines follow each other
  std::uint32_t first_crew = 0;     // and operators and tools
  std::vector<KpiRow> rows;
  struct Cell {
    std::uint32_t scope;
    const Formula* formula;
  };
  std::vector<Cell> cells;

  std::uint32_t add(Level level, std::string name) {
    scopes.push_back({level, std::move(name)});
    return static_cast<std::uint32_t>(scopes.size() - 1);
  }
};

FactoryMeasure::FactoryMeasure(const Model& model) : layout_(std::make_unique<Layout>()) {
  Layout& l = *layout_;
  l.model = &model;
  const factory::Model& m = model.factory;
  if (m.factories.empty()) return;
  l.add(Level::world, "world");
  for (const factory::Factory& f : m.factories)
    l.of_site.push_back(l.add(Level::site, "site:" + model.sites[f.site.index].name));
  std::map<std::string, std::uint32_t> products;
  for (const factory::LotType& type : m.types) {
    const auto [known, is_new] = products.emplace(type.name, 0);
    if (is_new) known->second = l.add(Level::product, "product:" + type.name);
    l.of_type.push_back(known->second);
  }
  for (std::uint32_t c = 0; c < m.centres.size(); ++c) {
    const factory::WorkCentre& centre = m.centres[factory::WorkCentreId{c}];
    l.of_centre.push_back(
        l.add(Level::work_centre, "work_centre:" + model.sites[centre.site.index].name + "/" + m.centre_names[c]));
  }
  l.first_machine = static_cast<std::uint32_t>(l.scopes.size());
  for (std::uint32_t i = 0; i < m.machines.size(); ++i) {
    const factory::WorkCentreId id = m.machines[factory::MachineId{i}].centre;
    const factory::WorkCentre& centre = m.centres[id];
    l.add(Level::machine, "machine:" + model.sites[centre.site.index].name + "/" + m.centre_names[id.index] + "/" +
                              std::to_string(i - centre.machines.first + 1));
  }
  l.first_crew = static_cast<std::uint32_t>(l.scopes.size());
  for (const factory::Crew& crew : m.crews) {
    l.add(crew.is_tool ? Level::tool : Level::crew,
          (crew.is_tool ? "tool:" : "operator:") + model.sites[crew.site.index].name + "/" + crew.name);
  }
  for (std::uint32_t i = 0; i < l.scopes.size(); ++i) {
    for (const Formula& formula : kFormulas) {
      if ((formula.levels & bit(l.scopes[i].level)) == 0 || !has(m, formula.needs)) continue;
      // Of the whole it is that of customers' orders, if there are any.
      if (formula.kpi == &kpi::tardiness && l.scopes[i].level == Level::world && !model.demand.streams.empty())
        continue;
      l.rows.push_back({formula.kpi, l.scopes[i].name});
      l.cells.push_back({i, &formula});
    }
  }
}
FactoryMeasure::~FactoryMeasure() = default;

const std::vector<KpiRow>& FactoryMeasure::rows() const { return layout_->rows; }

void FactoryMeasure::append_values(const Engine& engine, core::Instant from, core::Instant end,
                                   std::vector<double>& values) const {
  const Layout& l = *layout_;
  const factory::Model& m = l.model->factory;
  if (m.factories.empty()) return;
  const factory::State& state = engine.factory.state;
  std::vector<LotSums> sums(l.scopes.size());
  std::vector<std::unique_ptr<core::LogHistogram>> histograms(l.scopes.size());
  const auto ticks = static_cast<double>(std::max<std::int64_t>(0, (end - from).ticks));
  for (LotSums& s : sums) s.ticks = ticks;
  const auto site_of = [&](common::SiteId site) { return l.of_site[m.factory_of_site[site.index]]; };

  for (std::uint32_t i = 0; i < m.types.size(); ++i) {
    const factory::LotTypeTally& tally = state.types[factory::LotTypeId{i}];
    for (const std::uint32_t scope : {0U, site_of(m.types[factory::LotTypeId{i}].site), l.of_type[i]}) {
      LotSums& s = sums[scope];
      s.lots += static_cast<double>(tally.finished);
      s.pieces += static_cast<double>(tally.pieces);
      s.with_due += static_cast<double>(tally.with_due);
      s.tardy += static_cast<double>(tally.tardy);
      s.cycle += tally.cycle_ticks;
      s.tardiness += tally.tardiness_ticks;
      s.flow_factors += tally.flow_factors;
      s.scrapped += static_cast<double>(tally.scrapped_pieces);
      s.sent_back += static_cast<double>(tally.sent_back);
      if (scope == l.of_type[i]) s.violations += static_cast<double>(tally.violations);
      if (ticks > 0) s.wip += static_cast<double>(tally.wip.integral_until(end)) / ticks;
      if (ticks > 0) s.pool += static_cast<double>(tally.pool.integral_until(end)) / ticks;
      s.pool_ticks += tally.pool_ticks;
      s.let_in += static_cast<double>(tally.let_in);
      s.last_finish = std::max(s.last_finish, tally.last_finish.ticks);
      if (tally.cycle_times.empty()) continue;
      if (!histograms[scope]) histograms[scope] = std::make_unique<core::LogHistogram>();
      tally.cycle_times.add_to(*histograms[scope], state.pages);
      s.cycle_times = histograms[scope].get();
    }
  }
  for (std::uint32_t i = 0; i < m.machines.size(); ++i) {
    const factory::MachineState& machine = state.machines[factory::MachineId{i}];
    const factory::WorkCentreId centre = m.machines[factory::MachineId{i}].centre;
    const double energy = m.has_power ? energy_of(machine, m.centres[centre], end) : 0;
    const double price = m.factories[m.factory_of_site[m.centres[centre].site.index]].energy_price;
    for (const std::uint32_t scope :
         {0U, site_of(m.centres[centre].site), l.of_centre[centre.index], l.first_machine + i}) {
      LotSums& s = sums[scope];
      s.machines += 1;
      s.energy += energy;
      s.energy_cost += energy * price;
      s.setups += static_cast<double>(machine.setups);
      for (std::size_t a = 0; a < factory::kActivities; ++a) s.activity[a] += static_cast<double>(machine.ticks[a]);
      s.activity[static_cast<std::size_t>(machine.activity)] += static_cast<double>((end - machine.since).ticks);
    }
  }
  for (std::uint32_t c = 0; c < m.centres.size(); ++c) {
    const factory::WorkCentreState& centre = state.centres[factory::WorkCentreId{c}];
    for (const std::uint32_t scope : {0U, site_of(m.centres[factory::WorkCentreId{c}].site), l.of_centre[c]}) {
      LotSums& s = sums[scope];
      if (ticks > 0) s.queue += static_cast<double>(centre.queue.integral_until(end)) / ticks;
      s.queue_ticks += centre.queue_ticks;
      s.started += static_cast<double>(centre.started);
      s.violations += static_cast<double>(centre.violations);
      s.batches += static_cast<double>(centre.batches);
      s.batch_fill += centre.batch_fill;
      s.processed += static_cast<double>(centre.pieces);
      s.lost += static_cast<double>(centre.scrapped);
    }
  }
  rank_centres(m, l.of_centre, sums);
  for (std::uint32_t i = 0; i < m.crews.size(); ++i) {
    LotSums& s = sums[l.first_crew + i];
    if (ticks <= 0) continue;
    s.used = static_cast<double>(state.crews[factory::CrewId{i}].used.integral_until(end)) / ticks;
    s.crew = static_cast<double>(state.crews[factory::CrewId{i}].staffed.integral_until(end)) / ticks;
  }
  for (const Layout::Cell& cell : l.cells) values.push_back(cell.formula->value(sums[cell.scope]));
}

std::vector<double> energy_costs(const Model& model, const Engine& engine, core::Instant end) {
  const factory::Model& m = model.factory;
  std::vector<double> costs(m.factories.size(), 0);
  for (std::uint32_t i = 0; m.has_power && i < m.machines.size(); ++i) {
    const factory::WorkCentre& centre = m.centres[m.machines[factory::MachineId{i}].centre];
    const std::uint32_t place = m.factory_of_site[centre.site.index];
    costs[place] +=
        energy_of(engine.factory.state.machines[factory::MachineId{i}], centre, end) * m.factories[place].energy_price;
  }
  return costs;
}

void append_factory_catalogue(std::vector<KpiAtScopes>& catalogue) {
  for (const Formula& formula : kFormulas) {
    auto known = std::find_if(catalogue.begin(), catalogue.end(),
                              [&](const KpiAtScopes& row) { return row.kpi == formula.kpi; });
    if (known == catalogue.end()) known = catalogue.insert(catalogue.end(), {formula.kpi, {}});
    for (std::size_t i = 0; i < kLevelNames.size(); ++i) {
      const bool stands = std::find(known->scopes.begin(), known->scopes.end(), kLevelNames[i]) != known->scopes.end();
      if ((formula.levels & (1U << i)) != 0 && !stands) known->scopes.emplace_back(kLevelNames[i]);
    }
  }
}

}  // namespace tierworks::world
