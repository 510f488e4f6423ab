// A dispatching rule: its words, `atc k 3`, `[priority, edd]`, or a formula of the user's own, alone or behind them:
// `{formula: "w / p", first: largest}`, `[priority, {formula: "p + WINQ"}]`.
#include <fmt/format.h>

#include "scenarios/reader/phrases.h"
#include "scenarios/reader/values.h"

namespace tierworks::reader {
namespace {

constexpr std::string_view kFormula = "a formula like `{formula: \"p + WINQ\"}`";

bool reject(Context& context, NodeId node, std::string_view expected) {
  context.faults.at_value(node, fmt::format("got {}, expected {}", found(context.document, node), expected));
  return false;
}

// {formula: TEXT, first: smallest | largest, k: NUMBER}
bool read_formula(Context& context, NodeId id, factory::DispatchRule& rule) {
  const Document& document = context.document;
  const std::vector<std::string> known{"formula", "first", "k"};
  bool sound = true, has_formula = false;
  Limits positive;
  positive.positive = true;
  for (const NodeId child : children(document, id)) {
    const std::string_view key = document.at(child).key();
    if (key == "formula") {
      sound = read_value(context, child, {}, rule.formula) && sound;
      has_formula = true;
    } else if (key == "k") {
      sound = read_value(context, child, positive, rule.parameters.k) && sound;
    } else if (key == "first") {
      const std::string_view first = document.at(child).text();
      rule.largest_first = first == "largest";
      if (!rule.largest_first && first != "smallest") sound = reject(context, child, "`smallest` or `largest`");
    } else {
      context.faults.at_key(child, fmt::format("unknown key {}{} (known are {})", quoted(key),
                                               suggestion(context, key, known), fmt::join(known, ", ")));
      sound = false;
    }
  }
  if (!has_formula && sound) sound = reject(context, id, kFormula);
  rule.rule = factory::Rule::formula;
  return sound;
}

}  // namespace

bool read_value(Context& context, NodeId id, const Limits&, factory::DispatchRule& value) {
  const Document& document = context.document;
  factory::DispatchRule rule;
  if (document.at(id).kind == NodeKind::map) {
    if (!read_formula(context, id, rule)) return false;
    value = std::move(rule);
    return true;
  }
  std::string text(document.at(id).kind == NodeKind::sequence ? std::string_view{} : document.at(id).text());
  NodeId formula = kNoNode;
  if (document.at(id).kind == NodeKind::sequence) {
    for (const NodeId child : children(document, id)) {
      if (formula != kNoNode) return reject(context, child, "nothing behind a formula: it is the last of a rank list");
      if (document.at(child).kind == NodeKind::map) {
        formula = child;
      } else {
        text += (text.empty() ? "" : " ") + std::string(document.at(child).text());
      }
    }
  }
  std::string expected;
  if (!text.empty() || formula == kNoNode) {
    const auto parsed = parse_dispatch(text, expected);
    if (!parsed) return reject(context, id, expected);
    rule = *parsed;
    if (formula != kNoNode && rule.rule != factory::Rule::fifo) {
      return reject(context, formula, "one rule: a formula stands in the place of another");
    }
  }
  if (formula != kNoNode && !read_formula(context, formula, rule)) return false;
  value = std::move(rule);
  return true;
}

}  // namespace tierworks::reader
