// Runs a scenario of the catalogue, or text, as `tierworks run` does: replications and confidence as the scenario says.
// A scenario that does not compile fails the test with all its diagnostics.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>

#include "experiments/replicate/replicate.h"

namespace tierworks::tests {

// scenarios/catalogue/verification/NAME.yaml
experiments::Replicated run_verification(const std::string& name, std::uint64_t seed);

// With a confidence of 99.9 %.
experiments::Replicated run_text(const std::string& yaml, const std::string& name, std::uint64_t seed);

// A KPI at a scope; NaN, and a failed test, if the result does not have it.
core::Interval kpi_of(const experiments::Replicated& result, const std::string& kpi, const std::string& scope);
inline core::Interval world_kpi(const experiments::Replicated& result, const std::string& kpi) {
  return kpi_of(result, kpi, "world");
}

// `mm1, seed 2: order_lead_time 5.0213 +- 0.0371, exact 5`; also printed, so that a log holds all figures.
std::string show(const std::string& name, std::uint64_t seed, const std::string& kpi, double exact,
                 const core::Interval& found);

}  // namespace tierworks::tests
