#include "report/kpi_reference.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "models/world/result.h"
#include "report/summary.h"

namespace tierworks::report {

std::string kpi_markdown() {
  std::string page =
      "# KPIs\n\n"
      "Each KPI is declared once, with its denominator; this page is made by `tierworks reference kpis`. All are of "
      "the measured\n"
      "time, after the warm-up; orders count by their arrival. Durations are in hours, rates per day, shares between 0 "
      "and 1.\n"
      "The interval of each is Student's, over replications; a replication with nothing to measure is left out and `n` "
      "says so.\n\n"
      "| KPI | unit | meaning | scopes |\n|---|---|---|---|\n";
  for (const world::KpiAtScopes& row : world::kpi_catalogue()) {
    page += fmt::format("| `{}` | {} | {} | {} |\n", row.kpi->name, unit_name(row.kpi->unit, "money"), row.kpi->meaning,
                        fmt::join(row.scopes, ", "));
  }
  page +=
      "\n`order_lead_time_p95` comes from a histogram of 64 buckets an octave and is off by at most 1/64 of itself. "
      "Units of\n"
      "different items are added up at scopes that hold several; compare such sums with themselves only.\n";
  return page;
}

}  // namespace tierworks::report
