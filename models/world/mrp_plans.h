// The tables of MRP and of demand driven buffers, when the rooms are joined: who needs what at one site, what is known of demand
// in each bucket, and the memory of plans. Formulas are planning's (policies/net_requirements.h, policies/buffer.h).
#pragma once
#include <vector>

#include "models/world/lead_times.h"
#include "models/world/outlook_flow.h"
#include "models/world/policies.h"

namespace tierworks::world {

// Of all MRP stocks together; a mistake gives a diagnostic.
void plan_mrp(const std::vector<PolicyRequest>& requests, const Flow& flow, Model& model,
              common::Diagnostics& diagnostics);

// A stock whose demand was found to be positive; `lead_days` if the user states none.
void plan_buffer(const PolicyRequest& request, const Flow& flow, double lead_days, Model& model,
                 common::Diagnostics& diagnostics);

// A forecast of one review that starts from what the demand streams let one expect.
planning::Plan forecast_of(const PolicyRequest& request, const Flow& flow, const Model& model);

}  // namespace tierworks::world
