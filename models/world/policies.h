// Policies whose numbers follow from demand, lead times and bills of materials: computed once, when the rooms are joined.
//   cover   s and S are so many days of the stock's mean demand: order when position < least x rate, up to most x rate
//   order_formula  the numbers of its stock that the user's formula reads: mean and deviation of a day's demand, lead time
//   ddmrp   the zones of a buffer          mrp   what each site's plan is made of (both mrp_plans.h)
// The rate is what customers order a day, carried through sources and bills of materials (outlook_flow.h).
// Source: Silver, Pyke & Thomas (2017), Inventory and Production Management in Supply Chains, 4th ed., 6.7 (days of supply).
// Invariant: the same numbers on every processor; levels are rounded up to the item's smallest unit.
#pragma once
#include <vector>

#include "models/common/diagnostics.h"
#include "models/world/model.h"

namespace tierworks::world {

struct PolicyRequest {
  common::StockId stock;
  supply::StockSpec spec;
};

// Whether the policy of such a stock is computed here.
bool needs_flow(const supply::StockSpec& spec);

void compute_policies(const std::vector<PolicyRequest>& requests, Model& model, common::Diagnostics& diagnostics);

}  // namespace tierworks::world
