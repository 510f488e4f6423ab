#include "models/demand/compile.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>

#include <fmt/format.h>

#include "models/factory/compile.h"
#include "models/logistics/compile.h"
#include "models/production/compile.h"
#include "models/production/compile_calendar.h"
#include "models/supply/compile.h"
#include "models/world/answers.h"
#include "models/world/compile_items.h"
#include "models/world/demand_signals.h"
#include "models/world/disruptions.h"
#include "models/world/exchange.h"
#include "models/world/great_circle.h"
#include "models/world/lane_choice.h"
#include "models/world/model.h"
#include "models/world/periods.h"
#include "models/world/policies.h"
#include "models/world/priorities.h"
#include "models/world/ranges.h"
#include "models/world/safety_stocks.h"
#include "models/world/sharing.h"
#include "models/world/spec_hash.h"
#include "models/world/stock_graph.h"

namespace tierworks::world {

using common::CompileContext;
using common::Diagnostics;
using common::ItemId;
using common::LaneId;
using common::LineId;
using common::OfferId;
using common::Origin;
using common::PlaceId;
using common::ProductId;
using common::SiteId;
using common::SourceId;
using common::StockId;
using common::StreamId;

namespace {

PlaceId place_of(SiteId site) { return PlaceId{site.index}; }

constexpr std::size_t kMostSources = 16;

class Compiler {
 public:
  Compiler(const ScenarioSpec& spec, Diagnostics& diagnostics)
      : spec_(spec), model_(std::make_unique<Model>()), context_{diagnostics, model_->tables, {}, {}, {}, {}} {}

  std::unique_ptr<const Model> compile() {
    settings();
    compile_items(spec_, context_);
    for (const auto& site : spec_.sites) context_.site_names.add(site.name);
    if (spec_.sites.empty()) context_.diagnostics.error(spec_.version.origin, "got no `sites`, expected at least one");
    if (spec_.demand.empty() && !has_releases())
      context_.diagnostics.error(spec_.version.origin, "got no `demand`, expected at least one stream");
    for (std::uint32_t i = 0; i < spec_.sites.size(); ++i) offers_and_stocks(SiteId{i});
    lanes();
    for (std::uint32_t i = 0; i < spec_.sites.size(); ++i) made(SiteId{i});
    streams();
    factories();
    stocks_by_source();
    check_priorities(spec_, *model_, context_);
    compile_sharing(spec_, *model_, context_);
    check_exchange(spec_, *model_, context_);
    if (!context_.diagnostics.ok()) return nullptr;
    supply_cycles();
    if (!context_.diagnostics.ok()) return nullptr;
    lines_to_stocks();
    sites();
    compile_disruptions(spec_, *model_, context_);
    finish();
    compile_periods(spec_, *model_, context_.diagnostics);
    compile_echelons(spec_, *model_, context_);
    rank_successors(*model_);
    if (!context_.diagnostics.ok()) return nullptr;
    compute_policies(policies_, *model_, context_.diagnostics);
    compute_safety_stocks(safety_, *model_, context_.diagnostics);
    compile_demand_signals(signals_, *model_, context_.diagnostics);
    if (!context_.diagnostics.ok()) return nullptr;
    check_ranges(spec_, *model_, context_.diagnostics);
    if (!context_.diagnostics.ok()) return nullptr;
    return std::move(model_);
  }

 private:
  const supply::BuysSpec* buys_of(SiteId site, const std::string& item) const {
    for (const auto& entry : spec_.sites.list[site.index].spec.buys) {
      if (entry.name == item) return &entry.spec;
    }
    return nullptr;
  }

  void settings() {
    model_->name = spec_.name;
    model_->hash = spec_hash(spec_);
    model_->title = *spec_.title;
    model_->currency = *spec_.money.currency;
    model_->warm_up = *spec_.time.warm_up;
    model_->horizon = *spec_.time.horizon;
    context_.time_frame.length = model_->warm_up + model_->horizon;
    if (spec_.time.start.stated) {
      context_.time_frame.start_minutes = spec_.time.start->minutes;
      context_.time_frame.dated = true;
      model_->start = *spec_.time.start;
    }
    if (model_->warm_up > core::kLastInstant - core::Instant{0} - model_->horizon) {
      context_.diagnostics.error(spec_.time.horizon.origin,
                                 "got a warm-up and horizon of more than 571 yr together, which cannot be represented");
    }
  }

