#include "models/world/compile_ways.h"

#include <algorithm>

#include <fmt/format.h>

#include "models/production/compile.h"
#include "models/world/compile_items.h"

namespace tierworks::world {

using common::LineId;
using common::ProductId;

namespace {

// At each instant of the run an order must have somewhere to go.
void always_a_way(const std::vector<production::Way>& ways, const production::Model& model, common::Origin origin,
                  common::CompileContext& context) {
  std::vector<core::Instant> edges{core::Instant{0}};
  for (const production::Way& way : ways) edges.push_back(way.valid_until);
  for (const core::Instant edge : edges) {
    if (!(edge < core::Instant{0} + context.time_frame.length)) continue;
    const auto is_open = [&](const production::Way& way) {
      return way.valid(edge) && !model.products[way.product].in_reserve;
    };
    if (std::any_of(ways.begin(), ways.end(), is_open)) continue;
    context.diagnostics.error(origin, fmt::format("got no way to make it that is valid at {:g} d after the start, "
                                                  "expected one at each time of the run",
                                                  core::in_days(edge - core::Instant{0})));
    return;
  }
}

}  // namespace

void compile_alternatives(const common::Entries<production::MakesSpec>::Entry& entry, ProductId main,
                          const MakingSite& site, Model& model, common::CompileContext& context) {
  auto& production = model.production;
  const production::MakesSpec& makes = entry.spec;
  const bool dated = makes.valid_from.stated || makes.valid_until.stated;
  if (makes.alternatives.empty()) {
    if (makes.choose.stated || dated) {
      context.diagnostics.error(
          makes.choose.stated ? makes.choose.origin : entry.origin,
          "got a choice among ways, or dates of one, where there is one way only; expected `alternatives`, too");
    }
    return;
  }
  if (makes.routing.stated) {
    context.diagnostics.error(makes.routing.origin,
                              "got `alternatives` of what is made on a shop floor; expected a `line` and a `time`");
    return;
  }
  const auto way_of = [&](ProductId id, const production::MakesSpec& spec) {
    production::Way way{.product = id};
    if (spec.valid_from.stated) way.valid_from = context.instant(*spec.valid_from, spec.valid_from.origin);
    if (spec.valid_until.stated) way.valid_until = context.instant(*spec.valid_until, spec.valid_until.origin);
    return way;
  };
  std::vector<production::Way> ways{way_of(main, makes)};
  for (const auto& alternative : makes.alternatives) {
    const production::MakesSpec spec = production::as_written(makes, alternative.spec);
    production::Product product;
    const production::Product& first = production.products[main];
    product.place = first.place;
    product.site = first.site;
    product.item = first.item;
    product.stock = first.stock;
    product.line = first.line;
    product.process = core::stream_name(site.name, entry.name + "/" + alternative.name, "process");
    production::compile_product(spec, context, product);
    if (alternative.spec.line.stated) {
      const auto line = site.lines.find(*spec.line);
      if (line == site.lines.end()) {
        std::vector<std::string> names;
        for (const auto& [name, id] : site.lines) names.push_back(name);
        context.diagnostics.error(spec.line.origin, fmt::format("no line \"{}\" at this site{}", *spec.line,
                                                                common::did_you_mean(*spec.line, names)));
        continue;
      }
      product.line = line->second;
    }
    const auto& bill = alternative.spec.bom;
    product.components =
        site.components(bill.empty() ? context.items[product.item.index].bom
                                     : compile_amounts(bill, context.items[product.item.index], context),
                        alternative.origin);
    product.also = first.also;
    product.in_reserve = alternative.spec.in_reserve;
    if (product.in_reserve) production.reserves = true;
    if (spec.yield.stated) {
      const auto draws = core::stream_name(site.name, entry.name + "/" + alternative.name, "yield");
      product.yield = production::add_yield(*spec.yield, draws, context, production);
    }
    production::MakesSpec kit = spec;  // what the entry itself says wrong was said there
    kit.batch.stated = alternative.spec.batch.stated;
    kit.as_available = false;
    production::compile_kit(kit, context, production, product);
    ways.push_back(way_of(production.products.add(product), spec));
  }
  always_a_way(ways, production, entry.origin, context);
  const auto begin = static_cast<std::uint32_t>(production.ways.size());
  production.ways.insert(production.ways.end(), ways.begin(), ways.end());
  const bool by_load = *makes.choose == production::WayRule::least_load;
  for (const production::Way& way : ways) {
    production::Product& product = production.products[way.product];
    product.ways = {begin, static_cast<std::uint32_t>(production.ways.size())};
    product.by_load = by_load;
    if (by_load) production.lines[product.line].knows_load = true;
  }
}

void compile_change_overs(const SiteSpec& spec, const std::string& site, const std::map<std::string, LineId>& lines,
                          std::size_t first, Model& model, common::CompileContext& context) {
  for (const auto& entry : spec.lines) {
    const LineId id = lines.at(entry.name);
    std::vector<std::pair<std::string, ProductId>> products;
    for (auto i = static_cast<std::uint32_t>(first);
         i < model.production.products.size() && entry.spec.change_over.stated; ++i) {
      const production::Product& product = model.production.products[ProductId{i}];
      if (product.line == id) products.emplace_back(context.item_names.of(product.item), ProductId{i});
    }
    production::compile_change_overs(entry.spec, products, core::stream_name(site, entry.name, "change-over"), context,
                                     model.production, model.production.lines[id]);
  }
}

}  // namespace tierworks::world
