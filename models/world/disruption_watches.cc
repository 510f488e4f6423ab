#include "models/world/disruption_watches.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "models/world/disruption_targets.h"

namespace tierworks::world {

using common::LineId;
using common::StockId;
using disruption::ConditionSpec;
using disruption::Target;

namespace {

bool any_stated(const ConditionSpec& when) {
  return when.of.stated || when.below.stated || when.above.stated || when.lasts.stated || when.every.stated ||
         when.after.stated;
}

// The line or work centre of "SITE/NAME" whose load is watched; false, and why, if there is no such.
bool find_line(const Target& target, common::Origin origin, const Model& model, common::CompileContext& context,
               disruption::Watch& watch) {
  const std::size_t slash = std::min(target.name.find('/'), target.name.size());
  const auto site = context.site(target.name.substr(0, slash), origin);
  if (!site) return false;
  const std::string name = target.name.substr(std::min(slash + 1, target.name.size()));
  std::vector<std::string> names;
  for (std::uint32_t i = 0; i < model.production.lines.size(); ++i) {
    const production::Line& line = model.production.lines[LineId{i}];
    if (line.site != *site || !line.named) continue;
    names.push_back(model.line_names[i]);
    if (names.back() != name) continue;
    watch.line = LineId{i};
    watch.place = line.place;
    return true;
  }
  for (std::uint32_t i = 0; i < model.factory.centres.size(); ++i) {
    const factory::WorkCentre& centre = model.factory.centres[factory::WorkCentreId{i}];
    if (centre.site != *site || centre.is_delay) continue;
    names.push_back(model.factory.centre_names[i]);
    if (names.back() != name) continue;
    watch.centre = i;
    watch.place = centre.place;
    return true;
  }
  context.diagnostics.error(origin, fmt::format("no line or work centre \"{}\" whose load could be looked at{}",
                                                target.name, common::did_you_mean(name, names)));
  return false;
}

}  // namespace

bool add_watch(const disruption::DisruptionSpec& spec, disruption::ShockId shock, const ScenarioSpec& scenario,
               Model& model, common::CompileContext& context) {
  const ConditionSpec& when = spec.when;
  if (!any_stated(when)) return false;
  const auto refuse = [&](common::Origin origin, const std::string& words) {
    context.diagnostics.error(origin, words);
    return false;
  };
  if (!when.of.stated) return refuse(when.of.origin, "the key \"of\" is missing: whose state is looked at");
  if (spec.at.stated) {
    return refuse(spec.at.origin, "got `at` and `when`, expected one of them: an instant, or a condition");
  }
  const std::vector<Target>& targets = when.of->list;
  const bool is_stock = targets.size() == 1 && targets.front().kind == Target::Kind::stock;
  const bool is_line = targets.size() == 1 && targets.front().kind == Target::Kind::line;
  if (!is_stock && !is_line) {
    return refuse(when.of.origin,
                  "expected one stock or one line to look at: `of: stock smt/mlcc`, `of: line smt/reflow`");
  }
  if (is_stock != when.below.stated || is_line != when.above.stated) {
    const bool both = when.below.stated && when.above.stated;
    return refuse(when.of.origin,
                  fmt::format("a {} is looked at with `{}`, {}", is_stock ? "stock" : "line",
                              is_stock ? "below: 200" : "above: 95 %", both ? "and that alone" : "which is missing"));
  }
  disruption::Watch watch;
  watch.shock = shock;
  watch.every = *when.every;
  watch.lasts = *when.lasts;
  watch.after = *when.after;
  if (is_stock) {
    const Things things = things_of(when.of, scenario, model, context);
    if (things.shut.empty()) return false;
    watch.stock = *things.shut.begin();
    watch.place = model.supply.stocks[watch.stock].place;
    watch.below = context.quantity(*when.below, model.supply.stocks[watch.stock].item, when.below.origin);
  } else {
    if (!find_line(targets.front(), when.of.origin, model, context, watch)) return false;
    watch.above = *when.above;
  }
  model.disruption.watches.add(watch);
  return true;
}

void add_watch_links(const Model& model, std::vector<MessageLink>& links) {
  for (const disruption::Watch& watch : model.disruption.watches) {
    const core::Range hits = model.disruption.shocks[watch.shock].hits;
    std::set<common::PlaceId> told;
    for (std::uint32_t i = hits.first; i < hits.last; ++i)
      told.insert(model.disruption.hits[disruption::HitId{i}].place);
    for (const common::PlaceId place : told) {
      links.push_back({watch.place.index, place.index, watch.after.ticks, "word of a disruption", 0});
    }
  }
}

}  // namespace tierworks::world
