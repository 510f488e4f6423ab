#include "scenarios/reader/patterns.h"

#include <unordered_map>
#include <unordered_set>

#include <fmt/format.h>

#include "scenarios/reader/merge.h"
#include "scenarios/reader/visitor.h"

namespace tierworks::reader {
namespace {

// The names of one map, and which of them a pattern means; each pattern is matched once.
class Names {
 public:
  Names(Context& context, NodeId root, std::string_view key, std::string_view kind) : context_(context), kind_(kind) {
    const NodeId map = context.document.find(root, key);
    if (map != kNoNode) names_ = context.document.keys(map);
  }

  // Empty after a fault at `written`.
  const std::vector<std::string>& matching(std::string_view pattern, common::Origin written) {
    const auto [place, is_new] = matches_.try_emplace(std::string(pattern));
    if (is_new) {
      for (const std::string& name : names_) {
        if (matches(pattern, name)) place->second.push_back(name);
      }
    }
    if (place->second.empty()) {
      context_.faults.add(written, fmt::format("no {} matches the pattern {}{}", kind_, quoted(pattern),
                                               suggestion(context_, pattern, names_)));
    }
    return place->second;
  }

 private:
  Context& context_;
  std::string_view kind_;
  std::vector<std::string> names_;
  std::unordered_map<std::string, std::vector<std::string>> matches_;
};

void expand_keys(Context& context, NodeId map, Names& items) {
  Document& document = context.document;
  if (map == kNoNode || document.at(map).kind != NodeKind::map) return;
  std::vector<NodeId> patterns;
  for (const NodeId entry : children(document, map)) {
    if (is_pattern(document.at(entry).key())) patterns.push_back(entry);
  }
  if (patterns.empty()) return;
  document.remove_children_if(map, [&](NodeId entry) { return is_pattern(document.at(entry).key()); });
  const NodeId made = document.add(NodeKind::map, document.at(map).source, document.at(map).mark);
  std::unordered_map<std::string, NodeId> entries;
  for (const NodeId pattern : patterns) {
    const std::string key(document.at(pattern).key());
    for (const std::string& item : items.matching(key, Document::key_origin(pattern))) {
      const NodeId copy = copied(context, pattern);
      if (copy == kNoNode) return;
      document.set_key(copy, item, document.at(pattern).key_mark);
      const auto [before, is_new] = entries.emplace(item, copy);
      if (is_new) {
        document.append(made, copy);
      } else if (document.at(before->second).kind == NodeKind::map && document.at(copy).kind == NodeKind::map) {
        merge_over(context, before->second, copy);
      } else {
        document.replace_content(before->second, copy);
      }
    }
  }
  merge_over(context, made, map);
  document.take_children(map, made);
}

// `from:` of one purchase by the site `buyer`.
void expand_from(Context& context, NodeId from, std::string_view buyer, Names& sites) {
  Document& document = context.document;
  const auto others = [&](NodeId written, std::string_view pattern) {
    std::vector<std::string> names;
    const auto& all = sites.matching(pattern, Document::value_origin(written));
    for (const std::string& name : all) {
      if (name != buyer) names.push_back(name);
    }
    if (names.empty() && !all.empty()) {
      context.faults.at_value(written, fmt::format("the pattern {} matches the buying site only", quoted(pattern)));
    }
    return names;
  };
  if (document.at(from).kind == NodeKind::map) {
    for (const NodeId child : children(document, from)) {
      if (!is_pattern(document.at(child).key())) continue;
      context.faults.at_key(child,
                            fmt::format("a pattern {} cannot have a share of its own; write `from: {}` or a list "
                                        "for equal shares",
                                        quoted(document.at(child).key()), document.at(child).key()));
    }
    return;
  }
  std::vector<NodeId> written{from};
  if (document.at(from).kind == NodeKind::sequence) {
    written.clear();
    for (const NodeId child : children(document, from)) written.push_back(child);
  }
  bool any = false;
  std::unordered_set<std::string> seen;  // a name that is written out is not taken a second time by a pattern
  for (const NodeId node : written) {
    const bool pattern = document.at(node).kind == NodeKind::scalar && is_pattern(document.at(node).text());
    any = any || pattern;
    if (!pattern) seen.emplace(document.at(node).text());
  }
  if (!any) return;
  const NodeId list = document.add(NodeKind::sequence, document.at(from).source, document.at(from).mark);
  for (const NodeId node : written) {
    if (document.at(node).kind != NodeKind::scalar || !is_pattern(document.at(node).text())) {
      const NodeId copy = copied(context, node);
      if (copy == kNoNode) return;
      document.append(list, copy);
      continue;
    }
    for (const std::string& name : others(node, document.at(node).text())) {
      if (!seen.insert(name).second) continue;
      if (document.full()) return;
      document.append(list, document.add_scalar(document.at(node).source, document.at(node).mark, name, true));
    }
  }
  if (document.at(list).first == kNoNode) return;  // already reported
  document.at(from).kind = NodeKind::sequence;
  document.take_children(from, list);
}

struct Stream {
  std::string name;
  NodeId node = kNoNode;
};

// One stream for each name that the scalar `key` of a stream means.
std::vector<Stream> spread(Context& context, const Stream& stream, std::string_view key, char joint, Names& names) {
  Document& document = context.document;
  const NodeId value = document.find(stream.node, key);
  if (value == kNoNode || document.at(value).kind != NodeKind::scalar || !is_pattern(document.at(value).text())) {
    return {stream};
  }
  std::vector<Stream> streams;
  for (const std::string& name : names.matching(document.at(value).text(), Document::value_origin(value))) {
    const NodeId copy = copied(context, stream.node);
    if (copy == kNoNode) break;
    document.set_text(document.find(copy, key), name);
    streams.push_back({stream.name + joint + name, copy});
  }
  return streams;
}

}  // namespace

bool is_pattern(std::string_view name) { return name.find_first_of("*?") != std::string_view::npos; }

bool matches(std::string_view pattern, std::string_view name) {
  const auto is_rest = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; };
  std::size_t p = 0;
  std::size_t n = 0;
  std::size_t star = std::string_view::npos;
  std::size_t star_at = 0;
  while (n < name.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      star_at = n;
    } else if (p < pattern.size() && pattern[p] == '?') {
      ++p;
      do ++n;
      while (n < name.size() && is_rest(name[n]));
    } else if (p < pattern.size() && pattern[p] == name[n]) {
      ++p;
      ++n;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      do ++star_at;
      while (star_at < name.size() && is_rest(name[star_at]));
      n = star_at;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

void expand_item_patterns(Context& context, NodeId root) {
  Document& document = context.document;
  const NodeId sites = document.find(root, "sites");
  if (sites == kNoNode) return;
  Names items(context, root, "items", "item");
  for (const NodeId site : children(document, sites)) {
    for (const std::string_view key : {"buys", "makes", "sells", "stock"}) {
      expand_keys(context, document.find(site, key), items);
    }
  }
}

void expand_source_patterns(Context& context, NodeId root) {
  Document& document = context.document;
  const NodeId sites = document.find(root, "sites");
  if (sites == kNoNode) return;
  Names names(context, root, "sites", "site");
  for (const NodeId site : children(document, sites)) {
    const NodeId buys = document.find(site, "buys");
    if (buys == kNoNode) continue;
    for (const NodeId purchase : children(document, buys)) {
      const NodeId from = document.find(purchase, "from");
      if (from != kNoNode) expand_from(context, from, document.at(site).key(), names);
    }
  }
}

void expand_demand_patterns(Context& context, NodeId root) {
  Document& document = context.document;
  const NodeId demand = document.find(root, "demand");
  if (demand == kNoNode || document.at(demand).kind != NodeKind::map) return;
  Names sites(context, root, "sites", "site");
  Names items(context, root, "items", "item");
  std::vector<Stream> written;
  const bool single = StructReader::is_single_stream(document, demand);
  if (single) {
    written.push_back({"demand", demand});
  } else {
    for (const NodeId stream : children(document, demand))
      written.push_back({std::string(document.at(stream).key()), stream});
  }
  std::vector<Stream> streams;
  for (const Stream& stream : written) {
    for (const Stream& at_site : spread(context, stream, "at", '@', sites)) {
      for (Stream& made : spread(context, at_site, "item", '/', items)) streams.push_back(std::move(made));
    }
  }
  if (single && streams.size() == 1 && streams.front().node == demand) return;
  document.clear_children(demand);
  for (const Stream& stream : streams) {
    document.set_key(stream.node, stream.name, document.at(stream.node).key_mark);
    document.append(demand, stream.node);
  }
}

void refuse_patterns_as_names(Context& context, NodeId root) {
  Document& document = context.document;
  for (const std::string_view key : {"items", "sites", "lanes", "demand"}) {
    const NodeId map = document.find(root, key);
    if (map == kNoNode) continue;
    for (const NodeId entry : children(document, map)) {
      if (!is_pattern(document.at(entry).key())) continue;
      context.faults.at_key(entry,
                            fmt::format("the name {} holds `*` or `?`, which only patterns do; choose another name",
                                        quoted(document.at(entry).key())));
    }
  }
}

}  // namespace tierworks::reader
