#include "models/world/measure.h"

#include <algorithm>
#include <map>

#include "models/planning/compile.h"
#include "models/world/factory_measure.h"
#include "models/world/fold.h"
#include "models/world/simulate.h"

namespace tierworks::world {

using common::StockId;

namespace {

struct Scope {
  ScopeKind kind = ScopeKind::world;
  std::string name;
  bool has_stream = false;
  bool has_line = false;
  bool has_stock = false;
  bool has_yield = false, has_overtime = false, has_shelf = false, substitutes = false, has_kits = false,
       changes_over = false, returns = false, books = false, forecasts = false, promises = false, has_answers = false;
  bool has(NeedsFeature feature) const {
    switch (feature) {
      case NeedsFeature::substitutes:
        return substitutes;
      case NeedsFeature::returns:
        return returns;
      case NeedsFeature::bookings:
        return books;
      case NeedsFeature::promise:
        return promises;
      case NeedsFeature::forecast:
        return forecasts;
      case NeedsFeature::yield:
        return has_yield;
      case NeedsFeature::overtime:
        return has_overtime;
      case NeedsFeature::shelf:
        return has_shelf;
      case NeedsFeature::kits:
        return has_kits;
      case NeedsFeature::change_overs:
        return changes_over;
      case NeedsFeature::answers:
        return has_answers;
      case NeedsFeature::nothing:
        break;
    }
    return true;
  }
};

}  // namespace

struct Measure::Layout {
  const Model* model;
  std::vector<Scope> scopes;
  std::vector<Scopes> of_stock, of_stream, of_line;
  std::vector<std::uint32_t> of_lane;
  std::vector<std::uint32_t> of_floor;  // the site of a shop floor
  std::vector<KpiRow> rows;
  std::unique_ptr<FactoryMeasure> factories;
  struct Cell {
    std::uint32_t scope;
    const KpiFormula* formula;
  };
  std::vector<Cell> cells;

