#include "models/world/ranges.h"

#include <fmt/format.h>

#include "models/world/outlook_flow.h"

namespace tierworks::world {

namespace {

constexpr double kMostCounted = 0x1p62;
constexpr double kMargin = 8;  // demand may come in lumps, and orders in large lots

bool countable(double total) { return total * kMargin < kMostCounted; }

}  // namespace

void check_ranges(const ScenarioSpec& spec, const Model& model, common::Diagnostics& diagnostics) {
  const Flow flow = flow_of(model);
  const double days = core::in_days(model.warm_up) + core::in_days(model.horizon) + 1;
  const auto passing = [&](common::StockId id) {
    const StockFlow& f = flow.stocks[id.index];
    const supply::Stock& stock = model.supply.stocks[id];
    double units = f.rate * days + f.order_quantity + static_cast<double>(stock.initial);
    for (std::uint32_t i = stock.on_order.first; i < stock.on_order.last; ++i) {
      units += static_cast<double>(model.supply.on_order[i].quantity);
    }
    return units;
  };
  for (std::uint32_t i = 0; i < model.supply.stocks.size(); ++i) {
    const common::StockId id{i};
    const supply::Stock& stock = model.supply.stocks[id];
    const auto& site = spec.sites.list[stock.site.index];
    const common::Item& item = model.items[stock.item.index];
    const double units = passing(id);
    if (!countable(units)) {
      diagnostics.error(site.origin,
                        fmt::format("got about {:.2g} {} of \"{}\" through this site in a run, which cannot be counted "
                                    "in steps of {:g}; give the item a coarser `resolution`, or shorten the horizon",
                                    units * item.resolution, item.unit, item.name, item.resolution));
    }
  }
}

}  // namespace tierworks::world
