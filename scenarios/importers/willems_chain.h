// A chain of Willems' data set as read and checked: what the two tables say, before any planning.
// Invariant: stages are in topological order (suppliers first, ties in the order of the file), names are unique,
// numbers are finite and not negative, and at least one stage has demand.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/importers/willems.h"

namespace tierworks::importers {

// Days. Two or more points: a discrete distribution; else a gamma one if sd > 0; else constant.
struct StageTime {
  struct Point {
    double days = 0;
    double weight = 0;
  };
  double mean = 0;
  double sd = 0;
  std::vector<Point> points;  // by days; weights are positive and add up to 1
};

struct Stage {
  std::string name;
  std::string classification;
  double cost = 0;         // money per unit added here
  double demand_mean = 0;  // units per day from outside
  double demand_sd = 0;
  double due_days = 0;                  // service time promised to customers
  std::optional<double> service_level;  // in (0, 1)
  StageTime time;
  std::vector<std::size_t> suppliers;  // indices into Chain::stages, ascending
  std::vector<std::size_t> customers;
};

struct Chain {
  std::vector<Stage> stages;
  std::size_t links = 0;
  std::vector<std::string> remarks;
};

std::optional<Chain> read_willems_chain(std::string_view stages_csv, std::string_view stages_name,
                                        std::string_view links_csv, std::string_view links_name,
                                        std::vector<ImportError>& errors);

}  // namespace tierworks::importers
