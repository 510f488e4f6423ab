#include "models/world/factory_loads.h"

#include <limits>

#include "models/factory/compile.h"

namespace tierworks::world {

namespace {

using factory::Release;

double lots_per_day(const Model& model, const Flow& flow, const Release& release) {
  const double days = core::in_days(model.warm_up) + core::in_days(model.horizon);
  double total = 0;
  switch (release.when) {
    case Release::When::all_at_once:
      return static_cast<double>(release.count) / days;
    case Release::When::trace:
      for (std::uint32_t i = release.trace.first; i < release.trace.last; ++i) {
        total += static_cast<double>(model.factory.trace[i].lots);
      }
      return total / days;
    case Release::When::interval: {
      const double ticks = core::mean_of(release.interval, model.tables);
      const double per_day =
          static_cast<double>(release.at_once) * static_cast<double>(core::kDay.ticks) / std::max(ticks, 1.0);
      return release.count > 0 ? std::min(per_day, static_cast<double>(release.count) / days) : per_day;
    }
    case Release::When::wanted: {
      const StockFlow& stock = flow.stocks[model.production.products[release.product].stock.index];
      const double lot = batch_of(model, model.production.products[release.product], stock.order_quantity).quantity;
      return lot > 0 ? stock.rate / lot : 0;
    }
    case Release::When::room:
      break;
  }
  return std::numeric_limits<double>::quiet_NaN();
}

double pieces_of(const Model& model, const Flow& flow, const Release& release) {
  if (release.when != Release::When::wanted) return static_cast<double>(release.pieces);
  const production::Product& product = model.production.products[release.product];
  return batch_of(model, product, flow.stocks[product.stock.index].order_quantity).quantity * product.resolution;
}

}  // namespace

std::vector<CentreLoad> centre_loads(const Model& model, const Flow& flow) {
  const factory::Model& m = model.factory;
  std::vector<CentreLoad> loads(m.centres.size());
  for (const Release& release : m.releases) {
    const double lots = lots_per_day(model, flow, release);
    const double pieces = pieces_of(model, flow, release);
    const std::vector<double> visits = factory::expected_visits(m, release.routing, release.starts_at);
    const std::uint32_t first = m.routings[release.routing].operations.first;
    for (std::uint32_t i = 0; i < visits.size(); ++i) {
      const factory::Operation& operation = m.operations[factory::OperationId{first + i}];
      // Each of several ways takes its share.
      const double share = lots * visits[i] * operation.parts / (1 + operation.ways.size());
      const auto add = [&](const factory::Operation& way) {
        const factory::WorkCentre& centre = m.centres[way.centre];
        CentreLoad& load = loads[way.centre.index];
        load.operations += share;
        if (centre.is_delay) return;
        const double ticks = way.lot_busy + way.piece_busy * pieces / operation.parts;
        load.load += share * ticks / static_cast<double>(core::kDay.ticks) /
                     (centre.machines.size() * centre.mean_speed * centre.on_share);
      };
      add(operation);
      for (std::uint32_t w = operation.ways.first; w < operation.ways.last; ++w)
        add(m.operations[factory::OperationId{w}]);
    }
  }
  return loads;
}

}  // namespace tierworks::world
