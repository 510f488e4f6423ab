#include "models/world/mrp_plans.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include <fmt/format.h>

#include "models/planning/compile.h"
#include "models/planning/events.h"
#include "models/world/needs.h"
#include "models/world/safety_stocks.h"

namespace tierworks::world {

using common::StockId;
using planning::MrpStockId;

namespace {

// Whole buckets, as many as `length` takes.
std::size_t buckets_of(core::Duration length, core::Duration bucket) {
  return static_cast<std::size_t>((length.ticks + bucket.ticks - 1) / bucket.ticks);
}

// Reviews of the stock until the end of the run.
std::size_t reviews_of_run(const Model& model, const supply::Stock& stock) {
  return buckets_of(model.warm_up + model.horizon, stock.review_every) + 1;
}

class Mrp {
 public:
  Mrp(const Flow& flow, Model& model, common::Diagnostics& diagnostics)
      : flow_(flow), model_(model), planning_(model.planning), diagnostics_(diagnostics) {}

  void build(const std::vector<PolicyRequest>& requests) {
    for (const PolicyRequest& request : requests) {
      if (request.spec.mrp.lead_time.stated) of_stock_[request.stock] = &request;
    }
    if (of_stock_.empty()) return;
    planning_.mrp_of.assign(model_.supply.stocks.size(), MrpStockId::none());
    // Sites as they are written; of each site parents before their components.
    std::map<common::SiteId, std::vector<StockId>> sites;
    for (const StockId id : flow_.order) {
      if (of_stock_.contains(id)) sites[model_.supply.stocks[id].site].push_back(id);
    }
    for (const auto& [site, stocks] : sites) add_site(stocks);
    for (std::uint32_t i = 0; i < planning_.mrp_stocks.size(); ++i) needs_of(MrpStockId{i});
    for (std::uint32_t i = 0; i < planning_.mrp_stocks.size(); ++i) tells(MrpStockId{i});
    for (const auto& [stock, request] : of_stock_) {
      if (goes_by_plans(stock)) told_by_somebody(stock, *request);
    }
    others();
  }

 private:
  bool goes_by_plans(StockId stock) const {
    const auto it = of_stock_.find(stock);
    return it != of_stock_.end() && it->second->spec.demand_signal.stated &&
           *it->second->spec.demand_signal == supply::DemandSignal::plans;
  }

  void add_site(const std::vector<StockId>& stocks) {
    const PolicyRequest& head = *of_stock_.at(stocks.front());
    const supply::Stock& first = model_.supply.stocks[stocks.front()];
    planning::MrpSite site;
    site.bucket = first.review_every;
    site.from = core::Instant{0} + first.review_from;
    site.buckets = std::max<std::size_t>(1, buckets_of(*head.spec.horizon, site.bucket));
    constexpr std::size_t kMost = 10000;
    if (site.buckets > kMost) {
      diagnostics_.error(head.spec.horizon.origin,
                         fmt::format("got a plan of {} buckets, expected at most {}", site.buckets, kMost));
      return;
    }
    site.stocks.first = static_cast<std::uint32_t>(planning_.mrp_stocks.size());
    const planning::MrpSiteId id{static_cast<std::uint32_t>(planning_.mrp_sites.size())};
    for (const StockId stock : stocks) add_stock(*of_stock_.at(stock), head, id, site);
    site.stocks.last = static_cast<std::uint32_t>(planning_.mrp_stocks.size());
    site.memory = static_cast<std::uint32_t>(planning_.memory_size);
    planning_.memory_size += 4 * site.buckets;
    planning_.mrp_sites.add(site);
  }

