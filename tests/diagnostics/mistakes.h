// What a user is told about a scenario: read, compiled, every diagnostic put in words. For tests of bad input.
#pragma once
#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace tierworks::tests {

struct Verdict {
  bool sound = false;              // there is a model
  std::vector<std::string> lines;  // as shown: `cluster.yaml:14:16: sites.plant.tier: got "two", expected ...`
  std::size_t mistakes = 0;        // all of them, also those that are not shown
};

// Names of files in the lines are relative as `path` is.
Verdict judge(const std::string& path, const std::vector<std::string>& overrides = {});

// The folder in which a test works, for as long as this lives.
class WorkingFolder {
 public:
  explicit WorkingFolder(const std::filesystem::path& folder);
  WorkingFolder(const WorkingFolder&) = delete;
  WorkingFolder& operator=(const WorkingFolder&) = delete;
  ~WorkingFolder();

 private:
  std::filesystem::path before_;
};

}  // namespace tierworks::tests
