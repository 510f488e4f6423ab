// Brings in a chain of Willems' data set (Manufacturing & Service Operations Management 10(1), 2008): a table of stages
// and a table of links become one scenario in YAML, with base-stock levels computed from the stated service levels.
// Invariant: the same tables give the same text; either a scenario or at least one error comes back, never both.
// Cost: linear in stages and links, but for the longest path of costs and times, which is too.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tierworks::importers {

struct Imported {
  std::string yaml;
  std::vector<std::string> remarks;  // what the user should know of how the tables were read
  std::size_t stages = 0;
  std::size_t links = 0;
  // Mean units in transit and in process, the sum over stages of (units per day) * (mean stage time in days).
  double pipeline_units = 0;
};

struct ImportError {
  std::string file;
  int line = 0;    // from 1; 0 if the whole file is meant
  int column = 0;  // number of the cell in its row, from 1; 0 if the whole line is meant
  std::string message;
};

// The names are only used in messages and in the scenario's title. All mistakes are reported at once.
std::optional<Imported> import_willems(std::string_view stages_csv, std::string_view stages_name,
                                       std::string_view links_csv, std::string_view links_name,
                                       std::vector<ImportError>& errors);

}  // namespace tierworks::importers
