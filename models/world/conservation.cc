#include "models/world/conservation.h"

#include <fmt/format.h>

namespace tierworks::world {

using common::Quantity;

void check_conservation(const Model& model, const Engine& engine) {
  factory::check_lots(engine.factory);
  struct Balance {
    Quantity in = 0, out = 0;
  };
  std::vector<Balance> items(model.items.size());
  const supply::State& supply = engine.supply.state;
  const production::State& production = engine.production.state;

  for (std::uint32_t i = 0; i < model.supply.stocks.size(); ++i) {
    const supply::Stock& stock = model.supply.stocks[common::StockId{i}];
    const supply::StockState& state = supply.stocks[common::StockId{i}];
    Balance& item = items[stock.item.index];
    item.in += stock.initial + state.flows.made + state.flows.returned;
    item.out += state.flows.sold + state.flows.destroyed + state.on_hand;
    const core::Ref first = state.claims.first;
    Quantity waiting = 0;
    for (core::Ref ref = first; ref != core::kNoRef; ref = supply.claims[ref].next)
      waiting += supply.claims[ref].claim.open;
    TIERWORKS_CHECK(waiting == state.backlog, "the backlog of a stock is not what its claims wait for", i, waiting,
                    state.backlog);
  }
  for (std::uint32_t i = 0; i < model.supply.stocks.size(); ++i) {
    const supply::Stock& stock = model.supply.stocks[common::StockId{i}];
    if (stock.shelf.is_none()) continue;
    const supply::ShelfState& shelf = supply.shelves[stock.shelf];
    const Quantity available = supply.stocks[common::StockId{i}].available();
    items[stock.item.index].out += shelf.expired;
    Quantity of_all_ages = 0;
    for (core::Ref ref = shelf.ages.first; ref != core::kNoRef; ref = supply.ages[ref].next) {
      of_all_ages += supply.ages[ref].quantity;
    }
    TIERWORKS_CHECK(of_all_ages == available, "the goods of all ages are not what a stock has", i, of_all_ages,
                    available);
  }
  for (const logistics::UnderWay& goods : model.logistics.under_way) {
    items[model.supply.stocks[goods.to].item.index].in += goods.quantity;
  }
  for (std::uint32_t i = 0; i < model.supply.offers.size(); ++i) {
    items[model.supply.offers[common::OfferId{i}].item.index].in += supply.offers[common::OfferId{i}].bought;
  }
  for (std::uint32_t i = 0; i < model.production.components.size(); ++i) {
    const auto item = model.supply.stocks[model.production.components[i].stock].item;
    items[item.index].out +=
        production.components[i].consumed + production.components[i].scrapped + production.components[i].destroyed;
  }
  production::for_each_in_work(engine.production, [&](common::ProductId id, Quantity quantity) {
    const production::Product& product = model.production.products[id];
    if (model.production.partial(product)) return;  // its materials are on hand until the work is done
    for (std::uint32_t i = product.components.first; i < product.components.last; ++i) {
      const production::Component& part = model.production.components[i];
      items[model.supply.stocks[part.stock].item.index].out += part.per_unit * quantity;
    }
  });
  for (const core::Ref ref : factory::lots_inside(engine.factory)) {
    const factory::Lot& lot = engine.factory.state.lots[ref];
    if (lot.order == core::kNoRef || lot.lacks_material) continue;  // that is on hand until the lot is picked
    const core::Range parts = model.production.products[production.orders[lot.order].product].components;
    for (std::uint32_t i = parts.first; i < parts.last; ++i) {
      const production::Component& part = model.production.components[i];
      items[model.supply.stocks[part.stock].item.index].out += part.per_unit * lot.quantity;
    }
  }
  // What is scrapped never comes into stock: its materials are gone, and no goods came of them.
  for (const production::Product& product : model.production.products) {
    if (product.yield.is_none()) continue;
    const production::YieldState& yield = production.yields[product.yield];
    for (std::uint32_t i = product.components.first; i < product.components.last; ++i) {
      const Quantity used = production.components[i].consumed;
      TIERWORKS_CHECK(used == model.production.components[i].per_unit * (yield.good + yield.scrapped),
                      "materials went into other quantities than were good or scrapped", used, yield.good,
                      yield.scrapped);
    }
  }
  logistics::for_each_under_way(engine.logistics, [&](common::SourceId source, Quantity quantity, core::Instant) {
    items[model.supply.stocks[model.supply.sources[source].buyer].item.index].out += quantity;
  });
  const auto& lost = engine.logistics.state.lost;
  for (std::uint32_t i = 0; i < lost.size(); ++i) {
    const common::StockId buyer = model.supply.sources[common::SourceId{i}].buyer;
    items[model.supply.stocks[buyer].item.index].out += lost[common::SourceId{i}];
  }
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (items[i].in == items[i].out) continue;
    throw core::Broken(
        fmt::format("item \"{}\" is not conserved: {} came in and {} are accounted for, in its smallest units",
                    model.items[i].name, items[i].in, items[i].out));
  }
}

}  // namespace tierworks::world
