// What was written, as a tree of scalars, sequences and maps that remembers where each value and each key stands.
// A node lives as long as its Document; `common::Origin` is a ticket to a node's value or key.
// Invariants: a node has one parent; the entries of a map have distinct keys, in the order in which they were written.
// Cost: 64 bytes a node and its text once; copies share texts. `find` is linear: use MapIndex for large maps.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "models/common/origin.h"

namespace tierworks::reader {

using NodeId = std::uint32_t;
inline constexpr NodeId kNoNode = 0xffffffffU;

enum class NodeKind : std::uint8_t { scalar, sequence, map };

// Where something stands: `line` 0 means the file as a whole.
struct Mark {
  std::uint32_t line = 0;    // from 1
  std::uint32_t column = 0;  // from 1; in a table, the number of the cell
};

struct Node {
  NodeKind kind = NodeKind::scalar;
  bool plain = false;  // a scalar without quotes
  std::uint16_t source = 0;
  Mark mark;
  Mark key_mark;
  NodeId parent = kNoNode;
  NodeId first = kNoNode;  // children, as a chain
  NodeId last = kNoNode;
  NodeId next = kNoNode;  // the next sibling
  const char* text_data = "";
  const char* key_data = "";
  std::uint32_t text_size = 0;
  std::uint32_t key_size = 0;

  std::string_view text() const { return {text_data, text_size}; }  // scalars
  std::string_view key() const { return {key_data, key_size}; }     // entries of a map
  // Nothing was written: `key:`.
  bool is_empty() const { return kind == NodeKind::scalar && plain && text_size == 0; }
  // `~` or `null`: takes away what was there before.
  bool is_tilde() const { return kind == NodeKind::scalar && plain && (text() == "~" || text() == "null"); }
};

enum class SourceKind : std::uint8_t { file, table, override };

struct Source {
  SourceKind kind = SourceKind::file;
  std::string name;    // as shown: `cluster.yaml`, or `--set sites.plant.tier`
  std::string folder;  // to which other files are relative; "" or ends in `/`
};

class Document {
 public:
  static constexpr std::size_t kMostNodes = 32'000'000;  // with all copies that expansion makes
  static constexpr std::size_t kMostSources = 60'000;

  explicit Document(std::size_t most_nodes = kMostNodes) : most_nodes_(most_nodes) {}
  Document(const Document&) = delete;
  Document& operator=(const Document&) = delete;

  Node& at(NodeId id) { return chunks_[id >> kChunkBits][id & kChunkMask]; }
  const Node& at(NodeId id) const { return chunks_[id >> kChunkBits][id & kChunkMask]; }
  std::size_t size() const { return size_; }
  std::size_t most_nodes() const { return most_nodes_; }
  bool full() const { return size_ >= most_nodes_; }

  // A node without parent. References to nodes stay valid.
  NodeId add(NodeKind kind, std::uint16_t source, Mark mark);
  NodeId add_scalar(std::uint16_t source, Mark mark, std::string_view text, bool plain);
  void set_text(NodeId id, std::string_view text);
  void set_key(NodeId id, std::string_view key, Mark mark);
  // Makes `child` the last one of `parent`; it must have no parent yet.
  void append(NodeId parent, NodeId child);
  void clear_children(NodeId parent);
  void remove(NodeId child);
  template <class Predicate>
  void remove_children_if(NodeId parent, Predicate predicate) {
    NodeId child = at(parent).first;
    clear_children(parent);
    while (child != kNoNode) {
      const NodeId next = at(child).next;
      if (!predicate(child)) append(parent, child);
      child = next;
    }
  }
  // `parent` gives up its children and takes those of `other`, which is left without.
  void take_children(NodeId parent, NodeId other);
  // A deep copy without parent, or kNoNode if it would make the document too large.
  NodeId copy(NodeId id);
  // `to` becomes what `from` is, key mark included, but keeps its key and its place among its siblings.
  void replace_content(NodeId to, NodeId from);
  // The entry of a map with that key, or kNoNode.
  NodeId find(NodeId map, std::string_view key) const;
  std::size_t count_children(NodeId id) const;
  std::vector<std::string> keys(NodeId map) const;

  std::uint16_t add_source(Source source);
  const Source& source(std::uint16_t index) const { return sources_[index]; }
  std::size_t sources() const { return sources_.size(); }

  // Tickets.
  static common::Origin value_origin(NodeId id) { return {id << 1U}; }
  static common::Origin key_origin(NodeId id) { return {(id << 1U) | 1U}; }
  static NodeId node_of(common::Origin origin) { return origin.ticket >> 1U; }
  Mark mark_of(common::Origin origin) const;
  // `sites.plant.lines.press.servers`, `location[1]`; "" for the root.
  std::string path_of(NodeId id) const;
  // `cluster.yaml:14:16: sites.plant.tier`, or as much of it as there is.
  std::string describe(common::Origin origin) const;

 private:
  static constexpr unsigned kChunkBits = 12;
  static constexpr NodeId kChunkMask = (NodeId{1} << kChunkBits) - 1;
  const char* store(std::string_view text);

  std::size_t most_nodes_;
  std::vector<std::unique_ptr<Node[]>> chunks_;
  std::size_t size_ = 0;
  std::vector<std::unique_ptr<char[]>> texts_;
  std::size_t text_used_ = 0;
  std::size_t text_room_ = 0;
  std::vector<Source> sources_;
};

// The entries of one map by key, for many look-ups; stale once the map changes.
class MapIndex {
 public:
  MapIndex(const Document& document, NodeId map);
  NodeId find(std::string_view key) const;

 private:
  std::unordered_map<std::string_view, NodeId> entries_;
};

// Walks the children of a node: for (NodeId child : children(document, map)) ...
class Children {
 public:
  class Iterator {
   public:
    Iterator(const Document& document, NodeId id) : document_(&document), id_(id) {}
    NodeId operator*() const { return id_; }
    Iterator& operator++() {
      id_ = document_->at(id_).next;
      return *this;
    }
    bool operator!=(const Iterator& other) const { return id_ != other.id_; }

   private:
    const Document* document_;
    NodeId id_;
  };
  Children(const Document& document, NodeId parent) : document_(document), first_(document.at(parent).first) {}
  Iterator begin() const { return {document_, first_}; }
  Iterator end() const { return {document_, kNoNode}; }

 private:
  const Document& document_;
  NodeId first_;
};
inline Children children(const Document& document, NodeId parent) { return {document, parent}; }

}  // namespace tierworks::reader
