#include <algorithm>
#include <map>

#include "experiments/compare/compare.h"

namespace tierworks::experiments {

namespace {

bool is_named(const world::KpiRow& row, const CompareOptions& options) {
  const auto is = [&](const KpiAt& wanted) { return row.scope == wanted.scope && row.kpi->name == wanted.kpi; };
  return is(options.decide_on) || std::any_of(options.keep.begin(), options.keep.end(), is) ||
         (options.pareto && std::any_of(options.pareto->begin(), options.pareto->end(), is));
}

}  // namespace

std::vector<world::KpiRow> common_rows(const std::vector<const std::vector<world::KpiRow>*>& own,
                                       const CompareOptions& options, std::vector<std::vector<std::size_t>>& index) {
  std::vector<std::map<std::pair<std::string_view, std::string_view>, std::size_t>> at(own.size());
  for (std::size_t v = 0; v < own.size(); ++v) {
    for (std::size_t i = 0; i < own[v]->size(); ++i) at[v][{(*own[v])[i].scope, (*own[v])[i].kpi->name}] = i;
  }
  std::vector<world::KpiRow> rows;
  index.assign(own.size(), {});
  for (const world::KpiRow& row : *own[options.base]) {
    if (!options.all_scopes && row.scope != "world" && !is_named(row, options)) continue;
    const std::pair<std::string_view, std::string_view> key{row.scope, row.kpi->name};
    if (!std::all_of(at.begin(), at.end(), [&](const auto& all) { return all.contains(key); })) continue;
    rows.push_back(row);
    for (std::size_t v = 0; v < own.size(); ++v) index[v].push_back(at[v].at(key));
  }
  return rows;
}

std::size_t row_of(const std::vector<world::KpiRow>& rows, const KpiAt& wanted) {
  const auto at = std::find_if(rows.begin(), rows.end(), [&](const world::KpiRow& row) {
    return row.scope == wanted.scope && row.kpi->name == wanted.kpi;
  });
  return static_cast<std::size_t>(at - rows.begin());
}

}  // namespace tierworks::experiments
