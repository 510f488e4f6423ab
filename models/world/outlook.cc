#include "models/world/outlook.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>

#include <fmt/format.h>

#include "models/world/factory_loads.h"
#include "models/world/lead_times.h"
#include "models/world/message_links.h"
#include "models/world/outlook_flow.h"
#include "models/world/policy_words.h"

namespace tierworks::world {

using common::LaneId;
using common::LineId;
using common::OfferId;
using common::Quantity;
using common::SourceId;
using common::StockId;

namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kTicksPerDay = static_cast<double>(core::kDay.ticks);
constexpr double kTicksPerHour = static_cast<double>(core::kHour.ticks);

class Partitions {
 public:
  explicit Partitions(std::size_t places) : parent_(places) { std::iota(parent_.begin(), parent_.end(), 0U); }
  std::uint32_t of(std::uint32_t place) {
    while (parent_[place] != place) place = parent_[place] = parent_[parent_[place]];
    return place;
  }
  void tie(std::uint32_t a, std::uint32_t b) { parent_[of(a)] = of(b); }
  std::size_t count() {
    std::size_t n = 0;
    for (std::uint32_t i = 0; i < parent_.size(); ++i) n += of(i) == i;
    return n;
  }

 private:
  std::vector<std::uint32_t> parent_;
};

class Builder {
 public:
  explicit Builder(const Model& model) : model_(model), flow_(flow_of(model)) {}

  Outlook build() {
    out_.stocks.resize(model_.supply.stocks.size());
    // A stock's lead time may need that of its suppliers: these come first.
    for (auto id = flow_.order.rbegin(); id != flow_.order.rend(); ++id) stock(*id);
    out_.demand = flow_.demand;
    for (const StockOutlook& s : out_.stocks) out_.pipeline_stock += s.in_transit + s.in_work;
    for (const SafetyRow& row : model_.safety) safety(row);
    lines();
    work_centres();
    offers();
    lanes();
    tiers();
    lookahead();
    for (const auto* loads : {&out_.lines, &out_.work_centres, &out_.offers, &out_.lanes}) {
      for (const LoadOutlook& load : *loads) warn(load);
    }
    for (const StockOutlook& s : out_.stocks) warn(s);
    return std::move(out_);
  }

 private:
  const common::Item& item_of(StockId id) const { return model_.items[model_.supply.stocks[id].item.index]; }
  const std::string& site_name(common::SiteId id) const { return model_.sites[id.index].name; }

  // Ticks; draws are raised to the floor, and so is their mean.
  double transit(LaneId id) const {
    const logistics::Lane& lane = model_.logistics.lanes[id];
    return std::max(core::mean_of(lane.transit, model_.tables), static_cast<double>(lane.at_least.ticks));
  }

  double hours_if_to_order(StockId id) const {
    const supply::Stock& stock = model_.supply.stocks[id];
    return stock.to_order && !stock.sources.empty() ? out_.stocks[id.index].lead_time_hours : 0;
  }

  double lead_time_hours(const supply::Source& source, double quantity) const {
    if (source.kind == supply::Source::Kind::line) {
      const production::Product& product = model_.production.products[source.product];
      const Batch batch = batch_of(model_, product, quantity);
      double material = 0;
      for (std::uint32_t c = product.components.first; c < product.components.last; ++c) {
        material = std::max(material, hours_if_to_order(model_.production.components[c].stock));
      }
      return material + batch.rounds * batch.elapsed / kTicksPerHour;
    }
    double ticks = static_cast<double>(source.order_time.ticks) + transit(source.lane);
    ticks += wait_for_order_day(model_, source).mean;
    if (source.kind == supply::Source::Kind::stock)
      return hours_if_to_order(source.supplier_stock) + ticks / kTicksPerHour;
    const supply::Offer& offer = model_.supply.offers[source.offer];
    ticks += quantity * offer.ticks_per_unit + core::mean_of(offer.quoted, model_.tables);
    return ticks / kTicksPerHour;
  }

  void stock(StockId id) {
    const supply::Stock& stock = model_.supply.stocks[id];
    const StockFlow& flow = flow_.stocks[id.index];
    const common::Item& item = item_of(id);
    StockOutlook& out = out_.stocks[id.index];
    out.site = site_name(stock.site);
    out.item = item.name;
    out.unit = item.unit;
    out.policy = policy_in_words(model_, id);
    out.to_order = stock.to_order;
    out.rate = flow.rate * item.resolution;
    out.order_quantity = flow.order_quantity * item.resolution;
    out.level = !has_level(stock) ? kNan : static_cast<double>(level_of(stock)) * item.resolution;
    out.cover_days = out.rate > 0 && !out.to_order && has_level(stock) ? out.level / out.rate : kNan;
    if (stock.sources.empty()) out.lead_time_hours = kNan;
    for (std::uint32_t s = stock.sources.first; s < stock.sources.last; ++s) {
      const supply::Source& source = model_.supply.sources[SourceId{s}];
      out.lead_time_hours += source.share * lead_time_hours(source, flow.order_quantity);
      if (source.kind == supply::Source::Kind::line) {
        const Batch batch = batch_of(model_, model_.production.products[source.product], flow.order_quantity);
        out.in_work += out.rate * model_.production.begun_per_unit(model_.production.products[source.product]) *
                       batch.elapsed / kTicksPerDay;
      } else {
        out.in_transit += out.rate * source.share * transit(source.lane) / kTicksPerDay;
      }
    }
  }

