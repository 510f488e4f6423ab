// Brings in a semiconductor fab of the SMT2020 data sets (Kopp, Hassoun, Kalir & Mönch, IEEE Transactions on Semiconductor
// Manufacturing 33(4), 2020), as AutoSched-style tables: tools, routes, orders, lots in process, set-ups, transport,
// breakdowns and preventive maintenance. Each family of tools becomes a work centre, each route a routing, each order and
// each lot in process a release.
// What a table says and the scenario does not model stands in `remarks`; nothing is dropped in silence.
// Invariant: the same tables give the same scenario; either a scenario or at least one error comes back, never both.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/importers/willems.h"

namespace tierworks::importers {

struct NamedText {
  std::string name;  // of the file, without its folder
  std::string text;
};

struct ImportedFab {
  std::string yaml;
  std::vector<std::string> remarks;
  std::size_t families = 0, tools = 0, orders = 0, lots_in_process = 0;
  struct Route {
    std::string name;
    std::size_t steps = 0;
    double raw_process_days = 0;  // expected: sampling * (process + load + unload + transport), without waiting
  };
  std::vector<Route> routes;
};

// `folder` only stands in messages and in the title.
std::optional<ImportedFab> import_smt2020(const std::vector<NamedText>& files, const std::string& folder,
                                          std::vector<ImportError>& errors);

}  // namespace tierworks::importers
