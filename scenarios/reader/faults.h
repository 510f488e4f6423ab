// The user's mistakes that one reading finds: kept once each (copies of one site repeat them), and handed over in the
// order of the files. Nothing is thrown or printed.
#pragma once
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "models/common/diagnostics.h"
#include "scenarios/reader/tree.h"

namespace tierworks::reader {

class Faults {
 public:
  explicit Faults(const Document& document) : document_(document) {}

  void add(common::Origin origin, std::string message);
  void at_value(NodeId id, std::string message) { add(Document::value_origin(id), std::move(message)); }
  void at_key(NodeId id, std::string message) { add(Document::key_origin(id), std::move(message)); }
  bool none() const { return found_.empty(); }
  std::size_t count() const { return found_.size(); }
  // Sorted by file, line and column.
  void hand_over(common::Diagnostics& diagnostics);

 private:
  const Document& document_;
  std::vector<common::Diagnostic> found_;
  std::unordered_set<std::string> seen_;
};

// "text" as it is shown to people: shortened, in quotes, without line breaks.
std::string quoted(std::string_view text);
// What stands there, in words: `"two"`, `a map`, `a list`, `nothing`.
std::string found(const Document& document, NodeId id);

}  // namespace tierworks::reader
