// The demand of a stockpyl instance: one row for each period, from 0 on, and one column for each node with demand.
// Faults go to the sheet, with row and column. Cost: linear in the table.
#pragma once
#include <string_view>

#include "scenarios/importers/sheet.h"
#include "scenarios/importers/stockpyl_network.h"

namespace tierworks::importers {

inline constexpr double kMostStockpylUnits = 4e6;  // quantities beyond could not be counted in steps of 1e-9

void read_stockpyl_demand(Sheet& sheet, std::string_view text, StockpylNetwork& network);

}  // namespace tierworks::importers
