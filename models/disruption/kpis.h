// What a manager reads of disruptions.
#pragma once
#include "models/common/kpi.h"

namespace tierworks::disruption::kpi {

using common::Kpi;
using common::Unit;

inline constexpr Kpi cost_answers{"cost_answers", Unit::money_per_day,
                                  "what answers to disruptions that come in the run cost, once for each strike and for "
                                  "the time that they are kept ready / days",
                                  false};

}  // namespace tierworks::disruption::kpi
