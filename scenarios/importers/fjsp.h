// Brings in a flexible job shop in the format of Brandimarte (Annals of Operations Research 41, 1993), in which most collections
// of such instances come: a line with the numbers of jobs and machines (and perhaps the mean number of machines that can do an
// operation), then a line per job: the number of its operations, and for each of them the number of machines that can do it, and
// a machine (from 1) and a duration for each of those. Durations become minutes; machines that have their own become
// `alternatives` to the first one.
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

struct ImportedFlexibleShop {
  std::string yaml;
  std::size_t jobs = 0;
  std::size_t machines = 0;
  std::size_t operations = 0;
  std::size_t ways = 0;           // of all operations
  std::int64_t work_minutes = 0;  // of all operations, each on its slowest machine
};

// The name is only used in messages and in the scenario's title. All mistakes are reported at once.
std::optional<ImportedFlexibleShop> import_fjsp(std::string_view text, std::string_view name,
                                                std::vector<ImportError>& errors);

}  // namespace tierworks::importers
