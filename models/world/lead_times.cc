#include "models/world/lead_times.h"

#include <algorithm>

namespace tierworks::world {

using common::SourceId;
using common::StockId;
using core::Moments;

namespace {

Moments sum(const Moments& a, const Moments& b) { return {a.mean + b.mean, a.variance + b.variance}; }

// Draws are raised to the floor, and so is their mean.
Moments transit(const Model& model, const supply::Source& source) {
  const logistics::Lane& lane = model.logistics.lanes[source.lane];
  Moments m = core::moments_of(lane.transit, model.tables);
  m.mean = std::max(m.mean, static_cast<double>(lane.at_least.ticks));
  return m;
}

// Units of one batch are worked on one after the other, each with a time of its own; so are the batches of an order.
Moments work(const Model& model, const production::Product& product, double quantity) {
  const Batch batch = batch_of(model, product, quantity);
  const Moments time = core::moments_of(product.time, model.tables);
  const double units = product.per_unit ? batch.quantity * product.resolution : 1;
  const double stretched = 1 / model.production.lines[product.line].open_share;
  return {time.mean * units * batch.rounds * stretched, time.variance * units * batch.rounds * stretched * stretched};
}

}  // namespace

// A gap of g in a rhythm of c is met with chance g / c, and the wait in it is uniform: means g / 2 and g^2 / 3 of its square.
Moments wait_for_order_day(const Model& model, const supply::Source& source) {
  if (source.order_days.empty()) return {};
  const std::int64_t rhythm = model.supply.order_days[source.order_days.first].every.ticks;
  std::vector<std::int64_t> days;
  for (std::uint32_t i = source.order_days.first; i < source.order_days.last; ++i) {
    days.push_back(model.supply.order_days[i].from.ticks % rhythm);
  }
  std::sort(days.begin(), days.end());
  days.push_back(days.front() + rhythm);
  double mean = 0, square = 0;
  for (std::size_t i = 0; i + 1 < days.size(); ++i) {
    const auto gap = static_cast<double>(days[i + 1] - days[i]);
    mean += gap * gap / 2 / static_cast<double>(rhythm);
    square += gap * gap * gap / 3 / static_cast<double>(rhythm);
  }
  return {mean, square - mean * mean};
}

std::vector<Moments> lead_times(const Model& model, const Flow& flow) {
  std::vector<Moments> times(model.supply.stocks.size());
  const auto if_to_order = [&](StockId id) { return model.supply.stocks[id].to_order ? times[id.index] : Moments{}; };
  const auto of_source = [&](const supply::Source& source, double quantity) -> Moments {
    if (source.kind == supply::Source::Kind::line) {
      const production::Product& product = model.production.products[source.product];
      Moments material;
      for (std::uint32_t c = product.components.first; c < product.components.last; ++c) {
        const Moments part = if_to_order(model.production.components[c].stock);
        if (part.mean > material.mean) material = part;
      }
      return sum(material, work(model, product, quantity));
    }
    Moments m = sum(transit(model, source), wait_for_order_day(model, source));
    m.mean += static_cast<double>(source.order_time.ticks);
    if (source.kind == supply::Source::Kind::stock) return sum(m, if_to_order(source.supplier_stock));
    const supply::Offer& offer = model.supply.offers[source.offer];
    m.mean += quantity * offer.ticks_per_unit;
    return sum(m, core::moments_of(offer.quoted, model.tables));
  };
  // A stock's time may need that of its suppliers: these come first.
  for (auto id = flow.order.rbegin(); id != flow.order.rend(); ++id) {
    const core::Range sources = model.supply.stocks[*id].sources;
    Moments& mixture = times[id->index];
    double square = 0;
    for (std::uint32_t s = sources.first; s < sources.last; ++s) {
      const supply::Source& source = model.supply.sources[SourceId{s}];
      const Moments m = of_source(source, flow.stocks[id->index].order_quantity);
      mixture.mean += source.share * m.mean;
      square += source.share * (m.variance + m.mean * m.mean);
    }
    mixture.variance = square - mixture.mean * mixture.mean;
    // What cancelling left of nothing.
    if (mixture.variance < 1e-12 * square) mixture.variance = 0;
  }
  return times;
}

}  // namespace tierworks::world
