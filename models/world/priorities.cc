#include "models/world/priorities.h"

#include <map>
#include <vector>

#include <fmt/format.h>

namespace tierworks::world {

namespace {

void one_priority_a_class(const ScenarioSpec& spec, common::CompileContext& context) {
  struct First {
    std::int64_t priority;
    std::string stream;
  };
  std::map<std::string, First> classes;
  for (const auto& entry : spec.demand) {
    if (!entry.spec.customer_class.stated) continue;
    const auto [known, is_new] = classes.insert({*entry.spec.customer_class, {*entry.spec.priority, entry.name}});
    if (is_new || known->second.priority == *entry.spec.priority) continue;
    const auto in_words = [](std::int64_t priority) {
      return priority > 0 ? fmt::format("priority {}", priority) : std::string("no priority");
    };
    context.diagnostics.error(entry.spec.priority.origin,
                              fmt::format("got {} for class \"{}\", which has {} in stream \"{}\"; expected the same",
                                          in_words(*entry.spec.priority), known->first,
                                          in_words(known->second.priority), known->second.stream));
  }
}

// Where the scenario says how a stock is handed out.
common::Origin origin_of_rule(const ScenarioSpec& spec, const supply::Stock& stock, const std::string& item) {
  const SiteSpec& site = spec.sites.list[stock.site.index].spec;
  for (const auto& entry : site.stock) {
    if (entry.name == item && entry.spec.allocation.stated) return entry.spec.allocation.origin;
  }
  return site.allocation.origin;
}

}  // namespace

void check_priorities(const ScenarioSpec& spec, const Model& model, common::CompileContext& context) {
  one_priority_a_class(spec, context);
  for (std::uint32_t i = 0; i < model.demand.streams.size() && spec.demand.size() == model.demand.streams.size(); ++i) {
    const auto& stated = spec.demand.list[i].spec.priority;
    const supply::Stock& stock = model.supply.stocks[model.demand.streams[common::StreamId{i}].stock];
    if (!stated.stated || stock.allocation == supply::AllocationRule::priority) continue;
    context.diagnostics.note(
        stated.origin, "this priority changes nothing: the stock has another rule; `allocation: priority` follows it");
  }
  std::vector<bool> ranked(model.supply.stocks.size(), false);
  for (const demand::Stream& stream : model.demand.streams) {
    if (stream.priority != common::kLastPriority) ranked[stream.stock.index] = true;
  }
  for (const supply::Source& source : model.supply.sources) {
    const bool ranks = source.kind == supply::Source::Kind::stock && source.priority != common::kLastPriority;
    if (ranks) ranked[source.supplier_stock.index] = true;
  }
  // A rule of the whole site is of use if it is at one of its stocks.
  std::map<std::uint32_t, bool> used;  // by the origin's ticket
  for (std::uint32_t i = 0; i < model.supply.stocks.size(); ++i) {
    const supply::Stock& stock = model.supply.stocks[common::StockId{i}];
    if (stock.allocation != supply::AllocationRule::priority) continue;
    used[origin_of_rule(spec, stock, context.item_names.of(stock.item)).ticket] |= ranked[i];
  }
  for (const auto& [ticket, is_used] : used) {
    if (is_used) continue;
    context.diagnostics.error(
        common::Origin{ticket},
        "got an allocation by priority, but nobody who draws on it states one; expected `priority` at "
        "a stream, or `order_priority` at a purchase");
  }
}

}  // namespace tierworks::world
