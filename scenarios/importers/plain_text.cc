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

std::string plain_title(std::string_view path) {
  std::string title;
  for (const char c : path.substr(path.find_last_of('/') + 1)) {
    const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (plain || c == '_' || c == '-' || c == '.') title += c;
  }
  return title;
}

}  // namespace tierworks::importers
