#include "scenarios/reader/overrides.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "scenarios/reader/parse.h"

namespace tierworks::reader {
namespace {

constexpr std::array<std::string_view, 12> kSections{"time",  "money", "run",    "compare",     "sweep",   "items",
                                                     "sites", "lanes", "demand", "disruptions", "targets", "measures"};
constexpr std::array<std::string_view, 5> kMapsOfSite{"buys", "makes", "sells", "stock", "lines"};
constexpr std::array<std::string_view, 2> kMapsOfItem{"pack", "bom"};
constexpr std::array<std::string_view, 4> kMapsOfDisruption{"lost", "then", "answers", "when"};

template <std::size_t N>
bool contains(const std::array<std::string_view, N>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// Maps that the language knows by name may be left out in the file; entries that the user names must be there.
bool may_be_absent(const std::vector<std::string>& steps, std::size_t i) {
  if (i == 0) return contains(kSections, steps[0]);
  if (i == 2 && steps[0] == "sites") return contains(kMapsOfSite, steps[2]);
  if (i == 2 && steps[0] == "disruptions") return contains(kMapsOfDisruption, steps[2]);
  return i == 2 && steps[0] == "items" && contains(kMapsOfItem, steps[2]);
}

std::string shortened(std::string_view text) {
  constexpr std::size_t kLongest = 80;
  return std::string(text.substr(0, kLongest));
}

}  // namespace

Overrides::Overrides(Context& context, const std::vector<std::string>& texts, const std::string& folder)
    : context_(context) {
  for (const std::string& text : texts) read(text, folder);
}

void Overrides::read(const std::string& text, const std::string& folder) {
  constexpr std::size_t kMostSteps = 32;
  Document& document = context_.document;
  const std::size_t equals = text.find('=');
  const std::string path = text.substr(0, equals);
  const std::uint16_t source = document.add_source({SourceKind::override, "--set " + shortened(path), folder});
  const auto fail = [&](std::string message) {
    fault_at(document, context_.faults, source, {1, 1}, std::move(message));
  };
  if (equals == std::string::npos || path.empty()) {
    return fail(fmt::format("got {}, expected `path=value` like `sites.plant.tier=2`", quoted(text)));
  }
  Override made;
  for (std::size_t first = 0; first <= path.size();) {
    const std::size_t dot = std::min(path.find('.', first), path.size());
    made.steps.push_back(path.substr(first, dot - first));
    first = dot + 1;
    if (made.steps.back().empty()) return fail("the path has an empty step; write one dot between two steps");
    if (made.steps.size() > kMostSteps) return fail(fmt::format("the path has more than {} steps", kMostSteps));
  }
  const std::string_view value = std::string_view(text).substr(equals + 1);
  if (value.find_first_not_of(" \t\r\n") == std::string_view::npos) {
    return fail("the value is missing; write `path=value`, or `path=~` to take the key away");
  }
  made.value = parse_text(document, source, value, context_.faults);
  if (made.value != kNoNode) overrides_.push_back(std::move(made));
}

std::size_t Overrides::follow(const Override& override, NodeId root, NodeId& at) const {
  const Document& document = context_.document;
  at = root;
  for (std::size_t i = 0; i + 1 < override.steps.size(); ++i) {
    const NodeId child = document.find(at, override.steps[i]);
    if (child == kNoNode) {
      // From here on everything is new: the next step must again be one that the language knows.
      for (std::size_t k = i; k + 1 < override.steps.size(); ++k) {
        if (!may_be_absent(override.steps, k)) return k;
      }
      return override.steps.size() - 1;
    }
    at = child;
    if (document.at(child).kind != NodeKind::map && !document.at(child).is_empty()) return i + 1;
  }
  return override.steps.size() - 1;
}

void Overrides::apply_what_fits(NodeId root) {
  for (Override& override : overrides_) {
    NodeId at = kNoNode;
    if (override.done || follow(override, root, at) + 1 != override.steps.size()) continue;
    if (context_.document.at(at).kind != NodeKind::map && !context_.document.at(at).is_empty()) continue;
    put(override, root);
    override.done = true;
  }
}

void Overrides::put(Override& override, NodeId root) {
  Document& document = context_.document;
  const std::uint16_t source = document.at(override.value).source;
  NodeId at = root;
  for (std::size_t i = 0; i + 1 < override.steps.size(); ++i) {
    NodeId child = document.find(at, override.steps[i]);
    if (child == kNoNode) {
      child = document.add(NodeKind::map, source, {1, 1});
      document.set_key(child, override.steps[i], {1, 1});
      document.append(at, child);
    }
    document.at(child).kind = NodeKind::map;
    at = child;
  }
  const std::string& last = override.steps.back();
  const NodeId before = document.find(at, last);
  if (document.at(override.value).is_tilde()) {
    if (before != kNoNode) {
      document.remove(before);
    } else {
      context_.faults.at_value(override.value, fmt::format("`~` takes nothing away: there is no {}{}", quoted(last),
                                                           suggestion(context_, last, document.keys(at))));
    }
    return;
  }
  document.set_key(override.value, last, {1, 1});
  if (before != kNoNode) {
    document.replace_content(before, override.value);
  } else {
    document.append(at, override.value);
  }
}

void Overrides::report_the_rest(NodeId root) {
  Document& document = context_.document;
  for (const Override& override : overrides_) {
    if (override.done) continue;
    NodeId at = kNoNode;
    const std::size_t reached = follow(override, root, at);
    const std::string& step = override.steps[reached];
    const auto ends = override.steps.begin() + static_cast<std::ptrdiff_t>(reached);
    const std::string where =
        reached == 0 ? "the scenario" : fmt::format("{}", fmt::join(override.steps.begin(), ends, "."));
    if (document.at(at).kind != NodeKind::map && !document.at(at).is_empty()) {
      context_.faults.at_value(
          override.value, fmt::format("{} is {}, and no map with a key {}", where, found(document, at), quoted(step)));
      continue;
    }
    std::vector<std::string> names;
    if (at == root) names.assign(kSections.begin(), kSections.end());
    // A map on the way that is not there yet holds nothing that could be meant.
    if (document.path_of(at) == where) names = document.keys(at);
    context_.faults.at_value(override.value,
                             fmt::format("no {} in {}{}", quoted(step), where, suggestion(context_, step, names)));
  }
}

}  // namespace tierworks::reader
