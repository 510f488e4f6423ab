#include "models/world/policy_words.h"

#include <array>

#include <fmt/format.h>

namespace tierworks::world {

using common::Quantity;
using common::StockId;

namespace {

// In the largest unit that it is a whole number of.
std::string duration_text(core::Duration d) {
  struct Unit {
    core::Duration length;
    const char* name;
  };
  constexpr std::array kUnits{Unit{core::kWeek, "wk"},    Unit{core::kDay, "d"},    Unit{core::kHour, "h"},
                              Unit{core::kMinute, "min"}, Unit{core::kSecond, "s"}, Unit{core::kMicrosecond, "us"}};
  for (const Unit& unit : kUnits) {
    if (d.ticks != 0 && d.ticks % unit.length.ticks == 0)
      return fmt::format("{} {}", d.ticks / unit.length.ticks, unit.name);
  }
  return "0 s";
}

// How a stock is replenished.
class Words {
 public:
  explicit Words(const Model& model) : model_(model) {}

  std::string policy(const supply::Stock& stock) const {
    if (stock.sources.empty()) return "by-product";
    if (stock.to_order) return "to order";
    const auto units = [&](Quantity q) {
      return fmt::format("{:.10g}", static_cast<double>(q) * model_.items[stock.item.index].resolution);
    };
    std::string words = std::visit(
        [&](const auto& p) -> std::string {
          using P = std::decay_t<decltype(p)>;
          if constexpr (std::is_same_v<P, supply::BaseStock>) return "order up to " + units(p.level);
          if constexpr (std::is_same_v<P, supply::OrderUpTo>) {
            return fmt::format("(s,S) = ({}, {})", units(p.reorder_point), units(p.level));
          }
          if constexpr (std::is_same_v<P, supply::FixedQuantity>) {
            return fmt::format("(s,Q) = ({}, {})", units(p.reorder_point), units(p.quantity));
          }
          if constexpr (std::is_same_v<P, supply::OrderUpToForecast>) return forecast_policy(stock);
          if constexpr (std::is_same_v<P, supply::Planned>) return planned_policy(stock);
          if constexpr (std::is_same_v<P, supply::OrderByFormula>) {
            return "formula " + model_.formulas[p.formula].text;
          }
          if constexpr (std::is_same_v<P, supply::Kanban>) {
            return fmt::format("kanban, {} cards of {}{}", p.cards, units(p.container),
                               p.when_started ? " when started" : "");
          }
        },
        stock.policy);
    if (stock.position != supply::PositionOf::local) words += " (echelon)";
    if (stock.vendor_managed) words = "vendor managed, " + words;
    if (!stock.continuous()) words += ", every " + duration_text(stock.review_every);
    if (stock.limits.minimum > 0) words += ", at least " + units(stock.limits.minimum);
    if (stock.limits.multiple > 1) words += ", multiples of " + units(stock.limits.multiple);
    if (stock.limits.maximum > 0) words += ", at most " + units(stock.limits.maximum);
    return words;
  }

 private:
  StockId id_of(const supply::Stock& stock) const {
    return StockId{static_cast<std::uint32_t>(&stock - &*model_.supply.stocks.begin())};
  }

  std::string forecast_policy(const supply::Stock& stock) const {
    const auto& of = model_.planning.buffer_of;
    if (of.empty() || of[id_of(stock)].is_none()) {
      const planning::Plan& plan = model_.planning.plans[model_.planning.of_stock[id_of(stock)]];
      const bool told = std::holds_alternative<planning::Told>(plan.method);
      return told ? "order up to forecasts that are told" : "order up to forecast";
    }
    const planning::Buffer& buffer = model_.planning.buffers[of[id_of(stock)]];
    const planning::Zones zones = planning::zones_of(buffer.profile, buffer.use);
    const double unit = model_.items[stock.item.index].resolution;
    return fmt::format("DDMRP buffer, red {:.6g} + {:.6g}, yellow {:.6g}, green {:.6g}", zones.red_base * unit,
                       zones.red_safety * unit, zones.yellow * unit, zones.green * unit);
  }

  std::string planned_policy(const supply::Stock& stock) const {
    using Kind = planning::LotSizing::Kind;
    const planning::MrpStock& mrp = model_.planning.mrp_stocks[model_.planning.mrp_of[id_of(stock)]];
    const planning::MrpSite& site = model_.planning.mrp_sites[mrp.site];
    const planning::LotSizing& lots = mrp.item.lots;
    const double unit = model_.items[stock.item.index].resolution;
    std::string lot = "lot for lot";
    if (lots.kind == Kind::fixed) lot = fmt::format("lots of {:.10g}", static_cast<double>(lots.size) * unit);
    if (lots.kind == Kind::periods) lot = fmt::format("{} periods of supply", lots.periods);
    if (lots.kind == Kind::wagner_whitin) lot = "Wagner-Whitin";
    return fmt::format("MRP, {} buckets, lead time {}, {}{}", site.buckets,
                       duration_text(site.bucket * static_cast<std::int64_t>(mrp.item.lead)), lot,
                       mrp.plans.is_none() ? "" : ", by plans of other sites");
  }

  const Model& model_;
};

}  // namespace

std::string policy_in_words(const Model& model, StockId id) { return Words(model).policy(model.supply.stocks[id]); }

bool has_level(const supply::Stock& stock) {
  return !std::holds_alternative<supply::OrderByFormula>(stock.policy) &&
         !std::holds_alternative<supply::Planned>(stock.policy);
}

Quantity level_of(const supply::Stock& stock) {
  if (const auto* fixed = std::get_if<supply::FixedQuantity>(&stock.policy))
    return fixed->reorder_point + fixed->quantity;
  if (const auto* up_to = std::get_if<supply::OrderUpTo>(&stock.policy)) return up_to->level;
  if (const auto* forecast = std::get_if<supply::OrderUpToForecast>(&stock.policy)) return forecast->first;
  if (!has_level(stock)) return 0;
  if (const auto* kanban = std::get_if<supply::Kanban>(&stock.policy)) return kanban->cards * kanban->container;
  return std::get<supply::BaseStock>(stock.policy).level;
}

}  // namespace tierworks::world
