// Numbers and names as importers write them into a scenario.
#pragma once
#include <string>
#include <string_view>

namespace tierworks::importers {

// The shortest decimals that read back as the same number, without an exponent.
std::string plain(double number);

// Without the folder, and on one line whatever the name holds.
std::string base_name(std::string_view path);

// Likewise, but only letters, digits, `_`, `-` and `.`: a title without YAML's own signs.
std::string plain_title(std::string_view path);

}  // namespace tierworks::importers
