// What a run leaves behind, and what its numbers mean. Plain values: reports read these and nothing else.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "models/common/kpi.h"

namespace tierworks::world {

// One number that a manager reads: a KPI of a scope. `scope` is "world", "site:NAME", "item:NAME", "site:NAME/item:NAME",
// "tier:N", "region:NAME", "class:NAME", "lane:NAME", "product:NAME", "work_centre:SITE/NAME" or "machine:SITE/NAME/NUMBER".
struct KpiRow {
  const common::Kpi* kpi = nullptr;
  std::string scope;
};

// Every KPI with the scopes at which it is given, in the order of reports.
struct KpiAtScopes {
  const common::Kpi* kpi = nullptr;
  std::vector<std::string> scopes;  // "world", "site", ...
};
std::vector<KpiAtScopes> kpi_catalogue();

enum class Outcome : std::uint8_t {
  complete,
  starved,             // customers ordered and nothing was shipped to anybody
  loop_without_delay,  // events caused each other for ever at one instant
  no_quantity,         // a formula of the user's gave nothing to be used
};
const char* in_words(Outcome outcome);

struct RunResult {
  std::vector<double> values;  // one for each KpiRow; NaN where there was nothing to measure
  std::uint64_t fingerprint = 0;
  std::uint64_t events = 0;
  Outcome outcome = Outcome::complete;
  std::string trouble;  // what went wrong, where and when, if the outcome alone does not say it
};

}  // namespace tierworks::world
