// How the pages for people are laid out. Nothing here changes a number.
#pragma once
#include <cstddef>
#include <set>
#include <string>

namespace tierworks::report {

inline constexpr std::size_t kLeastWidth = 40;

struct TableOptions {
  std::size_t width = 100;  // columns at most; taken as 40 if less
  bool colour = false;      // bold heads and red for the weakest, by ANSI SGR
  std::size_t rows = 12;    // most in a section
  bool all = false;         // every row
  // Scopes "site:A/item:B" of stocks that hold nothing by design. Their fill rate is 0 by design too, so that they are
  // not named as the weakest.
  std::set<std::string> to_order{};
};

}  // namespace tierworks::report
