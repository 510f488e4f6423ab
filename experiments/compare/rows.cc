#include <algorithm>

#include "experiments/compare/compare.h"

namespace tierworks::experiments {

std::size_t row_of(const std::vector<world::KpiRow>& rows, const KpiAt& wanted) {
  const auto at = std::find_if(rows.begin(), rows.end(), [&](const world::KpiRow& row) {
    return row.scope == wanted.scope && row.kpi->name == wanted.kpi;
  });
  return static_cast<std::size_t>(at - rows.begin());
}

}  // namespace tierworks::experiments
