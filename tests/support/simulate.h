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

// A scenario that names a file beside it, of this name and content.
Ran simulate_beside(const std::string& file, std::string_view content, std::string_view yaml);

// A trace of orders: 2 a day for 20 days, but 22 on day 10.
std::string two_a_day_but_22_on_day_10();

// Whether a run that is forked at `at`, and one that is written to bytes there and read back, end as one straight through; in
// words what differs, "" if nothing does.
std::string goes_on_alike(const world::Model& model, core::Instant at, std::uint64_t seed = 3,
                          std::uint32_t replication = 1);

// All diagnostics of a text that has mistakes, one a line; "" if it has none.
std::string mistakes_of_text(std::string_view yaml);

}  // namespace tierworks::tests
