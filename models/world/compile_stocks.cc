#include "models/supply/compile.h"
#include "models/world/compiler.h"

namespace tierworks::world {

const supply::BuysSpec* Compiler::buys_of(SiteId site, const std::string& item) const {
  for (const auto& entry : spec_.sites.list[site.index].spec.buys) {
    if (entry.name == item) return &entry.spec;
  }
  return nullptr;
}

void Compiler::offers_and_stocks(SiteId site) {
  const SiteSpec& s = spec_.sites.list[site.index].spec;
  const bool divides =
      *s.allocation == supply::AllocationRule::proportional || *s.allocation == supply::AllocationRule::equal;
  if (divides && *s.complete_orders_only) supply::cannot_divide(s.complete_orders_only.origin, context_);
  for (const auto& entry : s.sells) {
    const auto item = context_.item(entry.name, entry.origin);
    if (!item) continue;
    supply::Offer offer = supply::compile_offer(entry.spec, *item, context_);
    offer.place = place_of(site);
    offer.site = site;
    offers_[{site, *item}] = model_->supply.offers.add(offer);
  }
  std::set<ItemId> made;
  for (const auto& entry : s.makes) {
    if (const auto item = context_.item(entry.name, entry.origin)) {
      made.insert(*item);
      not_sold_too(site, *item, entry, "made");
      add_stock(site, *item);
    }
  }
  for (const auto& entry : s.buys) {
    const auto item = context_.item(entry.name, entry.origin);
    if (!item) continue;
    if (made.contains(*item)) {
      context_.diagnostics.error(entry.origin,
                                 fmt::format("item \"{}\" is both bought and made here; expected one of the two; "
                                             "to do both, make it at a second site and buy from there",
                                             entry.name));
      continue;
    }
    if (entry.spec.from.empty()) {
      context_.diagnostics.error(entry.origin, "the key \"from\" is missing: the supplier, or several");
    }
    not_sold_too(site, *item, entry, "bought");
    add_stock(site, *item);
  }
  for (const auto& entry : s.makes) {
    for (const auto& also : entry.spec.also) {
      const auto item = context_.item(also.name, also.origin);
      if (!item) continue;
      not_sold_too(site, *item, also, "made as a by-product");
      add_stock(site, *item);
    }
  }
  std::set<std::string> kept;
  for (const auto& entry : s.stock) {
    const auto item = context_.item(entry.name, entry.origin);
    if (!item) continue;
    const auto it = stocks_.find({site, *item});
    if (it == stocks_.end()) {
      const bool sold = offers_.contains({site, *item});
      context_.diagnostics.error(
          entry.origin,
          fmt::format("nothing replenishes this stock; expected \"{}\" under `buys` or `makes` of the site{}",
                      entry.name, sold ? "; what it `sells` is never short and has no stock" : ""));
      continue;
    }
    kept.insert(entry.name);
    supply::StockSpec stock = entry.spec;
    const supply::BuysSpec* buys = buys_of(site, entry.name);
    if (buys != nullptr && buys->safety.stated) {
      if (stock.safety.stated) {
        context_.diagnostics.error(buys->safety.origin, "got `safety` here and under `stock`, expected one of the two");
      }
      stock.safety = buys->safety;
    }
    if (buys != nullptr && buys->cover.stated) {
      if (stock.cover.stated) {
        context_.diagnostics.error(buys->cover.origin, "got `cover` here and under `stock`, expected one of the two");
      }
      stock.cover = buys->cover;
    }
    add_policy(it->second, stock);
  }
  for (const auto& entry : s.buys) {
    const bool says_policy = entry.spec.safety.stated || entry.spec.cover.stated;
    if (!says_policy || kept.contains(entry.name)) continue;
    const auto item = context_.item_names.find(entry.name);
    const auto it = item ? stocks_.find({site, *item}) : stocks_.end();
    if (it == stocks_.end()) continue;
    supply::StockSpec stock;
    stock.safety = entry.spec.safety;
    stock.cover = entry.spec.cover;
    add_policy(it->second, stock);
  }
}

void Compiler::add_policy(StockId id, const supply::StockSpec& spec) {
  supply::Stock& stock = model_->supply.stocks[id];
  supply::compile_stock(spec, *spec_.money.holding, context_, stock);
  if (spec.on_order.stated) on_order_.push_back({id, spec.on_order});
  if (needs_flow(spec)) policies_.push_back({id, spec});
  if (spec.demand_signal.stated || spec.signal_delay.stated) {
    signals_.push_back({id, spec.demand_signal, spec.signal_delay});
  }
  consumptions_.push_back({id, spec.consumption});
  if (!stock.computed) return;
  SafetyRequest request;
  request.stock = id;
  request.safety = spec.safety;
  request.demand_cv = spec.demand_cv;
  request.forecast = spec.forecast;
  request.horizon = spec.horizon;
  if (spec.safety.stated && spec.safety->kind == common::SafetyStock::Kind::amount) {
    request.amount = context_.quantity(spec.safety->amount, stock.item, spec.safety.origin);
  }
  request.initial_stated = spec.initial.stated;
  request.signal = spec.demand_signal;
  safety_.push_back(request);
}

void Compiler::add_stock(SiteId site, ItemId item) {
  if (stocks_.contains({site, item})) return;
  supply::Stock stock;
  stock.place = place_of(site);
  stock.site = site;
  stock.item = item;
  stock.holding = context_.carrying(*spec_.money.holding, item);
  const SiteSpec& s = spec_.sites.list[site.index].spec;
  stock.allocation = *s.allocation;
  stock.complete_orders_only = *s.complete_orders_only;
  const common::Item& goods = context_.items[item.index];
  if (goods.shelf_life.ticks > 0) {
    stock.shelf = model_->supply.shelves.add({goods.shelf_life, goods.disposal_cost * goods.resolution});
  }
  stocks_[{site, item}] = model_->supply.stocks.add(stock);
}

}  // namespace tierworks::world
