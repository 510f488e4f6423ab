#include "scenarios/reader/like_count.h"

#include <optional>
#include <unordered_set>

#include <fmt/format.h>

#include "scenarios/reader/merge.h"
#include "scenarios/reader/phrases.h"

namespace tierworks::reader {
namespace {

// `like:` within one map of entries. Chains are followed by a loop, so that their length is no matter of the stack.
class Likes {
 public:
  Likes(Context& context, NodeId map) : context_(context), document_(context.document), map_(map) {}

  void run() {
    std::vector<NodeId> asking;
    for (const NodeId entry : children(document_, map_)) {
      if (document_.find(entry, "like") != kNoNode) asking.push_back(entry);
    }
    if (asking.empty()) return;
    index_.emplace(document_, map_);
    for (const NodeId entry : asking) resolve(entry);
  }

 private:
  void resolve(NodeId entry) {
    std::vector<NodeId> chain{entry};
    std::unordered_set<NodeId> on_chain{entry};
    for (;;) {
      const NodeId like = document_.find(chain.back(), "like");
      if (like == kNoNode) break;
      const NodeId sibling = sibling_of(like);
      if (sibling != kNoNode && !on_chain.insert(sibling).second) {
        context_.faults.at_value(
            like, fmt::format("{} is like itself, by way of this entry", quoted(document_.at(like).text())));
      } else if (sibling != kNoNode) {
        chain.push_back(sibling);
        continue;
      }
      document_.remove(like);
      break;
    }
    for (std::size_t i = chain.size() - 1; i-- > 0;) {
      if (!take_over(chain[i], chain[i + 1])) return;
    }
  }

  NodeId sibling_of(NodeId like) {
    const Node& node = document_.at(like);
    const std::string where = document_.path_of(map_);
    if (node.kind != NodeKind::scalar || node.is_empty()) {
      context_.faults.at_value(
          like, fmt::format("got {}, expected the name of another entry of {}", found(document_, like), where));
      return kNoNode;
    }
    const NodeId sibling = index_->find(node.text());
    if (sibling == kNoNode) {
      context_.faults.at_value(like, fmt::format("no {} in {}{}", quoted(node.text()), where,
                                                 suggestion(context_, node.text(), document_.keys(map_))));
    }
    return sibling;
  }

  bool take_over(NodeId entry, NodeId sibling) {
    const NodeId base = copied(context_, sibling);
    if (base == kNoNode) return false;
    if (const NodeId count = document_.find(base, "count"); count != kNoNode) document_.remove(count);
    document_.remove(document_.find(entry, "like"));
    merge_over(context_, base, entry);
    document_.take_children(entry, base);
    return true;
  }

  Context& context_;
  Document& document_;
  NodeId map_;
  std::optional<MapIndex> index_;
};

// How many copies an entry wants; 0 after a fault.
std::int64_t wanted_copies(Context& context, NodeId count) {
  const Node& node = context.document.at(count);
  std::string expected;
  const auto copies = parse_integer(node.text(), expected);
  if (node.kind == NodeKind::scalar && copies && *copies >= 1 && *copies <= kMostCount) return *copies;
  context.faults.at_value(
      count, fmt::format("got {}, expected an integer from 1 to {}", found(context.document, count), kMostCount));
  return 0;
}

}  // namespace

void expand_likes(Context& context, NodeId root) {
  for (const std::string_view key : {"items", "sites", "lanes", "demand"}) {
    const NodeId map = context.document.find(root, key);
    if (map != kNoNode && context.document.at(map).kind == NodeKind::map) Likes(context, map).run();
  }
}

void expand_counts(Context& context, NodeId root) {
  Document& document = context.document;
  const NodeId sites = document.find(root, "sites");
  if (sites == kNoNode || document.at(sites).kind != NodeKind::map) return;
  bool any = false;
  std::vector<NodeId> entries;
  std::unordered_set<std::string> names;
  for (const NodeId site : children(document, sites)) {
    entries.push_back(site);
    const bool counted = document.find(site, "count") != kNoNode;
    any = any || counted;
    if (!counted) names.emplace(document.at(site).key());
  }
  if (!any) return;
  document.clear_children(sites);
  for (const NodeId site : entries) {
    const NodeId count = document.find(site, "count");
    if (count == kNoNode) {
      document.append(sites, site);
      continue;
    }
    document.remove(count);
    const std::int64_t copies = wanted_copies(context, count);
    const std::string base(document.at(site).key());
    for (std::int64_t i = 1; i <= copies; ++i) {
      const std::string name = fmt::format("{}_{}", base, i);
      if (!names.insert(name).second) {
        context.faults.at_value(count, fmt::format("copy {} of {} would be a second site {}; rename one of them", i,
                                                   quoted(base), quoted(name)));
        break;
      }
      const NodeId copy = copied(context, site);
      if (copy == kNoNode) return;
      document.set_key(copy, name, document.at(site).key_mark);
      document.append(sites, copy);
    }
  }
}

}  // namespace tierworks::reader
