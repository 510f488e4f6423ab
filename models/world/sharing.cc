#include "models/world/sharing.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include <fmt/format.h>

namespace tierworks::world {

using common::StockId;
using common::StreamId;

namespace {

class Sharing {
 public:
  Sharing(const ScenarioSpec& spec, Model& model, common::CompileContext& context)
      : spec_(spec), model_(model), context_(context) {}

  void compile() {
    // With mistakes in some stream, what is written and what is compiled do not match any more.
    if (spec_.demand.size() != model_.demand.streams.size()) return;
    margins();
    for (std::uint32_t i = 0; i < model_.supply.stocks.size(); ++i) {
      const supply::StockSpec* const written = written_of(StockId{i});
      if (written != nullptr && !written->reserve.empty()) reserves(StockId{i}, *written);
    }
  }

 private:
  const supply::StockSpec* written_of(StockId id) const {
    const supply::Stock& stock = model_.supply.stocks[id];
    for (const auto& entry : spec_.sites.list[stock.site.index].spec.stock) {
      if (entry.name == context_.item_names.of(stock.item)) return &entry.spec;
    }
    return nullptr;
  }

  bool by_margin(StockId id) const { return model_.supply.stocks[id].allocation == supply::AllocationRule::margin; }

  double margin_of(StreamId id) const {
    const demand::DemandSpec& written = spec_.demand.list[id.index].spec;
    if (written.margin.stated) return *written.margin;
    const double value = context_.items[model_.demand.streams[id].item.index].value;
    return (written.price.stated ? *written.price : value) - value;
  }

  // The highest margin at a stock is its priority 1, and so on.
  void margins() {
    auto& streams = model_.demand.streams;
    auto& sources = model_.supply.sources;
    std::map<StockId, std::set<double, std::greater<>>> at;
    const auto each = [&](auto&& visit) {
      for (std::uint32_t i = 0; i < streams.size(); ++i) {
        if (by_margin(streams[StreamId{i}].stock)) {
          visit(streams[StreamId{i}].stock, margin_of(StreamId{i}), streams[StreamId{i}].priority);
        }
      }
      for (supply::Source& source : sources) {
        if (source.kind == supply::Source::Kind::stock && by_margin(source.supplier_stock)) {
          visit(source.supplier_stock, source.margin, source.priority);
        }
      }
    };
    each([&](StockId stock, double margin, std::uint32_t&) { at[stock].insert(margin); });
    each([&](StockId stock, double margin, std::uint32_t& priority) {
      const auto& ranks = at[stock];
      priority = static_cast<std::uint32_t>(std::distance(ranks.begin(), ranks.find(margin))) + 1;
    });
    // A rule of the whole site is of use if it is at one of its stocks.
    std::map<std::uint32_t, bool> used;
    for (std::uint32_t i = 0; i < model_.supply.stocks.size(); ++i) {
      if (by_margin(StockId{i})) used[origin_of_rule(StockId{i}).ticket] |= at[StockId{i}].size() > 1;
    }
    for (const auto& [ticket, is_used] : used) {
      if (is_used) continue;
      context_.diagnostics.error(common::Origin{ticket},
                                 "got an allocation by margin, but all who draw on it have the same; expected `margin` "
                                 "or `price` at a stream, or `order_margin` at a purchase");
    }
    for (std::uint32_t i = 0; i < streams.size(); ++i) {
      const auto& stated = spec_.demand.list[i].spec.margin;
      if (!stated.stated || by_margin(streams[StreamId{i}].stock)) continue;
      context_.diagnostics.note(stated.origin,
                                "this margin changes nothing: the stock has another rule; `allocation: margin` "
                                "follows it");
    }
  }

  common::Origin origin_of_rule(StockId id) const {
    const supply::StockSpec* const written = written_of(id);
    if (written != nullptr && written->allocation.stated) return written->allocation.origin;
    return spec_.sites.list[model_.supply.stocks[id].site.index].spec.allocation.origin;
  }

