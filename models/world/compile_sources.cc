#include <algorithm>
#include <cmath>

#include "models/logistics/compile.h"
#include "models/supply/compile.h"
#include "models/world/compiler.h"
#include "models/world/great_circle.h"

namespace tierworks::world {

void Compiler::lanes() {
  for (const auto& entry : spec_.lanes) {
    const auto from = context_.site(*entry.spec.from, entry.spec.from.origin);
    const auto to = context_.site(*entry.spec.to, entry.spec.to.origin);
    if (!from || !to) continue;
    if (*from == *to) {
      context_.diagnostics.error(entry.spec.to.origin, "got a lane from a site to itself, expected two sites");
      continue;
    }
    if (lanes_.contains({*from, *to})) {
      context_.diagnostics.error(entry.origin, fmt::format("a second lane from \"{}\" to \"{}\"; expected one at most",
                                                           *entry.spec.from, *entry.spec.to));
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

std::optional<LaneId> Compiler::named_lane(SiteId from, SiteId to) {
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

void Compiler::stocks_by_source() {
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
    context_.diagnostics.error(lane.entry->origin, fmt::format("nothing goes this way: \"{}\" buys nothing from \"{}\"",
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

void Compiler::comes_as_by_product(const supply::Stock& stock) {
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

void Compiler::add_source(const supply::Source& source, const logistics::Link& link) {
  model_->supply.sources.add(source);
  model_->logistics.links.add(link);
  model_->transit_holding.push_back(source.transit_holding);
}

void Compiler::purchases(StockId id, const supply::BuysSpec& buys) {
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

void Compiler::too_many_sources(std::size_t sources, Origin origin) {
  context_.diagnostics.error(origin, fmt::format("got {} suppliers, expected at most {}", sources, kMostSources));
}

bool Compiler::from_lanes(const supply::BuysSpec& buys) const {
  return buys.from.size() == 1 && buys.from.list.front().name == "lanes" && !context_.site_names.find("lanes");
}

std::vector<WayValue> Compiler::lanes_to(StockId id, const supply::BuysSpec& buys) {
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
        origin, fmt::format("no lane leads here from a site that has \"{}\", expected one under `lanes`, or suppliers "
                            "by name{}",
                            item.name, who_has(stock.item)));
  }
  keep_best(ways, ways_kept(buys, ways.size()));
  if (ways.size() > kMostSources) too_many_sources(ways.size(), origin);
  return ways;
}

void Compiler::purchase_from(StockId id, const supply::BuysSpec& buys, SiteId supplier,
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
    context_.diagnostics.error(
        from.origin, fmt::format("site \"{}\" neither sells, makes nor buys \"{}\"{}", context_.site_names.of(supplier),
                                 item.name, who_has(stock.item)));
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

void Compiler::know_source(supply::Source& source, const common::Entries<supply::SourceSpec>::Entry& from,
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

void Compiler::always_somebody(const supply::BuysSpec& buys, std::uint32_t first) {
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

void Compiler::expected_shares(supply::SourcingRule rule, std::uint32_t first) {
  auto& sources = model_->supply.sources;
  if (rule == supply::SourcingRule::split || supply::by_reports(rule) || first == sources.size()) return;
  std::vector<supply::SourceView> views;
  for (std::uint32_t i = first; i < sources.size() && !sources[SourceId{i}].in_reserve; ++i) {
    views.push_back(sources[SourceId{i}].known);
  }
  const std::size_t best = supply::preferred(supply::compile_sourcing(rule), views);
  for (std::uint32_t i = first; i < sources.size(); ++i) sources[SourceId{i}].share = i - first == best ? 1 : 0;
}

LaneId Compiler::lane_of(SiteId from, SiteId to, const common::Entries<supply::SourceSpec>::Entry& source,
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

void Compiler::said_twice(std::string_view what, Origin origin, const std::string& lane) {
  context_.diagnostics.error(origin,
                             fmt::format("got {} although lane \"{}\" joins the two sites and has one; expected "
                                         "it in one place only",
                                         what, lane));
}

std::string Compiler::who_has(ItemId item) const {
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

}  // namespace tierworks::world
