// Is this text? Finds the first byte that has no business in a text file: invalid UTF-8, NUL, or a control character
// other than tab, line feed and carriage return. Cost: one pass, no memory.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace tierworks::csv {

struct BadCharacter {
  std::size_t line = 1;    // from 1
  std::size_t column = 1;  // from 1, in characters
  std::string what;        // `a NUL byte`
};

std::optional<BadCharacter> first_bad_character(std::string_view text);

// The text without a UTF-8 byte order mark in front.
std::string_view without_byte_order_mark(std::string_view text);

}  // namespace tierworks::csv
