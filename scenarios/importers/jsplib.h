// Brings in a job shop in the format of JSPLIB (https://github.com/tamy0612/JSPLIB): comment lines, a line with the numbers
// of jobs and machines, then a line per job with a machine (from 0) and a duration for each operation, in routing order.
// Durations become minutes. Ties of a dispatching rule go to the job with the lowest number.
// Invariant: the same text gives the same scenario; either a scenario or at least one error comes back, never both.
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/importers/willems.h"

namespace tierworks::importers {

struct ImportedShop {
  std::string yaml;
  std::size_t jobs = 0;
  std::size_t machines = 0;
  std::int64_t work_minutes = 0;  // of all operations
};

// The name is only used in messages and in the scenario's title. All mistakes are reported at once.
std::optional<ImportedShop> import_jsplib(std::string_view text, std::string_view name,
                                          std::vector<ImportError>& errors);

}  // namespace tierworks::importers
