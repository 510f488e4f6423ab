#include "models/supply/compile.h"

#include "models/world/answers.h"
#include "models/world/compile_items.h"
#include "models/world/compiler.h"
#include "models/world/disruptions.h"
#include "models/world/exchange.h"
#include "models/world/on_order.h"
#include "models/world/periods.h"
#include "models/world/priorities.h"
#include "models/world/ranges.h"
#include "models/world/sharing.h"
#include "models/world/spec_hash.h"
#include "models/world/stock_graph.h"

namespace tierworks::world {

std::unique_ptr<const Model> Compiler::compile() {
  settings();
  compile_items(spec_, context_);
  for (const auto& site : spec_.sites) context_.site_names.add(site.name);
  if (spec_.sites.empty()) context_.diagnostics.error(spec_.version.origin, "got no `sites`, expected at least one");
  if (spec_.demand.empty() && !has_releases()) nothing_to_do();
  for (std::uint32_t i = 0; i < spec_.sites.size(); ++i) offers_and_stocks(SiteId{i});
  lanes();
  for (std::uint32_t i = 0; i < spec_.sites.size(); ++i) made(SiteId{i});
  streams();
  factories();
  stocks_by_source();
  check_priorities(spec_, *model_, context_);
  compile_sharing(spec_, *model_, context_);
  check_exchange(spec_, *model_, context_);
  if (!context_.diagnostics.ok()) return nullptr;
  compile_on_order(on_order_, spec_.time.period->ticks > 0, *model_, context_);
  supply_cycles();
  if (!context_.diagnostics.ok()) return nullptr;
  lines_to_stocks();
  sites();
  compile_disruptions(spec_, *model_, context_);
  supply::settle_sources(model_->supply);
  finish();
  compile_periods(spec_, *model_, context_.diagnostics);
  compile_echelons(spec_, *model_, context_);
  rank_successors(*model_);
  if (!context_.diagnostics.ok()) return nullptr;
  compute_policies(policies_, *model_, context_.diagnostics);
  compute_safety_stocks(safety_, *model_, context_.diagnostics);
  compile_reserve_shares(spec_, *model_, context_.diagnostics);
  compile_demand_signals(signals_, *model_, context_.diagnostics);
  compile_bookings(spec_, consumptions_, *model_, context_.diagnostics);
  if (!context_.diagnostics.ok()) return nullptr;
  check_ranges(spec_, *model_, context_.diagnostics);
  if (!context_.diagnostics.ok()) return nullptr;
  return std::move(model_);
}

void Compiler::nothing_to_do() {
  const auto floor =
      std::find_if(spec_.sites.begin(), spec_.sites.end(), [](const auto& site) { return !site.spec.factory.empty(); });
  if (floor == spec_.sites.end()) {
    context_.diagnostics.error(spec_.version.origin, "got no `demand`, expected at least one stream");
    return;
  }
  context_.diagnostics.error(floor->origin,
                             "got a shop floor without `releases`, and no `demand`; expected at least one of either");
}

void Compiler::settings() {
  model_->name = spec_.name;
  model_->hash = spec_hash(spec_);
  model_->title = *spec_.title;
  model_->currency = *spec_.money.currency;
  model_->warm_up = *spec_.time.warm_up;
  model_->horizon = *spec_.time.horizon;
  context_.time_frame.length = model_->warm_up + model_->horizon;
  if (spec_.time.start.stated) {
    context_.time_frame.start_minutes = spec_.time.start->minutes;
    context_.time_frame.dated = true;
    model_->start = *spec_.time.start;
  }
  if (model_->warm_up > core::kLastInstant - core::Instant{0} - model_->horizon) {
    context_.diagnostics.error(spec_.time.horizon.origin,
                               "got a warm-up and horizon of more than 571 yr together, which cannot be represented");
  }
}

void Compiler::supply_cycles() {
  for (const std::vector<StockId>& circle : supply_circles(*model_)) {
    std::string path;
    for (const StockId stock : circle) path += stock_name(stock) + " -> ";
    context_.diagnostics.error(
        replenishment_of(circle.front()),
        fmt::format("got supply that goes in a circle: {}{}; expected every chain of purchases to end "
                    "at a maker or at an outside supplier (`sells`)",
                    path, stock_name(circle.front())));
  }
}

Origin Compiler::replenishment_of(StockId id) const {
  const supply::Stock& stock = model_->supply.stocks[id];
  const std::string& item = context_.item_names.of(stock.item);
  const auto& site = spec_.sites.list[stock.site.index];
  for (const auto& entry : site.spec.makes) {
    if (entry.name == item) return entry.origin;
  }
  for (const auto& entry : site.spec.buys) {
    if (entry.name == item) return entry.origin;
  }
  return site.origin;
}

std::string Compiler::stock_name(StockId id) const {
  const supply::Stock& stock = model_->supply.stocks[id];
  return context_.site_names.of(stock.site) + "/" + context_.item_names.of(stock.item);
}

void Compiler::sites() {
  const auto computed = tiers(*model_, spec_.sites.size());
  for (std::uint32_t i = 0; i < spec_.sites.size(); ++i) {
    const auto& entry = spec_.sites.list[i];
    if (!computed[i] && entry.spec.factory.releases.empty())
      context_.diagnostics.note(entry.origin, "no demand reaches this site");
    model_->sites.push_back({entry.name, *entry.spec.role, *entry.spec.region,
                             entry.spec.tier.stated ? static_cast<int>(*entry.spec.tier) : computed[i].value_or(0)});
  }
}

void Compiler::finish() {
  model_->items = std::move(context_.items);
  model_->formulas = std::move(context_.formulas);
  model_->supply.tables = &model_->tables;
  model_->production.tables = &model_->tables;
  model_->logistics.tables = &model_->tables;
  model_->demand.tables = &model_->tables;
  model_->factory.tables = &model_->tables;
}

std::unique_ptr<const Model> compile(const ScenarioSpec& spec, Diagnostics& diagnostics) {
  const std::optional<ScenarioSpec> with = with_reserves(spec);
  return Compiler(with ? *with : spec, diagnostics).compile();
}

}  // namespace tierworks::world
