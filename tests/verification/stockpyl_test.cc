// The traces of stockpyl, replayed: total cost, and of each period and node stock on hand, backorders, goods in transit, parts
// that wait for others, and orders. A trace is what stockpyl 1.0.2 did; nothing here is drawn.
#include "scenarios/importers/stockpyl.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "models/world/series.h"
#include "models/world/simulate.h"
#include "tests/support/paths.h"
#include "tests/support/simulate.h"
#include "tests/support/temporary_folder.h"

namespace tierworks::tests {
namespace {

std::string text_of(const std::filesystem::path& file) {
  std::ostringstream text;
  text << std::ifstream(file, std::ios::binary).rdbuf();
  return text.str();
}

std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> cells(1);
  for (const char c : line) {
    if (c == ',') {
      cells.emplace_back();
    } else if (c != '\r') {
      cells.back() += c;
    }
  }
  return cells;
}

// What happened, by period and "node/column": "1/IL", "2/BO:1". An empty cell is 0.
std::vector<std::map<std::string, double>> periods_of(const std::string& csv) {
  std::istringstream lines(csv);
  std::string line;
  std::getline(lines, line);
  std::vector<std::string> names;
  std::string node;
  for (const std::string& name : cells_of(line)) {
    if (name.starts_with("i=")) node = name.substr(2);
    names.push_back(node + "/" + name);
  }
  std::vector<std::map<std::string, double>> periods;
  while (std::getline(lines, line)) {
    const auto cells = cells_of(line);
    auto& period = periods.emplace_back();
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const bool number = !cells[i].empty() && cells[i] != "False" && cells[i] != "True";
      period[names.at(i)] = number ? std::stod(cells[i]) : 0;
    }
  }
  return periods;
}

struct Differences {
  double on_hand = 0, backorders = 0, in_transit = 0, orders = 0, parts = 0;
  double largest() const { return std::max({on_hand, backorders, in_transit, orders, parts}); }
};

void widen(double& difference, double a, double b) { difference = std::max(difference, std::abs(a - b)); }

std::string node_of(const std::string& site) { return site == "outside" ? "EXT" : site.substr(4); }

void compare(const world::Model& model, const std::vector<world::StockNow>& now,
             const std::vector<world::StockNow>& before, const std::map<std::string, double>& said, Differences& out) {
  const auto units = [&](common::Quantity q) { return static_cast<double>(q) * 1e-9; };
  // Of all parts of a node: stockpyl heads the columns of its parts with each other's names (orders and arrivals tell).
  std::map<std::string, double> parts;
  for (std::uint32_t i = 0; i < now.size(); ++i) {
    const supply::Stock& stock = model.supply.stocks[common::StockId{i}];
    const std::string node = node_of(model.sites[stock.site.index].name);
    const supply::Source& source = model.supply.sources[common::SourceId{stock.sources.first}];
    const bool part = std::any_of(model.production.components.begin(), model.production.components.end(),
                                  [&](const auto& c) { return c.stock.index == i; });
    if (!part) {
      const double level = said.at(node + "/IL");
      widen(out.on_hand, units(now[i].on_hand), std::max(0.0, level));
      widen(out.backorders, units(now[i].backorders), std::max(0.0, -level));
    }
    if (source.kind == supply::Source::Kind::line) continue;
    const std::string from = node_of(model.sites[source.supplier_place.index].name);
    widen(out.orders, units(now[i].ordered - before[i].ordered), said.at(node + "/OQ:" + from));
    const double waits = from == "EXT" ? 0 : said.at(from + "/BO:" + node);
    widen(out.in_transit, units(now[i].in_transit), said.at(node + "/OO:" + from) - waits);
    if (part) parts[node] += units(now[i].on_hand) - said.at(node + "/RM:" + from);
  }
  for (const auto& [node, difference] : parts) widen(out.parts, difference, 0);
}

std::vector<std::string> instances() {
  std::vector<std::string> names;
  std::error_code none;
  for (const auto& entry : std::filesystem::directory_iterator(data_dir() / "stockpyl", none)) {
    const std::string name = entry.path().stem().string();
    const bool trace = entry.path().extension() == ".json" &&
                       std::filesystem::exists(data_dir() / "stockpyl" / (name + "_demand.csv"));
    if (trace) names.push_back(name);
  }
  std::sort(names.begin(), names.end());
  return names;
}

TEST(Stockpyl, TracesReplayPeriodByPeriod) {
  const auto folder = data_dir() / "stockpyl";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "no data set at " << folder;
  ASSERT_GE(instances().size(), 8U);
  const TemporaryFolder here;
  for (const std::string& name : instances()) {
    SCOPED_TRACE(name);
    const std::string json = text_of(folder / (name + ".json"));
    std::vector<importers::ImportError> errors;
    const auto imported = importers::import_stockpyl(json, name + ".json", text_of(folder / (name + "_demand.csv")),
                                                     name + "_demand.csv", name, errors);
    for (const auto& error : errors) ADD_FAILURE() << error.file << ":" << error.line << ": " << error.message;
    ASSERT_TRUE(imported.has_value());
    for (const auto& trace : imported->traces) here.write(trace.file, trace.csv);
    const auto model = model_of_file(here.write(name + ".yaml", imported->yaml));

    const auto said = periods_of(text_of(folder / (name + ".csv")));
    ASSERT_EQ(said.size(), imported->periods);
    world::Simulation simulation(*model);
    simulation.start(1, 0);
    Differences differences;
    std::vector<world::StockNow> before(model->supply.stocks.size());
    for (std::size_t t = 0; t < said.size(); ++t) {
      simulation.run_to(core::Instant{0} + core::kDay * static_cast<std::int64_t>(t + 1));
      const auto now = simulation.stocks_now();
      compare(*model, now, before, said[t], differences);
      before = now;
    }
    const world::RunResult result = simulation.finish();
    const auto rows = world::kpi_rows(*model);
    double total = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const bool wanted = rows[i].scope == "world" && std::string_view(rows[i].kpi->name) == "total_cost";
      if (wanted) total = result.values[i] * static_cast<double>(said.size());
    }
    const double exact = nlohmann::json::parse(json)["total_cost"].get<double>();
    const std::string text = fmt::format(
        "{}: total cost {:.6f}, exact {:.6f}; largest differences: on hand {:.1e}, backorders {:.1e}, in "
        "transit {:.1e}, orders {:.1e}, parts {:.1e}",
        name, total, exact, differences.on_hand, differences.backorders, differences.in_transit, differences.orders,
        differences.parts);
    fmt::print("{}\n", text);
    EXPECT_LT(differences.largest(), 1e-6) << text;
    EXPECT_NEAR(total, exact, 5e-7) << text;
  }
}

}  // namespace
}  // namespace tierworks::tests