  void safety(const SafetyRow& row) {
    using Kind = common::SafetyStock::Kind;
    const supply::Stock& stock = model_.supply.stocks[row.stock];
    const common::Item& item = item_of(row.stock);
    SafetyOutlook out;
    out.stock = site_name(stock.site) + "/" + item.name;
    out.unit = item.unit;
    out.safety_stock = row.safety_stock * item.resolution;
    out.asked = row.kind == Kind::amount ? fmt::format("{:.6g} above demand", out.safety_stock)
                                         : fmt::format("{:.6g} % {}", 100 * row.share,
                                                       row.kind == Kind::cycle_service ? "cycle_service" : "fill_rate");
    out.demand_mean = row.demand_mean * item.resolution;
    out.demand_deviation = row.demand_deviation * item.resolution;
    out.lead_time_hours = row.lead_time / kTicksPerHour;
    out.lead_time_deviation_hours = row.lead_time_deviation / kTicksPerHour;
    out.variability = row.variability;
    out_.safety.push_back(std::move(out));
  }

  static void sort(std::vector<LoadOutlook>& loads) {
    std::stable_sort(loads.begin(), loads.end(), [](const auto& a, const auto& b) { return a.load > b.load; });
  }

  // Of several ways all goes the first, or in proportion to their speeds where work is balanced.
  double share_of_way(common::ProductId id) const {
    const production::Product& product = model_.production.products[id];
    if (product.ways.empty()) return 1;
    if (product.in_reserve) return 0;
    if (!product.by_load) return model_.production.ways[product.ways.first].product == id ? 1 : 0;
    const auto speed = [&](common::ProductId way) {
      const production::Product& of = model_.production.products[way];
      if (of.in_reserve) return 0.0;
      const production::Line& line = model_.production.lines[of.line];
      const Batch batch = batch_of(model_, of, flow_.stocks[of.stock.index].order_quantity);
      const auto servers = static_cast<double>(std::max<std::int64_t>(1, line.servers));
      return batch.elapsed > 0 ? servers * batch.quantity / batch.elapsed : 0;
    };
    double all = 0;
    for (std::uint32_t w = product.ways.first; w < product.ways.last; ++w) {
      all += speed(model_.production.ways[w].product);
    }
    return all > 0 ? speed(id) / all : 1 / static_cast<double>(product.ways.size());
  }

  void lines() {
    std::vector<LoadOutlook> loads(model_.production.lines.size());
    for (std::uint32_t i = 0; i < model_.production.products.size(); ++i) {
      const common::ProductId id{i};
      const production::Product& product = model_.production.products[id];
      const double share = share_of_way(id);
      if (!(share > 0)) continue;
      const StockFlow& flow = flow_.stocks[product.stock.index];
      const Batch batch = batch_of(model_, product, flow.order_quantity);
      if (!(flow.rate > 0) || !(batch.quantity > 0)) continue;
      // A batch that is not full takes its whole time, unless the time is that of each unit.
      const double begun = flow.rate * model_.production.begun_per_unit(product);
      const double batches = flow.orders() * batch.batches;
      const double ticks = product.per_unit ? begun / batch.quantity * batch.ticks : batches * batch.ticks;
      LoadOutlook& load = loads[product.line.index];
      load.rate += share * flow.rate * product.resolution;
      load.load += share * ticks / kTicksPerDay;
      load.load_of_waiting += share * ticks / kTicksPerDay * flow.waiting_rate / flow.rate;
    }
    for (std::uint32_t i = 0; i < loads.size(); ++i) {
      const production::Line& line = model_.production.lines[LineId{i}];
      if (!line.named) continue;
      LoadOutlook& load = loads[i];
      load.name = site_name(line.site) + "/" + model_.line_names[i];
      load.servers = line.servers;
      load.load /= static_cast<double>(line.servers) * line.open_share;
      load.load_of_waiting /= static_cast<double>(line.servers) * line.open_share;
      out_.lines.push_back(load);
    }
    sort(out_.lines);
  }

  void work_centres() {
    const std::vector<CentreLoad> loads = centre_loads(model_, flow_);
    for (std::uint32_t i = 0; i < loads.size(); ++i) {
      const factory::WorkCentre& centre = model_.factory.centres[factory::WorkCentreId{i}];
      if (std::isnan(loads[i].load)) continue;
      LoadOutlook load;
      load.kind = LoadOutlook::Kind::work_centre;
      load.name = site_name(centre.site) + "/" + model_.factory.centre_names[i];
      load.servers = centre.machines.size();
      load.rate = loads[i].operations;
      load.load = load.load_of_waiting = loads[i].load;
      out_.work_centres.push_back(load);
    }
    sort(out_.work_centres);
  }

