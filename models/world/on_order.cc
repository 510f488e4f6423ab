#include "models/world/on_order.h"

#include <algorithm>

#include <fmt/format.h>

namespace tierworks::world {

namespace {

using common::SourceId;
using common::StockId;
using Kind = supply::Source::Kind;

class OnOrders {
 public:
  OnOrders(Model& model, bool in_periods, common::CompileContext& context)
      : supply_(model.supply), in_periods_(in_periods), context_(context) {}

  void add(const OnOrderRequest& request) {
    supply::Stock& stock = supply_.stocks[request.stock];
    origin_ = request.on_order.origin;
    if (stock.vendor_managed) {
      error("got `on_order` beside `vendor_managed`, where nothing is ordered; expected an `initial` stock alone");
      return;
    }
    if (stock.sources.empty()) {
      error("got `on_order` of what only comes as a by-product, so that nobody orders it; expected none");
      return;
    }
    stock.on_order.first = static_cast<std::uint32_t>(supply_.on_order.size());
    for (const supply::OnOrderSpec& spec : request.on_order->list) add(spec, request.stock);
    stock.on_order.last = static_cast<std::uint32_t>(supply_.on_order.size());
  }

 private:
  void error(std::string message) { context_.diagnostics.error(origin_, std::move(message)); }

  void add(const supply::OnOrderSpec& spec, StockId id) {
    const supply::Stock& stock = supply_.stocks[id];
    const auto source = source_of(spec, id);
    if (!source) return;
    const supply::OnOrder row{.stock = id,
                              .source = *source,
                              .quantity = context_.quantity(spec.amount, stock.item, origin_),
                              .at = context_.instant(spec.at, origin_),
                              .to_supplier = spec.to_supplier};
    if (spec.at.is_date && spec.at.date.minutes < context_.time_frame.start_minutes) {
      error(
          "got goods on order that came in before the start (`time.start`); expected a later date, or more `initial`");
    }
    if (spec.to_supplier) check_order(*source);
    for (std::uint32_t i = stock.on_order.first; i < supply_.on_order.size(); ++i) {
      supply::OnOrder& before = supply_.on_order[i];
      if (before.source != row.source || before.at != row.at || before.to_supplier != row.to_supplier) continue;
      before.quantity += row.quantity;
      return;
    }
    supply_.on_order.push_back(row);
  }

  std::optional<SourceId> source_of(const supply::OnOrderSpec& spec, StockId id) {
    const supply::Stock& stock = supply_.stocks[id];
    const SourceId first{stock.sources.first};
    if (supply_.sources[first].kind == Kind::line) {
      if (spec.supplier.empty()) return first;
      error(fmt::format("got a supplier \"{}\" of what is made here; expected `20 at 3 d`, when it is done",
                        spec.supplier));
      return std::nullopt;
    }
    if (spec.supplier.empty()) {
      // Those that only answer a disruption stand behind.
      const bool one = stock.sources.size() == 1 || supply_.sources[SourceId{stock.sources.first + 1}].in_reserve;
      if (one) return first;
      error(fmt::format("got goods on order from one of several suppliers, expected its name: `20 from {} at 3 d`",
                        supplier_of(first)));
      return std::nullopt;
    }
    std::vector<std::string> names;
    for (std::uint32_t s = stock.sources.first; s < stock.sources.last; ++s) {
      names.push_back(supplier_of(SourceId{s}));
      if (names.back() == spec.supplier) return SourceId{s};
    }
    const std::string meant = context_.suggestion(spec.supplier, names);
    if (names.size() > 5) names.resize(5);
    error(fmt::format("got \"{}\", which is no supplier of \"{}\" here; expected one of: {}{}", spec.supplier,
                      context_.item_names.of(stock.item), fmt::join(names, ", "), meant));
    return std::nullopt;
  }

  const std::string& supplier_of(SourceId id) const {
    return context_.site_names.of(common::SiteId{supply_.sources[id].supplier_place.index});
  }

  // Its supplier must not take it for another that it waits for, nor believe what it said of its echelon long ago.
  void check_order(SourceId id) {
    if (in_periods_ && supply_.sources[id].order_time.ticks == 0) {
      error(
          "got an order on its way to a supplier, but orders take no time (`order_time`); expected goods, as "
          "`20 at 3 d`");
    }
    const bool echelons = std::any_of(supply_.stocks.begin(), supply_.stocks.end(), [](const supply::Stock& stock) {
      return stock.position != supply::PositionOf::local;
    });
    if (echelons) {
      error(
          "got an order on its way to a supplier beside an echelon `position`, which counts it as it was when it "
          "left; expected goods, as `20 at 3 d`");
    }
  }

  supply::Model& supply_;
  bool in_periods_;
  common::CompileContext& context_;
  common::Origin origin_{};
};

}  // namespace

void compile_on_order(const std::vector<OnOrderRequest>& requests, bool in_periods, Model& model,
                      common::CompileContext& context) {
  OnOrders on_orders(model, in_periods, context);
  for (const OnOrderRequest& request : requests) on_orders.add(request);
  for (std::uint32_t i = 0; i < model.supply.on_order.size(); ++i) {
    const supply::OnOrder& row = model.supply.on_order[i];
    if (row.to_supplier || model.supply.sources[row.source].kind == Kind::line) continue;
    model.logistics.under_way.push_back({.to = row.stock,
                                         .source = row.source,
                                         .quantity = row.quantity,
                                         .arrives = row.at,
                                         .number = supply::number_before_start(i)});
  }
}

}  // namespace tierworks::world
