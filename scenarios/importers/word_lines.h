// Text files of words between blanks, as collections of scheduling instances use them.
#pragma once
#include <string_view>
#include <vector>

namespace tierworks::importers {

struct WordLine {
  int number = 0;  // from 1
  std::vector<std::string_view> words;
};

// Lines that say something: neither blank nor a comment behind `#`. Ends of lines may be those of Windows. The words point into
// the text.
std::vector<WordLine> word_lines(std::string_view text);

}  // namespace tierworks::importers
