#include "tests/support/simulate.h"

#include <stdexcept>

#include "scenarios/reader/reader.h"

namespace tierworks::tests {

namespace {

std::string in_words(const reader::Reading& reading, const common::Diagnostics& diagnostics) {
  std::string words;
  for (const common::Diagnostic& diagnostic : diagnostics.list()) words += reading.format(diagnostic) + "\n";
  return words;
}

std::unique_ptr<const world::Model> compiled(const reader::Reading& reading, common::Diagnostics& diagnostics) {
  std::unique_ptr<const world::Model> model;
  if (reading.spec) model = world::compile(*reading.spec, diagnostics);
  if (!model) throw std::invalid_argument(in_words(reading, diagnostics));
  return model;
}

}  // namespace

double Ran::operator()(const std::string& kpi, const std::string& scope) const {
  const auto row = kpis.find({kpi, scope});
  if (row == kpis.end()) throw std::out_of_range("no KPI " + kpi + " of " + scope);
  return row->second;
}

std::unique_ptr<const world::Model> model_of_text(std::string_view yaml, const std::vector<std::string>& overrides) {
  common::Diagnostics diagnostics;
  return compiled(reader::read_scenario_text(yaml, "test.yaml", overrides, diagnostics), diagnostics);
}

std::unique_ptr<const world::Model> model_of_file(const std::string& path, const std::vector<std::string>& overrides) {
  common::Diagnostics diagnostics;
  return compiled(reader::read_scenario(path, overrides, diagnostics), diagnostics);
}

Ran simulate_model(const world::Model& model, std::uint64_t seed, std::uint32_t replication) {
  Ran ran;
  ran.result = world::Simulation(model).run(seed, replication);
  const auto rows = world::kpi_rows(model);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    ran.kpis[{rows[i].kpi->name, rows[i].scope}] = ran.result.values[i];
  }
  return ran;
}

Ran simulate_text(std::string_view yaml, std::uint64_t seed, std::uint32_t replication) {
  return simulate_model(*model_of_text(yaml), seed, replication);
}

std::string mistakes_of_text(std::string_view yaml) {
  common::Diagnostics diagnostics;
  const auto reading = reader::read_scenario_text(yaml, "test.yaml", {}, diagnostics);
  if (reading.spec) world::compile(*reading.spec, diagnostics);
  return in_words(reading, diagnostics);
}

}  // namespace tierworks::tests
