#include "scenarios/reader/merge.h"

#include <optional>

#include <fmt/format.h>

namespace tierworks::reader {

void merge_over(Context& context, NodeId base, NodeId over) {
  constexpr std::size_t kSmall = 16;
  Document& document = context.document;
  std::optional<MapIndex> index;
  if (document.count_children(base) > kSmall) index.emplace(document, base);
  const auto entry = [&](std::string_view key) { return index ? index->find(key) : document.find(base, key); };
  std::vector<NodeId> added;
  std::vector<NodeId> removed;
  for (NodeId child = document.at(over).first, next = kNoNode; child != kNoNode; child = next) {
    next = document.at(child).next;
    const Node& node = document.at(child);
    const NodeId before = entry(node.key());
    if (node.is_tilde()) {
      if (before != kNoNode) {
        removed.push_back(before);
      } else {
        context.faults.at_key(child, fmt::format("`~` takes nothing away: there was no {} before{}", quoted(node.key()),
                                                 suggestion(context, node.key(), document.keys(base))));
      }
    } else if (before == kNoNode) {
      added.push_back(child);
    } else if (document.at(before).kind == NodeKind::map && (node.kind == NodeKind::map || node.is_empty())) {
      merge_over(context, before, child);
      Node& merged = document.at(before);
      merged.source = node.source;
      merged.mark = node.mark;
      merged.key_mark = node.key_mark;
    } else {
      document.replace_content(before, child);
    }
  }
  document.clear_children(over);
  for (const NodeId child : added) document.append(base, child);
  if (removed.empty()) return;
  document.remove_children_if(base, [&](NodeId child) {
    for (const NodeId gone : removed) {
      if (gone == child) return true;
    }
    return false;
  });
}

NodeId copied(Context& context, NodeId node) {
  const NodeId copy = context.document.copy(node);
  if (copy == kNoNode) {
    context.faults.at_key(node, fmt::format("with its copies the scenario grows beyond {} values, which is the limit; "
                                            "reduce `count:` or what each site holds",
                                            context.document.most_nodes()));
  }
  return copy;
}

}  // namespace tierworks::reader
