// Scenarios written inside a test, compiled and run; a mistake in one throws with the words that a user would see.
#pragma once
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "models/world/model.h"
#include "models/world/simulate.h"

namespace tierworks::tests {

// One run: what it left behind, and its KPIs by name and scope.
struct Ran {
  world::RunResult result;
  std::map<std::pair<std::string, std::string>, double> kpis;

  // Throws if there is no such row.
  double operator()(const std::string& kpi, const std::string& scope = "world") const;
};

std::unique_ptr<const world::Model> model_of_text(std::string_view yaml,
                                                  const std::vector<std::string>& overrides = {});
std::unique_ptr<const world::Model> model_of_file(const std::string& path,
                                                  const std::vector<std::string>& overrides = {});

Ran simulate_model(const world::Model& model, std::uint64_t seed = 1, std::uint32_t replication = 0);
Ran simulate_text(std::string_view yaml, std::uint64_t seed = 1, std::uint32_t replication = 0);

// All diagnostics of a text that has mistakes, one a line; "" if it has none.
std::string mistakes_of_text(std::string_view yaml);

}  // namespace tierworks::tests
