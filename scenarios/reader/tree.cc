#include "scenarios/reader/tree.h"

#include <algorithm>
#include <cstring>

#include <fmt/format.h>

namespace tierworks::reader {

namespace {

// A key as a path shows it; a character that is cut is cut off whole.
std::string shortened(std::string_view key) {
  constexpr std::size_t kLongest = 100;
  if (key.size() <= kLongest) return std::string(key);
  std::size_t end = kLongest;
  while (end > 0 && (static_cast<unsigned char>(key[end]) & 0xC0U) == 0x80U) --end;
  return std::string(key.substr(0, end)) + "...";
}

}  // namespace

const char* Document::store(std::string_view text) {
  constexpr std::size_t kBlock = 1U << 16U;
  if (text.empty()) return "";
  if (text_used_ + text.size() > text_room_) {
    text_room_ = std::max(kBlock, text.size());
    text_used_ = 0;
    texts_.push_back(std::make_unique_for_overwrite<char[]>(text_room_));
  }
  char* const place = texts_.back().get() + text_used_;
  std::memcpy(place, text.data(), text.size());
  text_used_ += text.size();
  return place;
}

NodeId Document::add(NodeKind kind, std::uint16_t source, Mark mark) {
  if ((size_ & kChunkMask) == 0) chunks_.push_back(std::make_unique<Node[]>(std::size_t{1} << kChunkBits));
  const auto id = static_cast<NodeId>(size_++);
  Node& node = at(id);
  node.kind = kind;
  node.source = source;
  node.mark = mark;
  return id;
}

NodeId Document::add_scalar(std::uint16_t source, Mark mark, std::string_view text, bool plain) {
  const NodeId id = add(NodeKind::scalar, source, mark);
  at(id).plain = plain;
  set_text(id, text);
  return id;
}

void Document::set_text(NodeId id, std::string_view text) {
  at(id).text_data = store(text);
  at(id).text_size = static_cast<std::uint32_t>(text.size());
}

void Document::set_key(NodeId id, std::string_view key, Mark mark) {
  at(id).key_data = store(key);
  at(id).key_size = static_cast<std::uint32_t>(key.size());
  at(id).key_mark = mark;
}

void Document::append(NodeId parent, NodeId child) {
  Node& above = at(parent);
  at(child).parent = parent;
  at(child).next = kNoNode;
  if (above.last == kNoNode) {
    above.first = child;
  } else {
    at(above.last).next = child;
  }
  above.last = child;
}

void Document::clear_children(NodeId parent) { at(parent).first = at(parent).last = kNoNode; }

void Document::remove(NodeId child) {
  remove_children_if(at(child).parent, [child](NodeId other) { return other == child; });
}

void Document::take_children(NodeId parent, NodeId other) {
  at(parent).first = at(other).first;
  at(parent).last = at(other).last;
  clear_children(other);
  for (const NodeId child : children(*this, parent)) at(child).parent = parent;
}

NodeId Document::copy(NodeId id) {
  if (full()) return kNoNode;
  const Node& from = at(id);
  const NodeId made = add(from.kind, from.source, from.mark);
  Node& to = at(made);
  to.plain = from.plain;
  to.key_mark = from.key_mark;
  to.text_data = from.text_data;
  to.text_size = from.text_size;
  to.key_data = from.key_data;
  to.key_size = from.key_size;
  for (const NodeId child : children(*this, id)) {
    const NodeId copied = copy(child);
    if (copied == kNoNode) return kNoNode;
    append(made, copied);
  }
  return made;
}

void Document::replace_content(NodeId to, NodeId from) {
  Node& target = at(to);
  const Node& other = at(from);
  target.kind = other.kind;
  target.plain = other.plain;
  target.source = other.source;
  target.mark = other.mark;
  target.key_mark = other.key_mark;
  target.text_data = other.text_data;
  target.text_size = other.text_size;
  target.first = other.first;
  target.last = other.last;
  for (const NodeId child : children(*this, to)) at(child).parent = to;
}

NodeId Document::find(NodeId map, std::string_view key) const {
  for (const NodeId child : children(*this, map)) {
    if (at(child).key() == key) return child;
  }
  return kNoNode;
}

std::size_t Document::count_children(NodeId id) const {
  std::size_t n = 0;
  for ([[maybe_unused]] const NodeId child : children(*this, id)) ++n;
  return n;
}

std::vector<std::string> Document::keys(NodeId map) const {
  std::vector<std::string> names;
  for (const NodeId child : children(*this, map)) names.emplace_back(at(child).key());
  return names;
}

std::uint16_t Document::add_source(Source source) {
  sources_.push_back(std::move(source));
  return static_cast<std::uint16_t>(sources_.size() - 1);
}

Mark Document::mark_of(common::Origin origin) const {
  const Node& node = at(node_of(origin));
  return (origin.ticket & 1U) != 0 && node.key_mark.line != 0 ? node.key_mark : node.mark;
}

std::string Document::path_of(NodeId id) const {
  std::vector<std::string> steps;
  for (NodeId at_node = id; at(at_node).parent != kNoNode; at_node = at(at_node).parent) {
    const NodeId parent = at(at_node).parent;
    if (at(parent).kind == NodeKind::map) {
      steps.push_back("." + shortened(at(at_node).key()));
      continue;
    }
    std::size_t index = 0;
    for (const NodeId sibling : children(*this, parent)) {
      if (sibling == at_node) break;
      ++index;
    }
    steps.push_back(fmt::format("[{}]", index));
  }
  std::string path;
  for (auto step = steps.rbegin(); step != steps.rend(); ++step) path += *step;
  if (!path.empty() && path.front() == '.') path.erase(0, 1);
  return path;
}

std::string Document::describe(common::Origin origin) const {
  if (!origin.known() || node_of(origin) >= size_) return {};
  const NodeId id = node_of(origin);
  const Source& from = source(at(id).source);
  const Mark mark = mark_of(origin);
  std::string place = from.name;
  if (from.kind != SourceKind::override && mark.line != 0) place += fmt::format(":{}:{}", mark.line, mark.column);
  const std::string path = path_of(id);
  if (!path.empty() && !(from.kind == SourceKind::override && from.name.ends_with(" " + path))) place += ": " + path;
  return place;
}

MapIndex::MapIndex(const Document& document, NodeId map) {
  for (const NodeId child : children(document, map)) entries_.emplace(document.at(child).key(), child);
}

NodeId MapIndex::find(std::string_view key) const {
  const auto found = entries_.find(key);
  return found == entries_.end() ? kNoNode : found->second;
}

}  // namespace tierworks::reader
