#include "models/world/periods.h"

#include <algorithm>

#include <fmt/format.h>

#include "models/world/stock_graph.h"

namespace tierworks::world {

using common::Quantity;
using common::SourceId;
using common::StockId;

namespace {

const supply::StockSpec* written(const ScenarioSpec& spec, const supply::Stock& stock, const std::string& item) {
  for (const auto& entry : spec.sites.list[stock.site.index].spec.stock) {
    if (entry.name == item) return &entry.spec;
  }
  return nullptr;
}

void calendar(const ScenarioSpec& spec, const std::string& item, supply::Stock& stock,
              common::Diagnostics& diagnostics) {
  const core::Duration period = *spec.time.period;
  stock.period = period;
  if (stock.review_every.ticks == 0) stock.review_every = period;
  if (stock.review_every.ticks % period.ticks == 0 && stock.review_from.ticks % period.ticks == 0) return;
  const supply::StockSpec* const said = written(spec, stock, item);
  diagnostics.error(said != nullptr ? said->review.origin : common::Origin{},
                    fmt::format("got a `review` that does not fall on the periods of `time.period`, expected multiples "
                                "of {:g} h",
                                core::in_hours(period)));
}

Quantity top_of(const supply::Stock& stock) {
  if (const auto* base = std::get_if<supply::BaseStock>(&stock.policy)) return base->level;
  if (const auto* up_to = std::get_if<supply::OrderUpTo>(&stock.policy)) return up_to->level;
  if (const auto* lots = std::get_if<supply::FixedQuantity>(&stock.policy)) {
    return lots->reorder_point + lots->quantity;
  }
  return 0;
}

// Each stock after all that lie below it.
std::vector<StockId> downstream_first(const Model& model) {
  const std::size_t n = model.supply.stocks.size();
  std::vector<std::uint32_t> waits_for(n, 0);
  for (std::uint32_t i = 0; i < n; ++i) {
    for (const StockId from : filled_from(model, StockId{i})) ++waits_for[from.index];
  }
  std::vector<StockId> order;
  for (std::uint32_t i = 0; i < n; ++i) {
    if (waits_for[i] == 0) order.push_back(StockId{i});
  }
  for (std::size_t i = 0; i < order.size(); ++i) {
    for (const StockId from : filled_from(model, order[i])) {
      if (--waits_for[from.index] == 0) order.push_back(from);
    }
  }
  return order;
}

std::vector<std::vector<supply::Below>> links_below(const Model& model) {
  std::vector<std::vector<supply::Below>> below(model.supply.stocks.size());
  for (std::uint32_t s = 0; s < model.supply.sources.size(); ++s) {
    const supply::Source& source = model.supply.sources[SourceId{s}];
    if (source.kind == supply::Source::Kind::stock) {
      below[source.supplier_stock.index].push_back({.source = SourceId{s}});
    } else if (source.kind == supply::Source::Kind::line) {
      const core::Range parts = model.production.products[source.product].components;
      for (std::uint32_t c = parts.first; c < parts.last; ++c) {
        const production::Component& part = model.production.components[c];
        below[part.stock.index].push_back({.stock = source.buyer, .per_unit = part.per_unit});
      }
    }
  }
  return below;
}

}  // namespace

void compile_periods(const ScenarioSpec& spec, Model& model, common::Diagnostics& diagnostics) {
  model.period = *spec.time.period;
  if (model.period.ticks == 0) return;
  auto& stocks = model.supply.stocks;
  for (supply::Stock& stock : stocks) calendar(spec, model.items[stock.item.index].name, stock, diagnostics);
  for (std::uint32_t i = 0; i < stocks.size(); ++i) {
    supply::Stock& stock = stocks[StockId{i}];
    stock.components.first = static_cast<std::uint32_t>(model.supply.components.size());
    for (std::uint32_t s = stock.sources.first; s < stock.sources.last; ++s) {
      const supply::Source& source = model.supply.sources[SourceId{s}];
      if (source.kind == supply::Source::Kind::stock && source.order_time.ticks == 0) {
        ++stocks[source.supplier_stock].awaits;
      } else if (source.kind == supply::Source::Kind::line) {
        for (const StockId part : filled_from(model, StockId{i})) {
          ++stocks[part].awaits;
          model.supply.components.push_back(part);
        }
      }
    }
    stock.components.last = static_cast<std::uint32_t>(model.supply.components.size());
  }
  for (const auto& entry : spec.demand) {
    if (!entry.spec.substitutes.empty()) {
      diagnostics.error(entry.spec.substitutes.list.front().origin,
                        "got a substitute, but in periods (`time.period`) goods are handed out after all have ordered, "
                        "so nobody knows at the order what is missing; expected none, or no `time.period`");
    }
    const common::Unmet& unmet = *entry.spec.unmet;
    const bool leaves = unmet.kind == common::Unmet::Kind::lost ||
                        (unmet.kind == common::Unmet::Kind::wait && unmet.patience < model.period);
    if (!leaves) continue;
    diagnostics.error(entry.spec.unmet.origin,
                      "got customers who do not wait for a whole period, but in periods (`time.period`) orders go "
                      "upstream before anybody knows what will be short; expected `backorder`, or `wait` for a period "
                      "or longer");
  }
}

void compile_echelons(const ScenarioSpec& spec, Model& model, const common::CompileContext& context) {
  auto& stocks = model.supply.stocks;
  const bool wanted = std::any_of(stocks.begin(), stocks.end(), [](const supply::Stock& stock) {
    return stock.position != supply::PositionOf::local;
  });
  if (!wanted) return;
  const auto below = links_below(model);
  model.supply.downstream_first = downstream_first(model);
  for (std::uint32_t i = 0; i < stocks.size(); ++i) {
    stocks[StockId{i}].below = {static_cast<std::uint32_t>(model.supply.below.size()),
                                static_cast<std::uint32_t>(model.supply.below.size() + below[i].size())};
    model.supply.below.insert(model.supply.below.end(), below[i].begin(), below[i].end());
  }
  // Top of each echelon, and whether a stock in it has a choice of suppliers.
  std::vector<Quantity> top(stocks.size(), 0);
  std::vector<StockId> chooses(stocks.size(), StockId::none());
  for (const StockId id : model.supply.downstream_first) {
    supply::Stock& stock = stocks[id];
    Quantity tops_below = 0;
    for (const supply::Below& link : below[id.index]) {
      const StockId under = link.source.is_none() ? link.stock : model.supply.sources[link.source].buyer;
      tops_below += link.per_unit * top[under.index];
      if (link.source.is_none()) stock.is_part = true;
      if (stocks[under].sources.size() > 1) chooses[id.index] = under;
      if (!chooses[under.index].is_none()) chooses[id.index] = chooses[under.index];
    }
    const supply::StockSpec* const said = written(spec, stock, model.items[stock.item.index].name);
    if (stock.position == supply::PositionOf::local) {
      top[id.index] = top_of(stock) + tops_below;
      continue;
    }
    top[id.index] = top_of(stock);
    const common::Origin origin = said != nullptr ? said->position.origin : common::Origin{};
    if (stock.computed) {
      context.diagnostics.error(origin,
                                "got a position of the echelon beside `safety` or `forecast`, which compute the level "
                                "of one stock alone; expected a `level`, or `reorder_point` and more");
    }
    if (stock.position == supply::PositionOf::echelon_by_orders && model.period.ticks == 0) {
      context.diagnostics.error(origin, "got `echelon_by_orders` without `time.period`, expected `echelon`");
    }
    if (!chooses[id.index].is_none()) {
      const supply::Stock& under = stocks[chooses[id.index]];
      context.diagnostics.error(
          origin, fmt::format("got a position of the echelon, but \"{}\" below it has several suppliers of \"{}\" and "
                              "would be counted by each; expected one supplier for each stock of an echelon",
                              context.site_names.of(under.site), model.items[under.item.index].name));
    }
    if (said == nullptr || !said->initial.stated) stock.initial = std::max<Quantity>(0, top_of(stock) - tops_below);
  }
}

void rank_successors(Model& model) {
  for (supply::Source& source : model.supply.sources) {
    if (source.kind != supply::Source::Kind::stock) continue;
    const supply::Stock& supplier = model.supply.stocks[source.supplier_stock];
    if (supplier.allocation != supply::AllocationRule::successor_order) continue;
    source.priority = model.supply.stocks[source.buyer].site.index + 1;
  }
}

}  // namespace tierworks::world
