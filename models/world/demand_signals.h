// Which stocks plan by what customers order below them, and which customers those are: every stream whose goods come from
// the stock, through sources by share and bills of materials. Sharing of demand information in the sense of Lee, So & Tang
// (2000) and Chen, Drezner, Ryan & Simchi-Levi (2000, section 4). And which stocks are told the forecasts of those that they
// fill. Cost: streams times the stocks that each leads to; while time runs one message for each order and each stock that is
// told of it, and for each review and each stock that is told the forecast.
#pragma once
#include <vector>

#include "models/common/diagnostics.h"
#include "models/supply/spec.h"
#include "models/world/model.h"

namespace tierworks::world {

struct SignalRequest {
  common::StockId stock;
  common::Field<supply::DemandSignal> signal;
  common::Field<core::Duration> delay;
};

// After the policies: a signal is for a stock that forecasts.
void compile_demand_signals(const std::vector<SignalRequest>& requests, Model& model, common::Diagnostics& diagnostics);

}  // namespace tierworks::world
