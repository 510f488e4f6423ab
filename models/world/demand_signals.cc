#include "models/world/demand_signals.h"

#include "models/planning/compile.h"
#include "models/world/demand_variation.h"
#include "models/world/outlook_flow.h"

namespace tierworks::world {

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
      diagnostics.error(request.delay.origin,
                        "got `signal_delay`, which needs `demand_signal: customers`: its own orders a stock knows");
    }
  }
  if (!wanted) return;
  const DemandVariation variation(model, flow_of(model));
  planning.signal_of.assign(model.supply.stocks.size(), planning::SignalId::none());
  for (const SignalRequest& request : requests) {
    if (*request.signal == supply::DemandSignal::orders) continue;
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
