#include "scenarios/importers/word_lines.h"

#include <algorithm>

namespace tierworks::importers {

std::vector<WordLine> word_lines(std::string_view text) {
  std::vector<WordLine> lines;
  int number = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    ++number;
    WordLine found{.number = number, .words = {}};
    for (std::size_t at = 0; at < line.size();) {
      const std::size_t first = line.find_first_not_of(" \t\r", at);
      if (first == std::string_view::npos || line[first] == '#') break;
      const std::size_t last = std::min(line.find_first_of(" \t\r", first), line.size());
      found.words.push_back(line.substr(first, last - first));
      at = last;
    }
    if (!found.words.empty()) lines.push_back(std::move(found));
  }
  return lines;
}

}  // namespace tierworks::importers
