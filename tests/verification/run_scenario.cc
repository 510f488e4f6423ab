#include "tests/verification/run_scenario.h"

#include <algorithm>
#include <limits>
#include <memory>
#include <thread>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "models/world/model.h"
#include "scenarios/reader/reader.h"
#include "tests/support/paths.h"

namespace tierworks::tests {
namespace {

experiments::Replicated run(const reader::Reading& reading, common::Diagnostics& diagnostics, std::uint64_t seed) {
  std::unique_ptr<const world::Model> model;
  if (reading.spec) model = world::compile(*reading.spec, diagnostics);
  for (const common::Diagnostic& mistake : diagnostics.list()) ADD_FAILURE() << reading.format(mistake);
  if (!model) return {};
  experiments::ReplicateOptions options;
  options.replications = static_cast<std::size_t>(*reading.spec->run.replications);
  options.seed = seed;
  options.threads = std::clamp(std::thread::hardware_concurrency(), 1U, 2U);
  options.confidence = *reading.spec->run.confidence;
  return experiments::replicate(*model, options);
}

}  // namespace

experiments::Replicated run_verification(const std::string& name, std::uint64_t seed) {
  const auto file = source_dir() / "scenarios/catalogue/verification" / (name + ".yaml");
  common::Diagnostics diagnostics;
  const reader::Reading reading = reader::read_scenario(file.string(), {}, diagnostics);
  return run(reading, diagnostics, seed);
}

experiments::Replicated run_text(const std::string& yaml, const std::string& name, std::uint64_t seed) {
  common::Diagnostics diagnostics;
  const reader::Reading reading = reader::read_scenario_text(yaml, name, {"run.confidence=99.9 %"}, diagnostics);
  return run(reading, diagnostics, seed);
}

core::Interval kpi_of(const experiments::Replicated& result, const std::string& kpi, const std::string& scope) {
  for (std::size_t i = 0; i < result.rows.size(); ++i) {
    if (result.rows[i].scope == scope && result.rows[i].kpi->name == kpi) return result.kpis[i];
  }
  ADD_FAILURE() << "the result has no " << kpi << " at scope " << scope;
  core::Interval none;
  none.mean = none.half_width = std::numeric_limits<double>::quiet_NaN();
  return none;
}

std::string show(const std::string& name, std::uint64_t seed, const std::string& kpi, double exact,
                 const core::Interval& found) {
  const std::string text = fmt::format("{}, seed {}: {} {:.10g} +- {:.4g}, exact {:.8g}", name, seed, kpi, found.mean,
                                       found.half_width, exact);
  fmt::print("{}\n", text);
  return text;
}

}  // namespace tierworks::tests
