// What a planner reads of goods on the way.
#pragma once
#include "models/common/kpi.h"

namespace tierworks::logistics::kpi {

using common::Kpi;
using common::Unit;

inline constexpr Kpi pipeline_stock{"pipeline_stock", Unit::units,
                                    "units in transit to a stock or in process for it, time average", false};
inline constexpr Kpi cost_transport{"cost_transport", Unit::money_per_day, "freight of goods that arrived / days",
                                    false};

}  // namespace tierworks::logistics::kpi
