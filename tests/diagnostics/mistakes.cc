#include "tests/diagnostics/mistakes.h"

#include <system_error>

#include "models/world/model.h"
#include "scenarios/reader/reader.h"

namespace tierworks::tests {

namespace fs = std::filesystem;

Verdict judge(const std::string& path, const std::vector<std::string>& overrides) {
  common::Diagnostics diagnostics;
  const reader::Reading reading = reader::read_scenario(path, overrides, diagnostics);
  Verdict verdict;
  if (reading.spec) verdict.sound = world::compile(*reading.spec, diagnostics) != nullptr;
  for (const common::Diagnostic& diagnostic : diagnostics.list()) verdict.lines.push_back(reading.format(diagnostic));
  verdict.mistakes = diagnostics.errors();
  return verdict;
}

WorkingFolder::WorkingFolder(const fs::path& folder) : before_(fs::current_path()) { fs::current_path(folder); }

WorkingFolder::~WorkingFolder() {
  std::error_code ignored;
  fs::current_path(before_, ignored);
}

}  // namespace tierworks::tests