  // Stocks of everything that is bought or made at a site; what is only listed under `stock` has nothing to fill it.
  void offers_and_stocks(SiteId site) {
    const SiteSpec& s = spec_.sites.list[site.index].spec;
    const bool divides =
        *s.allocation == supply::AllocationRule::proportional || *s.allocation == supply::AllocationRule::equal;
    if (divides && *s.complete_orders_only) supply::cannot_divide(s.complete_orders_only.origin, context_);
    for (const auto& entry : s.sells) {
      const auto item = context_.item(entry.name, entry.origin);
      if (!item) continue;
      supply::Offer offer = supply::compile_offer(entry.spec, *item, context_);
      offer.place = place_of(site);
      offer.site = site;
      offers_[{site, *item}] = model_->supply.offers.add(offer);
    }
    std::set<ItemId> made;
    for (const auto& entry : s.makes) {
      if (const auto item = context_.item(entry.name, entry.origin)) {
        made.insert(*item);
        not_sold_too(site, *item, entry, "made");
        add_stock(site, *item);
      }
    }
    for (const auto& entry : s.buys) {
      const auto item = context_.item(entry.name, entry.origin);
      if (!item) continue;
      if (made.contains(*item)) {
        context_.diagnostics.error(entry.origin,
                                   fmt::format("item \"{}\" is both bought and made here; expected one of the two; "
                                               "to do both, make it at a second site and buy from there",
                                               entry.name));
        continue;
      }
      if (entry.spec.from.empty()) {
        context_.diagnostics.error(entry.origin, "the key \"from\" is missing: the supplier, or several");
      }
      not_sold_too(site, *item, entry, "bought");
      add_stock(site, *item);
    }
    for (const auto& entry : s.makes) {
      for (const auto& also : entry.spec.also) {
        const auto item = context_.item(also.name, also.origin);
        if (!item) continue;
        not_sold_too(site, *item, also, "made as a by-product");
        add_stock(site, *item);
      }
    }
    std::set<std::string> kept;
    for (const auto& entry : s.stock) {
      const auto item = context_.item(entry.name, entry.origin);
      if (!item) continue;
      const auto it = stocks_.find({site, *item});
      if (it == stocks_.end()) {
        const bool sold = offers_.contains({site, *item});
        context_.diagnostics.error(
            entry.origin,
            fmt::format("nothing replenishes this stock; expected \"{}\" under `buys` or `makes` of the site{}",
                        entry.name, sold ? "; what it `sells` is never short and has no stock" : ""));
        continue;
      }
      kept.insert(entry.name);
      supply::StockSpec stock = entry.spec;
      const supply::BuysSpec* buys = buys_of(site, entry.name);
      if (buys != nullptr && buys->safety.stated) {
        if (stock.safety.stated) {
          context_.diagnostics.error(buys->safety.origin,
                                     "got `safety` here and under `stock`, expected one of the two");
        }
        stock.safety = buys->safety;
      }
      if (buys != nullptr && buys->cover.stated) {
        if (stock.cover.stated) {
          context_.diagnostics.error(buys->cover.origin, "got `cover` here and under `stock`, expected one of the two");
        }
        stock.cover = buys->cover;
      }
      add_policy(it->second, stock);
    }
    for (const auto& entry : s.buys) {
      const bool says_policy = entry.spec.safety.stated || entry.spec.cover.stated;
      if (!says_policy || kept.contains(entry.name)) continue;
      const auto item = context_.item_names.find(entry.name);
      const auto it = item ? stocks_.find({site, *item}) : stocks_.end();
      if (it == stocks_.end()) continue;
      supply::StockSpec stock;
      stock.safety = entry.spec.safety;
      stock.cover = entry.spec.cover;
      add_policy(it->second, stock);
    }
  }

  void add_policy(StockId id, const supply::StockSpec& spec) {
    supply::Stock& stock = model_->supply.stocks[id];
    supply::compile_stock(spec, *spec_.money.holding, context_, stock);
    if (needs_flow(spec)) policies_.push_back({id, spec});
    if (spec.demand_signal.stated || spec.signal_delay.stated) {
      signals_.push_back({id, spec.demand_signal, spec.signal_delay});
    }
    if (!stock.computed) return;
    SafetyRequest request;
    request.stock = id;
    request.safety = spec.safety;
    request.demand_cv = spec.demand_cv;
    request.forecast = spec.forecast;
    request.horizon = spec.horizon;
    if (spec.safety.stated && spec.safety->kind == common::SafetyStock::Kind::amount) {
      request.amount = context_.quantity(spec.safety->amount, stock.item, spec.safety.origin);
    }
    request.initial_stated = spec.initial.stated;
    safety_.push_back(request);
  }