  void reserves(StockId id, const supply::StockSpec& written) {
    supply::Stock& stock = model_.supply.stocks[id];
    if (stock.divides() || stock.complete_orders_only) {
      context_.diagnostics.error(
          written.reserve.list.front().origin,
          fmt::format("got a `reserve` with {}, expected an `allocation` that serves one after the other, in parts",
                      stock.divides() ? "an `allocation` that gives a part to each" : "`complete_orders_only`"));
      return;
    }
    constexpr std::size_t kMost = 200;
    if (written.reserve.size() > kMost) {
      context_.diagnostics.error(written.reserve.list[kMost].origin,
                                 fmt::format("got {} reserves, expected at most {}", written.reserve.size(), kMost));
      return;
    }
    stock.reserves.first = static_cast<std::uint32_t>(model_.supply.reserves.size());
    std::uint8_t group = 0;
    for (const auto& entry : written.reserve) {
      ++group;
      supply::Reserve reserve;
      if (entry.spec.quantity.stated) {
        reserve.quantity = context_.quantity(*entry.spec.quantity, stock.item, entry.spec.quantity.origin);
      }
      if (entry.spec.quantity.stated == entry.spec.share.stated) {
        context_.diagnostics.error(
            entry.origin,
            fmt::format("got a reserve with {}, expected one of the two: `quantity: 40` or `share: 30 %`",
                        entry.spec.share.stated ? "both `quantity` and `share`" : "neither `quantity` nor `share`"));
      }
      if (entry.spec.until.stated) reserve.until = context_.instant(*entry.spec.until, entry.spec.until.origin);
      model_.supply.reserves.push_back(reserve);
      std::vector<std::string> classes;
      bool found = false;
      for (demand::Stream& stream : model_.demand.streams) {
        if (stream.stock != id || stream.customer_class.empty()) continue;
        classes.push_back(stream.customer_class);
        if (stream.customer_class != entry.name) continue;
        stream.group = group;
        found = true;
      }
      if (found) continue;
      const std::string guess = common::did_you_mean(entry.name, classes);
      context_.diagnostics.error(
          entry.origin, fmt::format("no customers of class \"{}\" order here{}", entry.name,
                                    guess.empty() ? "; expected the `class` of a stream under `demand`" : guess));
    }
    stock.reserves.last = static_cast<std::uint32_t>(model_.supply.reserves.size());
  }

  const ScenarioSpec& spec_;
  Model& model_;
  common::CompileContext& context_;
};

}  // namespace

namespace {

// The most that a stock's policy orders up to, as far as it is known beforehand.
common::Quantity most_of(const supply::Stock& stock) {
  return std::visit(
      [&]<class Policy>(const Policy& policy) -> common::Quantity {
        if constexpr (requires { policy.level; }) {
          return policy.level;
        } else if constexpr (std::is_same_v<Policy, supply::FixedQuantity>) {
          return policy.reorder_point + policy.quantity;
        } else if constexpr (std::is_same_v<Policy, supply::OrderUpToForecast>) {
          return policy.first;
        } else if constexpr (std::is_same_v<Policy, supply::Kanban>) {
          return policy.cards * policy.container;
        } else {
          return stock.initial;
        }
      },
      stock.policy);
}

}  // namespace

void compile_reserve_shares(const ScenarioSpec& spec, Model& model, common::Diagnostics& diagnostics) {
  for (const supply::Stock& stock : model.supply.stocks) {
    if (stock.reserves.empty()) continue;
    for (const auto& written : spec.sites.list[stock.site.index].spec.stock) {
      if (written.name != model.items[stock.item.index].name) continue;
      std::uint32_t row = stock.reserves.first;
      for (const auto& entry : written.spec.reserve) {
        supply::Reserve& reserve = model.supply.reserves[row++];
        if (!entry.spec.share.stated) continue;
        reserve.quantity =
            static_cast<common::Quantity>(std::floor(*entry.spec.share * static_cast<double>(most_of(stock)) + 0.5));
        if (reserve.quantity > 0) continue;
        diagnostics.error(entry.spec.share.origin,
                          "got a share of a stock that keeps nothing, or less than one unit; expected `quantity`, or a "
                          "policy that keeps more");
      }
    }
  }
}

void compile_sharing(const ScenarioSpec& spec, Model& model, common::CompileContext& context) {
  Sharing(spec, model, context).compile();
}

}  // namespace tierworks::world
