#include "report/kpi_cells.h"

#include <fmt/format.h>

#include "report/numbers.h"
#include "report/summary.h"

namespace tierworks::report {

std::string row_words(const world::KpiRow& row) {
  return row.scope == "world" ? row.kpi->name : fmt::format("{} of {}", row.kpi->name, row.scope);
}

std::string unit_in_head(const world::KpiRow& row, const std::string& currency) {
  const std::string unit = unit_name(row.kpi->unit, currency);
  return unit == "share" || unit == "h" ? "" : ", " + unit;
}

Cell measured_cell(const core::Interval& interval, const world::KpiRow& row, const std::string& currency) {
  if (interval.n == 0) return {"-"};
  const Measured m = measured(interval, row.kpi->unit, currency);
  const std::string tail = m.half_width.empty()   ? m.short_unit
                           : m.short_unit.empty() ? m.half_width
                                                  : m.half_width + " " + m.short_unit;
  return {m.mean, tail, cell_text(interval.mean, row.kpi->unit)};
}

Cell difference_cell(const core::Interval& interval, const world::KpiRow& row, const std::string& currency) {
  Cell cell = measured_cell(interval, row, currency);
  if (interval.mean > 0) {
    cell.text.insert(0, "+");
    cell.alone.insert(0, "+");
  }
  if (row.kpi->unit == common::Unit::share) {
    for (std::string* text : {&cell.tail, &cell.alone}) {
      if (text->ends_with("%")) text->replace(text->size() - 1, 1, "pp");
    }
  }
  return cell;
}

std::string verdict_of(const core::Interval& difference, const world::KpiRow& row) {
  if (difference.n < 2) return "";
  if (difference.mean == 0 && difference.half_width == 0) return "same";
  if (difference.covers(0)) return "unclear";
  return (difference.mean > 0) == row.kpi->more_is_better ? "better" : "worse";
}

}  // namespace tierworks::report