  // A purchase from here would have two goods to choose from, and silently take the one from outside.
  template <class Entry>
  void not_sold_too(SiteId site, ItemId item, const Entry& entry, std::string_view how) {
    if (!offers_.contains({site, item})) return;
    context_.diagnostics.error(
        entry.origin,
        fmt::format("item \"{}\" is both {} here and supplied from outside (`sells`); expected one of the two; "
                    "what a site makes or buys, other sites can buy from it without `sells`",
                    entry.name, how));
  }

  void add_stock(SiteId site, ItemId item) {
    if (stocks_.contains({site, item})) return;
    supply::Stock stock;
    stock.place = place_of(site);
    stock.site = site;
    stock.item = item;
    stock.holding = context_.carrying(*spec_.money.holding, item);
    const SiteSpec& s = spec_.sites.list[site.index].spec;
    stock.allocation = *s.allocation;
    stock.complete_orders_only = *s.complete_orders_only;
    const common::Item& goods = context_.items[item.index];
    if (goods.shelf_life.ticks > 0) {
      stock.shelf = model_->supply.shelves.add({goods.shelf_life, goods.disposal_cost * goods.resolution});
    }
    stocks_[{site, item}] = model_->supply.stocks.add(stock);
  }

  void lanes() {
    for (const auto& entry : spec_.lanes) {
      const auto from = context_.site(*entry.spec.from, entry.spec.from.origin);
      const auto to = context_.site(*entry.spec.to, entry.spec.to.origin);
      if (!from || !to) continue;
      if (*from == *to) {
        context_.diagnostics.error(entry.spec.to.origin, "got a lane from a site to itself, expected two sites");
        continue;
      }
      if (lanes_.contains({*from, *to})) {
        context_.diagnostics.error(
            entry.origin,
            fmt::format("a second lane from \"{}\" to \"{}\"; expected one at most", *entry.spec.from, *entry.spec.to));
        continue;
      }
      logistics::Lane lane = logistics::compile_lane(entry.spec, context_);
      lane.from = place_of(*from);
      lane.to = place_of(*to);
      lanes_[{*from, *to}] = model_->logistics.lanes.add(lane);
      model_->lane_names.push_back(entry.name);
      ways_.add(*from, *to, static_cast<std::uint32_t>(&entry - spec_.lanes.list.data()));
      named_lanes_.push_back({&entry, *to});
    }
    ways_.settle();
    table_lane_used_.assign(spec_.lane_table.rows.size(), false);
  }

  // The lane of the model from one site to another, if one is named. Of a table only those are in the model that somebody
  // may use.
  std::optional<LaneId> named_lane(SiteId from, SiteId to) {
    if (const auto lane = lanes_.find({from, to}); lane != lanes_.end()) return lane->second;
    if (spec_.lane_table.rows.empty()) return std::nullopt;
    for (const LanesBySite::Way& way : ways_.to(to)) {
      if (way.from != from) continue;
      table_lane_used_[way.lane] = true;
      logistics::Lane lane = logistics::compile_lane(ways_.spec_of(way.lane), context_);
      lane.from = place_of(from);
      lane.to = place_of(to);
      model_->lane_names.push_back(spec_.lane_table.name(way.lane));
      return lanes_[{from, to}] = model_->logistics.lanes.add(lane);
    }
    return std::nullopt;
  }

