// How orders are begun and products changed: `80 % kit`, `least_load`, `20 batches`, and times of change-overs.
#include <cmath>

#include <fmt/format.h>

#include "models/common/diagnostics.h"
#include "scenarios/reader/distribution_phrase.h"
#include "scenarios/reader/phrases.h"
#include "scenarios/reader/values.h"
#include "scenarios/reader/words.h"

namespace tierworks::reader {

std::optional<production::WayRule> parse_way_rule(std::string_view text, std::string& expected) {
  if (text == "priority") return production::WayRule::priority;
  if (text == "least_load") return production::WayRule::least_load;
  expected = "`priority` or `least_load`" + common::did_you_mean(text, {"priority", "least_load"});
  return std::nullopt;
}

std::optional<production::KitStart> parse_kit_start(std::string_view text, std::string& expected) {
  constexpr std::string_view wanted = "`full_kit`, a part of one like `80 % kit`, `any`, or `each_batch`";
  if (text == "each_batch") return production::KitStart{};
  if (text == "full_kit") return production::KitStart{.each_batch = false, .share = 1};
  if (text == "any") return production::KitStart{.each_batch = false, .share = 0};
  Words words(text);
  bool percent = false;
  const auto share = words.number_follows() ? words.share(percent) : std::nullopt;
  if (share && !(*share > 0 && *share <= 1)) {
    words.complain("a part of a kit lies above 0 % and is at most 100 %");
    return refuse(expected, wanted, words);
  }
  if (!share || !words.take("kit") || !words.done()) {
    expected = wanted;
    if (!share) expected += common::did_you_mean(text, {"full_kit", "any", "each_batch"});
    return std::nullopt;
  }
  return production::KitStart{.each_batch = false, .share = *share};
}

std::optional<production::Campaign> parse_campaign(std::string_view text, std::string& expected) {
  constexpr std::string_view wanted = "a campaign like `20 batches` or `8 h`";
  Words counted(text);
  const auto number = counted.number();
  if (number && (counted.take("batches") || counted.take("batch"))) {
    if (!(*number >= 1) || *number > 1e12 || *number != std::floor(*number)) {
      counted.complain("a number of batches is a whole one from 1 on");
      return refuse(expected, wanted, counted);
    }
    if (!counted.done()) return refuse(expected, wanted, counted);
    return production::Campaign{.batches = static_cast<std::int64_t>(*number)};
  }
  Words words(text);
  const auto time = duration_in(words);
  if (!time || !words.done()) return refuse(expected, wanted, words);
  return production::Campaign{.time = *time};
}

bool read_value(Context& context, NodeId id, const Limits& limits, production::ChangeOver& value) {
  const Document& document = context.document;
  const Node& node = document.at(id);
  constexpr std::string_view wanted =
      "a change-over time like `20 min`, or a map of the product before and the next like `{red: {white: 2 h}}`";
  production::ChangeOver times;
  if (node.kind == NodeKind::scalar && !node.is_empty()) {
    times.all_alike = true;
    if (!read_value(context, id, limits, times.time)) return false;
    value = std::move(times);
    return true;
  }
  bool good = node.kind == NodeKind::map;
  for (const NodeId from : children(document, id)) {
    if (document.at(from).kind != NodeKind::map) good = false;
  }
  if (!good) {
    context.faults.at_value(id, fmt::format("got {}, expected {}", found(document, id), wanted));
    return false;
  }
  for (const NodeId from : children(document, id)) {
    for (const NodeId to : children(document, from)) {
      auto& row = times.rows.emplace_back();
      row.from = document.at(from).key();
      row.to = document.at(to).key();
      good = read_value(context, to, limits, row.time) && good;
    }
  }
  if (good) value = std::move(times);
  return good;
}

}  // namespace tierworks::reader
