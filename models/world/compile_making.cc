#include <algorithm>

#include "models/production/compile.h"
#include "models/world/compile_items.h"
#include "models/world/compiler.h"

namespace tierworks::world {

void Compiler::made(SiteId site) {
  const SiteSpec& s = spec_.sites.list[site.index].spec;
  const std::string& site_name = spec_.sites.list[site.index].name;
  std::map<std::string, LineId> lines;
  std::vector<std::string> line_names;
  for (const auto& entry : s.lines) {
    production::Line line = production::compile_line(entry.spec, context_);
    line.place = place_of(site);
    line.site = site;
    calendars_.apply(s.calendar, &entry.spec.calendar, &entry.spec.overtime, line);
    lines[entry.name] = model_->production.lines.add(line);
    model_->line_names.push_back(entry.name);
    line_names.push_back(entry.name);
  }
  for (const auto& entry : s.makes) {
    const auto item = context_.item_names.find(entry.name);
    if (!item) continue;
    production::Product product;
    product.place = place_of(site);
    product.site = site;
    product.item = *item;
    product.stock = stocks_.at({site, *item});
    product.process = core::stream_name(site_name, entry.name, "process");
    production::compile_product(entry.spec, context_, product);
    if (!entry.spec.line.stated) {
      production::Line unlimited;
      unlimited.place = place_of(site);
      unlimited.site = site;
      if (!product.in_shop) calendars_.apply(s.calendar, nullptr, nullptr, unlimited);
      product.line = model_->production.lines.add(unlimited);
      model_->line_names.emplace_back();
    } else if (const auto line = lines.find(*entry.spec.line); line != lines.end()) {
      product.line = line->second;
    } else {
      context_.diagnostics.error(entry.spec.line.origin,
                                 fmt::format("no line \"{}\" at this site{}", *entry.spec.line,
                                             line_names.empty() ? std::string("; declare it under `lines`")
                                                                : common::did_you_mean(*entry.spec.line, line_names)));
      continue;
    }
    product.components = components(site, *item, context_.items[item->index].bom, entry.origin);
    by_products(site, entry.spec, product);
    if (entry.spec.yield.stated) {
      const auto draws = core::stream_name(site_name, entry.name, "yield");
      product.yield = production::add_yield(*entry.spec.yield, draws, context_, model_->production);
    }
    production::compile_kit(entry.spec, context_, model_->production, product);
    const ProductId id = model_->production.products.add(product);
    if (product.in_shop) in_shops_.push_back({id, entry.name, &entry.spec.routing});
    product_of_[product.stock] = id;
    alternatives(site, site_name, entry, id, lines, line_names);
  }
  change_overs(s, site_name, lines);
}

void Compiler::alternatives(SiteId site, const std::string& site_name,
                            const common::Entries<production::MakesSpec>::Entry& entry, ProductId main,
                            const std::map<std::string, LineId>& lines, const std::vector<std::string>& line_names) {
  auto& production = model_->production;
  const production::MakesSpec& makes = entry.spec;
  const bool dated = makes.valid_from.stated || makes.valid_until.stated;
  if (makes.alternatives.empty()) {
    if (makes.choose.stated || dated) {
      context_.diagnostics.error(
          makes.choose.stated ? makes.choose.origin : entry.origin,
          "got a choice among ways, or dates of one, where there is one way only; expected `alternatives`, too");
    }
    return;
  }
  if (makes.routing.stated) {
    context_.diagnostics.error(makes.routing.origin,
                               "got `alternatives` of what is made on a shop floor; expected a `line` and a `time`");
    return;
  }
  const auto way_of = [&](ProductId id, const production::MakesSpec& spec) {
    production::Way way{.product = id};
    if (spec.valid_from.stated) way.valid_from = context_.instant(*spec.valid_from, spec.valid_from.origin);
    if (spec.valid_until.stated) way.valid_until = context_.instant(*spec.valid_until, spec.valid_until.origin);
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
    product.process = core::stream_name(site_name, entry.name + "/" + alternative.name, "process");
    production::compile_product(spec, context_, product);
    if (alternative.spec.line.stated) {
      const auto line = lines.find(*spec.line);
      if (line == lines.end()) {
        context_.diagnostics.error(spec.line.origin, fmt::format("no line \"{}\" at this site{}", *spec.line,
                                                                 common::did_you_mean(*spec.line, line_names)));
        continue;
      }
      product.line = line->second;
    }
    const auto& bill = alternative.spec.bom;
    product.components = components(site, product.item,
                                    bill.empty() ? context_.items[product.item.index].bom
                                                 : compile_amounts(bill, context_.items[product.item.index], context_),
                                    alternative.origin);
    product.also = first.also;
    if (spec.yield.stated) {
      const auto draws = core::stream_name(site_name, entry.name + "/" + alternative.name, "yield");
      product.yield = production::add_yield(*spec.yield, draws, context_, production);
    }
    production::MakesSpec kit = spec;  // what the entry itself says wrong was said there
    kit.batch.stated = alternative.spec.batch.stated;
    kit.as_available = false;
    production::compile_kit(kit, context_, production, product);
    ways.push_back(way_of(production.products.add(product), spec));
  }
  always_a_way(ways, entry.origin);
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

void Compiler::always_a_way(const std::vector<production::Way>& ways, Origin origin) {
  std::vector<core::Instant> edges{core::Instant{0}};
  for (const production::Way& way : ways) edges.push_back(way.valid_until);
  for (const core::Instant edge : edges) {
    if (!(edge < core::Instant{0} + context_.time_frame.length)) continue;
    if (std::any_of(ways.begin(), ways.end(), [&](const auto& way) { return way.valid(edge); })) continue;
    context_.diagnostics.error(origin, fmt::format("got no way to make it that is valid at {:g} d after the start, "
                                                   "expected one at each time of the run",
                                                   core::in_days(edge - core::Instant{0})));
    return;
  }
}

void Compiler::change_overs(const SiteSpec& s, const std::string& site_name,
                            const std::map<std::string, LineId>& lines) {
  for (const auto& entry : s.lines) {
    const LineId id = lines.at(entry.name);
    std::vector<std::pair<std::string, ProductId>> products;
    for (std::uint32_t i = 0; i < model_->production.products.size() && entry.spec.change_over.stated; ++i) {
      const production::Product& product = model_->production.products[ProductId{i}];
      if (product.line == id) products.emplace_back(context_.item_names.of(product.item), ProductId{i});
    }
    production::compile_change_overs(entry.spec, products, core::stream_name(site_name, entry.name, "change-over"),
                                     context_, model_->production, model_->production.lines[id]);
  }
}

void Compiler::by_products(SiteId site, const production::MakesSpec& spec, production::Product& product) {
  auto& all = model_->production.by_products;
  product.also.first = static_cast<std::uint32_t>(all.size());
  for (const auto& part : compile_amounts(spec.also, context_.items[product.item.index], context_)) {
    if (part.item == product.item) {
      context_.diagnostics.error(spec.also.list.front().origin,
                                 "got the product itself as its by-product; expected other items");
      continue;
    }
    all.push_back({stocks_.at({site, part.item}), part.per_unit});
  }
  product.also.last = static_cast<std::uint32_t>(all.size());
}

core::Range Compiler::components(SiteId site, ItemId item, const std::vector<common::Item::Component>& bill,
                                 Origin origin) {
  auto& all = model_->production.components;
  const auto first = static_cast<std::uint32_t>(all.size());
  const common::Item& product = context_.items[item.index];
  if (bill.size() > production::kMostComponents) {
    context_.diagnostics.error(
        origin, fmt::format("got {} components in the bill of materials of \"{}\", expected at most {}", bill.size(),
                            product.name, production::kMostComponents));
  }
  for (const auto& part : bill) {
    const auto stock = stocks_.find({site, part.item});
    if (stock == stocks_.end()) {
      context_.diagnostics.error(
          origin, fmt::format("the bill of materials of \"{}\" needs \"{}\", which this site neither buys "
                              "nor makes; expected it under `buys`",
                              product.name, context_.items[part.item.index].name));
      continue;
    }
    all.push_back({stock->second, part.per_unit, context_.items[part.item.index].attrition});
  }
  return {first, static_cast<std::uint32_t>(all.size())};
}

bool Compiler::has_releases() const {
  return std::any_of(spec_.sites.begin(), spec_.sites.end(),
                     [](const auto& site) { return !site.spec.factory.releases.empty(); });
}

void Compiler::factories() {
  model_->factory.factory_of_site.assign(spec_.sites.size(), core::Id<int>::none_index);
  for (std::uint32_t i = 0; i < spec_.sites.size(); ++i) {
    const auto& site = spec_.sites.list[i];
    const SiteId id{i};
    factory::Where where{id, place_of(id), site.name, site.origin};
    where.makes_to_order = std::any_of(in_shops_.begin(), in_shops_.end(), [&](const InShop& made) {
      return model_->production.products[made.product].site == id;
    });
    factory::compile_factory(site.spec.factory, where, context_, model_->factory);
    for (const InShop& made : in_shops_) {
      production::Product& product = model_->production.products[made.product];
      if (product.site == id) in_shop(made, where, product);
    }
  }
}

void Compiler::in_shop(const InShop& made, const factory::Where& where, production::Product& product) {
  const auto release = factory::compile_wanted(made.item, *made.routing, where, context_, model_->factory);
  if (!release) return;
  factory::Release& row = model_->factory.releases[*release];
  row.product = made.product;
  product.release = release->index;
  const double pieces = std::max(1.0, static_cast<double>(product.batch) * product.resolution);
  product.time = core::compile(
      core::DistributionSpec::constant(factory::mean_work(model_->factory, row.routing, pieces)), context_.tables);
}

void Compiler::lines_to_stocks() {
  std::vector<std::vector<StockId>> of_line(model_->production.lines.size());
  for (const auto& product : model_->production.products) of_line[product.line.index].push_back(product.stock);
  for (const auto& stocks : of_line) {
    const auto first = static_cast<std::uint32_t>(model_->supply.line_stocks.size());
    model_->supply.line_stocks.insert(model_->supply.line_stocks.end(), stocks.begin(), stocks.end());
    model_->supply.stocks_of_line.push_back({first, static_cast<std::uint32_t>(model_->supply.line_stocks.size())});
  }
}

}  // namespace tierworks::world
