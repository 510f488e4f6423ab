#include "models/world/demand_signals.h"

#include <algorithm>
#include <map>

#include "models/planning/compile.h"
#include "models/world/demand_variation.h"
#include "models/world/outlook_flow.h"

namespace tierworks::world {

using common::StockId;

namespace {

// Stocks that go by the forecasts of those that they fill: links from each of these, ordered by who tells.
class ForecastTellers {
 public:
  ForecastTellers(Model& model, common::Diagnostics& diagnostics)
      : model_(model), planning_(model.planning), diagnostics_(diagnostics) {}

  void compile(const std::vector<SignalRequest>& requests) {
    std::map<StockId, const SignalRequest*> listeners;
    for (const SignalRequest& request : requests) {
      if (*request.signal == supply::DemandSignal::forecast) listeners[request.stock] = &request;
    }
    if (listeners.empty() || !diagnostics_.ok()) return;
    const Flow flow = flow_of(model_);
    for (const auto& [stock, request] : listeners) {
      const double review = core::in_days(model_.supply.stocks[stock].review_every);
      planning_.plans[planning_.of_stock[stock]].first.per_period = flow.stocks[stock.index].rate * review;
    }
    std::map<StockId, std::uint32_t> told;  // how many have their slot
    for (std::uint32_t i = 0; i < model_.supply.stocks.size(); ++i) {
      const planning::PlanId teller = planning::forecast_of(planning_, StockId{i});
      if (teller.is_none()) continue;
      const auto first = static_cast<std::uint32_t>(planning_.forecast_links.size());
      each_input(model_, StockId{i}, [&](StockId input, double per_unit, double) {
        if (!listeners.contains(input)) return;
        link(flow, StockId{i}, input, per_unit, *listeners[input], told[input]++);
      });
      planning_.plans[teller].tells = {first, static_cast<std::uint32_t>(planning_.forecast_links.size())};
    }
    for (const auto& [stock, request] : listeners) {
      if (told[stock] > 0) continue;
      diagnostics_.error(
          request->signal.origin,
          "got `demand_signal: forecast`, but nothing that is filled from here has a `forecast`; expected one "
          "there, or a `forecast` here");
    }
  }

 private:
  void link(const Flow& flow, StockId teller, StockId listener, double per_unit, const SignalRequest& request,
            std::uint32_t index) {
    const supply::Stock& below = model_.supply.stocks[teller];
    const supply::Stock& above = model_.supply.stocks[listener];
    planning::ForecastLink link;
    link.to = planning_.of_stock[listener];
    planning::Plan& plan = planning_.plans[link.to];
    const double review = core::in_days(above.review_every);
    link.place = above.place;
    link.delay = request.delay.stated ? *request.delay : delay_of(below, listener);
    link.periods = plan.periods * review / core::in_days(below.review_every);
    link.per_unit = per_unit / plan.periods;
    link.first = flow.stocks[teller.index].rate * per_unit * review;
    link.slot = plan.memory.first + 1 + index;
    // The rest is what nobody tells of, at its mean.
    plan.first.per_period = std::max(0.0, plan.first.per_period - link.first);
    if (plan.first.per_period < 1e-9 * link.first) plan.first.per_period = 0;
    planning_.forecast_links.push_back(link);
  }

  // That of an order; what is used at the same site is known there.
  core::Duration delay_of(const supply::Stock& below, StockId listener) const {
    for (std::uint32_t s = below.sources.first; s < below.sources.last; ++s) {
      const supply::Source& source = model_.supply.sources[common::SourceId{s}];
      if (source.kind == supply::Source::Kind::stock && source.supplier_stock == listener) return source.order_time;
    }
    return core::Duration{0};
  }

  Model& model_;
  planning::Model& planning_;
  common::Diagnostics& diagnostics_;
};

}  // namespace

void compile_demand_signals(const std::vector<SignalRequest>& requests, Model& model,
                            common::Diagnostics& diagnostics) {
  planning::Model& planning = model.planning;
  std::vector<std::vector<planning::SignalPart>> of_stream(model.demand.streams.size());
  const bool wanted = [&] {
    for (const SignalRequest& request : requests) {
      if (*request.signal == supply::DemandSignal::customers) return true;
    }
    return false;
  }();
  for (const SignalRequest& request : requests) {
    if (request.delay.stated && *request.signal == supply::DemandSignal::orders) {
      diagnostics.error(
          request.delay.origin,
          "got `signal_delay`, which needs `demand_signal: customers`, `forecast` or `plans`: its own orders "
          "a stock knows");
    }
  }
  ForecastTellers(model, diagnostics).compile(requests);
  if (!wanted) return;
  const DemandVariation variation(model, flow_of(model));
  planning.signal_of.assign(model.supply.stocks.size(), planning::SignalId::none());
  for (const SignalRequest& request : requests) {
    if (*request.signal != supply::DemandSignal::customers) continue;
    if (planning::forecast_of(planning, request.stock).is_none()) {
      diagnostics.error(request.signal.origin,
                        "got `demand_signal` without a `forecast` that would go by it; expected also `forecast` and "
                        "`review`");
      continue;
    }
    const planning::SignalId signal =
        planning.signals.add({request.stock, model.supply.stocks[request.stock].place, *request.delay});
    planning.signal_of[request.stock] = signal;
    for (const StreamShare& share : variation.reaching(request.stock)) {
      of_stream[share.stream.index].push_back({signal, share.units});
      model.demand.streams[share.stream].is_signal = true;
    }
  }
  for (const auto& parts : of_stream) {
    const auto first = static_cast<std::uint32_t>(planning.signal_parts.size());
    planning.signal_parts.insert(planning.signal_parts.end(), parts.begin(), parts.end());
    planning.parts_of_stream.push_back({first, static_cast<std::uint32_t>(planning.signal_parts.size())});
  }
}

}  // namespace tierworks::world
