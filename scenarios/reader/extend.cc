#include "scenarios/reader/extend.h"

#include <algorithm>

#include <fmt/format.h>

#include "scenarios/reader/merge.h"
#include "scenarios/reader/parse.h"
#include "scenarios/reader/text_file.h"

namespace tierworks::reader {
namespace {

class Loader {
 public:
  explicit Loader(Context& context) : context_(context) {}

  // `named_at` is the `extends:` that asks for the file, or kNoNode for the first one.
  NodeId file(const std::string& path, NodeId named_at) {
    const std::uint16_t source = context_.document.add_source({SourceKind::file, path, folder_of(path)});
    std::string fault;
    const auto text = read_text_file(path, kMostScenarioBytes, fault);
    if (!text) {
      if (named_at == kNoNode) {
        fault_at(context_.document, context_.faults, source, {}, fault);
      } else {
        context_.faults.at_value(named_at, fmt::format("{}: {}", quoted(context_.document.at(named_at).text()), fault));
      }
      return kNoNode;
    }
    chain_.push_back(identity_of(path));
    return this->text(*text, source);
  }

  NodeId text(std::string_view text, std::uint16_t source) {
    Document& document = context_.document;
    const NodeId root = parse_text(document, source, text, context_.faults);
    if (root == kNoNode) return kNoNode;
    if (document.at(root).kind != NodeKind::map) {
      context_.faults.at_value(
          root, fmt::format("got {}, expected a map that starts with `tierworks: 1`", found(document, root)));
      return kNoNode;
    }
    const NodeId extends = document.find(root, "extends");
    return extends == kNoNode ? root : extended(root, extends);
  }

 private:
  NodeId extended(NodeId root, NodeId extends) {
    Document& document = context_.document;
    const Node& name = document.at(extends);
    if (name.kind != NodeKind::scalar || name.text().empty()) {
      context_.faults.at_value(extends, fmt::format("got {}, expected the name of a scenario file like `cluster.yaml`",
                                                    found(document, extends)));
      return kNoNode;
    }
    const std::string path = joined(document.source(name.source).folder, name.text());
    if (std::find(chain_.begin(), chain_.end(), identity_of(path)) != chain_.end()) {
      context_.faults.at_value(extends, fmt::format("{} extends itself, by way of this file", quoted(name.text())));
      return kNoNode;
    }
    if (++length_ > kMostExtends) {
      context_.faults.at_value(
          extends, fmt::format("more than {} files extend each other, which is the limit; join some", kMostExtends));
      return kNoNode;
    }
    const NodeId base = file(path, extends);
    if (base == kNoNode) return kNoNode;
    document.remove(extends);
    merge_over(context_, base, root);
    document.at(base).source = document.at(root).source;
    document.at(base).mark = document.at(root).mark;
    return base;
  }

  Context& context_;
  std::vector<std::string> chain_;
  std::size_t length_ = 0;
};

}  // namespace

NodeId load_file(Context& context, const std::string& path) { return Loader(context).file(path, kNoNode); }

NodeId load_text(Context& context, std::string_view text, const std::string& name) {
  const std::uint16_t source = context.document.add_source({SourceKind::file, name, folder_of(name)});
  return Loader(context).text(text, source);
}

}  // namespace tierworks::reader
