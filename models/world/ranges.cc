#include "models/world/ranges.h"

#include <algorithm>

#include <fmt/format.h>

#include "models/world/outlook_flow.h"

namespace tierworks::world {

namespace {

constexpr double kMostCounted = 0x1p62;
constexpr double kMargin = 8;  // demand may come in lumps, and orders in large lots
constexpr double kMicro = 1e6;

bool countable(double total) { return total * kMargin < kMostCounted; }

}  // namespace

void check_ranges(const ScenarioSpec& spec, const Model& model, common::Diagnostics& diagnostics) {
  const Flow flow = flow_of(model);
  const double days = core::in_days(model.warm_up) + core::in_days(model.horizon) + 1;
  const auto passing = [&](common::StockId id) {
    const StockFlow& f = flow.stocks[id.index];
    return f.rate * days + f.order_quantity + static_cast<double>(model.supply.stocks[id].initial);
  };
  const auto refuse_money = [&](common::Origin origin, const char* what, double amount) {
    diagnostics.error(
        origin, fmt::format("got about {:.2g} {} of {} in a run, which cannot be counted in millionths; write money in "
                            "thousands or millions, or shorten the horizon",
                            amount, model.currency, what));
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
    for (std::uint32_t s = stock.sources.first; s < stock.sources.last; ++s) {
      const supply::Source& source = model.supply.sources[common::SourceId{s}];
      if (source.kind == supply::Source::Kind::line) continue;
      const double price = source.kind == supply::Source::Kind::offer ? model.supply.offers[source.offer].price : 0;
      if (!countable(units * price * kMicro)) refuse_money(site.origin, "purchases", units * price);
      const logistics::Lane& lane = model.logistics.lanes[source.lane];
      const double freight = units * item.resolution * lane.cost_per_unit +
                             flow.stocks[i].claims * days * static_cast<double>(lane.cost_per_shipment) / kMicro;
      if (!countable(freight * kMicro)) refuse_money(site.origin, "freight", freight);
    }
  }
  for (std::uint32_t i = 0; i < model.demand.streams.size(); ++i) {
    const demand::Stream& stream = model.demand.streams[common::StreamId{i}];
    const double amount = passing(stream.stock) * std::max(stream.price, stream.shortage_cost);
    if (!countable(amount * kMicro)) refuse_money(spec.demand.list[i].origin, "revenue or shortage cost", amount);
  }
}

}  // namespace tierworks::world
