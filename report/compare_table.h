// The page of `tierworks compare`: each variant's deciding KPI, its difference from the base with an interval, how sure the
// best one is, what the runs shared, and on request a front on two KPIs and the effect of each varied value.
// Plain text of at most `width` columns.
#pragma once
#include <string>
#include <vector>

#include "experiments/compare/compare.h"
#include "report/summary.h"
#include "report/table_options.h"

namespace tierworks::report {

struct ComparisonSubject {
  Subject base;                        // of the base's scenario
  std::vector<std::string> scenarios;  // files as given
  std::string head = "variant";        // of the column of names
  std::vector<std::string> varied;     // paths and kinds of policies
  std::vector<experiments::KpiAt> shown;
  struct Tuned {
    std::size_t variant;
    std::string words;  // "k=2"
  };
  std::vector<Tuned> tuned;
  std::size_t tuning_replications = 0;  // of each alternative
};

// Requires a result with variants.
std::string comparison_table(const ComparisonSubject& subject, const experiments::Compared& result,
                             const TableOptions& options);
// The whole result for programs; numbers are finite or null.
std::string comparison_json(const ComparisonSubject& subject, const experiments::Compared& result);

}  // namespace tierworks::report
