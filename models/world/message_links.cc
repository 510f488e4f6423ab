#include "models/world/message_links.h"

#include <algorithm>
#include <cmath>

#include "models/planning/compile.h"
#include "models/world/disruption_watches.h"
#include "models/world/factory_loads.h"

namespace tierworks::world {

namespace {

// Plans and forecasts: one word at each review, as a guess.
void told_of_plans(const Model& model, std::vector<MessageLink>& links) {
  const planning::Model& planning = model.planning;
  const auto add = [&](common::StockId teller, core::PlaceId to, core::Duration delay, const char* what) {
    const supply::Stock& stock = model.supply.stocks[teller];
    links.push_back({stock.place.index, to.index, delay.ticks, what, 1 / core::in_days(stock.review_every)});
  };
  for (const planning::MrpStock& stock : planning.mrp_stocks) {
    for (std::uint32_t i = stock.tells.first; i < stock.tells.last; ++i) {
      const planning::PlanLink& link = planning.plan_links[i];
      add(stock.stock, link.place, link.delay, "word of a plan");
    }
  }
  if (planning.forecast_links.empty()) return;
  for (std::uint32_t s = 0; s < model.supply.stocks.size(); ++s) {
    const planning::PlanId plan = planning::forecast_of(planning, common::StockId{s});
    if (plan.is_none()) continue;
    const core::Range tells = planning.plans[plan].tells;
    for (std::uint32_t i = tells.first; i < tells.last; ++i) {
      const planning::ForecastLink& link = planning.forecast_links[i];
      add(common::StockId{s}, link.place, link.delay, "word of a forecast");
    }
  }
}

}  // namespace

std::vector<MessageLink> message_links(const Model& model, const Flow& flow) {
  std::vector<MessageLink> links;
  for (const supply::Source& source : model.supply.sources) {
    if (source.kind == supply::Source::Kind::line) continue;
    const logistics::Lane& lane = model.logistics.lanes[source.lane];
    const double least = std::max(core::least_of(lane.transit, model.tables), static_cast<double>(lane.at_least.ticks));
    const std::uint32_t buyer = model.supply.stocks[source.buyer].place.index;
    const std::uint32_t supplier = source.supplier_place.index;
    const double orders = flow.stocks[source.buyer.index].orders() * source.share;
    const auto floor = static_cast<std::int64_t>(std::min(least, static_cast<double>(core::kLastInstant.ticks)));
    links.push_back({buyer, supplier, source.order_time.ticks, "an order", orders});
    links.push_back({supplier, buyer, floor, "goods", orders});
    if (source.report_every.ticks > 0) {
      links.push_back({supplier, buyer, source.report_time.ticks, "a report", 1 / core::in_days(source.report_every)});
    }
    if (source.called_back) links.push_back({supplier, buyer, source.order_time.ticks, "an answer", 0});
  }
  for (std::uint32_t i = 0; i < model.planning.parts_of_stream.size(); ++i) {
    const core::Range parts = model.planning.parts_of_stream[i];
    for (std::uint32_t p = parts.first; p < parts.last; ++p) {
      const planning::Signal& signal = model.planning.signals[model.planning.signal_parts[p].signal];
      links.push_back({model.demand.streams[common::StreamId{i}].place.index, signal.place.index, signal.delay.ticks,
                       "word of demand", flow.customer_orders[i]});
    }
  }
  add_watch_links(model, links);
  told_of_plans(model, links);
  return links;
}

core::PlaceGraph place_graph(const Model& model) {
  const Flow flow = flow_of(model);
  core::PlaceGraph graph;
  graph.places = model.sites.size();
  graph.load.assign(graph.places, 0);
  for (const MessageLink& link : message_links(model, flow)) {
    graph.links.push_back({link.from, link.to, link.least_ticks, link.traffic});
    graph.load[link.to] += link.traffic;  // it is received; what it costs the sender is part of its own events
  }
  // Outside suppliers look at an order twice: when it comes and when it is ready.
  for (const supply::Source& source : model.supply.sources) {
    if (source.kind != supply::Source::Kind::offer) continue;
    graph.load[source.supplier_place.index] += flow.stocks[source.buyer.index].orders() * source.share;
  }
  for (const production::Product& product : model.production.products) {
    const StockFlow& stock = flow.stocks[product.stock.index];
    const double batch = batch_of(model, product, stock.order_quantity).quantity;
    if (batch > 0) graph.load[product.place.index] += stock.rate / batch;
  }
  for (std::uint32_t i = 0; i < model.supply.stocks.size(); ++i) {
    const supply::Stock& stock = model.supply.stocks[common::StockId{i}];
    if (!stock.continuous()) graph.load[stock.place.index] += 1 / core::in_days(stock.review_every);
  }
  for (std::uint32_t i = 0; i < model.demand.streams.size(); ++i) {
    const demand::Stream& stream = model.demand.streams[common::StreamId{i}];
    const double orders = flow.customer_orders[i];
    graph.load[stream.place.index] += orders * (stream.has_transit ? 2 : 1);
  }
  const std::vector<CentreLoad> centres = centre_loads(model, flow);
  for (std::uint32_t i = 0; i < centres.size(); ++i) {
    // An operation ends, and a work centre looks at its queue.
    if (!std::isnan(centres[i].operations)) {
      graph.load[model.factory.centres[factory::WorkCentreId{i}].place.index] += 2 * centres[i].operations;
    }
  }
  return graph;
}

}  // namespace tierworks::world
