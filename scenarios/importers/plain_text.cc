#include "scenarios/importers/plain_text.h"

#include <array>
#include <charconv>

namespace tierworks::importers {

std::string plain(double number) {
  std::array<char, 400> digits{};
  const auto [end, fault] = std::to_chars(digits.begin(), digits.end(), number, std::chars_format::fixed);
  return {digits.begin(), fault == std::errc{} ? end : digits.begin()};
}

std::string base_name(std::string_view path) {
  const std::size_t slash = path.find_last_of("/\\");
  std::string name(slash == std::string_view::npos ? path : path.substr(slash + 1));
  for (char& c : name) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
  }
  return name;
}

}  // namespace tierworks::importers
