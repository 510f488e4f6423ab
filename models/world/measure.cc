#include "models/world/measure.h"

#include <algorithm>
#include <array>
#include <map>

#include "models/planning/compile.h"
#include "models/world/factory_measure.h"
#include "models/world/simulate.h"
#include "models/world/sums.h"

namespace tierworks::world {

using common::StockId;

namespace {

constexpr std::uint32_t kNoScope = 0xffffffffU;

struct Scope {
  ScopeKind kind = ScopeKind::world;
  std::string name;
  bool has_stream = false;
  bool has_line = false;
  bool has_stock = false;
  bool has_yield = false, has_overtime = false, has_shelf = false, substitutes = false, has_kits = false,
       changes_over = false, returns = false, forecasts = false, promises = false;
  bool has(NeedsFeature feature) const {
    switch (feature) {
      case NeedsFeature::substitutes:
        return substitutes;
      case NeedsFeature::returns:
        return returns;
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
      case NeedsFeature::nothing:
        break;
    }
    return true;
  }
};

// The scopes that an entity counts in.
using Scopes = std::array<std::uint32_t, 6>;
constexpr std::size_t kWorldOfStream = 0, kRegionOfStream = 1, kItemOfStream = 3, kClassOfStream = 5;

constexpr Scopes no_scopes() { return {kNoScope, kNoScope, kNoScope, kNoScope, kNoScope, kNoScope}; }

double as_double(common::Integral v) { return static_cast<double>(v); }

}  // namespace

struct Measure::Layout {
  const Model* model;
  std::vector<Scope> scopes;
  std::vector<Scopes> of_stock, of_stream, of_line;
  std::vector<std::uint32_t> of_lane;
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
};

void Measure::Layout::add_entities() {
  const Model& m = *model;
  const std::uint32_t world = add(ScopeKind::world, "world");
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

namespace {

class Fold {
 public:
  Fold(const Model& model, const Engine& engine, const common::RunSettings& settings, std::size_t scopes)
      : model_(model), engine_(engine), sums_(scopes), lead_times_(scopes) {
    end_ = engine.supply.now();  // earlier than planned if the run was stopped
    ticks_ = static_cast<double>(std::max<std::int64_t>(0, (end_ - settings.measure_from).ticks));
    for (Sums& s : sums_) s.ticks = ticks_;
  }

  template <class F>
  void each(const Scopes& scopes, F&& add) {
    for (const std::uint32_t s : scopes) {
      if (s != kNoScope) add(sums_[s]);
    }
  }

  double average(const core::TimeWeighted& level) const {
    return ticks_ > 0 ? as_double(level.integral_until(end_)) / ticks_ : 0;
  }

  void stock(StockId id, const Scopes& scopes) {
    const supply::Stock& stock = model_.supply.stocks[id];
    const supply::StockTally& tally = engine_.supply.state.stocks[id].tally;
    const common::Item& item = model_.items[stock.item.index];
    const double unit = item.resolution;
    const double on_hand = average(tally.on_hand);
    const auto units = [&](common::Quantity q) { return static_cast<double>(q) * unit; };
    const double holding = on_hand * ticks_ * stock.holding;
    const supply::Periods periods = supply::periods_until(stock, engine_.supply.state.stocks[id], end_);
    const bool has_periods = periods.demand.count() > 1;
    const double order_variance = has_periods ? periods.orders.variance() * unit * unit : 0;
    const double demand_variance = has_periods ? periods.demand.variance() * unit * unit : 0;
    const double days = stock.continuous() ? 1 : core::in_days(stock.review_every);
    const planning::PlanId plan = planning::forecast_of(model_.planning, id);
    const planning::ForecastTally forecast =
        plan.is_none() ? planning::ForecastTally{} : engine_.planning.state.forecasts[plan];
    each(scopes, [&](Sums& s) {
      s.on_hand += on_hand * unit;
      s.stock_backlog += average(tally.backlog) * unit;
      s.inventory_value += on_hand * unit * item.value;
      s.demanded += units(tally.demanded);
      s.at_once += units(tally.at_once);
      s.work_demanded += units(tally.work_demanded);
      s.work_at_once += units(tally.work_at_once);
      s.shipped += units(tally.shipped);
      s.shipped_value += units(tally.shipped) * item.value;
      s.ready += average(tally.ready);
      s.falls_short += average(tally.falls_short);
      s.cycles += static_cast<double>(tally.cycles);
      s.cycles_short += static_cast<double>(tally.cycles_short);
      s.replenishments += static_cast<double>(tally.orders);
      s.order_variance += order_variance;
      s.order_variance_per_day += order_variance / days;
      s.demand_variance_per_day += demand_variance / days;
      s.stocks_with_periods += has_periods ? 1 : 0;
      s.forecast += forecast.forecast;
      s.forecast_came += forecast.came;
      s.forecast_off += forecast.off;
      s.lead_hours += tally.lead_time.sum();
      s.lead_orders += static_cast<double>(tally.lead_time.count());
      s.holding += holding;
      s.shortage += average(tally.backlog) * ticks_ * stock.backorder_cost;
      s.ordering += static_cast<double>(tally.orders) * stock.ordering_cost;
    });
    if (stock.shelf.is_none()) return;
    const supply::ShelfState& shelf = engine_.supply.state.shelves[stock.shelf];
    each(scopes, [&](Sums& s) {
      s.wasted += units(shelf.wasted);
      s.used_up += units(shelf.used_up);
      s.passed_on += units(shelf.passed_on);
      s.disposal += static_cast<double>(shelf.wasted) * model_.supply.shelves[stock.shelf].disposal_cost;
    });
  }

  void source(common::SourceId id, const Scopes& scopes, std::uint32_t lane, common::Integral unit_ticks) {
    const logistics::TransitTally& tally = engine_.logistics.state.tallies[id];
    const double unit = model_.logistics.links[id].resolution;
    const double in_transit = ticks_ > 0 ? as_double(unit_ticks) / ticks_ * unit : 0;
    const double holding = as_double(unit_ticks) * model_.transit_holding[id.index];
    const supply::Source& from = model_.supply.sources[id];
    const logistics::Lane& way = model_.logistics.lanes[from.lane];
    const auto units = static_cast<double>(tally.units);
    const logistics::PriceTally dear = logistics::prices_of(engine_.logistics, id);
    const double freight = (static_cast<double>(tally.shipments) + dear.dear_shipments) * way.cost_per_shipment +
                           (units + dear.dear_freight_units) * unit * way.cost_per_unit;
    const bool outside = from.kind == supply::Source::Kind::offer;
    const double purchase = outside ? (units + dear.dear_units) * model_.supply.offers[from.offer].price : 0;
    const auto add = [&](Sums& s) {
      s.in_transit += in_transit;
      s.holding += holding;
      s.transport += freight;
      s.purchase += purchase;
    };
    each(scopes, add);
    if (lane == kNoScope) return;
    add(sums_[lane]);
    sums_[lane].shipped += static_cast<double>(tally.units) * unit;
  }

  void product(common::ProductId id, const Scopes& scopes, const Scopes& line) {
    const production::Product& product = model_.production.products[id];
    const production::ProductTally& tally = engine_.production.state.products[id];
    const double in_work = average(tally.in_work) * product.resolution;
    const double cost = static_cast<double>(tally.made) * product.cost;
    const double made = static_cast<double>(tally.made) * product.resolution;
    const double scrapped = static_cast<double>(tally.scrapped) * product.resolution;
    const bool yields = !product.yield.is_none();
    if (!product.kit.is_none()) {
      const production::KitTally& kit = engine_.production.state.kits[product.kit];
      each(scopes, [&](Sums& s) {
        s.waiting_orders += as_double(kit.waiting.integral_until(end_));
        s.clear_orders += as_double(kit.clear.integral_until(end_));
        s.missing_items += as_double(kit.missing.integral_until(end_));
      });
    }
    each(scopes, [&](Sums& s) {
      s.in_work += in_work;
      s.production += cost;
      if (yields) s.begun += made;
      s.scrapped += scrapped;
    });
    if (line[2] == kNoScope) return;
    Sums& of_line = sums_[line[2]];
    of_line.made += made - scrapped;
    of_line.production += cost;
    if (yields) of_line.begun += made;
    of_line.scrapped += scrapped;
  }

  void line(common::LineId id, const Scopes& scopes) {
    const production::Line& line = model_.production.lines[id];
    if (!line.named) return;
    const production::LineState& state = engine_.production.state.lines[id];
    const core::Instant staffed_until = model_.production.clock(line.calendar).at(end_);
    double overtime = 0;
    if (line.overtime.worked()) {
      overtime =
          as_double(state.busy_in_overtime.integral_until(model_.production.clock(line.overtime.alone).at(end_)));
    }
    const double busy = as_double(state.busy_servers.integral_until(staffed_until)) + overtime;
    const auto staffed = static_cast<double>((staffed_until - state.staffed_from).ticks);
    each(scopes, [&](Sums& s) {
      s.busy_ticks += busy;
      s.overtime_ticks += overtime;
      if (line.changes()) {
        s.change_overs += static_cast<double>(state.change_overs);
        s.changing_ticks += static_cast<double>(state.changing_ticks);
        s.server_ticks += static_cast<double>(line.servers) * staffed + overtime;
      }
      s.staffed_ticks += static_cast<double>(line.servers) * staffed + overtime;
      s.production += busy * line.cost_per_tick + overtime * line.overtime.cost_per_tick;
    });
  }

  // `open`: what stands for orders that have not ended.
  struct OpenOrders {
    double overdue = 0;
    double promises_past = 0;
    demand::WaitingUnits waiting;
  };
  void stream(common::StreamId id, const Scopes& scopes, const OpenOrders& open) {
    const demand::Stream& stream = model_.demand.streams[id];
    const demand::StreamTally& tally = engine_.demand.state.streams[id].tally;
    const common::Item& item = model_.items[stream.item.index];
    const auto units = [&](common::Quantity q) { return static_cast<double>(q) * item.resolution; };
    const double waiting = average(tally.waiting);
    const double shortage =
        static_cast<double>(tally.not_at_once) * stream.shortage_cost + waiting * ticks_ * stream.waiting_cost;
    const double paid_for = static_cast<double>(tally.shipped) + demand::dear_units(engine_.demand, id);
    for (const std::uint32_t scope : scopes) {
      if (scope == kNoScope) continue;
      Sums& s = sums_[scope];
      s.has_stream = true;
      s.stream_demanded += units(tally.demanded);
      s.stream_at_once += units(tally.at_once);
      s.stream_shipped += units(tally.shipped);
      s.stream_shipped_value += units(tally.shipped) * item.value;
      s.stream_lost += units(tally.lost);
      s.stream_waiting += waiting * item.resolution;
      s.orders_on_time += static_cast<double>(tally.on_time);
      s.orders_due += static_cast<double>(tally.due) + open.overdue;
      s.promises += stream.promises ? static_cast<double>(tally.promised) + open.promises_past
                                    : static_cast<double>(tally.due) + open.overdue;
      s.promises_kept += static_cast<double>(stream.promises ? tally.kept : tally.on_time);
      s.substituted += units(tally.substituted);
      s.returned += units(tally.returned);
      s.stream_lead_hours += tally.lead_time.sum();
      s.stream_completed += static_cast<double>(tally.completed);
      s.stream_tardy_hours += tally.tardy_hours;
      s.waited_hours += (tally.waited.hours + open.waiting.hours) * item.resolution;
      s.waited_aged_hours += (tally.waited.aged_hours + open.waiting.aged_hours) * item.resolution;
      s.shortage += shortage;
      s.revenue += paid_for * stream.price;
    }
    // Quantiles are shown of these only.
    for (const std::size_t i : {kWorldOfStream, kRegionOfStream, kItemOfStream, kClassOfStream}) {
      if (scopes[i] != kNoScope) lead_times(scopes[i], tally.lead_times);
    }
  }

  Sums& at(std::uint32_t scope) { return sums_[scope]; }
  core::Instant end() const { return end_; }

 private:
  void lead_times(std::uint32_t scope, const core::PagedHistogram& histogram) {
    if (histogram.empty()) return;
    if (!lead_times_[scope]) lead_times_[scope] = std::make_unique<core::LogHistogram>();
    histogram.add_to(*lead_times_[scope], engine_.demand.state.lead_time_pages);
    sums_[scope].lead_times = lead_times_[scope].get();
  }

  const Model& model_;
  const Engine& engine_;
  core::Instant end_;
  double ticks_ = 0;
  std::vector<Sums> sums_;
  std::vector<std::unique_ptr<core::LogHistogram>> lead_times_;
};

// Orders of customers that are not delivered whole at the end: those that still wait, and those that are on their way to
// the customer. They are overdue if their allowance has passed.
std::vector<Fold::OpenOrders> open_orders(const Model& model, const Engine& engine, core::Instant measure_from,
                                          core::Instant end) {
  std::vector<Fold::OpenOrders> open(model.demand.streams.size());
  const auto count = [&](common::StreamId stream, core::Instant arrived, bool promised_later) {
    if (arrived < measure_from) return;
    if (arrived + model.demand.streams[stream].due < end) open[stream.index].overdue += 1;
    if (arrived + model.demand.streams[stream].promised(promised_later) < end) open[stream.index].promises_past += 1;
  };
  const supply::State& supply = engine.supply.state;
  for (const supply::StockState& stock : supply.stocks) {
    for (core::Ref ref = stock.claims.first; ref != core::kNoRef; ref = supply.claims[ref].next) {
      const common::Claim& claim = supply.claims[ref].claim;
      if (claim.kind != common::Claim::Kind::customer) continue;
      count(common::StreamId{claim.who}, claim.arrived, claim.promised_later);
      if (!(claim.arrived < measure_from)) open[claim.who].waiting.add(claim.open, end - claim.arrived);
    }
  }
  demand::for_each_on_its_way(engine.demand, count);
  return open;
}

// Unit-ticks on the way by source: of what has arrived, and of what is still under way.
std::vector<common::Integral> transit(const Engine& engine, core::Instant measure_from, core::Instant end) {
  std::vector<common::Integral> unit_ticks;
  for (const logistics::TransitTally& tally : engine.logistics.state.tallies) unit_ticks.push_back(tally.unit_ticks);
  logistics::for_each_under_way(engine.logistics,
                                [&](common::SourceId source, common::Quantity quantity, core::Instant left) {
                                  const core::Instant from = std::max(left, measure_from);
                                  if (from < end)
                                    unit_ticks[source.index] += common::Integral{quantity} * (end - from).ticks;
                                });
  return unit_ticks;
}

}  // namespace

std::vector<double> Measure::values(const Engine& engine, const common::RunSettings& settings) const {
  const Layout& layout = *layout_;
  const Model& model = *layout.model;
  Fold fold(model, engine, settings, layout.scopes.size());
  for (std::uint32_t i = 0; i < model.supply.stocks.size(); ++i) fold.stock(StockId{i}, layout.of_stock[i]);
  const auto unit_ticks = transit(engine, settings.measure_from, fold.end());
  for (std::uint32_t i = 0; i < model.supply.sources.size(); ++i) {
    const supply::Source& source = model.supply.sources[common::SourceId{i}];
    if (source.kind == supply::Source::Kind::line) continue;
    fold.source(common::SourceId{i}, layout.of_stock[source.buyer.index], layout.of_lane[source.lane.index],
                unit_ticks[i]);
  }
  for (std::uint32_t i = 0; i < model.production.products.size(); ++i) {
    const production::Product& product = model.production.products[common::ProductId{i}];
    fold.product(common::ProductId{i}, layout.of_stock[product.stock.index], layout.of_line[product.line.index]);
  }
  for (std::uint32_t i = 0; i < model.production.lines.size(); ++i) fold.line(common::LineId{i}, layout.of_line[i]);
  const auto open = open_orders(model, engine, settings.measure_from, fold.end());
  for (std::uint32_t i = 0; i < model.demand.streams.size(); ++i) {
    fold.stream(common::StreamId{i}, layout.of_stream[i], open[i]);
  }
  std::vector<double> values;
  values.reserve(layout.rows.size());
  for (const Layout::Cell& cell : layout.cells) {
    values.push_back(cell.formula->value(fold.at(cell.scope), layout.scopes[cell.scope].kind));
  }
  layout.factories->append_values(engine, settings.measure_from, fold.end(), values);
  return values;
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
