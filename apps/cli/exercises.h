// From options and a scenario to the exercises of a stress test.
#pragma once
#include <string>
#include <vector>

#include "apps/cli/commands.h"
#include "experiments/stress/shocks.h"

namespace tierworks::cli {

struct AskedExercises {
  // The options alone; false if one of them is none, and why goes to stderr.
  bool read(const ShockOptions& options);
  // Lists the exercises and adds the shocks of the catalogue to the scenario, which then strikes by itself no more. If that
  // cannot be done, `fault` or a diagnostic says why.
  void take(world::ScenarioSpec& spec, common::Diagnostics& diagnostics);

  bool whole_window = true;  // the catalogue also takes things down for good, to see how long the rest survives
  bool named = false;        // shocks of the scenario rather than the catalogue
  std::vector<bool> with_answers;
  std::vector<experiments::Exercise> exercises;
  std::string fault;

 private:
  struct Length {
    std::string words;
    core::Duration time;
  };
  std::vector<std::string> shocks_;
  std::vector<experiments::ShockedKind> kinds_;  // of the catalogue
  std::vector<Length> lengths_;                  // none: as the scenario says
};

}  // namespace tierworks::cli
