// What was ordered before the start of a run: goods under way, goods in work, and orders that have yet to reach their supplier.
#pragma once
#include <vector>

#include "models/common/compile.h"
#include "models/world/model.h"

namespace tierworks::world {

struct OnOrderRequest {
  common::StockId stock;
  common::Field<supply::OnOrderSpecs> on_order;
};

// Once sources are known; quantities become smallest units, times instants. Cost: linear in what is on order.
void compile_on_order(const std::vector<OnOrderRequest>& requests, bool in_periods, Model& model,
                      common::CompileContext& context);

}  // namespace tierworks::world
