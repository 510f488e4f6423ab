// A KPI in a cell of a table, as the pages of all experiments show it.
#pragma once
#include <string>

#include "core/stats/interval.h"
#include "models/world/result.h"
#include "report/grid.h"

namespace tierworks::report {

// "fill_rate", "fill_rate of site:smt".
std::string row_words(const world::KpiRow& row);
// Behind the name in the head of a column: ", CNY / d"; "" where cells say it themselves.
std::string unit_in_head(const world::KpiRow& row, const std::string& currency);

Cell measured_cell(const core::Interval& interval, const world::KpiRow& row, const std::string& currency);
// With its sign; of a share in percentage points.
Cell difference_cell(const core::Interval& interval, const world::KpiRow& row, const std::string& currency);

// "better", "worse" or "unclear" than what it is the difference from, "same", or "" if that is unknown.
std::string verdict_of(const core::Interval& difference, const world::KpiRow& row);

}  // namespace tierworks::report
