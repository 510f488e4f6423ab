// A user's mistakes, collected: all of them, each with its origin, what was found, what was expected, and a remedy.
// Nothing is thrown; a caller asks `ok()` before it goes on. At most `kMost` are kept, the rest are counted.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "models/common/origin.h"

namespace tierworks::common {

struct Diagnostic {
  Origin origin;
  std::string message;  // without place and path: the reader puts them in front
};

class Diagnostics {
 public:
  static constexpr std::size_t kMost = 200;

  void error(Origin origin, std::string message);
  // Something that is not wrong but that the user should know.
  void note(Origin origin, std::string message);

  bool ok() const { return errors_ == 0; }
  std::size_t errors() const { return errors_; }
  const std::vector<Diagnostic>& list() const { return list_; }
  const std::vector<Diagnostic>& notes() const { return notes_; }

 private:
  std::vector<Diagnostic> list_;
  std::vector<Diagnostic> notes_;
  std::size_t errors_ = 0;
};

// The candidate nearest to `name` by edit distance (at most a third of its length away), or "".
std::string nearest(std::string_view name, const std::vector<std::string>& candidates);

// `; did you mean "assembly"?` or "".
std::string did_you_mean(std::string_view name, const std::vector<std::string>& candidates);

}  // namespace tierworks::common
