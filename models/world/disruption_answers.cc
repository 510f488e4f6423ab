#include <algorithm>

#include <fmt/format.h>

#include "models/world/disruption_compiler.h"

namespace tierworks::world {

namespace {

// An answer is a second source, or makes something work otherwise, or makes the shock shorter.
bool is_one_kind(const std::string& name, common::Origin origin, const disruption::AnswerSpec& spec,
                 common::CompileContext& context) {
  std::vector<std::string_view> stated;
  if (spec.add_source.stated) stated.push_back("`add_source`");
  if (spec.at.stated) stated.push_back("`at`");
  if (spec.shortens.stated) stated.push_back("`shortens`");
  if (stated.size() == 1) return true;
  context.diagnostics.error(
      origin,
      stated.empty()
          ? fmt::format("the answer \"{}\" has none of `add_source`, `at` and `shortens`, expected one of them", name)
          : fmt::format("the answer \"{}\" has {}, expected one of them", name, fmt::join(stated, " and ")));
  return false;
}

}  // namespace

void DisruptionCompiler::answer(const std::string& name, common::Origin origin, const disruption::AnswerSpec& spec,
                                const DisruptionSpec& shock, const Things& hit, ShockId id) {
  const disruption::AnswerId answer =
      model_.disruption.answers.add({.name = name,
                                     .shock = id,
                                     .cost = context_.payable(spec.cost),
                                     .cost_per_year = context_.payable(spec.cost_per_year)});
  disruption::Hit as{.shock = id, .place = {}, .answer = answer, .effects = {}, .losses = {}, .steps = {}};
  if (!is_one_kind(name, origin, spec, context_)) return;
  if (spec.shortens.stated) {
    help(spec, answer, shock);
    return;
  }
  std::vector<disruption::Step> steps;
  ramp(*spec.ramp, steps);
  if (spec.ramp.stated) steps.push_back({length_of(*spec.ramp), 1});
  if (spec.add_source.stated) {
    as.delay = *shock.known_after + (spec.qualified_after.stated ? *spec.qualified_after : *spec.after);
    add_source(spec, as, steps, hit);
    return;
  }
  as.delay = *shock.known_after +
             (spec.substitute.stated && spec.qualified_after.stated ? *spec.qualified_after : *spec.after);
  const Things things = things_of(spec.at);
  Drafts drafts;
  if (spec.capacity.stated) capacity(drafts, things, spec.capacity->share);
  if (spec.lead_time.stated) lead_time(drafts, things, spec.lead_time->share);
  if (spec.first.stated) first(drafts, things, spec);
  if (spec.substitute.stated) substitute(drafts, things, spec);
  if (drafts.empty() && context_.diagnostics.ok()) {
    context_.diagnostics.error(spec.at.origin,
                               "nothing would work otherwise; expected `capacity` of a site, line or item, "
                               "`lead_time` of a lane or site, who is served `first` by a stock or site, or a "
                               "`substitute` for makers or a demand");
  }
  as.rises = false;
  as.steps = add_steps(steps);
  add_hits(drafts, as);
}

// Early payment, people, spare parts: what is then left of the time down passes sooner.
void DisruptionCompiler::help(const disruption::AnswerSpec& spec, disruption::AnswerId answer,
                              const DisruptionSpec& shock) {
  const auto needless = [&](bool stated, common::Origin origin, std::string_view key) {
    if (!stated) return;
    context_.diagnostics.error(
        origin,
        fmt::format("got `{}` beside `shortens`, which takes effect at once and moves nothing but the end of the "
                    "disruption; expected it in an answer of its own",
                    key));
  };
  needless(spec.item.stated, spec.item.origin, "item");
  needless(spec.transit.stated, spec.transit.origin, "transit");
  needless(spec.capacity.stated, spec.capacity.origin, "capacity");
  needless(spec.lead_time.stated, spec.lead_time.origin, "lead_time");
  needless(spec.first.stated, spec.first.origin, "first");
  needless(spec.substitute.stated, spec.substitute.origin, "substitute");
  needless(spec.qualified_after.stated, spec.qualified_after.origin, "qualified_after");
  needless(spec.ramp.stated, spec.ramp.origin, "ramp");
  if (*spec.shortens <= 0) {
    context_.diagnostics.error(spec.shortens.origin, "it would spare no time, expected more than 0 %");
  }
  const core::Duration after = *shock.known_after + *spec.after;
  const core::Distribution lasts = context_.time(*shock.lasts);
  if (lasts.is_constant() && !(static_cast<double>(after.ticks) < core::mean_of(lasts, model_.tables))) {
    context_.diagnostics.note(
        spec.shortens.origin,
        "the disruption is over before this takes effect, so it spares nothing unless an exercise "
        "makes the disruption last longer");
  }
  help_.push_back({.answer = answer, .after = after, .share = *spec.shortens});
}

// Some customers and buyers of the stocks go before the others there.
void DisruptionCompiler::first(Drafts& drafts, const Things& things, const disruption::AnswerSpec& spec) {
  const Things chosen = things_of(spec.first);
  for (const StockId id : things.shut) {
    const supply::Stock& stock = model_.supply.stocks[id];
    std::set<std::pair<bool, std::uint32_t>> who;
    for (const StreamId stream : chosen.streams) {
      if (model_.demand.streams[stream].stock == id) who.insert({true, stream.index});
    }
    for (std::uint32_t i = 0; i < model_.supply.sources.size(); ++i) {
      const supply::Source& source = model_.supply.sources[SourceId{i}];
      const bool is_chosen = source.kind == supply::Source::Kind::stock && source.supplier_stock == id &&
                             chosen.sites.contains(model_.supply.stocks[source.buyer].site.index);
      if (is_chosen) who.insert({false, i});
    }
    if (who.empty()) continue;
    if (stock.divides()) {
      context_.diagnostics.error(spec.first.origin,
                                 fmt::format("\"{}\" shares \"{}\" among all who wait, so nobody can be first; "
                                             "expected `allocation` by another rule there",
                                             context_.site_names.of(stock.site), context_.item_names.of(stock.item)));
      continue;
    }
    const auto [known, is_new] = favoured_.insert({id, who});
    if (!is_new && known->second != who) {
      context_.diagnostics.error(spec.first.origin,
                                 fmt::format("another answer puts others first at \"{}\"; expected the same ones",
                                             context_.site_names.of(stock.site)));
    }
    for (const auto& [is_stream, index] : who) {
      if (is_stream) {
        model_.demand.streams[StreamId{index}].favoured = true;
      } else {
        model_.supply.sources[SourceId{index}].favoured = true;
      }
    }
    effect(drafts, stock.place, Lever::stock_favours, id.index, 0);
  }
  if (drafts.empty() && context_.diagnostics.ok()) {
    context_.diagnostics.error(spec.first.origin,
                               "none of these orders from a stock under `at`; expected customers (`demand NAME`, "
                               "`region NAME`) or buyers (`site NAME`) of it");
  }
}

bool DisruptionCompiler::contains(core::Range components, common::ItemId item) const {
  for (std::uint32_t i = components.first; i < components.last; ++i) {
    if (model_.supply.stocks[model_.production.components[i].stock].item == item) return true;
  }
  return false;
}

// Makers build in, and customers are offered, another item where the one they want is missing.
void DisruptionCompiler::substitute(Drafts& drafts, const Things& things, const disruption::AnswerSpec& spec) {
  if (!spec.item.stated) {
    context_.diagnostics.error(spec.substitute.origin, "the key \"item\" is missing: what it stands for");
    return;
  }
  if (spec.ramp.stated) {
    context_.diagnostics.error(spec.ramp.origin,
                               "got `ramp` beside `substitute`, which is there from one instant on; expected "
                               "`qualified_after`, and `capacity` at the supplier of the substitute");
  }
  const auto item = context_.item(*spec.item, spec.item.origin);
  const auto other = context_.item(*spec.substitute, spec.substitute.origin);
  if (!item || !other || !context_.diagnostics.ok()) return;
  if (*item == *other) {
    context_.diagnostics.error(spec.substitute.origin, "got the item itself as its substitute, expected another");
    return;
  }
  bool on_shop_floor = false;
  for (const ProductId id : things.products) {
    const production::Product& product = model_.production.products[id];
    on_shop_floor = on_shop_floor || (product.in_shop && contains(product.components, *item));
    if (!product.in_reserve || !contains(product.components, *other)) continue;
    effect(drafts, product.place, Lever::way_rest, id.index, 0);
  }
  for (const StreamId id : things.streams) {
    const demand::Stream& stream = model_.demand.streams[id];
    for (std::uint32_t i = stream.substitutes.first; i < stream.substitutes.last; ++i) {
      const demand::Substitute& row = model_.demand.substitutes[i];
      const bool is_it = row.in_reserve && model_.supply.stocks[row.stock].item == *other;
      if (is_it && stream.item == *item) effect(drafts, stream.place, Lever::offer_rest, i, 0);
    }
  }
  if (!drafts.empty()) return;
  context_.diagnostics.error(
      spec.item.origin,
      on_shop_floor ? fmt::format("\"{}\" is built in on a shop floor, where lots have one bill of materials; expected "
                                  "makers with a `line` or a `time`",
                                  *spec.item)
                    : fmt::format("nobody under `at` builds in, or orders, \"{}\"", *spec.item));
}

void DisruptionCompiler::add_source(const disruption::AnswerSpec& spec, disruption::Hit as,
                                    const std::vector<disruption::Step>& steps, const Things& hit) {
  if (!spec.item.stated) {
    context_.diagnostics.error(spec.add_source.origin, "the key \"item\" is missing: what the added source supplies");
    return;
  }
  const auto site = context_.site(*spec.add_source, spec.add_source.origin);
  const auto item = context_.item(*spec.item, spec.item.origin);
  if (!site || !item) return;
  Drafts ready;
  std::set<OfferId> offers;
  for (std::uint32_t i = 0; i < model_.supply.sources.size(); ++i) {
    const supply::Source& source = model_.supply.sources[SourceId{i}];
    const supply::Stock& buyer = model_.supply.stocks[source.buyer];
    if (!source.in_reserve || buyer.item != *item || source.supplier_place.index != site->index) continue;
    if (!buys_from(source.buyer, hit)) continue;
    effect(ready, buyer.place, Lever::source_rest, i, 0);
    if (source.kind == supply::Source::Kind::offer) offers.insert(source.offer);
  }
  if (ready.empty()) {
    if (!hit.any()) return;
    if (supplies_already(*site, *item, hit)) {
      context_.diagnostics.note(
          spec.add_source.origin,
          fmt::format("\"{}\" supplies \"{}\" already, so this answer adds nothing", *spec.add_source, *spec.item));
      return;
    }
    context_.diagnostics.error(spec.item.origin, fmt::format("nobody buys \"{}\" from what is hit", *spec.item));
    return;
  }
  add_hits(ready, as);
  if (steps.empty()) return;
  Drafts ramped;
  for (const OfferId id : offers) {
    model_.supply.offers[id].stoppable = true;
    effect(ramped, model_.supply.offers[id].place, Lever::offer_pace, id.index, 0);
  }
  as.steps = add_steps(steps);
  add_hits(ramped, as);
}

// To somebody who also buys it from what is hit.
bool DisruptionCompiler::supplies_already(common::SiteId site, common::ItemId item, const Things& hit) const {
  for (const supply::Source& source : model_.supply.sources) {
    const supply::Stock& buyer = model_.supply.stocks[source.buyer];
    if (buyer.item == item && source.supplier_place.index == site.index && buys_from(source.buyer, hit)) return true;
  }
  return false;
}

bool DisruptionCompiler::buys_from(StockId buyer, const Things& hit) const {
  const core::Range range = model_.supply.stocks[buyer].sources;
  for (std::uint32_t i = range.first; i < range.last; ++i) {
    const supply::Source& source = model_.supply.sources[SourceId{i}];
    if (source.in_reserve) continue;
    if (source.kind == supply::Source::Kind::offer && hit.offers.contains(source.offer)) return true;
    if (source.kind == supply::Source::Kind::stock && hit.shut.contains(source.supplier_stock)) return true;
    for (const ProductId id : hit.products) {
      const bool makes =
          source.kind == supply::Source::Kind::stock && model_.production.products[id].stock == source.supplier_stock;
      if (makes) return true;
    }
  }
  return false;
}

}  // namespace tierworks::world
