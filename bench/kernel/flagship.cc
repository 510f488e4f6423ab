#include <string>

#include "bench/kernel/scenarios.h"
#include "bench/kernel/suite.h"
#include "scenarios/reader/reader.h"

namespace tierworks::bench {

std::unique_ptr<const world::Model> compiled(const world::ScenarioSpec& spec) {
  common::Diagnostics diagnostics;
  auto model = world::compile(spec, diagnostics);
  if (model) return model;
  std::string words = spec.name + " does not compile";
  for (const common::Diagnostic& diagnostic : diagnostics.list()) words += "\n  " + diagnostic.message;
  throw WrongResult(words);
}

std::unique_ptr<const world::Model> flagship(std::optional<core::Duration> horizon) {
  const std::string path = TIERWORKS_SOURCE_DIR "/scenarios/catalogue/industry/electronics_cluster.yaml";
  common::Diagnostics diagnostics;
  auto reading = reader::read_scenario(path, {}, diagnostics);
  if (!reading.spec) throw WrongResult(path + " cannot be read");
  if (horizon) {
    reading.spec->time.horizon = *horizon;
    reading.spec->time.warm_up = core::Duration{0};
  }
  return compiled(*reading.spec);
}

}  // namespace tierworks::bench
