// Brings in an instance of stockpyl (Snyder, a Python package for inventory optimisation and simulation): a network with
// its policies as JSON and the demand of each period as CSV become a scenario in periods that replays them, and a trace for
// each node with customers. Quantities are rounded to a resolution of 1e-9; of demand the rounding is carried forward.
// What is not modelled is a mistake, never left out. Invariant: the same files give the same text; a scenario or at least
// one error comes back, never both. Cost: linear in nodes, edges and periods.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/importers/willems.h"

namespace tierworks::importers {

struct StockpylImported {
  struct Trace {
    std::string file;  // name by which the scenario calls it, without folder
    std::string csv;
  };
  std::string yaml;
  std::vector<Trace> traces;
  std::vector<std::string> levels;   // of each node's policy, in words
  std::vector<std::string> remarks;  // what the user should know of how the files were read
  std::size_t nodes = 0;
  std::size_t periods = 0;
};

// `trace_stem`: what the names of the traces start with. The other names are only used in messages and in the title.
std::optional<StockpylImported> import_stockpyl(std::string_view json, std::string_view json_name,
                                                std::string_view demand_csv, std::string_view demand_name,
                                                std::string_view trace_stem, std::vector<ImportError>& errors);

}  // namespace tierworks::importers