  void add_stock(const PolicyRequest& request, const PolicyRequest& head, planning::MrpSiteId id,
                 const planning::MrpSite& site) {
    supply::Stock& stock = model_.supply.stocks[request.stock];
    const supply::Stock& first = model_.supply.stocks[head.stock];
    const supply::MrpSpec& spec = request.spec.mrp;
    const bool alike = stock.review_every == first.review_every && stock.review_from == first.review_from &&
                       *request.spec.horizon == *head.spec.horizon;
    if (!alike) {
      diagnostics_.error(spec.lead_time.origin,
                         fmt::format("got another `review` or `horizon` than that of \"{}\", which is planned together "
                                     "with it; expected the same for all `mrp` of a site",
                                     model_.items[first.item.index].name));
      return;
    }
    planning::MrpStock row;
    row.stock = request.stock;
    row.site = id;
    row.item.lead = buckets_of(*spec.lead_time, site.bucket);
    row.item.safety_time = spec.safety_time.stated ? buckets_of(*spec.safety_time, site.bucket) : 0;
    row.frozen = spec.frozen.stated ? buckets_of(*spec.frozen, site.bucket) : 0;
    const auto& policy = std::get<supply::Planned>(stock.policy);
    row.item.safety = static_cast<double>(policy.safety);
    lots(request, policy, stock, site, row.item.lots);
    if (row.item.lead + row.frozen + row.item.safety_time >= site.buckets) {
      diagnostics_.error(request.spec.horizon.origin,
                         fmt::format("got a plan of {} buckets, in which nothing can be ordered in time: lead time, "
                                     "safety time and frozen zone take {}; expected a longer `horizon`",
                                     site.buckets, row.item.lead + row.frozen + row.item.safety_time));
      return;
    }
    if (request.spec.forecast.stated) {
      if (!has_history(model_, request.stock, request.spec.forecast, diagnostics_)) return;
      row.forecast = planning::add_forecast(planning_, forecast_of(request, flow_, model_));
    } else {
      schedule(request.stock, site, row);
    }
    row.memory = static_cast<std::uint32_t>(planning_.memory_size);
    planning_.memory_size += row.item.lead + 3 * site.buckets;
    scheduled_receipts(stock, site, row);
    planning_.mrp_of[request.stock] = planning_.mrp_stocks.add(row);
    if (!request.spec.initial.stated) {
      // What is needed until the first order is there, and the safety stock.
      const double days =
          core::in_days(site.bucket * static_cast<std::int64_t>(row.item.lead + row.item.safety_time + 1));
      stock.initial = static_cast<common::Quantity>(std::ceil(flow_.stocks[request.stock.index].rate * days - 1e-6)) +
                      policy.safety;
    }
  }

  // Of an order that has yet to reach its supplier, a planned lead time later.
  void scheduled_receipts(const supply::Stock& stock, const planning::MrpSite& site, planning::MrpStock& row) {
    row.receipts.first = static_cast<std::uint32_t>(planning_.receipts.size());
    for (std::uint32_t i = stock.on_order.first; i < stock.on_order.last; ++i) {
      const supply::OnOrder& order = model_.supply.on_order[i];
      const core::Duration more = site.bucket * static_cast<std::int64_t>(order.to_supplier ? row.item.lead : 0);
      planning_.receipts.push_back({order.at + more, order.quantity});
    }
    row.receipts.last = static_cast<std::uint32_t>(planning_.receipts.size());
  }

  void lots(const PolicyRequest& request, const supply::Planned& policy, const supply::Stock& stock,
            const planning::MrpSite& site, planning::LotSizing& lots) {
    const supply::LotRule& rule = *request.spec.mrp.lot;
    lots.kind = static_cast<planning::LotSizing::Kind>(rule.kind);
    lots.size = std::max<common::Quantity>(1, policy.lot);
    lots.periods = static_cast<std::size_t>(rule.periods);
    lots.minimum = stock.limits.minimum;
    lots.multiple = stock.limits.multiple;
    lots.setup = stock.ordering_cost;
    lots.holding = stock.holding * static_cast<double>(site.bucket.ticks);
    if (rule.kind != supply::LotRule::Kind::wagner_whitin) return;
    if (lots.setup > 0 && lots.holding > 0) return;
    diagnostics_.error(
        request.spec.mrp.lot.origin,
        fmt::format("`wagner_whitin` weighs the cost of orders against that of stock, but that of {} is 0; "
                    "expected `ordering_cost` and `holding`",
                    lots.setup > 0 ? "holding a unit" : "an order"));
  }

  // What is booked ahead consumes what is expected of it, and of nobody else.
  void schedule(StockId id, const planning::MrpSite& site, planning::MrpStock& row) {
    const std::size_t count = reviews_of_run(model_, model_.supply.stocks[id]) + site.buckets + row.item.safety_time;
    bool booked = false, unbooked = false;
    for (const demand::Stream& stream : model_.demand.streams) {
      if (stream.stock == id) (stream.is_booked() ? booked : unbooked) = true;
    }
    const auto add = [&](bool of_booked) {
      std::vector<double> needs(count, 0.0);
      for (const demand::Stream& stream : model_.demand.streams) {
        if (stream.stock != id || stream.is_booked() != of_booked) continue;
        add_expected(model_, stream, {site.from, site.bucket, count}, needs);
      }
      const auto first = static_cast<std::uint32_t>(planning_.schedule.size());
      planning_.schedule.insert(planning_.schedule.end(), needs.begin(), needs.end());
      return core::Range{first, static_cast<std::uint32_t>(planning_.schedule.size())};
    };
    row.schedule = add(booked);
    if (booked && unbooked) row.certain = add(false);
  }

