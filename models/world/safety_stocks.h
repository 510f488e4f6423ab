// Levels that follow from a stated service, safety stock or forecast: computed once, when the rooms are joined, because they need
// demand, sources and bills of materials together. The formulas are planning's (policies/safety_stock.h).
// Invariant: the same level on every processor; it is rounded up to the item's smallest unit.
#pragma once
#include <vector>

#include "models/common/diagnostics.h"
#include "models/world/model.h"

namespace tierworks::world {

struct SafetyRequest {
  common::StockId stock;
  common::Field<common::SafetyStock> safety;
  common::Quantity amount = 0;           // of Kind::amount
  common::Field<double> demand_cv{0.0};  // of a day
  common::Field<common::ForecastSpec> forecast;
  common::Field<core::Duration> horizon;  // of the forecast
  bool initial_stated = false;
  common::Field<supply::DemandSignal> signal;
  bool told() const { return signal.stated && *signal == supply::DemandSignal::forecast; }
};

// Fills in the levels and `model.safety`; a stock without demand, or a forecast without history, gets a
// diagnostic.
void compute_safety_stocks(const std::vector<SafetyRequest>& requests, Model& model, common::Diagnostics& diagnostics);

// Whether the run is long enough for a forecast that needs so many reviews of the stock; else a diagnostic.
bool has_history(const Model& model, common::StockId stock, const common::Field<common::ForecastSpec>& forecast,
                 common::Diagnostics& diagnostics);

}  // namespace tierworks::world
