// A folder for the files that a test writes.
#pragma once
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace tierworks::tests {

// A new folder that goes away with its owner. Tests run at once in processes of their own: a name that they share is a race.
class TemporaryFolder {
 public:
  TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder();

  const std::filesystem::path& path() const { return path_; }
  std::string file(const std::string& name) const { return (path_ / name).string(); }
  // Writes a file and gives its path.
  std::string write(const std::string& name, std::string_view text) const;
  // The names in the folder, sorted.
  std::vector<std::string> names() const;

 private:
  std::filesystem::path path_;
};

}  // namespace tierworks::tests