  // The suppliers of a stock that go by its plan.
  void tells(MrpStockId id) {
    planning::MrpStock& row = planning_.mrp_stocks[id];
    const planning::MrpSite& site = planning_.mrp_sites[row.site];
    const supply::Stock& stock = model_.supply.stocks[row.stock];
    row.tells.first = static_cast<std::uint32_t>(planning_.plan_links.size());
    for (std::uint32_t s = stock.sources.first; s < stock.sources.last; ++s) {
      const supply::Source& source = model_.supply.sources[common::SourceId{s}];
      if (source.kind != supply::Source::Kind::stock || !goes_by_plans(source.supplier_stock)) continue;
      const PolicyRequest& listener = *of_stock_.at(source.supplier_stock);
      if (!source.order_days.empty()) {
        diagnostics_.error(
            listener.spec.demand_signal.origin,
            fmt::format("got `demand_signal: plans` beside `order_days` of \"{}\" at its buyer, whose orders "
                        "wait for a day that no plan knows; expected no `order_days`",
                        model_.items[stock.item.index].name));
        refused_.insert(source.supplier_stock);
        continue;
      }
      const core::Duration told_bucket = model_.supply.stocks[source.supplier_stock].review_every;
      const core::Duration ahead = site.bucket * static_cast<std::int64_t>(site.buckets) + source.order_time;
      constexpr std::int64_t kMost = 100000;
      if (ahead.ticks / told_bucket.ticks > kMost) {
        diagnostics_.error(listener.spec.demand_signal.origin,
                           fmt::format("got plans of a buyer that reach {} reviews ahead, expected at most {}",
                                       ahead.ticks / told_bucket.ticks, kMost));
        refused_.insert(source.supplier_stock);
        continue;
      }
      planning::PlanLink link;
      link.place = source.supplier_place;
      link.order_time = source.order_time;
      link.delay = listener.spec.signal_delay.stated ? *listener.spec.signal_delay : source.order_time;
      link.share = source.share;
      link.memory = static_cast<std::uint32_t>(planning_.memory_size);
      planning_.memory_size += site.buckets;
      link.ring = ring_of(source.supplier_stock, ahead);
      planning_.plan_links.push_back(link);
    }
    row.tells.last = static_cast<std::uint32_t>(planning_.plan_links.size());
  }

  // Long enough for what is wanted so much later.
  planning::RingId ring_of(StockId stock, core::Duration ahead) {
    planning::MrpStock& row = planning_.mrp_stocks[planning_.mrp_of[stock]];
    const planning::MrpSite& site = planning_.mrp_sites[row.site];
    if (row.plans.is_none()) row.plans = planning_.rings.add({site.from, site.bucket, {}});
    planning::grow_ring(planning_, row.plans, ahead);
    return row.plans;
  }

  void told_by_somebody(StockId stock, const PolicyRequest& request) {
    const common::Origin origin = request.spec.demand_signal.origin;
    if (planning_.mrp_of[stock].is_none()) return;  // a mistake that was said
    if (request.spec.forecast.stated) {
      diagnostics_.error(
          request.spec.forecast.origin,
          "got `forecast` beside `demand_signal: plans`, whose orders it would count once more; expected no "
          "`forecast`: other demand counts by what is known of it");
    }
    if (!planning_.mrp_stocks[planning_.mrp_of[stock]].plans.is_none() || refused_.contains(stock)) return;
    diagnostics_.error(
        origin,
        "got `demand_signal: plans`, but no site that buys from here plans with `mrp`; expected `mrp` of "
        "the item at such a site");
  }

  // Components at the same site that are planned too.
  void needs_of(MrpStockId id) {
    planning::MrpStock& row = planning_.mrp_stocks[id];
    row.needs.first = static_cast<std::uint32_t>(planning_.mrp_needs.size());
    each_input(model_, row.stock, [&](StockId input, double per_unit, double) {
      const MrpStockId of = planning_.mrp_of[input];
      const bool same_site = model_.supply.stocks[input].site == model_.supply.stocks[row.stock].site;
      if (same_site && !of.is_none()) planning_.mrp_needs.push_back({of, per_unit});
    });
    row.needs.last = static_cast<std::uint32_t>(planning_.mrp_needs.size());
  }