  std::uint32_t add(ScopeKind kind, std::string name) {
    scopes.push_back({kind, std::move(name)});
    return static_cast<std::uint32_t>(scopes.size() - 1);
  }
  void add_entities();
  void add_rows();
  void add_all(const Engine& engine, const common::RunSettings& settings, Fold& fold) const;
};

void Measure::Layout::add_entities() {
  const Model& m = *model;
  const std::uint32_t world = add(ScopeKind::world, "world");
  scopes[world].has_answers = m.disruption.answers_cost;
  std::map<int, std::uint32_t> tiers;
  for (const Site& site : m.sites) tiers.emplace(site.tier, 0);
  for (auto& [tier, scope] : tiers) scope = add(ScopeKind::tier, "tier:" + std::to_string(tier));
  std::map<std::string, std::uint32_t> regions;
  for (const demand::Stream& stream : m.demand.streams) {
    if (!stream.region.empty() && regions.emplace(stream.region, 0).second) {
      regions[stream.region] = add(ScopeKind::region, "region:" + stream.region);
    }
  }
  std::map<std::string, std::uint32_t> classes;
  for (const demand::Stream& stream : m.demand.streams) {
    if (!stream.customer_class.empty() && classes.emplace(stream.customer_class, 0).second) {
      classes[stream.customer_class] = add(ScopeKind::customer_class, "class:" + stream.customer_class);
    }
  }
  std::vector<std::uint32_t> site_scope, item_scope, stock_scope;
  for (const Site& site : m.sites) site_scope.push_back(add(ScopeKind::site, "site:" + site.name));
  for (const factory::Factory& floor : m.factory.factories) of_floor.push_back(site_scope[floor.site.index]);
  for (const common::Item& item : m.items) item_scope.push_back(add(ScopeKind::item, "item:" + item.name));
  for (const supply::Stock& stock : m.supply.stocks) {
    stock_scope.push_back(
        add(ScopeKind::stock, "site:" + m.sites[stock.site.index].name + "/item:" + m.items[stock.item.index].name));
    of_stock.push_back({world, tiers.at(m.sites[stock.site.index].tier), site_scope[stock.site.index],
                        item_scope[stock.item.index], stock_scope.back(), kNoScope});
    const StockId id{static_cast<std::uint32_t>(of_stock.size() - 1)};
    for (const std::uint32_t s : of_stock.back()) {
      if (s == kNoScope) continue;
      scopes[s].has_stock = true;
      scopes[s].forecasts |= !planning::forecast_of(m.planning, id).is_none();
      scopes[s].has_shelf |= !stock.shelf.is_none();
    }
  }
  for (const demand::Stream& stream : m.demand.streams) {
    of_stream.push_back({world, stream.region.empty() ? kNoScope : regions.at(stream.region),
                         site_scope[stream.site.index], item_scope[stream.item.index], stock_scope[stream.stock.index],
                         stream.customer_class.empty() ? kNoScope : classes.at(stream.customer_class)});
    for (const std::uint32_t s : of_stream.back()) {
      if (s == kNoScope) continue;
      scopes[s].has_stream = true;
      scopes[s].substitutes |= !stream.substitutes.empty();
      scopes[s].returns |= stream.returned_share > 0;
      scopes[s].books |= stream.is_booked();
      scopes[s].promises |= stream.promises;
    }
  }
  for (std::uint32_t i = 0; i < m.logistics.lanes.size(); ++i) {
    of_lane.push_back(m.lane_names[i].empty() ? kNoScope : add(ScopeKind::lane, "lane:" + m.lane_names[i]));
  }
  for (std::uint32_t i = 0; i < m.production.lines.size(); ++i) {
    const production::Line& line = m.production.lines[common::LineId{i}];
    Scopes s = no_scopes();
    s[0] = world;
    s[1] = site_scope[line.site.index];
    if (line.named) {
      s[2] = add(ScopeKind::work_centre, "work_centre:" + m.sites[line.site.index].name + "/" + m.line_names[i]);
      for (std::size_t k = 0; k < 3; ++k) scopes[s[k]].has_line = true;
      for (std::size_t k = 0; k < 3; ++k) scopes[s[k]].has_overtime |= line.overtime.worked();
      for (std::size_t k = 0; k < 3; ++k) scopes[s[k]].changes_over |= line.changes();
    }
    of_line.push_back(s);
  }
  for (const production::Product& product : m.production.products) {
    if (!product.kit.is_none()) {
      for (const std::uint32_t s : of_stock[product.stock.index]) {
        if (s != kNoScope) scopes[s].has_kits = true;
      }
    }
    if (product.yield.is_none()) continue;
    for (const std::uint32_t s : of_stock[product.stock.index]) {
      if (s != kNoScope) scopes[s].has_yield = true;
    }
    const std::uint32_t line = of_line[product.line.index][2];
    if (line != kNoScope) scopes[line].has_yield = true;
  }
}

void Measure::Layout::add_rows() {
  // Scopes stand in the order of their kinds already; rows follow, KPI by KPI.
  for (std::uint32_t i = 0; i < scopes.size(); ++i) {
    const Scope& scope = scopes[i];
    const bool needs_stock = scope.kind != ScopeKind::lane && scope.kind != ScopeKind::work_centre &&
                             scope.kind != ScopeKind::region && scope.kind != ScopeKind::customer_class;
    if (needs_stock && !scope.has_stock) continue;
    for (const KpiFormula& formula : kpi_formulas()) {
      if ((formula.scopes & (1U << static_cast<unsigned>(scope.kind))) == 0) continue;
      if (formula.of_streams && !scope.has_stream) continue;
      if (!scope.has(formula.needs)) continue;
      const std::string_view name = formula.kpi->name;
      if (name == "utilisation" && !scope.has_line) continue;
      if (scope.kind == ScopeKind::item && !scope.has_stream && name == "order_lead_time") continue;
      rows.push_back({formula.kpi, scope.name});
      cells.push_back({i, &formula});
    }
  }
}

Measure::Measure(const Model& model) : layout_(std::make_unique<Layout>()) {
  layout_->model = &model;
  layout_->add_entities();
  layout_->add_rows();
  layout_->factories = std::make_unique<FactoryMeasure>(model);
  layout_->rows.insert(layout_->rows.end(), layout_->factories->rows().begin(), layout_->factories->rows().end());
}
Measure::~Measure() = default;
Measure::Measure(Measure&&) noexcept = default;

const std::vector<KpiRow>& Measure::rows() const { return layout_->rows; }

std::vector<KpiRow> kpi_rows(const Model& model) { return Measure(model).rows(); }
const std::vector<KpiRow>& kpi_rows(const Measure& measure) { return measure.rows(); }

void Measure::Layout::add_all(const Engine& engine, const common::RunSettings& settings, Fold& fold) const {
  const Model& m = *model;
  for (std::uint32_t i = 0; i < m.supply.stocks.size(); ++i) fold.stock(StockId{i}, of_stock[i]);
  const auto unit_ticks = transit(engine, settings.measure_from, fold.end());
  for (std::uint32_t i = 0; i < m.supply.sources.size(); ++i) {
    const supply::Source& source = m.supply.sources[common::SourceId{i}];
    if (source.kind == supply::Source::Kind::line) continue;
    fold.source(common::SourceId{i}, of_stock[source.buyer.index], of_lane[source.lane.index], unit_ticks[i]);
  }
  for (std::uint32_t i = 0; i < m.production.products.size(); ++i) {
    const production::Product& product = m.production.products[common::ProductId{i}];
    fold.product(common::ProductId{i}, of_stock[product.stock.index], of_line[product.line.index]);
  }
  for (std::uint32_t i = 0; i < m.production.lines.size(); ++i) fold.line(common::LineId{i}, of_line[i]);
  const std::vector<double> energy = energy_costs(m, engine, fold.end());
  for (std::size_t i = 0; i < energy.size(); ++i) fold.energy(energy[i], of_floor[i]);
  if (m.disruption.answers_cost && !settings.keeps_gaps) fold.answers();
  const auto open = open_orders(m, engine, settings.measure_from, fold.end());
  for (std::uint32_t i = 0; i < m.demand.streams.size(); ++i) {
    fold.stream(common::StreamId{i}, of_stream[i], open[i]);
  }
}

std::vector<double> Measure::values(const Engine& engine, const common::RunSettings& settings) const {
  const Layout& layout = *layout_;
  Fold fold(*layout.model, engine, settings, layout.scopes.size());
  layout.add_all(engine, settings, fold);
  std::vector<double> values;
  values.reserve(layout.rows.size());
  for (const Layout::Cell& cell : layout.cells) {
    values.push_back(cell.formula->value(fold.at(cell.scope), layout.scopes[cell.scope].kind));
  }
  layout.factories->append_values(engine, settings.measure_from, fold.end(), values);
  return values;
}

double Measure::value(const Engine& engine, const common::RunSettings& settings, std::size_t row) const {
  const Layout& layout = *layout_;
  TIERWORKS_CHECK(row < layout.cells.size(), "a KPI of a shop floor is not measured by itself",
                  static_cast<std::int64_t>(row));
  const Layout::Cell& cell = layout.cells[row];
  Fold fold(*layout.model, engine, settings, layout.scopes.size(), cell.scope);
  layout.add_all(engine, settings, fold);
  return cell.formula->value(fold.at(cell.scope), layout.scopes[cell.scope].kind);
}

bool Measure::starved(const Engine& engine) const {
  std::int64_t orders = 0, shipped = 0;
  for (const demand::StreamState& stream : engine.demand.state.streams) {
    orders += stream.tally.orders;
    shipped += stream.tally.shipped;
  }
  return orders > 0 && shipped == 0;
}

}  // namespace tierworks::world
