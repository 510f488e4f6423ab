// The page of `tierworks reinforce`: the best set of measures within the budget, the curve of loss against money, and what each
// measure does by itself. Plain text of at most `width` columns.
#pragma once
#include <string>
#include <vector>

#include "experiments/reinforce/reinforce.h"
#include "report/summary.h"
#include "report/table_options.h"

namespace tierworks::report {

struct ReinforceSubject {
  Subject base;
  std::uint64_t seed = 1;
  std::size_t replications = 0;
  double budget = 0, years = 1;
  std::vector<std::string> shocks;  // in words, by shock of the result
  std::vector<experiments::Measure> measures;
  std::vector<bool> dormant;  // by measure: sets that differ in these only were branched from one state
  std::vector<experiments::ShockFrequency> per_year;
  double wall_seconds = 0, cpu_seconds = 0;
};

std::string reinforce_table(const ReinforceSubject& subject, const experiments::Reinforced& result,
                            const TableOptions& options);
// The whole result for programs; numbers are finite or null.
std::string reinforce_json(const ReinforceSubject& subject, const experiments::Reinforced& result);

}  // namespace tierworks::report
