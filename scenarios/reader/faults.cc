#include "scenarios/reader/faults.h"

#include <algorithm>
#include <tuple>

#include <fmt/format.h>

namespace tierworks::reader {

void Faults::add(common::Origin origin, std::string message) {
  constexpr std::size_t kMost = 10'000;
  if (found_.size() >= kMost) return;
  const Node& node = document_.at(Document::node_of(origin));
  const Mark mark = document_.mark_of(origin);
  if (!seen_.insert(fmt::format("{}:{}:{}:{}", node.source, mark.line, mark.column, message)).second) return;
  found_.push_back({origin, std::move(message)});
}

void Faults::hand_over(common::Diagnostics& diagnostics) {
  const auto place = [&](const common::Diagnostic& d) {
    const Mark mark = document_.mark_of(d.origin);
    return std::tuple(document_.at(Document::node_of(d.origin)).source, mark.line, mark.column);
  };
  std::stable_sort(found_.begin(), found_.end(),
                   [&](const common::Diagnostic& a, const common::Diagnostic& b) { return place(a) < place(b); });
  for (common::Diagnostic& diagnostic : found_) diagnostics.error(diagnostic.origin, std::move(diagnostic.message));
  found_.clear();
}

std::string quoted(std::string_view text) {
  constexpr std::size_t kLongest = 60;
  std::string shown = "\"";
  std::size_t length = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    // A character is cut off whole: only its first byte counts.
    if ((byte & 0xC0U) != 0x80U && ++length > kLongest) {
      shown += "...";
      break;
    }
    shown += byte < 0x20 || byte == 0x7F ? ' ' : c;
  }
  return shown + "\"";
}

std::string found(const Document& document, NodeId id) {
  const Node& node = document.at(id);
  if (node.kind == NodeKind::map) return "a map";
  if (node.kind == NodeKind::sequence) return "a list";
  if (node.is_empty()) return "nothing";
  return quoted(node.text());
}

}  // namespace tierworks::reader
