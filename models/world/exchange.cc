#include "models/world/exchange.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace tierworks::world {

using common::ItemId;
using common::SourceId;
using common::StockId;

namespace {

class Exchange {
 public:
  Exchange(const ScenarioSpec& spec, Model& model, common::CompileContext& context)
      : spec_(spec), model_(model), context_(context) {}

  void check() {
    spoilt_on_the_way();
    for (std::uint32_t i = 0; i < model_.supply.stocks.size(); ++i) {
      if (model_.supply.stocks[StockId{i}].vendor_managed) vendor_managed(StockId{i});
    }
    if (spec_.time.period.stated) in_periods();
  }

 private:
  template <class Entries>
  static auto* entry_of(const Entries& entries, const std::string& name) {
    for (const auto& entry : entries) {
      if (entry.name == name) return &entry.spec;
    }
    return static_cast<decltype(&entries.list.front().spec)>(nullptr);
  }
  const SiteSpec& site_of(StockId id) const { return spec_.sites.list[model_.supply.stocks[id].site.index].spec; }
  const std::string& item_of(StockId id) const { return context_.item_names.of(model_.supply.stocks[id].item); }

  void spoilt_on_the_way() {
    std::set<ItemId> said;
    for (const supply::Source& source : model_.supply.sources) {
      const supply::Stock& buyer = model_.supply.stocks[source.buyer];
      if (buyer.shelf.is_none() || source.kind == supply::Source::Kind::line) continue;
      const logistics::Lane& lane = model_.logistics.lanes[source.lane];
      const double least =
          std::max(core::least_of(lane.transit, model_.tables), static_cast<double>(lane.at_least.ticks));
      const core::Duration life = model_.supply.shelves[buyer.shelf].life;
      if (least < static_cast<double>(life.ticks) || !said.insert(buyer.item).second) continue;
      context_.diagnostics.error(
          spec_.items.list[buyer.item.index].spec.shelf_life.origin,
          fmt::format("got goods that last {:.6g} d and take at least {:.6g} d from \"{}\" to \"{}\", so all of them "
                      "would be thrown away; expected a longer `shelf_life`, or a shorter `transit`",
                      core::in_days(life), least / static_cast<double>(core::kDay.ticks),
                      context_.site_names.of(common::SiteId{source.supplier_place.index}),
                      context_.site_names.of(buyer.site)));
    }
  }

  void vendor_managed(StockId id) {
    const supply::Stock& stock = model_.supply.stocks[id];
    model_.supply.managed = true;
    const common::Origin origin = entry_of(site_of(id).stock, item_of(id))->vendor_managed.origin;
    if (stock.sources.size() != 1 ||
        model_.supply.sources[SourceId{stock.sources.first}].kind == supply::Source::Kind::line) {
      context_.diagnostics.error(origin,
                                 fmt::format("got `vendor_managed` of what is {}, expected one supplier under `buys`, "
                                             "who keeps it",
                                             stock.sources.size() > 1 ? "bought from several" : "made here"));
      return;
    }
    if (!model_.supply.sources[SourceId{stock.sources.first}].order_days.empty()) {
      const supply::BuysSpec* const buys = entry_of(site_of(id).buys, item_of(id));
      context_.diagnostics.error(buys->order_days.origin,
                                 "got `order_days` of what is `vendor_managed`, where nothing is ordered; expected the "
                                 "`review` to say when the supplier is told");
    }
    const auto& stocks = model_.supply.stocks;
    if (std::any_of(stocks.begin(), stocks.end(),
                    [](const auto& s) { return s.position != supply::PositionOf::local; })) {
      context_.diagnostics.error(origin,
                                 "got `vendor_managed` beside a stock that looks at its echelon, which is told with "
                                 "orders; expected `position: local` everywhere");
    }
  }

  void in_periods() {
    const auto refuse = [&](common::Origin origin, std::string_view what) {
      context_.diagnostics.error(
          origin, fmt::format("got {} in a run in periods (`time.period`), where every supplier hears from every buyer "
                              "once a period; expected it without `time.period`",
                              what));
    };
    for (const auto& site : spec_.sites) {
      for (const auto& buys : site.spec.buys) {
        if (buys.spec.order_days.stated) refuse(buys.spec.order_days.origin, "`order_days`");
        if (*buys.spec.split_orders) refuse(buys.spec.split_orders.origin, "`split_orders`");
        for (const auto& from : buys.spec.from) {
          if (from.spec.order_days.stated) refuse(from.spec.order_days.origin, "`order_days`");
        }
      }
      for (const auto& stock : site.spec.stock) {
        if (stock.spec.vendor_managed.stated) refuse(stock.spec.vendor_managed.origin, "`vendor_managed`");
      }
    }
    for (const auto& shock : spec_.disruptions) {
      if (*shock.spec.open_orders == disruption::OpenOrders::re_place) {
        refuse(shock.spec.open_orders.origin, "`open_orders: re_place`");
      }
    }
  }

  const ScenarioSpec& spec_;
  Model& model_;
  common::CompileContext& context_;
};

}  // namespace

void check_exchange(const ScenarioSpec& spec, Model& model, common::CompileContext& context) {
  Exchange(spec, model, context).check();
}

}  // namespace tierworks::world