  // Mean needs of what is neither scheduled nor planned: other sites, and production of what has another policy. A forecast
  // sees the orders of other sites itself.
  void others() {
    for (std::uint32_t i = 0; i < model_.supply.stocks.size(); ++i) {
      const StockId taker{i};
      const bool planned = !planning_.mrp_of[taker].is_none();
      each_input(model_, taker, [&](StockId input, double per_unit, double) {
        const MrpStockId of = planning_.mrp_of[input];
        if (of.is_none()) return;
        planning::MrpStock& row = planning_.mrp_stocks[of];
        const bool same_site = model_.supply.stocks[input].site == model_.supply.stocks[taker].site;
        if (same_site ? planned : !row.forecast.is_none() || (planned && goes_by_plans(input))) return;
        row.others += flow_.stocks[i].rate * per_unit * core::in_days(planning_.mrp_sites[row.site].bucket);
      });
    }
  }

  const Flow& flow_;
  Model& model_;
  planning::Model& planning_;
  common::Diagnostics& diagnostics_;
  std::map<StockId, const PolicyRequest*> of_stock_;
  std::set<StockId> refused_;  // whose buyers' plans cannot be told
};

}  // namespace

planning::Plan forecast_of(const PolicyRequest& request, const Flow& flow, const Model& model) {
  const StockFlow& of = flow.stocks[request.stock.index];
  const double days = core::in_days(model.supply.stocks[request.stock].review_every);
  planning::Plan plan;
  plan.method = planning::compile_forecast(*request.spec.forecast);
  plan.first = {of.rate * days, of.claims * days};
  return plan;
}

void plan_mrp(const std::vector<PolicyRequest>& requests, const Flow& flow, Model& model,
              common::Diagnostics& diagnostics) {
  Mrp(flow, model, diagnostics).build(requests);
}

void plan_buffer(const PolicyRequest& request, const Flow& flow, double lead_days, Model& model,
                 common::Diagnostics& diagnostics) {
  supply::Stock& stock = model.supply.stocks[request.stock];
  const supply::DdmrpSpec& spec = request.spec.ddmrp;
  planning::Buffer buffer;
  buffer.profile = {.lead_time = spec.lead_time.stated ? core::in_days(*spec.lead_time) : lead_days,
                    .lead_time_factor = *spec.lead_time_factor,
                    .variability_factor = *spec.variability_factor,
                    .order_cycle = core::in_days(*spec.order_cycle),
                    .least_order = static_cast<double>(stock.limits.minimum),
                    .spike_threshold = *spec.spike_threshold};
  buffer.use = flow.stocks[request.stock.index].rate;
  buffer.every = stock.review_every;
  buffer.review = core::in_days(stock.review_every);
  buffer.from = core::Instant{0} + stock.review_from;
  if (request.spec.forecast.stated) {
    if (!has_history(model, request.stock, request.spec.forecast, diagnostics)) return;
    buffer.forecast = planning::add_forecast(model.planning, forecast_of(request, flow, model));
  }
  const double ahead = spec.spike_horizon.stated ? core::in_days(*spec.spike_horizon) : buffer.profile.lead_time;
  buffer.spike_reviews = static_cast<std::size_t>(std::ceil(ahead / buffer.review - 1e-9));
  const bool traced = std::any_of(model.demand.streams.begin(), model.demand.streams.end(), [&](const auto& stream) {
    return stream.stock == request.stock && !stream.trace.empty() && !stream.is_booked();
  });
  if (traced) {
    std::vector<double> known(reviews_of_run(model, stock) + buffer.spike_reviews, 0.0);
    for (const demand::Stream& stream : model.demand.streams) {
      if (stream.stock == request.stock && !stream.is_booked())
        add_known(model, stream, {buffer.from, buffer.every, known.size()}, known);
    }
    buffer.known.first = static_cast<std::uint32_t>(model.planning.schedule.size());
    model.planning.schedule.insert(model.planning.schedule.end(), known.begin(), known.end());
    buffer.known.last = static_cast<std::uint32_t>(model.planning.schedule.size());
  }
  auto& of = model.planning.buffer_of;
  if (of.empty()) of.assign(model.supply.stocks.size(), planning::BufferId::none());
  of[request.stock] = model.planning.buffers.add(buffer);
  const common::Levels first = planning::levels_of(planning::zones_of(buffer.profile, buffer.use), 0);
  stock.policy = supply::OrderUpToForecast{first.up_to, first.order_below};
  if (!request.spec.initial.stated) stock.initial = first.up_to;
}

}  // namespace tierworks::world