  void offers() {
    std::vector<LoadOutlook> loads(model_.supply.offers.size());
    for (const supply::Source& source : model_.supply.sources) {
      if (source.kind != supply::Source::Kind::offer) continue;
      const StockFlow& flow = flow_.stocks[source.buyer.index];
      const double days_per_unit = model_.supply.offers[source.offer].ticks_per_unit / kTicksPerDay;
      LoadOutlook& load = loads[source.offer.index];
      load.rate += flow.rate * source.share * item_of(source.buyer).resolution;
      load.load += flow.rate * source.share * days_per_unit;
      load.load_of_waiting += flow.waiting_rate * source.share * days_per_unit;
    }
    for (std::uint32_t i = 0; i < loads.size(); ++i) {
      const supply::Offer& offer = model_.supply.offers[OfferId{i}];
      if (!(offer.ticks_per_unit > 0)) continue;
      loads[i].kind = LoadOutlook::Kind::offer;
      loads[i].name = site_name(offer.site) + "/" + model_.items[offer.item.index].name;
      out_.offers.push_back(loads[i]);
    }
    sort(out_.offers);
  }

  // Each order is one shipment; what leaves in parts takes more.
  void lanes() {
    std::vector<LoadOutlook> loads(model_.logistics.lanes.size());
    for (const supply::Source& source : model_.supply.sources) {
      if (source.kind == supply::Source::Kind::line) continue;
      const StockFlow& flow = flow_.stocks[source.buyer.index];
      const double shipments = flow.orders() * source.share;
      const double under_way = shipments * transit(source.lane) / kTicksPerDay;
      LoadOutlook& load = loads[source.lane.index];
      load.rate += shipments;
      load.load += under_way;
      if (flow.rate > 0) load.load_of_waiting += under_way * flow.waiting_rate / flow.rate;
    }
    for (std::uint32_t i = 0; i < loads.size(); ++i) {
      const std::int64_t capacity = model_.logistics.lanes[LaneId{i}].capacity;
      if (capacity == 0 || model_.lane_names[i].empty()) continue;
      LoadOutlook& load = loads[i];
      load.kind = LoadOutlook::Kind::lane;
      load.name = model_.lane_names[i];
      load.servers = capacity;
      load.load /= static_cast<double>(capacity);
      load.load_of_waiting /= static_cast<double>(capacity);
      out_.lanes.push_back(load);
    }
    sort(out_.lanes);
  }

  void tiers() {
    std::map<int, TierOutlook> tiers;
    for (const Site& site : model_.sites) {
      TierOutlook& tier = tiers[site.tier];
      tier.tier = site.tier;
      ++tier.sites;
    }
    for (const supply::Stock& stock : model_.supply.stocks) ++tiers[model_.sites[stock.site.index].tier].stocks;
    for (const auto& [number, tier] : tiers) out_.tiers.push_back(tier);
  }

  void lookahead() {
    const std::vector<MessageLink> links = message_links(model_, flow_);
    Partitions partitions(model_.sites.size());
    for (const MessageLink& link : links) {
      if (link.least_ticks < 1) partitions.tie(link.from, link.to);
    }
    out_.partitions = partitions.count();
    const MessageLink* least = nullptr;
    for (const MessageLink& link : links) {
      if (partitions.of(link.from) == partitions.of(link.to)) continue;
      if (least == nullptr || link.least_ticks < least->least_ticks) least = &link;
    }
    if (least == nullptr) return;
    out_.has_lookahead = true;
    out_.lookahead_seconds = static_cast<double>(least->least_ticks) / static_cast<double>(core::kSecond.ticks);
    out_.lookahead_link =
        fmt::format("{} from {} to {}", least->what, model_.sites[least->from].name, model_.sites[least->to].name);
  }

  void warn(const LoadOutlook& load) {
    const char* what = load.kind == LoadOutlook::Kind::line          ? "line"
                       : load.kind == LoadOutlook::Kind::work_centre ? "work centre"
                       : load.kind == LoadOutlook::Kind::offer       ? "supplier"
                                                                     : "lane";
    const auto say = [&](const char* consequence) {
      out_.warnings.push_back(
          fmt::format("{} {} is loaded {:.1f} %: {}", what, load.name, 100 * load.load, consequence));
    };
    constexpr double kFull = 1 + 1e-9, kNearlyFull = 0.95;
    if (load.load_of_waiting > kFull) {
      say("it will never catch up");
    } else if (load.load > kFull) {
      say("part of the demand will be lost");
    } else if (load.load > kNearlyFull) {
      say("queues will be long, and long to settle");
    }
  }

  void warn(const StockOutlook& stock) {
    const double needed = stock.lead_time_hours / 24;
    if (stock.to_order || !(stock.cover_days < needed)) return;
    out_.warnings.push_back(
        fmt::format("stock {}/{}: its level of {:.6g} {} covers {:.3g} d, but replenishment takes {:.3g} d", stock.site,
                    stock.item, stock.level, stock.unit, stock.cover_days, needed));
  }

  const Model& model_;
  const Flow flow_;
  Outlook out_;
};

}  // namespace

Outlook outlook(const Model& model) { return Builder(model).build(); }

}  // namespace tierworks::world