  void made(SiteId site) {
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
        context_.diagnostics.error(
            entry.spec.line.origin,
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

  // Other ways to make the same product: rows of their own, of the same stock.
  void alternatives(SiteId site, const std::string& site_name,
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
      product.components =
          components(site, product.item,
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

  // At each instant of the run an order must have somewhere to go.
  void always_a_way(const std::vector<production::Way>& ways, Origin origin) {
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

  void change_overs(const SiteSpec& s, const std::string& site_name, const std::map<std::string, LineId>& lines) {
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

  void by_products(SiteId site, const production::MakesSpec& spec, production::Product& product) {
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

  core::Range components(SiteId site, ItemId item, const std::vector<common::Item::Component>& bill, Origin origin) {
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

  void streams() {
    for (const auto& entry : spec_.demand) {
      const auto site = context_.site(*entry.spec.at, entry.spec.at.origin);
      const auto item = context_.item(*entry.spec.item, entry.spec.item.origin);
      if (!site || !item) continue;
      const auto stock = stocks_.find({*site, *item});
      if (stock == stocks_.end()) {
        context_.diagnostics.error(
            entry.spec.item.origin,
            fmt::format("site \"{}\" neither buys nor makes \"{}\", so nothing replenishes what is "
                        "ordered there; expected it under `buys` or `makes`",
                        *entry.spec.at, *entry.spec.item));
        continue;
      }
      demand::Stream stream;
      stream.name = entry.name;
      stream.place = place_of(*site);
      stream.site = *site;
      stream.item = *item;
      stream.stock = stock->second;
      stream.arrivals = core::stream_name(*entry.spec.at, entry.name, "arrivals");
      stream.sizes = core::stream_name(*entry.spec.at, entry.name, "sizes");
      stream.delivery = core::stream_name(*entry.spec.at, entry.name, "delivery");
      stream.substitution = core::stream_name(*entry.spec.at, entry.name, "substitution");
      stream.returns = core::stream_name(*entry.spec.at, entry.name, "returns");
      demand::compile_stream(entry.spec, entry.origin, context_, model_->demand, stream);
      late_trace(entry, stream);
      substitutes(entry.spec, *site, stream);
      model_->demand.streams.add(stream);
    }
  }

  void substitutes(const demand::DemandSpec& spec, SiteId site, demand::Stream& stream) {
    auto& all = model_->demand.substitutes;
    stream.substitutes.first = static_cast<std::uint32_t>(all.size());
    const common::Item& wanted = context_.items[stream.item.index];
    for (const auto& entry : spec.substitutes) {
      const auto item = context_.item(entry.name, entry.origin);
      if (!item) continue;
      const auto stock = stocks_.find({site, *item});
      const common::Item& other = context_.items[item->index];
      const auto wrong = [&](const std::string& words) { context_.diagnostics.error(entry.origin, words); };
      if (*item == stream.item) {
        wrong("got the item itself as its substitute, expected another item of the site");
      } else if (stock == stocks_.end()) {
        wrong(fmt::format("site \"{}\" neither buys nor makes \"{}\"; expected a substitute that it has in stock",
                          *spec.at, entry.name));
      } else if (other.resolution != wanted.resolution) {
        wrong(fmt::format(
            "\"{}\" is counted in steps of {} and \"{}\" in steps of {}; expected a substitute of the "
            "same `resolution`",
            other.name, common::number_text(other.resolution), wanted.name, common::number_text(wanted.resolution)));
      } else {
        all.push_back({stock->second, *entry.spec});
      }
    }
    stream.substitutes.last = static_cast<std::uint32_t>(all.size());
  }

  bool has_releases() const {
    return std::any_of(spec_.sites.begin(), spec_.sites.end(),
                       [](const auto& site) { return !site.spec.factory.releases.empty(); });
  }

  void factories() {
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

  struct InShop {
    ProductId product;
    std::string item;
    const common::Field<std::string>* routing = nullptr;
  };

  // A product that goes through a routing: its time is what a lot takes that never waits, for reports and levels only.
  void in_shop(const InShop& made, const factory::Where& where, production::Product& product) {
    const auto release = factory::compile_wanted(made.item, *made.routing, where, context_, model_->factory);
    if (!release) return;
    factory::Release& row = model_->factory.releases[*release];
    row.product = made.product;
    product.release = release->index;
    const double pieces = std::max(1.0, static_cast<double>(product.batch) * product.resolution);
    product.time = core::compile(
        core::DistributionSpec::constant(factory::mean_work(model_->factory, row.routing, pieces)), context_.tables);
  }

  void late_trace(const common::Entries<demand::DemandSpec>::Entry& entry, const demand::Stream& stream) {
    const core::Instant end = core::Instant{0} + model_->warm_up + model_->horizon;
    std::size_t late = 0;
    for (std::uint32_t i = stream.trace.first; i < stream.trace.last; ++i)
      late += model_->demand.trace[i].at < end ? 0 : 1;
    if (late == 0) return;
    context_.diagnostics.note(
        entry.spec.orders.origin,
        fmt::format("{} of {} rows of the trace lie after the end of the run", late, stream.trace.size()));
  }

  // Sources in the order of stocks, so that the sources of a stock are a range.
  void stocks_by_source() {
    for (std::uint32_t i = 0; i < model_->supply.stocks.size(); ++i) {
      const StockId id{i};
      supply::Stock& stock = model_->supply.stocks[id];
      const auto first = static_cast<std::uint32_t>(model_->supply.sources.size());
      if (const auto product = product_of_.find(id); product != product_of_.end()) {
        supply::Source source;
        source.kind = supply::Source::Kind::line;
        source.buyer = id;
        source.product = product->second;
        source.supplier_place = stock.place;
        add_source(source, {});
      } else if (const auto* buys = buys_of(stock.site, context_.item_names.of(stock.item))) {
        purchases(id, *buys);
      }
      stock.sources = {first, static_cast<std::uint32_t>(model_->supply.sources.size())};
      if (stock.sources.empty()) comes_as_by_product(stock);
    }
    for (const NamedLane& lane : named_lanes_) {
      // A misspelt supplier may well be the one at the other end.
      if (lane.used || unknown_supplier_.contains(lane.to)) continue;
      context_.diagnostics.error(lane.entry->origin,
                                 fmt::format("nothing goes this way: \"{}\" buys nothing from \"{}\"",
                                             *lane.entry->spec.to, *lane.entry->spec.from));
    }
    const auto idle = std::find(table_lane_used_.begin(), table_lane_used_.end(), false);
    if (idle == table_lane_used_.end() || !unknown_supplier_.empty()) return;
    const auto row = static_cast<std::size_t>(idle - table_lane_used_.begin());
    const auto& lane = spec_.lane_table.rows[row];
    context_.diagnostics.error(
        spec_.lane_table.origin,
        fmt::format("nothing goes by {} of the {} lanes, the first of them \"{}\": \"{}\" buys nothing from \"{}\"; "
                    "`from: lanes` buys from every site with a lane",
                    std::count(table_lane_used_.begin(), table_lane_used_.end(), false), table_lane_used_.size(),
                    spec_.lane_table.name(row), context_.site_names.of(SiteId{lane.to}),
                    context_.site_names.of(SiteId{lane.from})));
  }

  // Nobody orders it, so it can follow no policy.
  void comes_as_by_product(const supply::Stock& stock) {
    if (stock.to_order) return;
    const std::string& item = context_.item_names.of(stock.item);
    const SiteSpec& site = spec_.sites.list[stock.site.index].spec;
    const bool is_made =
        std::any_of(site.makes.begin(), site.makes.end(), [&](const auto& entry) { return entry.name == item; });
    if (is_made || buys_of(stock.site, item) != nullptr) return;  // what is wrong with that is said there
    for (const auto& entry : site.stock) {
      if (entry.name != item) continue;
      context_.diagnostics.error(entry.origin,
                                 fmt::format("got a policy for a stock that is filled by by-products only; expected "
                                             "none, or \"{}\" under `buys` or `makes`, too",
                                             item));
    }
  }

  void add_source(const supply::Source& source, const logistics::Link& link) {
    model_->supply.sources.add(source);
    model_->logistics.links.add(link);
    model_->transit_holding.push_back(source.transit_holding);
  }

  void purchases(StockId id, const supply::BuysSpec& buys) {
    model_->supply.stocks[id].sourcing = supply::compile_sourcing(*buys.choose);
    model_->supply.stocks[id].splits_orders = *buys.split_orders;
    const auto first = static_cast<std::uint32_t>(model_->supply.sources.size());
    if (from_lanes(buys)) {
      const auto& each = buys.from.list.front();
      const std::vector<WayValue> ways = lanes_to(id, buys);
      for (const WayValue& way : ways) {
        purchase_from(id, buys, way.way.from, each, *each.spec.share / static_cast<double>(ways.size()));
      }
    } else {
      if (buys.from.size() > kMostSources) too_many_sources(buys.from.size(), buys.from.list[kMostSources].origin);
      for (const auto& from : buys.from) {
        const auto supplier = context_.site(from.name, from.origin);
        if (supplier) {
          purchase_from(id, buys, *supplier, from, *from.spec.share);
        } else {
          unknown_supplier_.insert(model_->supply.stocks[id].site);
        }
      }
    }
    always_somebody(buys, first);
    const auto& sources = model_->supply.sources;
    const bool limited =
        std::any_of(sources.begin() + first, sources.end(), [](const auto& s) { return s.most_open > 0; });
    supply::check_purchase(buys, limited, context_);
    expected_shares(*buys.choose, first);
  }

  void too_many_sources(std::size_t sources, Origin origin) {
    context_.diagnostics.error(origin, fmt::format("got {} suppliers, expected at most {}", sources, kMostSources));
  }

  // A site may be called `lanes`: then that one is meant.
  bool from_lanes(const supply::BuysSpec& buys) const {
    return buys.from.size() == 1 && buys.from.list.front().name == "lanes" && !context_.site_names.find("lanes");
  }

  // The lanes that lead here from a site that has the item: the best of them by the rule, as written.
  std::vector<WayValue> lanes_to(StockId id, const supply::BuysSpec& buys) {
    const supply::Stock& stock = model_->supply.stocks[id];
    const common::Item& item = context_.items[stock.item.index];
    std::vector<Asked>& asked = asked_[stock.item];
    if (asked.empty()) asked = what_sites_ask(*model_, stock.item, item, spec_.sites.size());
    std::vector<WayValue> ways = ways_to(spec_, ways_, stock.site, buys, asked, item.resolution);
    for (const WayValue& way : ways) {
      if (!spec_.lane_table.rows.empty()) {
        table_lane_used_[way.way.lane] = true;
      } else {
        named_lanes_[lanes_.at({way.way.from, stock.site}).index].used = true;
      }
    }
    const Origin origin = buys.from.list.front().origin;
    if (ways.empty()) {
      unknown_supplier_.insert(stock.site);
      context_.diagnostics.error(
          origin,
          fmt::format("no lane leads here from a site that has \"{}\", expected one under `lanes`, or suppliers "
                      "by name{}",
                      item.name, who_has(stock.item)));
    }
    keep_best(ways, ways_kept(buys, ways.size()));
    if (ways.size() > kMostSources) too_many_sources(ways.size(), origin);
    return ways;
  }

  void purchase_from(StockId id, const supply::BuysSpec& buys, SiteId supplier,
                     const common::Entries<supply::SourceSpec>::Entry& from, double share) {
    const supply::Stock& stock = model_->supply.stocks[id];
    const std::string& site_name = context_.site_names.of(stock.site);
    const common::Item& item = context_.items[stock.item.index];
    if (const auto lane = named_lane(supplier, stock.site); lane && lane->index < named_lanes_.size()) {
      named_lanes_[lane->index].used = true;
    }
    if (supplier == stock.site) {
      context_.diagnostics.error(from.origin, "got the site itself as its supplier, expected another site");
      return;
    }
    supply::Source source;
    source.buyer = id;
    source.supplier_place = place_of(supplier);
    source.share = share;
    source.in_reserve = from.spec.in_reserve;
    if (buys.order_priority.stated) source.priority = common::priority_of(*buys.order_priority);
    source.order_time = from.spec.order_time.stated ? *from.spec.order_time : *buys.order_time;
    const bool unsaid = !from.spec.order_time.stated && !buys.order_time.stated;
    if (unsaid && spec_.time.period.stated) source.order_time = {0};  // in periods orders travel within the instant
    source.quoted = core::stream_name(site_name, item.name, "quoted");
    if (const auto offer = offers_.find({supplier, stock.item}); offer != offers_.end()) {
      source.kind = supply::Source::Kind::offer;
      source.offer = offer->second;
    } else if (const auto at = stocks_.find({supplier, stock.item}); at != stocks_.end()) {
      source.kind = supply::Source::Kind::stock;
      source.supplier_stock = at->second;
    } else {
      context_.diagnostics.error(from.origin,
                                 fmt::format("site \"{}\" neither sells, makes nor buys \"{}\"{}",
                                             context_.site_names.of(supplier), item.name, who_has(stock.item)));
      return;
    }
    const auto& holding = buys.transit_holding.stated ? buys.transit_holding : spec_.money.transit_holding;
    source.transit_holding = context_.carrying(*holding, stock.item);
    source.lane = lane_of(supplier, stock.site, from, buys);
    know_source(source, from, buys);
    add_source(source, {.lane = source.lane,
                        .transit = core::stream_name(site_name, item.name, "transit"),
                        .resolution = item.resolution});
  }

  // What the buyer knows of it beforehand.
  void know_source(supply::Source& source, const common::Entries<supply::SourceSpec>::Entry& from,
                   const supply::BuysSpec& buys) {
    const common::ItemId id = model_->supply.stocks[source.buyer].item;
    const common::Item& item = context_.items[id.index];
    const logistics::Lane& lane = model_->logistics.lanes[source.lane];
    double ticks = static_cast<double>(source.order_time.ticks);
    ticks += std::max(core::mean_of(lane.transit, model_->tables), static_cast<double>(lane.at_least.ticks));
    double price = item.value * item.resolution;
    if (source.kind == supply::Source::Kind::offer) {
      const supply::Offer& offer = model_->supply.offers[source.offer];
      ticks += core::mean_of(offer.quoted, model_->tables);
      price = offer.price;
    }
    source.known.unit_cost = price + lane.cost_per_unit * item.resolution;
    source.known.order_cost = lane.cost_per_shipment;
    source.known.lead_time = std::llround(ticks / static_cast<double>(core::kSecond.ticks));
    if (*buys.choose == supply::SourcingRule::nearest) {
      const SiteSpec& buyer = spec_.sites.list[model_->supply.stocks[source.buyer].site.index].spec;
      const SiteSpec& supplier = spec_.sites.list[source.supplier_place.index].spec;
      if (buyer.location.stated && supplier.location.stated) {
        source.known.distance = metres_between(*buyer.location, *supplier.location);
      } else {
        context_.diagnostics.error(
            from.origin, fmt::format("got `choose: nearest`, which needs a `location` of {}; expected `[latitude, "
                                     "longitude]` there",
                                     buyer.location.stated ? "this supplier" : "the buying site"));
      }
    }
    supply::compile_source(from.spec, *buys.choose, id, context_, source);
    supply::compile_exchange(from.spec, buys, from.origin, context_, model_->supply, source);
  }

  // At each instant of the run somebody must be able to take an order.
  void always_somebody(const supply::BuysSpec& buys, std::uint32_t first) {
    const auto& sources = model_->supply.sources;
    const core::Instant end = core::Instant{0} + context_.time_frame.length;
    const auto covered = [&](core::Instant t) {
      for (std::uint32_t i = first; i < sources.size(); ++i) {
        if (sources[SourceId{i}].valid(t) && !sources[SourceId{i}].in_reserve) return true;
      }
      return false;
    };
    for (std::uint32_t i = first; i <= sources.size(); ++i) {
      const core::Instant edge = i == sources.size() ? core::Instant{0} : sources[SourceId{i}].valid_until;
      const bool ends = edge < end && edge < core::kLastInstant;
      if (first == sources.size() || !ends || covered(edge)) continue;
      context_.diagnostics.error(buys.from.list.front().origin,
                                 fmt::format("got no supplier that is valid at {:g} d after the start, expected one at "
                                             "each time of the run",
                                             core::in_days(edge - core::Instant{0})));
      return;
    }
  }

  // For reports: whom a rule other than shares prefers gets all.
  void expected_shares(supply::SourcingRule rule, std::uint32_t first) {
    auto& sources = model_->supply.sources;
    if (rule == supply::SourcingRule::split || supply::by_reports(rule) || first == sources.size()) return;
    std::vector<supply::SourceView> views;
    for (std::uint32_t i = first; i < sources.size() && !sources[SourceId{i}].in_reserve; ++i) {
      views.push_back(sources[SourceId{i}].known);
    }
    const std::size_t best = supply::preferred(supply::compile_sourcing(rule), views);
    for (std::uint32_t i = first; i < sources.size(); ++i) sources[SourceId{i}].share = i - first == best ? 1 : 0;
  }

  // The named lane between the sites, or one for this purchase alone.
  LaneId lane_of(SiteId from, SiteId to, const common::Entries<supply::SourceSpec>::Entry& source,
                 const supply::BuysSpec& buys) {
    const auto& transit = source.spec.transit.stated ? source.spec.transit : buys.transit;
    const auto& at_least = source.spec.at_least.stated ? source.spec.at_least : buys.at_least;
    if (const auto named = named_lane(from, to)) {
      const std::string& name = model_->lane_names[named->index];
      if (transit.stated) said_twice("a `transit`", transit.origin, name);
      if (at_least.stated) said_twice("an `at_least`", at_least.origin, name);
      return *named;
    }
    logistics::Lane lane = logistics::own_lane(*transit, *at_least, context_);
    // An explicit transit of exactly 0 means it; only draws and what was left out are raised to the default floor.
    if (transit.stated && !at_least.stated && lane.transit.is_constant() && lane.transit.p == 0) lane.at_least = {0};
    lane.from = place_of(from);
    lane.to = place_of(to);
    model_->lane_names.emplace_back();
    return model_->logistics.lanes.add(lane);
  }

  void said_twice(std::string_view what, Origin origin, const std::string& lane) {
    context_.diagnostics.error(origin,
                               fmt::format("got {} although lane \"{}\" joins the two sites and has one; expected "
                                           "it in one place only",
                                           what, lane));
  }

  std::string who_has(ItemId item) const {
    std::vector<std::string> who;
    for (const auto& [key, offer] : offers_) {
      if (key.second == item) who.push_back(context_.site_names.of(key.first));
    }
    for (const auto& [stock, product] : product_of_) {
      if (model_->supply.stocks[stock].item == item)
        who.push_back(context_.site_names.of(model_->supply.stocks[stock].site));
    }
    if (who.empty()) return "; no site sells or makes it";
    if (who.size() > 5) who.resize(5);
    return fmt::format("; it comes from: {}", fmt::join(who, ", "));
  }

  // A stock that is replenished, through whatever it needs, from itself would never be filled.
  void supply_cycles() {
    for (const std::vector<StockId>& circle : supply_circles(*model_)) {
      std::string path;
      for (const StockId stock : circle) path += stock_name(stock) + " -> ";
      context_.diagnostics.error(
          replenishment_of(circle.front()),
          fmt::format("got supply that goes in a circle: {}{}; expected every chain of purchases to end "
                      "at a maker or at an outside supplier (`sells`)",
                      path, stock_name(circle.front())));
    }
  }

  // Where the scenario says how a stock is filled.
  Origin replenishment_of(StockId id) const {
    const supply::Stock& stock = model_->supply.stocks[id];
    const std::string& item = context_.item_names.of(stock.item);
    const auto& site = spec_.sites.list[stock.site.index];
    for (const auto& entry : site.spec.makes) {
      if (entry.name == item) return entry.origin;
    }
    for (const auto& entry : site.spec.buys) {
      if (entry.name == item) return entry.origin;
    }
    return site.origin;
  }

  std::string stock_name(StockId id) const {
    const supply::Stock& stock = model_->supply.stocks[id];
    return context_.site_names.of(stock.site) + "/" + context_.item_names.of(stock.item);
  }

  void lines_to_stocks() {
    std::vector<std::vector<StockId>> of_line(model_->production.lines.size());
    for (const auto& product : model_->production.products) of_line[product.line.index].push_back(product.stock);
    for (const auto& stocks : of_line) {
      const auto first = static_cast<std::uint32_t>(model_->supply.line_stocks.size());
      model_->supply.line_stocks.insert(model_->supply.line_stocks.end(), stocks.begin(), stocks.end());
      model_->supply.stocks_of_line.push_back({first, static_cast<std::uint32_t>(model_->supply.line_stocks.size())});
    }
  }

  void sites() {
    const auto computed = tiers(*model_, spec_.sites.size());
    for (std::uint32_t i = 0; i < spec_.sites.size(); ++i) {
      const auto& entry = spec_.sites.list[i];
      if (!computed[i] && entry.spec.factory.releases.empty())
        context_.diagnostics.note(entry.origin, "no demand reaches this site");
      model_->sites.push_back({entry.name, *entry.spec.role, *entry.spec.region,
                               entry.spec.tier.stated ? static_cast<int>(*entry.spec.tier) : computed[i].value_or(0)});
    }
  }

  void finish() {
    model_->items = std::move(context_.items);
    model_->formulas = std::move(context_.formulas);
    model_->supply.tables = &model_->tables;
    model_->production.tables = &model_->tables;
    model_->logistics.tables = &model_->tables;
    model_->demand.tables = &model_->tables;
    model_->factory.tables = &model_->tables;
  }

  const ScenarioSpec& spec_;
  std::unique_ptr<Model> model_;
  CompileContext context_;
  production::CalendarCompiler calendars_{context_, model_->production};
  std::map<std::pair<SiteId, ItemId>, StockId> stocks_;
  std::map<std::pair<SiteId, ItemId>, OfferId> offers_;
  std::map<std::pair<SiteId, SiteId>, LaneId> lanes_;
  struct NamedLane {
    const common::Entries<logistics::LaneSpec>::Entry* entry;
    SiteId to;
    bool used = false;
  };
  std::vector<NamedLane> named_lanes_;  // by LaneId: they come before the lanes of one purchase
  LanesBySite ways_{spec_};
  std::vector<bool> table_lane_used_;           // by row of the table of lanes
  std::map<ItemId, std::vector<Asked>> asked_;  // of items that are bought by lanes
  std::set<SiteId> unknown_supplier_;           // sites that buy from a name that nobody has
  std::map<StockId, ProductId> product_of_;
  std::vector<PolicyRequest> policies_;
  std::vector<InShop> in_shops_;
  std::vector<SafetyRequest> safety_;
  std::vector<SignalRequest> signals_;
};

}  // namespace

std::unique_ptr<const Model> compile(const ScenarioSpec& spec, Diagnostics& diagnostics) {
  const std::optional<ScenarioSpec> with = with_reserve_sources(spec);
  return Compiler(with ? *with : spec, diagnostics).compile();
}

}  // namespace tierworks::world
