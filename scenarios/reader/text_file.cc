#include "scenarios/reader/text_file.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <vector>

#include <fmt/format.h>

#include "models/common/diagnostics.h"

namespace tierworks::reader {
namespace {

namespace fs = std::filesystem;

// The names in a folder, for "did you mean"; a few are enough.
std::vector<std::string> neighbours(const fs::path& path) {
  constexpr std::size_t kMost = 1000;
  std::vector<std::string> names;
  std::error_code fault;
  const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
  for (fs::directory_iterator it(folder, fault), end; !fault && it != end && names.size() < kMost;
       it.increment(fault)) {
    names.push_back(it->path().filename().string());
  }
  return names;
}

}  // namespace

std::optional<std::string> read_text_file(const std::string& path, std::size_t most_bytes, std::string& fault) {
  if (path.empty() || path.find('\0') != std::string::npos) {
    fault = "no such file: the name is empty or not a name";
    return std::nullopt;
  }
  std::error_code code;
  const fs::file_status status = fs::status(path, code);
  if (status.type() == fs::file_type::not_found) {
    fault = "no such file" + common::did_you_mean(fs::path(path).filename().string(), neighbours(path));
    return std::nullopt;
  }
  if (fs::is_directory(status)) {
    fault = "a folder, expected a file";
    return std::nullopt;
  }
  if (code || !fs::is_regular_file(status)) {
    fault = code ? "cannot be read: " + code.message() : "not a regular file";
    return std::nullopt;
  }
  const auto too_large = [&](std::size_t bytes) {
    constexpr std::size_t kMegabyte = 1U << 20U;
    fault = fmt::format(
        "the file has {} MB, the limit is {} MB; move repeated rows to CSV tables (`table:`) or use "
        "`count:`, `like:` and patterns",
        bytes / kMegabyte, most_bytes / kMegabyte);
    return std::nullopt;
  };
  const auto size = fs::file_size(path, code);
  if (!code && size > most_bytes) return too_large(size);
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    fault = std::string("cannot be read: ") + std::strerror(errno);
    return std::nullopt;
  }
  std::string text;
  if (!code) text.reserve(static_cast<std::size_t>(size));
  std::vector<char> block(1U << 16U);
  while (file) {
    file.read(block.data(), static_cast<std::streamsize>(block.size()));
    text.append(block.data(), static_cast<std::size_t>(file.gcount()));
    if (text.size() > most_bytes) return too_large(text.size());
  }
  if (file.bad()) {
    fault = std::string("cannot be read: ") + std::strerror(errno);
    return std::nullopt;
  }
  return text;
}

std::string joined(std::string_view folder, std::string_view name) {
  if (folder.empty() || name.starts_with('/')) return std::string(name);
  return fs::path(std::string(folder) + std::string(name)).lexically_normal().string();
}

std::string folder_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string{} : std::string(path.substr(0, slash + 1));
}

std::string identity_of(const std::string& path) {
  std::error_code code;
  const fs::path canonical = fs::weakly_canonical(path, code);
  return code ? path : canonical.string();
}

}  // namespace tierworks::reader
