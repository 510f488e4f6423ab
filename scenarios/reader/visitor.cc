#include "scenarios/reader/visitor.h"

#include <algorithm>
#include <cmath>
#include <unordered_set>

#include <fmt/format.h>

namespace tierworks::reader {
namespace {

// Words of the language that stand in the wrong place get an explanation of their own.
std::string_view place_of(std::string_view key) {
  if (key == "count") return "`count` belongs to an entry of `sites`";
  if (key == "like") return "`like` belongs to an entry of `items`, `sites`, `lanes` or `demand`";
  if (key == "table") return "`table` belongs to a map of entries, like `items` or `sites`";
  if (key == "extends") return "`extends` stands at the top of a file";
  return {};
}

}  // namespace

StructReader::StructReader(Context& context, NodeId map, bool absent) : context_(context), map_(map), absent_(absent) {
  known_.reserve(12);
}

NodeId StructReader::lookup(std::string_view key) {
  known_.push_back(key);
  return absent_ ? kNoNode : context_.document.find(map_, key);
}

bool StructReader::is_map(NodeId node) {
  const Node& found_node = context_.document.at(node);
  if (found_node.kind == NodeKind::map || found_node.is_empty()) return true;
  context_.faults.at_value(node, fmt::format("got {}, expected a map (`key: value`)", found(context_.document, node)));
  return false;
}

void StructReader::missing(std::string_view key, std::string_view doc) {
  // A map of the wrong kind was already reported; what it lacks is no news.
  if (absent_) return;
  context_.faults.add(origin(), fmt::format("the key \"{}\" is missing{}{}", key, doc.empty() ? "" : ": ", doc));
}

void StructReader::finish() {
  if (absent_) return;
  constexpr std::size_t kShort = 16;
  for (const NodeId child : children(context_.document, map_)) {
    const std::string_view key = context_.document.at(child).key();
    if (std::find(known_.begin(), known_.end(), key) != known_.end()) continue;
    const std::vector<std::string> names(known_.begin(), known_.end());
    std::string message = fmt::format("unknown key {}", quoted(key));
    if (const auto place = place_of(key); !place.empty()) {
      message += fmt::format("; {}", place);
    } else {
      message += suggestion(context_, key, names);
      if (names.size() <= kShort) message += fmt::format(" (known keys: {})", fmt::join(names, ", "));
    }
    context_.faults.at_key(child, std::move(message));
  }
}

bool StructReader::is_single_stream(const Document& document, NodeId demand) {
  const NodeId at = document.find(demand, "at");
  return at != kNoNode && document.at(at).kind == NodeKind::scalar;
}

void StructReader::read_sources(NodeId node, common::Entries<supply::SourceSpec>& entries) {
  Document& document = context_.document;
  const std::size_t faults_before = context_.faults.count();
  const auto add_name = [&](NodeId scalar) {
    auto& entry = entries.list.emplace_back();
    entry.origin = Document::value_origin(scalar);
    StructReader nothing_stated(context_, scalar, true);
    describe(nothing_stated, entry.spec);
    if (!read_value(context_, scalar, {}, entry.name)) entries.list.pop_back();
  };
  const NodeKind kind = document.at(node).kind;
  if (kind == NodeKind::scalar) {
    add_name(node);
  } else if (kind == NodeKind::sequence) {
    for (const NodeId child : children(document, node)) add_name(child);
  } else {
    for (const NodeId child : children(document, node)) {
      const std::string_view name = document.at(child).key();
      if (document.at(child).kind == NodeKind::map || document.at(child).is_empty()) {
        add_entry(child, name, {}, entries);
        continue;
      }
      auto& entry = entries.list.emplace_back();
      entry.name = name;
      entry.origin = Document::key_origin(child);
      StructReader nothing_stated(context_, child, true);
      describe(nothing_stated, entry.spec);
      Limits share;
      share.share = true;
      read_field(child, share, entry.spec.share);
    }
  }
  if (kind != NodeKind::scalar && document.at(node).first == kNoNode) {
    context_.faults.at_value(node, "the list of suppliers is empty, expected at least one name");
  }
  if (context_.faults.count() == faults_before) settle_shares(node, entries);
}

void StructReader::settle_shares(NodeId node, common::Entries<supply::SourceSpec>& entries) {
  std::size_t stated = 0;
  double total = 0;
  std::unordered_set<std::string_view> names;
  for (const auto& entry : entries.list) {
    stated += entry.spec.share.stated ? 1 : 0;
    total += *entry.spec.share;
    if (!names.insert(entry.name).second) {
      context_.faults.add(entry.origin, fmt::format("the supplier {} is named twice", quoted(entry.name)));
    }
  }
  if (entries.empty()) return;
  if (stated == 0) {
    for (auto& entry : entries.list) entry.spec.share.value = 1.0 / static_cast<double>(entries.size());
    return;
  }
  if (std::abs(total - 1.0) <= 1e-6) return;
  std::string remedy = stated < entries.size() ? "; state the share of each supplier, or of none for equal shares" : "";
  context_.faults.add(Document::key_origin(node),
                      fmt::format("the shares add up to {:.6g}, expected 1 (100 %){}", total, remedy));
}

}  // namespace tierworks::reader
