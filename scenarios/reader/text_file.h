// A whole text file in memory, or the reason why not, in words. Nothing above the limit is read.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace tierworks::reader {

std::optional<std::string> read_text_file(const std::string& path, std::size_t most_bytes, std::string& fault);

// `folder` is "" or ends in `/`; an absolute `name` stays what it is.
std::string joined(std::string_view folder, std::string_view name);
// "" or the folder with a `/` at its end.
std::string folder_of(std::string_view path);
// The same file has one identity, whatever the path to it.
std::string identity_of(const std::string& path);

}  // namespace tierworks::reader
