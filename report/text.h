// Text on a terminal, measured in columns rather than bytes: UTF-8, wide characters (two columns), combining ones (none).
// Bytes that are no UTF-8 and characters that would steer the terminal show as `?`. Cost: one pass over the text.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace tierworks::report {

std::size_t columns(std::string_view text);

// What may be shown as it is: no control characters, no changes of direction, no broken bytes.
std::string clean(std::string_view text);

// At most so many columns; what is too long loses its middle, or its end, to "…".
std::string cut_middle(std::string_view text, std::size_t width);
std::string cut_end(std::string_view text, std::size_t width);

// Filled with blanks up to so many columns.
std::string flush_left(std::string text, std::size_t width);
std::string flush_right(std::string_view text, std::size_t width);

// Lines of at most so many columns, broken at blanks; all but the first start with `indent` blanks. Ends with a line end.
std::string wrapped(std::string_view text, std::size_t width, std::size_t indent);

// ANSI SGR around the text, or the text alone.
std::string bold(std::string text, bool colour);
std::string red(std::string text, bool colour);

}  // namespace tierworks::report
