// The house's rule of who may include whom, as a table, and a reader of sources that holds files against it.
// A file belongs to the row with the longest prefix of its path; what a row does not allow is a finding.
// The standard library is open to all but for what prints below apps/. Cost: one pass over a file's text.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace tierworks::tests {

struct Finding {
  std::string place;  // file:line
  std::string what;   // the include, or the word that prints
  std::string rule;   // what the house says instead
};

// `path` is written from the repository's root with forward slashes; `text` is the file's whole text.
std::vector<Finding> check_source(std::string_view path, std::string_view text);

// Whether the file's text includes something that starts with `prefix`: "CLI/".
bool includes(std::string_view text, std::string_view prefix);

// The text with comments and the contents of literals blanked, lines kept; include lines keep their target.
std::string code_only(std::string_view text);

}  // namespace tierworks::tests
