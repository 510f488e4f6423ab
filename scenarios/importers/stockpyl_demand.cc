#include "scenarios/importers/stockpyl_demand.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace tierworks::importers {

namespace {

// A column of nobody would be left out without a word.
void known_columns(Sheet& sheet, std::string_view text, const StockpylNetwork& network) {
  std::string_view header = text.substr(0, text.find_first_of("\r\n"));
  while (!header.empty()) {
    const std::string_view name = header.substr(0, header.find(','));
    header.remove_prefix(std::min(header.size(), name.size() + 1));
    const bool known = name.empty() || name == "period" ||
                       std::any_of(network.nodes.begin(), network.nodes.end(),
                                   [&](const StockpylNode& node) { return name == fmt::format("node{}", node.index); });
    if (!known) sheet.fault(fmt::format("a column \"{}\", but the instance has no such node", name));
  }
}

}  // namespace

void read_stockpyl_demand(Sheet& sheet, std::string_view text, StockpylNetwork& network) {
  known_columns(sheet, text, network);
  const Sheet::Column period = sheet.required("period", "period");
  std::vector<std::pair<StockpylNode*, std::size_t>> columns;
  for (StockpylNode& node : network.nodes) {
    const Sheet::Column column = sheet.column(fmt::format("node{}", node.index));
    if (node.has_demand && !column) sheet.fault(fmt::format("no column \"node{}\", whose node has demand", node.index));
    if (!node.has_demand && column) {
      sheet.fault(fmt::format("a column \"node{}\", whose node has no demand in the instance", node.index));
    }
    if (node.has_demand && column) columns.emplace_back(&node, *column);
  }
  if (!period) return;
  for (std::size_t row = 0; row < sheet.rows(); ++row) {
    const auto at = csv::integer_in(sheet.cell(row, period));
    if (!at || *at != static_cast<std::int64_t>(row)) {
      sheet.fault(row, period,
                  fmt::format("got period \"{}\", expected {}: one row for each period, from 0 on and without a gap",
                              sheet.cell(row, period), row));
      return;
    }
  }
  if (sheet.rows() != network.periods) {
    sheet.fault(fmt::format("got {} rows, expected one for each of the {} periods of the instance", sheet.rows(),
                            network.periods));
    return;
  }
  for (const auto& [node, column] : columns) {
    // Sums are rounded, so that no difference lasts.
    long double sum = 0;
    std::int64_t before = 0;
    for (std::size_t row = 0; row < sheet.rows(); ++row) {
      const auto value = sheet.number(row, column, fmt::format("demand of node {}", node->index), kMostStockpylUnits);
      if (!value) {
        if (sheet.cell(row, column).empty()) sheet.fault(row, column, "got nothing, expected a demand");
        continue;
      }
      sum += static_cast<long double>(*value) * static_cast<long double>(kStockpylSteps);
      const auto now = static_cast<std::int64_t>(std::llround(sum));
      node->demand.push_back(std::max<std::int64_t>(0, now - before));
      before = now;
    }
  }
}

}  // namespace tierworks::importers
