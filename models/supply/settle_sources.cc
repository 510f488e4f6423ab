#include <algorithm>

#include "models/supply/compile.h"

namespace tierworks::supply {

namespace {

// What a buyer thinks of it never changes.
bool is_always_able(const Source& source) {
  return source.valid_from <= core::Instant{0} && source.valid_until == core::kLastInstant && !source.in_reserve &&
         source.most_open == 0 && source.answer_within.ticks == 0;
}

// Whatever the quantity, rounding included: nobody costs less, and who was written before costs more.
bool is_always_cheapest(const Model& model, core::Range sources, SourceId best) {
  constexpr double kBeyondRounding = 1 + 1e-9;
  const SourceView& b = model.sources[best].known;
  for (std::uint32_t i = sources.first; i < sources.last; ++i) {
    const SourceView& other = model.sources[SourceId{i}].known;
    if (other.order_cost < b.order_cost || other.unit_cost < b.unit_cost) return false;
    if (i >= best.index) continue;
    if (other.order_cost > 0 || other.unit_cost < b.unit_cost * kBeyondRounding) return false;
  }
  return true;
}

}  // namespace

void settle_sources(Model& model) {
  for (Stock& stock : model.stocks) {
    const core::Range sources = stock.sources;
    if (sources.size() == 1) {
      stock.always = SourceId{sources.first};
      continue;
    }
    const bool by_quantity = std::holds_alternative<Cheapest>(stock.sourcing);
    const bool by_rank = std::holds_alternative<ByPriority>(stock.sourcing) ||
                         std::holds_alternative<Fastest>(stock.sourcing) ||
                         std::holds_alternative<Nearest>(stock.sourcing);
    if (sources.empty() || model.disrupted || stock.splits_orders || !(by_quantity || by_rank)) continue;
    std::vector<SourceView> views;
    bool all_able = true;
    for (std::uint32_t i = sources.first; i < sources.last; ++i) {
      all_able = all_able && is_always_able(model.sources[SourceId{i}]);
      views.push_back(model.sources[SourceId{i}].known);
    }
    const SourceId best{sources.first + static_cast<std::uint32_t>(preferred(stock.sourcing, views))};
    if (all_able && (by_rank || is_always_cheapest(model, sources, best))) stock.always = best;
  }
}

}  // namespace tierworks::supply
