#include "tests/diagnostics/mistakes.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <stdexcept>

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

TemporaryFolder::TemporaryFolder() {
  std::string name = (fs::temp_directory_path() / "tierworks_XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder: " + name);
  path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

std::string TemporaryFolder::write(const std::string& name, std::string_view text) const {
  std::ofstream(path_ / name, std::ios::binary) << text;
  return file(name);
}

std::vector<std::string> TemporaryFolder::names() const {
  std::vector<std::string> found;
  for (const auto& entry : fs::directory_iterator(path_)) found.push_back(entry.path().filename().string());
  std::sort(found.begin(), found.end());
  return found;
}

WorkingFolder::WorkingFolder(const fs::path& folder) : before_(fs::current_path()) { fs::current_path(folder); }

WorkingFolder::~WorkingFolder() {
  std::error_code ignored;
  fs::current_path(before_, ignored);
}

}  // namespace tierworks::tests
