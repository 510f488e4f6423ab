// Fills spec structs from the tree: the reader's answer to their describe() functions. A constraint is complete at the
// end of the statement that states it, so the value is read when the Constraint goes out of scope.
// Invariant: a field that was left out keeps its default and gets the origin of the map that lacks it.
#pragma once
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "models/common/spec.h"
#include "models/demand/spec.h"
#include "models/supply/spec.h"
#include "scenarios/reader/values.h"

namespace tierworks::reader {

template <class Read>
class Constraint {
 public:
  explicit Constraint(Read read) : read_(std::move(read)) {}
  Constraint(const Constraint&) = delete;
  Constraint& operator=(const Constraint&) = delete;
  ~Constraint() { read_(limits_, doc_); }

  Constraint& doc(std::string_view text) {
    doc_ = text;
    return *this;
  }
  Constraint& refers_to(common::Refers) { return *this; }  // names are looked up by the compiler
  Constraint& positive() {
    limits_.positive = true;
    return *this;
  }
  Constraint& positive_time() { return positive(); }
  Constraint& not_negative() {
    limits_.not_negative = true;
    return *this;
  }
  Constraint& share() {
    limits_.share = true;
    return *this;
  }
  Constraint& at_least(std::int64_t low) {
    limits_.low = low;
    return *this;
  }
  Constraint& between(std::int64_t low, std::int64_t high) {
    limits_.low = low;
    limits_.high = high;
    return *this;
  }

 private:
  Read read_;
  Limits limits_;
  std::string_view doc_;
};

class StructReader {
 public:
  // `map` may be absent: then nothing is stated, and `map` is the node that lacks it.
  StructReader(Context& context, NodeId map, bool absent = false);

  template <class T>
  auto required(std::string_view key, common::Field<T>& field) {
    return Constraint([this, key, &field](const Limits& limits, std::string_view doc) {
      const NodeId node = lookup(key);
      if (node == kNoNode) {
        field.origin = origin();
        missing(key, doc);
      } else {
        read_field(node, limits, field);
      }
    });
  }

  template <class T>
  auto optional(std::string_view key, common::Field<T>& field) {
    return Constraint([this, key, &field](const Limits& limits, std::string_view) {
      const NodeId node = lookup(key);
      if (node == kNoNode) {
        field.origin = origin();
      } else {
        read_field(node, limits, field);
      }
    });
  }

  template <class T>
  auto map(std::string_view key, common::Entries<T>& entries) {
    return Constraint([this, key, &entries](const Limits& limits, std::string_view) {
      const NodeId node = lookup(key);
      if (node != kNoNode && is_map(node)) read_entries(node, limits, entries);
    });
  }

  template <class T>
  auto section(std::string_view key, T& part) {
    return Constraint([this, key, &part](const Limits&, std::string_view) {
      const NodeId node = lookup(key);
      const bool stated = node != kNoNode && is_map(node);
      StructReader reader(context_, stated ? node : map_, !stated);
      describe(reader, part);
      reader.finish();
    });
  }

  // One stream (a map with a scalar `at`, named like the key), or several by name.
  auto streams(std::string_view key, common::Entries<demand::DemandSpec>& entries) {
    return Constraint([this, key, &entries](const Limits& limits, std::string_view) {
      const NodeId node = lookup(key);
      if (node == kNoNode || !is_map(node)) return;
      if (is_single_stream(context_.document, node)) {
        add_entry(node, key, limits, entries);
      } else {
        read_entries(node, limits, entries);
      }
    });
  }

  auto sources(std::string_view key, common::Entries<supply::SourceSpec>& entries) {
    return Constraint([this, key, &entries](const Limits&, std::string_view) {
      const NodeId node = lookup(key);
      if (node != kNoNode) read_sources(node, entries);
    });
  }

  // Reports the keys that nobody asked for.
  void finish();

  static bool is_single_stream(const Document& document, NodeId demand);

 private:
  common::Origin origin() const { return Document::key_origin(map_); }
  NodeId lookup(std::string_view key);
  bool is_map(NodeId node);
  void missing(std::string_view key, std::string_view doc);
  void read_sources(NodeId node, common::Entries<supply::SourceSpec>& entries);
  void settle_shares(NodeId node, common::Entries<supply::SourceSpec>& entries);

  template <class T>
  void read_field(NodeId node, const Limits& limits, common::Field<T>& field) {
    field.origin = Document::value_origin(node);
    field.stated = read_value(context_, node, limits, field.value);
  }

  template <class T>
  void read_spec(NodeId node, const Limits& limits, common::Field<T>& field) {
    read_field(node, limits, field);
  }
  template <class T>
  void read_spec(NodeId node, const Limits&, T& spec) {
    StructReader reader(context_, node, !is_map(node));
    describe(reader, spec);
    reader.finish();
  }

  template <class T>
  void add_entry(NodeId node, std::string_view name, const Limits& limits, common::Entries<T>& entries) {
    auto& entry = entries.list.emplace_back();
    entry.name = name;
    entry.origin = Document::key_origin(node);
    read_spec(node, limits, entry.spec);
  }

  template <class T>
  void read_entries(NodeId map, const Limits& limits, common::Entries<T>& entries) {
    entries.list.reserve(context_.document.count_children(map));
    for (const NodeId child : children(context_.document, map)) {
      add_entry(child, context_.document.at(child).key(), limits, entries);
    }
  }

  Context& context_;
  NodeId map_;
  bool absent_;
  std::vector<std::string_view> known_;
};

}  // namespace tierworks::reader
