#include "tests/support/simulate.h"

#include <stdexcept>

#include "scenarios/reader/reader.h"
#include "tests/support/temporary_folder.h"

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

Ran simulate_beside(const std::string& file, std::string_view content, std::string_view yaml) {
  const TemporaryFolder folder;
  folder.write(file, content);
  return simulate_model(*model_of_file(folder.write("scenario.yaml", yaml)));
}

std::string two_a_day_but_22_on_day_10() {
  std::string trace = "day,quantity\n";
  for (int day = 0; day < 20; ++day) trace += std::to_string(day) + (day == 10 ? ",22\n" : ",2\n");
  return trace;
}

std::string goes_on_alike(const world::Model& model, core::Instant at, std::uint64_t seed, std::uint32_t replication) {
  const std::uint64_t straight = world::Simulation(model).run(seed, replication).fingerprint;
  world::Simulation trunk(model), fork(model), later(model);
  trunk.start(seed, replication);
  trunk.run_to(at);
  fork.fork_from(trunk);
  if (!later.from_bytes(trunk.to_bytes())) return "its bytes are no run";
  std::string differs;
  if (fork.finish().fingerprint != straight) differs += "the fork ends otherwise; ";
  if (later.finish().fingerprint != straight) differs += "what was read back ends otherwise; ";
  if (trunk.finish().fingerprint != straight) differs += "the run itself ends otherwise after a stop; ";
  return differs;
}

std::string mistakes_of_text(std::string_view yaml) {
  common::Diagnostics diagnostics;
  const auto reading = reader::read_scenario_text(yaml, "test.yaml", {}, diagnostics);
  if (reading.spec) world::compile(*reading.spec, diagnostics);
  return in_words(reading, diagnostics);
}

}  // namespace tierworks::tests
