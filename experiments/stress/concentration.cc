#include "experiments/stress/concentration.h"

#include <algorithm>
#include <map>

#include "models/world/outlook_flow.h"

namespace tierworks::experiments {

std::vector<ItemConcentration> concentration(const world::Model& model) {
  const world::Flow flow = world::flow_of(model);
  std::map<std::uint32_t, std::map<std::uint32_t, double>> bought;  // item -> supplying site -> units a day
  for (const supply::Source& source : model.supply.sources) {
    if (source.kind == supply::Source::Kind::line || source.in_reserve) continue;
    const std::uint32_t item = model.supply.stocks[source.buyer].item.index;
    bought[item][source.supplier_place.index] +=
        flow.stocks[source.buyer.index].rate * source.share * model.items[item].resolution;
  }
  std::vector<ItemConcentration> rows;
  for (const auto& [item, by_supplier] : bought) {
    ItemConcentration row{.item = item, .hhi = 0};
    for (const auto& [site, units] : by_supplier) {
      row.units_per_day += units;
      row.suppliers += units > 0 ? 1 : 0;
    }
    if (row.units_per_day <= 0) continue;
    for (const auto& [site, units] : by_supplier) row.hhi += (units / row.units_per_day) * (units / row.units_per_day);
    rows.push_back(row);
  }
  std::stable_sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.hhi > b.hhi; });
  return rows;
}

}  // namespace tierworks::experiments
